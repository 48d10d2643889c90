/*
 * Units: a graph cut into regions of tests on one value (bpf/region.h) and single tests of other
 * kinds.  Private to the module.
 */
#ifndef BPF_UNIT_H
#define BPF_UNIT_H

#include "bpf/region.h"

enum { UNIT_NONE = 0xffffffff, UNIT_MIXED = 0xfffffffe };

struct unit {
    const struct value *value; /* NULL: a single test of another kind */
    bool bounded;  /* a test of it asks for a bound */
    bool masked;   /* a test of it has a mask, which only cuts low bits off */
    bool repeated; /* an earlier unit is on the same value */
    const struct test **tests; /* `count` of them, every test before its exits */
    u32 count;
    const struct test *exits[2]; /* where it leads; only the first exit_count are set */
    u32 exit_count;              /* 3 stands for more */
};

struct units {
    const struct graph *graph;
    struct unit *at; /* in the order of their first tests */
    u32 count;
    u32 *of;   /* by index of test: its unit */
    u32 *from; /* by index: the unit of all tests that lead here; UNIT_MIXED: of several; UNIT_NONE: none */
    bool repeated; /* whether any unit is */
};

/* Cuts a graph, which must live as long; count is 0 when the arena is full. */
struct units units_of(const struct graph *graph, struct arena *arena);

/* The unit of a test. */
static inline u32 unit_of(const struct units *u, const struct test *t)
{
    return u->of[graph_index(u->graph, t)];
}

/* The unit of all tests that lead to this one. */
static inline u32 unit_before(const struct units *u, const struct test *t)
{
    return u->from[graph_index(u->graph, t)];
}

/* Whether an exit of a unit's test leads out of it. */
static inline bool unit_leaves(const struct units *u, u32 unit, const struct test *to)
{
    return is_leaf(to) || unit_of(u, to) != unit;
}

/* Which of a unit's two exits is `to`; 2 when none is, or when it has not got two. */
u32 unit_exit(const struct unit *u, const struct test *to);

/* What a unit on a value does. */
struct segments unit_segments(const struct units *u, u32 unit, struct arena *arena);

/* Whether each test of a unit hands over to one other at most. */
bool unit_is_chain(const struct units *u, u32 unit);

#endif
