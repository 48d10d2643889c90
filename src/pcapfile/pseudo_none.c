/* A build that knows no link type whose headers have a byte order. */
#include "pcapfile/pseudo.h"

bool pseudo_header_has_order(u32 linktype)
{
    (void)linktype;
    return false;
}

void pseudo_header_swap(u8 *data, u32 n, u32 linktype) { (void)data, (void)n, (void)linktype; }
