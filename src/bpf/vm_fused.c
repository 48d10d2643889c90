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

/* Bytes from one step to the one that is `n` behind it. */
static u16 distance(u32 n) { return (u16)(n * sizeof(struct bpf_fused)); }

/* Where a test at `at` leads. */
static inline const struct bpf_fused *go(const struct bpf_fused *at, bool yes)
{
    return (const void *)((const u8 *)at + (yes ? at->yes : at->no));
}

/* The step of the first of `n` instructions. */
static struct bpf_fused fuse(const struct bpf_insn *i, u32 n)
{
    struct bpf_fused fused = { .k = i->k, .yes = distance(i->jt + 1), .no = distance(i->jf + 1) };

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
            fused = (struct bpf_fused){ i->k, i[1].k, steps[row].step, distance(i[1].jt + 2),
                                        distance(i[1].jf + 2) };
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

/* Between two steps. */
struct machine {
    const struct bpf_fused *at;
    const u8 *data;
    u64 caplen; /* so wide because sums are compared with it */
    u32 a, x;
};

/* How a step ends: before the next one, with 0, with what `at` returns, before one that is not known here. */
enum outcome { GOES_ON, REJECTS, RETURNS, LEAVES };

static ALWAYS_INLINE enum outcome take_step(struct machine *m)
{
    const u32 k = m->at->k;

    switch ((enum step)m->at->step) {
    case STEP_B_JEQ:
        if (unlikely(!bpf_inside(m->caplen, k, 1)))
            return REJECTS;
        m->a = m->data[k];
        m->at = go(m->at, m->a == m->at->value);
        return GOES_ON;
    case STEP_H_JEQ:
        if (unlikely(!bpf_inside(m->caplen, k, 2)))
            return REJECTS;
        m->a = load_be16(m->data + k);
        m->at = go(m->at, m->a == m->at->value);
        return GOES_ON;
    case STEP_W_JEQ:
        if (unlikely(!bpf_inside(m->caplen, k, 4)))
            return REJECTS;
        m->a = load_be32(m->data + k);
        m->at = go(m->at, m->a == m->at->value);
        return GOES_ON;
    case STEP_H_IND_JEQ:
        if (unlikely(!bpf_inside(m->caplen, m->x + k, 2)))
            return REJECTS;
        m->a = load_be16(m->data + (m->x + k));
        m->at = go(m->at, m->a == m->at->value);
        return GOES_ON;
    case STEP_H_JSET:
        if (unlikely(!bpf_inside(m->caplen, k, 2)))
            return REJECTS;
        m->a = load_be16(m->data + k);
        m->at = go(m->at, (m->a & m->at->value) != 0);
        return GOES_ON;
    case STEP_LD_B:
        if (unlikely(!bpf_inside(m->caplen, k, 1)))
            return REJECTS;
        m->a = m->data[k];
        break;
    case STEP_LD_H:
        if (unlikely(!bpf_inside(m->caplen, k, 2)))
            return REJECTS;
        m->a = load_be16(m->data + k);
        break;
    case STEP_LD_W:
        if (unlikely(!bpf_inside(m->caplen, k, 4)))
            return REJECTS;
        m->a = load_be32(m->data + k);
        break;
    case STEP_LD_B_IND:
        if (unlikely(!bpf_inside(m->caplen, m->x + k, 1)))
            return REJECTS;
        m->a = m->data[m->x + k];
        break;
    case STEP_LD_H_IND:
        if (unlikely(!bpf_inside(m->caplen, m->x + k, 2)))
            return REJECTS;
        m->a = load_be16(m->data + (m->x + k));
        break;
    case STEP_LD_W_IND:
        if (unlikely(!bpf_inside(m->caplen, m->x + k, 4)))
            return REJECTS;
        m->a = load_be32(m->data + (m->x + k));
        break;
    case STEP_LDX_MSH:
        if (unlikely(!bpf_inside(m->caplen, k, 1)))
            return REJECTS;
        m->x = bpf_header_bytes(m->data[k]);
        break;
    case STEP_LDX_IMM: m->x = k; break;
    case STEP_AND: m->a &= k; break;
    case STEP_JEQ: m->at = go(m->at, m->a == k); return GOES_ON;
    case STEP_JGT: m->at = go(m->at, m->a > k); return GOES_ON;
    case STEP_JGE: m->at = go(m->at, m->a >= k); return GOES_ON;
    case STEP_JSET: m->at = go(m->at, (m->a & k) != 0); return GOES_ON;
    case STEP_JA: m->at += k; break;
    case STEP_RET: return RETURNS;
    case STEP_OTHER: return LEAVES;
    default: __builtin_unreachable(); /* bpf_fuse() makes no other: that saves a comparison */
    }
    m->at++;
    return GOES_ON;
}

/*
 * Processors guess where the jump to a step's code leads, separately for each such jump.  With four in turn
 * each sees fewer kinds of steps than a single one would: a sixth less time, measured on "udp port 53".
 */
static ALWAYS_INLINE enum outcome take_steps(struct machine *m)
{
    enum outcome outcome = take_step(m);

    if (outcome == GOES_ON)
        outcome = take_step(m);
    if (outcome == GOES_ON)
        outcome = take_step(m);
    if (outcome == GOES_ON)
        outcome = take_step(m);
    return outcome;
}

u32 bpf_run_fused(const struct bpf_fused *fused, const struct bpf_insn *program,
                  const struct packet *packet)
{
    struct machine m = { .at = fused, .data = packet->data, .caplen = packet->caplen };
    enum outcome outcome;

    do
        outcome = take_steps(&m);
    while (outcome == GOES_ON);
    if (outcome == LEAVES)
        return bpf_resume(program + (m.at - fused), m.a, m.x, packet);
    return outcome == RETURNS ? m.at->k : 0;
}
