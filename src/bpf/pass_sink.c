/*
 * Sinking: a variable is set only on the paths that use it, and as late as that is known.
 *
 *      x := [2:2]                              type is data ?
 *      type is data ?                         yes |      | no
 *     yes |      | no              ->       x := [2:2]   |
 *      [x+8] ... reject                     [x+8] ...    reject
 *
 * A setting moves below a test when the test does not use the variable, only one of its exits leads
 * to a use, and no other path leads to the test: so nothing is copied.  What a setting loads is
 * loaded later or not at all, never earlier.
 */
#include "base/mem.h"
#include "bpf/pass.h"

enum { WORD = 64 };

/* Sets of variables: `words` words each, in rows. */
struct sinker {
    struct optimiser *o;
    u32 words;
    u64 *uses;               /* by id of value: the variables in it */
    bool *known;             /* by id of value: its row of `uses` is filled in */
    u64 *live;               /* by index of test: the variables that are used from there on */
    u32 *edges;              /* by index of test: edges that lead to it */
    const struct test **now; /* by index of test: what has become of it */
};

static void add(u64 *to, const u64 *from, u32 words)
{
    for (u32 w = 0; from != NULL && w < words; w++)
        to[w] |= from[w];
}

static bool has(const u64 *set, u32 variable)
{
    return set != NULL && (set[variable / WORD] >> variable % WORD & 1) != 0;
}

/* The variables in a value; NULL when there is none. */
static const u64 *uses(struct sinker *s, const struct value *v)
{
    if (v == NULL)
        return NULL;
    u64 *row = s->uses + (size_t)v->id * s->words;
    if (s->known[v->id])
        return row;
    s->known[v->id] = true;
    if (v->kind == VALUE_VAR)
        row[v->k / WORD] |= (u64)1 << v->k % WORD;
    add(row, uses(s, v->a), s->words);
    add(row, uses(s, v->b), s->words);
    return row;
}

/* The variables that are used in a test or behind it; NULL for a leaf. */
static const u64 *live(const struct sinker *s, const struct test *t)
{
    return is_leaf(t) ? NULL : s->live + (size_t)graph_index(&s->o->graph, t) * s->words;
}

static const struct test *now(const struct sinker *s, const struct test *t)
{
    return is_leaf(t) ? t : s->now[graph_index(&s->o->graph, t)];
}

/* Sets the variable of `let` before `t` or, if that will do, behind it. */
static const struct test *sink(struct sinker *s, const struct test *let, const struct test *t)
{
    struct ir *ir = s->o->ir;
    u32 variable = let->left->k;

    if (!has(live(s, t), variable))
        return now(s, t);
    bool yes = has(live(s, t->yes), variable), no = has(live(s, t->no), variable);
    if (t->op == CMP_LET || (yes && no) || s->edges[graph_index(&s->o->graph, t)] > 1 ||
        has(uses(s, t->left), variable) || has(uses(s, t->right), variable))
        return ir_let(ir, let->left, let->right, now(s, t), let->why);
    const struct test *no_now = no ? sink(s, let, t->no) : now(s, t->no);
    return ir_test(ir, t->op, t->left, t->right, yes ? sink(s, let, t->yes) : now(s, t->yes), no_now, t->why);
}

static void count_edge(struct sinker *s, const struct test *t)
{
    if (!is_leaf(t))
        s->edges[graph_index(&s->o->graph, t)]++;
}

static void find_live(struct sinker *s, const struct test *t)
{
    u64 *row = s->live + (size_t)graph_index(&s->o->graph, t) * s->words;

    add(row, live(s, t->yes), s->words);
    if (t->op == CMP_LET) {
        if (!has(row, t->left->k))
            return; /* it will go, and what it reads is not used */
        row[t->left->k / WORD] &= ~((u64)1 << t->left->k % WORD);
    } else {
        add(row, live(s, t->no), s->words);
        add(row, uses(s, t->left), s->words);
    }
    add(row, uses(s, t->right), s->words);
}

static const struct test *remade(struct sinker *s, const struct test *t)
{
    if (t->op == CMP_LET)
        return sink(s, t, t->yes);
    const struct test *yes = now(s, t->yes), *no = now(s, t->no);
    if (yes == no)
        return yes;
    return yes == t->yes && no == t->no
               ? t
               : ir_test(s->o->ir, t->op, t->left, t->right, yes, no, t->why);
}

const struct test *pass_sink(struct optimiser *o)
{
    struct sinker s = { .o = o };
    const struct graph *g = &o->graph;
    const struct test *root = g->tests[0];

    s.words = (o->ir->variable_count + WORD - 1) / WORD;
    if (s.words == 0)
        return root;
    s.uses = arena_new(&o->scratch, u64, (size_t)g->values * s.words);
    s.known = arena_new(&o->scratch, bool, g->values);
    s.live = arena_new(&o->scratch, u64, (size_t)g->count * s.words);
    s.edges = arena_new(&o->scratch, u32, g->count);
    s.now = arena_new(&o->scratch, const struct test *, g->count);
    if (o->scratch.full)
        return root;
    for (u32 i = 0; i < g->count; i++) {
        count_edge(&s, g->tests[i]->yes);
        if (g->tests[i]->op != CMP_LET)
            count_edge(&s, g->tests[i]->no);
    }
    for (u32 i = g->count; i-- > 0;) {
        find_live(&s, g->tests[i]);
        s.now[i] = remade(&s, g->tests[i]);
    }
    return s.now[0];
}
