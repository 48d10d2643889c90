/*
 * Grouping: tests of one value come together and become one decision.
 *
 *   src == 80 ? -> E      src == 80  ? -> E            src in { 80, 443, 8080 } ? -> E
 *   dst == 80 ? -> E      src == 443 ? -> E            dst in { 80, 443, 8080 } ? -> E
 *   src == 443 ? -> E  =  src == 8080 ? -> E    =
 *   dst == 443 ? -> E     dst == 80  ? -> E            a few: one after the other,
 *   ...                   ...                          many: a tree of bounds
 *
 * A graph is cut into units: a region of tests on one value (bpf/region.h), or a single test of
 * another kind.  In a chain of units that all leave to the same place, or else go on to the next, the
 * order does not matter.  A unit is moved up only to one on the same value, which is loaded there
 * anyway, so no path gets a load that it did not have.
 */
#include "bpf/pass.h"

#include "bpf/region.h"

enum { NONE = 0xffffffff, MIXED = 0xfffffffe };

struct unit {
    const struct value *value; /* NULL: a single test of another kind */
    const struct test **tests;
    u32 count;
    const struct test *exits[2]; /* where it leads; only if exit_count is right */
    u32 exit_count;              /* 3 stands for more */
    bool chained[2];             /* has been looked at in a chain that leaves through that exit */
    bool rewritten;              /* its tests are made anew, at its first test */
    u32 next;                    /* behind it in a rewritten chain; NONE: the last, or no chain */
    const struct test *leaves_to; /* the common exit of the chain; set in its first unit only */
};

struct grouper {
    struct ir *ir;
    struct arena *scratch;
    struct graph graph;
    u32 *unit_of;  /* by id */
    u32 *from;     /* by id: the unit of all tests that lead here; MIXED: of several */
    struct unit *units;
    u32 unit_count;
    u32 *seen;     /* by value: the last chain, from 1, in which a unit had it */
    u32 chains;
    const struct test **made; /* by id: what stands for a test now */
};

static bool is_leaf(const struct test *t) { return t->op == CMP_LEAF; }

static void come_from(struct grouper *g, const struct test *to, u32 unit)
{
    u32 *from = &g->from[to->id];

    *from = *from == NONE || *from == unit ? unit : MIXED;
}

/* Puts every test into a unit: into that of the tests before it when all are on the same value. */
static void cut(struct grouper *g)
{
    for (u32 i = 0; i < g->graph.count; i++) {
        const struct test *t = g->graph.tests[i];
        const struct value *v = region_range(t).of;
        u32 from = g->from[t->id], unit = g->unit_count;
        if (v != NULL && from < MIXED && g->units[from].value == v)
            unit = from;
        else
            g->units[g->unit_count++] = (struct unit){ .value = v, .next = NONE };
        g->unit_of[t->id] = unit;
        g->units[unit].count++;
        come_from(g, t->yes, unit);
        come_from(g, t->no, unit);
    }
}

static void note_exit(struct unit *u, const struct test *to)
{
    for (u32 i = 0; i < u->exit_count && i < 2; i++)
        if (u->exits[i] == to)
            return;
    if (u->exit_count < 2)
        u->exits[u->exit_count] = to;
    if (u->exit_count < 3)
        u->exit_count++;
}

static bool leads_out(const struct grouper *g, const struct test *to, u32 unit)
{
    return is_leaf(to) || g->unit_of[to->id] != unit;
}

/* Gives every unit the list of its tests and exits. */
static bool fill_units(struct grouper *g)
{
    const struct test **all = arena_new(g->scratch, const struct test *, g->graph.count);

    if (all == NULL)
        return false;
    for (u32 i = 0; i < g->unit_count; i++) {
        g->units[i].tests = all;
        all += g->units[i].count;
        g->units[i].count = 0;
    }
    for (u32 i = 0; i < g->graph.count; i++) {
        const struct test *t = g->graph.tests[i];
        u32 number = g->unit_of[t->id];
        struct unit *u = &g->units[number];
        u->tests[u->count++] = t;
        if (leads_out(g, t->yes, number))
            note_exit(u, t->yes);
        if (leads_out(g, t->no, number))
            note_exit(u, t->no);
    }
    return true;
}

/* Which of a unit's two exits is `to`; 2 when none is, or when it has not got two. */
static u32 exit_index(const struct unit *u, const struct test *to)
{
    if (u->exit_count != 2)
        return 2;
    return u->exits[0] == to ? 0 : u->exits[1] == to ? 1 : 2;
}

/* The unit that follows in a chain of units which leave to `to`; NONE when the chain ends. */
static u32 follower(const struct grouper *g, u32 unit, const struct test *to)
{
    const struct unit *u = &g->units[unit];
    const struct test *on = u->exits[1 - exit_index(u, to)];

    if (is_leaf(on) || g->from[on->id] != unit)
        return NONE;
    u32 next = g->unit_of[on->id];
    return exit_index(&g->units[next], to) < 2 ? next : NONE;
}

/* Follows the chain from a unit on; true when some value comes back in it. */
static bool chain_repeats(struct grouper *g, u32 first, const struct test *to)
{
    bool repeats = false;

    g->chains++;
    for (u32 i = first; i != NONE; i = follower(g, i, to)) {
        struct unit *u = &g->units[i];
        u->chained[exit_index(u, to)] = true;
        if (u->value == NULL)
            continue;
        repeats = repeats || g->seen[u->value->id] == g->chains;
        g->seen[u->value->id] = g->chains;
    }
    return repeats;
}

static void mark_chain(struct grouper *g, u32 first, const struct test *to)
{
    g->units[first].leaves_to = to;
    for (u32 i = first; i != NONE; i = g->units[i].next) {
        g->units[i].next = follower(g, i, to);
        g->units[i].rewritten = true;
    }
}

static void find_chains(struct grouper *g)
{
    for (u32 i = 0; i < g->unit_count; i++)
        for (u32 e = 0; e < 2; e++) {
            struct unit *u = &g->units[i];
            if (u->exit_count == 2 && !u->rewritten && !u->chained[e] && chain_repeats(g, i, u->exits[e]))
                mark_chain(g, i, u->exits[e]);
        }
}

static struct segments segments_of(struct grouper *g, u32 unit)
{
    const struct unit *u = &g->units[unit];
    const struct region r = { (const struct test *const *)u->tests, u->count, g->unit_of, unit };

    return region_segments(&r, g->scratch);
}

/* Adds the numbers for which a unit leaves to `to`, as pairs of a beginning and an end. */
static void add_leaving(struct grouper *g, u32 unit, const struct test *to, struct segments *all)
{
    struct segments s = segments_of(g, unit);

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
static struct segments join_leaving(struct segments *all, const struct test *to, const struct test *on,
                                    struct arena *arena)
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
    const struct value *v = g->units[first].value;
    size_t room = 0;
    u32 cost;

    for (u32 i = first; i != NONE; i = g->units[i].next)
        if (g->units[i].value == v)
            room += 4 * (size_t)g->units[i].count + 2;
    struct segments all = { .at = arena_new(g->scratch, struct segment, room) };
    for (u32 i = first; i != NONE && all.at != NULL; i = g->units[i].next)
        if (g->units[i].value == v)
            add_leaving(g, i, leaves_to, &all);
    if (g->scratch->full || all.count == 0)
        return on;
    struct segments s = join_leaving(&all, to, on, g->scratch);
    return s.count > 0 ? region_build(g->ir, v, &s, &cost) : on;
}

static const struct test *build_single(const struct unit *u, struct ir *ir, const struct test *leaves_to,
                                       const struct test *to, const struct test *on)
{
    const struct test *t = u->tests[0];
    bool yes = t->yes == leaves_to;

    return ir_with_exits(ir, t, yes ? to : on, yes ? on : to);
}

/* Makes a chain anew, from its end: every value once, where it came first. */
static const struct test *build_chain(struct grouper *g, u32 first)
{
    const struct test *leaves_to = g->units[first].leaves_to, *on = NULL;
    const struct test *to = g->made[leaves_to->id];
    u32 count = 0;

    g->chains++;
    for (u32 i = first; i != NONE; i = g->units[i].next)
        count++;
    u32 *kept = arena_new(g->scratch, u32, count);
    if (kept == NULL)
        return g->units[first].tests[0];
    count = 0;
    for (u32 i = first; i != NONE; i = g->units[i].next) {
        const struct unit *u = &g->units[i];
        on = g->made[u->exits[1 - exit_index(u, leaves_to)]->id];
        if (u->value == NULL || g->seen[u->value->id] != g->chains)
            kept[count++] = i;
        if (u->value != NULL)
            g->seen[u->value->id] = g->chains;
    }
    while (count-- > 0) {
        const struct unit *u = &g->units[kept[count]];
        if (u->value == NULL)
            on = build_single(u, g->ir, leaves_to, to, on);
        else
            on = build_group(g, kept[count], leaves_to, to, on);
    }
    return on;
}

/* Whether each test of a unit hands over to one other at most. */
static bool is_chain(const struct grouper *g, u32 unit)
{
    const struct unit *u = &g->units[unit];

    for (u32 i = 0; i < u->count; i++)
        if (!leads_out(g, u->tests[i]->yes, unit) && !leads_out(g, u->tests[i]->no, unit))
            return false;
    return true;
}

/* Makes a region anew if that takes fewer tests, or a tree instead of a long chain. */
static const struct test *build_region(struct grouper *g, u32 unit)
{
    struct unit *u = &g->units[unit];
    struct segments s = segments_of(g, unit);
    u32 cost = 0;

    if (s.count == 0)
        return NULL;
    region_build(NULL, u->value, &s, &cost);
    if (cost >= u->count && !(cost > REGION_CHAIN_MAX && is_chain(g, unit)))
        return NULL;
    for (u32 i = 0; i < s.count; i++)
        s.at[i].to = g->made[s.at[i].to->id];
    segments_join(&s);
    return region_build(g->ir, u->value, &s, &cost);
}

static const struct test *build(struct grouper *g, const struct test *root)
{
    g->made[g->ir->accept->id] = g->ir->accept;
    g->made[g->ir->reject->id] = g->ir->reject;
    for (u32 i = g->graph.count; i-- > 0;) {
        const struct test *t = g->graph.tests[i], *built = NULL;
        u32 unit = g->unit_of[t->id];
        struct unit *u = &g->units[unit];
        bool first = u->tests[0] == t;
        if (u->rewritten && u->leaves_to == NULL)
            continue; /* part of a chain that is made at its first unit */
        if (first && u->leaves_to != NULL)
            built = build_chain(g, unit);
        else if (first && u->count > 1)
            built = build_region(g, unit);
        if (built == NULL && g->made[t->yes->id] != NULL && g->made[t->no->id] != NULL)
            built = ir_with_exits(g->ir, t, g->made[t->yes->id], g->made[t->no->id]);
        g->made[t->id] = built;
    }
    return g->made[root->id];
}

static bool start(struct grouper *g, const struct test *root)
{
    struct arena *a = g->scratch;

    g->graph = graph_of(root, a);
    if (a->full)
        return false;
    g->unit_of = arena_new(a, u32, g->graph.ids);
    g->from = arena_new(a, u32, g->graph.ids);
    g->units = arena_new(a, struct unit, g->graph.count);
    g->seen = arena_new(a, u32, g->ir->value_count);
    g->made = arena_new(a, const struct test *, g->graph.ids);
    if (a->full)
        return false;
    for (u32 i = 0; i < g->graph.ids; i++)
        g->from[i] = NONE;
    return true;
}

const struct test *pass_group(struct ir *ir, const struct test *root)
{
    struct arena scratch = scratch_begin(ir);
    struct grouper g = { .ir = ir, .scratch = &scratch };

    if (!is_leaf(root) && start(&g, root)) {
        cut(&g);
        if (fill_units(&g)) {
            find_chains(&g);
            const struct test *built = build(&g, root);
            root = scratch.full ? root : built;
        }
    }
    scratch_end(ir, &scratch);
    return root;
}
