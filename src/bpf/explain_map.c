/*
 * Which test each instruction was made for.
 *
 * The program does what the graph says, test by test, so both are followed together from their starts:
 *
 *      program                     graph
 *      ldh  [12]                   [12:2] == 0x800 ?
 *      jeq  #0x800  jt 2  jf 9      yes -> ...   no -> ...
 *
 * What stands before a jump computes its operands, or sets a variable on the way there.  Where code is
 * shared, what was found first counts, and what was found next is noted beside it.
 */
#include "bpf/explanation.h"

#include "bpf/vm.h"

struct walk {
    const struct filter *filter;
    const struct test **tests, **also;
};

/* What is waiting to be followed; a jump is come to twice at most, each time one more is waiting. */
struct spot {
    u32 pc;
    const struct test *test;
};

/* Whether a jump can be the code of a test. */
static bool fits(const struct bpf_insn *insn, const struct test *t)
{
    bool constant = t->right->kind == VALUE_CONST;
    switch (insn->code) {
    case BPF_JEQ_K: return t->op == CMP_EQ && (!constant || t->right->k == insn->k);
    case BPF_JEQ_X: return t->op == CMP_EQ;
    case BPF_JSET_K: return t->op == CMP_SET && (!constant || t->right->k == insn->k);
    case BPF_JSET_X: return t->op == CMP_SET;
    default: return t->op == CMP_GT || t->op == CMP_GE;
    }
}

static bool loads(const struct value *v, const struct bpf_insn *insn)
{
    if (v == NULL)
        return false;
    if (v->kind == VALUE_MSH && insn->code == BPF_LDX_MSH && v->k == insn->k)
        return true;
    if (v->kind == VALUE_LOAD && v->k == insn->k)
        switch (insn->code) {
        case BPF_LD_W_ABS:
        case BPF_LD_H_ABS:
        case BPF_LD_B_ABS: return v->a == NULL;
        case BPF_LD_W_IND:
        case BPF_LD_H_IND:
        case BPF_LD_B_IND: return v->a != NULL;
        default: break;
        }
    return loads(v->a, insn) || loads(v->b, insn);
}

/* The setting of a variable, between `from` and the test `to`, that an instruction loads for; or `to`. */
static const struct test *purpose(const struct test *from, const struct test *to, const struct bpf_insn *insn)
{
    if (loads(to->left, insn) || loads(to->right, insn))
        return to;
    bool immediate = insn->code == BPF_LD_IMM || insn->code == BPF_LDX_IMM;
    for (; from != to; from = from->yes)
        if (loads(from->right, insn) ||
            (immediate && from->right->kind == VALUE_CONST && from->right->k == insn->k))
            return from;
    return to;
}

/* Notes what an instruction is for; false when nothing new is to be found from there on. */
static bool note(struct walk *w, u32 pc, const struct test *t)
{
    if (w->tests[pc] == NULL)
        w->tests[pc] = t;
    else if (w->tests[pc] == t || w->also[pc] != NULL)
        return false;
    else
        w->also[pc] = t;
    return true;
}

/* Follows one way up to its next jump; the two ways from there go to next[], whose number is returned. */
static u32 follow(struct walk *w, struct spot at, struct spot next[2])
{
    const struct test *t = at.test;
    u32 pc = at.pc;

    while (t->op == CMP_LET)
        t = t->yes;
    for (;; pc++) {
        const struct bpf_insn *insn = &w->filter->insns[pc];
        u8 flow = bpf_flow(insn->code);
        if (flow == BPF_FLOW_RETURN || t->op == CMP_LEAF)
            return 0;
        if (flow == BPF_FLOW_JUMP) {
            pc += insn->k;
            continue;
        }
        if (flow != BPF_FLOW_TEST) {
            note(w, pc, purpose(at.test, t, insn));
            continue;
        }
        if (!fits(insn, t) || !note(w, pc, t))
            return 0;
        next[0] = (struct spot){ pc + 1 + insn->jt, t->yes };
        next[1] = (struct spot){ pc + 1 + insn->jf, t->no };
        return 2;
    }
}

bool explain_map(struct explanation *e, struct arena *arena)
{
    const struct build *build = &e->build;
    const u32 n = build->filter.count;
    struct walk w = { .filter = &build->filter, .tests = arena_new(arena, const struct test *, n),
                      .also = arena_new(arena, const struct test *, n) };
    struct spot *waiting = arena_new(arena, struct spot, 2 * (size_t)n + 2);
    u32 count = 0;

    if (arena->full)
        return false;
    waiting[count++] = (struct spot){ 0, build->graph };
    while (count > 0) {
        struct spot at = waiting[--count];
        count += follow(&w, at, waiting + count);
    }
    e->tests = w.tests;
    e->also = w.also;
    return true;
}
