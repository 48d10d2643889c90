/*
 * Narrowing: prefixes become bounds, and loads shrink to the bytes that matter.
 *
 *   [26:4] & 0xff000000 == 0x0a000000     ->   [26:1] == 10
 *   [26:4] & 0xfff00000 == 0xac100000     ->   [26:2] >= 0xac10, [26:2] >= 0xac20
 *
 * A mask is an instruction of its own and destroys the loaded value; bounds leave it in A for the
 * tests that follow.  A load is cut at its end when no test can tell numbers that differ only
 * there; it then reads less than before.
 */
#include "bpf/pass.h"

enum { BYTE_BITS = 8 };

struct narrower {
    struct ir *ir;
    struct arena *scratch;
    const struct units *units;
    u32 chain_max;
    bool doubtful; /* see struct optimiser */
    u8 *spare;     /* by value: bytes at the end of a load that no test of it tells apart, plus 1 */
    struct segments *does;    /* by unit: what those with masks or bounds do; count 0 for others */
    const struct test **made; /* by index */
};

static const struct test *made_of(const struct narrower *n, const struct test *t)
{
    return is_leaf(t) ? t : n->made[graph_index(n->units->graph, t)];
}

/* Bytes that can be cut off the end of a load of v when it matters only as the segments say. */
static u32 spare_bytes(const struct value *v, const struct segments *s)
{
    u32 all = 0;

    for (u32 i = 0; i < s->count; i++)
        all |= s->at[i].low;
    if (v->kind != VALUE_LOAD)
        return 0;
    for (u32 size = 1; size < v->size; size *= 2)
        if ((all & (UINT32_MAX >> (32 - BYTE_BITS * (v->size - size)))) == 0)
            return v->size - size;
    return 0;
}

/* Instructions of a unit as it is, less those of loads: tests one after the other share a mask. */
static u32 cost_of(const struct unit *u)
{
    const struct value *in_a = u->value;
    u32 cost = u->count;

    for (u32 i = 0; i < u->count; i++) {
        cost += u->tests[i]->left != u->value && u->tests[i]->left != in_a;
        in_a = u->tests[i]->left;
    }
    return cost;
}

/* The segments of a unit on its value without the last `bytes` bytes. */
static struct segments cut(const struct segments *s, u32 bytes)
{
    for (u32 i = 0; i < s->count; i++)
        s->at[i].low >>= BYTE_BITS * bytes;
    return *s;
}

/* The load without its last bytes. */
static const struct value *first_bytes(struct ir *ir, const struct value *load, u32 less)
{
    return ir_load(ir, (u8)(load->size - less), load->a, load->k);
}

/* What every test on a value can spare. */
static void find_spare(struct narrower *n)
{
    for (u32 i = 0; i < n->units->count; i++) {
        const struct unit *u = &n->units->at[i];
        n->does[i].count = 0;
        if (u->masked ||
            u->bounded) /* single numbers differ in their last byte from their neighbours */
            n->does[i] = unit_segments(n->units, i, n->scratch);
        u8 *spare = u->value != NULL ? &n->spare[u->value->id] : NULL;
        if (spare == NULL || *spare == 1)
            continue;
        struct segments *s = &n->does[i];
        u8 here = (u8)(s->count > 0 ? spare_bytes(u->value, s) + 1 : 1);
        *spare = *spare == 0 || here < *spare ? here : *spare;
    }
    /* Tests of another kind want the whole load. */
    for (u32 i = 0; i < n->units->count; i++) {
        const struct unit *u = &n->units->at[i];
        const struct value *v = u->tests[0]->left;
        if (u->value != NULL)
            continue;
        n->spare[v->id] = 1;
        if (v->kind == VALUE_ALU)
            n->spare[v->a->id] = 1;
    }
}

/* Makes a unit anew when that is shorter, or leaves A alone at the same length; else NULL. */
static const struct test *build_unit(struct narrower *n, u32 unit)
{
    const struct unit *u = &n->units->at[unit];
    u32 spare = n->spare[u->value->id] - 1u, cost = 0;

    if (spare == 0 && !u->masked)
        return NULL;
    struct segments s = n->does[unit];
    if (s.count == 0)
        return NULL;
    if (spare == 0 && spare_bytes(u->value, &s) > 0) {
        /* Others need the whole load: a load of its own must save more than it costs. */
        u32 whole = 0, alone = 0, bytes = spare_bytes(u->value, &s);
        region_build(NULL, u->value, &s, n->chain_max, &whole);
        struct segments t = s;
        t.at = arena_new(n->scratch, struct segment, s.count);
        if (t.at == NULL)
            return NULL;
        for (u32 i = 0; i < s.count; i++)
            t.at[i] = s.at[i];
        cut(&t, bytes);
        region_build(NULL, first_bytes(n->ir, u->value, bytes), &t, n->chain_max, &alone);
        spare = alone + 1 < whole ? bytes : 0;
    }
    const struct value *v = u->value;
    if (spare > 0) {
        cut(&s, spare);
        v = first_bytes(n->ir, v, spare);
    }
    region_build(NULL, v, &s, n->chain_max, &cost);
    u32 before = cost_of(u);
    if (cost > before)
        return NULL;
    n->doubtful |= cost == before && spare == 0;
    for (u32 i = 0; i < s.count; i++)
        s.at[i].to = made_of(n, s.at[i].to);
    segments_join(&s);
    return region_build(n->ir, v, &s, n->chain_max, &cost);
}

static const struct test *build(struct narrower *n)
{
    const struct graph *graph = n->units->graph;

    for (u32 i = graph->count; i-- > 0;) {
        const struct test *t = graph->tests[i], *built = NULL;
        u32 unit = n->units->of[i];
        const struct unit *u = &n->units->at[unit];
        if (u->value != NULL && u->tests[0] == t && (u->masked || u->bounded))
            built = build_unit(n, unit);
        if (built == NULL)
            built = ir_with_exits(n->ir, t, made_of(n, t->yes), made_of(n, t->no));
        n->made[i] = built;
    }
    return n->made[0];
}

/* Whether a test asks for a bound or has a mask: others this pass has no use for. */
static bool has_work(const struct graph *g)
{
    for (u32 i = 0; i < g->count; i++)
        if (g->tests[i]->op == CMP_GE ||
            (g->tests[i]->op == CMP_EQ && g->tests[i]->left->kind == VALUE_ALU))
            return true;
    return false;
}

const struct test *pass_narrow(struct optimiser *o)
{
    const struct test *root = o->graph.tests[0];

    if (!has_work(&o->graph))
        return root;
    struct narrower n = {
        .ir = o->ir, .scratch = &o->scratch, .units = optimiser_units(o), .chain_max = o->chain_max
    };
    n.spare = arena_new(&o->scratch, u8, o->graph.values);
    n.does = arena_raw(&o->scratch, struct segments, n.units->count);
    n.made = arena_raw(&o->scratch, const struct test *, o->graph.count);
    if (o->scratch.full)
        return root;
    find_spare(&n);
    root = build(&n);
    o->doubtful |= n.doubtful;
    return root;
}
