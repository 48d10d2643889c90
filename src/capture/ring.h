/*
 * The ring that an AF_PACKET socket shares with us; private to this module.
 *
 *      block 0           block 1           block 2           block 3
 *     |head|frame|fr..| |head|frame|....| |head|fr...|    | |              |
 *       ours: being read   ours: waiting     kernel: open      kernel: free
 *
 * TPACKET_V3 (Documentation/networking/packet_mmap.rst): the kernel appends frames of any size to
 * its open block and hands the block over when it is full, or when its timer says that the oldest
 * frame has waited long enough.  We hand blocks back when all of their frames were used.
 *
 * Kernels that lack it have TPACKET_V2: a ring of equally sized frames that are handed over one by
 * one.  To the reader of frames the two look alike.
 */
#ifndef CAPTURE_RING_H
#define CAPTURE_RING_H

#include <linux/if_packet.h>

#include "base/types.h"

/* How the bytes of a ring are divided. */
struct ring_shape {
    u32 block_bytes; /* a power of two, at least a page */
    u32 block_count; /* at least 2 */
    u32 frame_bytes; /* V2: of each frame; V3: the same as block_bytes */
};

struct ring {
    int fd;
    int version; /* TPACKET_V2 or TPACKET_V3 */
    struct ring_shape shape;
    u8 *map; /* NULL: not mapped */
    size_t map_bytes;
    u32 at;       /* block (V2: frame) that is being read, or will be next */
    bool held;    /* it is ours */
    u32 left;     /* frames of it that have not been read */
    u8 *next;     /* the first of them */
    bool losing;  /* the kernel said that it had to drop; whoever reads it clears it */
    u64 turned;   /* blocks (V2: frames) handed back so far */
};

/* What the ring says about one packet. */
struct frame {
    u8 *data;   /* its first byte; there is FRAME_HEADROOM of room before it, which may be written */
    u32 caplen, len; /* bytes */
    u32 seconds, nanoseconds;
    u32 status; /* TP_STATUS_ bits */
    u16 vlan_tci, vlan_tpid;
    const struct sockaddr_ll *from;
};

/* Bytes before a frame's data that are ours: a cooked header of 20 and a VLAN tag of 4. */
enum { FRAME_HEADROOM = 24 };

/*
 * Divides `buffer_bytes` for frames of up to `frame_max` bytes with their link header.  Small
 * blocks are better as long as a frame fits, because a block that is handed over early, nearly
 * empty, is lost room until it is handed back.
 */
struct ring_shape ring_shape(u64 buffer_bytes, u32 frame_max, u32 page_bytes, int version);

/*
 * Sets up the ring on the socket `fd`, which must not be bound to a protocol yet, and maps it.
 * When the kernel has too little memory, the ring gets smaller by twentieths until it fits.
 * False with errno: EINVAL when the kernel does not know the version.
 */
bool ring_open(struct ring *r, int fd, int version, u64 buffer_bytes, u32 frame_max,
               u32 latency_ms);

/* Unmaps it.  The kernel frees the ring with the socket. */
void ring_close(struct ring *r);

/*
 * The next frame, false when none is there yet.  A frame is valid until a call of ring_advance()
 * that hands its block back.
 */
bool ring_frame(struct ring *r, struct frame *frame);

/*
 * Hands back the block whose frames have all been read, and takes the next one if it is ready.
 * True when ring_frame() will succeed.
 */
bool ring_advance(struct ring *r);

/* How many more frames can be read without handing anything back. */
static inline u32 ring_left(const struct ring *r) { return r->held ? r->left : 0; }

/* Whether the kernel holds frames that it has not handed over yet.  Only after ring_advance()
 * was false. */
bool ring_pending(const struct ring *r);

/* How often `turned` must have grown until everything that is in the ring now has been read. */
static inline u64 ring_round(const struct ring *r)
{
    return r->version == TPACKET_V3
               ? r->shape.block_count
               : (u64)r->shape.block_count * (r->shape.block_bytes / r->shape.frame_bytes);
}

#endif
