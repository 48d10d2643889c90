/*
 * Choosing: a small graph is optimised in several ways, and the one with the shortest program is
 * taken. Private to the module.
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

/* What was chosen. */
struct chosen {
    const struct test *root;      /* the optimised graph */
    const struct bpf_insn *insns; /* its program, if it was made on the way; else NULL */
    u32 count;
};

/*
 * Optimises the choices; of all that was tried, the one with the shortest program.  `accept` is
 * what an accepting program returns.
 */
struct chosen choose(struct ir *ir, const struct choices *from, u32 accept);

#endif
