/* IEEE 802.15.4 frames, for what carries them. */
#ifndef PRINT_PROTO_WPAN_H
#define PRINT_PROTO_WPAN_H

#include "print/dissect.h"

/* A frame of v.len bytes.  False when its header is not valid. */
bool wpan_frame(struct dissect *d, struct view v);

#endif
