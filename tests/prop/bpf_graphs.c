/*
 * Properties of the filter compiler's back end on random graphs, programs and packets:
 *
 *   - the literal program of a graph says what the graph says, aborts included;
 *   - a pass alone, and all of them, keep the verdict wherever the graph does not abort;
 *   - every program made is valid, and stepping through it ends as running it does;
 *   - a program lifted to a graph and compiled again says what it said.
 *
 * bpf_graphs [SEED [ROUNDS]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bpf/emit.h"
#include "bpf/list.h"
#include "bpf/pass.h"
#include "bpf/validate.h"
#include "bpf/vm.h"
#include "graphs.h"
#include "lift.h"
#include "packets.h"
#include "programs.h"

enum { ARENA_BYTES = 32 << 20, PACKETS = 24, PROGRAM_MAX = 64, ACCEPT = 262144 };

struct run {
    u64 state;
    u64 seed; /* of this round */
    char *block;
    struct bpf_fused *fused; /* BPF_INSNS_MAX of them */
    unsigned long verdicts, accepted, aborted;
};

static void print(void *to, const char *text, size_t n)
{
    fwrite(text, 1, n, to);
}

static void fail(const struct run *r, const char *what, const char *pass,
                 const struct bpf_insn *one, u32 n, const struct bpf_insn *other, u32 m)
{
    char buffer[4096];
    struct out o = out_over(buffer, sizeof buffer, print, stdout);

    printf("%s (%s), round seed %llu\n", what, pass, (unsigned long long)r->seed);
    bpf_list(&o, one, n);
    out_text_z(&o, "--\n");
    bpf_list(&o, other, m);
    out_flush(&o);
    exit(1);
}

/* The result of a valid program, run in all three ways. */
static enum verdict result_of(const struct run *r, const struct bpf_insn *program, u32 n,
                              const struct packet *p)
{
    struct bpf_machine m = bpf_start();

    while (bpf_step(&m, program, n, p))
        continue;
    if (m.result != bpf_run(program, p) || m.stop == BPF_BROKEN || m.steps > n)
        fail(r, "running and stepping disagree", "", program, n, program, n);
    bpf_fuse(r->fused, program, n);
    if (m.result != bpf_run_fused(r->fused, p))
        fail(r, "running fused disagrees", "", program, n, program, n);
    return m.stop != BPF_RETURNED ? ABORTED : m.result != 0 ? ACCEPTED : REJECTED;
}

struct program {
    const struct bpf_insn *insns;
    u32 count;
};

static struct program compile(struct run *r, struct ir *ir, const struct test *root, bool literal)
{
    struct diag diag = { .text = ir->arena };
    const struct emit_options options = { .accept = ACCEPT, .literal = literal };
    struct program p = { NULL, 0 };

    if (!ir_emit(ir, root, &options, BPF_INSNS_MAX, &p.insns, &p.count, &diag)) {
        printf("not compiled: %.*s, round seed %llu\n", (int)diag.what.len, diag.what.p,
               (unsigned long long)r->seed);
        exit(1);
    }
    if (!bpf_is_valid(p.insns, p.count, NULL))
        fail(r, "not valid", "", p.insns, p.count, p.insns, 0);
    return p;
}

/* Compares two programs on packets; `one` is the reference, which may abort. */
static void compare(struct run *r, const char *pass, struct program one, struct program other)
{
    u8 bytes[PACKET_MAX];

    for (int i = 0; i < PACKETS; i++) {
        u32 caplen = packets_make(&r->state, one.insns, one.count, bytes);
        struct packet p = { .data = bytes,
                            .caplen = caplen,
                            .len = caplen + packets_random(&r->state) % 64 };
        enum verdict expected = result_of(r, one.insns, one.count, &p);
        enum verdict is = result_of(r, other.insns, other.count, &p);
        r->verdicts++;
        r->accepted += expected == ACCEPTED;
        r->aborted += expected == ABORTED;
        if (expected != ABORTED && (is == ACCEPTED) != (expected == ACCEPTED))
            fail(r, "another verdict", pass, one.insns, one.count, other.insns, other.count);
    }
}

static void compare_meaning(struct run *r, const struct ir *ir, const struct test *root,
                            struct program literal)
{
    u8 bytes[PACKET_MAX];

    for (int i = 0; i < PACKETS; i++) {
        u32 caplen = packets_make(&r->state, literal.insns, literal.count, bytes);
        struct packet p = { .data = bytes, .caplen = caplen, .len = caplen };
        if (result_of(r, literal.insns, literal.count, &p) != graphs_verdict(ir, root, &p))
            fail(r, "the literal program does not say what the graph says", "", literal.insns,
                 literal.count, literal.insns, 0);
    }
}

static void try_graph(struct run *r)
{
    struct arena arena = arena_over(r->block, ARENA_BYTES);
    struct ir ir;

    ir_start(&ir, &arena);
    const struct test *root = graphs_random(
        &ir, &r->state, 2 + packets_random(&r->state) % (packets_random(&r->state) % 40 + 1));
    struct program literal = compile(r, &ir, root, true);
    compare_meaning(r, &ir, root, literal);
    for (const struct pass *p = passes; p->name != NULL; p++)
        compare(r, p->name, literal, compile(r, &ir, pass_run(&ir, root, p), true));
    compare(r, "all", literal, compile(r, &ir, root, false));
}

static void try_program(struct run *r)
{
    struct arena arena = arena_over(r->block, ARENA_BYTES);
    struct bpf_insn program[PROGRAM_MAX];
    struct ir ir;

    u32 n = programs_random(&r->state, false, program, 1 + packets_random(&r->state) % PROGRAM_MAX);
    if (!bpf_is_valid(program, n, NULL))
        fail(r, "the generator made an invalid program", "", program, n, program, 0);
    ir_start(&ir, &arena);
    const struct test *root = lift_program(&ir, program, n);
    if (root == NULL)
        return;
    compare(r, "lifted, literal", (struct program){ program, n }, compile(r, &ir, root, true));
    compare(r, "lifted", (struct program){ program, n }, compile(r, &ir, root, false));
}

int main(int argc, char **argv)
{
    static char block[ARENA_BYTES];
    static struct bpf_fused fused[BPF_INSNS_MAX];
    struct run r = { .state = argc > 1 ? strtoull(argv[1], NULL, 0) : 1,
                     .block = block,
                     .fused = fused };
    unsigned long rounds = argc > 2 ? strtoul(argv[2], NULL, 0) : 1500;

    if (r.state == 0)
        return 2;
    for (unsigned long i = 0; i < rounds; i++) {
        r.seed = r.state;
        try_graph(&r);
        try_program(&r);
    }
    printf("%lu rounds, %lu verdicts, %lu accepted, %lu aborted\n", rounds, r.verdicts, r.accepted,
           r.aborted);
    return 0;
}
