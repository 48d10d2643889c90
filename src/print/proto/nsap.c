/* Network service access points.  ISO 8348, annex A; the text has the form of RFC 1629. */
#include "print/proto/nsap.h"

void out_nsap(struct out *o, struct view address)
{
    if (address.cap == 0 || address.cap > NSAP_MAX) {
        out_text_z(o, "isonsap_string: illegal length");
        return;
    }
    for (u32 i = 0; i < address.cap; i++) {
        if (i % 2 == 1)
            out_char(o, '.');
        out_hex_pad(o, (u64)view_byte(address, i), 2);
    }
}
