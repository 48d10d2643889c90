/* Walking a decision graph, and memory for the length of a pass.  Private to the module. */
#ifndef BPF_GRAPH_H
#define BPF_GRAPH_H

#include "bpf/ir.h"

/* The tests that can be reached from a root, leaves left out. */
struct graph {
    const struct test **tests; /* every test before its exits: by descending id */
    u32 count;
    u32 ids; /* ids of tests and leaves are below this */
    bool accepts, rejects; /* which leaves can be reached */
};

/* Takes memory from `arena`; `tests` is NULL when it is full. */
struct graph graph_of(const struct test *root, struct arena *arena);

/*
 * Scratch memory: the upper half of what the graph's arena has left, which is then twice as close
 * to being full.  Given back by scratch_end(); scratches do not nest.
 */
struct arena scratch_begin(struct ir *ir);
void scratch_end(struct ir *ir, struct arena *scratch);

#endif
