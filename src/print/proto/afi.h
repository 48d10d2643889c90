/* Address family numbers.  IANA "Address Family Numbers". */
#ifndef PRINT_PROTO_AFI_H
#define PRINT_PROTO_AFI_H

#include "print/values.h"

enum afi { AFI_IPV4 = 1, AFI_IPV6 = 2, AFI_NSAP = 3, AFI_802 = 6, AFI_VPLS = 25, AFI_L2VPN = 196 };

extern const struct names *const afi_names;

#endif
