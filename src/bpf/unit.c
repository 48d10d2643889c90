/* Cutting a graph into units. */
#include "bpf/unit.h"

static void come_from(struct units *u, const struct test *to, u32 unit)
{
    if (is_leaf(to))
        return;
    u32 *from = &u->from[graph_index(u->graph, to)];
    *from = *from == UNIT_NONE || *from == unit ? unit : UNIT_MIXED;
}

/* Puts every test into a unit: into that of the tests before it when all are on the same value. */
static void assign_units(struct units *u, u32 *last_on)
{
    for (u32 i = 0; i < u->graph->count; i++) {
        const struct test *t = u->graph->tests[i];
        const struct value *v = region_range(t).of;
        u32 from = u->from[i], number = u->count;
        if (v != NULL && from < UNIT_MIXED && u->at[from].value == v)
            number = from;
        else
            u->at[u->count++] = (struct unit){ .value = v };
        struct unit *unit = &u->at[number];
        unit->count++;
        if (v != NULL) {
            unit->bounded |= t->op == CMP_GE;
            unit->masked |= t->left != v;
            unit->repeated = last_on[v->id] != 0 && last_on[v->id] != number + 1;
            u->repeated |= unit->repeated;
            last_on[v->id] = number + 1;
        }
        u->of[i] = number;
        come_from(u, t->yes, number);
        come_from(u, t->no, number);
    }
}

static void note_exit(struct unit *u, const struct test *to)
{
    for (u32 i = 0; i < u->exit_count && i < 2; i++)
        if (u->exits[i] == to)
            return;
    if (u->exit_count < 2)
        u->exits[u->exit_count] = to;
    if (u->exit_count < 3)
        u->exit_count++;
}

static void fill_units(struct units *u, const struct test **all)
{
    for (u32 i = 0; i < u->count; i++) {
        u->at[i].tests = all;
        all += u->at[i].count;
        u->at[i].count = 0;
    }
    for (u32 i = 0; i < u->graph->count; i++) {
        const struct test *t = u->graph->tests[i];
        u32 number = u->of[i];
        struct unit *unit = &u->at[number];
        unit->tests[unit->count++] = t;
        if (unit_leaves(u, number, t->yes))
            note_exit(unit, t->yes);
        if (unit_leaves(u, number, t->no))
            note_exit(unit, t->no);
    }
}

struct units units_of(const struct graph *graph, struct arena *arena)
{
    u32 n = graph->count;
    struct units u = { .graph = graph };
    const struct test **all = arena_raw(arena, const struct test *, n);
    u32 *last_on = arena_new(arena, u32, graph->values);

    u.of = arena_raw(arena, u32, n);
    u.from = arena_raw(arena, u32, n);
    u.at = arena_raw(arena, struct unit, n);
    if (arena->full)
        return u;
    for (u32 i = 0; i < n; i++)
        u.from[i] = UNIT_NONE;
    assign_units(&u, last_on);
    fill_units(&u, all);
    return u;
}

u32 unit_exit(const struct unit *u, const struct test *to)
{
    if (u->exit_count != 2)
        return 2;
    return u->exits[0] == to ? 0 : u->exits[1] == to ? 1 : 2;
}

struct segments unit_segments(const struct units *u, u32 unit, struct arena *arena)
{
    const struct unit *at = &u->at[unit];
    const struct region r = { (const struct test *const *)at->tests, at->count, u->graph, u->of, unit };

    return region_segments(&r, arena);
}

bool unit_is_chain(const struct units *u, u32 unit)
{
    const struct unit *at = &u->at[unit];

    for (u32 i = 0; i < at->count; i++)
        if (!unit_leaves(u, unit, at->tests[i]->yes) && !unit_leaves(u, unit, at->tests[i]->no))
            return false;
    return true;
}
