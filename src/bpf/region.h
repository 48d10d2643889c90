/*
 * Regions: neighbouring tests that compare one value with numbers, seen as one many-way decision.
 *
 *      v == 80 ?                            v:   0..79 -> C
 *   yes /     \ no                                  80 -> A
 *     A      v >= 100 ?           =              81..99 -> C
 *             yes /    \ no                   100..     -> B
 *               B        C
 *
 * Private to the module.
 */
#ifndef BPF_REGION_H
#define BPF_REGION_H

#include "bpf/graph.h"

/*
 * Up to how many elements are told apart by a chain, more by a tree.  A tree of n single numbers
 * has about n / 4 tests more than a chain, and is as deep as the logarithm of n.
 */
enum { REGION_CHAIN = 7, REGION_CHAIN_MAX = 16 };

/* Values low .. high, up to the next segment's low, lead to `to`. */
struct segment {
    u32 low;
    const struct test *to;
    const struct test *asker; /* a test that told this segment from others; for its reason */
};

/* The whole range of a value in ascending order; the first begins at 0, neighbours differ in `to`.
 */
struct segments {
    struct segment *at;
    u32 count;
};

/* The values, low .. high, for which a test says yes. */
struct range {
    const struct value *of; /* NULL: the test is of another kind */
    u32 low, high;
};

/*
 * The range of a test: v == k, v >= k, or (v & m) == k where m only cuts low bits off.  The value's
 * mask must be all bits up to its highest, so that nothing lies between the numbers.
 */
struct range region_range(const struct test *t);

/* The largest number that the value can be. */
static inline u32 region_most(const struct value *v)
{
    return v->mask;
}

/* The tests of a region: the first is where it begins, each stands before its exits. */
struct region {
    const struct test *const *tests;
    u32 count;
    const struct graph *graph;
    const u32 *region_of; /* by index of test: the number of its region */
    u32 number;           /* of this one */
};

/* Sorts by `low`, in place. */
void segments_sort(struct segments *s);

/* Makes neighbours that lead to the same place one; they must be sorted. */
void segments_join(struct segments *s);

/* What a region does.  Count is 0 when the arena is full or when the tests are too entangled. */
struct segments region_segments(const struct region *r, struct arena *arena);

/*
 * Tests that do what the segments say, on `v`: a chain for up to chain_max elements, a tree of
 * bounds with short chains at its ends for more.  Sets *cost to the number of tests; with `ir` NULL
 * it only counts.
 */
const struct test *region_build(struct ir *ir, const struct value *v, const struct segments *s,
                                u32 chain_max, u32 *cost);

#endif
