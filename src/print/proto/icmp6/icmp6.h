/* The parts of ICMPv6 that have files of their own.  Every view begins with the ICMPv6 header. */
#ifndef PRINT_PROTO_ICMP6_ICMP6_H
#define PRINT_PROTO_ICMP6_ICMP6_H

#include "print/dissect.h"
#include "print/values.h"

/*
 * The options of neighbour discovery (RFC 4861, section 4.6) from `at` on, a line each.  False when
 * they are cut.
 */
bool say_nd_options(struct dissect *d, struct view v, u32 at);

/* Multicast listener discovery, version 2 (RFC 3810). */
void say_mld2_query(struct dissect *d, struct view v);
void say_mld2_report(struct dissect *d, struct view v);

/* Node information (RFC 4620). */
void say_node_information(struct dissect *d, struct view v);

/* Router renumbering (RFC 2894). */
void say_router_renumbering(struct dissect *d, struct view v);

/* Routing for low-power and lossy networks (RFC 6550). */
void say_rpl(struct dissect *d, struct view v);

#endif
