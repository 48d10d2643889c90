/* Many-way decisions on one value: read from tests, and made into better ones. */
#include "bpf/region.h"

/* Work, in steps, that a region of another form than a chain may take. */
enum { WALK_MAX = 1 << 16 };

/* How many elements a tree leaves to the chains at its ends. */
enum { TREE_LEAF = 4 };

static bool is_filled(u32 mask)
{
    return (mask & (mask + 1)) == 0;
}

struct range region_range(const struct test *t)
{
    struct range r = { .of = t->left };

    if (t->op > CMP_SET || t->right->kind != VALUE_CONST)
        return (struct range){ .of = NULL };
    u32 k = t->right->k;
    if (t->op == CMP_EQ && r.of->kind == VALUE_ALU && r.of->op == ALU_AND &&
        r.of->b->kind == VALUE_CONST) {
        u32 cut = r.of->a->mask & ~r.of->b->k;
        bool is_prefix = is_filled(cut);
        r.of = is_prefix ? r.of->a : r.of;
        r.low = k;
        r.high = is_prefix ? k | cut : k;
    } else if (t->op == CMP_EQ) {
        r.low = r.high = k;
    } else if (t->op == CMP_GE) {
        r.low = k;
        r.high = region_most(r.of);
    } else {
        r.of = NULL;
    }
    if (r.of != NULL && !is_filled(r.of->mask))
        r.of = NULL;
    return r;
}

static void swap(struct segment *a, struct segment *b)
{
    struct segment kept = *a;

    *a = *b;
    *b = kept;
}

/* Lets the element at `root` of a heap of `count` sink to its place. */
static void sink(struct segment *at, u32 root, u32 count)
{
    for (;;) {
        u32 child = 2 * root + 1;
        if (child >= count)
            return;
        if (child + 1 < count && at[child].low < at[child + 1].low)
            child++;
        if (at[root].low >= at[child].low)
            return;
        swap(&at[root], &at[child]);
        root = child;
    }
}

void segments_sort(struct segments *s)
{
    for (u32 i = s->count / 2; i-- > 0;)
        sink(s->at, i, s->count);
    for (u32 n = s->count; n > 1; n--) {
        swap(&s->at[0], &s->at[n - 1]);
        sink(s->at, 0, n - 1);
    }
}

void segments_join(struct segments *s)
{
    u32 n = 0;

    for (u32 i = 0; i < s->count; i++)
        if (n == 0 || s->at[n - 1].to != s->at[i].to)
            s->at[n++] = s->at[i];
    s->count = n;
}

/* The numbers at which any test's answer changes, ascending, as segments that lead nowhere yet. */
static struct segments breakpoints(const struct region *r, struct arena *arena)
{
    struct segments s = { .at = arena_raw(arena, struct segment, 2 * (size_t)r->count + 1),
                          .count = 1 };
    u32 n = 0;

    if (s.at == NULL)
        return (struct segments){ .count = 0 };
    s.at[0] = (struct segment){ .low = 0 };
    for (u32 i = 0; i < r->count; i++) {
        struct range range = region_range(r->tests[i]);
        s.at[s.count++] = (struct segment){ .low = range.low };
        if (range.high < region_most(range.of))
            s.at[s.count++] = (struct segment){ .low = range.high + 1 };
    }
    segments_sort(&s);
    for (u32 i = 0; i < s.count; i++)
        if (n == 0 || s.at[n - 1].low != s.at[i].low)
            s.at[n++].low = s.at[i].low;
    s.count = n;
    return s;
}

static bool inside(const struct region *r, const struct test *t)
{
    return !is_leaf(t) && r->region_of[graph_index(r->graph, t)] == r->number;
}

/* Whether each test hands over to one other at most. */
static bool is_chain(const struct region *r)
{
    for (u32 i = 0; i < r->count; i++)
        if (inside(r, r->tests[i]->yes) && inside(r, r->tests[i]->no))
            return false;
    return true;
}

/* Index of the segment that begins at `low`. */
static u32 segment_at(const struct segments *s, u32 low)
{
    u32 beg = 0, end = s->count;

    while (end - beg > 1) {
        u32 mid = beg + (end - beg) / 2;
        if (s->at[mid].low <= low)
            beg = mid;
        else
            end = mid;
    }
    return beg;
}

/* The first segment from `i` on that leads nowhere yet; shortens the way for the next search. */
static u32 first_free(u32 *free, u32 i)
{
    u32 found = i;

    while (free[found] != found)
        found = free[found];
    while (free[i] != found) {
        u32 next = free[i];
        free[i] = found;
        i = next;
    }
    return found;
}

/* Sends what is still free of [beg, end) to an exit, unless the exit is a test of the region. */
static void assign(const struct region *r, struct segments *s, u32 *free, u32 beg, u32 end,
                   const struct test *asker, const struct test *to)
{
    if (inside(r, to))
        return;
    for (u32 i = first_free(free, beg); i < end; i = first_free(free, i)) {
        s->at[i].to = to;
        s->at[i].asker = asker;
        free[i] = i + 1;
    }
}

/* The segments of a chain: the first test that sends a segment out of the region decides. */
static bool follow_chain(const struct region *r, struct segments *s, struct arena *arena)
{
    u32 *free = arena_raw(arena, u32, (size_t)s->count + 1);

    if (free == NULL)
        return false;
    for (u32 i = 0; i <= s->count; i++)
        free[i] = i;
    for (u32 i = 0; i < r->count; i++) {
        const struct test *t = r->tests[i];
        struct range range = region_range(t);
        u32 beg = segment_at(s, range.low);
        u32 end = range.high == region_most(range.of) ? s->count : segment_at(s, range.high + 1);
        assign(r, s, free, beg, end, t, t->yes);
        assign(r, s, free, 0, beg, t, t->no);
        assign(r, s, free, end, s->count, t, t->no);
    }
    return true;
}

/* The segments of any region: the way of each from the first test on. */
static void walk(const struct region *r, struct segments *s)
{
    for (u32 i = 0; i < s->count; i++) {
        const struct test *t = r->tests[0], *asker = t;
        while (inside(r, t)) {
            struct range range = region_range(t);
            asker = t;
            t = s->at[i].low >= range.low && s->at[i].low <= range.high ? t->yes : t->no;
        }
        s->at[i].to = t;
        s->at[i].asker = asker;
    }
}

/* The segments of one test. */
static struct segments of_one(const struct test *t, struct arena *arena)
{
    struct range range = region_range(t);
    struct segments s = { .at = arena_raw(arena, struct segment, 3) };

    if (s.at == NULL)
        return s;
    if (range.low > 0)
        s.at[s.count++] = (struct segment){ 0, t->no, t };
    s.at[s.count++] = (struct segment){ range.low, t->yes, t };
    if (range.high < region_most(range.of))
        s.at[s.count++] = (struct segment){ range.high + 1, t->no, t };
    return s;
}

struct segments region_segments(const struct region *r, struct arena *arena)
{
    if (r->count == 1)
        return of_one(r->tests[0], arena);
    struct segments s = breakpoints(r, arena);

    if (is_chain(r)) {
        if (!follow_chain(r, &s, arena))
            s.count = 0;
    } else if ((u64)s.count * r->count <= WALK_MAX) {
        walk(r, &s);
    } else {
        s.count = 0;
    }
    segments_join(&s);
    return s;
}

/* Making of tests.  What leads to `rest` needs no test of its own; elements are the others. */
struct builder {
    struct ir *ir; /* NULL: only count */
    const struct value *v;
    const struct segments *s;
    const struct test *rest;
    u32 chain_max;
    u32 tests;
};

static u32 high_of(const struct builder *b, u32 i)
{
    return i + 1 < b->s->count ? b->s->at[i + 1].low - 1 : region_most(b->v);
}

static const struct test *make(struct builder *b, enum cmp op, u32 k, const struct segment *asked,
                               const struct test *yes, const struct test *no)
{
    b->tests++;
    if (b->ir == NULL)
        return NULL;
    return ir_test(b->ir, op, b->v, ir_const(b->ir, k), yes, no, asked->asker->why);
}

/* Tells one element, of numbers from `low` up to `high` that can come here, from what follows it.
 */
static const struct test *element(struct builder *b, u32 i, u32 low, u32 high,
                                  const struct test *next)
{
    const struct segment *e = &b->s->at[i];
    u32 last = high_of(b, i);

    if (e->low <= low && last >= high)
        return e->to;
    if (e->low == last)
        return make(b, CMP_EQ, e->low, e, e->to, next);
    if (last < high)
        next = make(b, CMP_GE, last + 1, e, next, e->to);
    else
        next = e->to;
    return e->low > low ? make(b, CMP_GE, e->low, e, next, b->rest) : next;
}

/*
 * Elements among segments beg .. end - 1 one after the other.  Behind a range only what is above it
 * can come, since what is below has left.
 */
static const struct test *chain(struct builder *b, u32 beg, u32 end, u32 low, u32 high)
{
    u32 floor[2 * REGION_CHAIN_MAX + 2], at[2 * REGION_CHAIN_MAX + 2], n = 0;
    const struct test *next = b->rest;

    for (u32 i = beg; i < end; i++) {
        if (b->s->at[i].to == b->rest)
            continue;
        at[n] = i;
        floor[n++] = low;
        u32 last = high_of(b, i);
        if (last > b->s->at[i].low && last < high)
            low = last + 1;
    }
    while (n-- > 0)
        next = element(b, at[n], floor[n], high, next);
    return next;
}

static u32 count_elements(const struct builder *b, u32 beg, u32 end)
{
    u32 n = 0;

    for (u32 i = beg; i < end; i++)
        n += b->s->at[i].to != b->rest;
    return n;
}

/* A tree over segments beg .. end - 1; as deep as the logarithm of their number. */
static const struct test *tree(struct builder *b, u32 beg, u32 end, u32 low, u32 high)
{
    u32 n = count_elements(b, beg, end);

    if (n <= TREE_LEAF)
        return chain(b, beg, end, low, high);
    u32 mid = beg, left = n / 2;
    while (left > 0 || b->s->at[mid].to == b->rest)
        left -= b->s->at[mid++].to != b->rest;
    const struct segment *s = &b->s->at[mid];
    const struct test *above = tree(b, mid, end, s->low, high);
    const struct test *below = tree(b, beg, mid, low, s->low - 1);
    return make(b, CMP_GE, s->low, s, above, below);
}

/* The tests with one choice of `rest`. */
static const struct test *build(struct builder *b)
{
    const struct segments *s = b->s;
    u32 most = region_most(b->v);

    b->tests = 0;
    if (count_elements(b, 0, s->count) <= b->chain_max)
        return chain(b, 0, s->count, 0, most);
    return tree(b, 0, s->count, 0, most);
}

const struct test *region_build(struct ir *ir, const struct value *v, const struct segments *s,
                                u32 chain_max, u32 *cost)
{
    struct builder b = { .v = v, .s = s, .chain_max = chain_max };
    const struct test *best = s->at[0].to;

    *cost = UINT32_MAX;
    /* Where all lead to one of two places there are two choices; further ones seldom pay. */
    for (u32 i = 0; i < 3 && i < s->count; i++) {
        b.rest = s->at[i].to;
        if (i == 2 && b.rest == s->at[0].to)
            break;
        build(&b);
        if (b.tests < *cost) {
            *cost = b.tests;
            best = b.rest;
        }
    }
    b.ir = ir;
    b.rest = best;
    return ir != NULL ? build(&b) : NULL;
}
