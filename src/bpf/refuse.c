/*
 * Following each edge past the tests that an earlier one answers.
 *
 * An edge dominates a test when all ways to the test lead over it.  These edges form a chain, which a
 * test's first edge continues and where further edges to it join, it ends in what all have in common.
 */
#include "bpf/refuse.h"

#include "bpf/graph.h"
#include "bpf/ir_fold.h"

enum { NO_EDGE = 0xffffffff, STEPS_MAX = 1 << 22 };

/* An exit of a test: its number is twice the test's index, plus 1 for "no". */
struct exit {
    const struct test *to;
    u32 behind; /* the edge before it in the chain of those that dominate it; NO_EDGE: it is the first */
    u32 depth;  /* how many are before it */
};

struct follower {
    struct graph graph;
    struct exit *exits;
    u32 *last; /* by index of test: the last edge that dominates it */
    bool *reached;
    u32 steps; /* that are left */
    bool changed;
};

static const struct test *exit_of(const struct follower *f, const struct test *t, bool no)
{
    return f->exits[2 * graph_index(&f->graph, t) + no].to;
}

enum answer { UNKNOWN, YES, NO };

/* libpcap asks whether bits are zero by another instruction (jset), which tells nothing of equality. */
static bool asks_for_bits(const struct test *t)
{
    const struct value *v = t->left;

    return t->op == CMP_EQ && t->right->kind == VALUE_CONST && t->right->k == 0 && v->kind == VALUE_ALU &&
           v->op == ALU_AND && v->b->kind == VALUE_CONST;
}

/* What an edge tells of a test. */
static enum answer told(const struct follower *f, u32 edge, const struct test *t)
{
    const struct test *by = f->graph.tests[edge / 2];
    bool no = edge % 2 != 0;

    if (by->op != t->op || by->left != t->left || t->op == CMP_LET)
        return UNKNOWN;
    if (by->right == t->right)
        return no ? NO : YES;
    bool numbers = by->right->kind == VALUE_CONST && t->right->kind == VALUE_CONST;
    bool excludes = t->op == CMP_EQ && numbers && !asks_for_bits(by) && !asks_for_bits(t);
    return excludes && !no ? NO : UNKNOWN;
}

/* Where an edge leads if the tests are passed that it and those before it answer. */
static const struct test *follow(struct follower *f, u32 edge)
{
    const struct test *to = f->exits[edge].to;

    while (!is_leaf(to)) {
        bool idle = exit_of(f, to, false) == exit_of(f, to, true);
        enum answer a = idle && (to->op != CMP_LET || is_leaf(exit_of(f, to, false))) ? YES : UNKNOWN;
        for (u32 e = edge; e != NO_EDGE && a == UNKNOWN && f->steps > 0; e = f->exits[e].behind) {
            a = told(f, e, to);
            f->steps--;
        }
        if (a == UNKNOWN)
            break;
        to = exit_of(f, to, a == NO);
    }
    return to;
}

/* The last edge that two chains have in common. */
static u32 common(const struct follower *f, u32 one, u32 other)
{
    while (one != other && one != NO_EDGE && other != NO_EDGE) {
        u32 *deeper = f->exits[one].depth > f->exits[other].depth ? &one : &other;
        *deeper = f->exits[*deeper].behind;
    }
    return one == other ? one : NO_EDGE;
}

static void take_edge(struct follower *f, u32 edge)
{
    u32 before = f->last[edge / 2];
    struct exit *x = &f->exits[edge];

    x->behind = before;
    x->depth = before != NO_EDGE ? f->exits[before].depth + 1 : 0;
    if (is_leaf(x->to))
        return;
    u32 at = graph_index(&f->graph, x->to);
    f->last[at] = f->reached[at] ? common(f, f->last[at], edge) : edge;
    f->reached[at] = true;
}

/* Finds which edges dominate what can be reached from a test. */
static void find_edges(struct follower *f, const struct test *root)
{
    for (u32 i = 0; i < f->graph.count; i++) {
        f->last[i] = NO_EDGE;
        f->reached[i] = f->graph.tests[i] == root;
    }
    for (u32 i = 0; i < f->graph.count; i++)
        for (u32 e = 2 * i; e < 2 * i + 2 && f->reached[i]; e++)
            take_edge(f, e);
}

/* Lets the edges go on, those that are nearest to the leaves first: earlier ones may come to them else. */
static void go_on(struct follower *f)
{
    f->changed = false;
    for (u32 e = 2 * f->graph.count; e-- > 0;) {
        if (!f->reached[e / 2])
            continue;
        const struct test *to = follow(f, e);
        f->changed |= to != f->exits[e].to;
        f->exits[e].to = to;
    }
}

/*
 * Where the graph begins now: tests that decide nothing are left out.  A comparison of numbers that were
 * computed decides nothing here only, where it is the first one.
 */
static const struct test *beginning(const struct follower *f, const struct test *t)
{
    while (!is_leaf(t)) {
        struct comparison c = { .op = t->op, .left = t->left, .right = t->right };
        if (t->op != CMP_LET)
            ir_compare_numbers(&c);
        bool no = c.decided && !c.outcome;
        if (!c.decided && exit_of(f, t, false) != exit_of(f, t, true))
            break;
        t = exit_of(f, t, no);
    }
    return t;
}

bool rejects_plainly(const struct ir *ir, const struct test *root)
{
    struct follower f = { .graph = graph_of(ir, root, ir->arena), .steps = STEPS_MAX, .changed = true };
    u32 n = f.graph.count;

    f.exits = arena_new(ir->arena, struct exit, 2 * (size_t)n);
    f.last = arena_new(ir->arena, u32, n);
    f.reached = arena_new(ir->arena, bool, n);
    if (ir->arena->full)
        return false;
    for (u32 i = 0; i < n; i++) {
        f.exits[2 * i].to = f.graph.tests[i]->yes;
        f.exits[2 * i + 1].to = f.graph.tests[i]->no;
    }
    while (f.changed && f.steps > 0 && !is_leaf(root)) {
        find_edges(&f, root);
        go_on(&f);
        root = beginning(&f, root);
    }
    return is_leaf(root) && !root->accepts;
}
