/* Tags of MACsec, for frames that have them. */
#ifndef PRINT_PROTO_MACSEC_H
#define PRINT_PROTO_MACSEC_H

#include "print/proto/llc.h"

/*
 * The tag at `*v`, which begins behind its EtherType.  True when what follows is in the clear: `*v`
 * is then the EtherType and payload of the frame, without the check value at its end.  Otherwise
 * everything has been said, and `*skipped` tells how many bytes of headers that was.
 */
bool macsec_tag(struct dissect *d, struct view *v, struct llc_addresses link, u32 *skipped);

#endif
