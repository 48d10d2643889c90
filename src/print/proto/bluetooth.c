/*
 * Bluetooth HCI packets with their direction.  LINKTYPE_BLUETOOTH_HCI_H4_WITH_PHDR,
 * www.tcpdump.org/linktypes.
 */
#include "print/printer.h"

enum { DIRECTION, HEADER_LEN = 4, RECEIVED = 1 };

void print_bluetooth(struct dissect *d, struct view v)
{
    d->proto = "bluetooth";
    say_z(d, "bluetooth");
    if (!link_header(d, v, HEADER_LEN))
        return;
    struct view payload = view_from(v, HEADER_LEN);
    if (d->opt->link_header)
        say(d, ", hci length %u, direction %s", payload.len,
            (be32_at(d, v, DIRECTION) & RECEIVED) != 0 ? "in" : "out");
    say_payload(d, payload);
}
