/*
 * The intermediate representation of a filter: values, and a graph of decisions over them.
 *
 *        [12:2] == 0x0800 ?              value: what is compared, pure, without registers
 *         yes /      \ no                test:  one decision with two exits
 *   [23:1] == 6 ?    reject              leaf:  accept or reject
 *
 * Both are immutable and hash-consed: equal things are the same pointer.  Values are normalised
 * when they are made (constants folded, constant on the right, offsets joined), so value
 * numbering is free; equal tests with equal exits are one node, so shared tails appear by
 * themselves.  A pass is a function from a root to a new root.  A lowering builds the graph from
 * its leaves up: `x and y` is x with "yes" leading to y.
 *
 * A load past the end of the packet rejects it at once, wherever it stands.  So a pass may remove
 * or postpone a load, and may add one only to paths of packets that are rejected in any case.
 *
 * A *variable* carries a value that depends on the way that was taken, so that what follows need
 * exist once.  Here both headers lead to the same test of the port:
 *
 *      ip  -> x := 4 * ([14] & 15) \
 *                                     [x + 16 : 2] == 80
 *      ip6 -> x := 40              /
 *
 * On every path from the root, a variable is set before its first use, and when it is set again,
 * then to the same value.  What a path has learnt about a value therefore stays true along it, and
 * a second setting may be dropped.
 *
 * Everything lives in the arena given to ir_start().  When it is full, makers return a harmless
 * node and the arena's `full` tells; nothing here fails otherwise.
 */
#ifndef BPF_IR_H
#define BPF_IR_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/types.h"

enum value_kind {
    VALUE_CONST, /* k */
    VALUE_LEN,   /* length of the packet on the wire */
    VALUE_LOAD,  /* `size` bytes, big-endian, at offset k, or at a + k (modulo 2^32) when a is set */
    VALUE_MSH,   /* 4 * (byte at k & 15): the IPv4 header length that BPF computes in one step */
    VALUE_ALU,   /* a op b, modulo 2^32 */
    VALUE_META,  /* kernel metadata k (SKF_AD_* of <linux/filter.h>); live filters only */
    VALUE_VAR,   /* variable k, as the CMP_LET on the path has set it */
};

enum alu_op {
    ALU_ADD, ALU_SUB, ALU_MUL, ALU_DIV, ALU_MOD, ALU_AND, ALU_OR, ALU_XOR, ALU_LSH, ALU_RSH, ALU_NEG
};

struct value {
    enum value_kind kind;
    u8 size; /* VALUE_LOAD: 1, 2 or 4 */
    u8 op;   /* VALUE_ALU: enum alu_op; ALU_NEG has no b.  VALUE_CONST: 1 if made by ir_computed() */
    bool can_abort; /* computing it can end the program: a load out of bounds, a division by zero */
    bool doomed;    /* computing it always ends the program */
    bool varies;    /* has a variable in it */
    u8 cells;       /* scratch cells that computing it takes at least, about; at most 255 */
    u32 k;
    u32 mask; /* bits that can be one: an upper bound as well */
    const struct value *a, *b;
    u32 id; /* dense from 0, in order of making: operands come first */
};

/*
 * Unsigned comparisons; CMP_SET is (left & right) != 0.  The others are made by swapping exits.
 * CMP_LET decides nothing: it gives the variable `left` the value `right` and goes on to `yes`,
 * which is also its `no`.
 */
enum cmp { CMP_EQ, CMP_GT, CMP_GE, CMP_SET, CMP_LET, CMP_LEAF };

/* Why a test exists: the words that asked for it and, if they did not say it themselves, why. */
struct reason {
    struct span at;   /* in the filter's text */
    const char *what; /* static text such as "tcp is protocol 6", never NULL in a made test */
};

struct test {
    enum cmp op;
    const struct value *left, *right;
    const struct test *yes, *no;
    struct reason why; /* of the first maker, when several agree */
    bool accepts;      /* CMP_LEAF: which one */
    u32 id;            /* dense from 0; exits come before the test itself */
};

struct ir {
    struct arena *arena;
    const struct test *accept, *reject; /* the two leaves */
    const struct value *zero;           /* what registers hold when a program starts */
    u32 value_count, test_count, variable_count;
    bool as_written; /* only what is computed of numbers is folded, and each test is one of its own */
    /* Private to ir.c: the tables that make equal things one, open-addressed by hash. */
    const struct value **values_;
    const struct test **tests_;
    u32 value_slots_, test_slots_; /* powers of two */
};

/* An empty graph.  The arena must outlive it. */
void ir_start(struct ir *ir, struct arena *arena);

/*
 * Makers of values.  ir_alu() folds and normalises: shift counts are modulo 32 as in the machine, and
 * a division by a constant zero stays, doomed.  A constant offset of 0xffe00000 or more is doomed too,
 * since the kernel gives it another meaning.
 */
const struct value *ir_const(struct ir *ir, u32 k);
const struct value *ir_len(struct ir *ir);

/* A number that was computed, where nothing is folded: no comparison with it is decided. */
const struct value *ir_computed(struct ir *ir, u32 k);
const struct value *ir_load(struct ir *ir, u8 size, const struct value *base, u32 k); /* base may be NULL */
const struct value *ir_msh(struct ir *ir, u32 k);
const struct value *ir_alu(struct ir *ir, enum alu_op op, const struct value *a, const struct value *b);
const struct value *ir_meta(struct ir *ir, u32 ad);

/* A variable that no test has set yet. */
const struct value *ir_variable(struct ir *ir);

/*
 * A test.  The comparison is normalised: constant on the right, no GT with a constant, masks and
 * shifts moved into the constant; what cannot be true or false is decided at once.  Equal exits yield
 * that exit only when neither side can abort.  A doomed side yields `reject`.
 */
const struct test *ir_test(struct ir *ir, enum cmp op, const struct value *left,
                           const struct value *right, const struct test *yes,
                           const struct test *no, struct reason why);

/* The question of `t` with other exits; the exit itself when they are equal. */
const struct test *ir_with_exits(struct ir *ir, const struct test *t, const struct test *yes,
                                 const struct test *no);

/* Gives `variable` a value, which may itself be a load, and goes on. */
const struct test *ir_let(struct ir *ir, const struct value *variable, const struct value *value,
                          const struct test *next, struct reason why);

#endif
