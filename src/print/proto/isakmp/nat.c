/*
 * IPsec through address translators: ESP, IKE and keep-alives on one UDP port.  RFC 3948,
 * section 2.
 *
 *    0               1               2               3
 *   +---------------------------------------------------------------+
 *   |     0: IKE behind it     other: security parameters index     |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { MARKER_LEN = 4, KEEP_ALIVE = 0xff };

void print_isakmp_nat(struct dissect *d, struct view v)
{
    d->proto = "isakmp_rfc3948";
    if (v.len == 1 && u8_at(d, v, 0) == KEEP_ALIVE) {
        say_z(d, "isakmp-nat-keep-alive");
        return;
    }
    if (v.len < MARKER_LEN) {
        truncated(d);
        return;
    }
    if (be32_at(d, v, 0) == 0) {
        say_z(d, "NONESP-encap: ");
        print_isakmp(d, view_from(v, MARKER_LEN));
    } else {
        say_z(d, "UDP-encap: ");
        print_esp(d, v);
    }
}
