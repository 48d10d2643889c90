/*
 * The heartbeat of Microsoft's network load balancing, in Ethernet frames.  Learnt from the reference.
 *
 *    0               1               2               3
 *   +---------------------------------------------------------------+
 *   |                     unknown (8 bytes)                         |
 *   |               host priority (little-endian)                   |
 *   |                     cluster IP address                        |
 *   |                      host IP address                          |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { HOST_PRIORITY = 8, CLUSTER_IP = 12, HOST_IP = 16 };

void print_msnlb(struct dissect *d, struct view v)
{
    d->proto = "msnlb";
    say_z(d, "MS NLB heartbeat");
    say(d, ", host priority: %u", le32_at(d, v, HOST_PRIORITY));
    say(d, ", cluster IP: %pI4", bytes_at(d, v, CLUSTER_IP, 4));
    say(d, ", host IP: %pI4", bytes_at(d, v, HOST_IP, 4));
}
