/* Layer 2 circuits over MPLS, for the protocols that set them up. */
#ifndef PRINT_PROTO_L2VPN_H
#define PRINT_PROTO_L2VPN_H

#include "print/values.h"

/* What a pseudowire carries.  IANA "MPLS Pseudowire Types", RFC 4446. */
extern const struct names *const l2vpn_encapsulations;

/* The same as LDP and its tools name them. */
extern const struct names *const pseudowire_types;

#endif
