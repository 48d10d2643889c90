/* The ring that an AF_PACKET socket shares with us. */
#include "capture/ring.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    BLOCK_BYTES_MIN = 32 * 1024,
    BLOCK_BYTES_MAX = 1024 * 1024, /* unless a frame needs more */
    BLOCKS_WANTED = 8,
    PROMPT_MS = 10, /* timers below this one are short */
    /* What the kernel puts before the bytes of a frame, generously: its header, the address, a
     * link header's padding, our headroom; for V3 the block's header as well. */
    FRAME_OVERHEAD = 256,
    ADDRESS_AT_V2 = (sizeof(struct tpacket2_hdr) + TPACKET_ALIGNMENT - 1) / TPACKET_ALIGNMENT *
                    TPACKET_ALIGNMENT,
};

static u64 power_of_two_from(u64 n)
{
    u64 power = 1;
    while (power < n)
        power *= 2;
    return power;
}

static u64 clamp(u64 n, u64 least, u64 most) { return n < least ? least : n > most ? most : n; }

struct ring_shape ring_shape(const struct ring_wish *wish, u32 page_bytes)
{
    bool v3 = wish->version == TPACKET_V3;
    bool roomy = v3 && wish->latency_ms >= PROMPT_MS;
    u64 frame = power_of_two_from((u64)wish->frame_max + FRAME_OVERHEAD);
    u64 block = roomy ? wish->buffer_bytes / BLOCKS_WANTED : BLOCK_BYTES_MIN;
    block = power_of_two_from(clamp(block, BLOCK_BYTES_MIN, BLOCK_BYTES_MAX));
    block = clamp(block, frame > page_bytes ? frame : page_bytes, INT_MAX);
    u64 frames_max = (u64)INT_MAX; /* the kernel counts them with an int */
    u64 count_max = v3 ? frames_max : frames_max / (block / frame);
    u64 count = clamp(wish->buffer_bytes / block, RING_BLOCKS_MIN, count_max);
    return (struct ring_shape){ .block_bytes = (u32)block,
                                .block_count = (u32)count,
                                .frame_bytes = (u32)(v3 ? block : frame) };
}

bool ring_shrink(struct ring_shape *shape, const struct ring_wish *wish, u32 page_bytes)
{
    u64 frame = power_of_two_from((u64)wish->frame_max + FRAME_OVERHEAD);
    u32 count = shape->block_count, half = shape->block_bytes / 2;
    if (count > RING_BLOCKS_MIN) {
        shape->block_count -= count / 20 > 0 ? count / 20 : 1;
        return true;
    }
    if (half < frame || half < page_bytes)
        return false;
    shape->block_bytes = half;
    shape->block_count = RING_BLOCKS_MIN * 2 - 1;
    if (wish->version == TPACKET_V3)
        shape->frame_bytes = half;
    return true;
}

static bool request(int fd, const struct ring_wish *wish, struct ring_shape shape)
{
    u32 frames_per_block = shape.block_bytes / shape.frame_bytes;
    struct tpacket_req3 ring = { .tp_block_size = shape.block_bytes,
                                 .tp_block_nr = shape.block_count,
                                 .tp_frame_size = shape.frame_bytes,
                                 .tp_frame_nr = shape.block_count * frames_per_block,
                                 .tp_retire_blk_tov = wish->latency_ms };
    bool v3 = wish->version == TPACKET_V3;
    socklen_t size = v3 ? sizeof(struct tpacket_req3) : sizeof(struct tpacket_req);
    return setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &ring, size) == 0;
}

static bool map_ring(struct ring *r)
{
    r->map_bytes = (size_t)r->shape.block_bytes * r->shape.block_count;
    void *map = mmap(NULL, r->map_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, 0);
    r->map = map == MAP_FAILED ? NULL : map;
    return r->map != NULL;
}

bool ring_open(struct ring *r, int fd, const struct ring_wish *wish)
{
    int headroom = (int)wish->headroom;
    *r = (struct ring){ .fd = fd, .version = wish->version };
    if (setsockopt(fd, SOL_PACKET, PACKET_VERSION, &wish->version, sizeof(wish->version)) < 0 ||
        setsockopt(fd, SOL_PACKET, PACKET_RESERVE, &headroom, sizeof(headroom)) < 0)
        return false;
    u32 page_bytes = (u32)sysconf(_SC_PAGESIZE);
    r->shape = ring_shape(wish, page_bytes);
    while (!request(fd, wish, r->shape))
        if (errno != ENOMEM || !ring_shrink(&r->shape, wish, page_bytes))
            return false;
    return map_ring(r);
}

void ring_close(struct ring *r)
{
    if (r->map)
        munmap(r->map, r->map_bytes);
    r->map = NULL;
}

/* -- TPACKET_V3 ------------------------------------------------------------------------------- */

static struct tpacket_hdr_v1 *block_at(const struct ring *r)
{
    struct tpacket_block_desc *block = (void *)(r->map + (size_t)r->at * r->shape.block_bytes);
    return &block->hdr.bh1;
}

static void release_block(struct ring *r)
{
    struct tpacket_hdr_v1 *block = block_at(r);
    /* ring_pending() must not see the count of the round before. */
    block->num_pkts = 0;
    __atomic_store_n(&block->block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
    r->at = r->at + 1 == r->shape.block_count ? 0 : r->at + 1;
    r->turned++;
    r->held = false;
}

static bool take_block(struct ring *r)
{
    struct tpacket_hdr_v1 *block = block_at(r);
    u32 status = __atomic_load_n(&block->block_status, __ATOMIC_ACQUIRE);
    if (!(status & TP_STATUS_USER))
        return false;
    r->losing |= (status & TP_STATUS_LOSING) != 0;
    r->held = true;
    r->left = block->num_pkts;
    r->next = r->map + (size_t)r->at * r->shape.block_bytes + block->offset_to_first_pkt;
    return true;
}

/* -- TPACKET_V2 ------------------------------------------------------------------------------- */

static struct tpacket2_hdr *slot_at(const struct ring *r)
{
    u32 per_block = r->shape.block_bytes / r->shape.frame_bytes;
    return (void *)(r->map + (size_t)(r->at / per_block) * r->shape.block_bytes +
                    (size_t)(r->at % per_block) * r->shape.frame_bytes);
}

static void release_slot(struct ring *r)
{
    __atomic_store_n(&slot_at(r)->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
    r->at = r->at + 1 == ring_round(r) ? 0 : r->at + 1;
    r->turned++;
    r->held = false;
}

static bool take_slot(struct ring *r)
{
    u32 status = __atomic_load_n(&slot_at(r)->tp_status, __ATOMIC_ACQUIRE);
    if (!(status & TP_STATUS_USER))
        return false;
    r->losing |= (status & TP_STATUS_LOSING) != 0;
    r->held = true;
    r->left = 1;
    return true;
}

void ring_frame_v2(struct ring *r, struct frame *frame)
{
    struct tpacket2_hdr *header = slot_at(r);
    *frame = (struct frame){
        .data = (u8 *)header + header->tp_mac,
        .caplen = header->tp_snaplen,
        .len = header->tp_len,
        .seconds = header->tp_sec,
        .nanoseconds = header->tp_nsec,
        .status = header->tp_status,
        .vlan_tci = header->tp_vlan_tci,
        .vlan_tpid = header->tp_vlan_tpid,
        .from = (const void *)((u8 *)header + ADDRESS_AT_V2),
    };
    r->left--;
}

/* -- both ------------------------------------------------------------------------------------- */

bool ring_advance(struct ring *r)
{
    bool v3 = r->version == TPACKET_V3;
    /* A block without frames is legal: the kernel closes one that it could not use. */
    while (!r->held || r->left == 0) {
        if (r->held && v3)
            release_block(r);
        else if (r->held)
            release_slot(r);
        if (v3 ? !take_block(r) : !take_slot(r))
            return false;
    }
    return true;
}

bool ring_pending(const struct ring *r)
{
    if (r->version != TPACKET_V3)
        return false;
    const struct tpacket_hdr_v1 *block = block_at(r);
    return __atomic_load_n(&block->num_pkts, __ATOMIC_ACQUIRE) != 0 ||
           (__atomic_load_n(&block->block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER) != 0;
}
