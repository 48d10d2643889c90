/*
 * Code for values: which instructions bring a value into A.  Private to the module.
 */
#ifndef BPF_CODER_H
#define BPF_CODER_H

#include "bpf/assemble.h"
#include "bpf/ir.h"

/* A value that waits for its operands, private to coder.c. */
struct work;

/* Items as they are made, in order.  Sticky: once `full` or `too_many_cells`, nothing is added. */
struct coder {
    struct arena *arena;
    struct item *items;
    u32 count, room;
    u32 variables;       /* cells from 0 up belong to variables, the others hold intermediate results */
    u32 limit;           /* the most items allowed */
    struct work *work_;
    u32 work_count_, work_room_;
    bool full;           /* the limit or the arena's end was reached */
    bool too_many_cells; /* a value needs more intermediate results than there are cells */
};

struct coder coder_start(struct arena *arena, u32 variables, u32 limit);

void code_put(struct coder *c, struct item item);

/* A = v.  Clobbers X and intermediate cells. */
void code_value(struct coder *c, const struct value *v);

/* A = left, X = right, in whatever order costs less. */
void code_both(struct coder *c, const struct value *left, const struct value *right);

/* Cell = v. */
void code_set(struct coder *c, u32 cell, const struct value *v);

#endif
