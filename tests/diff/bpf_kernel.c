/*
 * The kernel as witness: it takes exactly the programs that bpf_is_valid() passes, and what they
 * say of a packet is what bpf_run() says.  Packets are datagrams through a pair of sockets, one of
 * which has the program attached.  Skipped where that is not allowed.
 *
 * bpf_kernel [SEED [ROUNDS]]
 */
#include <stdio.h>
#include <stdlib.h>

#include "bpf/list.h"
#include "bpf/validate.h"
#include "kernel_filter.h"
#include "packets.h"
#include "programs.h"

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

static struct kernel_filter kernel;

static void compare_verdicts(u64 *state, const struct bpf_insn *program, u32 n)
{
    u8 bytes[PACKET_MAX];

    for (int i = 0; i < PACKETS; i++) {
        u32 length = packets_make(state, program, n, bytes);
        length += length == 0; /* an empty datagram and none look alike */
        struct packet p = { .data = bytes, .caplen = length, .len = length };
        u32 says;
        if (!kernel_filter_ours(program, n, &p, &says))
            continue;
        long is = kernel_filter_keeps(&kernel, bytes, length);
        long expected = says < length ? (long)says : (long)length;
        if (is == -2)
            exit(SKIPPED);
        verdicts++;
        accepted += says != 0;
        if (is != (says == 0 ? -1 : expected)) {
            printf("length %u: the kernel keeps %ld bytes, we %u\n", length, is, says);
            fail("another verdict", program, n);
        }
    }
}

static void try_program(u64 *state, bool wild)
{
    struct bpf_insn program[PROGRAM_MAX];
    u32 n = programs_random(state, wild, program, PROGRAM_MAX);
    bool valid = bpf_is_valid(program, n, NULL);
    int takes = kernel_filter_attach(&kernel, program, n);

    if (takes < 0)
        exit(SKIPPED);
    if (takes != valid)
        fail(takes ? "the kernel takes what we refuse" : "the kernel refuses what we take", program,
             n);
    taken += (unsigned)takes;
    refused += !takes;
    if (takes)
        compare_verdicts(state, program, n);
}

/* Programs of the greatest length, and of one more. */
static void try_longest(void)
{
    static struct bpf_insn program[BPF_INSNS_MAX + 1];

    for (u32 i = 0; i <= BPF_INSNS_MAX; i++)
        program[i] = (struct bpf_insn){ .code = BPF_RET_K };
    for (u32 n = BPF_INSNS_MAX; n <= BPF_INSNS_MAX + 1; n++)
        if (kernel_filter_attach(&kernel, program, n) != bpf_is_valid(program, n, NULL))
            fail("another longest program", program, 0);
}

int main(int argc, char **argv)
{
    u64 state = argc > 1 ? strtoull(argv[1], NULL, 0) : 5;
    unsigned long rounds = argc > 2 ? strtoul(argv[2], NULL, 0) : 3000;

    if (!kernel_filter_open(&kernel))
        return SKIPPED;
    for (unsigned long i = 0; i < rounds; i++)
        try_program(&state, i % 2 == 0);
    try_longest();
    printf("%lu programs taken, %lu refused, %lu verdicts, %lu accepted\n", taken, refused,
           verdicts, accepted);
    return 0;
}
