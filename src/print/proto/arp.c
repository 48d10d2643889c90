/*
 * ARP, RARP and InARP: addresses of one layer for those of another.  RFC 826, 903, 2390.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |         hardware type         |         protocol type         |
 *   +---------------+---------------+-------------------------------+
 *   | hardware size | protocol size |           operation           |
 *   +---------------+---------------+-------------------------------+
 *   |  sender hardware address, sender protocol address,            |
 *   |  target hardware address, target protocol address (variable)  |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

#include "base/ethertype.h"

enum { HARDWARE_TYPE, PROTOCOL_TYPE = 2, HARDWARE_SIZE = 4, PROTOCOL_SIZE, OPERATION, HEADER = 8 };

enum { OP_REQUEST = 1, OP_REPLY, OP_RARP_REQUEST, OP_RARP_REPLY };

static const struct name operations[] = {
    { OP_REQUEST, "Request" },
    { OP_REPLY, "Reply" },
    { OP_RARP_REQUEST, "Reverse Request" },
    { OP_RARP_REPLY, "Reverse Reply" },
    NAMES_END
};

void print_arp(struct dissect *d, struct view v)
{
    d->proto = "arp";
    if (!view_has(v, 0, HEADER)) {
        truncated(d);
        return;
    }
    say(d, "%s", name_of(d, operations, be16_at(d, v, OPERATION), "Unknown (%u)"));
}
