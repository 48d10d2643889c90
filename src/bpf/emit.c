/* The back end's front door. */
#include "bpf/emit.h"

#include "base/check.h"
#include "bpf/assemble.h"
#include "bpf/coder.h"
#include "bpf/validate.h"

static const u16 jump_code[] = {
    [CMP_EQ] = BPF_JEQ_K, [CMP_GT] = BPF_JGT_K, [CMP_GE] = BPF_JGE_K, [CMP_SET] = BPF_JSET_K
};
enum { SOURCE_X = 0x08 };

/* The tests and leaves that can be reached. */
struct order {
    const struct test **tests; /* every test before its exits */
    u32 count;
    bool accepts, rejects;
};

/*
 * By descending id: since exits are made before the tests that lead to them, that puts every test
 * before its exits.
 */
static struct order in_order(struct ir *ir, const struct test *root)
{
    struct order o = { .tests = arena_new(ir->arena, const struct test *, root->id + 1) };
    u32 end = root->id + 1;

    if (o.tests == NULL)
        return o;
    o.tests[root->id] = root;
    for (u32 id = end; id > 0; id--) {
        const struct test *t = o.tests[id - 1];
        if (t != NULL && t->op != CMP_LEAF) {
            o.tests[t->yes->id] = t->yes;
            o.tests[t->no->id] = t->no;
            o.count++;
        }
    }
    o.accepts = end > ir->accept->id && o.tests[ir->accept->id] != NULL;
    o.rejects = o.tests[ir->reject->id] != NULL;
    const struct test **sparse = o.tests;
    o.tests = arena_new(ir->arena, const struct test *, o.count);
    for (u32 id = end, n = 0; id > 0 && o.tests != NULL; id--)
        if (sparse[id - 1] != NULL && sparse[id - 1]->op != CMP_LEAF)
            o.tests[n++] = sparse[id - 1];
    return o;
}

/* Targets are ids of tests until all items are made. */
static void code_test(struct coder *c, const struct test *t)
{
    if (t->op == CMP_LET) {
        code_set(c, t->left->k, t->right);
        code_put(c, (struct item){ .code = BPF_JA, .yes = t->yes->id });
        return;
    }
    struct item jump = { .code = jump_code[t->op], .k = t->right->k, .yes = t->yes->id, .no = t->no->id };
    if (t->right->kind == VALUE_CONST) {
        code_value(c, t->left);
    } else {
        code_both(c, t->left, t->right);
        jump.code |= SOURCE_X;
        jump.k = 0;
    }
    code_put(c, jump);
}

static void code_graph(struct ir *ir, const struct order *o, u32 accept, struct coder *c)
{
    u32 *start = arena_new(ir->arena, u32, ir->test_count);

    if (start == NULL)
        return;
    for (u32 i = 0; i < o->count; i++) {
        start[o->tests[i]->id] = c->count;
        code_test(c, o->tests[i]);
    }
    if (o->accepts) {
        start[ir->accept->id] = c->count;
        code_put(c, (struct item){ .code = BPF_RET_K, .k = accept });
    }
    if (o->rejects) {
        start[ir->reject->id] = c->count;
        code_put(c, (struct item){ .code = BPF_RET_K, .k = 0 });
    }
    for (u32 i = 0; i < c->count; i++) {
        u8 flow = bpf_opcode(c->items[i].code)->flow;
        if (flow == BPF_FLOW_TEST || flow == BPF_FLOW_JUMP) {
            c->items[i].yes = start[c->items[i].yes];
            c->items[i].no = start[c->items[i].no];
        }
    }
}

bool ir_emit(struct ir *ir, const struct test *root, const struct emit_options *options,
             struct bpf_insn *to, u32 max, u32 *n, struct diag *diag)
{
    const struct span nowhere = { 0, 0 };
    struct coder c = coder_start(ir->arena, ir->variable_count, UINT32_MAX / 2);

    *n = 0;
    struct order o = in_order(ir, root);
    if (!ir->arena->full)
        code_graph(ir, &o, options->accept, &c);
    if (c.too_many_cells)
        return diag_fail(diag, nowhere, "expression is too complex: it needs more than %d scratch cells",
                         BPF_CELLS);
    if (c.full || ir->arena->full)
        return diag_fail(diag, nowhere, "filter too large");
    *n = assemble(ir->arena, c.items, c.count, to, max);
    if (*n == 0)
        return diag_fail(diag, nowhere, "filter too large: more than %u instructions", max);
    check(bpf_is_runnable(to, *n, NULL));
    return true;
}
