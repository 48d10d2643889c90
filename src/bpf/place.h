/*
 * Placement: from a decision graph to code in its final order, with registers and cells assigned.
 * Private to the module.
 */
#ifndef BPF_PLACE_H
#define BPF_PLACE_H

#include "bpf/coder.h"
#include "bpf/graph.h"

struct place_options {
    u32 accept;   /* what an accepting program returns */
    bool forgets; /* every test computes its values anew, whatever the registers hold */
};

/*
 * Makes the code of a graph, which has at least one test unless its root is a leaf.  Items and their
 * targets are in c->items, of which there are c->count; the first is where the program starts.  Failure
 * is in c->full or c->too_many_cells.
 */
void place(struct ir *ir, const struct graph *graph, const struct place_options *options, u32 limit,
           struct coder *c);

#endif
