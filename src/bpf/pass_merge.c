/*
 * Merging: two parts of the graph that differ only in where the packet's fields are become one.
 *
 *   [23:1] == 6 ? -> [msh + 14:2] == 80 ? ...       p := [23:1], x := msh \
 *                                              ->                          p == 6 ? -> [x + 14:2]
 * == 80 ? [20:1] == 6 ? -> [54:2] == 80 ? ...             p := [20:1], x := 40  /
 *
 * Such parts are found from their ends: two tests are a pair when they ask the same of two loads
 * of one size, and their exits are equal or pairs again.  In a merged part all loads come from one
 * variable base, x; only the first ones may be of another place, since they can be done before the
 * part is entered, into p.
 *
 * No load is added to a path: p is what the first test loads anyway, and where x needs a byte of
 * the packet, it is one that p's success vouches for, or x is used at once.
 */
#include "bpf/pass.h"

/*
 * Limits that large graphs meet: how many earlier tests with the same question are tried as
 * partners, and how many pairs as roots of a part.
 */
enum { NONE = 0xffffffff, TRIES = 16, PARTS_TRIED = 64 };

/* Gains up to this may turn out to be none when the code is placed. */
enum { SMALL_GAIN = 1 };

/* Two tests that can be one.  Sides are 0 and 1. */
struct pair {
    const struct test *test[2];
    u32 yes, no;                  /* the pairs at the exits; NONE: both exits are the same test */
    const struct value *first[2]; /* loads to be done before; NULL: none */
    const struct value
        *only[2]; /* the loads of all its tests, as long as they are the same; else NULL */
    bool based;   /* some loads come from the variable base: */
    const struct value *base[2]; /* what it is built on; NULL: the packet's start */
    u32 ahead;                   /* how far side 1 is ahead of side 0 in offsets */
    /* While a part is looked at: */
    bool follows; /* all tests before it have the same loads, on either side */
    bool shared;  /* its code is alike on both sides and so exists once without merging */
    const struct test *merged; /* the one test for both, once it is made */
};

struct merger {
    struct ir *ir;
    struct arena *scratch;
    const struct graph *graph;
    u32 *edges_in; /* by index */
    struct pair *pairs;
    u32 count, room;
    u32 *table; /* pairs by their tests: index plus 1 */
    u32 slots;
    u32 parts;
    bool small_gain; /* that of some part is */
    u32 *part;       /* by index: the pair at the root of the merged part it belongs to, plus 1 */
    bool *inside;    /* by pair: in the part that is looked at */
    u32 *edges;      /* by index: edges to a test from within that part */
    const struct test **made; /* by index */
};

static const struct test *made_of(const struct merger *m, const struct test *t)
{
    return is_leaf(t) ? t : m->made[graph_index(m->graph, t)];
}

static const struct value *load_of(const struct value *v)
{
    if (v->kind == VALUE_ALU && v->op == ALU_AND && v->b->kind == VALUE_CONST)
        v = v->a;
    return v->kind == VALUE_LOAD ? v : NULL;
}

static u32 mask_of(const struct value *v)
{
    return v->kind == VALUE_LOAD ? UINT32_MAX : v->b->k;
}

/* Only tests with the same may be pairs. */
static u32 question_hash(const struct test *t)
{
    u64 h = (u64)t->op << 40 | (u64)load_of(t->left)->size << 32 | t->right->id;

    return (u32)((h ^ (u64)mask_of(t->left) << 7) * 0x9e3779b97f4a7c15u >> 32);
}

static bool same_question(const struct test *t, const struct test *u)
{
    return t->op == u->op && t->right == u->right &&
           load_of(t->left)->size == load_of(u->left)->size && mask_of(t->left) == mask_of(u->left);
}

/* The place in the table of the pair of two tests. */
static u32 *slot_of(const struct merger *m, const struct test *a, const struct test *b)
{
    u32 i = (u32)(((u64)a->id << 32 | b->id) * 0x9e3779b97f4a7c15u >> 32) & (m->slots - 1);

    while (m->table[i] != 0) {
        const struct pair *p = &m->pairs[m->table[i] - 1];
        if (p->test[0] == a && p->test[1] == b)
            break;
        i = (i + 1) & (m->slots - 1);
    }
    return &m->table[i];
}

/* The exits of two tests: the same, with *pair NONE, or a pair. */
static bool find_exit(const struct merger *m, const struct test *a, const struct test *b, u32 *pair)
{
    *pair = NONE;
    if (a == b)
        return true;
    if (m->count == 0 || is_leaf(a) || is_leaf(b))
        return false;
    *pair = *slot_of(m, a, b) - 1;
    return *pair != NONE;
}

/* Joins what an exit needs to what is known of a pair; false when they do not fit. */
static bool join_exit(struct pair *p, const struct pair *exit)
{
    if (exit->based) {
        if (p->based &&
            (p->base[0] != exit->base[0] || p->base[1] != exit->base[1] || p->ahead != exit->ahead))
            return false;
        p->based = true;
        p->base[0] = exit->base[0];
        p->base[1] = exit->base[1];
        p->ahead = exit->ahead;
    }
    if (exit->first[0] != NULL) {
        if (p->first[0] != NULL && (p->first[0] != exit->first[0] || p->first[1] != exit->first[1]))
            return false;
        p->first[0] = exit->first[0];
        p->first[1] = exit->first[1];
    }
    return true;
}

/* Whether a load on each side can come from the variable base. */
static bool fits_base(const struct pair *p, const struct value *const load[2])
{
    if (p->based)
        return p->base[0] == load[0]->a && p->base[1] == load[1]->a &&
               p->ahead == load[1]->k - load[0]->k;
    /* One side may need a constant added to its base; that is free only where the base is 0. */
    u32 ahead = load[1]->k - load[0]->k;
    return ahead == 0 ? load[0]->a != load[1]->a : load[0]->a == NULL || load[1]->a == NULL;
}

static void set_base(struct pair *p, const struct value *const load[2])
{
    p->based = true;
    p->base[0] = load[0]->a;
    p->base[1] = load[1]->a;
    p->ahead = load[1]->k - load[0]->k;
}

/*
 * Adds the loads of the pair itself, which come before those of its exits: they are from the
 * variable base, or else they are the first ones.
 */
static bool join_loads(struct pair *p, const struct pair *yes, const struct pair *no)
{
    const struct value *load[2] = { load_of(p->test[0]->left), load_of(p->test[1]->left) };
    bool alone = true;

    const struct pair *exits[] = { yes, no };
    for (u32 i = 0; i < countof(exits); i++)
        if (exits[i] != NULL && (exits[i]->only[0] != load[0] || exits[i]->only[1] != load[1]))
            alone = false;
    if (alone) {
        p->only[0] = load[0];
        p->only[1] = load[1];
        return true;
    }
    /* What an exit has alone is based now, unless it is what comes first. */
    for (u32 i = 0; i < countof(exits); i++) {
        const struct pair *e = exits[i];
        if (e == NULL || e->only[0] == NULL || (e->only[0] == load[0] && e->only[1] == load[1]))
            continue;
        if (!fits_base(p, e->only))
            return false;
        set_base(p, e->only);
    }
    if (p->first[0] != NULL)
        return p->first[0] == load[0] && p->first[1] == load[1];
    if (fits_base(p, load)) {
        set_base(p, load);
    } else {
        p->first[0] = load[0];
        p->first[1] = load[1];
    }
    return true;
}

/* Adds two tests if they are a pair. */
static bool try_pair(struct merger *m, const struct test *a, const struct test *b)
{
    u32 yes, no;

    if (m->count == m->room || !find_exit(m, a->yes, b->yes, &yes) ||
        !find_exit(m, a->no, b->no, &no))
        return false;
    if (load_of(a->left) == load_of(b->left))
        return false;
    struct pair *p = &m->pairs[m->count];
    const struct pair *at_yes = yes != NONE ? &m->pairs[yes] : NULL;
    const struct pair *at_no = no != NONE ? &m->pairs[no] : NULL;
    *p = (struct pair){ .test = { a, b }, .yes = yes, .no = no };
    if ((at_yes != NULL && !join_exit(p, at_yes)) || (at_no != NULL && !join_exit(p, at_no)))
        return false;
    if (!join_loads(p, at_yes, at_no))
        return false;
    *slot_of(m, a, b) = ++m->count;
    return true;
}

/* Finds all pairs, exits first, each both ways round; false when there are none. */
static bool find_pairs(struct merger *m)
{
    u32 n = m->graph->count, buckets = 16;

    while (buckets < n)
        buckets *= 2;
    m->room = 4 * n;
    m->slots = 8 * buckets;
    m->pairs = arena_raw(m->scratch, struct pair, m->room);
    m->table = arena_new(m->scratch, u32, m->slots);
    u32 *bucket = arena_new(m->scratch, u32, buckets);
    u32 *earlier = arena_raw(m->scratch, u32, n);
    if (m->scratch->full)
        return false;
    for (u32 i = n; i-- > 0;) {
        const struct test *t = m->graph->tests[i];
        if (t->op >= CMP_LET || t->right->kind != VALUE_CONST || load_of(t->left) == NULL)
            continue;
        u32 *head = &bucket[question_hash(t) & (buckets - 1)];
        earlier[i] = *head;
        *head = i + 1;
        u32 tries = TRIES;
        for (u32 j = earlier[i]; j != 0 && tries > 0; j = earlier[j - 1], tries--) {
            const struct test *u = m->graph->tests[j - 1];
            if (same_question(t, u) && try_pair(m, t, u))
                try_pair(m, u, t);
        }
    }
    return m->count > 0;
}

static u32 index_of(const struct merger *m, u32 pair, u32 side)
{
    return graph_index(m->graph, m->pairs[pair].test[side]);
}

/* Marks the pairs of the part under `root`, and the edges inside it. */
static void mark_part(struct merger *m, u32 root)
{
    m->inside[root] = true;
    for (u32 i = root + 1; i-- > 0;) {
        const u32 exits[] = { m->pairs[i].yes, m->pairs[i].no };
        for (u32 e = 0; e < countof(exits) && m->inside[i]; e++)
            if (exits[e] != NONE) {
                m->inside[exits[e]] = true;
                m->edges[index_of(m, exits[e], 0)]++;
                m->edges[index_of(m, exits[e], 1)]++;
            }
    }
}

static void unmark_part(struct merger *m, u32 root)
{
    for (u32 i = 0; i <= root; i++)
        if (m->inside[i]) {
            m->inside[i] = false;
            m->edges[index_of(m, i, 0)] = m->edges[index_of(m, i, 1)] = 0;
        }
}

/* Whether a part is entered at its root only, and no test of it is in another, or in it twice. */
static bool is_separate(const struct merger *m, u32 root)
{
    u32 seen = 0;

    for (u32 i = 0; i <= root; i++)
        for (u32 side = 0; side < 2 && m->inside[i]; side++) {
            u32 at = index_of(m, i, side);
            if (m->part[at] != 0 || (i != root && m->edges[at] != m->edges_in[at]))
                return false;
            seen++;
        }
    /* A test that is in two pairs would have edges from more tests than it has edges. */
    return seen > 2;
}

static bool same_loads(const struct pair *p, const struct pair *q)
{
    return load_of(p->test[0]->left) == load_of(q->test[0]->left) &&
           load_of(p->test[1]->left) == load_of(q->test[1]->left);
}

/* Notes for each pair whether it follows others on the same loads, and whether it is shared anyway.
 */
static void look_at_loads(struct merger *m, u32 root)
{
    for (u32 i = 0; i <= root; i++)
        m->pairs[i].follows = i != root;
    for (u32 i = root + 1; i-- > 0;) {
        const struct pair *p = &m->pairs[i];
        const u32 exits[] = { p->yes, p->no };
        for (u32 e = 0; e < countof(exits) && m->inside[i]; e++)
            if (exits[e] != NONE && !same_loads(p, &m->pairs[exits[e]]))
                m->pairs[exits[e]].follows = false;
    }
    for (u32 i = 0; i <= root; i++) {
        struct pair *p = &m->pairs[i];
        p->shared = p->follows && (p->yes == NONE || m->pairs[p->yes].shared) &&
                    (p->no == NONE || m->pairs[p->no].shared);
    }
}

/* Instructions that it takes to give x its value on a side: none if it is 0, as X is at the start.
 */
static i32 cost_of_base(const struct pair *root, u32 side)
{
    if (!root->based || root->base[side] != NULL)
        return 0; /* the loads need it in X anyway */
    return side == 1 || root->base[1] != NULL;
}

/* Instructions that merging a part saves, less what it costs. */
static i32 gain_of(struct merger *m, u32 root)
{
    const struct pair *r = &m->pairs[root];
    i32 gain = -1 - cost_of_base(r, 0) - cost_of_base(r, 1); /* one side has to jump to the part */

    look_at_loads(m, root);
    for (u32 i = 0; i <= root; i++) {
        const struct pair *p = &m->pairs[i];
        bool loads = !p->follows && (i != root || r->first[0] == NULL);
        if (m->inside[i] && !p->shared)
            gain += 1 + (p->test[0]->left->kind == VALUE_ALU) + loads;
    }
    return gain;
}

/* Whether x can be given its value on a side behind the first load without a new way to abort. */
static bool can_set_base(const struct pair *root, u32 side)
{
    const struct value *base = root->base[side], *first = root->first[side];

    if (!root->based || base == NULL || first == NULL || base->kind == VALUE_VAR)
        return true;
    return base->kind == VALUE_MSH && first->a == NULL && first->k >= base->k;
}

/* Decides about the part under a pair. */
static void consider(struct merger *m, u32 root)
{
    struct pair *r = &m->pairs[root];

    if (r->only[0] != NULL) {
        r->first[0] = r->only[0];
        r->first[1] = r->only[1];
    }
    if (m->part[index_of(m, root, 0)] != 0 || m->part[index_of(m, root, 1)] != 0)
        return;
    if (r->based && r->base[0] == NULL && r->base[1] == NULL && r->ahead > INT32_MAX)
        return; /* the pair the other way round has x ascend */
    if (!can_set_base(r, 0) || !can_set_base(r, 1))
        return;
    mark_part(m, root);
    i32 gain = is_separate(m, root) ? gain_of(m, root) : 0;
    if (gain > 0) {
        m->parts++;
        m->small_gain |= gain <= SMALL_GAIN;
        for (u32 i = 0; i <= root; i++)
            if (m->inside[i])
                m->part[index_of(m, i, 0)] = m->part[index_of(m, i, 1)] = root + 1;
    }
    unmark_part(m, root);
}

/* The load of a merged test: the first ones are in a variable, the others come from a variable
 * base. */
static const struct value *merged_load(struct merger *m, const struct pair *root,
                                       const struct pair *p, const struct value *first,
                                       const struct value *base)
{
    const struct value *load = load_of(p->test[0]->left);

    if (load == root->first[0] && load_of(p->test[1]->left) == root->first[1])
        return first;
    u32 k = root->base[0] == NULL && root->base[1] != NULL ? load->k + root->ahead : load->k;
    return ir_load(m->ir, load->size, base, k);
}

/* What x is on a side. */
static const struct value *base_value(struct merger *m, const struct pair *root, u32 side)
{
    if (root->base[side] != NULL)
        return root->base[side];
    if (side == 1)
        return ir_const(m->ir, root->ahead);
    return ir_const(m->ir, root->base[1] != NULL ? 0u - root->ahead : 0);
}

/* Makes the merged part and the two ways into it. */
static void build_part(struct merger *m, u32 root)
{
    struct pair *r = &m->pairs[root];
    const struct value *first = r->first[0] != NULL ? ir_variable(m->ir) : NULL;
    const struct value *base = r->based ? ir_variable(m->ir) : NULL;

    mark_part(m, root);
    for (u32 i = 0; i <= root; i++) {
        struct pair *p = &m->pairs[i];
        const struct test *t = p->test[0];
        if (!m->inside[i])
            continue;
        const struct value *v = merged_load(m, r, p, first, base);
        if (t->left->kind == VALUE_ALU)
            v = ir_alu(m->ir, ALU_AND, v, t->left->b);
        p->merged = ir_test(m->ir, t->op, v, t->right,
                            p->yes != NONE ? m->pairs[p->yes].merged : made_of(m, t->yes),
                            p->no != NONE ? m->pairs[p->no].merged : made_of(m, t->no), t->why);
    }
    for (u32 side = 0; side < 2; side++) {
        const struct test *t = r->test[side], *way = r->merged;
        if (r->based)
            way = ir_let(m->ir, base, base_value(m, r, side), way, t->why);
        if (r->first[side] != NULL)
            way = ir_let(m->ir, first, r->first[side], way, t->why);
        m->made[graph_index(m->graph, t)] = way;
    }
    unmark_part(m, root);
}

static const struct test *build(struct merger *m)
{
    for (u32 i = 0; i < m->graph->count; i++)
        m->made[i] = NULL;
    for (u32 i = m->graph->count; i-- > 0;) {
        const struct test *t = m->graph->tests[i];
        u32 part = m->part[i];
        if (part == 0)
            m->made[i] = ir_with_exits(m->ir, t, made_of(m, t->yes), made_of(m, t->no));
        else if (m->made[i] == NULL &&
                 (m->pairs[part - 1].test[0] == t || m->pairs[part - 1].test[1] == t))
            build_part(m, part - 1);
    }
    return m->made[0];
}

static bool start(struct merger *m)
{
    struct arena *a = m->scratch;
    u32 n = m->graph->count;

    m->edges_in = arena_new(a, u32, n);
    m->edges = arena_new(a, u32, n);
    m->part = arena_new(a, u32, n);
    m->inside = arena_new(a, bool, m->count);
    m->made = arena_raw(a, const struct test *, n);
    if (a->full)
        return false;
    for (u32 i = 0; i < n; i++) {
        const struct test *t = m->graph->tests[i], *exits[] = { t->yes, t->no };
        for (u32 e = 0; e < countof(exits); e++)
            if (!is_leaf(exits[e]))
                m->edges_in[graph_index(m->graph, exits[e])]++;
    }
    return true;
}

const struct test *pass_merge(struct optimiser *o)
{
    struct merger m = { .ir = o->ir, .scratch = &o->scratch, .graph = &o->graph };
    u32 tries = PARTS_TRIED;

    if (!graph_may_share(m.graph) || !find_pairs(&m) || !start(&m))
        return o->graph.tests[0];
    for (u32 i = m.count; i-- > 0 && tries > 0; tries--)
        consider(&m, i);
    o->doubtful |= m.small_gain;
    return m.parts > 0 ? build(&m) : o->graph.tests[0];
}
