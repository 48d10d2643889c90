/* The payload of SCTP that carries SS7. */
#ifndef PRINT_PROTO_M3UA_H
#define PRINT_PROTO_M3UA_H

#include "print/dissect.h"

/* Prints the M3UA message `v`, on lines of its own. */
void m3ua(struct dissect *d, struct view v);

#endif
