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

struct coder coder_start(struct arena *arena, u32 variables, u32 limit)
{
    struct coder c = { .arena = arena, .variables = variables, .limit = limit };

    c.too_many_cells = variables > BPF_CELLS;
    return c;
}

void code_put(struct coder *c, struct item item)
{
    if (c->count == c->room && !c->full) {
        u32 room = c->room == 0 ? FIRST_ROOM : 2 * c->room;
        struct item *grown = c->count < c->limit ? arena_new(c->arena, struct item, room) : NULL;
        if (grown != NULL && c->count > 0)
            memcpy(grown, c->items, c->count * sizeof *grown);
        c->items = grown;
        c->room = room;
        c->full = grown == NULL;
    }
    if (!c->full)
        c->items[c->count++] = item;
}

static void put(struct coder *c, u16 code, u32 k) { code_put(c, (struct item){ .code = code, .k = k }); }

/* Whether computing v into A leaves X alone. */
static bool spares_x(const struct value *v)
{
    while (v->kind == VALUE_ALU && (v->b == NULL || v->b->kind == VALUE_CONST))
        v = v->a;
    return v->kind != VALUE_ALU && v->kind != VALUE_MSH && (v->kind != VALUE_LOAD || v->a == NULL);
}

/* Whether one instruction brings v into X and leaves A alone. */
static bool goes_to_x(const struct value *v)
{
    return v->kind == VALUE_CONST || v->kind == VALUE_LEN || v->kind == VALUE_MSH || v->kind == VALUE_VAR;
}

static void put_x(struct coder *c, const struct value *v)
{
    switch (v->kind) {
    case VALUE_CONST: put(c, BPF_LDX_IMM, v->k); break;
    case VALUE_LEN: put(c, BPF_LDX_LEN, 0); break;
    case VALUE_MSH: put(c, BPF_LDX_MSH, v->k); break;
    case VALUE_VAR: put(c, BPF_LDX_MEM, v->k); break;
    default: break;
    }
}

static const u16 load_absolute[] = { [1] = BPF_LD_B_ABS, [2] = BPF_LD_H_ABS, [4] = BPF_LD_W_ABS };
static const u16 load_indirect[] = { [1] = BPF_LD_B_IND, [2] = BPF_LD_H_IND, [4] = BPF_LD_W_IND };

/* A value without operands. */
static void put_leaf(struct coder *c, const struct value *v)
{
    switch (v->kind) {
    case VALUE_CONST: put(c, BPF_LD_IMM, v->k); break;
    case VALUE_LEN: put(c, BPF_LD_LEN, 0); break;
    case VALUE_VAR: put(c, BPF_LD_MEM, v->k); break;
    case VALUE_META: put(c, BPF_LD_W_ABS, BPF_AD_OFF + v->k); break;
    case VALUE_LOAD: put(c, load_absolute[v->size], v->k); break;
    case VALUE_MSH:
        put(c, BPF_LDX_MSH, v->k);
        put(c, BPF_TXA, 0);
        break;
    case VALUE_ALU: break;
    }
}

static const u16 alu_k[] = {
    [ALU_ADD] = BPF_ADD_K, [ALU_SUB] = BPF_SUB_K, [ALU_MUL] = BPF_MUL_K, [ALU_DIV] = BPF_DIV_K,
    [ALU_MOD] = BPF_MOD_K, [ALU_AND] = BPF_AND_K, [ALU_OR] = BPF_OR_K,   [ALU_XOR] = BPF_XOR_K,
    [ALU_LSH] = BPF_LSH_K, [ALU_RSH] = BPF_RSH_K, [ALU_NEG] = BPF_NEG,
};

/* A op X has the code of A op k with one bit more. */
enum { SOURCE_X = 0x08 };

/* What is still to be done for a value: its stage says what is done. */
enum stage { BEGIN, OPERATE_K, INTO_X, INDEX, LEFT_NEXT, OPERATE_X };

struct work {
    const struct value *v;
    enum stage stage;
    u32 cell; /* LEFT_NEXT, OPERATE_X: where the right side is kept; BPF_CELLS: in X */
};

static void push(struct coder *c, const struct value *v, enum stage stage, u32 cell)
{
    if (c->work_count_ == c->work_room_) {
        u32 room = c->work_room_ == 0 ? FIRST_ROOM : 2 * c->work_room_;
        struct work *grown = arena_new(c->arena, struct work, room);
        if (grown == NULL) {
            c->full = true;
            return;
        }
        if (c->work_count_ > 0)
            memcpy(grown, c->work_, c->work_count_ * sizeof *grown);
        c->work_ = grown;
        c->work_room_ = room;
    }
    c->work_[c->work_count_++] = (struct work){ v, stage, cell };
}

/* Takes a value up: puts what has no operands, else pushes what has to happen, the next last. */
static void begin(struct coder *c, const struct value *v)
{
    if (v->kind == VALUE_LOAD && v->a != NULL) {
        push(c, v, INDEX, 0);
        push(c, v->a, goes_to_x(v->a) ? INTO_X : BEGIN, 0);
    } else if (v->kind != VALUE_ALU) {
        put_leaf(c, v);
    } else if (v->b == NULL || v->b->kind == VALUE_CONST) {
        push(c, v, OPERATE_K, 0);
        push(c, v->a, BEGIN, 0);
    } else if (goes_to_x(v->b)) {
        push(c, v, OPERATE_X, BPF_CELLS);
        push(c, v->a, BEGIN, 0);
    } else {
        push(c, v, LEFT_NEXT, 0);
        push(c, v->b, BEGIN, 0);
    }
}

/* A value too deep for the cells still terminates: the failure is sticky and told once. */
static u32 take_cell(struct coder *c, u32 *cells)
{
    if (c->variables + *cells >= BPF_CELLS) {
        c->too_many_cells = true;
        return 0;
    }
    return BPF_CELLS - ++*cells;
}

/* The right side is in A. */
static void left_next(struct coder *c, const struct value *v, u32 *cells)
{
    u32 cell = BPF_CELLS;

    if (spares_x(v->a)) {
        put(c, BPF_TAX, 0);
    } else {
        cell = take_cell(c, cells);
        put(c, BPF_ST, cell);
    }
    push(c, v, OPERATE_X, cell);
    push(c, v->a, BEGIN, 0);
}

/* The left side is in A. */
static void operate_x(struct coder *c, const struct work *w, u32 *cells)
{
    if (w->cell < BPF_CELLS) {
        put(c, BPF_LDX_MEM, w->cell);
        --*cells;
    } else if (goes_to_x(w->v->b)) {
        put_x(c, w->v->b);
    }
    put(c, alu_k[w->v->op] | SOURCE_X, 0);
}

/* As code_value(), with `cells` cells in use already. */
static void value_into_a(struct coder *c, const struct value *v, u32 cells)
{
    c->work_count_ = 0;
    push(c, v, BEGIN, 0);
    while (c->work_count_ > 0 && !c->full && !c->too_many_cells) {
        struct work w = c->work_[--c->work_count_];
        switch (w.stage) {
        case BEGIN: begin(c, w.v); break;
        case OPERATE_K: put(c, alu_k[w.v->op], w.v->b != NULL ? w.v->b->k : 0); break;
        case INTO_X: put_x(c, w.v); break;
        case INDEX:
            if (!goes_to_x(w.v->a))
                put(c, BPF_TAX, 0);
            put(c, load_indirect[w.v->size], w.v->k);
            break;
        case LEFT_NEXT: left_next(c, w.v, &cells); break;
        case OPERATE_X: operate_x(c, &w, &cells); break;
        }
    }
}

void code_value(struct coder *c, const struct value *v) { value_into_a(c, v, 0); }

void code_both(struct coder *c, const struct value *left, const struct value *right)
{
    u32 cells = 0;

    if (goes_to_x(right)) {
        value_into_a(c, left, 0);
        put_x(c, right);
        return;
    }
    value_into_a(c, right, 0);
    if (spares_x(left)) {
        put(c, BPF_TAX, 0);
        value_into_a(c, left, 0);
        return;
    }
    u32 cell = take_cell(c, &cells);
    put(c, BPF_ST, cell);
    value_into_a(c, left, cells);
    put(c, BPF_LDX_MEM, cell);
}

void code_set(struct coder *c, u32 cell, const struct value *v)
{
    if (goes_to_x(v)) {
        put_x(c, v);
        put(c, BPF_STX, cell);
        return;
    }
    value_into_a(c, v, 0);
    put(c, BPF_ST, cell);
}
