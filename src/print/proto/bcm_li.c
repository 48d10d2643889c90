/*
 * Broadcom's shim for lawful interception, which precedes a packet of a subscriber.  Known from
 * the reference only.
 *
 *    0               1               2               3
 *   +-----+-------+-----+-------------------------------------------+
 *   |dir 3|type 4 |sub 3|                identifier 22              |
 *   +-----+-------+-----+-------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/ether.h"

enum { HEADER_LEN = 4 };

enum { DIRECTION_SHIFT = 29, TYPE_SHIFT = 25, SUBTYPE_SHIFT = 22, ID_MASK = 0x3fffff };

enum type { UNDECIDED = 4, IPV4, IPV6, ETHERNET };

NAMES(directions, (1, "unused") (2, "egress") (3, "ingress"));

NAMES(types, (UNDECIDED, "undecided") (IPV4, "ipv4") (IPV6, "ipv6") (ETHERNET, "ethernet"));

NAMES(subtypes, (1, "single VLAN tag") (2, "double VLAN tag") (3, "untagged"));

/* A packet whose kind the device does not know. */
static void say_undecided(struct dissect *d, struct view v)
{
    u8 first = u8_at(d, v, 0);

    switch (first >> 4) {
    case 4: print_ip(d, v); break;
    case 6: print_ip6(d, v); break;
    default: say_z(d, "unknown payload"); break;
    }
}

void print_bcm_li(struct dissect *d, struct view v)
{
    d->proto = "bcm_li";
    if (v.len < HEADER_LEN) {
        say(d, " (length %u < %u)", v.len, (unsigned)HEADER_LEN);
        invalid(d);
        return;
    }
    u32 shim = be32_at(d, v, 0), type = shim >> TYPE_SHIFT & 15;
    say(d, "%sBCM-LI-SHIM: direction %s, pkt-type %s, pkt-subtype %s, li-id %u%s",
        verbose(d, 1) ? "\n    " : "",
        name_of(d, &directions.names, shim >> DIRECTION_SHIFT, "unknown"),
        name_of(d, &types.names, type, "unknown"),
        name_of(d, &subtypes.names, shim >> SUBTYPE_SHIFT & 7, "unknown"),
        shim & ID_MASK, verbose(d, 1) ? "\n    " : "");
    if (!verbose(d, 1)) {
        need(d, v, 0, v.len);
        return;
    }
    struct view payload = view_from(v, HEADER_LEN);
    switch (type) {
    case UNDECIDED: say_undecided(d, payload); break;
    case IPV4: print_ip(d, payload); break;
    case IPV6: print_ip6(d, payload); break;
    case ETHERNET: ether_frame(d, payload); break;
    default: invalid(d); break;
    }
}
