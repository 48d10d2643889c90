/* Cooked headers, VLAN tags, CAN identifiers; the interface list's lines; hardware types. */
#include "unit.h"

#include <arpa/inet.h>
#include <linux/if_arp.h>
#include <linux/if_packet.h>
#include <string.h>

#include "base/linktype.h"
#include "capture/cooked.h"
#include "capture/hardware.h"
#include "capture/iface.h"

enum { ROOM = 128 };

static const struct sockaddr_ll from = { .sll_family = AF_PACKET,
                                         .sll_protocol = 0,
                                         .sll_ifindex = 0x01020304,
                                         .sll_hatype = ARPHRD_ETHER,
                                         .sll_pkttype = PACKET_OUTGOING,
                                         .sll_halen = 6,
                                         .sll_addr = { 0xa, 0xb, 0xc, 0xd, 0xe, 0xf, 0x77, 0x77 } };

/* A frame of `n` bytes after ROOM bytes of ring, and the packet that shows it. */
struct sample {
    u8 bytes[ROOM + 64];
    struct frame frame;
    struct packet packet;
};

static void make_sample(struct sample *s, const char *bytes, u32 n, u32 len)
{
    memset(s, 0xee, sizeof(*s));
    memcpy(s->bytes + ROOM, bytes, n);
    s->frame = (struct frame){ .data = s->bytes + ROOM, .caplen = n, .len = len, .from = &from };
    s->packet = (struct packet){ .data = s->frame.data, .caplen = n, .len = len,
                                 .meta = { .protocol = 0x0800 } };
}

static void add_tag(struct sample *s, u16 tpid, u16 tci)
{
    s->packet.meta.vlan_present = true;
    s->packet.meta.vlan_tpid = tpid;
    s->packet.meta.vlan_tci = tci;
}

static void both_steps(enum framing framing, struct sample *s)
{
    framing_header(framing, &s->frame, &s->packet);
    framing_tag(framing, &s->packet);
}

#define assert_packet(s, length, expected)                                                         \
    do {                                                                                           \
        assert_int_equal((s)->packet.caplen, sizeof(expected) - 1);                                \
        assert_int_equal((s)->packet.len, (length));                                               \
        assert_memory_equal((s)->packet.data, (expected), sizeof(expected) - 1);                   \
    } while (0)

static void a_tag_goes_behind_the_addresses(void **state)
{
    struct sample s;
    make_sample(&s, "ddddddssssss\x08\x00payload", 21, 100);
    framing_tag(FRAMING_ETHERNET, &s.packet);
    assert_packet(&s, 100, "ddddddssssss\x08\x00payload");
    add_tag(&s, 0x88a8, 0x6007);
    framing_tag(FRAMING_ETHERNET, &s.packet);
    assert_packet(&s, 104, "ddddddssssss\x88\xa8\x60\x07\x08\x00payload");
}

static void a_frame_cut_within_the_addresses_stays_as_it_is(void **state)
{
    struct sample s;
    make_sample(&s, "ddddddsssss", 11, 100);
    add_tag(&s, 0x8100, 1);
    framing_tag(FRAMING_ETHERNET, &s.packet);
    assert_packet(&s, 100, "ddddddsssss");
}

static void cooked_headers_have_the_documented_layout(void **state)
{
    struct sample s;
    make_sample(&s, "payload", 7, 50);
    both_steps(FRAMING_SLL, &s);
    assert_packet(&s, 66, "\0\4\0\1\0\6\x0a\x0b\x0c\x0d\x0e\x0f\0\0\x08\0payload");
    make_sample(&s, "payload", 7, 50);
    both_steps(FRAMING_SLL2, &s);
    assert_packet(&s, 70, "\x08\0\0\0\1\2\3\4\0\1\4\6\x0a\x0b\x0c\x0d\x0e\x0f\0\0payload");
}

static void a_cooked_packet_keeps_its_tag(void **state)
{
    struct sample s;
    make_sample(&s, "payload", 7, 50);
    add_tag(&s, 0x8100, 5);
    both_steps(FRAMING_SLL, &s);
    assert_packet(&s, 70, "\0\4\0\1\0\6\x0a\x0b\x0c\x0d\x0e\x0f\0\0\x81\0\0\5\x08\0payload");
    make_sample(&s, "payload", 7, 50);
    add_tag(&s, 0x8100, 5);
    both_steps(FRAMING_SLL2, &s);
    assert_packet(&s, 74, "\x81\0\0\0\1\2\3\4\0\1\4\6\x0a\x0b\x0c\x0d\x0e\x0f\0\0\0\5\x08\0payload");
}

static void nothing_is_written_before_the_headroom(void **state)
{
    static const enum framing framings[] = { FRAMING_ETHERNET, FRAMING_SLL, FRAMING_SLL2 };
    for (size_t i = 0; i < countof(framings); i++) {
        struct sample s;
        make_sample(&s, "ddddddssssss\x08\x00payload", 21, 21);
        add_tag(&s, 0x8100, 5);
        both_steps(framings[i], &s);
        for (size_t k = 0; k < ROOM - SLL2_BYTES - VLAN_TAG_BYTES; k++)
            assert_int_equal(s.bytes[k], 0xee);
    }
}

static void can_identifiers_become_big_endian(void **state)
{
    struct sample s;
    u32 id = 0x80000123;
    char frame[8] = { 0 };
    memcpy(frame, &id, sizeof(id));
    make_sample(&s, frame, sizeof(frame), sizeof(frame));
    framing_tag(framing_of(LINKTYPE_CAN_SOCKETCAN, false), &s.packet);
    assert_packet(&s, 8, "\x80\0\1\x23\0\0\0\0");
}

static void hardware_types_have_link_types(void **state)
{
    struct hardware h = hardware_of(ARPHRD_ETHER);
    assert_true(h.known && !h.cooked);
    assert_int_equal(h.linktypes[0], LINKTYPE_EN10MB);
    h = hardware_of(ARPHRD_NONE);
    assert_int_equal(h.linktypes[0], LINKTYPE_RAW);
    h = hardware_of(ARPHRD_PPP);
    assert_true(h.known && h.cooked);
    h = hardware_of(31999);
    assert_true(!h.known && h.cooked && h.count == 2);
    assert_int_equal(h.linktypes[0], LINKTYPE_LINUX_SLL);
}

/* The lines are those that tcpdump 4.99.3 prints for interfaces in these states. */
static void interfaces_are_listed_as_by_tcpdump(void **state)
{
    static const struct {
        struct iface iface;
        const char *line;
    } cases[] = {
        { { .name = "eth0", .flags = IFACE_UP | IFACE_RUNNING | IFACE_CONNECTED },
          "1.eth0 [Up, Running, Connected]" },
        { { .name = "lo", .flags = IFACE_UP | IFACE_RUNNING | IFACE_LOOPBACK },
          "2.lo [Up, Running, Loopback]" },
        { { .name = "any", .text = "Pseudo-device that captures on all interfaces",
            .flags = IFACE_UP | IFACE_RUNNING },
          "3.any (Pseudo-device that captures on all interfaces) [Up, Running]" },
        { { .name = "ifb0" }, "4.ifb0 [none]" },
        { { .name = "v1", .flags = IFACE_DISCONNECTED }, "5.v1 [none, Disconnected]" },
        { { .name = "v0", .flags = IFACE_UP | IFACE_DISCONNECTED }, "6.v0 [Up, Disconnected]" },
    };
    for (size_t i = 0; i < countof(cases); i++) {
        char line[128];
        size_t n = iface_line(&cases[i].iface, (u32)i + 1, line, sizeof(line));
        assert_string_equal(line, cases[i].line);
        assert_int_equal(n, strlen(line));
    }
    char small[8];
    assert_int_equal(iface_line(&cases[0].iface, 1, small, sizeof(small)), 7);
    assert_string_equal(small, "1.eth0 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tag_goes_behind_the_addresses),
        cmocka_unit_test(a_frame_cut_within_the_addresses_stays_as_it_is),
        cmocka_unit_test(cooked_headers_have_the_documented_layout),
        cmocka_unit_test(a_cooked_packet_keeps_its_tag),
        cmocka_unit_test(nothing_is_written_before_the_headroom),
        cmocka_unit_test(can_identifiers_become_big_endian),
        cmocka_unit_test(hardware_types_have_link_types),
        cmocka_unit_test(interfaces_are_listed_as_by_tcpdump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
