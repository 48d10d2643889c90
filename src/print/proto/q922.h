/* Frame Relay: addresses and frames. */
#ifndef PRINT_PROTO_Q922_H
#define PRINT_PROTO_Q922_H

#include "print/dissect.h"

/* What stands for an address that is not whole. */
enum { Q922_INVALID = 0, Q922_TRUNCATED = -1 };

/*
 * Reads the address at the start of `v`.  Returns its length, 2 to 4 bytes, with `*dlci` set, or
 * one of the above: the first byte ends the address, or the bytes end before it does.
 */
int q922_read(struct view v, u32 *dlci);

/* "DLCI 100", "<Invalid DLCI>" or "<Truncated>". */
void say_q922(struct dissect *d, struct view v);

/* A frame of Frame Relay, whatever carries it.  Returns how many bytes -x, -X and -A skip. */
u32 frame_relay_frame(struct dissect *d, struct view v);

#endif
