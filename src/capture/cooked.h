/*
 * From the bytes that the kernel shows to the bytes that savefiles hold; private to this module.
 *
 * Two things happen, both in place, in the room that the ring leaves before each frame: a cooked
 * capture gets its link header, and a VLAN tag that the kernel (or the card) took off is put back.
 */
#ifndef CAPTURE_COOKED_H
#define CAPTURE_COOKED_H

#include "base/packet.h"
#include "capture/ring.h"

/* What has to be done, which depends on the link type alone. */
enum framing {
    FRAMING_NONE,     /* nothing */
    FRAMING_ETHERNET, /* the tag goes behind the two addresses */
    FRAMING_CAN,      /* the identifier is in host order for the kernel, in network order in files */
    FRAMING_SLL,      /* LINKTYPE_LINUX_SLL, or LINKTYPE_NETLINK, which looks like it */
    FRAMING_SLL2,     /* LINKTYPE_LINUX_SLL2 */
};

enum { SLL_BYTES = 16, SLL2_BYTES = 20, VLAN_TAG_BYTES = 4 };

enum framing framing_of(u16 linktype, bool cooked);

/* Length of the header that a cooked framing adds; 0 for the others. */
u32 framing_header_bytes(enum framing framing);

/*
 * The protocol of a cooked packet whose outer VLAN tag the kernel took off, in host byte order;
 * `reported` is what the kernel says it is.  Newer kernels (6.11) look behind a second tag for it, but
 * leave that tag's four bytes at the front of the data.  Then the protocol is that of the tag.
 */
u16 framing_inner_protocol(const struct frame *frame, u16 reported);

/*
 * First step, for `p` that shows `frame` as the kernel does: a cooked packet gets its header, as if it
 * had no tag.  Now offsets are those of the link type, and this is what filters are asked about.
 */
void framing_header(enum framing framing, const struct frame *frame, struct packet *p);

/* Second step: the tag that `p->meta` describes is put where it was.  `p->meta` stays as it is. */
void framing_tag(enum framing framing, struct packet *p);

#endif
