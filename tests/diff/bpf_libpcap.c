/*
 * Our machine beside libpcap's, on random programs: the listing of every instruction, and what a
 * program says of a packet.  Skipped where libpcap is not installed (the build leaves it out).
 *
 * bpf_libpcap [SEED [ROUNDS]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bpf/list.h"
#include "bpf/validate.h"
#include "bpf/vm.h"
#include "packets.h"
#include "programs.h"
#include "libpcap_machine.h"

enum { PROGRAM_MAX = 48, PACKETS = 12 };

static unsigned long lines, verdicts, accepted;

/* ldx #pktlen is an instruction of the kernel only. */
static bool only_kernel_knows(const struct bpf_insn *insn)
{
    return insn->code == BPF_LDX_LEN;
}

static void compare_line(const struct bpf_insn *insn, u32 at)
{
    char buffer[256];
    struct out o = out_fixed(buffer, sizeof buffer);

    if (only_kernel_knows(insn))
        return;
    bpf_list_insn(&o, insn, at);
    const char *expected = libpcap_list(insn, at);
    lines++;
    if (str_equal(out_text(&o), str_of(expected)))
        return;
    printf("listed as\n%.*s\ninstead of\n%s\n", (int)out_text(&o).len, out_text(&o).p, expected);
    exit(1);
}

/*
 * Where libpcap's machine means something else than the kernel's, whose meaning is ours: it shifts
 * by 32 or more to zero, lets no sum of X and k wrap, and knows no metadata and no ldx #pktlen.
 */
static bool means_the_same(const struct bpf_insn *program, u32 n)
{
    bool index = false, any_x = false;

    for (u32 i = 0; i < n; i++) {
        const struct bpf_opcode *o = bpf_opcode(program[i].code);
        bool shifts = program[i].code == BPF_LSH_X || program[i].code == BPF_RSH_X;
        if (shifts || only_kernel_knows(&program[i]) ||
            (o->operand == BPF_OPERAND_ABS && program[i].k >= BPF_AD_OFF))
            return false;
        index |= o->operand == BPF_OPERAND_IND;
        any_x |= o->flow == BPF_FLOW_X && program[i].code != BPF_LDX_MSH;
    }
    return !(index && any_x);
}

static void compare_runs(u64 *state, const struct bpf_insn *program, u32 n)
{
    u8 bytes[PACKET_MAX];

    for (int i = 0; i < PACKETS; i++) {
        u32 caplen = packets_make(state, program, n, bytes),
            len = caplen + packets_random(state) % 9;
        struct packet p = { .data = bytes, .caplen = caplen, .len = len };
        u32 is = bpf_run(program, &p), expected = libpcap_run(program, bytes, caplen, len);
        verdicts++;
        accepted += expected != 0;
        if (is == expected)
            continue;
        printf("%u instead of %u, caplen %u, by\n", is, expected, caplen);
        for (u32 at = 0; at < n; at++)
            puts(libpcap_list(&program[at], at));
        exit(1);
    }
}

int main(int argc, char **argv)
{
    u64 state = argc > 1 ? strtoull(argv[1], NULL, 0) : 7;
    unsigned long rounds = argc > 2 ? strtoul(argv[2], NULL, 0) : 4000;
    struct bpf_insn program[PROGRAM_MAX];

    for (unsigned long i = 0; i < rounds; i++) {
        u32 n = programs_random(&state, true, program, PROGRAM_MAX);
        for (u32 at = 0; at < n; at++)
            compare_line(&program[at], at);
        n = programs_random(&state, false, program, PROGRAM_MAX);
        if (means_the_same(program, n))
            compare_runs(&state, program, n);
    }
    printf("%lu lines, %lu verdicts, %lu accepted\n", lines, verdicts, accepted);
    return 0;
}
