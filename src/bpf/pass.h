/*
 * The optimiser: passes over a decision graph, each a function from a root to a new root.
 *
 * A pass keeps the verdict on every packet on which the given graph does not abort; it may remove
 * or postpone an abort, and never adds one.
 */
#ifndef BPF_PASS_H
#define BPF_PASS_H

#include "bpf/ir.h"

struct pass {
    const char *name; /* as in --explain */
    const char *text; /* one sentence about what it does */
    const struct test *(*run)(struct ir *ir, const struct test *root);
    bool repeats; /* runs again while one of its kind changes something; the others run once, last */
};

/* The passes in the order in which they run; the last has no name. */
extern const struct pass passes[];

/* Runs them all.  The root comes back unchanged when the arena is full. */
const struct test *pass_all(struct ir *ir, const struct test *root);

/* Single passes; each file describes its own. */
const struct test *pass_thread(struct ir *ir, const struct test *root);
const struct test *pass_group(struct ir *ir, const struct test *root);
const struct test *pass_narrow(struct ir *ir, const struct test *root);
const struct test *pass_merge(struct ir *ir, const struct test *root);

#endif
