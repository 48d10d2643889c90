/* The names of address families. */
#include "print/proto/afi.h"

SHARED_NAMES(afi_names,
             (0, "Reserved")
             (AFI_IPV4, "IPv4")
             (AFI_IPV6, "IPv6")
             (AFI_NSAP, "NSAP")
             (4, "HDLC")
             (5, "BBN 1822")
             (AFI_802, "802")
             (7, "E.163")
             (8, "E.164")
             (9, "F.69")
             (10, "X.121")
             (11, "Novell IPX")
             (12, "Appletalk")
             (13, "Decnet IV")
             (14, "Banyan Vines")
             (15, "E.164 with NSAP subaddress")
             (AFI_VPLS, "VPLS")
             (AFI_L2VPN, "Layer-2 VPN"));
