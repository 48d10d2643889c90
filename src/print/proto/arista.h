/* Time stamps that Arista's switches put between Ethernet's addresses and type. */
#ifndef PRINT_PROTO_ARISTA_H
#define PRINT_PROTO_ARISTA_H

#include "print/dissect.h"

enum { ARISTA_MIN = 2 };

/* Prints the time stamp at `v` and returns its length, 0 for one of unknown format. */
u32 arista_timestamp(struct dissect *d, struct view v);

#endif
