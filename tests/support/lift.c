/* Symbolic execution of a program, one instruction and state of the live registers at a time. */
#include "lift.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

enum { REGISTERS = BPF_CELLS + 2, A = BPF_CELLS, X = BPF_CELLS + 1, SLOTS = 1 << 17 };

struct state {
    const struct value *in[REGISTERS]; /* NULL: dead */
};

struct memo {
    u32 pc;
    struct state state;
    const struct test *test;
};

struct lifter {
    struct ir *ir;
    const struct bpf_insn *program;
    u32 n;
    u32 *live; /* registers that are read before they are written, by instruction */
    struct memo *memo;
    u32 used;
    bool failed;
};

static u32 bit(u32 r)
{
    return 1u << r;
}

/* Registers that an instruction reads and writes. */
static void effects(const struct bpf_insn *i, u32 *reads, u32 *writes)
{
    const struct bpf_opcode *o = bpf_opcode(i->code);

    *reads = *writes = 0;
    if (o->operand == BPF_OPERAND_X || o->operand == BPF_OPERAND_IND || i->code == BPF_TXA ||
        i->code == BPF_STX)
        *reads |= bit(X);
    if ((i->code & 7) == 4 || o->flow == BPF_FLOW_TEST || i->code == BPF_RET_A ||
        i->code == BPF_TAX || i->code == BPF_ST)
        *reads |= bit(A);
    if (i->code == BPF_LD_MEM || i->code == BPF_LDX_MEM)
        *reads |= bit(i->k);
    if (o->flow == BPF_FLOW_A)
        *writes = bit(A);
    if (o->flow == BPF_FLOW_X)
        *writes = bit(X);
    if (o->flow == BPF_FLOW_STORE)
        *writes = bit(i->k);
}

static void find_live(struct lifter *l)
{
    for (u32 pc = l->n; pc-- > 0;) {
        const struct bpf_insn *i = &l->program[pc];
        u32 reads, writes, out = 0;
        effects(i, &reads, &writes);
        switch (bpf_opcode(i->code)->flow) {
        case BPF_FLOW_RETURN: break;
        case BPF_FLOW_JUMP: out = l->live[pc + 1 + i->k]; break;
        case BPF_FLOW_TEST: out = l->live[pc + 1 + i->jt] | l->live[pc + 1 + i->jf]; break;
        default: out = l->live[pc + 1];
        }
        l->live[pc] = (out & ~writes) | reads;
    }
}

static struct memo *slot(struct lifter *l, u32 pc, const struct state *s)
{
    u64 h = hash_bytes(s, sizeof *s, pc);
    u32 i = (u32)h % SLOTS;

    while (l->memo[i].test != NULL &&
           (l->memo[i].pc != pc || memcmp(&l->memo[i].state, s, sizeof *s) != 0))
        i = (i + 1) % SLOTS;
    return &l->memo[i];
}

static const struct value *alu(struct lifter *l, const struct bpf_insn *i, const struct state *s)
{
    static const u8 op[16] = {
        [0] = ALU_ADD, [1] = ALU_SUB, [2] = ALU_MUL, [3] = ALU_DIV, [4] = ALU_OR,  [5] = ALU_AND,
        [6] = ALU_LSH, [7] = ALU_RSH, [8] = ALU_NEG, [9] = ALU_MOD, [10] = ALU_XOR
    };
    if (i->code == BPF_NEG)
        return ir_alu(l->ir, ALU_NEG, s->in[A], NULL);
    return ir_alu(l->ir, op[i->code >> 4], s->in[A],
                  i->code & 8 ? s->in[X] : ir_const(l->ir, i->k));
}

/* Applies an instruction that only computes. */
static void compute(struct lifter *l, const struct bpf_insn *i, struct state *s)
{
    u8 size = i->code & 0x10 ? 1 : i->code & 0x08 ? 2 : 4;

    switch (i->code) {
    case BPF_LD_IMM: s->in[A] = ir_const(l->ir, i->k); break;
    case BPF_LDX_IMM: s->in[X] = ir_const(l->ir, i->k); break;
    case BPF_LD_LEN: s->in[A] = ir_len(l->ir); break;
    case BPF_LDX_LEN: s->in[X] = ir_len(l->ir); break;
    case BPF_LD_MEM: s->in[A] = s->in[i->k]; break;
    case BPF_LDX_MEM: s->in[X] = s->in[i->k]; break;
    case BPF_ST: s->in[i->k] = s->in[A]; break;
    case BPF_STX: s->in[i->k] = s->in[X]; break;
    case BPF_TAX: s->in[X] = s->in[A]; break;
    case BPF_TXA: s->in[A] = s->in[X]; break;
    case BPF_LDX_MSH: s->in[X] = ir_msh(l->ir, i->k); break;
    case BPF_LD_W_ABS:
    case BPF_LD_H_ABS:
    case BPF_LD_B_ABS:
        if (i->k == BPF_AD_OFF + BPF_AD_ALU_XOR_X)
            s->in[A] = ir_alu(l->ir, ALU_XOR, s->in[A], s->in[X]);
        else if (i->k >= BPF_AD_OFF)
            s->in[A] = ir_meta(l->ir, i->k - BPF_AD_OFF);
        else
            s->in[A] = ir_load(l->ir, size, NULL, i->k);
        break;
    case BPF_LD_W_IND:
    case BPF_LD_H_IND:
    case BPF_LD_B_IND: s->in[A] = ir_load(l->ir, size, s->in[X], i->k); break;
    default: s->in[A] = alu(l, i, s);
    }
}

static const struct test *lift(struct lifter *l, u32 pc, struct state s)
{
    static const u8 op[] = { [1] = CMP_EQ, [2] = CMP_GT, [3] = CMP_GE, [4] = CMP_SET };
    const struct reason why = { { 0, 0 }, "lifted" };
    const struct test *made;

    for (u32 r = 0; r < REGISTERS; r++)
        if ((l->live[pc] & bit(r)) == 0)
            s.in[r] = NULL;
    struct memo *m = slot(l, pc, &s);
    if (m->test != NULL || l->failed)
        return m->test != NULL ? m->test : l->ir->reject;
    u32 at = pc;
    struct state before = s;
    while (bpf_opcode(l->program[at].code)->flow <= BPF_FLOW_STORE)
        compute(l, &l->program[at++], &s);
    const struct bpf_insn *i = &l->program[at];
    switch (bpf_opcode(i->code)->flow) {
    case BPF_FLOW_RETURN:
        if (i->code == BPF_RET_K)
            made = i->k != 0 ? l->ir->accept : l->ir->reject;
        else
            made = ir_test(l->ir, CMP_EQ, s.in[A], ir_const(l->ir, 0), l->ir->reject, l->ir->accept,
                           why);
        break;
    case BPF_FLOW_JUMP: made = lift(l, at + 1 + i->k, s); break;
    default: {
        const struct value *right = i->code & 8 ? s.in[X] : ir_const(l->ir, i->k);
        const struct test *yes = lift(l, at + 1 + i->jt, s);
        const struct test *no = lift(l, at + 1 + i->jf, s);
        made = ir_test(l->ir, op[i->code >> 4], s.in[A], right, yes, no, why);
    }
    }
    if (l->used++ > SLOTS / 2)
        l->failed = true;
    else
        *slot(l, pc, &before) = (struct memo){ pc, before, made };
    return made;
}

const struct test *lift_program(struct ir *ir, const struct bpf_insn *program, u32 n)
{
    struct lifter l = { .ir = ir, .program = program, .n = n };
    struct state s = { { NULL } };

    l.live = calloc(n, sizeof *l.live);
    l.memo = calloc(SLOTS, sizeof *l.memo);
    find_live(&l);
    s.in[A] = s.in[X] = ir_const(ir, 0);
    const struct test *root = lift(&l, 0, s);
    free(l.live);
    free(l.memo);
    return l.failed || ir->arena->full ? NULL : root;
}
