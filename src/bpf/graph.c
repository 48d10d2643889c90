/* Walking a decision graph. */
#include "bpf/graph.h"

/* The leaves are the first tests that a graph gets: ir_start(). */
enum { REJECT_ID, ACCEPT_ID, LEAVES };

struct graph graph_of(const struct test *root, struct arena *arena)
{
    struct graph g = { .ids = root->id < LEAVES ? LEAVES : root->id + 1 };
    const struct test **seen = arena_new(arena, const struct test *, g.ids);

    if (seen == NULL)
        return g;
    seen[root->id] = root;
    /* Exits have lower ids than the tests that lead to them: one sweep down reaches everything. */
    for (u32 id = g.ids; id-- > 0;) {
        const struct test *t = seen[id];
        if (t == NULL || t->op == CMP_LEAF)
            continue;
        seen[t->yes->id] = t->yes;
        seen[t->no->id] = t->no;
        g.count++;
    }
    g.rejects = seen[REJECT_ID] != NULL;
    g.accepts = seen[ACCEPT_ID] != NULL;
    g.tests = arena_new(arena, const struct test *, g.count);
    for (u32 id = g.ids, n = 0; id-- > 0 && g.tests != NULL;)
        if (seen[id] != NULL && seen[id]->op != CMP_LEAF)
            g.tests[n++] = seen[id];
    return g;
}

struct arena scratch_begin(struct ir *ir)
{
    struct arena *a = ir->arena;
    size_t half = (size_t)(a->end - a->at) / 2;
    struct arena scratch = arena_over(a->end - half, half);

    scratch.full = a->full;
    a->end -= half;
    return scratch;
}

void scratch_end(struct ir *ir, struct arena *scratch)
{
    ir->arena->end = scratch->end;
    ir->arena->full |= scratch->full;
}
