/*
 * The optimiser: passes over a decision graph, each a function from a graph to a new root.
 *
 * A pass keeps the verdict on every packet on which the given graph does not abort; it may remove
 * or postpone an abort, and adds none to a packet that is accepted.
 */
#ifndef BPF_PASS_H
#define BPF_PASS_H

#include "bpf/unit.h"

/* What threading has made of a graph. */
struct threaded {
    const struct test *from, *to;
    bool again;
};

/* What passes share. */
struct optimiser {
    struct ir *ir;
    struct arena scratch; /* memory of the pass that runs; gone when it ends */
    const struct test *root; /* of the graph that was taken last; NULL: none yet */
    struct graph graph;   /* that graph: kept as long as passes leave it as it is */
    struct units units;   /* of that graph, see optimiser_units() */
    char *kept;           /* where the scratch memory of passes over it begins */
    u32 chain_max;        /* see struct pass_way */
    bool has_trees;       /* the same */
    bool again;           /* the pass that ran might find more in what it has made */
    bool doubtful;        /* it has changed something that saves an instruction or two at best */
    struct threaded threaded[4]; /* the first graphs: several ways begin alike, and this takes longest */
    u32 threaded_count;
};

/*
 * Begins work on the graphs of `ir`, whose arena has half of what it had left until the work ends: the
 * rest is scratch memory.
 */
void optimiser_begin(struct optimiser *o, struct ir *ir);
void optimiser_end(struct optimiser *o);

/* Makes `root` the graph to work on, which invalidates the one before; false if it has no tests. */
bool optimiser_take(struct optimiser *o, const struct test *root);

/* The units of the graph, cut when first asked for.  Count is 0 when the scratch memory is full. */
const struct units *optimiser_units(struct optimiser *o);

struct pass {
    const char *name; /* as in --explain */
    const char *text; /* one sentence about what it does */
    const struct test *(*run)(struct optimiser *o);
    bool repeats; /* runs again until none of its kind changes anything; the others run once, last */
};

/* The passes in the order in which they run; behind the last is one without a name. */
extern const struct pass passes[];

/* Where the passes are in their table. */
enum { PASS_SINK, PASS_THREAD, PASS_GROUP, PASS_NARROW, PASS_MERGE, PASS_ORDER, PASS_COUNT };

/*
 * Runs one pass.  The root comes back as it is when the arena is full.  *doubtful tells that the program
 * might be shorter without.
 */
const struct test *pass_try(struct optimiser *o, const struct test *root, const struct pass *pass,
                            bool *doubtful);

/* The same, alone. */
const struct test *pass_run(struct ir *ir, const struct test *root, const struct pass *pass);

/* How the repeating passes run.  No way is the best for all graphs: bpf/choose.h tries several. */
struct pass_way {
    bool without_group;
    u32 chain_max; /* numbers that a chain tells apart, from REGION_CHAIN to REGION_CHAIN_MAX */
    /* Set by pass_settle(): */
    bool has_grouped; /* that pass has changed something */
    bool has_trees;   /* with longer chains it might have made something else */
};

/* Runs the repeating passes until none of them changes anything. */
const struct test *pass_settle(struct optimiser *o, const struct test *root, struct pass_way *way);

/* Single passes; each file describes its own. */
const struct test *pass_sink(struct optimiser *o);
const struct test *pass_thread(struct optimiser *o);
const struct test *pass_group(struct optimiser *o);
const struct test *pass_narrow(struct optimiser *o);
const struct test *pass_merge(struct optimiser *o);
const struct test *pass_order(struct optimiser *o);

#endif
