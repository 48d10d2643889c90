/* Values and tests: made once, found again by hash. */
#include "bpf/ir.h"

#include "base/mem.h"
#include "bpf/insn.h"
#include "bpf/ir_fold.h"

enum { FIRST_SLOTS = 128, NO_ID = 0xffffffff };

/* What makers return when the arena is full. */
static const struct value no_value = { .kind = VALUE_CONST };
static const struct test no_test = { .op = CMP_LEAF };

void ir_start(struct ir *ir, struct arena *arena)
{
    *ir = (struct ir){ .arena = arena, .accept = &no_test, .reject = &no_test, .zero = &no_value };
    struct test *leaves = arena_raw(arena, struct test, 2);

    ir->values_ = arena_new(arena, const struct value *, FIRST_SLOTS);
    ir->tests_ = arena_new(arena, const struct test *, FIRST_SLOTS);
    if (arena->full)
        return;
    ir->value_slots_ = ir->test_slots_ = FIRST_SLOTS;
    leaves[0] = (struct test){ .op = CMP_LEAF, .id = ir->test_count++ };
    leaves[1] = (struct test){ .op = CMP_LEAF, .accepts = true, .id = ir->test_count++ };
    ir->reject = &leaves[0];
    ir->accept = &leaves[1];
    ir->zero = ir_const(ir, 0);
}

static u32 id_of(const struct value *v) { return v != NULL ? v->id : NO_ID; }

static u64 pair(u32 high, u32 low) { return (u64)high << 32 | low; }

/* Mixes two words; the upper half of the product is what is good. */
static u32 mix(u64 a, u64 b)
{
    u64 x = a * 0x9e3779b97f4a7c15u ^ (b + (b >> 29)) * 0xd6e8feb86659fd93u;

    return (u32)(x * 0x9e3779b97f4a7c15u >> 32);
}

static u32 value_hash(const struct value *v)
{
    return mix(pair((u32)v->kind << 16 | (u32)v->size << 8 | v->op, v->k), pair(id_of(v->a), id_of(v->b)));
}

static bool value_same(const struct value *v, const struct value *w)
{
    return v->kind == w->kind && v->size == w->size && v->op == w->op && v->k == w->k &&
           v->a == w->a && v->b == w->b;
}

static u32 test_hash(const struct test *t)
{
    return mix(pair(t->left->id, t->right->id) + (u64)t->op * 0x100000001, pair(t->yes->id, t->no->id));
}

static bool test_same(const struct test *t, const struct test *u)
{
    return t->op == u->op && t->left == u->left && t->right == u->right && t->yes == u->yes &&
           t->no == u->no;
}

/* The slot that holds the like of `v`, or the free one where it belongs. */
static const struct value **value_slot(const struct ir *ir, const struct value *v)
{
    u32 i = value_hash(v) & (ir->value_slots_ - 1);

    while (ir->values_[i] != NULL && !value_same(ir->values_[i], v))
        i = (i + 1) & (ir->value_slots_ - 1);
    return &ir->values_[i];
}

static const struct test **test_slot(const struct ir *ir, const struct test *t)
{
    u32 i = test_hash(t) & (ir->test_slots_ - 1);

    while (ir->tests_[i] != NULL && !test_same(ir->tests_[i], t))
        i = (i + 1) & (ir->test_slots_ - 1);
    return &ir->tests_[i];
}

static void grow_values(struct ir *ir)
{
    const struct value **old = ir->values_;
    u32 slots = ir->value_slots_;
    const struct value **grown = arena_new(ir->arena, const struct value *, 2 * (size_t)slots);

    if (grown == NULL)
        return;
    ir->values_ = grown;
    ir->value_slots_ = 2 * slots;
    for (u32 i = 0; i < slots; i++)
        if (old[i] != NULL)
            *value_slot(ir, old[i]) = old[i];
}

static void grow_tests(struct ir *ir)
{
    const struct test **old = ir->tests_;
    u32 slots = ir->test_slots_;
    const struct test **grown = arena_new(ir->arena, const struct test *, 2 * (size_t)slots);

    if (grown == NULL)
        return;
    ir->tests_ = grown;
    ir->test_slots_ = 2 * slots;
    for (u32 i = 0; i < slots; i++)
        if (old[i] != NULL)
            *test_slot(ir, old[i]) = old[i];
}

static const struct value *intern_value(struct ir *ir, const struct value *v)
{
    if (ir->arena->full)
        return &no_value;
    const struct value **slot = value_slot(ir, v);
    if (*slot != NULL)
        return *slot;
    if (ir->value_count >= ir->value_slots_ / 2) {
        grow_values(ir);
        if (ir->arena->full)
            return &no_value;
        slot = value_slot(ir, v);
    }
    struct value *made = arena_raw(ir->arena, struct value, 1);
    if (made == NULL)
        return &no_value;
    *made = *v;
    made->id = ir->value_count++;
    return *slot = made;
}

static const struct test *intern_test(struct ir *ir, const struct test *t)
{
    if (ir->arena->full)
        return &no_test;
    const struct test **slot = test_slot(ir, t);
    if (*slot != NULL && !ir->as_written)
        return *slot;
    if (ir->test_count >= ir->test_slots_ / 2) {
        grow_tests(ir);
        if (ir->arena->full)
            return &no_test;
        slot = test_slot(ir, t);
    }
    struct test *made = arena_raw(ir->arena, struct test, 1);
    if (made == NULL)
        return &no_test;
    *made = *t;
    made->id = ir->test_count++;
    return *slot = made;
}

const struct value *ir_const(struct ir *ir, u32 k)
{
    return intern_value(ir, &(struct value){ .kind = VALUE_CONST, .k = k, .mask = k });
}

const struct value *ir_computed(struct ir *ir, u32 k)
{
    return intern_value(ir, &(struct value){ .kind = VALUE_CONST, .op = 1, .k = k, .mask = k });
}

const struct value *ir_len(struct ir *ir)
{
    return intern_value(ir, &(struct value){ .kind = VALUE_LEN, .mask = UINT32_MAX });
}

const struct value *ir_meta(struct ir *ir, u32 ad)
{
    return intern_value(ir, &(struct value){ .kind = VALUE_META, .k = ad, .mask = UINT32_MAX });
}

const struct value *ir_variable(struct ir *ir)
{
    return intern_value(ir, &(struct value){ .kind = VALUE_VAR, .varies = true,
                                             .k = ir->variable_count++, .mask = UINT32_MAX });
}

const struct value *ir_load(struct ir *ir, u8 size, const struct value *base, u32 k)
{
    if (base != NULL && base->kind == VALUE_CONST)
        return ir_load(ir, size, NULL, base->k + k);
    if (base != NULL && base->kind == VALUE_ALU && base->op == ALU_ADD &&
        base->b->kind == VALUE_CONST)
        return ir_load(ir, size, base->a, base->b->k + k);
    struct value v = { .kind = VALUE_LOAD, .size = size, .k = k, .a = base, .can_abort = true };
    v.doomed = base != NULL ? base->doomed : k >= BPF_LL_OFF;
    v.varies = base != NULL && base->varies;
    v.cells = base != NULL ? base->cells : 0;
    v.mask = size == 4 ? UINT32_MAX : (1u << 8 * size) - 1;
    return intern_value(ir, &v);
}

const struct value *ir_msh(struct ir *ir, u32 k)
{
    struct value v = { .kind = VALUE_MSH, .k = k, .can_abort = true, .mask = 0x3c };
    v.doomed = k >= BPF_LL_OFF;
    return intern_value(ir, &v);
}

/* The side that takes more is computed first; then one cell holds its result. */
static u8 cells_of(const struct value *a, const struct value *b)
{
    u8 more = a->cells > b->cells ? a->cells : b->cells;

    return a->cells == b->cells && more < UINT8_MAX ? (u8)(more + 1) : more;
}

const struct value *ir_alu(struct ir *ir, enum alu_op op, const struct value *a,
                           const struct value *b)
{
    const struct value *simpler = ir->as_written ? ir_fold_numbers(ir, op, a, b) : ir_fold_alu(ir, op, a, b);

    if (simpler != NULL)
        return simpler;
    bool divides = op == ALU_DIV || op == ALU_MOD;
    bool by_number = b != NULL && b->kind == VALUE_CONST;
    struct value v = { .kind = VALUE_ALU, .op = (u8)op, .a = a, .b = b };
    v.doomed = a->doomed || (b != NULL && b->doomed) || (divides && by_number && b->k == 0);
    v.can_abort = v.doomed || a->can_abort || (b != NULL && b->can_abort) || (divides && !by_number);
    v.varies = a->varies || (b != NULL && b->varies);
    v.cells = b == NULL || by_number ? a->cells : cells_of(a, b);
    v.mask = ir_alu_mask(op, a, b);
    return intern_value(ir, &v);
}

const struct test *ir_test(struct ir *ir, enum cmp op, const struct value *left,
                           const struct value *right, const struct test *yes,
                           const struct test *no, struct reason why)
{
    struct comparison c = { .op = op, .left = left, .right = right };

    if (left->doomed || right->doomed)
        return ir->reject;
    if (yes == no && !left->can_abort && !right->can_abort)
        return yes;
    if (ir->as_written && left->op == 0 && right->op == 0)
        ir_compare_numbers(&c);
    if (!ir->as_written)
        ir_fold_comparison(ir, &c);
    if (c.decided)
        return c.outcome != c.negated ? yes : no;
    struct test t = { .op = c.op, .left = c.left, .right = c.right, .why = why };
    t.yes = c.negated ? no : yes;
    t.no = c.negated ? yes : no;
    return intern_test(ir, &t);
}

const struct test *ir_with_exits(struct ir *ir, const struct test *t, const struct test *yes,
                                 const struct test *no)
{
    if (yes == t->yes && no == t->no)
        return t;
    if (yes == no && t->op != CMP_LET)
        return yes;
    struct test other = *t;
    other.yes = yes;
    other.no = no;
    return intern_test(ir, &other);
}

const struct test *ir_let(struct ir *ir, const struct value *variable, const struct value *value,
                          const struct test *next, struct reason why)
{
    if (value->doomed)
        return ir->reject;
    struct test t = { .op = CMP_LET, .left = variable, .right = value, .yes = next, .no = next,
                      .why = why };
    return intern_test(ir, &t);
}
