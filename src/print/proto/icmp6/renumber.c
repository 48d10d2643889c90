/*
 * Router renumbering.  RFC 2894, section 3.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |  ICMPv6 header                                                |
 *   |                        sequence number                        |
 *   +---------------+---------------+-------------------------------+
 *   | segment number|T|R|A|S|P|  0  |           max delay           |
 *   |                           reserved                            |
 *   +---------------------------------------------------------------+
 *   |  a command: match-prefix part, then use-prefix parts          |
 */
#include "print/printer.h"
#include "print/proto/icmp6/icmp6.h"

enum { CODE = 1, SEQUENCE = 4, SEGMENT = 8, FLAGS, MAX_DELAY, RESERVED = 12, MATCH = 16 };
enum { COMMAND = 0 };

NAMES(codes, (COMMAND, "command") (1, "result") (255, "sequence number reset"));

NAMES(flags,
      (0x80, "T")
      /* test */
      (0x40, "R")
      /* result requested */
      (0x20, "A")
      /* all interfaces */
      (0x10, "S")
      /* site-specific */
      (0x08, "P")
      /* processed before */);

NAMES(operations, (1, "add") (2, "change") (3, "setglobal"));

NAMES(use_flags,
      (0x80, "V")
      /* count the valid lifetime down */
      (0x40, "P")
      /* and the preferred one */);

/* " use(64/0)" begins a line of its own with -vv. */
static void say_break(struct dissect *d) { say_z(d, verbose(d, 2) ? "\n\t" : " "); }

static void say_lifetime(struct dissect *d, const char *name, u32 seconds)
{
    if (seconds == 0xffffffff)
        say(d, "%s=infty,", name);
    else
        say(d, "%s=%u,", name, seconds);
}

static void say_use(struct dissect *d, struct view v)
{
    enum { USE_LEN, KEEP_LEN, RA_MASK, RA_FLAGS, VALID = 4, PREFERRED = 8, USE_FLAGS = 12, ADDRESS = 16 };
    u8 decrement = u8_at(d, v, USE_FLAGS);

    say_break(d);
    say_z(d, "use(");
    if (decrement != 0)
        say(d, "%s,", flags_of(d, &use_flags.names, decrement, "", ""));
    if (verbose(d, 1)) {
        say_at(d, v, "mask=0x%lx,raflags=0x%lx,", AT_U8(RA_MASK), AT_U8(RA_FLAGS));
        say_lifetime(d, "vltime", be32_at(d, v, VALID));
        say_lifetime(d, "pltime", be32_at(d, v, PREFERRED));
    }
    say_at(d, v, "%pi6/%lu/%lu)", bytes_at(d, v, ADDRESS, 16), AT_U8(USE_LEN), AT_U8(KEEP_LEN));
}

/* False when the command is cut or has a length that does not fit. */
static bool say_command(struct dissect *d, struct view v)
{
    enum { OPERATION, WORDS, ORDINAL, MATCH_LEN, MIN_LEN, MAX_LEN, ADDRESS = 8, USES = 24 };
    enum { MATCH_WORDS = 3, USE_WORDS = 4, USE_BYTES = 32, USE_ADDRESS = 16 };

    if (!view_has(v, ADDRESS, 16))
        return false;
    say_break(d);
    say(d, "match(%s", name_of(d, &operations.names, u8_at(d, v, OPERATION), "#%u"));
    if (verbose(d, 1))
        say_at(d, v, ",ord=%lu,min=%lu,max=%lu", AT_U8(ORDINAL), AT_U8(MIN_LEN), AT_U8(MAX_LEN));
    say_at(d, v, ",%pi6/%lu)", bytes_at(d, v, ADDRESS, 16), AT_U8(MATCH_LEN));
    u32 words = u8_at(d, v, WORDS);
    if (words % USE_WORDS != MATCH_WORDS)
        return false;
    v = view_from(v, USES);
    for (u32 n = words / USE_WORDS; n > 0; n--) {
        if (!view_has(v, USE_ADDRESS, 16))
            return false;
        say_use(d, v);
        v = view_from(v, USE_BYTES);
    }
    return true;
}

void say_router_renumbering(struct dissect *d, struct view v)
{
    if (!view_has(v, RESERVED, 4)) {
        truncated(d);
        return;
    }
    u8 code = u8_at(d, v, CODE);
    say_at(d, v, ", %s, seq=%lu", name_of(d, &codes.names, code, "code-#%u"), AT_BE32(SEQUENCE));
    if (verbose(d, 1)) {
        u8 bits = u8_at(d, v, FLAGS);
        u32 reserved = be32_at(d, v, RESERVED);
        say_z(d, "[");
        if (bits != 0)
            say(d, "%s,", flags_of(d, &flags.names, bits, "", ""));
        say_at(d, v, "seg=%lu,maxdelay=%lu", AT_U8(SEGMENT), AT_BE16(MAX_DELAY));
        if (reserved != 0)
            say(d, "rsvd=0x%x", reserved);
        say_z(d, "]");
    }
    if (code == COMMAND && !say_command(d, view_from(v, MATCH)))
        truncated(d);
}
