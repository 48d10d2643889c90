/*
 * VXLAN-GPE: VXLAN for any protocol.  draft-ietf-nvo3-vxlan-gpe-12, section 3.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   | R R V V I P B O |          reserved           | next protocol |
 *   |              network identifier (VNI)         |   reserved    |
 *   +---------------------------------------------------------------+
 */
#include "base/ethertype.h"
#include "print/printer.h"
#include "print/proto/ether.h"

enum { FLAGS, NEXT = 3, VNI, HEADER_LEN = 8 };

enum next { NEXT_IP4 = 1, NEXT_IP6, NEXT_ETHERNET, NEXT_NSH };

NAMES(flag_letters, (0x08, "I") (0x04, "P") (0x02, "B") (0x01, "O"));

static bool say_content(struct dissect *d, u8 next, struct view v)
{
    switch (next) {
    case NEXT_IP4: return dispatch_ether(d, ETHERTYPE_IP, v);
    case NEXT_IP6: return dispatch_ether(d, ETHERTYPE_IPV6, v);
    case NEXT_ETHERNET: ether_frame(d, v); return true;
    case NEXT_NSH: return dispatch_ether(d, ETHERTYPE_NSH, v);
    default: return false;
    }
}

void print_vxlan_gpe(struct dissect *d, struct view v)
{
    d->proto = "vxlan_gpe";
    say_z(d, "VXLAN-GPE, ");
    if (v.len < HEADER_LEN) {
        say(d, " (len %u < %u)", v.len, (unsigned)HEADER_LEN);
        invalid(d);
        return;
    }
    say(d, "flags [%s], ", flags_of(d, &flag_letters.names, u8_at(d, v, FLAGS), "", "none"));
    u8 next = u8_at(d, v, NEXT);
    if (!need(d, v, 0, HEADER_LEN))
        return;
    say_at(d, v, "vni %lu", AT_BE24(VNI));
    say_z(d, verbose(d, 1) ? "\n    " : ": ");
    if (!say_content(d, next, view_from(v, HEADER_LEN))) {
        say_z(d, "ERROR: unknown-next-protocol");
        invalid(d);
    }
}
