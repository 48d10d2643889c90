/* The algebra of the filter's values: what ir.c asks before it makes a node.  Private to the module. */
#ifndef BPF_IR_FOLD_H
#define BPF_IR_FOLD_H

#include "bpf/ir.h"

/* A simpler value that equals `a op b`, or NULL when there is none. */
const struct value *ir_fold_alu(struct ir *ir, enum alu_op op, const struct value *a,
                                const struct value *b);

/* The same of numbers alone, and where a number changes nothing or gives 0. */
const struct value *ir_fold_numbers(struct ir *ir, enum alu_op op, const struct value *a,
                                    const struct value *b);

/* The result of the operation on numbers, as the machine computes it; `b` is not 0 for DIV, MOD. */
u32 ir_compute(enum alu_op op, u32 a, u32 b);

/* Bits that can be one in `a op b`. */
u32 ir_alu_mask(enum alu_op op, const struct value *a, const struct value *b);

/* A comparison on its way to normal form. */
struct comparison {
    enum cmp op;
    const struct value *left, *right;
    bool negated;          /* yes and no are exchanged */
    bool decided, outcome; /* the answer is known: `outcome`, before `negated` */
};

/* Brings a comparison to normal form.  A decided one has no meaningful sides. */
void ir_fold_comparison(struct ir *ir, struct comparison *c);

/* Decides one of two numbers. */
void ir_compare_numbers(struct comparison *c);

#endif
