/*
 * Normal form of comparisons.
 *
 * Each step replaces the comparison by an equal one that is simpler, until none applies; a step
 * strips an operation, a side or a bit, so there are few.  `left` and `right` are never constant
 * both.
 */
#include "bpf/ir_fold.h"

static bool is_const(const struct value *v) { return v != NULL && v->kind == VALUE_CONST; }

static bool is_alu(const struct value *v, enum alu_op op) { return v->kind == VALUE_ALU && v->op == op; }

static bool is_alu_k(const struct value *v, enum alu_op op) { return is_alu(v, op) && is_const(v->b); }

static bool has_one_bit(u32 k) { return k != 0 && (k & (k - 1)) == 0; }

static bool decide(struct comparison *c, bool outcome)
{
    c->decided = true;
    c->outcome = outcome;
    return false;
}

/* The same left or another one, against a number. */
static bool with(struct ir *ir, struct comparison *c, enum cmp op, const struct value *left, u32 k)
{
    c->op = op;
    c->left = left;
    c->right = ir_const(ir, k);
    return true;
}

static bool negated(struct ir *ir, struct comparison *c, enum cmp op, const struct value *left, u32 k)
{
    c->negated = !c->negated;
    return with(ir, c, op, left, k);
}

static bool compute(enum cmp op, u32 a, u32 b)
{
    switch (op) {
    case CMP_EQ: return a == b;
    case CMP_GT: return a > b;
    case CMP_GE: return a >= b;
    case CMP_SET: return (a & b) != 0;
    default: return false;
    }
}

static void swap_sides(struct comparison *c)
{
    const struct value *left = c->left;

    c->left = c->right;
    c->right = left;
    if (c->op == CMP_GT || c->op == CMP_GE) {
        c->op = c->op == CMP_GT ? CMP_GE : CMP_GT;
        c->negated = !c->negated;
    }
}

/* left == k */
static bool step_eq(struct ir *ir, struct comparison *c, u32 k)
{
    const struct value *v = c->left;

    if ((k & ~v->mask) != 0)
        return decide(c, false);
    if (v->mask == 0)
        return decide(c, true);
    if (is_alu_k(v, ALU_ADD))
        return with(ir, c, CMP_EQ, v->a, k - v->b->k);
    if (is_alu_k(v, ALU_XOR))
        return with(ir, c, CMP_EQ, v->a, k ^ v->b->k);
    if (is_alu(v, ALU_NEG))
        return with(ir, c, CMP_EQ, v->a, 0u - k);
    if (is_alu_k(v, ALU_LSH)) {
        u32 n = v->b->k;
        return with(ir, c, CMP_EQ, ir_alu(ir, ALU_AND, v->a, ir_const(ir, UINT32_MAX >> n)), k >> n);
    }
    if (is_alu_k(v, ALU_RSH)) {
        u32 n = v->b->k;
        return with(ir, c, CMP_EQ, ir_alu(ir, ALU_AND, v->a, ir_const(ir, UINT32_MAX << n)), k << n);
    }
    if (is_alu_k(v, ALU_AND)) {
        u32 mask = v->b->k;
        if (k == 0)
            return negated(ir, c, CMP_SET, v->a, mask);
        if (k == mask && has_one_bit(mask))
            return with(ir, c, CMP_SET, v->a, mask);
        return false;
    }
    if (k == 0 && (is_alu(v, ALU_SUB) || is_alu(v, ALU_XOR))) {
        c->left = v->a;
        c->right = v->b;
        return true;
    }
    if (is_alu_k(v, ALU_MUL) && (u64)v->a->mask * v->b->k <= UINT32_MAX)
        return k % v->b->k != 0 ? decide(c, false) : with(ir, c, CMP_EQ, v->a, k / v->b->k);
    return false;
}

/* left >= k */
static bool step_ge(struct ir *ir, struct comparison *c, u32 k)
{
    const struct value *v = c->left;

    if (k == 0)
        return decide(c, true);
    if (k > v->mask)
        return decide(c, false);
    if (k == 1)
        return negated(ir, c, CMP_EQ, v, 0);
    if (k == v->mask)
        return with(ir, c, CMP_EQ, v, k);
    if (v->kind != VALUE_ALU || !is_const(v->b))
        return false;
    u32 operand = v->b->k;
    switch ((enum alu_op)v->op) {
    case ALU_RSH:
        return k > UINT32_MAX >> operand ? decide(c, false) : with(ir, c, CMP_GE, v->a, k << operand);
    case ALU_LSH:
        if (v->a->mask > UINT32_MAX >> operand)
            return false;
        return with(ir, c, CMP_GE, v->a, (k >> operand) + ((k & ~(UINT32_MAX << operand)) != 0));
    case ALU_ADD:
        if ((u64)v->a->mask + operand > UINT32_MAX)
            return false;
        return k <= operand ? decide(c, true) : with(ir, c, CMP_GE, v->a, k - operand);
    case ALU_MUL:
        if ((u64)v->a->mask * operand > UINT32_MAX)
            return false;
        return with(ir, c, CMP_GE, v->a, k / operand + (k % operand != 0));
    case ALU_DIV:
        if (operand == 0)
            return false;
        return (u64)k * operand > UINT32_MAX ? decide(c, false) : with(ir, c, CMP_GE, v->a, k * operand);
    case ALU_AND:
        if (has_one_bit(k))
            return with(ir, c, CMP_SET, v->a, operand & ~(k - 1));
        /* A mask that only cuts low bits off: the others alone decide. */
        u32 low = (1u << __builtin_ctz(operand)) - 1;
        if ((v->a->mask & ~low) != operand || k > UINT32_MAX - low)
            return false;
        return with(ir, c, CMP_GE, v->a, (k + low) & ~low);
    default: return false;
    }
}

/* (left & k) != 0 */
static bool step_set(struct ir *ir, struct comparison *c, u32 k)
{
    const struct value *v = c->left;

    if ((k & v->mask) == 0)
        return decide(c, false);
    if ((k & v->mask) == v->mask)
        return negated(ir, c, CMP_EQ, v, 0);
    if ((k & v->mask) != k)
        return with(ir, c, CMP_SET, v, k & v->mask);
    if (is_alu_k(v, ALU_AND))
        return with(ir, c, CMP_SET, v->a, k & v->b->k);
    if (is_alu_k(v, ALU_RSH))
        return with(ir, c, CMP_SET, v->a, k << v->b->k);
    if (is_alu_k(v, ALU_LSH))
        return with(ir, c, CMP_SET, v->a, k >> v->b->k);
    return false;
}

/* One step nearer to normal form; false when there is none. */
static bool step(struct ir *ir, struct comparison *c)
{
    if (is_const(c->left) && is_const(c->right))
        return decide(c, compute(c->op, c->left->k, c->right->k));
    if (is_const(c->left)) {
        swap_sides(c);
        return true;
    }
    if (is_const(c->right)) {
        u32 k = c->right->k;
        switch (c->op) {
        case CMP_EQ: return step_eq(ir, c, k);
        case CMP_GE: return step_ge(ir, c, k);
        case CMP_SET: return step_set(ir, c, k);
        default: return k == UINT32_MAX ? decide(c, false) : with(ir, c, CMP_GE, c->left, k + 1);
        }
    }
    if (c->left == c->right && c->op != CMP_SET)
        return decide(c, c->op != CMP_GT);
    if (c->op == CMP_EQ && is_alu_k(c->left, ALU_ADD) && is_alu_k(c->right, ALU_ADD)) {
        u32 difference = c->left->b->k - c->right->b->k;
        c->left = ir_alu(ir, ALU_ADD, c->left->a, ir_const(ir, difference));
        c->right = c->right->a;
        return true;
    }
    /* Either order will do for these: take the one that others take. */
    if ((c->op == CMP_EQ || c->op == CMP_SET) && c->left->id < c->right->id)
        swap_sides(c);
    return false;
}

void ir_compare_numbers(struct comparison *c)
{
    if (is_const(c->left) && is_const(c->right))
        decide(c, compute(c->op, c->left->k, c->right->k));
}

void ir_fold_comparison(struct ir *ir, struct comparison *c)
{
    while (step(ir, c))
        continue;
}
