/*
 * RPKI-RTR: route origins from a validating cache to routers, version 0.  RFC 6810, section 5.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |    version    |     type      |    session id or error code   |
 *   |                  length, with this header                     |
 *   |  by type: serial; prefix; or a PDU that was wrong, and a text |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum { VERSION, TYPE, SESSION, LENGTH = 4, HEADER_LEN = 8, SERIAL = 8, VERSION_0 = 0 };

enum type {
    SERIAL_NOTIFY, SERIAL_QUERY, RESET_QUERY, CACHE_RESPONSE, IP4_PREFIX, IP6_PREFIX = 6, END_OF_DATA,
    CACHE_RESET, ERROR_REPORT = 10,
};

NAMES(types,
      (SERIAL_NOTIFY, "Serial Notify")
      (SERIAL_QUERY, "Serial Query")
      (RESET_QUERY, "Reset Query")
      (CACHE_RESPONSE, "Cache Response")
      (IP4_PREFIX, "IPV4 Prefix")
      (IP6_PREFIX, "IPV6 Prefix")
      (END_OF_DATA, "End of Data")
      (CACHE_RESET, "Cache Reset")
      (ERROR_REPORT, "Error Report"));

NAMES(errors,
      (0, "Corrupt Data")
      (1, "Internal Error")
      (2, "No Data Available")
      (3, "Invalid Request")
      (4, "Unsupported Protocol Version")
      (5, "Unsupported PDU Type")
      (6, "Withdrawal of Unknown Record")
      (7, "Duplicate Announcement Received"));

/* Sizes of PDUs; an error report has no fixed one. */
enum { LEN_SERIAL = 12, LEN_PLAIN = 8, LEN_IP4_PREFIX = 20, LEN_IP6_PREFIX = 32 };

enum { FLAGS = 8, PREFIX_LEN, MAX_LEN, PREFIX = 12, AS_BEHIND_IP4 = 16, AS_BEHIND_IP6 = 28 };

/* A line about `v`, which must be there; that of a PDU in an error report stands further in. */
static void new_line(struct dissect *d, struct view v, bool outermost)
{
    need(d, v, 0, v.len);
    say_z(d, outermost ? "\n\t  " : "\n\t    ");
}

static u32 say_pdu(struct dissect *d, struct view v, bool outermost);

/* False when the report contradicts itself. */
static bool say_error(struct dissect *d, struct view v, bool outermost)
{
    enum { ENCAPSULATED_LEN = 8, ENCAPSULATED = 12 };

    if (v.len < ENCAPSULATED)
        return false;
    u16 code = be16_at(d, v, SESSION);
    u32 inner_len = be32_at(d, v, ENCAPSULATED_LEN);
    new_line(d, view_clip(v, ENCAPSULATED), outermost);
    say(d, "Error code: %s (%u), Encapsulated PDU length: %u",
        name_of(d, &errors.names, code, "Unknown"), code, inner_len);
    struct view rest = view_from(v, ENCAPSULATED);
    if (rest.len < 4 || inner_len > rest.len - 4)
        return false;
    if (inner_len > 0 && outermost) { /* no report in a report in a report: RFC 6810, section 5.10 */
        say_z(d, "\n\t    -----encapsulated PDU-----");
        say_pdu(d, view_clip(rest, inner_len), false);
    }
    rest = view_from(rest, inner_len);
    u32 text_len = be32_at(d, rest, 0);
    rest = view_from(rest, 4);
    if (text_len > rest.len)
        return false;
    if (text_len > 0 && !d->sealed) {
        new_line(d, view_clip(rest, 0), outermost);
        say_z(d, "Error text: ");
        if (!say_visible(d, view_clip(rest, text_len)))
            seal(d);
    }
    return true;
}

/* The body of the PDU `v`.  False when its length is wrong for its type. */
static bool say_body(struct dissect *d, u8 type, struct view v, bool outermost)
{
    switch (type) {
    case SERIAL_NOTIFY:
    case SERIAL_QUERY:
    case END_OF_DATA:
        if (v.len != LEN_SERIAL)
            return false;
        new_line(d, v, outermost);
        say_at(d, v, "Session ID: 0x%04lx, Serial: %lu", AT_BE16(SESSION), AT_BE32(SERIAL));
        return true;
    case RESET_QUERY:
    case CACHE_RESET: return v.len == LEN_PLAIN;
    case CACHE_RESPONSE:
        if (v.len != LEN_PLAIN)
            return false;
        new_line(d, v, outermost);
        say_at(d, v, "Session ID: 0x%04lx", AT_BE16(SESSION));
        return true;
    case IP4_PREFIX:
        if (v.len != LEN_IP4_PREFIX)
            return false;
        new_line(d, v, outermost);
        say_at(d, v, "IPv4 Prefix %pI4/%lu-%lu, origin-as %lu, flags 0x%02lx", AT_ADDRESS(PREFIX),
               AT_U8(PREFIX_LEN), AT_U8(MAX_LEN), AT_BE32(AS_BEHIND_IP4), AT_U8(FLAGS));
        return true;
    case IP6_PREFIX:
        if (v.len != LEN_IP6_PREFIX)
            return false;
        new_line(d, v, outermost);
        say_at(d, v, "IPv6 Prefix %pI6/%lu-%lu, origin-as %lu, flags 0x%02lx", AT_ADDRESS(PREFIX),
               AT_U8(PREFIX_LEN), AT_U8(MAX_LEN), AT_BE32(AS_BEHIND_IP6), AT_U8(FLAGS));
        return true;
    case ERROR_REPORT: return say_error(d, v, outermost);
    default: return true;
    }
}

/* The PDU at the front of `v`.  Returns its length; 0 when it is bad, which has been said. */
static u32 say_pdu(struct dissect *d, struct view v, bool outermost)
{
    u8 version = u8_at(d, v, VERSION);

    if (version == VERSION_0 && v.len < HEADER_LEN) {
        say(d, "(%u bytes is too few to decode)", v.len);
        invalid(d);
        need(d, v, 0, v.len);
        return 0;
    }
    if (version == VERSION_0 && !need(d, v, 0, HEADER_LEN))
        return 0;
    say(d, "\n\tRPKI-RTRv%u", version);
    if (version != VERSION_0) {
        say_z(d, " (unknown)");
        return v.len;
    }
    u8 type = u8_at(d, v, TYPE);
    u32 len = be32_at(d, v, LENGTH);
    say(d, ", %s PDU (%u), length: %u", name_of(d, &types.names, type, "Unknown"), type, len);
    if (len < HEADER_LEN || len > v.len || !say_body(d, type, view_clip(v, len), outermost)) {
        invalid(d);
        need(d, v, 0, v.len);
        return 0;
    }
    if ((verbose(d, 2) || name_find(&types.names, type) == NULL) && need(d, v, 0, len))
        hexdump(d->out, "\n\t  ", view_clip(v, len));
    return len;
}

void print_rpki_rtr(struct dissect *d, struct view v)
{
    d->proto = "rpki_rtr";
    if (!verbose(d, 1)) {
        say_z(d, ", RPKI-RTR");
        return;
    }
    while (v.len > 0 && !d->sealed) {
        u32 len = say_pdu(d, v, true);
        if (len == 0)
            return;
        v = view_from(v, len);
    }
}
