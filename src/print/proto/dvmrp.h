/* DVMRP, which travels in IGMP messages. */
#ifndef PRINT_PROTO_DVMRP_H
#define PRINT_PROTO_DVMRP_H

#include "print/dissect.h"

/* `v` is the IGMP message. */
void say_dvmrp(struct dissect *d, struct view v);

#endif
