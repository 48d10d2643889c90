/* What the routing protocols say about links of GMPLS and of traffic engineering. */
#include "print/proto/gmpls.h"

#include "base/decimal.h"
#include "print/printer.h"

SHARED_NAMES(gmpls_link_protection,
             (0x01, "Extra Traffic") (0x02, "Unprotected") (0x04, "Shared") (0x08, "Dedicated 1:1")
             (0x10, "Dedicated 1+1") (0x20, "Enhanced") (0x40, "Reserved") (0x80, "Reserved"));

SHARED_NAMES(gmpls_switching,
             (1, "Packet-Switch Capable-1")
             (2, "Packet-Switch Capable-2")
             (3, "Packet-Switch Capable-3")
             (4, "Packet-Switch Capable-4")
             (51, "Layer-2 Switch Capable")
             (100, "Time-Division-Multiplex")
             (150, "Lambda-Switch Capable")
             (200, "Fiber-Switch Capable"));

SHARED_NAMES(gmpls_encodings,
             (1, "Packet")
             (2, "Ethernet V2/DIX")
             (3, "ANSI/ETSI PDH")
             (4, "Reserved")
             (5, "SDH ITU-T G.707/SONET ANSI T1.105")
             (6, "Reserved")
             (7, "Digital Wrapper")
             (8, "Lambda (photonic)")
             (9, "Fiber")
             (10, "Reserved")
             (11, "FiberChannel"));

SHARED_NAMES(gmpls_bandwidth_models,
             (0, "Russian dolls")
             (1, "Maximum allocation")
             (254, "Maximum allocation with E-LSP support"));

void say_bandwidth(struct dissect *d, const char *before, struct view v, u32 off, const char *after)
{
    float bytes = float_from_bits(be32_at(d, v, off));
    float bits = bytes * 8;

    say_z(d, before);
    out_float(d->out, bits / 1000000, 3);
    say(d, " Mbps%s", after);
}
