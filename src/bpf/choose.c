/*
 * Choosing.
 *
 * What a pass does can be undone by what a later one would rather have had: grouping takes a test
 * away from the place where its load was shared, a prefix made into bounds has one test more where
 * the masked value was in A already.  Foreseeing that is hard, measuring it is easy: the back end
 * takes microseconds for the graphs that people write.
 */
#include "bpf/choose.h"

#include "base/mem.h"
#include "bpf/pass.h"
#include "bpf/place.h"
#include "bpf/ways.h"

enum {
    TESTS_MAX = 300, /* graphs with more are optimised in the usual way only */
    SEEN_MAX = 64,   /* graphs that are remembered, so as not to be measured again */
    INSNS_MAX = 1 << 16,
    DETOUR_MAX = 16, /* instructions that the longest way through a shorter program may have more */
};

struct chooser {
    struct optimiser o;
    u32 accept;
    struct chosen best;
    bool measured; /* the best, or that it has no program; what comes up first waits for others */
    u32 limit; /* of the longest way: what is much slower than the first is no choice; 0: not known yet */
    bool ties; /* whether a program as long as the best is taken */
    const struct test **seen; /* SEEN_MAX of them, `seen_count` in use */
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

/* Moves a program to where the memory begins that was used to make it, and gives back the rest. */
static const struct bpf_insn *keep(struct arena *a, struct arena_mark mark,
                                   const struct bpf_insn *insns, u32 count)
{
    arena_rewind(a, mark);
    struct bpf_insn *kept = arena_raw(a, struct bpf_insn, count);
    return kept != NULL ? memmove(kept, insns, count * sizeof *insns) : NULL;
}

/* Whether a program is to be taken instead of the best one. */
static bool is_better(struct chooser *c, const struct bpf_insn *insns, u32 count)
{
    const struct chosen *best = &c->best;

    if (best->insns != NULL && (c->ties ? count > best->count : count >= best->count))
        return false;
    if (c->limit == 0)
        c->limit = best->insns == NULL
                       ? UINT32_MAX
                       : bpf_ways(best->insns, best->count, c->o.ir->arena).longest + DETOUR_MAX;
    u32 longest = bpf_ways(insns, count, c->o.ir->arena).longest;
    return longest > 0 && longest <= c->limit;
}

/* Makes the program of a graph, which becomes the best if it is shorter. */
static void measure(struct chooser *c, const struct test *root)
{
    struct ir *ir = c->o.ir;
    const struct place_options how = { .accept = c->accept };
    struct arena_mark mark = arena_mark(ir->arena);
    const struct bpf_insn *insns = NULL;
    struct coder coder;
    u32 count = 0;

    bool taken = optimiser_take(&c->o, root) || is_leaf(root);
    if (taken)
        place(ir, &c->o.graph, &how, INSNS_MAX, &coder);
    if (taken && !coder.full && !coder.too_many_cells) {
        share_tails(coder.items, coder.count, ir->arena);
        insns = assemble(ir->arena, coder.items, coder.count, INSNS_MAX, &count);
    }
    bool first = !c->measured;
    c->measured = true;
    if (insns == NULL || (!first && !is_better(c, insns, count))) {
        arena_rewind(ir->arena, mark);
        return;
    }
    c->best = (struct chosen){ root, keep(ir->arena, mark, insns, count), count };
}

/* The first graph is the one that others have to beat; it is measured when there is another. */
static void consider(struct chooser *c, const struct test *root)
{
    if (is_known(c, root))
        return;
    if (c->best.root == NULL) {
        c->best.root = root;
        return;
    }
    if (!c->measured)
        measure(c, c->best.root);
    measure(c, root);
}

/* With merging, and without it if that is doubtful. */
static void try_merge(struct chooser *c, const struct test *root)
{
    bool doubtful;

    consider(c, pass_try(&c->o, root, &passes[PASS_MERGE], &doubtful));
    if (doubtful)
        consider(c, root);
}

/* All ways that a graph can go from where its repeating passes have come to rest. */
static void try_last_passes(struct chooser *c, const struct test *settled)
{
    bool doubtful;

    try_merge(c, pass_try(&c->o, settled, &passes[PASS_NARROW], &doubtful));
    if (doubtful)
        try_merge(c, settled);
}

static void try_all(struct chooser *c, const struct test *root)
{
    struct pass_way usual = { .chain_max = REGION_CHAIN };

    try_last_passes(c, pass_settle(&c->o, root, &usual));
    if (usual.has_trees) {
        struct pass_way way = { .chain_max = REGION_CHAIN_MAX };
        try_last_passes(c, pass_settle(&c->o, root, &way));
    }
    if (usual.has_grouped) {
        struct pass_way way = { .chain_max = REGION_CHAIN, .without_group = true };
        try_last_passes(c, pass_settle(&c->o, root, &way));
    }
}

/* Instructions that values take of which none is computed yet, at least; right sides are left out. */
static u32 least_for(bool *computed, const struct value *v)
{
    u32 count = 0;

    for (; v != NULL && v->kind != VALUE_CONST && v->kind != VALUE_VAR && !computed[v->id]; v = v->a) {
        computed[v->id] = true;
        count++;
    }
    return count;
}

/* Instructions that the program of a graph has at least; 0: not known. */
static u32 least_count(struct optimiser *o, const struct test *root)
{
    if (!optimiser_take(o, root) || graph_may_share(&o->graph))
        return 0;
    u32 count = o->graph.accepts + o->graph.rejects;
    bool *computed = arena_new(&o->scratch, bool, o->graph.values);
    for (u32 i = 0; i < o->graph.count && computed != NULL; i++) {
        const struct test *t = o->graph.tests[i];
        count += (t->op != CMP_LET) + least_for(computed, t->left) + least_for(computed, t->right);
    }
    return computed != NULL ? count : 0;
}

/*
 * The best with its tests in another order, which most packets leave earlier, if that is not longer.
 * Where it has no more than the other must have, that need not be made.
 */
static void try_order(struct chooser *c)
{
    bool ignored;
    struct chosen best = c->best;
    const struct test *root = pass_try(&c->o, best.root, &passes[PASS_ORDER], &ignored);

    if (root == best.root)
        return;
    c->ties = true;
    if (!c->measured) {
        c->best.root = root;
        measure(c, root);
        if (c->best.insns != NULL && c->best.count <= least_count(&c->o, best.root))
            return;
        c->ties = false;
        measure(c, best.root);
        return;
    }
    measure(c, root);
}

static const struct test *usual(struct optimiser *o, const struct test *root)
{
    struct pass_way way = { .chain_max = REGION_CHAIN };
    bool ignored;

    root = pass_settle(o, root, &way);
    for (const struct pass *p = passes; p->name != NULL; p++)
        if (!p->repeats)
            root = pass_try(o, root, p, &ignored);
    return root;
}

/*
 * Whether no pass but the one for order finds anything to do: each test is of a value as it is that no other
 * asks about, and has two exits that no other has with the same question.
 */
static bool is_settled(struct optimiser *o, const struct test *root)
{
    u64 asked = 0;

    if (o->ir->variable_count > 0 || !optimiser_take(o, root))
        return false;
    for (u32 i = 0; i < o->graph.count; i++) {
        const struct test *t = o->graph.tests[i];
        u64 bits = graph_field_bits(t);
        bool plain = t->op == CMP_SET || (t->op == CMP_EQ && t->left->kind != VALUE_ALU);
        if (!plain || t->yes == t->no || (asked & bits) != 0)
            return false;
        asked |= bits;
    }
    return !graph_may_share(&o->graph);
}

struct chosen choose(struct ir *ir, const struct choices *from, u32 accept)
{
    const struct test *seen[SEEN_MAX];
    struct chooser c = { .accept = accept, .seen = seen };

    if (is_leaf(from->roots[0]))
        return (struct chosen){ .root = from->roots[0] };
    optimiser_begin(&c.o, ir);
    if (ir->test_count > from->count * TESTS_MAX) {
        c.best.root = usual(&c.o, from->roots[0]);
    } else {
        bool settled = from->count == 1 && is_settled(&c.o, from->roots[0]);
        if (settled)
            c.best.root = from->roots[0];
        for (u32 i = 0; i < from->count && !settled; i++)
            try_all(&c, from->roots[i]);
        try_order(&c);
        if (!c.measured)
            measure(&c, c.best.root); /* nothing else came up */
    }
    optimiser_end(&c.o);
    return c.best;
}
