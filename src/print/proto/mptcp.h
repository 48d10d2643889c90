/* The multipath option, for the printer of TCP options. */
#ifndef PRINT_PROTO_MPTCP_H
#define PRINT_PROTO_MPTCP_H

#include "print/dissect.h"

/*
 * Prints what stands behind the name of the option `v`, which begins with its kind and length and is
 * captured whole; `tcp_flags` are those of its segment.  False when the option has no sense.
 */
bool mptcp_option(struct dissect *d, struct view v, u8 tcp_flags);

#endif
