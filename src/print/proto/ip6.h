/* The extension headers of IPv6, for the printer of the fixed header. */
#ifndef PRINT_PROTO_IP6_H
#define PRINT_PROTO_IP6_H

#include "print/dissect.h"

/* What is known about a jumbogram's length (RFC 2675). */
struct ip6_jumbo {
    u32 payload_len; /* of the fixed header; becomes that of a valid jumbo payload option */
    bool allowed;    /* these are hop-by-hop options */
    bool seen;       /* an option was met, valid or not */
};

/*
 * Each prints one extension header at the start of `v` and returns its length in bytes, or 0 when
 * nothing behind it is to be printed.
 */
u32 ip6_hop_by_hop(struct dissect *d, struct view v, struct ip6_jumbo *jumbo);
u32 ip6_destination(struct dissect *d, struct view v);
u32 ip6_fragment(struct dissect *d, struct view v);
u32 ip6_routing(struct dissect *d, struct view v);

/*
 * Where the packet `v` of IPv6 goes in the end: the last address of a routing header, or else the
 * destination of the fixed header.  For transport checksums, RFC 8200, section 8.1.
 */
struct view ip6_final_destination(struct view v);

#endif
