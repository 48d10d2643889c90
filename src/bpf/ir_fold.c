/*
 * Simplification of arithmetic.
 *
 * Every rule yields an equal value modulo 2^32 that loads no byte which the given one does not
 * load.  The forms aimed at: one constant per chain and on the right, sums before shifts before
 * masks turned inside out so that masks are innermost.
 */
#include "bpf/ir_fold.h"

enum { WORD_BITS = 32 };

static bool is_const(const struct value *v) { return v != NULL && v->kind == VALUE_CONST; }

static bool is_number(const struct value *v, u32 k) { return is_const(v) && v->k == k; }

/* An operation with a constant on its right. */
static bool is_alu_k(const struct value *v, enum alu_op op)
{
    return v->kind == VALUE_ALU && v->op == op && is_const(v->b);
}

static bool is_power_of_two(u32 k) { return k != 0 && (k & (k - 1)) == 0; }

static u32 log2_of(u32 power) { return (u32)__builtin_ctz(power); }

/* All bits from the highest one of k down. */
static u32 filled(u32 k) { return k == 0 ? 0 : UINT32_MAX >> __builtin_clz(k); }

u32 ir_compute(enum alu_op op, u32 a, u32 b)
{
    switch (op) {
    case ALU_ADD: return a + b;
    case ALU_SUB: return a - b;
    case ALU_MUL: return a * b;
    case ALU_DIV: return a / b;
    case ALU_MOD: return a % b;
    case ALU_AND: return a & b;
    case ALU_OR: return a | b;
    case ALU_XOR: return a ^ b;
    case ALU_LSH: return a << (b & (WORD_BITS - 1));
    case ALU_RSH: return a >> (b & (WORD_BITS - 1));
    case ALU_NEG: return 0u - a;
    }
    return 0;
}

/* All bits that a number up to `most` can have, when it fits a word. */
static u32 mask_up_to(u64 most) { return most > UINT32_MAX ? UINT32_MAX : filled((u32)most); }

u32 ir_alu_mask(enum alu_op op, const struct value *a, const struct value *b)
{
    switch (op) {
    case ALU_ADD: return mask_up_to((u64)a->mask + b->mask);
    case ALU_MUL: return mask_up_to((u64)a->mask * b->mask);
    case ALU_DIV: return is_const(b) && b->k != 0 ? filled(a->mask / b->k) : filled(a->mask);
    case ALU_MOD: {
        u32 below = filled(b->mask == 0 ? 0 : is_const(b) ? b->k - 1 : b->mask - 1);
        return filled(a->mask) & below;
    }
    case ALU_AND: return a->mask & b->mask;
    case ALU_OR:
    case ALU_XOR: return a->mask | b->mask;
    case ALU_LSH: return is_const(b) ? a->mask << b->k : UINT32_MAX;
    case ALU_RSH: return is_const(b) ? a->mask >> b->k : filled(a->mask);
    case ALU_SUB:
    case ALU_NEG: return UINT32_MAX;
    }
    return UINT32_MAX;
}

static const struct value *k_of(struct ir *ir, enum alu_op op, const struct value *a, u32 k)
{
    return ir_alu(ir, op, a, ir_const(ir, k));
}

static const struct value *fold_and_k(struct ir *ir, const struct value *a, u32 k)
{
    u32 useful = k & a->mask;

    if (useful == a->mask)
        return a;
    if (useful == 0)
        return ir_const(ir, 0);
    if (useful != k)
        return k_of(ir, ALU_AND, a, useful);
    if (is_alu_k(a, ALU_AND))
        return k_of(ir, ALU_AND, a->a, k & a->b->k);
    if (is_alu_k(a, ALU_LSH))
        return k_of(ir, ALU_LSH, k_of(ir, ALU_AND, a->a, k >> a->b->k), a->b->k);
    if (is_alu_k(a, ALU_RSH))
        return k_of(ir, ALU_RSH, k_of(ir, ALU_AND, a->a, k << a->b->k), a->b->k);
    return NULL;
}

/* Shifts meet: what is left are one mask and one shift. */
static const struct value *fold_shift_k(struct ir *ir, enum alu_op op, const struct value *a, u32 k)
{
    bool left = op == ALU_LSH;

    if (k == 0)
        return a;
    if (k >= WORD_BITS)
        return k_of(ir, op, a, k & (WORD_BITS - 1));
    if (is_alu_k(a, op))
        return a->b->k + k < WORD_BITS ? k_of(ir, op, a->a, a->b->k + k) : ir_const(ir, 0);
    if (left && k == 2 && is_alu_k(a, ALU_AND) && a->b->k == 0xf && a->a->kind == VALUE_LOAD &&
        a->a->size == 1 && a->a->a == NULL)
        return ir_msh(ir, a->a->k);
    if (is_alu_k(a, left ? ALU_RSH : ALU_LSH)) {
        u32 back = a->b->k;
        u32 kept = left ? UINT32_MAX << back : UINT32_MAX >> back;
        const struct value *x = k_of(ir, ALU_AND, a->a, kept);
        return back > k ? k_of(ir, a->op, x, back - k) : k_of(ir, op, x, k - back);
    }
    if ((left ? a->mask << k : a->mask >> k) == 0)
        return ir_const(ir, 0);
    if (is_alu_k(a, ALU_AND)) {
        u32 cleared = a->a->mask & ~a->b->k; /* of no account when the shift drops them anyway */
        return (left ? cleared << k : cleared >> k) == 0 ? k_of(ir, op, a->a, k) : NULL;
    }
    return NULL;
}

/* `a op k` where k is a number. */
static const struct value *fold_k(struct ir *ir, enum alu_op op, const struct value *a, u32 k)
{
    bool divides = op == ALU_DIV || op == ALU_MOD;

    if (divides && k == 0)
        return NULL;
    if (is_const(a))
        return ir_const(ir, ir_compute(op, a->k, k));
    switch (op) {
    case ALU_ADD:
        if (k == 0)
            return a;
        return is_alu_k(a, ALU_ADD) ? k_of(ir, ALU_ADD, a->a, a->b->k + k) : NULL;
    case ALU_SUB: return k_of(ir, ALU_ADD, a, 0u - k);
    case ALU_MUL:
        if (k == 0)
            return ir_const(ir, 0);
        if (is_power_of_two(k))
            return k_of(ir, ALU_LSH, a, log2_of(k));
        return is_alu_k(a, ALU_MUL) ? k_of(ir, ALU_MUL, a->a, a->b->k * k) : NULL;
    case ALU_DIV:
        if (is_power_of_two(k))
            return k_of(ir, ALU_RSH, a, log2_of(k));
        return a->mask < k ? ir_const(ir, 0) : NULL;
    case ALU_MOD:
        if (is_power_of_two(k))
            return k_of(ir, ALU_AND, a, k - 1);
        return a->mask < k ? a : NULL;
    case ALU_AND: return fold_and_k(ir, a, k);
    case ALU_OR:
        if (k == 0)
            return a;
        return is_alu_k(a, ALU_OR) ? k_of(ir, ALU_OR, a->a, a->b->k | k) : NULL;
    case ALU_XOR:
        if (k == 0)
            return a;
        return is_alu_k(a, ALU_XOR) ? k_of(ir, ALU_XOR, a->a, a->b->k ^ k) : NULL;
    case ALU_LSH:
    case ALU_RSH: return fold_shift_k(ir, op, a, k);
    case ALU_NEG: return NULL;
    }
    return NULL;
}

static bool is_neg(const struct value *v) { return v->kind == VALUE_ALU && v->op == ALU_NEG; }

/* Sums of two values: constants move outwards, minus signs melt. */
static const struct value *fold_sum(struct ir *ir, enum alu_op op, const struct value *a,
                                    const struct value *b)
{
    bool add = op == ALU_ADD;

    if (!add && a == b)
        return ir_const(ir, 0);
    if (!add && is_const(a))
        return k_of(ir, ALU_ADD, ir_alu(ir, ALU_NEG, b, NULL), a->k);
    if (is_alu_k(a, ALU_ADD))
        return k_of(ir, ALU_ADD, ir_alu(ir, op, a->a, b), a->b->k);
    if (is_alu_k(b, ALU_ADD))
        return k_of(ir, ALU_ADD, ir_alu(ir, op, a, b->a), add ? b->b->k : 0u - b->b->k);
    if (is_neg(b))
        return ir_alu(ir, add ? ALU_SUB : ALU_ADD, a, b->a);
    if (add && is_neg(a))
        return ir_alu(ir, ALU_SUB, b, a->a);
    return NULL;
}

static const struct value *fold_neg(struct ir *ir, const struct value *a)
{
    if (is_const(a))
        return ir_const(ir, 0u - a->k);
    if (is_neg(a))
        return a->a;
    if (a->kind == VALUE_ALU && a->op == ALU_SUB)
        return ir_alu(ir, ALU_SUB, a->b, a->a);
    return NULL;
}

static bool commutes(enum alu_op op)
{
    return op == ALU_ADD || op == ALU_MUL || op == ALU_AND || op == ALU_OR || op == ALU_XOR;
}

const struct value *ir_fold_alu(struct ir *ir, enum alu_op op, const struct value *a,
                                const struct value *b)
{
    if (op == ALU_NEG)
        return fold_neg(ir, a);
    if (is_const(b))
        return fold_k(ir, op, a, b->k);
    if (commutes(op) && (is_const(a) || a->id > b->id))
        return ir_alu(ir, op, b, a);
    if (op == ALU_ADD || op == ALU_SUB)
        return fold_sum(ir, op, a, b);
    if (a == b && op == ALU_XOR)
        return ir_const(ir, 0);
    if (a == b && (op == ALU_AND || op == ALU_OR))
        return a;
    if (is_number(a, 0) && (op == ALU_LSH || op == ALU_RSH))
        return a;
    return NULL;
}

const struct value *ir_fold_numbers(struct ir *ir, enum alu_op op, const struct value *a,
                                    const struct value *b)
{
    if (op == ALU_NEG || !is_const(b))
        return op == ALU_NEG && is_const(a) ? ir_computed(ir, 0u - a->k) : NULL;
    u32 k = b->k;
    if (is_const(a))
        return (op == ALU_DIV || op == ALU_MOD) && k == 0 ? NULL : ir_computed(ir, ir_compute(op, a->k, k));
    switch (op) {
    case ALU_AND:
        if ((k & a->mask) == a->mask && a->kind == VALUE_LOAD)
            return a;
        return k == 0 ? ir_const(ir, 0) : NULL;
    case ALU_MUL: return k == 0 ? ir_const(ir, 0) : NULL;
    case ALU_DIV:
    case ALU_MOD: return NULL;
    default: return k == 0 ? a : NULL;
    }
}
