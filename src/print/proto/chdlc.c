/*
 * Cisco HDLC, and SLARP, its address and keepalive protocol.  No public standard; the frames are
 * described in www.cisco.com and by what routers send.
 *
 *    0               1               2
 *   +---------------+---------------+-------------------------------+
 *   | address 0f 8f |   control 0   |          EtherType            |
 *   +---------------+---------------+-------------------------------+
 *
 *   SLARP, 0x8035:  code 4; address 4, mask 4             request and reply
 *                   code 4; my sequence 4, yours 4, reliability 2, up time 4   keepalive
 */
#include "base/ethertype.h"
#include "base/llc.h"
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/ether.h"
#include "print/proto/ppp.h"

enum { ADDRESS, TYPE = 2, HEADER_LEN = 4 };
enum { UNICAST = 0x0f, BROADCAST = 0x8f };

enum { SLARP_CODE, SLARP_VALUES = 4, SLARP_MASK = 8, SLARP_RELIABILITY = 12, SLARP_UP = 14 };
enum { SLARP_MIN = 14, SLARP_MAX = 18 };
enum slarp_code { SLARP_REQUEST, SLARP_REPLY, SLARP_KEEPALIVE };

NAMES(addresses, (UNICAST, "unicast") (BROADCAST, "bcast"));

static void say_slarp(struct dissect *d, struct view v)
{
    d->proto = "chdlc_slarp";
    say(d, "SLARP (length: %u), ", v.len);
    if (v.len < SLARP_MIN || !view_has(v, 0, SLARP_MIN)) {
        truncated(d);
        return;
    }
    u32 code = be32_at(d, v, SLARP_CODE), said = SLARP_VALUES;
    switch (code) {
    case SLARP_REQUEST: say_z(d, "request"); break; /* what follows is zero */
    case SLARP_REPLY:
        say_at(d, v, "reply %pI4/%pI4", AT_ADDRESS(SLARP_VALUES), AT_ADDRESS(SLARP_MASK));
        break;
    case SLARP_KEEPALIVE: {
        say_at(d, v, "keepalive: mineseen=0x%08lx, yourseen=0x%08lx, reliability=0x%04lx",
               AT_BE32(SLARP_VALUES), AT_BE32(SLARP_MASK), AT_BE16(SLARP_RELIABILITY));
        if (v.len >= SLARP_MAX) {
            said = SLARP_MAX;
            u32 seconds = be32_at(d, v, SLARP_UP) / 1000;
            say(d, ", link uptime=%ud%uh%um%us", seconds / 86400, seconds / 3600 % 24,
                seconds / 60 % 60, seconds % 60);
        }
        break;
    }
    default:
        say(d, "0x%02x unknown", code);
        if (!verbose(d, 2))
            hexdump(d->out, "\n\t", view_from(v, 4));
        break;
    }
    if (v.len > SLARP_MAX && verbose(d, 1))
        say(d, ", (trailing junk: %u bytes)", v.len - SLARP_MAX);
    if (v.len > said && verbose(d, 2))
        hexdump(d->out, "\n\t", view_from(v, said));
}

u32 chdlc_frame(struct dissect *d, struct view v)
{
    d->proto = "chdlc";
    if (v.len < HEADER_LEN || !view_has(v, 0, HEADER_LEN)) {
        say_z(d, " [|chdlc]");
        return v.len < HEADER_LEN ? v.cap : 0;
    }
    u16 type = be16_at(d, v, TYPE);
    if (d->opt->link_header) {
        const char *name = ethertype_name(type);
        u8 address = u8_at(d, v, ADDRESS);
        if (name_find(&addresses.names, address) != NULL)
            say(d, "%s, ", name_find(&addresses.names, address));
        else
            say(d, "0x%02x, ", address);
        say(d, "ethertype %s (0x%04x), length %u: ", name != NULL ? name : "Unknown", type, v.len);
    }
    struct view payload = view_from(v, HEADER_LEN);
    bool known = false;
    if (type == ETHERTYPE_REVARP) {
        say_slarp(d, payload);
        known = true;
    } else if (type == ETHERTYPE_OSI) {
        if (payload.len < 2) {
            say_z(d, " [|chdlc]");
            return v.cap;
        }
        u8 first = u8_at(d, payload, 1);
        u32 skip = first == 0x81 || first == 0x82 || first == 0x83 ? 1 : 0;
        known = dispatch_llc(d, SAP_ISONS, SAP_ISONS, view_from(payload, skip));
    } else if (type == ETHERTYPE_IP || type == ETHERTYPE_IPV6 || type == ETHERTYPE_MPLS ||
               type == ETHERTYPE_MPLS_MULTI) {
        known = dispatch_ether(d, type, payload);
    }
    if (!known && !d->opt->link_header)
        say(d, "unknown CHDLC protocol (0x%04x)", type);
    return HEADER_LEN;
}

void print_chdlc(struct dissect *d, struct view v)
{
    u32 header_len = chdlc_frame(d, v);
    if (!d->sealed)
        d->link_header_len += header_len;
}
