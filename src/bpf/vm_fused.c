/*
 * The machine for savefiles: what most programs do, in half the steps.
 *
 * Filters go from one load and the test behind it to the next, so that pair is one step here; both
 * ends of a test are kept as distances that can be added as they are.  Instruction i becomes step i,
 * whether or not it is also part of the step before: so jumps into the middle of a pair need no care.
 * What is rare has no step, and ends in bpf_run() from there on.
 */
#include "bpf/vm.h"

#include "base/bytes.h"
#include "bpf/vm_rules.h"

enum step {
    STEP_OTHER, /* bpf_run() goes on */
    STEP_B_JEQ,
    STEP_H_JEQ,
    STEP_W_JEQ,
    STEP_H_IND_JEQ,
    STEP_H_JSET,
    STEP_LD_B,
    STEP_LD_H,
    STEP_LD_W,
    STEP_LD_B_IND,
    STEP_LD_H_IND,
    STEP_LD_W_IND,
    STEP_LDX_MSH,
    STEP_LDX_IMM,
    STEP_AND,
    STEP_JEQ,
    STEP_JGT,
    STEP_JGE,
    STEP_JSET,
    STEP_JA,
    STEP_RET
};

/* The first row that matches counts.  With a `test`, that must be the instruction behind. */
static const struct {
    u16 code, test;
    u8 step;
} steps[] = {
    { BPF_LD_B_ABS, BPF_JEQ_K, STEP_B_JEQ },
    { BPF_LD_H_ABS, BPF_JEQ_K, STEP_H_JEQ },
    { BPF_LD_W_ABS, BPF_JEQ_K, STEP_W_JEQ },
    { BPF_LD_H_IND, BPF_JEQ_K, STEP_H_IND_JEQ },
    { BPF_LD_H_ABS, BPF_JSET_K, STEP_H_JSET },
    { BPF_LD_B_ABS, 0, STEP_LD_B },
    { BPF_LD_H_ABS, 0, STEP_LD_H },
    { BPF_LD_W_ABS, 0, STEP_LD_W },
    { BPF_LD_B_IND, 0, STEP_LD_B_IND },
    { BPF_LD_H_IND, 0, STEP_LD_H_IND },
    { BPF_LD_W_IND, 0, STEP_LD_W_IND },
    { BPF_LDX_MSH, 0, STEP_LDX_MSH },
    { BPF_LDX_IMM, 0, STEP_LDX_IMM },
    { BPF_AND_K, 0, STEP_AND },
    { BPF_JEQ_K, 0, STEP_JEQ },
    { BPF_JGT_K, 0, STEP_JGT },
    { BPF_JGE_K, 0, STEP_JGE },
    { BPF_JSET_K, 0, STEP_JSET },
    { BPF_JA, 0, STEP_JA },
    { BPF_RET_K, 0, STEP_RET },
};

/* A load of something that is not among the packet's bytes. */
static bool is_metadata_load(const struct bpf_insn *i)
{
    bool absolute = i->code == BPF_LD_B_ABS || i->code == BPF_LD_H_ABS || i->code == BPF_LD_W_ABS;
    return absolute && bpf_is_metadata(i->k);
}

/* The step of the first of `n` instructions. */
static struct bpf_fused fuse(const struct bpf_insn *i, u32 n)
{
    struct bpf_fused fused = { .k = i->k, .yes = i->jt + 1, .no = i->jf + 1 };

    if (is_metadata_load(i))
        return fused;
    for (size_t row = 0; row < countof(steps); row++) {
        if (steps[row].code != i->code)
            continue;
        if (steps[row].test == 0) {
            fused.step = steps[row].step;
            break;
        }
        if (n > 1 && i[1].code == steps[row].test) {
            fused = (struct bpf_fused){ i->k, i[1].k, steps[row].step, i[1].jt + 2, i[1].jf + 2 };
            break;
        }
    }
    return fused;
}

void bpf_fuse(struct bpf_fused *to, const struct bpf_insn *program, u32 n)
{
    for (u32 i = 0; i < n; i++)
        to[i] = fuse(&program[i], n - i);
}

u32 bpf_run_fused(const struct bpf_fused *fused, const struct bpf_insn *program,
                  const struct packet *packet)
{
    const struct bpf_fused *at = fused;
    const u8 *data = packet->data;
    const u32 caplen = packet->caplen;
    u32 a = 0, x = 0;

    for (;;) {
        const u32 k = at->k;
        switch ((enum step)at->step) {
        case STEP_B_JEQ:
            if (unlikely(!bpf_inside(caplen, k, 1)))
                return 0;
            a = data[k];
            at += a == at->value ? at->yes : at->no;
            continue;
        case STEP_H_JEQ:
            if (unlikely(!bpf_inside(caplen, k, 2)))
                return 0;
            a = load_be16(data + k);
            at += a == at->value ? at->yes : at->no;
            continue;
        case STEP_W_JEQ:
            if (unlikely(!bpf_inside(caplen, k, 4)))
                return 0;
            a = load_be32(data + k);
            at += a == at->value ? at->yes : at->no;
            continue;
        case STEP_H_IND_JEQ:
            if (unlikely(!bpf_inside(caplen, x + k, 2)))
                return 0;
            a = load_be16(data + (x + k));
            at += a == at->value ? at->yes : at->no;
            continue;
        case STEP_H_JSET:
            if (unlikely(!bpf_inside(caplen, k, 2)))
                return 0;
            a = load_be16(data + k);
            at += (a & at->value) != 0 ? at->yes : at->no;
            continue;
        case STEP_LD_B:
            if (unlikely(!bpf_inside(caplen, k, 1)))
                return 0;
            a = data[k];
            break;
        case STEP_LD_H:
            if (unlikely(!bpf_inside(caplen, k, 2)))
                return 0;
            a = load_be16(data + k);
            break;
        case STEP_LD_W:
            if (unlikely(!bpf_inside(caplen, k, 4)))
                return 0;
            a = load_be32(data + k);
            break;
        case STEP_LD_B_IND:
            if (unlikely(!bpf_inside(caplen, x + k, 1)))
                return 0;
            a = data[x + k];
            break;
        case STEP_LD_H_IND:
            if (unlikely(!bpf_inside(caplen, x + k, 2)))
                return 0;
            a = load_be16(data + (x + k));
            break;
        case STEP_LD_W_IND:
            if (unlikely(!bpf_inside(caplen, x + k, 4)))
                return 0;
            a = load_be32(data + (x + k));
            break;
        case STEP_LDX_MSH:
            if (unlikely(!bpf_inside(caplen, k, 1)))
                return 0;
            x = bpf_header_bytes(data[k]);
            break;
        case STEP_LDX_IMM: x = k; break;
        case STEP_AND: a &= k; break;
        case STEP_JEQ: at += a == k ? at->yes : at->no; continue;
        case STEP_JGT: at += a > k ? at->yes : at->no; continue;
        case STEP_JGE: at += a >= k ? at->yes : at->no; continue;
        case STEP_JSET: at += (a & k) != 0 ? at->yes : at->no; continue;
        case STEP_JA: at += k; break;
        case STEP_RET: return k;
        case STEP_OTHER: return bpf_resume(program + (at - fused), a, x, packet);
        }
        at++;
    }
}
