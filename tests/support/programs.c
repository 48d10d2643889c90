/* Random programs, made from the table of opcodes. */
#include "programs.h"

#include "packets.h"

static const u16 all_codes[] = {
#define INSN(name, code, flow, mnemonic, operand, text) code,
#include "bpf/insn.def"
#undef INSN
};

static u32 below(u64 *state, u32 n)
{
    return packets_random(state) % n;
}

/* Numbers at which rules change. */
static u32 edge(u64 *state)
{
    static const u32 edges[] = { 0,          1,          2,          15,         16,
                                 17,         31,         32,         33,         255,
                                 256,        4095,       4096,       0x7fffffff, 0x80000000,
                                 0xfffff000, 0xfffff004, 0xfffff028, 0xfffff02a, 0xfffff03c,
                                 0xfffff040, 0xffe00000, 0xfffffffe, 0xffffffff };
    return edges[below(state, countof(edges))];
}

/* An operand that suits the opcode. */
static u32 operand(u64 *state, const struct bpf_opcode *o)
{
    switch (o->operand) {
    case BPF_OPERAND_ABS:
    case BPF_OPERAND_MSH: return below(state, 40);
    case BPF_OPERAND_IND: return below(state, 24);
    case BPF_OPERAND_CELL: return below(state, 3);
    default: return below(state, 4) == 0 ? packets_random(state) : below(state, 20);
    }
}

static bool is_shift(u16 code)
{
    return code == BPF_LSH_K || code == BPF_RSH_K;
}

static bool divides(u16 code)
{
    return code == BPF_DIV_K || code == BPF_MOD_K;
}

static struct bpf_insn random_insn(u64 *state, u32 left)
{
    u16 code = all_codes[below(state, countof(all_codes))];
    const struct bpf_opcode *o = bpf_opcode(code);

    /* Tests often, returns and jumps rarely: paths should be long and different. */
    if (below(state, 3) == 0)
        code = (u16)(BPF_JEQ_K + 0x10 * below(state, 4));
    else if ((o->flow == BPF_FLOW_RETURN || o->flow == BPF_FLOW_JUMP) && below(state, 4) != 0)
        code = BPF_LD_H_ABS;
    o = bpf_opcode(code);
    struct bpf_insn insn = { .code = code, .k = operand(state, o) };
    if (o->flow == BPF_FLOW_TEST) {
        insn.jt = (u8)below(state, left < 12 ? left : 12);
        insn.jf = (u8)below(state, left < 12 ? left : 12);
    }
    if (o->flow == BPF_FLOW_JUMP)
        insn.k = below(state, left < 12 ? left : 12);
    if (is_shift(code))
        insn.k %= 32;
    if (divides(code) && insn.k == 0)
        insn.k = 3;
    return insn;
}

static void spoil(u64 *state, struct bpf_insn *insn)
{
    switch (below(state, 5)) {
    case 0: insn->code = (u16)below(state, 300); break;
    case 1: insn->k = edge(state); break;
    case 2: insn->jt = (u8)edge(state); break;
    case 3: insn->jf = (u8)edge(state); break;
    default: insn->k = packets_random(state); break;
    }
}

u32 programs_random(u64 *state, bool wild, struct bpf_insn *to, u32 max)
{
    u32 n = 1 + below(state, max), at = 0;

    /* Cells are written first, so that reading them is right; the wild may do without. */
    for (u32 cell = 0; cell < 3 && n > 8 && !(wild && below(state, 4) == 0); cell++) {
        to[at++] = (struct bpf_insn){ .code = BPF_LD_B_ABS, .k = below(state, 20) };
        to[at++] = (struct bpf_insn){ .code = BPF_ST, .k = cell };
    }
    bool has_cells = at > 0;
    while (at + 1 < n) {
        struct bpf_insn insn = random_insn(state, n - 1 - at);
        u8 kind = bpf_opcode(insn.code)->operand;
        if (kind == BPF_OPERAND_CELL && !has_cells && !wild)
            continue;
        to[at++] = insn;
    }
    to[n - 1] = (struct bpf_insn){ .code = below(state, 4) == 0 ? BPF_RET_A : BPF_RET_K,
                                   .k = below(state, 2) * 0xffff };
    for (u32 i = below(state, 3); wild && i > 0; i--)
        spoil(state, &to[below(state, n)]);
    return n;
}
