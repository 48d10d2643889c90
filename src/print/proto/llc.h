/* IEEE 802.2 frames, for every link layer that carries them. */
#ifndef PRINT_PROTO_LLC_H
#define PRINT_PROTO_LLC_H

#include "print/dissect.h"

/* The link addresses of a frame, shown where nothing better is known; both NULL for none. */
struct llc_addresses {
    const void *source, *destination; /* 6 bytes each */
};

/*
 * Prints the LLC frame at `v`, with SNAP if it has that, and its payload, whether decoded or dumped.
 * Returns the length of the headers, for the caller's dump; `*known`, when not NULL, tells whether
 * the payload was decoded.
 */
u32 llc_frame(struct dissect *d, struct view v, struct llc_addresses link, bool *known);

enum { SNAP_HEADER_LEN = 5 };

/*
 * The SNAP header and payload at `v`; `pad` bytes precede a bridged Ethernet frame (RFC 2684,
 * section 5.2).  False when nobody decodes the payload, which the caller may then dump.
 */
bool snap_frame(struct dissect *d, struct view v, struct llc_addresses link, u32 pad);

#endif
