/*
 * Code for values: the instructions that bring a value into A or X, given what the registers hold
 * already.  Private to the module.
 */
#ifndef BPF_CODER_H
#define BPF_CODER_H

#include "bpf/assemble.h"
#include "bpf/ir.h"

/*
 * What the registers hold, as far as it is known: up to two names for the same contents, since a
 * variable that was just set is also the value it was set to.
 */
enum { NAMES = 2 };

struct regs {
    const struct value *a[NAMES], *x[NAMES]; /* NULL: no name */
};

/* Only what both know. */
struct regs regs_meet(const struct regs *one, const struct regs *other);

bool regs_equal(const struct regs *one, const struct regs *other);

/* A value that waits for its operands, private to coder.c. */
struct work;

/* Items as they are made, in order.  Sticky: once it has failed, nothing is added. */
struct coder {
    struct arena *arena;
    struct item *items;
    struct regs *before;   /* by item: what the registers hold when it starts */
    u32 count, room;
    struct regs now;       /* what the registers hold behind the last item */
    u32 limit;             /* the most items allowed */
    u16 cells_taken;       /* bit i: cell i belongs to a variable, or to a result needed later */
    const u8 *variable_cell; /* by variable: its cell, or BPF_CELLS when it lives in a register only */
    bool full;             /* the limit or the arena's end was reached */
    bool too_many_cells;   /* a value needs more intermediate results than there are cells */
    const struct value *lost; /* a variable that was needed and is in no register: give it a cell */
    struct work *work_;
    u32 work_count_, work_room_;
};

/* Puts an item as it is and notes what it does to the registers, except for the names of results. */
void code_put(struct coder *c, struct item item);

/* A = v.  May use X and free cells. */
void code_a(struct coder *c, const struct value *v);

/* X = v.  May use A and free cells. */
void code_x(struct coder *c, const struct value *v);

/* A = left, X = right, in whatever order costs less. */
void code_both(struct coder *c, const struct value *left, const struct value *right);

/* Whether `v` can be brought into X by one instruction that leaves A alone. */
bool code_goes_to_x(const struct value *v);

#endif
