/* Cutting a graph into units. */
#include "bpf/unit.h"

static void come_from(struct units *u, const struct test *to, u32 unit)
{
    u32 *from = &u->from[to->id];

    *from = *from == UNIT_NONE || *from == unit ? unit : UNIT_MIXED;
}

/* Puts every test into a unit: into that of the tests before it when all are on the same value. */
static void assign_units(struct units *u)
{
    for (u32 i = 0; i < u->graph.count; i++) {
        const struct test *t = u->graph.tests[i];
        const struct value *v = region_range(t).of;
        u32 from = u->from[t->id], unit = u->count;
        if (v != NULL && from < UNIT_MIXED && u->at[from].value == v)
            unit = from;
        else
            u->at[u->count++].value = v;
        u->of[t->id] = unit;
        u->at[unit].count++;
        come_from(u, t->yes, unit);
        come_from(u, t->no, unit);
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
    for (u32 i = 0; i < u->graph.count; i++) {
        const struct test *t = u->graph.tests[i];
        u32 number = u->of[t->id];
        struct unit *unit = &u->at[number];
        unit->tests[unit->count++] = t;
        if (unit_leaves(u, number, t->yes))
            note_exit(unit, t->yes);
        if (unit_leaves(u, number, t->no))
            note_exit(unit, t->no);
    }
}

bool units_cut(struct units *u, const struct test *root, struct arena *arena)
{
    *u = (struct units){ .graph = graph_of(root, arena) };
    const struct test **all = arena_new(arena, const struct test *, u->graph.count);
    u->of = arena_new(arena, u32, u->graph.ids);
    u->from = arena_new(arena, u32, u->graph.ids);
    u->at = arena_new(arena, struct unit, u->graph.count);
    if (arena->full)
        return false;
    for (u32 i = 0; i < u->graph.ids; i++)
        u->from[i] = UNIT_NONE;
    assign_units(u);
    fill_units(u, all);
    return true;
}

u32 unit_exit(const struct unit *u, const struct test *to)
{
    if (u->exit_count != 2)
        return 2;
    return u->exits[0] == to ? 0 : u->exits[1] == to ? 1 : 2;
}

struct segments unit_segments(const struct units *u, u32 unit, struct arena *arena)
{
    const struct region r = { (const struct test *const *)u->at[unit].tests, u->at[unit].count, u->of, unit };

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
