/*
 * The kernel as witness: it takes exactly the programs that bpf_is_valid() passes, and what they
 * say of a packet is what bpf_run() says.  Packets are datagrams through a pair of sockets, one of
 * which has the program attached.  Skipped where that is not allowed.
 *
 * bpf_kernel [SEED [ROUNDS]]
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bpf/list.h"
#include "bpf/validate.h"
#include "bpf/vm.h"
#include "packets.h"
#include "programs.h"

/* struct sock_fprog of <linux/filter.h>, which also defines names that are ours here. */
struct attached {
    unsigned short len;
    const struct bpf_insn *filter;
};

enum { PROGRAM_MAX = 48, PACKETS = 6, SKIPPED = 77 };

static unsigned long taken, refused, verdicts, accepted;

static void print(void *to, const char *text, size_t n)
{
    fwrite(text, 1, n, to);
}

static void fail(const char *what, const struct bpf_insn *program, u32 n)
{
    char buffer[4096];
    struct out o = out_over(buffer, sizeof buffer, print, stdout);

    printf("%s\n", what);
    bpf_list(&o, program, n);
    out_flush(&o);
    exit(1);
}

static bool attach(int to, const struct bpf_insn *program, u32 n)
{
    const struct attached all = { (unsigned short)n, program };

    return setsockopt(to, SOL_SOCKET, SO_ATTACH_FILTER, &all, sizeof all) == 0;
}

/* Whether a load has a meaning that depends on where the kernel put the packet: a negative offset. */
static bool depends_on_the_kernel(const struct bpf_insn *insn, u32 x)
{
    switch (bpf_opcode(insn->code)->operand) {
    case BPF_OPERAND_ABS:
    case BPF_OPERAND_MSH: return insn->k >= INT32_MAX && insn->k != BPF_AD_OFF + BPF_AD_ALU_XOR_X;
    case BPF_OPERAND_IND: return insn->k + x >= INT32_MAX;
    default: return false;
    }
}

/* What the program returns; false when it depends on the kernel. */
static bool result_of(const struct bpf_insn *program, u32 n, const struct packet *p, u32 *result)
{
    struct bpf_machine m = bpf_start();

    do
        if (depends_on_the_kernel(&program[m.pc], m.x))
            return false;
    while (bpf_step(&m, program, n, p));
    *result = bpf_run(program, p);
    return true;
}

static void compare_verdicts(u64 *state, int from, int to, const struct bpf_insn *program, u32 n)
{
    u8 bytes[PACKET_MAX], got[PACKET_MAX];

    for (int i = 0; i < PACKETS; i++) {
        u32 length = packets_make(state, program, n, bytes);
        length += length == 0; /* an empty datagram and none look alike */
        struct packet p = { .data = bytes, .caplen = length, .len = length };
        u32 says;
        if (!result_of(program, n, &p, &says))
            continue;
        if (send(from, bytes, length, 0) != (ssize_t)length)
            exit(SKIPPED);
        ssize_t is = recv(to, got, sizeof got, MSG_DONTWAIT);
        ssize_t expected = says < length ? (ssize_t)says : (ssize_t)length;
        verdicts++;
        accepted += says != 0;
        if (is != (says == 0 ? -1 : expected) || (is > 0 && memcmp(got, bytes, (size_t)is) != 0)) {
            printf("length %u: the kernel keeps %zd bytes, we %u\n", length, is, says);
            fail("another verdict", program, n);
        }
    }
}

static void try_program(u64 *state, int from, int to, bool wild)
{
    struct bpf_insn program[PROGRAM_MAX];
    u32 n = programs_random(state, wild, program, PROGRAM_MAX);
    bool valid = bpf_is_valid(program, n, NULL), takes = attach(to, program, n);

    if (!takes && errno != EINVAL)
        exit(SKIPPED);
    if (takes != valid)
        fail(takes ? "the kernel takes what we refuse" : "the kernel refuses what we take", program,
             n);
    taken += takes;
    refused += !takes;
    if (takes)
        compare_verdicts(state, from, to, program, n);
}

/* Programs of the greatest length, and of one more. */
static void try_longest(int to)
{
    static struct bpf_insn program[BPF_INSNS_MAX + 1];

    for (u32 i = 0; i <= BPF_INSNS_MAX; i++)
        program[i] = (struct bpf_insn){ .code = BPF_RET_K };
    for (u32 n = BPF_INSNS_MAX; n <= BPF_INSNS_MAX + 1; n++)
        if (attach(to, program, n) != bpf_is_valid(program, n, NULL))
            fail("another longest program", program, 0);
}

int main(int argc, char **argv)
{
    u64 state = argc > 1 ? strtoull(argv[1], NULL, 0) : 5;
    unsigned long rounds = argc > 2 ? strtoul(argv[2], NULL, 0) : 3000;
    const struct bpf_insn all[] = { { .code = BPF_RET_K, .k = 1 } };
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) != 0 || !attach(pair[1], all, 1))
        return SKIPPED;
    for (unsigned long i = 0; i < rounds; i++)
        try_program(&state, pair[0], pair[1], i % 2 == 0);
    try_longest(pair[1]);
    printf("%lu programs taken, %lu refused, %lu verdicts, %lu accepted\n", taken, refused,
           verdicts, accepted);
    return 0;
}
