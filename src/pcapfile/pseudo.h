/*
 * Headers in packets that are in the byte order of the machine that captured them.  Printers read them as
 * little-endian ones.  What a big-endian machine copies from a file of its own kind is not turned.
 */
#ifndef PCAPFILE_PSEUDO_H
#define PCAPFILE_PSEUDO_H

#include "base/bytes.h"

/* Whether the link type has one: USB as Linux shows it, NFLOG. */
bool pseudo_header_has_order(u32 linktype);

/*
 * Turns the numbers of the header at `data`, of which `n` bytes are there, from big-endian to
 * little-endian order, for the link types that have one.
 */
void pseudo_header_swap(u8 *data, u32 n, u32 linktype);

#endif
