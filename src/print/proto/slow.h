/* The slow protocols of IEEE 802.3. */
#ifndef PRINT_PROTO_SLOW_H
#define PRINT_PROTO_SLOW_H

#include "print/dissect.h"

/* Link OAM; `v` begins behind the subtype.  False when it ends before one of its fields. */
bool slow_oam(struct dissect *d, struct view v);

#endif
