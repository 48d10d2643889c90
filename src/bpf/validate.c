/* The kernel's rules for SO_ATTACH_FILTER, one by one. */
#include "bpf/validate.h"

enum { WORD_BITS = 32, EVERY_CELL = (1 << BPF_CELLS) - 1 };

static const char *wrong_operand(const struct bpf_insn *insn)
{
    switch (insn->code) {
    case BPF_DIV_K:
    case BPF_MOD_K: return insn->k == 0 ? "division by zero" : NULL;
    case BPF_LSH_K:
    case BPF_RSH_K: return insn->k >= WORD_BITS ? "shift by more than 31 bits" : NULL;
    case BPF_ST:
    case BPF_STX:
    case BPF_LD_MEM:
    case BPF_LDX_MEM: return insn->k >= BPF_CELLS ? "no such scratch cell" : NULL;
    case BPF_LD_W_ABS:
    case BPF_LD_H_ABS:
    case BPF_LD_B_ABS:
        return insn->k >= BPF_AD_OFF && !bpf_is_metadata(insn->k) ? "no such metadata" : NULL;
    default: return NULL;
    }
}

/* `behind` is the number of instructions after this one. */
static const char *wrong_jump(const struct bpf_insn *insn, u8 flow, u32 behind)
{
    bool over = false;

    if (flow == BPF_FLOW_JUMP)
        over = insn->k >= behind;
    else if (flow == BPF_FLOW_TEST)
        over = insn->jt >= behind || insn->jf >= behind;
    return over ? "jump behind the end" : NULL;
}

static bool fail(struct bpf_fault *fault, u32 at, const char *what)
{
    if (fault != NULL)
        *fault = (struct bpf_fault){ at, what };
    return false;
}

static bool each_is_right(const struct bpf_insn *program, u32 n, struct bpf_fault *fault)
{
    if (n == 0)
        return fail(fault, 0, "empty program");
    for (u32 i = 0; i < n; i++) {
        const struct bpf_opcode *opcode = bpf_opcode(program[i].code);
        if (opcode == NULL)
            return fail(fault, i, "no such instruction");
        const char *what = wrong_operand(&program[i]);
        if (what == NULL)
            what = wrong_jump(&program[i], opcode->flow, n - 1 - i);
        if (what != NULL)
            return fail(fault, i, what);
    }
    return bpf_opcode(program[n - 1].code)->flow == BPF_FLOW_RETURN ||
           fail(fault, n - 1, "the last instruction is not a return");
}

/*
 * Whether every cell is written before it is read, on every path.  `written[i]` has the cells
 * that are written on all jumps to i seen so far; since jumps lead forward, that is all of them
 * when i is reached.  As the kernel does, code behind a return counts as reached from it.
 */
static bool cells_are_written(const struct bpf_insn *program, u32 n, u16 *written,
                              struct bpf_fault *fault)
{
    u32 now = 0;

    for (u32 i = 0; i < n; i++)
        written[i] = EVERY_CELL;
    for (u32 i = 0; i < n; i++) {
        const struct bpf_insn *insn = &program[i];
        now &= written[i];
        switch (bpf_opcode(insn->code)->flow) {
        case BPF_FLOW_STORE: now |= 1u << insn->k; break;
        case BPF_FLOW_JUMP:
            written[i + 1 + insn->k] &= (u16)now;
            now = EVERY_CELL;
            break;
        case BPF_FLOW_TEST:
            written[i + 1 + insn->jt] &= (u16)now;
            written[i + 1 + insn->jf] &= (u16)now;
            now = EVERY_CELL;
            break;
        default:
            if ((insn->code == BPF_LD_MEM || insn->code == BPF_LDX_MEM) && (now >> insn->k & 1) == 0)
                return fail(fault, i, "scratch cell read before it is written");
        }
    }
    return true;
}

bool bpf_is_valid(const struct bpf_insn *program, u32 n, struct bpf_fault *fault)
{
    u16 written[BPF_INSNS_MAX];

    if (n > BPF_INSNS_MAX)
        return fail(fault, 0, "too many instructions");
    return each_is_right(program, n, fault) && cells_are_written(program, n, written, fault);
}

bool bpf_is_runnable(const struct bpf_insn *program, u32 n, struct bpf_fault *fault)
{
    return n > BPF_INSNS_MAX ? each_is_right(program, n, fault) : bpf_is_valid(program, n, fault);
}
