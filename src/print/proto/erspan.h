/* Cisco's mirrored frames, which GRE carries. */
#ifndef PRINT_PROTO_ERSPAN_H
#define PRINT_PROTO_ERSPAN_H

#include "print/dissect.h"

/* Types I and II share an EtherType: GRE has a sequence number with type II, which has a header. */
void erspan_i_ii(struct dissect *d, struct view v, bool sequenced);
void erspan_iii(struct dissect *d, struct view v);

#endif
