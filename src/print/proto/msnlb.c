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
    say_at(d, v, ", host priority: %lu", AT_LE32(HOST_PRIORITY));
    say_at(d, v, ", cluster IP: %pI4", AT_ADDRESS(CLUSTER_IP));
    say_at(d, v, ", host IP: %pI4", AT_ADDRESS(HOST_IP));
}
