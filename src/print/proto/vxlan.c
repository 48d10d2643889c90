/*
 * VXLAN: Ethernet frames over UDP.  RFC 7348, section 5.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   | R R R R I R R R |                reserved                     |
 *   |              network identifier (VNI)         |   reserved    |
 *   +---------------------------------------------------------------+
 *
 * OTV has the same port as Linux's VXLAN and nearly the same layout: an overlay identifier is in the
 * place of the first reserved bytes.
 */
#include "print/printer.h"
#include "print/proto/ether.h"

enum { FLAGS, RESERVED, VNI = 4, HEADER_LEN = 8 };

enum { HAS_VNI = 0x08 };

bool is_vxlan(const struct dissect *d, struct view v)
{
    (void)d;
    const u8 *reserved = view_at(v, RESERVED, VNI - RESERVED);
    return reserved != NULL && load_be24(reserved) == 0;
}

void print_vxlan(struct dissect *d, struct view v)
{
    d->proto = "vxlan";
    say_z(d, "VXLAN");
    if (v.len < HEADER_LEN) {
        invalid(d);
        return;
    }
    u8 flags = u8_at(d, v, FLAGS);
    say_z(d, ", flags [");
    say(d, "%s] (0x%02x), ", (flags & HAS_VNI) != 0 ? "I" : "invalid", flags);
    say_at(d, v, "vni %lu\n", AT_BE24(VNI));
    if (need(d, v, 0, HEADER_LEN))
        ether_frame(d, view_from(v, HEADER_LEN));
}
