/*
 * Choosing.
 *
 * What a pass does can be undone by what a later one would rather have had: grouping takes a test away
 * from the place where its load was shared, a prefix made into bounds has one test more where the masked
 * value was in A already.  Foreseeing that is hard, measuring it is easy: the back end takes
 * microseconds for the graphs that people write.
 */
#include "bpf/choose.h"

#include "bpf/pass.h"
#include "bpf/place.h"

enum {
    TESTS_MAX = 300,      /* graphs with more are optimised in the usual way only */
    SEEN_MAX = 64,        /* graphs that are remembered, so as not to be measured again */
    INSNS_MAX = 1 << 16,
    DETOUR_MAX = 16,      /* instructions that the longest way through a shorter program may have more */
};

/* What counts about a program. */
struct size {
    u32 count;   /* instructions */
    u32 longest; /* that a packet may run through */
};

struct chooser {
    struct ir *ir;
    const struct test *best;
    struct size size; /* of the best */
    u32 limit;        /* of the longest way: what is much slower than the usual program is no choice */
    const struct test *seen[SEEN_MAX];
    u32 seen_count;
};

/* Whether a graph has come up before; notes that it has now. */
static bool is_known(struct chooser *c, const struct test *root)
{
    for (u32 i = 0; i < c->seen_count; i++)
        if (c->seen[i] == root)
            return true;
    if (c->seen_count < SEEN_MAX)
        c->seen[c->seen_count++] = root;
    return false;
}

/* Instructions on the longest way through a program; `most` has room for one number each. */
static u32 longest_way(const struct bpf_insn *insns, u32 count, u32 *most)
{
    for (u32 i = count; i-- > 0;) {
        const struct bpf_insn *insn = &insns[i];
        u8 flow = bpf_flow(insn->code);
        u32 yes = flow == BPF_FLOW_TEST ? insn->jt : flow == BPF_FLOW_JUMP ? insn->k : 0;
        u32 no = flow == BPF_FLOW_TEST ? insn->jf : yes;
        most[i] = 1;
        if (flow != BPF_FLOW_RETURN)
            most[i] += most[i + 1 + yes] > most[i + 1 + no] ? most[i + 1 + yes] : most[i + 1 + no];
    }
    return most[0];
}

/* The program that the back end makes of a graph; the memory for it is given back. */
static struct size measure(struct ir *ir, const struct test *root)
{
    const struct place_options how = { .accept = 1 };
    struct arena_mark mark = arena_mark(ir->arena);
    struct size size = { UINT32_MAX, UINT32_MAX };
    const struct bpf_insn *insns = NULL;
    struct coder coder;
    u32 count;

    place(ir, root, &how, INSNS_MAX, &coder);
    if (!coder.full && !coder.too_many_cells) {
        share_tails(coder.items, coder.count, ir->arena);
        insns = assemble(ir->arena, coder.items, coder.count, INSNS_MAX, &count);
    }
    u32 *most = insns != NULL ? arena_raw(ir->arena, u32, count) : NULL;
    if (most != NULL)
        size = (struct size){ count, longest_way(insns, count, most) };
    arena_rewind(ir->arena, mark);
    return size;
}

static void consider(struct chooser *c, const struct test *root)
{
    if (is_known(c, root))
        return;
    struct size size = measure(c->ir, root);
    if (c->best == NULL)
        c->limit = size.longest < INSNS_MAX ? size.longest + DETOUR_MAX : UINT32_MAX;
    else if (size.count >= c->size.count || size.longest > c->limit)
        return;
    c->best = root;
    c->size = size;
}

static u32 count_tests(const struct ir *ir, const struct test *root)
{
    struct arena_mark mark = arena_mark(ir->arena);
    u32 count = graph_of(ir, root, ir->arena).count;

    arena_rewind(ir->arena, mark);
    return count;
}

/* Bits of the passes that satisfy the condition. */
static u32 passes_that_repeat(bool repeat)
{
    u32 bits = 0;

    for (u32 i = 0; passes[i].name != NULL; i++)
        bits |= (u32)(passes[i].repeats == repeat) << i;
    return bits;
}

/* All ways that a graph can go from where its repeating passes have come to rest. */
static void try_last_passes(struct chooser *c, const struct test *settled)
{
    u32 once = passes_that_repeat(false);

    /* All subsets of these passes, the empty one last. */
    for (u32 with = once;; with = (with - 1) & once) {
        struct pass_way way = { .without = ~with, .chain_max = pass_usual_way.chain_max };
        consider(c, with != 0 ? pass_run_all(c->ir, settled, &way) : settled);
        if (with == 0)
            break;
    }
}

static void try_all(struct chooser *c, const struct test *root)
{
    const struct pass_way ways[] = {
        { passes_that_repeat(false), REGION_CHAIN },
        { passes_that_repeat(false), REGION_CHAIN_MAX },
        { passes_that_repeat(false) | pass_bit(pass_group), REGION_CHAIN },
    };
    const struct test *settled[countof(ways)];

    for (u32 i = 0; i < countof(ways); i++) {
        bool is_new = true;
        settled[i] = pass_run_all(c->ir, root, &ways[i]);
        for (u32 j = 0; j < i; j++)
            is_new = is_new && settled[j] != settled[i];
        if (is_new)
            try_last_passes(c, settled[i]);
    }
}

const struct test *choose(struct ir *ir, const struct choices *from)
{
    struct chooser c = { .ir = ir };

    if (is_leaf(from->roots[0]))
        return from->roots[0];
    if (count_tests(ir, from->roots[0]) > TESTS_MAX)
        return pass_run_all(ir, from->roots[0], &pass_usual_way);
    ir_const(ir, 0); /* place() asks for it, and must not find its memory given back */
    for (u32 i = 0; i < from->count; i++)
        if (count_tests(ir, from->roots[i]) <= TESTS_MAX)
            try_all(&c, from->roots[i]);
    return c.best;
}
