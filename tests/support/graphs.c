/* Random decision graphs and their meaning. */
#include "graphs.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "packets.h"

enum { TESTS_MAX = 128, VALUES_MAX = 24, VARIABLES = 4 };

struct garden {
    struct ir *ir;
    u64 *state;
    const struct value *values[VALUES_MAX];
    u32 value_count;
    u32 range;   /* constants are mostly below this: small ranges make tests meet */
    bool chains; /* prefer exits that make long chains to one place */
};

static u32 below(u64 *state, u32 n)
{
    return packets_random(state) % n;
}

static const struct value *random_load(struct garden *g)
{
    static const u8 sizes[] = { 1, 2, 4 };
    const struct value *base = below(g->state, 4) == 0 ? ir_msh(g->ir, 14) : NULL;

    return ir_load(g->ir, sizes[below(g->state, 3)], base, 12 + below(g->state, 12));
}

static const struct value *random_value(struct garden *g)
{
    const struct value *a = random_load(g), *b = random_load(g);

    switch (below(g->state, 12)) {
    case 0: return ir_len(g->ir);
    case 1: return ir_alu(g->ir, (enum alu_op)below(g->state, ALU_NEG), a, b);
    case 2:
        return ir_alu(g->ir, (enum alu_op)below(g->state, ALU_NEG), a,
                      ir_const(g->ir, 1 + below(g->state, 40)));
    case 3: return ir_alu(g->ir, ALU_AND, a, ir_const(g->ir, 0xffffff00u << below(g->state, 24)));
    case 4: return ir_alu(g->ir, ALU_NEG, a, NULL);
    case 5:
        return ir_alu(g->ir, ALU_SUB,
                      ir_alu(g->ir, ALU_AND, a, ir_const(g->ir, below(g->state, 64))), b);
    default: return a;
    }
}

static u32 random_number(struct garden *g)
{
    static const u32 masks[] = { 0xff, 0xff00, 0xffff, 0xff000000, 0xfff00000, 1, 0x80, 0x1fff };

    if (below(g->state, 12) == 0)
        return masks[below(g->state, countof(masks))];
    return below(g->state, g->range) << 8 * (below(g->state, 6) == 0 ? below(g->state, 4) : 0);
}

/* A variable stands for some of the values, as itself or as a base. */
static const struct value *pick_value(struct garden *g, const struct value *variable)
{
    if (variable != NULL && below(g->state, 2) == 0)
        return below(g->state, 2) == 0 ? variable
                                       : ir_load(g->ir, 2, variable, below(g->state, 16));
    return g->values[below(g->state, g->value_count)];
}

static const struct test *random_test(struct garden *g, const struct value *variable,
                                      const struct test *yes, const struct test *no)
{
    const struct reason why = { { 0, 0 }, "random" };
    const struct value *right = below(g->state, 10) == 0 ? pick_value(g, variable)
                                                         : ir_const(g->ir, random_number(g));
    enum cmp op = below(g->state, 3) != 0 ? CMP_EQ : (enum cmp)below(g->state, CMP_LET);

    if (below(g->state, 2) == 0) {
        const struct test *kept = yes;
        yes = no;
        no = kept;
    }
    return ir_test(g->ir, op, pick_value(g, variable), right, yes, no, why);
}

/* Adds tests to a list, each with exits among those before it. */
static u32 grow(struct garden *g, const struct test **list, u32 count, u32 size,
                const struct value *variable)
{
    while (count < size) {
        u32 near = count < 4 ? count : 4;
        const struct test *next = list[count - 1 - below(g->state, near)];
        const struct test *other =
            list[g->chains || below(g->state, 2) == 0 ? below(g->state, 2)
                                                      : below(g->state, count)];
        list[count++] = random_test(g, variable, next, other);
    }
    return count;
}

const struct test *graphs_random(struct ir *ir, u64 *state, u32 size)
{
    struct garden g = { .ir = ir, .state = state };
    const struct test *list[TESTS_MAX + 2] = { ir->reject, ir->accept };
    const struct test *parts[2 * VARIABLES];
    const struct reason why = { { 0, 0 }, "random" };
    u32 part_count = 0;

    size = size < TESTS_MAX ? size : TESTS_MAX;
    g.range = 2u << below(state, 6);
    g.chains = below(state, 2) == 0;
    g.value_count = 2 + below(state, VALUES_MAX - 2);
    for (u32 i = 0; i < g.value_count; i++)
        g.values[i] = random_value(&g);
    /* Parts that use a variable are entered through tests that set it, and never lead to another.
     */
    for (u32 i = below(state, VARIABLES); i > 0; i--) {
        const struct value *x = ir_variable(ir);
        u32 n = grow(&g, list, 2, 2 + 1 + below(state, 1 + size / 4), x);
        const struct test *part = list[n - 1];
        parts[part_count++] = ir_let(
            ir, x, below(state, 2) == 0 ? ir_const(ir, 14) : random_value(&g), part, why);
        parts[part_count++] = ir_let(
            ir, x, below(state, 2) == 0 ? ir_msh(ir, 14) : random_value(&g), part, why);
    }
    u32 n = 2;
    for (u32 i = 0; i < part_count; i++)
        list[n++] = parts[i];
    n = grow(&g, list, n, n + size, NULL);
    return list[n - 1];
}

struct evaluation {
    const struct packet *packet;
    u32 variables[64];
    bool aborted;
};

static u32 value_of(struct evaluation *e, const struct value *v);

static u32 load(struct evaluation *e, u32 at, u32 size)
{
    const struct packet *p = e->packet;

    if (at > p->caplen || p->caplen - at < size) {
        e->aborted = true;
        return 0;
    }
    return size == 4 ? load_be32(p->data + at) : size == 2 ? load_be16(p->data + at) : p->data[at];
}

static u32 operate(struct evaluation *e, const struct value *v)
{
    u32 a = value_of(e, v->a), b = v->b != NULL ? value_of(e, v->b) : 0;

    switch ((enum alu_op)v->op) {
    case ALU_ADD: return a + b;
    case ALU_SUB: return a - b;
    case ALU_MUL: return a * b;
    case ALU_AND: return a & b;
    case ALU_OR: return a | b;
    case ALU_XOR: return a ^ b;
    case ALU_LSH: return a << (b & 31);
    case ALU_RSH: return a >> (b & 31);
    case ALU_NEG: return 0u - a;
    case ALU_DIV:
    case ALU_MOD: e->aborted |= b == 0; return b == 0 ? 0 : v->op == ALU_DIV ? a / b : a % b;
    }
    return 0;
}

static u32 value_of(struct evaluation *e, const struct value *v)
{
    switch (v->kind) {
    case VALUE_CONST: return v->k;
    case VALUE_LEN: return e->packet->len;
    case VALUE_LOAD: return load(e, (v->a != NULL ? value_of(e, v->a) : 0) + v->k, v->size);
    case VALUE_MSH: return (load(e, v->k, 1) & 15) * 4;
    case VALUE_ALU: return operate(e, v);
    case VALUE_VAR: return e->variables[v->k % countof(e->variables)];
    case VALUE_META: return 0;
    }
    return 0;
}

enum verdict graphs_verdict(const struct ir *ir, const struct test *root,
                            const struct packet *packet)
{
    struct evaluation e = { .packet = packet };
    const struct test *t = root;

    while (t->op != CMP_LEAF) {
        u32 right = value_of(&e, t->right), left = t->op == CMP_LET ? 0 : value_of(&e, t->left);
        if (e.aborted)
            return ABORTED;
        bool yes = true;
        switch (t->op) {
        case CMP_EQ: yes = left == right; break;
        case CMP_GT: yes = left > right; break;
        case CMP_GE: yes = left >= right; break;
        case CMP_SET: yes = (left & right) != 0; break;
        default: e.variables[t->left->k % countof(e.variables)] = right; break;
        }
        t = yes ? t->yes : t->no;
    }
    return t == ir->accept ? ACCEPTED : REJECTED;
}
