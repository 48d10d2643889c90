/* EAP packets, alone or inside of other protocols. */
#ifndef PRINT_PROTO_EAP_H
#define PRINT_PROTO_EAP_H

#include "print/dissect.h"

/* One packet, whose own length field is v.len: the caller has compared them. */
void say_eap(struct dissect *d, struct view v);

#endif
