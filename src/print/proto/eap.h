/* EAP packets, alone or inside of other protocols. */
#ifndef PRINT_PROTO_EAP_H
#define PRINT_PROTO_EAP_H

#include "print/dissect.h"

/* One packet, whose own length field the caller has compared with v.len. */
void say_eap(struct dissect *d, struct view v);

#endif
