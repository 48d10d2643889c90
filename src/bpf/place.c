/*
 * Placement.
 *
 * Every test becomes a block: loads, arithmetic, one jump.  A path may enter a block behind
 * whatever its registers hold already, so blocks have several entries:
 *
 *                      ldxb 4*([14]&0xf)   <- nothing known
 *                      ldh  [x + 16]       <- X holds the header length
 *                      jeq  #80            <- A holds the port
 *
 * Blocks stand in the order of the graph, where every test comes before its exits.  Only a CMP_LET
 * runs into the next block; it stands directly before it.  A variable lives in X when it is the
 * base of a load, else in A; one that gets lost on the way to a use is kept in a scratch cell too.
 */
#include "bpf/place.h"

#include "base/mem.h"

enum { SOURCE_X = 0x08, NONE = 0xffffffff };

/* A jump whose target is not placed yet, and what the registers hold when it is taken. */
struct edge {
    u32 next; /* in the list of the same target */
    u32 item;
    bool no;
    struct regs regs;
};

struct variable {
    bool indexes;    /* is the base of a load */
    bool cell;       /* is kept in a cell as well */
    u32 first, last; /* positions of its first CMP_LET and its last use */
};

struct placer {
    struct ir *ir;
    struct coder *c;
    const struct place_options *options;
    struct graph graph;
    const struct test **order; /* all tests of the graph */
    u32 *edges_to; /* by index in the graph, see place_index(): the list of edges to it */
    struct edge *edges;
    u32 edge_count;
    struct variable *variables;
    u8 *variable_cell;
};

/* The index of a test, or of a leaf: those have the two behind all tests. */
static u32 place_index(const struct placer *p, const struct test *t)
{
    return is_leaf(t) ? p->graph.count + t->accepts : graph_index(&p->graph, t);
}

static const u16 jump_code[] = {
    [CMP_EQ] = BPF_JEQ_K, [CMP_GT] = BPF_JGT_K, [CMP_GE] = BPF_JGE_K, [CMP_SET] = BPF_JSET_K
};

/* What an instruction reads and writes. */
struct effect {
    bool reads_a, reads_x, writes_a, writes_x;
    u16 reads_cell, writes_cell;
};

static struct effect effect_of(const struct item *item)
{
    const struct bpf_opcode *o = &bpf_opcodes[item->code];
    bool is_alu = (item->code & 7) == (BPF_ADD_K & 7);
    bool loads_cell = item->code == BPF_LD_MEM || item->code == BPF_LDX_MEM;

    return (struct effect){
        .reads_a = o->flow == BPF_FLOW_TEST || is_alu || item->code == BPF_TAX ||
                   item->code == BPF_ST,
        .reads_x = o->operand == BPF_OPERAND_X || o->operand == BPF_OPERAND_IND ||
                   item->code == BPF_TXA || item->code == BPF_STX,
        .writes_a = o->flow == BPF_FLOW_A,
        .writes_x = o->flow == BPF_FLOW_X,
        .reads_cell = (u16)(loads_cell ? 1u << item->k : 0),
        .writes_cell = (u16)(o->flow == BPF_FLOW_STORE ? 1u << item->k : 0),
    };
}

static bool common(const struct value *const one[NAMES], const struct value *const other[NAMES])
{
    for (u32 i = 0; i < NAMES; i++)
        if (one[i] != NULL && (one[i] == other[0] || one[i] == other[1]))
            return true;
    return false;
}

/* A place to enter a block, and what the registers hold at its end on that way. */
struct entry {
    u32 item;
    struct regs end;
};

/*
 * The last item of the block from `start` at which a path with these registers may enter.  A
 * CMP_LET must leave its variable in its place, which the last item reads in a way.
 */
static struct entry enter(const struct placer *p, u32 start, const struct test *t,
                          const struct regs *r)
{
    const struct coder *c = p->c;
    bool is_let = t->op == CMP_LET;
    bool a = is_let && !p->variables[t->left->k].indexes;
    bool x = is_let && !a;
    bool kept_a = true, kept_x = true;
    u32 cells = is_let && p->variables[t->left->k].cell ? 1u << p->variable_cell[t->left->k] : 0;
    struct entry entry = { .end = c->now };

    for (entry.item = c->count - 1; entry.item > start; entry.item--) {
        struct effect e = effect_of(&c->items[entry.item]);
        a = (a && !e.writes_a) || e.reads_a;
        x = (x && !e.writes_x) || e.reads_x;
        cells = (cells & ~(u32)e.writes_cell) | (e.reads_cell & ~(u32)c->cells_taken);
        kept_a = kept_a && !e.writes_a;
        kept_x = kept_x && !e.writes_x;
        const struct regs *here = &c->before[entry.item];
        if ((!a || common(r->a, here->a)) && (!x || common(r->x, here->x)) && cells == 0)
            break;
    }
    if (entry.item > start && kept_a && !a)
        memcpy(entry.end.a, r->a, sizeof r->a);
    if (entry.item > start && kept_x && !x)
        memcpy(entry.end.x, r->x, sizeof r->x);
    return entry;
}

static void add_edge(struct placer *p, const struct test *to, u32 item, bool no,
                     const struct regs *regs)
{
    u32 *list = &p->edges_to[place_index(p, to)];

    struct edge *e = &p->edges[p->edge_count];
    e->next = *list;
    e->item = item;
    e->no = no;
    if (!is_leaf(to)) /* whose code does not care */
        e->regs = *regs;
    *list = p->edge_count++;
}

static void set_target(struct placer *p, const struct edge *e, u32 target)
{
    if (e->no)
        p->c->items[e->item].no = target;
    else
        p->c->items[e->item].yes = target;
}

/* Sets the targets of all edges to the block from `start`; *end is what is known at its end. */
static void connect(struct placer *p, const struct test *t, u32 start, bool alike, struct regs *end)
{
    bool first = true;

    *end = p->c->now;
    for (u32 i = p->edges_to[place_index(p, t)]; i != NONE; i = p->edges[i].next) {
        if (alike) {
            set_target(p, &p->edges[i], start);
            continue;
        }
        struct entry entry = enter(p, start, t, &p->edges[i].regs);
        set_target(p, &p->edges[i], entry.item);
        *end = first ? entry.end : regs_meet(end, &entry.end);
        first = false;
    }
}

/* What the registers hold on all edges to a test; *alike: it is the same on each. */
static struct regs arrive(const struct placer *p, const struct test *t, bool *alike)
{
    u32 i = p->edges_to[place_index(p, t)];
    struct regs all = { { NULL, NULL }, { NULL, NULL } };

    *alike = true;
    if (i == NONE || p->options->forgets)
        return all;
    all = p->edges[i].regs;
    for (i = p->edges[i].next; i != NONE; i = p->edges[i].next)
        if (!regs_equal(&all, &p->edges[i].regs)) {
            *alike = false;
            all = regs_meet(&all, &p->edges[i].regs);
        }
    return all;
}

/* Adds a name to what a register holds. */
static void rename(const struct value *names[NAMES], const struct value *variable)
{
    names[1] = names[0];
    names[0] = variable;
}

static void code_let(struct placer *p, const struct test *t)
{
    const struct variable *v = &p->variables[t->left->k];
    struct coder *c = p->c;

    if (v->indexes) {
        code_x(c, t->right);
        rename(c->now.x, t->left);
    } else {
        code_a(c, t->right);
        rename(c->now.a, t->left);
    }
    if (v->cell)
        code_put(c, (struct item){ .code = v->indexes ? BPF_STX : BPF_ST,
                                   .k = p->variable_cell[t->left->k] });
    code_put(c, (struct item){ .code = BPF_JA });
}

static void code_test(struct placer *p, const struct test *t)
{
    struct item jump = { .code = jump_code[t->op], .k = t->right->k };

    if (t->right->kind == VALUE_CONST) {
        code_a(p->c, t->left);
    } else {
        code_both(p->c, t->left, t->right);
        jump.code |= SOURCE_X;
        jump.k = 0;
    }
    code_put(p->c, jump);
}

static void place_test(struct placer *p, const struct test *t)
{
    struct coder *c = p->c;
    u32 start = c->count;
    bool alike;
    struct regs end;

    c->now = arrive(p, t, &alike);
    if (start == 0)
        c->now.a[0] = c->now.x[0] = p->ir->zero;
    if (t->op == CMP_LET)
        code_let(p, t);
    else
        code_test(p, t);
    if (c->full || c->too_many_cells)
        return;
    connect(p, t, start, alike, &end);
    add_edge(p, t->yes, c->count - 1, false, &end);
    if (t->op != CMP_LET)
        add_edge(p, t->no, c->count - 1, true, &end);
}

static void place_leaf(struct placer *p, const struct test *leaf, u32 result)
{
    for (u32 i = p->edges_to[place_index(p, leaf)]; i != NONE; i = p->edges[i].next)
        set_target(p, &p->edges[i], p->c->count);
    code_put(p->c, (struct item){ .code = BPF_RET_K, .k = result });
}

/*
 * Whether a CMP_LET should rather stand before what it leads to, which saves a jump, than the one
 * chosen so far: IPv4 is what most packets are, and there the base is a load, or 0 beside that of
 * ARP.
 */
static bool is_likelier(const struct test *let, const struct test *chosen)
{
    const struct value *v = let->right;

    return chosen == NULL || v->kind != VALUE_CONST ||
           (v->k == 0 && chosen->right->kind == VALUE_CONST);
}

/* The order of the graph, with one CMP_LET each moved directly before the test that it leads to. */
static bool find_order(struct placer *p)
{
    const struct graph *g = &p->graph;
    u32 left = g->count;

    p->order = g->tests;
    if (p->ir->variable_count == 0)
        return true;
    const struct test **before = arena_new(p->ir->arena, const struct test *, g->count);
    p->order = arena_raw(p->ir->arena, const struct test *, g->count);
    if (p->order == NULL)
        return false;
    for (u32 i = 0; i < g->count; i++) {
        const struct test *t = g->tests[i];
        if (t->op != CMP_LET || is_leaf(t->yes))
            continue;
        const struct test **place = &before[graph_index(g, t->yes)];
        if (is_likelier(t, *place))
            *place = t;
    }
    for (u32 i = g->count; i-- > 0;) {
        const struct test *t = g->tests[i];
        if (t->op == CMP_LET && !is_leaf(t->yes) && before[graph_index(g, t->yes)] == t)
            continue; /* is put when its successor is */
        for (; t != NULL; t = before[graph_index(g, t)])
            p->order[--left] = t;
    }
    return true;
}

/* Notes how a value uses variables.  `todo` has room for every value that varies. */
static void note_uses(struct placer *p, const struct value *v, u32 at, u32 *seen,
                      const struct value **todo)
{
    u32 n = 0;

    if (v->varies)
        todo[n++] = v;
    while (n > 0) {
        v = todo[--n];
        if (v->kind == VALUE_VAR)
            p->variables[v->k].last = at;
        if (v->kind == VALUE_LOAD && v->a->kind == VALUE_VAR)
            p->variables[v->a->k].indexes = true;
        const struct value *operands[] = { v->a, v->b };
        for (u32 i = 0; i < countof(operands); i++)
            if (operands[i] != NULL && operands[i]->varies && seen[operands[i]->id] != at + 1) {
                seen[operands[i]->id] = at + 1;
                todo[n++] = operands[i];
            }
    }
}

static bool find_variables(struct placer *p)
{
    u32 n = p->ir->variable_count;

    if (n == 0)
        return true;
    p->variables = arena_new(p->ir->arena, struct variable, n);
    p->variable_cell = arena_new(p->ir->arena, u8, n);
    u32 *seen = arena_new(p->ir->arena, u32, p->ir->value_count);
    const struct value **todo = arena_new(p->ir->arena, const struct value *, p->ir->value_count);
    if (p->ir->arena->full)
        return false;
    for (u32 i = 0; i < n; i++)
        p->variables[i] = (struct variable){ .first = NONE, .cell = p->options->forgets };
    for (u32 i = 0; i < p->graph.count; i++) {
        const struct test *t = p->order[i];
        if (t->op == CMP_LET && p->variables[t->left->k].first == NONE)
            p->variables[t->left->k].first = i;
        if (t->op != CMP_LET)
            note_uses(p, t->left, i, seen, todo);
        note_uses(p, t->right, i, seen, todo);
    }
    return true;
}

/* Gives back the cells of variables that are not used from position `at` on, takes new ones. */
static void update_cells(struct placer *p, u32 at)
{
    const struct test *t = p->order[at];
    struct coder *c = p->c;

    for (u32 i = 0; i < p->ir->variable_count; i++)
        if (p->variable_cell[i] < BPF_CELLS && p->variables[i].last < at) {
            c->cells_taken &= (u16) ~(1u << p->variable_cell[i]);
            p->variable_cell[i] = BPF_CELLS;
        }
    if (t->op != CMP_LET || !p->variables[t->left->k].cell ||
        p->variable_cell[t->left->k] < BPF_CELLS)
        return;
    if (c->cells_taken == UINT16_MAX) {
        c->too_many_cells = true;
        return;
    }
    u8 cell = (u8)__builtin_ctz(~(u32)c->cells_taken);
    c->cells_taken |= (u16)(1u << cell);
    p->variable_cell[t->left->k] = cell;
}

/* Places everything once; false when a variable got lost and needs a cell first. */
static bool place_once(struct placer *p, u32 limit)
{
    const struct graph *g = &p->graph;
    struct ir *ir = p->ir;
    bool lost = false;

    *p->c = (struct coder){ .arena = ir->arena, .limit = limit, .variable_cell = p->variable_cell };
    p->edge_count = 0;
    memset(p->edges_to, 0xff, ((size_t)g->count + 2) * sizeof *p->edges_to);
    for (u32 i = 0; i < ir->variable_count; i++)
        p->variable_cell[i] = BPF_CELLS;
    for (u32 i = 0; i < g->count && !p->c->full && !p->c->too_many_cells; i++) {
        if (ir->variable_count > 0)
            update_cells(p, i);
        p->c->lost = NULL;
        place_test(p, p->order[i]);
        if (p->c->lost != NULL) {
            p->variables[p->c->lost->k].cell = true;
            lost = true;
        }
    }
    if (g->accepts)
        place_leaf(p, ir->accept, p->options->accept);
    if (g->rejects)
        place_leaf(p, ir->reject, 0);
    return !lost || p->c->full || p->c->too_many_cells;
}

void place(struct ir *ir, const struct graph *graph, const struct place_options *options, u32 limit,
           struct coder *c)
{
    struct placer p = { .ir = ir, .c = c, .options = options, .graph = *graph };

    *c = (struct coder){ .arena = ir->arena };
    p.edges_to = arena_raw(ir->arena, u32, (size_t)p.graph.count + 2);
    p.edges = arena_raw(ir->arena, struct edge, 2 * (size_t)p.graph.count);
    if (ir->arena->full || !find_order(&p) || !find_variables(&p)) {
        c->full = true;
        return;
    }
    while (!place_once(&p, limit))
        continue;
}
