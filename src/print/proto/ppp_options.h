/* Configuration options of PPP's control protocols. */
#ifndef PRINT_PROTO_PPP_OPTIONS_H
#define PRINT_PROTO_PPP_OPTIONS_H

#include "print/dissect.h"

/* The options `v` of the control protocol with that number (enum ppp_protocol). */
void ppp_options(struct dissect *d, u16 protocol, struct view v);

#endif
