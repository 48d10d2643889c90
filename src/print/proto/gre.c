/*
 * GRE: generic routing encapsulation.  RFC 1701, RFC 2784, RFC 2890; version 1, for PPTP: RFC 2637,
 * section 4.1.
 *
 *    0                             2                             4
 *   +-+-+-+-+-+-----+---------+-----+-------------------------------+
 *   |C|R|K|S|s|recur| A flags | ver |          protocol             |
 *   +-+-+-+-+-+-----+---------+-----+-------------------------------+
 *   |  C or R: checksum             |  C or R: offset               |  version 0
 *   |  K: key                                                       |
 *   |  S: sequence number                                           |
 *   |  R: routing entries: family 2, offset 1, length 1, addresses  |
 *   +---------------------------------------------------------------+
 *   |  K: payload length            |  K: call                      |  version 1
 *   |  S: sequence number                                           |
 *   |  A: acknowledgment number                                     |
 *   +---------------------------------------------------------------+
 */
#include "base/ethertype.h"
#include "base/llc.h"
#include "print/printer.h"
#include "print/proto/atalk.h"
#include "print/proto/erspan.h"
#include "print/proto/ether.h"

enum { FLAGS, PROTOCOL = 2, HEADER_LEN = 4 };

enum {
    CHECKSUM_PRESENT = 0x8000,
    ROUTING_PRESENT = 0x4000,
    KEY_PRESENT = 0x2000,
    SEQUENCE_PRESENT = 0x1000,
    SOURCE_ROUTED = 0x0800,
    ACK_PRESENT = 0x0080,
    VERSION_MASK = 7,
};

/* A source route entry, RFC 1701, "Routing". */
enum { FAMILY, ROUTE_OFFSET = 2, ROUTE_LEN, ROUTE = 4 };
enum { FAMILY_IP = 0x0800, FAMILY_ASN = 0xfffe };

NAMES(flags,
      (CHECKSUM_PRESENT, "checksum present")
      (ROUTING_PRESENT, "routing present")
      (KEY_PRESENT, "key present")
      (SEQUENCE_PRESENT, "sequence# present")
      (SOURCE_ROUTED, "source routing present")
      (ACK_PRESENT, "ack present"));

/* The addresses of a route, `each` bytes long, with a star before the one that is next. */
static void say_route(struct dissect *d, struct view route, u32 each, u32 next)
{
    if (next % each != 0) {
        say(d, ", badoffset=%u", next);
        return;
    }
    if (route.len % each != 0) {
        say(d, ", badlength=%u", route.len);
        return;
    }
    if (next >= route.len) {
        say(d, ", badoff/len=%u/%u", next, route.len);
        return;
    }
    for (u32 at = 0; view_has(route, at, each); at += each) {
        const char *mark = at == next ? "*" : "";
        if (each == 4)
            say_at(d, route, " %s%pI4", mark, AT_ADDRESS(at));
        else
            say_at(d, route, " %s%lx", mark, AT_BE16(at));
    }
}

/* The routing entries up to the empty one, which are taken off `rest`.  False when one is cut. */
static bool say_routing(struct dissect *d, struct view *rest)
{
    while (!d->sealed) {
        u16 family = be16_at(d, *rest, FAMILY);
        u32 next = u8_at(d, *rest, ROUTE_OFFSET), len = u8_at(d, *rest, ROUTE_LEN);
        struct view route = view_sub(*rest, ROUTE, len);

        *rest = view_from(*rest, ROUTE);
        if (family == 0 && len == 0)
            break;
        switch (family) {
        case FAMILY_IP:
            say_z(d, ", (rtaf=ip");
            say_route(d, route, 4, next);
            break;
        case FAMILY_ASN:
            say_z(d, ", (rtaf=asn");
            say_route(d, route, 2, next);
            break;
        default: say(d, ", (rtaf=0x%x", family); break;
        }
        say_z(d, ")");
        if (!view_has(*rest, 0, len)) {
            truncated(d);
            return false;
        }
        *rest = view_from(*rest, len);
    }
    return true;
}

/* What -e adds, and the line break of -v. */
static void say_end(struct dissect *d, u16 protocol, u32 length, bool payload)
{
    if (d->opt->link_header) {
        const char *name = ethertype_name(protocol);
        say(d, ", proto %s (0x%04x)", name != NULL ? name : "unknown", protocol);
    }
    say(d, ", length %u", length);
    if (payload)
        say_z(d, verbose(d, 1) ? "\n\t" : ": ");
}

static void say_unknown(struct dissect *d, u16 protocol) { say(d, "gre-proto-0x%x", protocol); }

static void say_payload_of(struct dissect *d, u16 protocol, bool sequenced, struct view v)
{
    bool known = false;

    switch (protocol) {
    case ETHERTYPE_IP:
    case ETHERTYPE_IPV6:
    case ETHERTYPE_MPLS:
        known = dispatch_ether(d, protocol, v);
        break;
    case ETHERTYPE_ATALK: print_atalk(d, v); break;
    case ETHERTYPE_IPX: known = dispatch_llc(d, SAP_IPX, SAP_IPX, v); break;
    case ETHERTYPE_GRE_ISO: known = dispatch_llc(d, SAP_ISONS, SAP_ISONS, v); break;
    case ETHERTYPE_TEB:
        ether_frame(d, v);
        known = true;
        break;
    case ETHERTYPE_ERSPAN_I_II:
        erspan_i_ii(d, v, sequenced);
        known = true;
        break;
    case ETHERTYPE_ERSPAN_III:
        erspan_iii(d, v);
        known = true;
        break;
    default: break;
    }
    if (!known)
        say_unknown(d, protocol);
}

static void say_v0(struct dissect *d, struct view v, u16 bits)
{
    struct view rest = view_from(v, HEADER_LEN);
    u16 protocol = be16_at(d, v, PROTOCOL);

    if ((bits & (CHECKSUM_PRESENT | ROUTING_PRESENT)) != 0) {
        u16 sum = be16_at(d, rest, 0);
        if (verbose(d, 1))
            say(d, ", sum 0x%x", sum);
        say_at(d, rest, ", off 0x%lx", AT_BE16(2));
        rest = view_from(rest, 4);
    }
    if ((bits & KEY_PRESENT) != 0) {
        say_at(d, rest, ", key=0x%lx", AT_BE32(0));
        rest = view_from(rest, 4);
    }
    if ((bits & SEQUENCE_PRESENT) != 0) {
        say_at(d, rest, ", seq %lu", AT_BE32(0));
        rest = view_from(rest, 4);
    }
    if ((bits & ROUTING_PRESENT) != 0 && !say_routing(d, &rest))
        return;
    if (cut_short(d))
        return;
    say_end(d, protocol, v.len, true);
    say_payload_of(d, protocol, (bits & SEQUENCE_PRESENT) != 0, rest);
}

static void say_v1(struct dissect *d, struct view v, u16 bits)
{
    struct view rest = view_from(v, HEADER_LEN);
    u16 protocol = be16_at(d, v, PROTOCOL);

    if ((bits & KEY_PRESENT) != 0) {
        u32 key = be32_at(d, rest, 0);
        say(d, ", call %u", key & UINT16_MAX);
        rest = view_from(rest, 4);
    }
    if ((bits & SEQUENCE_PRESENT) != 0) {
        say_at(d, rest, ", seq %lu", AT_BE32(0));
        rest = view_from(rest, 4);
    }
    if ((bits & ACK_PRESENT) != 0) {
        say_at(d, rest, ", ack %lu", AT_BE32(0));
        rest = view_from(rest, 4);
    }
    if (cut_short(d))
        return;
    bool payload = (bits & SEQUENCE_PRESENT) != 0;
    if (!payload)
        say_z(d, ", no-payload");
    say_end(d, protocol, v.len, payload);
    if (payload && (protocol != ETHERTYPE_PPP || !dispatch_ether(d, protocol, rest)))
        say_unknown(d, protocol);
}

void print_gre(struct dissect *d, struct view v)
{
    d->proto = "gre";
    if (d->sealed)
        return;
    if (!view_has(v, FLAGS, 2)) {
        truncated(d);
        return;
    }
    u16 bits = be16_at(d, v, FLAGS);
    u32 version = bits & VERSION_MASK;

    say(d, "GREv%u", version);
    if (version > 1) {
        say_z(d, " ERROR: unknown-version");
        return;
    }
    if (verbose(d, 1))
        say(d, ", Flags [%s]", flags_of(d, &flags.names, bits, ", ", "none"));
    if (version == 0)
        say_v0(d, v, bits);
    else
        say_v1(d, v, bits);
}
