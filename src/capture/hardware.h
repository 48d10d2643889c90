/* From the kernel's hardware types (ARPHRD_) to link types; private to this module. */
#ifndef CAPTURE_HARDWARE_H
#define CAPTURE_HARDWARE_H

#include "base/linktype.h"

enum { HARDWARE_LINKTYPES_MAX = 3 };

struct hardware {
    u16 arphrd;   /* <linux/if_arp.h> */
    bool known;   /* false: it stands for every type that has no row */
    bool cooked;  /* the link header is left to the kernel and replaced by one of our own */
    u32 count;
    u16 linktypes[HARDWARE_LINKTYPES_MAX]; /* the natural one first */
};

/* The row of a hardware type; one with known == false for a type that nobody has described. */
struct hardware hardware_of(u16 arphrd);

#endif
