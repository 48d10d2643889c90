/* Signalling on Frame Relay lines. */
#ifndef PRINT_PROTO_Q933_H
#define PRINT_PROTO_Q933_H

#include "print/dissect.h"

/* A Q.933 message; `v` begins behind the protocol's number. */
void q933_message(struct dissect *d, struct view v);

#endif
