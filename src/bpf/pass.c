/* The list of passes, and the order in which they run. */
#include "bpf/pass.h"

const struct pass passes[] = {
    [PASS_SINK] = { "sink", "variables are set where they are used, and only there", pass_sink,
                    true },
    [PASS_THREAD] = { "thread", "edges go past the tests whose answer is known on them",
                      pass_thread, true },
    [PASS_GROUP] = { "group", "tests of one value come together and become one decision",
                     pass_group, true },
    [PASS_NARROW] = { "narrow", "prefixes become bounds, loads shrink to the bytes that matter",
                      pass_narrow, false },
    [PASS_MERGE] = { "merge", "parts that differ only in where the fields are become one",
                     pass_merge, false },
    [PASS_ORDER] = { "order", "what most packets fail at comes first", pass_order, false },
    [PASS_COUNT] = { NULL, NULL, NULL, false },
};

/* How often the repeating passes may go round: most graphs settle at once. */
enum { ROUNDS = 4 };

void optimiser_begin(struct optimiser *o, struct ir *ir)
{
    struct arena *a = ir->arena;
    size_t half = (size_t)(a->end - a->at) / 2;

    *o = (struct optimiser){ .ir = ir, .scratch = arena_over(a->end - half, half) };
    o->scratch.full = a->full;
    a->end -= half;
}

void optimiser_end(struct optimiser *o)
{
    o->ir->arena->end = o->scratch.end;
}

/*
 * Whether what a pass has made can be used.  A graph too large for the scratch memory stays as it
 * was: a longer program is better than none.
 */
static bool is_sound(const struct optimiser *o)
{
    return !o->scratch.full && !o->ir->arena->full;
}

bool optimiser_take(struct optimiser *o, const struct test *root)
{
    if (root != o->root || o->scratch.full) {
        o->scratch.at = o->ir->arena->end;
        o->scratch.full = o->ir->arena->full;
        o->graph = graph_of(o->ir, root, &o->scratch);
        o->units.count = 0;
        o->root = root;
        o->kept = o->scratch.at;
    }
    o->scratch.at = o->kept;
    return o->graph.count > 0;
}

const struct units *optimiser_units(struct optimiser *o)
{
    if (o->units.count == 0) {
        o->units = units_of(&o->graph, &o->scratch);
        o->kept = o->scratch.at;
    }
    return &o->units;
}

/* What a pass makes of a graph; `root`, its root, when it could not finish. */
static const struct test *run(struct optimiser *o, const struct pass *p, const struct test *root)
{
    bool threads = p == &passes[PASS_THREAD];

    o->again = false;
    for (u32 i = 0; threads && i < o->threaded_count; i++)
        if (o->threaded[i].from == root) {
            o->again = o->threaded[i].again;
            return o->threaded[i].to;
        }
    if (!optimiser_take(o, root))
        return root;
    const struct test *made = p->run(o);
    if (!is_sound(o))
        return root;
    if (threads && o->threaded_count < countof(o->threaded))
        o->threaded[o->threaded_count++] = (struct threaded){ root, made, o->again };
    return made;
}

const struct test *pass_try(struct optimiser *o, const struct test *root, const struct pass *pass,
                            bool *doubtful)
{
    o->chain_max = REGION_CHAIN;
    o->doubtful = false;
    const struct test *made = run(o, pass, root);
    *doubtful = made != root && o->doubtful;
    return made;
}

const struct test *pass_run(struct ir *ir, const struct test *root, const struct pass *pass)
{
    struct optimiser o;
    bool ignored;

    optimiser_begin(&o, ir);
    root = pass_try(&o, root, pass, &ignored);
    optimiser_end(&o);
    return root;
}

const struct test *pass_settle(struct optimiser *o, const struct test *root, struct pass_way *way)
{
    const struct pass *settled = NULL; /* since it ran, no pass of its kind has changed anything */
    bool more = !is_leaf(root);

    o->chain_max = way->chain_max;
    o->has_trees = false;
    for (int round = 0; round < ROUNDS && more; round++)
        for (const struct pass *p = passes; p->name != NULL && more; p++) {
            if (!p->repeats || (way->without_group && p == &passes[PASS_GROUP]))
                continue;
            if (p == settled)
                return root;
            const struct test *made = run(o, p, root);
            if (settled == NULL || made != root)
                settled = o->again ? NULL : p;
            way->has_grouped |= made != root && p == &passes[PASS_GROUP];
            way->has_trees |= o->has_trees;
            root = made;
            more = is_sound(o) && !is_leaf(root);
        }
    return root;
}
