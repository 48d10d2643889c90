/* Configuration options of PPP's control protocols. */
#ifndef PRINT_PROTO_PPP_OPTIONS_H
#define PRINT_PROTO_PPP_OPTIONS_H

#include "print/dissect.h"

/*
 * `total` bytes of options of the control protocol with that number (enum ppp_protocol), which begin
 * at `v`.
 */
void ppp_options(struct dissect *d, u16 protocol, struct view v, u32 total);

#endif
