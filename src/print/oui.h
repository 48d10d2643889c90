/* Who an Ethernet address belongs to, for the few vendors that the reference knows. */
#ifndef PRINT_OUI_H
#define PRINT_OUI_H

#include "base/types.h"

/* The vendor of the first three bytes of an address; NULL for most. */
const char *oui_known(u32 oui);

/* The same, and "Unknown" for most. */
const char *oui_name(u32 oui);

#endif
