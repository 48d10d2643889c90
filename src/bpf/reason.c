/* Which words of an expression caused an instruction. */
#include "bpf/reason.h"

#include "base/format.h"

/* Whether a value has a load of this size and offset in it, from a variable place or a fixed one. */
static bool has_load(const struct value *v, u8 size, u32 k, bool variable)
{
    if (v == NULL)
        return false;
    if (v->kind == VALUE_LOAD && v->size == size && v->k == k && (v->a != NULL) == variable)
        return true;
    if (v->kind == VALUE_MSH && size == 0 && v->k == k)
        return true;
    return has_load(v->a, size, k, variable) || has_load(v->b, size, k, variable);
}

/* What is loaded: its size in bytes, 0 for an IPv4 header length, 255 for nothing of the packet. */
static u8 load_size(u16 code)
{
    enum { NOTHING = 255 };
    switch (code) {
    case BPF_LD_W_ABS:
    case BPF_LD_W_IND: return 4;
    case BPF_LD_H_ABS:
    case BPF_LD_H_IND: return 2;
    case BPF_LD_B_ABS:
    case BPF_LD_B_IND: return 1;
    case BPF_LDX_MSH: return 0;
    default: return NOTHING;
    }
}

/* The test that an instruction was made for: one that loads the same, or compares with the same. */
static const struct test *test_of(const struct graph *g, const struct bpf_insn *insn, const struct test *last)
{
    u8 size = load_size(insn->code);
    bool compares = bpf_flow(insn->code) == BPF_FLOW_TEST;
    bool variable = insn->code == BPF_LD_W_IND || insn->code == BPF_LD_H_IND || insn->code == BPF_LD_B_IND;
    const struct test *other = NULL;

    for (u32 i = 0; i < g->count; i++) {
        const struct test *t = g->tests[i];
        if (size <= 4 && (has_load(t->left, size, insn->k, variable) ||
                          has_load(t->right, size, insn->k, variable)))
            return t;
        bool same = compares && t->right != NULL && t->right->kind == VALUE_CONST && t->right->k == insn->k;
        if (same && last != NULL && t->left == last->left)
            return t;
        if (same && other == NULL)
            other = t;
    }
    return other;
}

void reason_write(const struct test *t, struct str text, struct out *to)
{
    struct str words = str_make(text.p + t->why.at.beg, t->why.at.end - t->why.at.beg);
    out_format(to, "; %s", t->why.what);
    if (t->why.at.end <= text.len && words.len > 0 && words.len <= 60)
        out_format(to, ", for `%pS`", (const void *)&words);
}

const struct test *reason_of(const struct graph *g, const struct bpf_insn *insn, const struct test **last)
{
    const struct test *t = test_of(g, insn, *last);
    if (load_size(insn->code) <= 4 || bpf_flow(insn->code) == BPF_FLOW_TEST)
        *last = t;
    return t;
}
