/* PIM version 1, which travelled in IGMP messages. */
#ifndef PRINT_PROTO_PIM_H
#define PRINT_PROTO_PIM_H

#include "print/dissect.h"

/* `v` is the IGMP message. */
void say_pim_v1(struct dissect *d, struct view v);

#endif
