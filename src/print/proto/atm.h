/* What the files of ATM share. */
#ifndef PRINT_PROTO_ATM_H
#define PRINT_PROTO_ATM_H

#include "print/dissect.h"

enum { ATM_HEC_LEN = 1 };

/* An OAM cell, in which the header is followed by `hec` bytes of header error control. */
void atm_oam(struct dissect *d, struct view v, u32 hec);

#endif
