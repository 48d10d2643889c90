/*
 * BGP-4: the messages.  RFC 4271, section 4; route refresh: RFC 2918, RFC 7313; filters in it: RFC
 * 5291.
 *
 *   +---------------------------------------------------------------+
 *   |                  marker, 16 bytes of all ones                 |
 *   +-------------------------------+---------------+---------------+
 *   |   length with this header     |     type      |  body ...
 *   +-------------------------------+---------------+
 *
 *   update:   | withdrawn length 2 | withdrawn | attributes length 2 | attributes | routes |
 *   refresh:  | address family 2 | subtype | subsequent family | filters |
 */
#include "print/proto/bgp/bgp.h"

#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/afi.h"

enum { LENGTH = 16, TYPE = 18, HEADER_LEN = 19, MARKER_LEN = 16 };

enum message { OPEN = 1, UPDATE, NOTIFICATION, KEEPALIVE, ROUTE_REFRESH };

NAMES(messages,
      (1, "Open")
      (2, "Update")
      (3, "Notification")
      (4, "Keepalive")
      (5, "Route Refresh"));

enum { FAMILY, SUBTYPE = 2, SUBFAMILY, REFRESH_LEN };

NAMES(subtypes,
      (0, "Normal route refresh request")
      (1, "Demarcation of the beginning of a route refresh")
      (2, "Demarcation of the ending of a route refresh"));

/* RFC 5291, section 4 */
enum { WHEN_TO_REFRESH = 4, ORF_TYPE, ORF_LENGTH, ORF_LEN = 8 };

NAMES(refresh_times, (1, "Immediate") (2, "Defer"));

NAMES(filter_types, (64, "Address Prefix ORF") (65, "CP-ORF"));

SHARED_NAMES(bgp_safis,
             (0, "Reserved")
             (1, "Unicast")
             (2, "Multicast")
             (3, "Unicast+Multicast")
             (4, "labeled Unicast")
             (5, "Multicast VPN")
             (64, "Tunnel")
             (65, "VPLS")
             (66, "MDT")
             (70, "EVPN")
             (128, "labeled VPN Unicast")
             (129, "labeled VPN Multicast")
             (130, "labeled VPN Unicast+Multicast")
             (132, "Route Target Routing Information"));

void bgp_say_family(struct dissect *d, u16 afi, u8 safi)
{
    say(d, "AFI %s (%u), SAFI %s (%u)", name_of(d, afi_names, afi, "Unknown"), afi,
        name_of(d, bgp_safis, safi, "Unknown"), safi);
}

void bgp_out_as(struct dissect *d, struct out *o, u32 as)
{
    if (d->opt->asdot && as > UINT16_MAX)
        out_format(o, "%u.%u", as >> 16, as & UINT16_MAX);
    else
        out_dec(o, as);
}

void bgp_say_as(struct dissect *d, u32 as)
{
    bgp_out_as(d, d->out, as);
}

void bgp_out_rd(struct dissect *d, struct out *o, const void *rd)
{
    const u8 *value = (const u8 *)rd + 2;

    switch (load_be16(rd)) {
    case 0:
        out_format(o, "%u:%u (= %pi4)", load_be16(value), load_be32(value + 2), value + 2);
        break;
    case 1: out_format(o, "%pi4:%u", value, load_be16(value + 4)); break;
    case 2:
        bgp_out_as(d, o, load_be32(value));
        out_format(o, ":%u (%pi4:%u)", load_be16(value + 4), value, load_be16(value + 4));
        break;
    default: out_text_z(o, "unknown RD format"); break;
    }
}

bool bgp_say_bytes(struct dissect *d, const char *indent, struct view v)
{
    hexdump(d->out, indent, view_clip(v, v.len));
    return need(d, v, 0, v.len);
}

static bool say_withdrawn(struct dissect *d, struct view v, u32 *rest)
{
    *rest = v.len;
    if (v.len < 2) /* as tcpdump: one byte is no route, not even 0.0.0.0/0 */
        return true;
    say_z(d, "\n\t  Withdrawn routes:");
    return bgp_ip4_routes(d, v, rest);
}

static bool say_update(struct dissect *d, struct view v)
{
    u32 unread, left;

    if (v.len < 2 || !view_has(v, 0, 2))
        return false;
    u32 withdrawn = be16_at(d, v, 0);
    v = view_from(v, 2);
    if (withdrawn > v.len)
        return false;
    if (!say_withdrawn(d, view_claim(v, withdrawn), &unread))
        return false;
    /* as tcpdump: what an illegal prefix left is not skipped, one byte is */
    u32 read = withdrawn < 2 ? withdrawn : withdrawn - unread;
    v = view_from(v, read);

    if (v.len < 2 || !view_has(v, 0, 2))
        return false;
    u32 attributes = be16_at(d, v, 0);
    v = view_from(v, 2);
    if (attributes > v.len)
        return false;
    const struct bgp_attribute_list list = { "\n\t  ", "\n\t  ", "[path attrs too short]",
                                             .behind = v.len - attributes };
    if (!bgp_attributes(d, view_claim(v, attributes), &list, &left))
        return false;
    v = view_from(v, attributes);

    if (v.len > 0) {
        say_z(d, "\n\t  Updated routes:");
        return bgp_ip4_routes(d, v, &left);
    }
    if (unread == 0 && attributes == 0)
        say_z(d, "\n\t  End-of-Rib Marker (empty NLRI)");
    return true;
}

static bool say_refresh(struct dissect *d, struct view v)
{
    if (!view_has(v, 0, REFRESH_LEN))
        return false;
    if (v.len < REFRESH_LEN)
        return true;
    u8 subtype = u8_at(d, v, SUBTYPE);
    say_z(d, "\n\t  ");
    bgp_say_family(d, be16_at(d, v, FAMILY), u8_at(d, v, SUBFAMILY));
    if (subtype != 0 || v.len >= ORF_LEN)
        say(d, ", Subtype %s (%u)", name_of(d, &subtypes.names, subtype, "Unknown"),
            subtype);
    if (v.len >= ORF_LEN)
        say_at(d, v, "\n\t  ORF refresh %s (%lu), ORF type %s (%lu), ORF length %lu",
               name_of(d, &refresh_times.names, u8_at(d, v, WHEN_TO_REFRESH), "Unknown"),
               AT_U8(WHEN_TO_REFRESH),
               name_of(d, &filter_types.names, u8_at(d, v, ORF_TYPE), "Unknown"), AT_U8(ORF_TYPE),
               AT_BE16(ORF_LENGTH));
    return true;
}

/* A message that is captured as far as its length says; `v` begins at its marker. */
static void say_message(struct dissect *d, struct view v)
{
    u8 type = u8_at(d, v, TYPE);
    struct view body = view_from(v, HEADER_LEN);
    bool complete = true;

    say(d, "\n\t%s Message (%u), length: %u",
        name_of(d, &messages.names, type, "Unknown"), type, v.len);
    switch (type) {
    case OPEN: bgp_open(d, body); break;
    case UPDATE: complete = say_update(d, body); break;
    case NOTIFICATION: bgp_notification(d, body); break;
    case KEEPALIVE: break;
    case ROUTE_REFRESH:
        complete = say_refresh(d, body);
        if (complete && body.len >= REFRESH_LEN && verbose(d, 2))
            bgp_say_bytes(d, "\n\t  ", v);
        break;
    default:
        say(d, "\n\t  no Message %u decoder", type);
        bgp_say_bytes(d, "\n\t  ", v);
        break;
    }
    if (!complete)
        truncated(d);
}

void print_bgp(struct dissect *d, struct view v)
{
    static const u8 marker[MARKER_LEN] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                           0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
    u32 at = 0, expected = 0;

    d->proto = "bgp";
    say_z(d, ": BGP");
    if (!verbose(d, 1))
        return;
    while (view_has(v, at, MARKER_LEN) && !d->sealed) {
        if (memcmp(view_at(v, at, MARKER_LEN), marker, MARKER_LEN) != 0) {
            at++; /* the segment begins, or goes on, in the middle of a message */
            continue;
        }
        if (at != expected || !view_has(v, at, HEADER_LEN))
            truncated(d);
        if (!view_has(v, at, HEADER_LEN))
            return;
        u32 len = be16_at(d, v, at + LENGTH);
        if (len < HEADER_LEN) {
            say(d, "\nmessage length %u < %u (invalid)", len, (unsigned)HEADER_LEN);
            return;
        }
        if (!view_has(v, at, len)) {
            say(d, "\n[|BGP %s]",
                name_of(d, &messages.names, u8_at(d, v, at + TYPE),
                        "Unknown Message Type"));
            return;
        }
        say_message(d, view_claim(view_from(v, at), len));
        at += len;
        expected = at;
    }
}
