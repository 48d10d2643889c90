/* The table of TCP flows, and those of recent ends. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "print/state/conversations.h"
#include "print/state/frame_ends.h"
#include "print/state/tcp_flow.h"

/* Memory that counts what is out, and fails after so many requests. */
struct heap {
    int blocks, requests_left;
};

static void *resize(void *context, void *old, size_t size)
{
    struct heap *h = context;

    if (size == 0) {
        h->blocks -= old != NULL;
        free(old);
        return NULL;
    }
    if (h->requests_left-- == 0) {
        h->requests_left = 0;
        return NULL;
    }
    h->blocks += old == NULL;
    return realloc(old, size);
}

static struct tcp_flow_key key_of(u32 number)
{
    u8 src[4], dst[4] = { 10, 0, 0, 1 };
    bool reversed;

    store_be32(src, number);
    return tcp_flow_key(4, src, dst, 1000, 2000, &reversed);
}

static void both_directions_are_one_flow(void **state)
{
    static const u8 a[16] = { 1, 2, 3, 4 }, b[16] = { 1, 2, 3, 5 };
    static const struct {
        u8 version;
        u16 sport, dport;
    } cases[] = { { 4, 1, 2 }, { 4, 2, 1 }, { 4, 7, 7 }, { 6, 1, 2 }, { 6, 2, 1 }, { 6, 7, 7 } };

    for (size_t i = 0; i < countof(cases); i++) {
        bool there, back;
        struct tcp_flow_key k =
            tcp_flow_key(cases[i].version, a, b, cases[i].sport, cases[i].dport, &there);
        struct tcp_flow_key l =
            tcp_flow_key(cases[i].version, b, a, cases[i].dport, cases[i].sport, &back);
        assert_memory_equal(&k, &l, sizeof k);
        assert_int_not_equal(there, back);
    }
}

static void versions_and_ports_make_different_flows(void **state)
{
    static const u8 zeros[16] = { 0 };
    struct heap heap = { 0, INT_MAX };
    const struct memory memory = { resize, &heap };
    struct tcp_flows t = { 0 };
    bool reversed, fresh;

    for (u16 port = 0; port < 100; port++) {
        for (u8 version = 4; version <= 6; version = (u8)(version + 2)) {
            struct tcp_flow_key k = tcp_flow_key(version, zeros, zeros, 100, port, &reversed);
            assert_non_null(tcp_flow_find(&t, &memory, 1, &k, &fresh));
            assert_true(fresh);
        }
    }
    tcp_flows_clear(&t, &memory);
    assert_int_equal(heap.blocks, 0);
}

static void flows_keep_their_numbers_while_the_table_grows(void **state)
{
    struct heap heap = { 0, INT_MAX };
    const struct memory memory = { resize, &heap };
    struct tcp_flows t = { 0 };
    bool fresh;

    for (u32 i = 0; i < 5000; i++) {
        struct tcp_flow_key k = key_of(i);
        struct tcp_flow *flow = tcp_flow_find(&t, &memory, 42, &k, &fresh);
        assert_true(fresh);
        assert_int_equal(flow->sequence, 0);
        flow->sequence = i;
    }
    for (u32 i = 0; i < 5000; i++) {
        struct tcp_flow_key k = key_of(i);
        assert_int_equal(tcp_flow_find(&t, &memory, 42, &k, &fresh)->sequence, i);
        assert_false(fresh);
    }
    tcp_flows_clear(&t, &memory);
    assert_int_equal(heap.blocks, 0);
}

static void the_oldest_flow_is_recycled_when_no_more_fit(void **state)
{
    struct heap heap = { 0, 2 }; /* the first flows and their chains, nothing more */
    const struct memory memory = { resize, &heap };
    struct tcp_flows t = { 0 };
    bool fresh;

    for (u32 i = 0; i < 64; i++) {
        struct tcp_flow_key k = key_of(i);
        tcp_flow_find(&t, &memory, 7, &k, &fresh)->sequence = i;
    }
    for (u32 i = 64; i < 1000; i++) {
        struct tcp_flow_key k = key_of(i), last = key_of(i - 63), gone = key_of(i - 64);
        tcp_flow_find(&t, &memory, 7, &k, &fresh)->sequence = i;
        assert_true(fresh);
        assert_int_equal(tcp_flow_find(&t, &memory, 7, &last, &fresh)->sequence, i - 63);
        assert_false(fresh);
        if (i % 100 == 0) { /* looking for it makes it new, and forgets the next one */
            tcp_flow_find(&t, &memory, 7, &gone, &fresh);
            assert_true(fresh);
            break;
        }
    }
    tcp_flows_clear(&t, &memory);
    assert_int_equal(heap.blocks, 0);
}

static void a_place_leads_to_its_flow_until_one_is_recycled(void **state)
{
    struct heap heap = { 0, 2 };
    const struct memory memory = { resize, &heap };
    struct tcp_flows t = { 0 };
    bool fresh;

    assert_null(tcp_flow_at(&t, (struct tcp_flow_place){ 0 }));
    struct tcp_flow_key first = key_of(0);
    tcp_flow_find(&t, &memory, 7, &first, &fresh)->sequence = 1234;
    struct tcp_flow_place place = tcp_flow_place(&t);
    for (u32 i = 1; i < 64; i++) {
        struct tcp_flow_key k = key_of(i);
        tcp_flow_find(&t, &memory, 7, &k, &fresh);
        assert_int_equal(tcp_flow_at(&t, place)->sequence, 1234);
    }
    struct tcp_flow_key one_too_many = key_of(64);
    tcp_flow_find(&t, &memory, 7, &one_too_many, &fresh);
    assert_null(tcp_flow_at(&t, place));
    tcp_flows_clear(&t, &memory);
}

static void assert_ends(struct conversations *c, u8 version, const u8 *src, const u8 *dst, u16 sport,
                        u16 dport, const char *want)
{
    u8 hosts[32], size = version == 4 ? 4 : 16;
    char text[ENDS_TEXT_MAX];

    memcpy(hosts, src, size);
    memcpy(hosts + size, dst, size);
    struct conversation *e = conversation_find(c, version, hosts, sport, dport);
    char *end = conversation_text(e, text, sport % 2 == 0);

    assert_int_equal(end - text, strlen(want));
    assert_memory_equal(text, want, strlen(want));
}

/*
 * More pairs than there is room for, each asked for four times: none has the text of another.  In between,
 * the other version of IP may take the place, or leave it.
 */
static void ends_of_a_conversation_are_their_own(void **state)
{
    static struct conversations c;
    u8 src[16] = { 0x20, 1 }, dst[16] = { 0x20, 1 };
    char want[ENDS_TEXT_MAX];

    for (u32 i = 0; i < 8 * CONVERSATIONS; i++) {
        u16 sport = (u16)(i * 131), dport = (u16)(65535 - i % 3);
        src[3] = (u8)i;
        dst[15] = (u8)(i / 5);
        for (u32 again = 0; again < 4; again++) {
            snprintf(want, sizeof want, "32.1.0.%u.%u > 32.1.0.0.%u: ", i & 0xff, sport, dport);
            assert_ends(&c, 4, src, dst, sport, dport, want);
            snprintf(want, sizeof want, "2001:%x::.%u > 2001::%x.%u: ", i & 0xff, sport, dst[15], dport);
            if (src[3] != 0 && dst[15] != 0)
                assert_ends(&c, 6, src, dst, sport, dport, want);
        }
    }
}

static void the_longest_ends_fit(void **state)
{
    static const u8 longest4[4] = { 255, 255, 255, 255 };
    static struct conversations c;
    u8 longest6[16];

    memset(longest6, 0xff, sizeof longest6);
    assert_ends(&c, 4, longest4, longest4, 65535, 65535, "255.255.255.255.65535 > 255.255.255.255.65535: ");
    assert_ends(&c, 6, longest6, longest6, 65535, 65535,
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff.65535 > "
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff.65535: ");
}

/* More pairs than there is room for, which differ in one byte each, asked for four times. */
static void ends_of_a_frame_are_their_own(void **state)
{
    static struct frame_ends f;
    char text[FRAME_ENDS_TEXT], want[FRAME_ENDS_TEXT];

    for (u32 i = 0; i < 12 * 64; i++) {
        u8 a[12] = { 0 };
        a[i % 12] = (u8)(i / 12);
        snprintf(want, sizeof want, "%02x:%02x:%02x:%02x:%02x:%02x > %02x:%02x:%02x:%02x:%02x:%02x, ", a[6],
                 a[7], a[8], a[9], a[10], a[11], a[0], a[1], a[2], a[3], a[4], a[5]);
        for (u32 again = 0; again < 4; again++) {
            assert_int_equal(frame_ends_write(&f, text, a) - text, strlen(want));
            assert_memory_equal(text, want, strlen(want));
        }
    }
}

static void without_memory_there_are_no_flows(void **state)
{
    struct tcp_flow_key k = key_of(1);

    for (int requests = 0; requests < 2; requests++) {
        struct heap heap = { 0, requests };
        const struct memory memory = { resize, &heap };
        struct tcp_flows t = { 0 };
        bool fresh;
        assert_null(tcp_flow_find(&t, &memory, 7, &k, &fresh));
        tcp_flows_clear(&t, &memory);
        assert_int_equal(heap.blocks, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_directions_are_one_flow),
        cmocka_unit_test(versions_and_ports_make_different_flows),
        cmocka_unit_test(flows_keep_their_numbers_while_the_table_grows),
        cmocka_unit_test(the_oldest_flow_is_recycled_when_no_more_fit),
        cmocka_unit_test(a_place_leads_to_its_flow_until_one_is_recycled),
        cmocka_unit_test(ends_of_a_conversation_are_their_own),
        cmocka_unit_test(the_longest_ends_fit),
        cmocka_unit_test(ends_of_a_frame_are_their_own),
        cmocka_unit_test(without_memory_there_are_no_flows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
