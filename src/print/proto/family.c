#include "print/proto/family.h"

SHARED_NAMES(bsd_families,
             (BSD_INET, "IPv4") (BSD_NS, "NS") (BSD_ISO, "ISO") (BSD_APPLETALK, "Appletalk")
             (BSD_IPX, "IPX") (BSD_INET6_BSD, "IPv6") (BSD_INET6_FREEBSD, "IPv6")
             (BSD_INET6_DARWIN, "IPv6"));
