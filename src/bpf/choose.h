/*
 * Choosing: a small graph is optimised in several ways, and the one with the shortest program is taken.
 * Private to the module.
 */
#ifndef BPF_CHOOSE_H
#define BPF_CHOOSE_H

#include "bpf/emit.h"
#include "bpf/share.h"

/* Some graphs that mean the same; the first is the one to take when they are large. */
struct choices {
    const struct test *roots[2];
    u32 count;
};

/* The optimised graph of one of the choices: of all that were tried, the one with the shortest program. */
const struct test *choose(struct ir *ir, const struct choices *from);

#endif
