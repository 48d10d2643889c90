/*
 * ZMTP: messages of ZeroMQ, version 1.0.  23/ZMTP of the ZeroMQ RFCs, and its predecessor 13/ZMTP.
 *
 *    0               1               2  ...
 *   +---------------+---------------+-------------------------------+
 *   |  length < 255 |     flags     |             body              |
 *   +---------------+---------------+---------------+---------------+
 *   |      255      |          length (8)           |  flags, body  |
 *   +---------------+-------------------------------+---------------+
 *
 * The length counts the flags.
 */
#include "print/proto/zmtp1.h"

#include "print/hexdump.h"
#include "print/printer.h"

enum { LENGTH, SHORT_HEADER = 1, LONG = 255, LONG_LENGTH = 1, LONG_HEADER = 9 };

/* How much of a body -v shows; -vv shows all. */
enum { SHOWN_AT_ONE = 128 };

static void say_flags(struct dissect *d, u32 flags)
{
    say(d, " (%s|%s|%s|%s|%s|%s|%s|%s)", flags & 0x80 ? "MBZ" : "-", flags & 0x40 ? "MBZ" : "-",
        flags & 0x20 ? "MBZ" : "-", flags & 0x10 ? "MBZ" : "-", flags & 0x08 ? "MBZ" : "-",
        flags & 0x04 ? "MBZ" : "-", flags & 0x02 ? "MBZ" : "-", flags & 0x01 ? "MORE" : "-");
}

/* The first bytes of `whole`, of which `len` are captured, behind ", first 3 byte(s)" and `what`. */
static void say_bytes(struct dissect *d, struct view whole, u32 len, const char *what)
{
    u32 n = len < SHOWN_AT_ONE || verbose(d, 2) ? len : SHOWN_AT_ONE;

    if (n == 0)
        return;
    say(d, ", first %u byte(s)%s:", n, what);
    hexdump_ascii(d->out, "\n\t ", view_clip(whole, n));
}

/* One frame at the start of `v`.  Returns its length, or 0 when the next one cannot be found. */
static u32 say_frame(struct dissect *d, struct view v)
{
    bool is_long = u8_at(d, v, LENGTH) == LONG;
    u32 header_len = is_long ? LONG_HEADER : SHORT_HEADER;

    say(d, "\n\t frame flags+body %s length", is_long ? "(64-bit)" : " (8-bit)");
    u64 len = is_long ? be64_at(d, v, LONG_LENGTH) : u8_at(d, v, LENGTH);
    say(d, " %llu", (unsigned long long)len);
    if (len == 0)
        return header_len;
    u32 captured = v.cap - (header_len < v.cap ? header_len : v.cap);
    u32 here = len < captured ? (u32)len : captured;
    if (here != len && captured > 0)
        say(d, " (%u captured)", captured);
    u8 flags = u8_at(d, v, header_len);
    say(d, ", flags 0x%02x", flags);
    if (verbose(d, 1)) {
        say_flags(d, flags);
        say_bytes(d, view_from(v, header_len + 1), here - 1, " of body");
    }
    if (here != len) {
        seal(d);
        return 0;
    }
    return header_len + here;
}

static void say_frames(struct dissect *d, struct view v)
{
    while (v.cap > 0 && !d->sealed) {
        u32 len = say_frame(d, v);
        if (len == 0)
            break;
        v = view_from(v, len);
    }
}

void print_zmtp1(struct dissect *d, struct view v)
{
    d->proto = "zmtp1";
    say_z(d, ": ZMTP/1.0");
    say_frames(d, v);
}

/* The rest of a frame that began in an earlier datagram. */
static void say_intermediate(struct dissect *d, struct view v, u32 len)
{
    u32 here = len < v.cap ? len : v.cap;

    say(d, "\n\t frame intermediate part, %u bytes", len);
    if (here != len)
        say(d, " (%u captured)", here);
    if (verbose(d, 1) && here > 1) /* as tcpdump: not a single one */
        say_bytes(d, v, here, "");
}

void zmtp1_datagram(struct dissect *d, struct view v, u32 len)
{
    enum { OFFSET_LEN = 2, NO_FRAME = 0xffff };

    d->proto = "zmtp1";
    u32 offset = be16_at(d, v, 0);
    v = view_from(view_clip(v, len), OFFSET_LEN);
    say(d, "\n\t frame offset 0x%04x", offset);
    if (offset == NO_FRAME)
        offset = len - OFFSET_LEN; /* as tcpdump: also when the length is less */
    else if (len < offset + OFFSET_LEN) {
        say_z(d, " (exceeds datagram declared length)");
        seal(d);
        return;
    }
    if (offset > 0)
        say_intermediate(d, v, offset);
    say_frames(d, view_from(v, offset));
}
