/* Address family numbers of the BSDs, which differ from each other and from Linux. */
#ifndef PRINT_PROTO_FAMILY_H
#define PRINT_PROTO_FAMILY_H

#include "print/values.h"

enum bsd_family {
    BSD_INET = 2,
    BSD_NS = 6,
    BSD_ISO = 7,
    BSD_APPLETALK = 16,
    BSD_IPX = 23,
    BSD_INET6_BSD = 24,
    BSD_INET6_FREEBSD = 28,
    BSD_INET6_DARWIN = 30,
};

extern const struct names *const bsd_families;

enum linux_family { LINUX_INET = 2, LINUX_INET6 = 10 };

#endif
