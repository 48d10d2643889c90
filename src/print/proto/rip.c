/*
 * RIP: the routing information protocol.  Version 1: RFC 1058, section 3.1; version 2: RFC 2453,
 * section 4; authentication: RFC 2453, section 4.1, and RFC 4822; commands of later times: RFC
 * 2091.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |    command    |    version    |          zero                 |
 *   +---------------+---------------+-------------------------------+
 *   |        address family         |       route tag (2)           |  routes, 20 bytes each
 *   |                           address                             |
 *   |                         subnet mask (2)                       |
 *   |                          next hop (2)                         |
 *   |                            metric                             |
 *   +-------------------------------+-------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/family.h"

enum { COMMAND, VERSION, HEADER_LEN = 4 };

enum { FAMILY, TAG = 2, ADDRESS = 4, MASK = 8, NEXT_HOP = 12, METRIC = 16, ROUTE_LEN = 20 };

/* A route of this family authenticates; the tag then says how. */
enum { FAMILY_AUTHENTICATION = 0xffff, AUTH_TRAILER = 1, AUTH_PASSWORD, AUTH_DIGEST };

/* RFC 4822, section 2.1 */
enum { PACKET_LEN = 4, KEY_ID = 6, DATA_LEN, SEQUENCE = 8, ZERO_1 = 12, ZERO_2 = 16 };

enum command { REQUEST = 1, RESPONSE, TRACE_OFF = 4, POLL, POLL_ENTRY };

NAMES(commands,
      (1, "Request")
      (2, "Response")
      (3, "Trace on")
      (4, "Trace off")
      (5, "Poll")
      (6, "Poll Entry"));

static void dump(struct dissect *d, struct view v, u32 off, u32 len)
{
    hexdump(d->out, "\n\t  ", view_sub(v, off, len));
}

static void say_route1(struct dissect *d, struct view v)
{
    u16 family = be16_at(d, v, FAMILY);

    if (family != BSD_INET && family != 0) {
        say(d, "\n\t AFI %s, ", name_of(d, bsd_families, family, "Unknown (%u)"));
        dump(d, v, ADDRESS, ROUTE_LEN - ADDRESS);
    } else if (be16_at(d, v, TAG) != 0 || be32_at(d, v, MASK) != 0 ||
               be32_at(d, v, NEXT_HOP) != 0) {
        dump(d, v, 0, ROUTE_LEN); /* these must be zero */
    } else {
        say_at(d, v, "\n\t  %s%pI4, metric: %lu", family == 0 ? "AFI 0, " : "", AT_ADDRESS(ADDRESS),
               AT_BE32(METRIC));
    }
}

/* The bytes used, as say_route2(): all that is left, where they have no end of their own. */
static u32 say_authentication(struct dissect *d, struct view v)
{
    u16 kind = be16_at(d, v, TAG);

    switch (kind) {
    case AUTH_PASSWORD:
        say_z(d, "\n\t  Simple Text Authentication data: ");
        if (!say_until_nul(d, view_sub(v, ADDRESS, ROUTE_LEN - ADDRESS)))
            seal(d);
        return ROUTE_LEN;
    case AUTH_DIGEST:
        if (v.len < ROUTE_LEN)
            return 0;
        say_at(d, v,
               "\n\t  Auth header: Packet Len %lu, Key-ID %lu, Auth Data Len %lu, SeqNo %lu, MBZ %lu, MBZ "
               "%lu", AT_BE16(PACKET_LEN), AT_U8(KEY_ID), AT_U8(DATA_LEN), AT_BE32(SEQUENCE),
               AT_BE32(ZERO_1), AT_BE32(ZERO_2));
        return ROUTE_LEN;
    case AUTH_TRAILER:
        say_z(d, "\n\t  Auth trailer:");
        dump(d, v, ADDRESS, v.len - ADDRESS);
        return v.len;
    default:
        say(d, "\n\t  Unknown (%u) Authentication data:", kind);
        dump(d, v, ADDRESS, v.len - ADDRESS);
        return v.len;
    }
}

/* The bits of a mask, or -1 when they are not the first ones. */
static int mask_bits(u32 mask)
{
    int bits = 0;

    for (; (mask & 0x80000000) != 0; mask <<= 1)
        bits++;
    return mask == 0 ? bits : -1;
}

static void say_address(struct dissect *d, struct view v, u16 family)
{
    char text[sizeof "255.255.255.255"];
    struct out padded = out_fixed(text, sizeof text - 1);

    out_format(&padded, "%pi4", bytes_at(d, v, ADDRESS, 4));
    text[out_text(&padded).len] = '\0';
    say_at(d, v, "\n\t  AFI %s, %15s/%-2d, tag 0x%04lx, metric: %lu, next-hop: ",
           family == 0 ? "0" : "IPv4", text, mask_bits(be32_at(d, v, MASK)), AT_BE16(TAG),
           AT_BE32(METRIC));
    if (be32_at(d, v, NEXT_HOP) != 0)
        say_ip4_at(d, v, NEXT_HOP);
    else
        say_z(d, "self");
}

/* The bytes used, which may be more than there are; 0 for none, because the route is cut. */
static u32 say_route2(struct dissect *d, struct view v)
{
    if (v.len < ADDRESS)
        return 0;
    u16 family = be16_at(d, v, FAMILY);
    if (family == FAMILY_AUTHENTICATION)
        return say_authentication(d, v);
    if (family != BSD_INET && family != 0) {
        say(d, "\n\t  AFI %s", name_of(d, bsd_families, family, "Unknown (%u)"));
        dump(d, v, ADDRESS, ROUTE_LEN - ADDRESS);
        return ROUTE_LEN;
    }
    if (v.len < ROUTE_LEN)
        return 0;
    say_address(d, v, family);
    return ROUTE_LEN;
}

/* `v` is the whole packet, of which only what is captured counts. */
static void say_routes(struct dissect *d, struct view v, u8 version)
{
    say(d, ", routes: %u%s", v.len / ROUTE_LEN, version == 2 ? " or less" : "");
    v = view_from(view_clip(v, v.cap), HEADER_LEN);
    while (v.len > 0 && !d->sealed) {
        u32 used = 0;
        if (version == 2) {
            used = say_route2(d, v);
        } else if (v.len >= ROUTE_LEN) {
            say_route1(d, v);
            used = ROUTE_LEN;
        }
        if (used == 0) {
            truncated(d);
            return;
        }
        if (used > v.len) {
            say(d, " [remaining entries length %u < %u] (invalid)", v.len, used);
            return;
        }
        v = view_from(v, used);
    }
}

static void say_packet(struct dissect *d, struct view v, u8 version)
{
    switch (u8_at(d, v, COMMAND)) {
    case REQUEST:
    case RESPONSE:
        if (version == 1 || version == 2)
            say_routes(d, v, version);
        else
            say_z(d, ", unknown version");
        break;
    case TRACE_OFF:
    case POLL:
    case POLL_ENTRY: break;
    default:
        if (!verbose(d, 2))
            hexdump(d->out, "\n\t", v);
        break;
    }
}

void print_rip(struct dissect *d, struct view v)
{
    d->proto = "rip";
    v = view_clip(v, v.len); /* UDP's length may leave bytes out */
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    u8 version = u8_at(d, v, VERSION), command = u8_at(d, v, COMMAND);

    say(d, "%sRIPv%u", verbose(d, 1) ? "\n\t" : "", version);
    if (version == 0) { /* BSD's of before RFC 1058 */
        hexdump(d->out, "\n\t", v);
        return;
    }
    say(d, ", %s, length: %u",
        name_of(d, &commands.names, command, "unknown command (%u)"), v.len);
    if (!verbose(d, 1))
        return;
    say_packet(d, v, version);
    if (verbose(d, 2))
        hexdump(d->out, "\n\t", v);
}
