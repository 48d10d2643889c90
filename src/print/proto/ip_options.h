/* The options of an IPv4 header. */
#ifndef PRINT_PROTO_IP_OPTIONS_H
#define PRINT_PROTO_IP_OPTIONS_H

#include "print/dissect.h"

/*
 * Prints the `length` bytes of options at the start of `v`, which goes on to the end of the
 * packet, separated by commas.  False when one is cut.
 */
bool ip_options(struct dissect *d, struct view v, u32 length);

/*
 * Where the packet `v` goes in the end: the last address of a source route among the options of its
 * header, or else `destination`.  For transport checksums.
 */
struct view ip_final_destination(struct view v, u32 header_len, struct view destination);

#endif
