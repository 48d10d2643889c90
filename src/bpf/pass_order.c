/*
 * Ordering: what most packets fail at comes first.
 *
 *   [12:2] == 0x0800 ?  no:  reject           [23:1] == 6 ?       no:  reject
 *   [23:1] == 6 ?       no:  reject           [x + 27:1] == 2 ?   no:  reject
 *   [20:2] & 0x1fff ?   yes: reject     ->    [12:2] == 0x0800 ?  no:  reject
 *   [x + 27:1] == 2 ?   no:  reject           [20:2] & 0x1fff ?   yes: reject
 *
 * A *stretch* is a part of the graph that is entered at its first test and left to `reject` or else
 * to one other place.  Where stretches follow each other, a packet must pass them all, and it does
 * not matter in which order.  Here, and nowhere else, a load may come earlier than it did: should
 * it end the program, the packet is rejected, and that it would have been, too, for one that is
 * accepted passes all stretches, and the load with them.
 *
 * How likely a test is to say yes is known from what traffic usually is like; wrong guesses cost a
 * few steps, never a verdict.
 *
 * Of several numbers that a value is compared with, the likeliest comes first, too.
 */
#include "bpf/pass.h"

enum {
    SURE = 1000,        /* probabilities are in thousandths */
    TESTS_MAX = 200,    /* of a graph that is worth the work */
    STRETCHES_MAX = 16, /* that are put in order together */
    NOWHERE = 0xffffffff
};

/* -- how likely */

/* What values often are; `mask` tells fields of one size from others. */
static const struct {
    u32 mask, k, chance;
} usual[] = {
    /* EtherTypes: IPv4, IPv6, ARP */
    { 0xffff, 0x0800, 600 },
    { 0xffff, 0x86dd, 250 },
    { 0xffff, 0x0806, 50 },
    /* the same in PPP; these may also be ports */
    { 0xffff, 0x0021, 60 },
    { 0xffff, 0x0057, 30 },
    /* what IP carries: TCP, UDP, ICMP */
    { 0xff, 6, 400 },
    { 0xff, 17, 350 },
    { 0xff, 1, 50 },
    { 0xff, 58, 45 },
    /* versions of IP */
    { 0xf0, 0x40, 700 },
    { 0xf0, 0x60, 250 },
    /* AF_INET, either way round */
    { 0xffffffff, 2, 600 },
    { 0xffffffff, 0x02000000, 600 },
    /* most of the broadcast address */
    { 0xffffffff, 0xffffffff, 150 },
};

/* Where an EtherType stands, IEEE 802.3 has a length below this. */
enum { LENGTHS_END = 1501 };

enum { FRAGMENT_OFFSET = 0x1fff };

/* Of a comparison with one of the numbers that have these bits. */
static u32 chance_by_width(u32 mask)
{
    u32 bits = mask - (mask >> 1 & 0x55555555); /* in each two bits how many of them are set, */

    bits = (bits & 0x33333333) + (bits >> 2 & 0x33333333); /* in each four, */
    bits = ((bits + (bits >> 4)) & 0x0f0f0f0f) * 0x01010101 >> 24; /* and in all */
    return bits >= 16 ? 10 : bits >= 8 ? 40 : bits >= 2 ? 150 : 500;
}

/* The same when the number is k: fields are zero more often than anything else. */
static u32 chance_of_number(u32 mask, u32 k)
{
    for (u32 i = 0; i < countof(usual); i++)
        if (usual[i].k == k && usual[i].mask == mask)
            return usual[i].chance;
    u32 chance = chance_by_width(mask);
    return k == 0 && chance < 300 ? 300 : chance;
}

/* That a test says yes. */
static u32 chance_of(const struct test *t)
{
    bool fixed = t->right->kind == VALUE_CONST;
    u32 mask = t->left->mask, k = t->right->k;

    if (t->op == CMP_SET)
        return fixed && k == FRAGMENT_OFFSET ? 20 : 400;
    if (t->op != CMP_EQ)
        return t->op == CMP_GE && fixed && k == LENGTHS_END && mask == 0xffff ? 900 : SURE / 2;
    return fixed ? chance_of_number(mask, k) : chance_by_width(mask);
}

/* -- numbers of one value */

struct orderer {
    struct optimiser *o;
    struct graph graph;
    bool moved; /* some stretches have a new order */
    struct spot *spots; /* by index of test */
};

/* What is known of a test. */
struct spot {
    u32 edges; /* that lead to it */
    u32 run;   /* tests behind it that compare the same value with one number each, too */
    const struct value *in_a; /* what the tests before it have loaded; NULL when that differs */
    const struct test *meet; /* where all ways from it come together that do not lead to `reject` */
    u32 seen, reached; /* while a stretch is looked at: edges of it to this test, and how likely */
    bool ordered;      /* a stretch begins with it, or goes on with it */
    u32 first; /* where stretches begin that have a new order: the one to begin with; or NOWHERE */
    u32 then;  /* behind that one; NOWHERE: the end of them */
    const struct test *end; /* behind the last of them */
    const struct test *made;
};

static struct spot *spot_of(const struct orderer *o, const struct test *t)
{
    return &o->spots[graph_index(&o->graph, t)];
}

static bool is_number(const struct test *t)
{
    return t->op == CMP_EQ && t->right->kind == VALUE_CONST;
}

static void count_edges(struct orderer *o)
{
    for (u32 i = 0; i < o->graph.count; i++) {
        const struct test *t = o->graph.tests[i], *exits[] = { t->yes, t->no };
        for (u32 e = 0; e < (t->op == CMP_LET ? 1 : countof(exits)); e++)
            if (!is_leaf(exits[e]))
                spot_of(o, exits[e])->edges++;
    }
}

static void find_runs(struct orderer *o)
{
    for (u32 i = o->graph.count; i-- > 0;) {
        const struct test *t = o->graph.tests[i];
        if (is_number(t) && !is_leaf(t->no) && is_number(t->no) && t->no->left == t->left &&
            spot_of(o, t->no)->edges == 1)
            o->spots[i].run = 1 + spot_of(o, t->no)->run;
    }
}

/* A test before `no`, or behind those of its first `run` tests that are likelier. */
static const struct test *insert(struct ir *ir, const struct test *t, const struct test *yes,
                                 const struct test *no, u32 run)
{
    if (run == 0 || is_leaf(no) || chance_of(no) <= chance_of(t))
        return ir_with_exits(ir, t, yes, no);
    return ir_with_exits(ir, no, no->yes, insert(ir, t, yes, no->no, run - 1));
}

static const struct test *made_of(const struct orderer *o, const struct test *t)
{
    return is_leaf(t) ? t : spot_of(o, t)->made;
}

/* Whether a test is followed by a likelier one of its run: no run is in order without that. */
static bool has_likelier(const struct orderer *o)
{
    for (u32 i = 0; i < o->graph.count; i++)
        if (o->spots[i].run > 0 && chance_of(o->graph.tests[i]->no) > chance_of(o->graph.tests[i]))
            return true;
    return false;
}

static const struct test *likeliest_first(struct orderer *o)
{
    for (u32 i = o->graph.count; i-- > 0;) {
        const struct test *t = o->graph.tests[i];
        o->spots[i].made = insert(o->o->ir, t, made_of(o, t->yes), made_of(o, t->no),
                                  o->spots[i].run);
    }
    return o->spots[0].made;
}

/* -- stretches */

struct stretch {
    const struct test *from, *to; /* its first test, and where it leads */
    u32 edges;                    /* from it to there */
    u32 cost, passed; /* instructions on the average, in thousandths; and how likely it is passed */
    bool sets, varies; /* variables: whether it sets any, whether it uses any */
    bool taken;        /* has its place in the new order */
};

/* The load that a test leaves in A, more or less. */
static const struct value *loaded(const struct test *t)
{
    const struct value *v = t->left;

    if (t->op == CMP_LET)
        return NULL;
    return v->kind == VALUE_ALU && v->op == ALU_AND && v->b->kind == VALUE_CONST ? v->a : v;
}

static void find_in_a(struct orderer *o)
{
    for (u32 i = 0; i < o->graph.count; i++) {
        const struct test *t = o->graph.tests[i], *exits[] = { t->yes, t->no };
        for (u32 e = 0; e < countof(exits); e++) {
            if (is_leaf(exits[e]))
                continue;
            struct spot *s = spot_of(o, exits[e]);
            bool first = s->seen++ == 0;
            s->in_a = first || s->in_a == loaded(t) ? loaded(t) : NULL;
        }
    }
    for (u32 i = 0; i < o->graph.count; i++)
        o->spots[i].seen = 0;
}

/* Whether the tests before one have loaded what it compares. */
static bool is_loaded(const struct orderer *o, const struct test *t)
{
    return !is_leaf(t) && spot_of(o, t)->in_a != NULL && spot_of(o, t)->in_a == loaded(t);
}

static u32 rank(const struct orderer *o, const struct test *t)
{
    return is_leaf(t) ? o->graph.count : graph_index(&o->graph, t);
}

static const struct test *meet_of(const struct orderer *o, const struct test *yes,
                                  const struct test *no)
{
    const struct test *reject = o->o->ir->reject;

    while (yes != no && yes != reject && no != reject) {
        const struct test **earlier = rank(o, yes) < rank(o, no) ? &yes : &no;
        *earlier = spot_of(o, *earlier)->meet;
    }
    return yes == reject ? no : yes;
}

/* Finds where ways meet; false when no two stretches follow each other. */
static bool find_meets(struct orderer *o)
{
    bool found = false;

    for (u32 i = o->graph.count; i-- > 0;) {
        o->spots[i].meet = meet_of(o, o->graph.tests[i]->yes, o->graph.tests[i]->no);
        const struct test *meet = o->spots[i].meet;
        found |= !is_leaf(meet) && spot_of(o, meet)->meet != o->o->ir->reject;
    }
    return found;
}

/* Whoever is deeper than that is dear enough, and the stack has an end. */
enum { LEVELS = 64 };

/* Instructions that computing a value takes, about; of deep values those of the first `levels`. */
static u32 cost_to_level(const struct value *v, u32 levels)
{
    if (levels == 0)
        return 0;
    switch (v->kind) {
    case VALUE_CONST:
    case VALUE_VAR: return 0;
    case VALUE_LOAD: return 1 + (v->a != NULL ? cost_to_level(v->a, levels - 1) : 0);
    case VALUE_ALU:
        return 1 + cost_to_level(v->a, levels - 1) +
               (v->b != NULL && v->b->kind != VALUE_CONST ? 2 + cost_to_level(v->b, levels - 1) : 0);
    default: return 1;
    }
}

static u32 cost_of_value(const struct value *v)
{
    return cost_to_level(v, LEVELS);
}

static u32 cost_of(const struct orderer *o, const struct test *t)
{
    return (t->op != CMP_LET) + (is_loaded(o, t) ? 0 : cost_of_value(t->left)) +
           cost_of_value(t->right);
}

/* An edge of the stretch that is looked at. */
static void take_edge(struct orderer *o, struct stretch *s, const struct test *to, u32 reached)
{
    if (to == s->to) {
        s->edges++;
        s->passed += reached;
    } else if (!is_leaf(to)) {
        spot_of(o, to)->seen++;
        spot_of(o, to)->reached += reached;
    }
}

/* Looks at the tests from one to another place; false when there are other ways into them. */
static bool look_at(struct orderer *o, struct stretch *s)
{
    u32 first = rank(o, s->from), last = rank(o, s->to);
    bool closed = true;

    s->edges = s->cost = s->passed = 0;
    o->spots[first].reached = SURE;
    for (u32 i = first; i < last; i++) {
        const struct test *t = o->graph.tests[i];
        struct spot *at = &o->spots[i];
        if (i != first && at->seen == 0)
            continue;
        closed = closed && (i == first || at->seen == at->edges);
        u32 yes = t->op == CMP_LET ? at->reached : at->reached * chance_of(t) / SURE;
        s->cost += at->reached * cost_of(o, t);
        s->sets |= t->op == CMP_LET;
        s->varies |= t->left->varies || t->right->varies;
        take_edge(o, s, t->yes, yes);
        if (t->op != CMP_LET)
            take_edge(o, s, t->no, at->reached - yes);
        at->seen = at->reached = 0;
    }
    return closed;
}

/* The stretch that begins at a test; with it goes what would be loaded twice otherwise.  False:
 * none does. */
static bool find_stretch(struct orderer *o, const struct test *from, struct stretch *s)
{
    *s = (struct stretch){ .from = from, .to = spot_of(o, from)->meet };
    while (s->to != o->o->ir->reject && look_at(o, s)) {
        if (is_leaf(s->to) || s->edges != spot_of(o, s->to)->edges ||
            (!is_loaded(o, s->to) && from->op != CMP_LET))
            return true;
        from = s->to;
        spot_of(o, from)->ordered = true;
        s->to = spot_of(o, from)->meet;
    }
    return false;
}

/* Whether one stretch is better than another at rejecting early. */
static bool is_better(const struct stretch *s, const struct stretch *than)
{
    return (u64)s->cost * (SURE - than->passed) < (u64)than->cost * (SURE - s->passed);
}

/* Whether a stretch may come next: what sets its variables has been. */
static bool may_come(const struct stretch *all, u32 i)
{
    for (u32 j = 0; j < i; j++)
        if (!all[j].taken && all[j].sets && all[i].varies)
            return false;
    return !all[i].taken;
}

/* The best of those from `from` on. */
static u32 best_of(const struct stretch *all, u32 from, u32 count)
{
    u32 best = NOWHERE;

    for (u32 i = from; i < count; i++)
        if (may_come(all, i) && (best == NOWHERE || is_better(&all[i], &all[best])))
            best = i;
    return best;
}

/* Gives stretches a new order; the first and the last stay where they are if they share a load with
 * others. */
static void put_in_order(struct orderer *o, struct stretch *all, u32 count)
{
    u32 from = is_loaded(o, all[0].from), end = count - is_loaded(o, all[count - 1].to);
    u32 first = NOWHERE, last = NOWHERE;
    bool changed = false;

    for (u32 n = 0; n < count; n++) {
        u32 i = n < from ? 0 : n < end ? best_of(all, from, end) : n;
        all[i].taken = true;
        changed |= i != n;
        u32 at = rank(o, all[i].from);
        if (n == 0)
            first = at;
        else
            o->spots[last].then = at;
        last = at;
    }
    if (!changed)
        return;
    o->spots[last].then = NOWHERE;
    o->spots[last].end = all[count - 1].to;
    for (u32 i = 0; i < count; i++)
        spot_of(o, all[i].from)->meet = all[i].to;
    spot_of(o, all[0].from)->first = first;
    o->moved = true;
}

/* The stretches that follow each other from a test on. */
static void find_stretches(struct orderer *o, const struct test *from)
{
    struct stretch all[STRETCHES_MAX];
    const struct test *next = spot_of(o, from)->meet;
    u32 count = 0;

    if (is_leaf(next) || spot_of(o, next)->meet == o->o->ir->reject)
        return; /* there is one at most */
    while (count < STRETCHES_MAX && !spot_of(o, from)->ordered &&
           find_stretch(o, from, &all[count])) {
        const struct stretch *s = &all[count++];
        spot_of(o, from)->ordered = true;
        from = s->to;
        if (is_leaf(from) || s->edges != spot_of(o, from)->edges)
            break;
    }
    if (count > 1)
        put_in_order(o, all, count);
}

/* -- the new graph */

static const struct test *build(struct orderer *o, const struct test *t, const struct test *end,
                                const struct test *end_now);

/* A stretch and those behind it, up to `end`, for which there is `end_now`. */
static const struct test *build_stretches(struct orderer *o, u32 at, const struct test *end,
                                          const struct test *end_now)
{
    const struct spot *s = &o->spots[at];
    const struct test *t = o->graph.tests[at],
                      *next = s->then != NOWHERE ? build_stretches(o, s->then, end, end_now)
                                                 : build(o, s->end, end, end_now);

    const struct test *no = build(o, t->no, s->meet, next);
    return ir_with_exits(o->o->ir, t, build(o, t->yes, s->meet, next), no);
}

static const struct test *build(struct orderer *o, const struct test *t, const struct test *end,
                                const struct test *end_now)
{
    if (t == end)
        return end_now;
    if (is_leaf(t))
        return t;
    struct spot *s = spot_of(o, t);
    if (s->made == NULL && s->first != NOWHERE)
        s->made = build_stretches(o, s->first, end, end_now);
    if (s->made == NULL) {
        const struct test *no = build(o, t->no, end, end_now);
        s->made = ir_with_exits(o->o->ir, t, build(o, t->yes, end, end_now), no);
    }
    return s->made;
}

/* Takes a graph to work on; false when it is too large or the memory is full. */
static bool take(struct orderer *o, const struct graph *graph)
{
    o->graph = *graph;
    if (graph->count == 0 || graph->count > TESTS_MAX)
        return false;
    o->spots = arena_new(&o->o->scratch, struct spot, graph->count);
    if (o->spots == NULL)
        return false;
    count_edges(o);
    return true;
}

const struct test *pass_order(struct optimiser *optimiser)
{
    struct orderer o = { .o = optimiser };
    const struct test *root = optimiser->graph.tests[0];

    if (!take(&o, &optimiser->graph))
        return root;
    find_runs(&o);
    if (has_likelier(&o)) {
        root = likeliest_first(&o);
        struct graph swapped = graph_of(optimiser->ir, root, &optimiser->scratch);
        if (!take(&o, &swapped))
            return root;
    }
    if (!find_meets(&o))
        return root;
    find_in_a(&o);
    for (u32 i = 0; i < o.graph.count; i++)
        o.spots[i].first = NOWHERE;
    for (u32 i = 0; i < o.graph.count; i++)
        if (!o.spots[i].ordered)
            find_stretches(&o, o.graph.tests[i]);
    return o.moved ? build(&o, root, NULL, NULL) : root;
}
