/*
 * Code for values.
 *
 * A value is a tree that may be thousands deep, so its parts wait on a stack of our own instead of
 * the C stack.  A chain like ((a + 1) * 2) - b descends to the left and computes on the way back;
 * a right side that is not a plain load is computed first and kept in X or a scratch cell.
 */
#include "bpf/coder.h"

#include "base/mem.h"

enum { FIRST_ROOM = 64 };

/* The code of `A op X` is that of `A op k` with one bit more. */
enum { SOURCE_X = 0x08 };

static bool has(const struct value *const names[NAMES], const struct value *v)
{
    return names[0] == v || names[1] == v;
}

static void meet(const struct value *out[NAMES], const struct value *const one[NAMES],
                 const struct value *const other[NAMES])
{
    u32 n = 0;

    out[0] = out[1] = NULL;
    for (u32 i = 0; i < NAMES; i++)
        if (one[i] != NULL && has(other, one[i]))
            out[n++] = one[i];
}

struct regs regs_meet(const struct regs *one, const struct regs *other)
{
    struct regs both;

    meet(both.a, one->a, other->a);
    meet(both.x, one->x, other->x);
    return both;
}

bool regs_equal(const struct regs *one, const struct regs *other)
{
    return one->a[0] == other->a[0] && one->a[1] == other->a[1] && one->x[0] == other->x[0] &&
           one->x[1] == other->x[1];
}

static bool grow(struct coder *c)
{
    u32 room = c->room == 0 ? FIRST_ROOM : 2 * c->room;
    struct item *items = arena_raw(c->arena, struct item, room);
    struct regs *before = arena_raw(c->arena, struct regs, room);

    if (items == NULL || before == NULL)
        return false;
    if (c->count > 0) {
        memcpy(items, c->items, c->count * sizeof *items);
        memcpy(before, c->before, c->count * sizeof *before);
    }
    c->items = items;
    c->before = before;
    c->room = room;
    return true;
}

void code_put(struct coder *c, struct item item)
{
    if (c->count == c->limit || (c->count == c->room && !grow(c)))
        c->full = true;
    if (c->full)
        return;
    c->before[c->count] = c->now;
    c->items[c->count++] = item;
}

/* An instruction after which A, or X, holds `v`. */
static void put_a(struct coder *c, u16 code, u32 k, const struct value *v)
{
    code_put(c, (struct item){ .code = code, .k = k });
    c->now.a[0] = v;
    c->now.a[1] = NULL;
}

static void put_x(struct coder *c, u16 code, u32 k, const struct value *v)
{
    code_put(c, (struct item){ .code = code, .k = k });
    c->now.x[0] = v;
    c->now.x[1] = NULL;
}

static void put_tax(struct coder *c)
{
    code_put(c, (struct item){ .code = BPF_TAX });
    memcpy(c->now.x, c->now.a, sizeof c->now.x);
}

static void put_txa(struct coder *c)
{
    code_put(c, (struct item){ .code = BPF_TXA });
    memcpy(c->now.a, c->now.x, sizeof c->now.a);
}

bool code_goes_to_x(const struct value *v)
{
    return v->kind == VALUE_CONST || v->kind == VALUE_LEN || v->kind == VALUE_MSH || v->kind == VALUE_VAR;
}

/* Whether computing v into A leaves X alone. */
static bool spares_x(const struct value *v)
{
    while (v->kind == VALUE_ALU && (v->b == NULL || v->b->kind == VALUE_CONST))
        v = v->a;
    return v->kind != VALUE_ALU && v->kind != VALUE_MSH && (v->kind != VALUE_LOAD || v->a == NULL);
}

/* The cell of a variable that is in no register; 0 when it has none, which is noted. */
static u32 cell_of(struct coder *c, const struct value *v)
{
    u32 cell = c->variable_cell[v->k];

    if (cell < BPF_CELLS)
        return cell;
    c->lost = v;
    return 0;
}

/* X = v for a value that code_goes_to_x(). */
static void direct_x(struct coder *c, const struct value *v)
{
    if (has(c->now.x, v))
        return;
    if (has(c->now.a, v)) {
        put_tax(c);
        return;
    }
    switch (v->kind) {
    case VALUE_CONST: put_x(c, BPF_LDX_IMM, v->k, v); break;
    case VALUE_LEN: put_x(c, BPF_LDX_LEN, 0, v); break;
    case VALUE_MSH: put_x(c, BPF_LDX_MSH, v->k, v); break;
    case VALUE_VAR: put_x(c, BPF_LDX_MEM, cell_of(c, v), v); break;
    default: break;
    }
}

static const u16 load_absolute[] = { [1] = BPF_LD_B_ABS, [2] = BPF_LD_H_ABS, [4] = BPF_LD_W_ABS };
static const u16 load_indirect[] = { [1] = BPF_LD_B_IND, [2] = BPF_LD_H_IND, [4] = BPF_LD_W_IND };

/* A = v for a value without operands. */
static void leaf(struct coder *c, const struct value *v)
{
    switch (v->kind) {
    case VALUE_CONST: put_a(c, BPF_LD_IMM, v->k, v); break;
    case VALUE_LEN: put_a(c, BPF_LD_LEN, 0, v); break;
    case VALUE_VAR: put_a(c, BPF_LD_MEM, cell_of(c, v), v); break;
    case VALUE_META: put_a(c, BPF_LD_W_ABS, BPF_AD_OFF + v->k, v); break;
    case VALUE_LOAD: put_a(c, load_absolute[v->size], v->k, v); break;
    case VALUE_MSH:
        direct_x(c, v);
        put_txa(c);
        break;
    case VALUE_ALU: break;
    }
}

static const u16 alu_k[] = {
    [ALU_ADD] = BPF_ADD_K, [ALU_SUB] = BPF_SUB_K, [ALU_MUL] = BPF_MUL_K, [ALU_DIV] = BPF_DIV_K,
    [ALU_MOD] = BPF_MOD_K, [ALU_AND] = BPF_AND_K, [ALU_OR] = BPF_OR_K,   [ALU_XOR] = BPF_XOR_K,
    [ALU_LSH] = BPF_LSH_K, [ALU_RSH] = BPF_RSH_K, [ALU_NEG] = BPF_NEG,
};

/* What is to be done for a value next. */
enum stage {
    BEGIN,     /* nothing is done yet */
    OPERATE_K, /* the left side is in A, the right one is a number, or there is none */
    INDEX,     /* the base is in A or X */
    SAVE,      /* the right side is in A: keep it, then compute the left one */
    OPERATE_X, /* the left side is in A, the right one kept, or easily brought into X */
    SAVE_LEFT, /* the left side is in A: keep it, then compute the right one */
    EXCHANGE   /* the right side is in A, the left one kept */
};

struct work {
    const struct value *v, *left, *right; /* sides as computed: exchanged when that is better */
    enum stage stage;
    u32 cell; /* where the other side is kept; BPF_CELLS: not in a cell */
};

static bool grow_work(struct coder *c)
{
    u32 room = c->work_room_ == 0 ? FIRST_ROOM : 2 * c->work_room_;
    struct work *grown = arena_raw(c->arena, struct work, room);

    if (grown == NULL) {
        c->full = true;
        return false;
    }
    if (c->work_count_ > 0)
        memcpy(grown, c->work_, c->work_count_ * sizeof *grown);
    c->work_ = grown;
    c->work_room_ = room;
    return true;
}

static void push(struct coder *c, const struct work *w)
{
    if (c->work_count_ < c->work_room_ || grow_work(c))
        c->work_[c->work_count_++] = *w;
}

/* The same of a value alone, which has no sides yet. */
static void push_value(struct coder *c, enum stage stage, const struct value *v)
{
    if (c->work_count_ == c->work_room_ && !grow_work(c))
        return;
    c->work_[c->work_count_].v = v;
    c->work_[c->work_count_++].stage = stage;
}

static void push_begin(struct coder *c, const struct value *v)
{
    push_value(c, BEGIN, v);
}

static bool commutes(u8 op)
{
    return op == ALU_ADD || op == ALU_MUL || op == ALU_AND || op == ALU_OR || op == ALU_XOR;
}

/*
 * Whether `left` and `right` are better computed in the other order: the right one should be in A
 * or X already, or go to X directly; failing that, the left one should spare X.
 */
static bool better_exchanged(const struct coder *c, const struct value *left, const struct value *right)
{
    if (has(c->now.x, right) && spares_x(left))
        return false;
    if (has(c->now.x, left) && spares_x(right))
        return true;
    if (code_goes_to_x(right) || code_goes_to_x(left))
        return !code_goes_to_x(right);
    if (spares_x(left) != spares_x(right))
        return spares_x(right);
    return has(c->now.a, left) && spares_x(right);
}

/*
 * Whether a right side that is computed first and waits in a cell would leave too few for the left
 * side, and the other way round needs fewer.  That costs an instruction more.
 */
static bool is_short_of_cells(const struct coder *c, const struct work *w)
{
    u32 left = w->left->cells, right = w->right->cells, taken = 0;

    for (u32 cell = 0; cell < BPF_CELLS; cell++)
        taken += c->cells_taken >> cell & 1;
    u32 first = left + !spares_x(w->left) > right ? left + !spares_x(w->left) : right;
    return taken + first > BPF_CELLS && left > right;
}

/* Pushes what computes A = left, X = right, and then `w`. */
static void push_pair(struct coder *c, struct work w)
{
    w.stage = OPERATE_X;
    w.cell = BPF_CELLS;
    if (code_goes_to_x(w.right) || (has(c->now.x, w.right) && spares_x(w.left))) {
        push(c, &w);
        push_begin(c, w.left);
    } else if (is_short_of_cells(c, &w)) {
        w.stage = SAVE_LEFT;
        push(c, &w);
        push_begin(c, w.left);
    } else {
        w.stage = SAVE;
        push(c, &w);
        push_begin(c, w.right);
    }
}

static void begin(struct coder *c, const struct value *v)
{
    if (has(c->now.a, v))
        return;
    if (has(c->now.x, v)) {
        put_txa(c);
    } else if (v->kind == VALUE_LOAD && v->a != NULL) {
        push_value(c, INDEX, v);
        if (!code_goes_to_x(v->a) && !has(c->now.x, v->a))
            push_begin(c, v->a);
    } else if (v->kind != VALUE_ALU) {
        leaf(c, v);
    } else if (v->b == NULL || v->b->kind == VALUE_CONST) {
        push_value(c, OPERATE_K, v);
        push_begin(c, v->a);
    } else {
        bool exchange = commutes(v->op) && better_exchanged(c, v->a, v->b);
        push_pair(c, (struct work){ .v = v, .left = exchange ? v->b : v->a,
                                    .right = exchange ? v->a : v->b });
    }
}

static void index_load(struct coder *c, const struct value *v)
{
    if (code_goes_to_x(v->a))
        direct_x(c, v->a);
    else if (!has(c->now.x, v->a))
        put_tax(c);
    put_a(c, load_indirect[v->size], v->k, v);
}

/* Puts A into a free cell; BPF_CELLS when there is none. */
static u32 keep_a(struct coder *c)
{
    if (c->cells_taken == UINT16_MAX) {
        c->too_many_cells = true;
        return BPF_CELLS;
    }
    /* Variables have cells from below, so these are from above. */
    u32 cell = 31 - (u32)__builtin_clz(~(u32)c->cells_taken & UINT16_MAX);
    c->cells_taken |= (u16)(1u << cell);
    code_put(c, (struct item){ .code = BPF_ST, .k = cell });
    return cell;
}

/* The right side is in A: keeps it where the computation of the left one will not touch it. */
static void save(struct coder *c, struct work w)
{
    w.stage = OPERATE_X;
    if (spares_x(w.left))
        put_tax(c);
    else
        w.cell = keep_a(c);
    push(c, &w);
    push_begin(c, w.left);
}

/* The left side is in A, and the right one is computed next. */
static void save_left(struct coder *c, struct work w)
{
    w.stage = EXCHANGE;
    w.cell = keep_a(c);
    push(c, &w);
    push_begin(c, w.right);
}

static void exchange(struct coder *c, const struct work *w)
{
    put_tax(c);
    put_a(c, BPF_LD_MEM, w->cell, w->left);
    c->cells_taken &= (u16)~(1u << w->cell);
}

static void operate(struct coder *c, const struct work *w)
{
    if (w->v != NULL)
        put_a(c, alu_k[w->v->op] | SOURCE_X, 0, w->v);
}

static void right_into_x(struct coder *c, const struct work *w)
{
    if (w->cell < BPF_CELLS) {
        put_x(c, BPF_LDX_MEM, w->cell, w->right);
        c->cells_taken &= (u16)~(1u << w->cell);
    } else if (code_goes_to_x(w->right)) {
        direct_x(c, w->right);
    }
}

static void run(struct coder *c)
{
    while (c->work_count_ > 0 && !c->full && !c->too_many_cells) {
        const struct work *w = &c->work_[--c->work_count_]; /* until something is pushed */
        const struct value *v = w->v;
        switch (w->stage) {
        case BEGIN: begin(c, v); break;
        case OPERATE_K: put_a(c, alu_k[v->op], v->b != NULL ? v->b->k : 0, v); break;
        case INDEX: index_load(c, v); break;
        case SAVE: save(c, *w); break;
        case OPERATE_X:
            right_into_x(c, w);
            operate(c, w);
            break;
        case SAVE_LEFT: save_left(c, *w); break;
        case EXCHANGE:
            exchange(c, w);
            operate(c, w);
            break;
        }
    }
    c->work_count_ = 0;
}

void code_a(struct coder *c, const struct value *v)
{
    begin(c, v);
    run(c);
}

void code_x(struct coder *c, const struct value *v)
{
    if (code_goes_to_x(v)) {
        direct_x(c, v);
    } else if (!has(c->now.x, v)) {
        code_a(c, v);
        put_tax(c);
    }
}

void code_both(struct coder *c, const struct value *left, const struct value *right)
{
    push_pair(c, (struct work){ .left = left, .right = right });
    run(c);
}
