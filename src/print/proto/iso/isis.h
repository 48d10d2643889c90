/* The parts of IS-IS. */
#ifndef PRINT_PROTO_ISO_ISIS_H
#define PRINT_PROTO_ISO_ISIS_H

#include "print/dissect.h"

enum { SYSTEM_ID_LEN = 6, NODE_ID_LEN, LSP_ID_LEN };

/* The type and length before each value, and before each value in it. */
enum { ISIS_TYPE, ISIS_LENGTH, ISIS_TLV_HEADER_LEN };

/* The TLVs from `at` on in the packet `pdu`, which says that it ends at `end`. */
void isis_tlvs(struct dissect *d, struct view pdu, u32 at, u32 end);

/*
 * What the functions below print begins at `v`; v.len is what is left of the TLV, and as tcpdump
 * they may read on behind that.
 */

/* Neighbours or prefixes with sub-TLVs, to the end of the TLV. */
enum isis_reach { REACH_IS, REACH_ALIAS, REACH_IP4, REACH_IP6 };

void isis_reach(struct dissect *d, struct view v, enum isis_reach kind);

/* A topology of RFC 5120 in two bytes. */
void isis_topology(struct dissect *d, struct view v);

/* Sub-TLVs of shortest path bridging, RFC 6329. */
void isis_port_capability(struct dissect *d, struct view v);
void isis_capability(struct dissect *d, struct view v);

#endif
