/* In place of reference.c where no libpcap is installed: it accepts nothing. */
#include "reference.h"

#include <stddef.h>

bool reference_compile(struct reference *r, int dlt, const char *text, uint32_t netmask,
                       bool optimise)
{
    (void)dlt, (void)text, (void)netmask, (void)optimise;
    *r = (struct reference){ .insns = NULL, .message = "there is no libpcap" };
    return false;
}

void reference_free(struct reference *r)
{
    (void)r;
}
