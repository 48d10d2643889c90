/* The options of an IPv4 header. */
#ifndef PRINT_PROTO_IP_OPTIONS_H
#define PRINT_PROTO_IP_OPTIONS_H

#include "print/dissect.h"

/*
 * Prints the `length` bytes of options at the start of `v`, which goes on to the end of the
 * packet, separated by commas.  False when one is cut.
 */
bool ip_options(struct dissect *d, struct view v, u32 length);

#endif
