/* The tests of a decision graph in order. */
#include "bpf/graph.h"

struct graph graph_of(const struct ir *ir, const struct test *root, struct arena *arena)
{
    struct graph g = { .values = ir->value_count };
    u32 ids = root->id + 1;
    const struct test **seen = arena_new(arena, const struct test *, ids);

    g.tests = arena_raw(arena, const struct test *, ids);
    g.index = arena_raw(arena, u32, ids);
    if (arena->full)
        return g;
    seen[root->id] = root;
    /* Exits have lower ids than the tests that lead to them: one sweep down reaches everything. */
    for (u32 id = ids; id-- > 0;) {
        const struct test *t = seen[id];
        if (t == NULL)
            continue;
        if (is_leaf(t)) {
            g.accepts |= t->accepts;
            g.rejects |= !t->accepts;
            continue;
        }
        seen[t->yes->id] = t->yes;
        seen[t->no->id] = t->no;
        g.index[id] = g.count;
        g.tests[g.count++] = t;
    }
    return g;
}
