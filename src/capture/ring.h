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

/* What a ring is wanted for. */
struct ring_wish {
    int version;      /* TPACKET_V2 or TPACKET_V3 */
    u64 buffer_bytes; /* of the whole ring */
    u32 frame_max;    /* bytes of the largest packet with its link header */
    u32 latency_ms;   /* V3: how long a frame may wait in an open block */
    u32 headroom;     /* bytes before a frame's data that are ours to write */
};

/* How the bytes of a ring are divided. */
struct ring_shape {
    u32 block_bytes; /* a power of two, at least a page */
    u32 block_count; /* at least RING_BLOCKS_MIN */
    u32 frame_bytes; /* V2: of each frame; V3: the same as block_bytes */
};

enum { RING_BLOCKS_MIN = 4 };

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
    u8 *data;   /* its first byte; there is the wanted headroom before it */
    u32 caplen, len; /* bytes */
    u32 seconds, nanoseconds;
    u32 status; /* TP_STATUS_ bits */
    u16 vlan_tci, vlan_tpid;
    const struct sockaddr_ll *from;
};

/*
 * Divides a buffer so that the largest frame fits in a block.  Large blocks wake us up less often.
 * But a block that its timer hands over, nearly empty, is lost room until it is handed back, so
 * when the timer is short there must be many small ones.
 */
struct ring_shape ring_shape(const struct ring_wish *wish, u32 page_bytes);

/*
 * Makes a ring a little smaller: fewer blocks by a twentieth, or smaller ones when there are few.
 * False when the largest frame needs it as it is.
 */
bool ring_shrink(struct ring_shape *shape, const struct ring_wish *wish, u32 page_bytes);

/*
 * Sets up the ring on the socket `fd`, which must not be bound to a protocol yet, and maps it.
 * When the kernel has too little memory, the ring gets smaller until it fits.
 * False with errno: EINVAL when the kernel does not know the version.
 */
bool ring_open(struct ring *r, int fd, const struct ring_wish *wish);

/* Unmaps it.  The kernel frees the ring with the socket. */
void ring_close(struct ring *r);

/* Reads a TPACKET_V2 frame; part of ring_frame(). */
void ring_frame_v2(struct ring *r, struct frame *frame);

enum {
    /* Where the sender's address is: behind the frame's header, aligned. */
    RING_ADDRESS_AT = (sizeof(struct tpacket3_hdr) + TPACKET_ALIGNMENT - 1) / TPACKET_ALIGNMENT *
                      TPACKET_ALIGNMENT,
    CACHE_LINE = 64,
    RING_HEADERS = 128, /* of a frame, what the kernel says about it and the room behind that */
    RING_SHORT = 512,   /* frames with it */
    RING_AHEAD = 1024,  /* bytes, which is a few short frames */
};

static inline void ring_frame_v3(struct ring *r, struct frame *frame)
{
    u8 *at = r->next;
    const struct tpacket3_hdr *header = (const void *)at;
    u32 step = header->tp_next_offset;
    /* Another processor wrote all this.  Of short frames, next to each other, ask for every line in
     * time; of long ones, if they are alike, for what will be read of them here. */
    u32 ahead = step < RING_SHORT ? RING_AHEAD : step * 2;
    u32 bytes = step < RING_SHORT ? step : RING_HEADERS;
    for (u32 line = 0; line < bytes; line += CACHE_LINE)
        __builtin_prefetch(at + ahead + line);
    frame->data = at + header->tp_mac;
    frame->caplen = header->tp_snaplen;
    frame->len = header->tp_len;
    frame->seconds = header->tp_sec;
    frame->nanoseconds = header->tp_nsec;
    frame->status = header->tp_status;
    frame->vlan_tci = (u16)header->hv1.tp_vlan_tci;
    frame->vlan_tpid = header->hv1.tp_vlan_tpid;
    frame->from = (const void *)(at + RING_ADDRESS_AT);
    r->next = at + step;
    r->left--;
}

/*
 * The next frame, false when none is there yet.  A frame is valid until a call of ring_advance()
 * that hands its block back.
 */
static inline bool ring_frame(struct ring *r, struct frame *frame)
{
    if (!r->held || r->left == 0)
        return false;
    if (likely(r->version == TPACKET_V3))
        ring_frame_v3(r, frame);
    else
        ring_frame_v2(r, frame);
    return true;
}

/*
 * Hands back the block whose frames have all been read, and takes the next one if it is ready.
 * True when ring_frame() will succeed.
 */
bool ring_advance(struct ring *r);

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
