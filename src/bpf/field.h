/*
 * Questions about fields: the tests of a graph in a form in which one answer helps to find others.
 *
 * A field is a value that several tests look at: a load together with the loads of parts of it,
 * or any other value.  A test that compares it with a number asks whether it matches a pattern of
 * bits or reaches a bound.  Comparing two values is a field of its own, which is 1 or 0.
 * Private to the module.
 */
#ifndef BPF_FIELD_H
#define BPF_FIELD_H

#include "bpf/graph.h"
#include "bpf/known.h"

/* Sets of fields are 64-bit words; what would need more is left without a field. */
enum { FIELDS_MAX = 64, NO_FIELD = 0xff };

struct question {
    u8 field;     /* NO_FIELD: nothing can be learnt from this test */
    bool reaches; /* asks whether field >= p.bits, else whether it matches p */
    bool negated; /* "yes" to the question is "no" to the test */
    struct pattern p;
};

struct fields {
    u32 count;
    bool repeat;                          /* some field is asked about more than once */
    u64 plain; /* fields that are only compared with numbers, each once, and that can be many others */
    u32 mask[FIELDS_MAX];                 /* bits that the field can have */
    const struct value *value[FIELDS_MAX]; /* the whole field; NULL when it compares two values */
    struct question *questions;           /* one per test of the graph, in its order */
};

/* Fills *fields; false when the arena is full. */
bool fields_find(struct fields *fields, const struct graph *g, struct arena *arena);

#endif
