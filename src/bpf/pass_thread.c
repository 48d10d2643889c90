/*
 * Threading: an edge goes straight to the first test whose answer is not known on it.
 *
 *      [12:2] == 0x800 ?                          [12:2] == 0x800 ?
 *     yes |         | no                         yes |         | no
 *         |   [12:2] == 0x86dd ?                     |   [12:2] == 0x86dd ?
 *         |    yes |      | no            ->         |    yes |      | no
 *      [12:2] == 0x806 ?  |                          |        |      |
 *     yes |         | no  |                         no        no     |
 *
 * And a test goes that decides nothing, as one of its exits leads to the other one in the end:
 *
 *      [x + 14:2] == 81 ?  yes: A                 no:
 *                          no:  [x + 14:2] == 82 ?  yes: B, no: A     ->   [x + 14:2] == 82 ? ...
 *
 * What a path has learnt about the fields of the packet travels along it; where paths meet, only
 * what all of them know stays.  Tests are only ever bypassed, not copied, so the graph cannot
 * grow.  A test of which both outcomes would lead to the same place under what is known is
 * bypassed too.  Bypassing a test removes its loads, never adds one.
 */
#include "bpf/pass.h"

#include "bpf/field.h"

/*
 * How many tests an edge may look at, with all the branches it tries: many in small graphs, and in
 * large ones so few that the work grows with the graph only.
 */
enum { LOOKS_MIN = 16, LOOKS_MAX = 400, LOOKS_ALL = 30000 };

/* How many more all edges together may pass on their way to a leaf: so many, and so many for each test. */
enum { STEPS_MIN = 1 << 16, STEPS_PER_TEST = 16 };

/* How many branches may be open in such a search, and how many tests it remembers of a way. */
enum { BRANCHES_MAX = 12, WAY_MAX = 32 };

/* One thing known on a path; the newest is first and hides older ones about the same field. */
struct fact {
    const struct fact *next;
    u64 fields; /* that this one and those behind it are about */
    u8 field;
    struct known known;
};

/* What threading knows about a test. */
struct stop {
    u64 asked, behind;           /* fields that the test or one behind it asks about; those behind */
    u64 field;                   /* that the test asks about */
    const struct fact *facts;    /* what all edges to the test know that were seen so far */
    const struct test *yes, *no; /* the new exits */
    const struct test *rest;     /* where tests of its field, one after the other, lead if none says yes */
    bool reached;
};

struct threader {
    struct arena *scratch;
    const struct graph *graph;
    struct fields fields;
    struct stop *stops; /* by index of test */
    u32 looks;          /* that an edge has */
    u32 steps;          /* that all edges have left */
    bool changed;
};

/* The tests that a path comes to for sure, in their order. */
struct way {
    u32 count;
    const struct test *at[WAY_MAX];
};

static u64 bit(u8 field)
{
    return field == NO_FIELD ? 0 : (u64)1 << field;
}

/* The fields that something is known about. */
static u64 fields_of(const struct fact *facts)
{
    return facts != NULL ? facts->fields : 0;
}

static const struct known *find(const struct fact *facts, u8 field)
{
    if ((fields_of(facts) & bit(field)) == 0)
        return NULL;
    while (facts->field != field)
        facts = facts->next;
    return &facts->known;
}

static u64 asked_from(const struct threader *s, const struct test *t)
{
    return is_leaf(t) ? 0 : s->stops[graph_index(s->graph, t)].asked;
}

static const struct question *question_of(const struct threader *s, const struct test *t)
{
    return &s->fields.questions[graph_index(s->graph, t)];
}

static enum answer answer(const struct threader *s, const struct test *t, const struct fact *facts)
{
    const struct question *q = question_of(s, t);
    const struct known *k = q->field != NO_FIELD ? find(facts, q->field) : NULL;

    if (t->op == CMP_LET || k == NULL)
        return ANSWER_OPEN;
    enum answer a = q->reaches ? known_reaches(k, q->p.bits) : known_matches(k, q->p);
    if (a == ANSWER_OPEN || !q->negated)
        return a;
    return a == ANSWER_YES ? ANSWER_NO : ANSWER_YES;
}

/* Room for a fact about a field, the newest; its `known` is to be filled in.  NULL: the memory is full. */
static struct fact *add_fact(struct threader *s, const struct fact *facts, u8 field)
{
    struct fact *f = arena_raw(s->scratch, struct fact, 1);

    if (f == NULL)
        return NULL;
    f->next = facts;
    f->fields = bit(field) | fields_of(facts);
    f->field = field;
    return f;
}

/* What is known after a test, as far as it matters from `next` on. */
static const struct fact *learn_for(struct threader *s, const struct test *t, const struct fact *facts,
                                    bool outcome, const struct test *next)
{
    const struct question *q = question_of(s, t);

    if (q->field == NO_FIELD || (asked_from(s, next) & bit(q->field)) == 0)
        return facts;
    struct fact *f = add_fact(s, facts, q->field);
    if (f == NULL)
        return facts;
    const struct known *old = find(facts, q->field);
    f->known = old != NULL ? *old : known_within(s->fields.mask[q->field]);
    if (q->reaches)
        known_learn_reach(&f->known, q->p.bits, outcome != q->negated);
    else
        known_learn_match(&f->known, q->p, outcome != q->negated);
    return f;
}

/* What is known behind an exit of a test. */
static const struct fact *learn(struct threader *s, const struct test *t, const struct fact *facts,
                                bool outcome)
{
    return learn_for(s, t, facts, outcome, outcome ? t->yes : t->no);
}

static void go_to(struct way *way, const struct test *t)
{
    if (way->count < WAY_MAX)
        way->at[way->count++] = t;
}

/* Adds what two ways have in common; the last of it, NULL when there is none.  Ids descend along a
 * way. */
static const struct test *add_common(struct way *way, const struct way *one,
                                     const struct way *other)
{
    const struct test *last = NULL;

    for (u32 i = 0, j = 0; i < one->count && j < other->count && way->count < WAY_MAX;) {
        const struct test *t = one->at[i], *u = other->at[j];
        if (t == u)
            go_to(way, last = t);
        i += t->id >= u->id;
        j += t->id <= u->id;
    }
    return last;
}

/*
 * Follows a path that knows `facts` from `t` on.  A test whose outcome is not known is passed where
 * both ways behind it come to the same test.  Ids descend along a way: one from the exit with the
 * higher id has nothing in common with the other one if it ends before it gets down to that.
 */
static void look_ahead(struct threader *s, const struct test *t, const struct fact *facts,
                       u32 branches, u32 *looks, struct way *way)
{
    way->count = 0;
    go_to(way, t);
    while (t->op<CMP_LET && * looks> 0 && way->count < WAY_MAX) {
        --*looks;
        enum answer a = t->yes != t->no ? answer(s, t, facts) : ANSWER_YES;
        if (a != ANSWER_OPEN) {
            t = a == ANSWER_YES ? t->yes : t->no;
            go_to(way, t);
            continue;
        }
        const struct stop *stop = &s->stops[graph_index(s->graph, t)];
        if (branches == 0 || ((fields_of(facts) | stop->field) & stop->behind) == 0)
            return;
        bool first = t->yes->id > t->no->id;
        const struct test *high = first ? t->yes : t->no, *low = first ? t->no : t->yes;
        struct way one, other;
        look_ahead(s, high, learn(s, t, facts, first), branches - 1, looks, &one);
        if (one.at[one.count - 1]->id > low->id)
            return;
        look_ahead(s, low, learn(s, t, facts, !first), branches - 1, looks, &other);
        t = add_common(way, &one, &other);
        if (t == NULL)
            return;
    }
}

/*
 * The leaf to which a path that knows `facts` goes from `t` on by tests whose answer is known; `t` itself
 * when it does not.  The first edge of a long list passes them all, and then few are left for the others.
 * Where it ends in the middle of the list, it is left alone: another way into it would cut it in two.
 */
static const struct test *straight_on(struct threader *s, const struct test *t,
                                      const struct fact *facts)
{
    const struct test *at = t;

    while (at->op < CMP_LET && s->steps > 0) {
        enum answer a = at->yes != at->no ? answer(s, at, facts) : ANSWER_YES;
        if (a == ANSWER_OPEN)
            break;
        s->steps--;
        at = a == ANSWER_YES ? at->yes : at->no;
    }
    return is_leaf(at) ? at : t;
}

/* Where a path that knows `facts` and comes to `t` really goes. */
static const struct test *resolve(struct threader *s, const struct test *t,
                                  const struct fact *facts)
{
    struct arena_mark mark = arena_mark(s->scratch);
    u32 looks = s->looks;
    struct way way;

    if (facts != NULL && (facts->fields & asked_from(s, t)) == 0)
        return t;
    look_ahead(s, t, facts, BRANCHES_MAX, &looks, &way);
    arena_rewind(s->scratch, mark); /* what was learnt on ways that were only tried */
    return straight_on(s, way.at[way.count - 1], facts);
}

/* What two paths that meet both know, as far as it is asked from there on. */
static const struct fact *meet(struct threader *s, const struct fact *one, const struct fact *other,
                               u64 asked)
{
    const struct fact *both = NULL;

    for (const struct fact *f = one; f != NULL; f = f->next) {
        const struct known *k = find(other, f->field);
        if ((asked & bit(f->field)) == 0 || k == NULL)
            continue;
        asked &= ~bit(f->field); /* what lies deeper is older */
        struct arena_mark mark = arena_mark(s->scratch);
        struct fact *joined = add_fact(s, both, f->field);
        if (joined == NULL)
            break;
        joined->known = f->known;
        known_join(&joined->known, k);
        if (known_tells(&joined->known, s->fields.mask[f->field]))
            both = joined;
        else
            arena_rewind(s->scratch, mark);
    }
    return both;
}

/* Notes what an edge knows that leads to a test. */
static void arrive(struct threader *s, const struct test *at, const struct fact *facts)
{
    if (is_leaf(at))
        return;
    struct stop *stop = &s->stops[graph_index(s->graph, at)];
    stop->facts = stop->reached ? meet(s, stop->facts, facts, stop->asked) : facts;
    stop->reached = true;
}

/* Sends what is known along an exit and returns where it leads. */
static const struct test *follow(struct threader *s, const struct test *to,
                                 const struct fact *facts)
{
    const struct test *found = resolve(s, to, facts);

    s->changed |= found != to;
    arrive(s, found, facts);
    return found;
}

/* Whether what a test loads is there for sure once another has been passed. */
static bool is_covered(const struct test *t, const struct test *by)
{
    const struct value *v = graph_unmasked(t->left), *loaded = graph_unmasked(by->left);

    if (t->right->kind != VALUE_CONST)
        return false;
    return v == loaded || (v->kind == VALUE_LOAD && loaded->kind == VALUE_LOAD && v->a == NULL &&
                           loaded->a == NULL && v->k + v->size <= loaded->k + loaded->size);
}

/* Whether a path that has passed `t` and goes on from one place comes to another, without new aborts. */
static bool comes_to(struct threader *s, const struct test *t, const struct test *from,
                     const struct test *to, const struct fact *facts)
{
    for (u32 looks = WAY_MAX; looks > 0 && from != to; looks--) {
        if (from->op >= CMP_LET || !(is_covered(from, t) || (is_leaf(to) && !to->accepts)))
            return false;
        enum answer a = answer(s, from, facts);
        if (a == ANSWER_OPEN)
            return false;
        from = a == ANSWER_YES ? from->yes : from->no;
    }
    return from == to;
}

/* Whether the exit of a test for one outcome is where the other exit leads for that outcome as well. */
static bool is_needless(struct threader *s, const struct test *t, const struct fact *facts, bool outcome,
                        const struct test *here, const struct test *other)
{
    if (is_leaf(other) || question_of(s, other)->field == NO_FIELD ||
        question_of(s, other)->field != question_of(s, t)->field)
        return false; /* then the outcome tells nothing about the other exit */
    struct arena_mark mark = arena_mark(s->scratch);
    bool needless = comes_to(s, t, other, here, learn_for(s, t, facts, outcome, other));
    arena_rewind(s->scratch, mark);
    return needless;
}

/* Finds the new exits of a test that is reached. */
static void find_exits(struct threader *s, const struct test *t, struct stop *stop)
{
    const struct fact *at_yes = learn(s, t, stop->facts, true), *at_no = learn(s, t, stop->facts, false);
    const struct test *yes = resolve(s, t->yes, at_yes), *no = resolve(s, t->no, at_no);

    if (yes != no && is_needless(s, t, stop->facts, true, yes, no)) {
        yes = no;
        at_yes = stop->facts;
    } else if (yes != no && is_needless(s, t, stop->facts, false, no, yes)) {
        no = yes;
        at_no = stop->facts;
    }
    s->changed |= yes != t->yes || no != t->no;
    arrive(s, yes, at_yes);
    arrive(s, no, at_no);
    stop->yes = yes;
    stop->no = no;
}

/* Whether some test decides nothing. */
static bool has_idle(const struct graph *g)
{
    for (u32 i = 0; i < g->count; i++)
        if (g->tests[i]->yes == g->tests[i]->no && g->tests[i]->op < CMP_LET)
            return true;
    return false;
}

/* -- a look at the graph that is much cheaper than finding its fields: most have nothing to thread */

enum { MANY = 0xff, CHAIN_MAX = 16 };

static bool is_number(const struct test *t)
{
    return t->op == CMP_EQ && t->right->kind == VALUE_CONST && t->left->mask >= MANY &&
           graph_unmasked(t->left) == t->left;
}

/* Whether tests of one value, one after the other, tell nothing of each other: their numbers differ, and
 * none leads to where all other numbers go. */
static bool is_plain_chain(const struct test *t)
{
    const struct test *next = t->no;

    for (u32 n = 0; !is_leaf(next) && next->left == t->left && is_number(next); n++, next = next->no)
        if (next->right == t->right || n == CHAIN_MAX)
            return false;
    return next != t->yes;
}

/* Whether a test may tell what another asks that comes behind it.  Says yes too often, never too seldom. */
static bool may_tell(struct arena *scratch, const struct graph *g)
{
    u64 *asked = arena_raw(scratch, u64, g->count);

    for (u32 i = g->count; i-- > 0 && asked != NULL;) {
        const struct test *t = g->tests[i];
        u64 bits = graph_field_bits(t), yes = is_leaf(t->yes) ? 0 : asked[graph_index(g, t->yes)];
        u64 no = is_leaf(t->no) ? 0 : asked[graph_index(g, t->no)];
        asked[i] = bits | yes | no;
        if (t->op == CMP_LET || ((yes | no) & bits) == 0)
            continue;
        bool goes_on = is_number(t) && !is_leaf(t->no) && t->no->left == t->left && is_number(t->no);
        if ((yes & bits) != 0 || !goes_on || !is_plain_chain(t))
            return true;
    }
    return asked == NULL;
}

static void note_asked(struct threader *s)
{
    for (u32 i = s->graph->count; i-- > 0;) {
        const struct test *t = s->graph->tests[i];
        struct stop *stop = &s->stops[i];
        stop->behind = asked_from(s, t->yes) | asked_from(s, t->no);
        stop->field = bit(s->fields.questions[i].field);
        stop->asked = stop->behind | stop->field;
        if (t->yes == t->no && t->op != CMP_LET)
            stop->asked = UINT64_MAX; /* it goes when it is come to, whatever is known */
        stop->facts = NULL;
        stop->reached = false;
    }
}

/*
 * The fields about which some test tells what another asks.  That a field is not one number says nothing
 * about others: that is all that tests of a plain field tell each other which stand one after the other,
 * unless one of them goes where all other numbers go, and so is needless.
 */
static u64 taught_fields(struct threader *s)
{
    u64 taught = 0;

    for (u32 i = s->graph->count; i-- > 0;) {
        const struct test *t = s->graph->tests[i];
        bool negated = s->fields.questions[i].negated;
        const struct test *is = negated ? t->no : t->yes, *other = negated ? t->yes : t->no;
        struct stop *stop = &s->stops[i];
        const struct stop *next = is_leaf(other) ? NULL : &s->stops[graph_index(s->graph, other)];
        bool goes_on = next != NULL && next->field == stop->field && (stop->field & s->fields.plain) != 0;
        stop->rest = goes_on ? next->rest : other;
        if (t->op != CMP_LET && stop->rest == is)
            taught |= stop->field;
        if (t->op != CMP_LET)
            taught |= stop->field & (asked_from(s, is) | (goes_on ? 0 : asked_from(s, other)));
    }
    return taught;
}

/* Leaves all other fields out of account. */
static void forget_others(struct threader *s, u64 taught)
{
    for (u32 i = 0; i < s->graph->count; i++) {
        struct stop *stop = &s->stops[i];
        if ((stop->field & taught) == 0)
            s->fields.questions[i].field = NO_FIELD;
        stop->field &= taught;
        stop->behind &= taught;
        if (stop->asked != UINT64_MAX)
            stop->asked &= taught;
    }
}

/* Makes the tests that are still reached, exits first, with their new exits. */
static const struct test *rebuild(struct threader *s, struct optimiser *o, const struct test *root)
{
    const struct test **made = arena_raw(s->scratch, const struct test *, s->graph->count);

    if (made == NULL)
        return root;
    for (u32 i = s->graph->count; i-- > 0;) {
        const struct stop *stop = &s->stops[i];
        if (!stop->reached)
            continue;
        const struct test *yes = is_leaf(stop->yes) ? stop->yes
                                                    : made[graph_index(s->graph, stop->yes)];
        const struct test *no = is_leaf(stop->no) ? stop->no
                                                  : made[graph_index(s->graph, stop->no)];
        made[i] = ir_with_exits(o->ir, s->graph->tests[i], yes, no);
        o->again |= yes == no; /* with the test gone, those before it may know more */
    }
    return made[graph_index(s->graph, root)];
}

/* Fewer looks for an edge the more edges there are. */
static u32 looks_for(u32 tests)
{
    u32 looks = LOOKS_ALL / (tests + 1);

    return looks < LOOKS_MIN ? LOOKS_MIN : looks > LOOKS_MAX ? LOOKS_MAX : looks;
}

const struct test *pass_thread(struct optimiser *o)
{
    struct threader s = { .scratch = &o->scratch,
                          .graph = &o->graph,
                          .looks = looks_for(o->graph.count),
                          .steps = STEPS_MIN + STEPS_PER_TEST * o->graph.count };
    const struct test *root = o->graph.tests[0];

    if ((!may_tell(s.scratch, s.graph) && !has_idle(s.graph)) ||
        !fields_find(&s.fields, s.graph, &o->scratch))
        return root;
    if (!s.fields.repeat && !has_idle(s.graph))
        return root;
    s.stops = arena_raw(&o->scratch, struct stop, s.graph->count);
    if (s.stops == NULL)
        return root;
    note_asked(&s);
    u64 taught = taught_fields(&s);
    if (taught == 0 && !has_idle(s.graph))
        return root;
    forget_others(&s, taught);
    root = follow(&s, root, NULL);
    if (is_leaf(root))
        return root;
    for (u32 i = 0; i < s.graph->count; i++) {
        const struct test *t = s.graph->tests[i];
        struct stop *stop = &s.stops[i];
        if (!stop->reached)
            continue;
        if (t->op == CMP_LET)
            stop->yes = stop->no = follow(&s, t->yes, stop->facts);
        else
            find_exits(&s, t, stop);
    }
    return s.changed ? rebuild(&s, o, root) : root;
}
