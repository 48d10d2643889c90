/* CARP, which shares its IP protocol number with VRRP. */
#ifndef PRINT_PROTO_CARP_H
#define PRINT_PROTO_CARP_H

#include "print/dissect.h"

void carp(struct dissect *d, struct view v);

#endif
