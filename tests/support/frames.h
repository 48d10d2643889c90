/*
 * Frames that lead to each printer of the registry: what a row needs in front of its bytes is made
 * up, so that a printer that is added later is found by itself.
 */
#ifndef SUPPORT_FRAMES_H
#define SUPPORT_FRAMES_H

#include "base/types.h"
#include "print/options.h"

enum { FRAME_PAYLOAD_MAX = 65000, FRAME_HEADERS_MAX = 128 };

/* LINK, ETHER, IPPROTO, PPP, LLC, SNAP, TCP, UDP, FORCED_TCP, FORCED_UDP. */
enum { FRAME_SPACES = 10 };

/* Options of a frame. */
enum { FRAME_IPV6 = 8, FRAME_LATER_FRAGMENT = 128 };

/* A frame that grows from the front. */
struct frame {
    u8 bytes[FRAME_HEADERS_MAX + FRAME_PAYLOAD_MAX];
    u32 size;
    u16 linktype;
    enum forced_type forced; /* for print_options, in the spaces that -T chooses from */
};

/* How many rows a space of the registry has. */
u32 frame_rows(u8 space);

/*
 * Puts the headers for a row (taken modulo their number) into an empty frame, for a payload of
 * `size` bytes, which is to follow at f->bytes + f->size.
 */
void frame_begin(struct frame *f, u8 space, u8 row, u8 options, u32 size);

#endif
