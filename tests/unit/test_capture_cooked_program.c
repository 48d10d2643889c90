/*
 * Filters for cooked link types, moved to what the kernel sees: on made-up packets the changed program
 * gives the verdict that the original gives on the packet with its cooked header.
 */
#include "unit.h"

#include <linux/if_packet.h>
#include <stdlib.h>
#include <string.h>

#include "base/linktype.h"
#include "bpf/filter.h"
#include "bpf/vm.h"
#include "capture/cooked_program.h"

enum { PACKETS = 4000, BYTES = 80, ROOM = 64, PROGRAM_MAX = 512 };

static const char *const expressions[] = {
    "", "ip", "ip6", "arp", "tcp port 80", "port 53 or port 80", "host 1.2.3.4", "net 1.2.0.0/16",
    "src host 1.2.3.4 and not tcp", "icmp or icmp6", "ip[8] = 64", "tcp[13] & 2 != 0", "udp[4:2] > 20",
    "ip proto 47", "ip6 proto 6", "portrange 20-90", "not ip", "ip[2:2] - 20 > 30", "ip multicast",
};

static u32 chance(u32 n) { return (u32)rand() % n; }

/* A packet that has a fair chance to match: the first bytes of IPv4, IPv6 or ARP, then anything. */
static void make_packet(struct frame *frame, struct sockaddr_ll *from, u8 *room, struct packet *p)
{
    static const u16 protocols[] = { 0x0800, 0x0800, 0x86dd, 0x0806, 0x0004, 0x8847 };
    static const u8 transports[] = { 6, 17, 1, 58, 47, 132 };
    static const u8 ports[] = { 80, 53, 22, 200 };
    u8 *data = room + ROOM;
    for (u32 i = 0; i < BYTES; i++)
        data[i] = (u8)chance(256);
    u16 protocol = protocols[chance(countof(protocols))];
    bool ip6 = protocol == 0x86dd;
    data[0] = ip6 ? 0x60 : 0x45;
    data[ip6 ? 6 : 9] = transports[chance(countof(transports))];
    if (!ip6 && chance(2)) {
        data[6] = data[7] = 0;
        memcpy(data + (chance(2) ? 12 : 16), "\1\2\3\4", 4);
    }
    for (u32 i = 0; i < 4; i += 2) {
        data[(ip6 ? 40 : 20) + i] = 0;
        data[(ip6 ? 40 : 20) + i + 1] = ports[chance(countof(ports))];
    }
    *from = (struct sockaddr_ll){ .sll_hatype = 1, .sll_pkttype = (u8)chance(5), .sll_halen = 6,
                                  .sll_ifindex = (int)chance(3) };
    u32 caplen = chance(4) ? BYTES : chance(BYTES);
    *frame = (struct frame){ .data = data, .caplen = caplen, .len = caplen + chance(100), .from = from };
    *p = (struct packet){ .data = data, .caplen = caplen, .len = frame->len,
                          .meta = { .protocol = protocol, .pkttype = from->sll_pkttype, .hatype = 1,
                                    .ifindex = (u32)from->sll_ifindex } };
}

static void agree(enum framing framing, const struct bpf_insn *code, u32 n)
{
    struct bpf_insn moved[PROGRAM_MAX];
    assert_true(n <= PROGRAM_MAX && cooked_program(framing, code, n, moved));
    for (u32 i = 0; i < PACKETS; i++) {
        u8 room[ROOM + BYTES];
        struct frame frame;
        struct sockaddr_ll from;
        struct packet seen_by_kernel, cooked;
        make_packet(&frame, &from, room, &seen_by_kernel);
        cooked = seen_by_kernel;
        u32 kernel = bpf_run(moved, &seen_by_kernel);
        framing_header(framing, &frame, &cooked);
        assert_int_equal(kernel, bpf_run(code, &cooked));
    }
}

static void moved_programs_give_the_same_verdict(void **state)
{
    static const struct { u32 linktype; enum framing framing; } kinds[] = {
        { LINKTYPE_LINUX_SLL, FRAMING_SLL }, { LINKTYPE_LINUX_SLL2, FRAMING_SLL2 },
    };
    void *block = malloc(FILTER_ARENA_BYTES);
    srand(1);
    for (size_t k = 0; k < countof(kinds); k++) {
        for (size_t i = 0; i < countof(expressions) * 2; i++) {
            struct arena arena = arena_over(block, FILTER_ARENA_BYTES);
            struct diag diag = { .text = &arena };
            struct filter_options options = { .linktype = kinds[k].linktype, .live = true,
                                              .optimise = i % 2 == 0 };
            struct filter filter;
            if (!filter_compile(&filter, str_of(expressions[i / 2]), &options, &arena, &diag))
                fail_msg("%s: %.*s", expressions[i / 2], (int)diag.what.len, diag.what.p);
            agree(kinds[k].framing, filter.insns, filter.count);
        }
    }
    free(block);
}

/* Every field that is metadata, read on its own and returned. */
static void header_fields_become_metadata(void **state)
{
    static const struct { enum framing framing; u16 load; u32 at; } loads[] = {
        { FRAMING_SLL, BPF_LD_H_ABS, 0 },  { FRAMING_SLL, BPF_LD_B_ABS, 1 },
        { FRAMING_SLL, BPF_LD_H_ABS, 2 },  { FRAMING_SLL, BPF_LD_H_ABS, 14 },
        { FRAMING_SLL2, BPF_LD_H_ABS, 0 }, { FRAMING_SLL2, BPF_LD_W_ABS, 4 },
        { FRAMING_SLL2, BPF_LD_H_ABS, 8 }, { FRAMING_SLL2, BPF_LD_B_ABS, 10 },
    };
    srand(2);
    for (size_t i = 0; i < countof(loads); i++) {
        struct bpf_insn code[] = { { loads[i].load, 0, 0, loads[i].at },
                                   { BPF_RET_A, 0, 0, 0 } };
        agree(loads[i].framing, code, countof(code));
    }
}

static void what_the_kernel_lacks_is_refused(void **state)
{
    static const struct { u16 code; u32 k; } insns[] = {
        { BPF_LD_B_ABS, 6 },  { BPF_LD_W_ABS, 14 }, { BPF_LD_B_ABS, 15 },
        { BPF_LD_B_IND, 15 }, { BPF_LDX_MSH, 3 }, { BPF_LD_LEN, 0 },
    };
    struct bpf_insn to[2];
    for (size_t i = 0; i < countof(insns); i++) {
        struct bpf_insn code[] = { { insns[i].code, 0, 0, insns[i].k }, { BPF_RET_A, 0, 0, 0 } };
        assert_false(cooked_program(FRAMING_SLL, code, 2, to));
        assert_true(cooked_program(FRAMING_ETHERNET, code, 2, to));
        assert_memory_equal(code, to, sizeof(code));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moved_programs_give_the_same_verdict),
        cmocka_unit_test(header_fields_become_metadata),
        cmocka_unit_test(what_the_kernel_lacks_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
