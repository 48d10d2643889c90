/* ZMTP in datagrams, for the printer of PGM. */
#ifndef PRINT_PROTO_ZMTP1_H
#define PRINT_PROTO_ZMTP1_H

#include "print/dissect.h"

/*
 * A datagram that claims `len` bytes of `v`: where its first frame begins, the rest of an earlier
 * one, frames.
 */
void zmtp1_datagram(struct dissect *d, struct view v, u32 len);

#endif
