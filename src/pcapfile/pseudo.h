/* Headers in packets that are in the byte order of the machine that captured them. */
#ifndef PCAPFILE_PSEUDO_H
#define PCAPFILE_PSEUDO_H

#include "base/bytes.h"

/*
 * Turns the numbers of the header at `data`, of which `n` bytes are there, from big-endian to
 * little-endian order, for the link types that have one: USB as Linux shows it, NFLOG.
 */
void pseudo_header_swap(u8 *data, u32 n, u32 linktype);

#endif
