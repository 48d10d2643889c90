/*
 * Grouping: tests of one value come together and become one decision.
 *
 *   src == 80 ? -> E      src == 80  ? -> E            src in { 80, 443, 8080 } ? -> E
 *   dst == 80 ? -> E      src == 443 ? -> E            dst in { 80, 443, 8080 } ? -> E
 *   src == 443 ? -> E  =  src == 8080 ? -> E    =
 *   dst == 443 ? -> E     dst == 80  ? -> E            a few: one after the other,
 *   ...                   ...                          many: a tree of bounds
 *
 * In a chain of units (bpf/unit.h) that all leave to the same place, or else go on to the next, the
 * order does not matter.  A unit is moved up only to one on the same value, which is loaded there
 * anyway, so no path gets a load that it did not have.
 */
#include "bpf/pass.h"

/* What becomes of a unit. */
struct plan {
    bool chained[2];              /* has been looked at in a chain that leaves through that exit */
    bool rewritten;               /* is part of a chain that is made anew, at its first unit */
    u32 next;                     /* behind it in that chain; UNIT_NONE: none */
    const struct test *leaves_to; /* the common exit of the chain; set in its first unit only */
};

struct grouper {
    struct ir *ir;
    struct arena *scratch;
    const struct units *units;
    u32 chain_max;
    bool has_trees;
    struct plan *plans; /* by unit */
    u32 *seen;          /* by value: the last chain, from 1, in which a unit had it */
    u32 chains;
    const struct test **made; /* by index: what stands for a test now */
};

/* What stands for a test or leaf now. */
static const struct test *made_of(const struct grouper *g, const struct test *t)
{
    return is_leaf(t) ? t : g->made[graph_index(g->units->graph, t)];
}

/* The unit that follows in a chain of units which leave to `to`; UNIT_NONE when the chain ends. */
static u32 follower(const struct grouper *g, u32 unit, const struct test *to)
{
    const struct unit *u = &g->units->at[unit];
    const struct test *on = u->exits[1 - unit_exit(u, to)];

    if (is_leaf(on) || unit_before(g->units, on) != unit)
        return UNIT_NONE;
    u32 next = unit_of(g->units, on);
    return unit_exit(&g->units->at[next], to) < 2 ? next : UNIT_NONE;
}

/* The value that is in A when a chain begins, as all edges to it come from tests on that value. */
static const struct value *value_before(const struct grouper *g, u32 first)
{
    u32 from = unit_before(g->units, g->units->at[first].tests[0]);

    return from < UNIT_MIXED ? g->units->at[from].value : NULL;
}

/* Whether the value has been in this chain; notes that it has now. */
static bool comes_back(struct grouper *g, const struct value *v)
{
    bool seen = v != NULL && g->seen[v->id] == g->chains;

    if (v != NULL)
        g->seen[v->id] = g->chains;
    return seen;
}

/* Follows the chain from a unit on; true when another order would save a load. */
static bool chain_repeats(struct grouper *g, u32 first, const struct test *to)
{
    bool repeats = false;

    g->chains++;
    comes_back(g, value_before(g, first));
    for (u32 i = first; i != UNIT_NONE; i = follower(g, i, to)) {
        g->plans[i].chained[unit_exit(&g->units->at[i], to)] = true;
        repeats = comes_back(g, g->units->at[i].value) || repeats;
    }
    return repeats;
}

static void mark_chain(struct grouper *g, u32 first, const struct test *to)
{
    g->plans[first].leaves_to = to;
    for (u32 i = first; i != UNIT_NONE; i = g->plans[i].next) {
        g->plans[i].next = follower(g, i, to);
        g->plans[i].rewritten = true;
    }
}

static void find_chains(struct grouper *g)
{
    for (u32 i = 0; i < g->units->count; i++)
        for (u32 e = 0; e < 2; e++) {
            const struct unit *u = &g->units->at[i];
            const struct plan *p = &g->plans[i];
            if (u->exit_count == 2 && !p->rewritten && !p->chained[e] &&
                chain_repeats(g, i, u->exits[e]))
                mark_chain(g, i, u->exits[e]);
        }
}

/* Notes whether longer chains would make something else of these segments. */
static void note_trees(struct grouper *g, const struct segments *s)
{
    g->has_trees |= s->count > g->chain_max && s->count <= 2 * REGION_CHAIN_MAX + 1;
}

/* Adds the numbers for which a unit leaves to `to`, as pairs of a beginning and an end. */
static void add_leaving(struct grouper *g, u32 unit, const struct test *to, struct segments *all)
{
    struct segments s = unit_segments(g->units, unit, g->scratch);

    for (u32 i = 0; i < s.count; i++) {
        if (s.at[i].to != to)
            continue;
        all->at[all->count++] = s.at[i];
        if (i + 1 < s.count) {
            all->at[all->count] = s.at[i + 1];
            all->at[all->count++].to = NULL;
        }
    }
}

/* The union of what add_leaving() has gathered: segments that lead to `to`, or else to `on`. */
static struct segments join_leaving(struct segments *all, const struct test *to,
                                    const struct test *on, struct arena *arena)
{
    struct segments s = { .at = arena_new(arena, struct segment, (size_t)all->count + 1) };
    u32 open = 0;

    if (s.at == NULL)
        return s;
    segments_sort(all);
    s.at[s.count++] = (struct segment){ 0, on, all->at[0].asker };
    for (u32 i = 0; i < all->count; i++) {
        const struct segment *e = &all->at[i];
        if (e->to != NULL)
            open++;
        else
            open--;
        if (s.at[s.count - 1].low < e->low)
            s.count++;
        s.at[s.count - 1] = (struct segment){ e->low, open > 0 ? to : on, e->asker };
    }
    segments_join(&s);
    return s;
}

/* One decision for all units of the rest of a chain that have the value of the first. */
static const struct test *build_group(struct grouper *g, u32 first, const struct test *leaves_to,
                                      const struct test *to, const struct test *on)
{
    const struct value *v = g->units->at[first].value;
    size_t room = 0;
    u32 cost;

    for (u32 i = first; i != UNIT_NONE; i = g->plans[i].next)
        if (g->units->at[i].value == v)
            room += 4 * (size_t)g->units->at[i].count + 2;
    struct segments all = { .at = arena_new(g->scratch, struct segment, room) };
    for (u32 i = first; i != UNIT_NONE && all.at != NULL; i = g->plans[i].next)
        if (g->units->at[i].value == v)
            add_leaving(g, i, leaves_to, &all);
    if (g->scratch->full || all.count == 0)
        return on;
    struct segments s = join_leaving(&all, to, on, g->scratch);
    note_trees(g, &s);
    return s.count > 0 ? region_build(g->ir, v, &s, g->chain_max, &cost) : on;
}

static const struct test *build_single(const struct unit *u, struct ir *ir,
                                       const struct test *leaves_to, const struct test *to,
                                       const struct test *on)
{
    const struct test *t = u->tests[0];
    bool yes = t->yes == leaves_to;

    return ir_with_exits(ir, t, yes ? to : on, yes ? on : to);
}

/*
 * The units of a chain in their new order, each value once: first the one that is in A, then as
 * they came.  The number of them is in *count.
 */
static u32 *order_chain(struct grouper *g, u32 first, u32 *count)
{
    const struct value *ready = value_before(g, first);
    u32 n = 0;

    for (u32 i = first; i != UNIT_NONE; i = g->plans[i].next)
        n++;
    u32 *order = arena_new(g->scratch, u32, n);
    *count = 0;
    if (order == NULL)
        return NULL;
    g->chains++;
    for (u32 i = first; i != UNIT_NONE && ready != NULL && *count == 0; i = g->plans[i].next)
        if (g->units->at[i].value == ready && !comes_back(g, ready))
            order[(*count)++] = i;
    for (u32 i = first; i != UNIT_NONE; i = g->plans[i].next)
        if (!comes_back(g, g->units->at[i].value))
            order[(*count)++] = i;
    return order;
}

/* Makes a chain anew, from its end. */
static const struct test *build_chain(struct grouper *g, u32 first)
{
    const struct test *leaves_to = g->plans[first].leaves_to, *on = NULL;
    const struct test *to = made_of(g, leaves_to);
    u32 count;
    const u32 *order = order_chain(g, first, &count);

    for (u32 i = first; i != UNIT_NONE; i = g->plans[i].next) {
        const struct unit *u = &g->units->at[i];
        on = made_of(g, u->exits[1 - unit_exit(u, leaves_to)]);
    }
    while (order != NULL && count-- > 0) {
        const struct unit *u = &g->units->at[order[count]];
        if (u->value == NULL)
            on = build_single(u, g->ir, leaves_to, to, on);
        else
            on = build_group(g, order[count], leaves_to, to, on);
    }
    return on;
}

/*
 * Whether a few tests for single numbers are the best already: no two of them that lead to the same
 * place are neighbours, which would be one range, and none leads to where others fail to.
 */
static bool is_plain(const struct unit *u, u32 chain_max)
{
    if (u->bounded || u->masked || u->count > chain_max)
        return false;
    for (u32 i = 0; i < u->count; i++)
        for (u32 j = 0; j < u->count; j++) {
            const struct test *t = u->tests[i], *other = u->tests[j];
            if (t->yes == other->no ||
                (i < j && t->yes == other->yes && t->right->k - other->right->k + 1 <= 2))
                return false;
        }
    return true;
}

/* Makes a region anew if that takes fewer tests, or a tree instead of a long chain; else NULL. */
static const struct test *build_region(struct grouper *g, u32 unit)
{
    const struct unit *u = &g->units->at[unit];
    u32 cost = 0;

    if (is_plain(u, g->chain_max))
        return NULL;
    struct segments s = unit_segments(g->units, unit, g->scratch);
    if (s.count == 0)
        return NULL;
    note_trees(g, &s);
    region_build(NULL, u->value, &s, g->chain_max, &cost);
    if (cost >= u->count && !(cost > g->chain_max && unit_is_chain(g->units, unit)))
        return NULL;
    for (u32 i = 0; i < s.count; i++)
        s.at[i].to = made_of(g, s.at[i].to);
    segments_join(&s);
    return region_build(g->ir, u->value, &s, g->chain_max, &cost);
}

static const struct test *build(struct grouper *g)
{
    const struct graph *graph = g->units->graph;

    for (u32 i = graph->count; i-- > 0;) {
        const struct test *t = graph->tests[i], *built = NULL;
        u32 unit = g->units->of[i];
        const struct unit *u = &g->units->at[unit];
        const struct plan *p = &g->plans[unit];
        bool first = u->tests[0] == t;
        g->made[i] = NULL;
        if (p->rewritten && p->leaves_to == NULL)
            continue; /* is made with the first unit of its chain */
        if (first && p->leaves_to != NULL)
            built = build_chain(g, unit);
        else if (first && u->count > 1)
            built = build_region(g, unit);
        if (built == NULL && made_of(g, t->yes) != NULL && made_of(g, t->no) != NULL)
            built = ir_with_exits(g->ir, t, made_of(g, t->yes), made_of(g, t->no));
        g->made[i] = built;
    }
    return g->made[0];
}

/* Whether each test is on a value of its own: then there are no units of several tests. */
static bool has_single_tests(const struct optimiser *o)
{
    u64 seen = 0; /* ids of values, as bits: those that share one may be the same */

    for (u32 i = 0; i < o->graph.count; i++) {
        const struct value *v = o->graph.tests[i]->left;
        u64 bit = (u64)1 << (v->kind == VALUE_ALU ? v->a->id : v->id) % 64;
        if ((seen & bit) != 0)
            return false;
        seen |= bit;
    }
    return true;
}

/* Whether there may be anything to do. */
static bool is_worth(const struct units *units, u32 chain_max)
{
    for (u32 i = 0; i < units->count; i++)
        if (units->at[i].count > 1 && !is_plain(&units->at[i], chain_max))
            return true;
    return units->repeated;
}

const struct test *pass_group(struct optimiser *o)
{
    const struct test *root = o->graph.tests[0];

    if (has_single_tests(o))
        return root;
    struct grouper g = {
        .ir = o->ir, .scratch = &o->scratch, .units = optimiser_units(o), .chain_max = o->chain_max
    };
    if (!is_worth(g.units, g.chain_max))
        return root;
    g.plans = arena_new(&o->scratch, struct plan, g.units->count);
    g.seen = arena_new(&o->scratch, u32, o->graph.values);
    g.made = arena_raw(&o->scratch, const struct test *, o->graph.count);
    if (o->scratch.full)
        return root;
    for (u32 i = 0; i < g.units->count; i++)
        g.plans[i].next = UNIT_NONE;
    if (g.units->repeated)
        find_chains(&g);
    root = build(&g);
    o->has_trees |= g.has_trees;
    return root;
}
