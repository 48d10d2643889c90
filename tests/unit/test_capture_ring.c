/* The ring: how it is divided, and how its blocks are read, on memory laid out as the kernel does. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "capture/ring.h"

enum { PAGE = 4096, BLOCK = 32768, BLOCKS = 4, FRAME_STEP = 256, MAC_AT = 120 };

static struct ring_shape shape(u64 buffer, u32 frame, u32 latency, int version)
{
    struct ring_wish wish = { version, buffer, frame, latency, 24 };
    return ring_shape(&wish, PAGE);
}

static void a_frame_always_fits_in_a_block(void **state)
{
    for (u32 frame = 1; frame < 600000; frame = frame * 3 + 1) {
        for (u64 buffer = 0; buffer < (u64)1 << 33; buffer = buffer * 7 + 1000) {
            for (u32 latency = 1; latency <= 100; latency *= 10) {
                struct ring_shape s = shape(buffer, frame, latency, TPACKET_V3);
                assert_true(s.block_bytes >= frame + 200);
                assert_int_equal(s.block_bytes & (s.block_bytes - 1), 0);
                assert_true(s.block_bytes >= PAGE && s.block_count >= RING_BLOCKS_MIN);
                assert_int_equal(s.frame_bytes, s.block_bytes);
                assert_true((u64)s.block_bytes * s.block_count <=
                            (buffer > (u64)s.block_bytes * 4 ? buffer : (u64)s.block_bytes * 4));
                struct ring_shape two = shape(buffer, frame, latency, TPACKET_V2);
                assert_int_equal(two.block_bytes % two.frame_bytes, 0);
                assert_true(two.frame_bytes >= frame + 200);
                assert_true((u64)two.block_count * (two.block_bytes / two.frame_bytes) <= INT_MAX);
            }
        }
    }
}

static void a_short_timer_means_many_blocks(void **state)
{
    struct ring_shape prompt = shape(2 << 20, 65550, 2, TPACKET_V3);
    struct ring_shape relaxed = shape(2 << 20, 65550, 100, TPACKET_V3);
    assert_int_equal(prompt.block_count, 16);
    assert_int_equal(relaxed.block_count, 8);
    assert_int_equal(shape(2 << 20, 96, 2, TPACKET_V3).block_count, 64);
}

static void a_ring_shrinks_until_a_frame_fills_a_block(void **state)
{
    for (int version = TPACKET_V2; version <= TPACKET_V3; version++) {
        struct ring_wish wish = { version, 2 << 20, 9000, 100, 24 };
        struct ring_shape s = ring_shape(&wish, PAGE);
        u64 bytes = (u64)s.block_bytes * s.block_count;
        while (ring_shrink(&s, &wish, PAGE)) {
            assert_true((u64)s.block_bytes * s.block_count < bytes);
            assert_true(s.block_count >= RING_BLOCKS_MIN);
            assert_true(s.frame_bytes >= 9200 && s.block_bytes % s.frame_bytes == 0);
            bytes = (u64)s.block_bytes * s.block_count;
        }
        assert_int_equal(s.block_bytes, 16384);
        assert_int_equal(s.block_count, RING_BLOCKS_MIN);
    }
}

/* A ring in plain memory, all of it the kernel's. */
static struct ring make_ring(int version)
{
    struct ring r = { .fd = -1,
                      .version = version,
                      .shape = { BLOCK, BLOCKS, version == TPACKET_V3 ? BLOCK : FRAME_STEP * 4 },
                      .map_bytes = BLOCK * BLOCKS };
    r.map = calloc(BLOCKS, BLOCK);
    return r;
}

static struct tpacket_hdr_v1 *block(const struct ring *r, u32 i)
{
    return &((struct tpacket_block_desc *)(r->map + (size_t)i * BLOCK))->hdr.bh1;
}

/* What the kernel does when it hands a block over: `n` frames whose first byte counts from `first`. */
static void fill_block(const struct ring *r, u32 i, u32 n, u8 first, u32 status)
{
    struct tpacket_hdr_v1 *b = block(r, i);
    b->offset_to_first_pkt = 48;
    for (u32 k = 0; k < n; k++) {
        u8 *at = r->map + (size_t)i * BLOCK + 48 + (size_t)k * FRAME_STEP;
        struct tpacket3_hdr h = { .tp_next_offset = k + 1 < n ? FRAME_STEP : 0,
                                  .tp_sec = 7, .tp_nsec = k, .tp_snaplen = 60, .tp_len = 61,
                                  .tp_mac = MAC_AT, .tp_status = TP_STATUS_USER };
        struct sockaddr_ll from = { .sll_ifindex = 42 };
        memcpy(at, &h, sizeof(h));
        memcpy(at + RING_ADDRESS_AT, &from, sizeof(from));
        at[MAC_AT] = (u8)(first + k);
    }
    b->num_pkts = n;
    b->block_status = TP_STATUS_USER | status;
}

static void blocks_are_read_in_order_and_handed_back(void **state)
{
    struct ring r = make_ring(TPACKET_V3);
    struct frame f;
    u8 expected = 0;
    assert_false(ring_advance(&r));
    assert_false(ring_frame(&r, &f));
    for (u32 round = 0; round < 6; round++) {
        fill_block(&r, round % BLOCKS, 3, expected, 0);
        assert_true(ring_advance(&r));
        for (u32 k = 0; k < 3; k++) {
            assert_true(ring_frame(&r, &f));
            assert_int_equal(f.data[0], expected++);
            assert_int_equal(f.caplen, 60);
            assert_int_equal(f.len, 61);
            assert_int_equal(f.nanoseconds, k);
            assert_int_equal(f.from->sll_ifindex, 42);
        }
        assert_false(ring_frame(&r, &f));
        assert_true(block(&r, round % BLOCKS)->block_status & TP_STATUS_USER);
        assert_false(ring_advance(&r));
        assert_int_equal(block(&r, round % BLOCKS)->block_status, TP_STATUS_KERNEL);
        assert_int_equal(r.turned, round + 1);
    }
    free(r.map);
}

static void empty_blocks_are_passed_over(void **state)
{
    struct ring r = make_ring(TPACKET_V3);
    struct frame f;
    fill_block(&r, 0, 0, 0, 0);
    fill_block(&r, 1, 1, 9, TP_STATUS_LOSING);
    assert_true(ring_advance(&r));
    assert_true(r.losing);
    assert_true(ring_frame(&r, &f));
    assert_int_equal(f.data[0], 9);
    free(r.map);
}

static void what_the_kernel_still_fills_is_pending(void **state)
{
    struct ring r = make_ring(TPACKET_V3);
    struct frame f;
    assert_false(ring_advance(&r));
    assert_false(ring_pending(&r));
    block(&r, 0)->num_pkts = 2; /* the open block has packets */
    assert_true(ring_pending(&r));
    fill_block(&r, 0, 2, 0, 0); /* it is handed over between the two looks */
    assert_true(ring_pending(&r));
    assert_true(ring_advance(&r));
    while (ring_frame(&r, &f))
        ;
    for (u32 i = 1; i <= BLOCKS; i++) { /* all blocks once: old counts must not confuse it */
        assert_false(ring_advance(&r));
        assert_false(ring_pending(&r));
        fill_block(&r, i % BLOCKS, 1, 0, 0);
        assert_true(ring_advance(&r));
        while (ring_frame(&r, &f))
            ;
    }
    free(r.map);
}

static void slots_of_version_2_look_the_same(void **state)
{
    struct ring r = make_ring(TPACKET_V2);
    struct frame f;
    assert_false(ring_advance(&r));
    for (u32 i = 0; i < 3 * ring_round(&r); i++) {
        u8 *at = r.map + (size_t)(i % ring_round(&r)) * r.shape.frame_bytes;
        struct tpacket2_hdr h = { .tp_status = TP_STATUS_USER, .tp_mac = MAC_AT, .tp_snaplen = 5,
                                  .tp_len = 6, .tp_sec = 1, .tp_nsec = 2 };
        memcpy(at, &h, sizeof(h));
        at[MAC_AT] = (u8)i;
        assert_true(ring_advance(&r));
        assert_true(ring_frame(&r, &f));
        assert_int_equal(f.data[0], (u8)i);
        assert_int_equal(f.caplen, 5);
        assert_false(ring_frame(&r, &f));
        assert_false(ring_advance(&r));
        assert_int_equal(((struct tpacket2_hdr *)at)->tp_status, TP_STATUS_KERNEL);
        assert_false(ring_pending(&r));
    }
    free(r.map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_always_fits_in_a_block),
        cmocka_unit_test(a_short_timer_means_many_blocks),
        cmocka_unit_test(a_ring_shrinks_until_a_frame_fills_a_block),
        cmocka_unit_test(blocks_are_read_in_order_and_handed_back),
        cmocka_unit_test(empty_blocks_are_passed_over),
        cmocka_unit_test(what_the_kernel_still_fills_is_pending),
        cmocka_unit_test(slots_of_version_2_look_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
