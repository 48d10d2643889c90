/*
 * The optimiser: passes over a decision graph, each a function from a graph to a new root.
 *
 * A pass keeps the verdict on every packet on which the given graph does not abort; it may remove
 * or postpone an abort, and never adds one.
 */
#ifndef BPF_PASS_H
#define BPF_PASS_H

#include "bpf/unit.h"

/* What passes share while they work on one graph. */
struct optimiser {
    struct ir *ir;
    struct arena scratch; /* memory of the pass that runs; gone when it ends */
    struct graph graph;   /* has at least one test */
    struct units units;   /* of that graph, see optimiser_units() */
    u32 chain_max;        /* of the way: see struct pass_way */
    bool again;           /* the pass that ran might find more in what it has made */
};

/* The units of the graph, cut when first asked for.  Count is 0 when the scratch memory is full. */
const struct units *optimiser_units(struct optimiser *o);

struct pass {
    const char *name; /* as in --explain */
    const char *text; /* one sentence about what it does */
    const struct test *(*run)(struct optimiser *o);
    bool repeats; /* runs again until none of its kind changes anything; the others run once, last */
};

/* The passes in the order in which they run; the last has no name. */
extern const struct pass passes[];

/*
 * One way to optimise.  No pass helps always: what brings tests of one value together may part others,
 * so the front door tries several ways (bpf/choose.h).
 */
struct pass_way {
    u32 without;   /* bit i: leave passes[i] out */
    u32 chain_max; /* numbers that a chain tells apart, from REGION_CHAIN to REGION_CHAIN_MAX */
};

/* All passes, and short chains. */
extern const struct pass_way pass_usual_way;

/* The bit of a pass in `without`. */
u32 pass_bit(const struct test *(*pass)(struct optimiser *o));

/* Runs one pass, or all of a way.  The root comes back as it is when the arena is full. */
const struct test *pass_run(struct ir *ir, const struct test *root, const struct pass *pass);
const struct test *pass_run_all(struct ir *ir, const struct test *root, const struct pass_way *way);

/* Single passes; each file describes its own. */
const struct test *pass_sink(struct optimiser *o);
const struct test *pass_thread(struct optimiser *o);
const struct test *pass_group(struct optimiser *o);
const struct test *pass_narrow(struct optimiser *o);
const struct test *pass_merge(struct optimiser *o);

#endif
