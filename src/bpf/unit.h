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
    const struct test **tests; /* `count` of them, every test before its exits */
    u32 count;
    const struct test *exits[2]; /* where it leads; only the first exit_count are set */
    u32 exit_count;              /* 3 stands for more */
};

struct units {
    struct graph graph;
    struct unit *at; /* in the order of their first tests */
    u32 count;
    u32 *of;   /* by id of test: its unit */
    u32 *from; /* by id: the unit of all tests that lead here; UNIT_MIXED: of several; UNIT_NONE: none */
};

/* Cuts the graph; false when the arena is full. */
bool units_cut(struct units *u, const struct test *root, struct arena *arena);

/* Whether an exit of a unit's test leads out of it. */
static inline bool unit_leaves(const struct units *u, u32 unit, const struct test *to)
{
    return to->op == CMP_LEAF || u->of[to->id] != unit;
}

/* Which of a unit's two exits is `to`; 2 when none is, or when it has not got two. */
u32 unit_exit(const struct unit *u, const struct test *to);

/* What a unit on a value does. */
struct segments unit_segments(const struct units *u, u32 unit, struct arena *arena);

/* Whether each test of a unit hands over to one other at most. */
bool unit_is_chain(const struct units *u, u32 unit);

#endif
