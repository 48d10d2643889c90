/* The tests of a decision graph in order.  Private to the module. */
#ifndef BPF_GRAPH_H
#define BPF_GRAPH_H

#include "bpf/ir.h"

/* The tests that can be reached from a root; leaves are not among them. */
struct graph {
    const struct test **tests; /* every test before its exits: by descending id; the root is first */
    u32 count;
    u32 *index; /* by id: where a test is in `tests`; undefined for what cannot be reached */
    u32 values; /* ids of values are below this */
    bool accepts, rejects; /* which leaves can be reached */
};

/* Takes memory from `arena`; count is 0 when that is full, as for a leaf. */
struct graph graph_of(const struct ir *ir, const struct test *root, struct arena *arena);

static inline u32 graph_index(const struct graph *g, const struct test *t) { return g->index[t->id]; }

/* The value without the mask over it. */
static inline const struct value *graph_unmasked(const struct value *v)
{
    return v->kind == VALUE_ALU && v->op == ALU_AND && v->b->kind == VALUE_CONST ? v->a : v;
}

/* What a test asks about, as bits: tests that have none in common are of different fields. */
u64 graph_field_bits(const struct test *t);

/*
 * Whether two tests ask the same of different values and have the same exits, so that they might become one.
 * Says yes too often, never too seldom.
 */
bool graph_may_share(const struct graph *g);

static inline bool is_leaf(const struct test *t) { return t->op == CMP_LEAF; }

#endif
