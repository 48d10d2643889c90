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

u64 graph_field_bits(const struct test *t)
{
    enum { BITS = 64, BASE_SHIFT = 4 };
    const struct value *v = graph_unmasked(t->left);

    if (t->op < CMP_LET && t->right->kind != VALUE_CONST)
        return (u64)1 << (t->left->id + 7 * t->right->id) % BITS;
    if (v->kind != VALUE_LOAD)
        return (u64)1 << (v->id + BITS / 2) % BITS;
    u32 first = (v->k + (v->a != NULL ? v->a->id << BASE_SHIFT : 0)) % BITS;
    u64 bytes = ((u64)1 << v->size) - 1;
    return bytes << first | bytes >> 1 >> (BITS - 1 - first);
}

bool graph_may_share(const struct graph *g)
{
    u64 seen = 0; /* hashes, as bits */

    for (u32 i = 0; i < g->count; i++) {
        const struct test *t = g->tests[i];
        u64 key = ((u64)t->yes->id << 32 | t->no->id) ^ (u64)t->right->id << 16 ^ t->op;
        u64 bit = (u64)1 << (key * 0x9e3779b97f4a7c15u >> 58);
        if ((seen & bit) != 0)
            return true;
        seen |= bit;
    }
    return false;
}
