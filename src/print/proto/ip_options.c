/*
 * IPv4 options.  RFC 791, section 3.1; router alert: RFC 2113; numbers: IANA "IP Parameters".
 *
 *   type, or type, length, data.  Routes and time stamps begin their data with a pointer, which
 *   counts from 1 at the type, to the next free slot.
 */
#include "print/proto/ip_options.h"

#include "print/printer.h"

enum { TYPE, LENGTH, POINTER, ROUTE, OVERFLOW = 3, VALUE = 2, STAMPS = 4, ADDRESS_LEN = 4 };

enum {
    OPT_EOL = 0,
    OPT_NOP = 1,
    OPT_RECORD_ROUTE = 7,
    OPT_TIMESTAMP = 68,
    OPT_TRACEROUTE = 82,
    OPT_SECURITY = 130,
    OPT_LOOSE_ROUTE = 131,
    OPT_STRICT_ROUTE = 137,
    OPT_ROUTER_ALERT = 148,
};

enum { IP_HEADER_LEN = 20 };

enum { MIN_LEN = 2, ROUTE_MIN = 3, TIMESTAMP_MIN = 4, ALERT_MIN = 4 };

/* Time stamp flags: bare, each with the address of its host, or only hosts named beforehand. */
enum { TS_ONLY, TS_AND_ADDRESS, TS_PRESPECIFIED = 3 };

NAMES(types,
      (OPT_EOL, "EOL")
      (OPT_NOP, "NOP")
      (OPT_RECORD_ROUTE, "RR")
      (OPT_TIMESTAMP, "timestamp")
      (OPT_TRACEROUTE, "traceroute")
      (OPT_SECURITY, "security")
      (OPT_LOOSE_ROUTE, "LSRR")
      (OPT_STRICT_ROUTE, "SSRR")
      (OPT_ROUTER_ALERT, "RA"));

/* The addresses of a route; each up to the pointer is followed by a comma. */
static bool route(struct dissect *d, struct view v, u32 length)
{
    if (length < ROUTE_MIN) {
        say(d, " [bad length %u]", length);
        return true;
    }
    if (((length + 1) & 3) != 0)
        say(d, " [bad length %u]", length);
    u32 pointer = u8_at(d, v, POINTER);
    if (pointer < 4 || (pointer & 3) != 0 || pointer > length + 2)
        say(d, " [bad ptr %u]", pointer);
    u32 next = pointer - 1; /* as tcpdump: a pointer of 0 lies behind every slot */
    for (u32 at = ROUTE; at < length; at += ADDRESS_LEN) {
        if (!view_has(v, at, ADDRESS_LEN))
            return false;
        say(d, " %pI4%s", bytes_at(d, v, at, ADDRESS_LEN), next > at ? "," : "");
    }
    return true;
}

/* The slots of a time stamp; the pointer is shown as a caret. */
static bool stamps(struct dissect *d, struct view v, u32 length, u32 next, u32 *at)
{
    u32 flags = u8_at(d, v, OVERFLOW) & 15u;
    u32 slot = flags == TS_ONLY ? 4 : 8;

    switch (flags) {
    case TS_ONLY: say_z(d, "TSONLY"); break;
    case TS_AND_ADDRESS: say_z(d, "TS+ADDR"); break;
    case TS_PRESPECIFIED: say_z(d, "PRESPEC"); break;
    default: say(d, "[bad ts type %u]", flags); return true;
    }
    for (*at = STAMPS; *at < length; *at += slot) {
        if (!view_has(v, *at, slot))
            return false;
        say_at(d, v, "%s%lu@", next == *at ? " ^ " : " ", AT_BE32(*at + slot - 4));
        if (slot == 8)
            say_ip4_at(d, v, *at);
    }
    return true;
}

static bool timestamp(struct dissect *d, struct view v, u32 length)
{
    if (length < TIMESTAMP_MIN) {
        say(d, "[bad length %u]", length);
        return true;
    }
    u32 overflow = u8_at(d, v, OVERFLOW), pointer = u8_at(d, v, POINTER);
    u32 slot = (overflow & 15) == TS_ONLY ? 4 : 8;
    say_z(d, " TS{");
    if (((length - STAMPS) & (slot - 1)) != 0)
        say(d, "[bad length %u]", length);
    if (pointer < 5 || ((pointer - 5) & (slot - 1)) != 0 || pointer > length + 2)
        say(d, "[bad ptr %u]", pointer);
    u32 at = 0;
    if (!stamps(d, v, length, pointer - 1, &at))
        return false;
    if (pointer - 1 == at)
        say_z(d, " ^ ");
    if (overflow >> 4 != 0)
        say(d, " [%u hops not recorded]} ", overflow >> 4);
    else
        say_z(d, "}");
    return true;
}

static bool router_alert(struct dissect *d, struct view v, u32 length)
{
    if (length < ALERT_MIN) {
        say(d, " [bad length %u]", length);
        return true;
    }
    if (be16_at(d, v, VALUE) != 0)
        say_at(d, v, " value %lu", AT_BE16(VALUE));
    return true;
}

/* The data of one option that lies within the header and has `length` bytes in all. */
static bool data(struct dissect *d, struct view v, u32 type, u32 length)
{
    switch (type) {
    case OPT_TIMESTAMP: return timestamp(d, v, length);
    case OPT_RECORD_ROUTE:
    case OPT_STRICT_ROUTE:
    case OPT_LOOSE_ROUTE: return route(d, v, length);
    case OPT_ROUTER_ALERT: return router_alert(d, v, length);
    default: return true;
    }
}

bool ip_options(struct dissect *d, struct view v, u32 length)
{
    const char *separator = "";

    for (u32 size; length > 0; length -= size, v = view_from(v, size)) {
        say_z(d, separator);
        separator = ",";
        u32 type = u8_at(d, v, TYPE);
        say(d, "%s", name_of(d, &types.names, type, "unknown %u"));
        if (type == OPT_EOL)
            return true;
        size = type == OPT_NOP ? 1 : u8_at(d, v, LENGTH);
        if (type == OPT_NOP)
            continue;
        if (size < MIN_LEN || size > length) {
            say(d, " [bad length %u]", size);
            return true;
        }
        if (!view_has(v, 0, size) || !data(d, v, type, size))
            return false;
    }
    return true;
}

struct view ip_final_destination(struct view v, u32 header_len, struct view destination)
{
    u32 length = header_len - IP_HEADER_LEN;

    v = view_from(v, IP_HEADER_LEN);
    for (u32 size; length > 0; length -= size, v = view_from(v, size)) {
        int type = view_byte(v, TYPE);
        if (type < 0 || type == OPT_EOL)
            break;
        size = type == OPT_NOP ? 1 : view_has(v, LENGTH, 1) ? (u32)view_byte(v, LENGTH) : 0;
        if (size == 0 || size > length || (type != OPT_NOP && size < MIN_LEN))
            break;
        if ((type == OPT_LOOSE_ROUTE || type == OPT_STRICT_ROUTE) && size >= ROUTE + ADDRESS_LEN)
            return view_sub(v, size - ADDRESS_LEN, ADDRESS_LEN);
    }
    return destination;
}
