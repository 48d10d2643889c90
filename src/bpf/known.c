/* Arithmetic of incomplete knowledge. */
#include "bpf/known.h"

static bool disjoint(struct pattern p, struct pattern q)
{
    return ((p.bits ^ q.bits) & p.mask & q.mask) != 0;
}

/* Whether every value of p is one of q. */
static bool within(struct pattern p, struct pattern q)
{
    return (q.mask & ~p.mask) == 0 && (p.bits & q.mask) == q.bits;
}

static u32 least_of(struct pattern p) { return p.bits; }
static u32 most_of(struct pattern p) { return p.bits | ~p.mask; }

struct known known_within(u32 mask)
{
    struct known k = { .high = UINT32_MAX, .in_count = 1 };

    k.in[0].mask = ~mask;
    k.high = mask;
    return k;
}

bool known_tells(const struct known *k, u32 mask)
{
    return k->out_count > 0 || k->in_count > 1 || k->in[0].mask != ~mask || k->low > 0 || k->high < mask;
}

/* Whether no value in bounds matches p; and whether all do. */
static bool out_of_bounds(const struct known *k, struct pattern p)
{
    return least_of(p) > k->high || most_of(p) < k->low;
}

static bool covers_bounds(const struct known *k, struct pattern p)
{
    /* Equal bits of both bounds above the highest one in which they differ are those of all between. */
    u32 differ = k->low ^ k->high;
    u32 open = differ == 0 ? 0 : UINT32_MAX >> __builtin_clz(differ);
    struct pattern bounds = { ~open, k->low & ~open };

    return within(bounds, p);
}

/* The same as known_matches() for a single number, which is what most questions are about. */
static enum answer is_number(const struct known *k, u32 v)
{
    if (v < k->low || v > k->high)
        return ANSWER_NO;
    if (k->low == k->high)
        return ANSWER_YES;
    u32 in = 0;
    while (in < k->in_count && ((v ^ k->in[in].bits) & k->in[in].mask) != 0)
        in++;
    if (in == k->in_count)
        return ANSWER_NO;
    if (k->in_count == 1 && k->in[0].mask == UINT32_MAX)
        return ANSWER_YES;
    for (u32 i = 0; i < k->out_count; i++)
        if (((v ^ k->out[i].bits) & k->out[i].mask) == 0)
            return ANSWER_NO;
    return ANSWER_OPEN;
}

enum answer known_matches(const struct known *k, struct pattern p)
{
    u32 yes = 0, no = 0;

    if (p.mask == UINT32_MAX)
        return is_number(k, p.bits);
    if (out_of_bounds(k, p))
        return ANSWER_NO;
    for (u32 i = 0; i < k->in_count; i++) {
        yes += within(k->in[i], p);
        no += disjoint(k->in[i], p) || out_of_bounds(k, k->in[i]);
    }
    if (no == k->in_count)
        return ANSWER_NO;
    if (yes == k->in_count || covers_bounds(k, p))
        return ANSWER_YES;
    for (u32 i = 0; i < k->out_count; i++)
        if (within(p, k->out[i]))
            return ANSWER_NO;
    return ANSWER_OPEN;
}

enum answer known_reaches(const struct known *k, u32 least)
{
    u32 yes = 0, no = 0;

    if (k->low >= least)
        return ANSWER_YES;
    if (k->high < least)
        return ANSWER_NO;
    for (u32 i = 0; i < k->in_count; i++) {
        yes += least_of(k->in[i]) >= least;
        no += most_of(k->in[i]) < least;
    }
    return yes == k->in_count ? ANSWER_YES : no == k->in_count ? ANSWER_NO : ANSWER_OPEN;
}

/* Keeps the patterns for which `keep` has a bit. */
static void keep_in(struct known *k, u32 keep)
{
    u32 n = 0;

    for (u32 i = 0; i < k->in_count; i++)
        if (keep >> i & 1)
            k->in[n++] = k->in[i];
    if (n > 0)
        k->in_count = (u8)n;
}

static void add_out(struct known *k, struct pattern p)
{
    for (u32 i = 0; i < k->out_count; i++)
        if (within(p, k->out[i]))
            return;
    if (k->out_count < KNOWN_OUT)
        k->out[k->out_count++] = p;
}

void known_learn_match(struct known *k, struct pattern p, bool outcome)
{
    u32 keep = 0;

    if (outcome && p.mask == UINT32_MAX) {
        k->low = k->high = p.bits;
        k->in_count = 1;
        k->in[0] = p;
        return;
    }
    for (u32 i = 0; i < k->in_count; i++)
        if (outcome ? !disjoint(k->in[i], p) : !within(k->in[i], p))
            keep |= 1u << i;
    keep_in(k, keep);
    if (!outcome) {
        add_out(k, p);
        if (p.mask == UINT32_MAX && p.bits == k->low && k->low < k->high)
            k->low++;
        if (p.mask == UINT32_MAX && p.bits == k->high && k->low < k->high)
            k->high--;
        return;
    }
    u32 low = UINT32_MAX, high = 0;
    for (u32 i = 0; i < k->in_count; i++) {
        k->in[i].mask |= p.mask;
        k->in[i].bits |= p.bits;
        low = least_of(k->in[i]) < low ? least_of(k->in[i]) : low;
        high = most_of(k->in[i]) > high ? most_of(k->in[i]) : high;
    }
    k->low = low > k->low ? low : k->low;
    k->high = high < k->high ? high : k->high;
}

void known_learn_reach(struct known *k, u32 least, bool outcome)
{
    u32 keep = 0;

    for (u32 i = 0; i < k->in_count; i++)
        if (outcome ? most_of(k->in[i]) >= least : least_of(k->in[i]) < least)
            keep |= 1u << i;
    keep_in(k, keep);
    if (outcome && least > k->low)
        k->low = least;
    if (!outcome && least > 0 && least - 1 < k->high)
        k->high = least - 1;
}

/* Adds a pattern of values that are possible too; without room, all melt into what they share. */
static void add_in(struct known *k, struct pattern p)
{
    for (u32 i = 0; i < k->in_count; i++)
        if (within(p, k->in[i]))
            return;
    u32 keep = 0;
    for (u32 i = 0; i < k->in_count; i++)
        if (!within(k->in[i], p))
            keep |= 1u << i;
    if (keep == 0) {
        k->in_count = 1;
        k->in[0] = p;
        return;
    }
    keep_in(k, keep);
    if (k->in_count < KNOWN_IN) {
        k->in[k->in_count++] = p;
        return;
    }
    for (u32 i = 0; i < k->in_count; i++) {
        p.mask &= k->in[i].mask & ~(p.bits ^ k->in[i].bits);
        p.bits &= p.mask;
    }
    k->in_count = 1;
    k->in[0] = p;
}

void known_join(struct known *k, const struct known *other)
{
    struct known before = *k;

    k->low = other->low < k->low ? other->low : k->low;
    k->high = other->high > k->high ? other->high : k->high;
    for (u32 i = 0; i < other->in_count; i++)
        add_in(k, other->in[i]);
    /* What one side has tested and the other side excludes as well. */
    k->out_count = 0;
    for (u32 i = 0; i < before.out_count; i++)
        if (known_matches(other, before.out[i]) == ANSWER_NO)
            add_out(k, before.out[i]);
    for (u32 i = 0; i < other->out_count; i++)
        if (known_matches(&before, other->out[i]) == ANSWER_NO)
            add_out(k, other->out[i]);
}
