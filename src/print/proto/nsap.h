/* Network service access points, the addresses of OSI (ISO 8348), for all protocols that carry
 * them. */
#ifndef PRINT_PROTO_NSAP_H
#define PRINT_PROTO_NSAP_H

#include "base/out.h"
#include "base/view.h"

enum { NSAP_MAX = 20 };

/* The captured bytes of `address` as 49.0001.1921.68; a complaint when they are none or too many.
 */
void out_nsap(struct out *o, struct view address);

#endif
