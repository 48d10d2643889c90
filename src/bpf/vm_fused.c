/*
 * The machine for savefiles: what most programs do, in half the steps and a quarter of the time.
 *
 * Filters go from one load and the test behind it to the next, so that pair is one step here.
 * Instruction i becomes step i, whether or not it is also part of the step before: so jumps into
 * the middle of a pair need no care.  What is rare has no step of its own, and ends in bpf_run()
 * from there on.
 *
 * A step is a function that ends with a call of the next one.  Compilers make a jump of such a
 * call, with the registers of the machine in those of the processor, and a processor guesses each
 * of these jumps by itself.  Where they do not, the stack holds as many frames as the program has
 * instructions on its longest path.
 */
#include "bpf/vm.h"

#include "base/bytes.h"
#include "bpf/vm_rules.h"

#define STEP(name)                                                                           \
    static u32 name(const struct bpf_fused *at, const struct packet *packet, const u8 *data, \
                    u64 caplen, u32 a, u32 x)

/* Goes on with the step `to`. */
#define TAKE(to) take(to, packet, data, caplen, a, x)

/* A load outside the captured bytes rejects the packet. */
#define NEED(offset, n)                           \
    if (unlikely(!bpf_inside(caplen, offset, n))) \
    return 0

static ALWAYS_INLINE u32 take(const struct bpf_fused *to, const struct packet *packet,
                              const u8 *data, u64 caplen, u32 a, u32 x)
{
    return to->run(to, packet, data, caplen, a, x);
}

/* Where a test at `at` leads: both ends are distances in bytes, which can be added as they are. */
static ALWAYS_INLINE const struct bpf_fused *go(const struct bpf_fused *at, bool yes)
{
    return (const void *)((const u8 *)at + (yes ? at->yes : at->no));
}

/* -- pairs: a load, and the test of what was loaded -------------------------------------------- */

STEP(byte_jeq)
{
    NEED(at->k, 1);
    a = data[at->k];
    return TAKE(go(at, a == at->value));
}

STEP(half_jeq)
{
    NEED(at->k, 2);
    a = load_be16(data + at->k);
    return TAKE(go(at, a == at->value));
}

STEP(word_jeq)
{
    NEED(at->k, 4);
    a = load_be32(data + at->k);
    return TAKE(go(at, a == at->value));
}

STEP(half_ind_jeq)
{
    NEED(x + at->k, 2);
    a = load_be16(data + (x + at->k));
    return TAKE(go(at, a == at->value));
}

STEP(half_jset)
{
    NEED(at->k, 2);
    a = load_be16(data + at->k);
    return TAKE(go(at, (a & at->value) != 0));
}

/* -- single instructions ----------------------------------------------------------------------- */

STEP(ld_byte)
{
    NEED(at->k, 1);
    a = data[at->k];
    return TAKE(at + 1);
}

STEP(ld_half)
{
    NEED(at->k, 2);
    a = load_be16(data + at->k);
    return TAKE(at + 1);
}

STEP(ld_word)
{
    NEED(at->k, 4);
    a = load_be32(data + at->k);
    return TAKE(at + 1);
}

STEP(ld_byte_ind)
{
    NEED(x + at->k, 1);
    a = data[x + at->k];
    return TAKE(at + 1);
}

STEP(ld_half_ind)
{
    NEED(x + at->k, 2);
    a = load_be16(data + (x + at->k));
    return TAKE(at + 1);
}

STEP(ld_word_ind)
{
    NEED(x + at->k, 4);
    a = load_be32(data + (x + at->k));
    return TAKE(at + 1);
}

STEP(ldx_msh)
{
    NEED(at->k, 1);
    x = bpf_header_bytes(data[at->k]);
    return TAKE(at + 1);
}

STEP(ldx_imm)
{
    x = at->k;
    return TAKE(at + 1);
}

STEP(and_k)
{
    a &= at->k;
    return TAKE(at + 1);
}

STEP(jeq) { return TAKE(go(at, a == at->k)); }
STEP(jgt) { return TAKE(go(at, a > at->k)); }
STEP(jge) { return TAKE(go(at, a >= at->k)); }
STEP(jset) { return TAKE(go(at, (a & at->k) != 0)); }
STEP(ja) { return TAKE(at + 1 + at->k); }

STEP(ret)
{
    (void)packet, (void)data, (void)caplen, (void)a, (void)x;
    return at->k;
}

/* Everything else. */
STEP(leave)
{
    (void)data, (void)caplen;
    return bpf_resume(at->insn, a, x, packet);
}

/* -- making steps ------------------------------------------------------------------------------ */

/* The first row that matches counts.  With a `test`, that must be the instruction behind. */
static const struct {
    u16 code, test;
    bpf_fused_run *run;
} steps[] = {
    { BPF_LD_B_ABS, BPF_JEQ_K, byte_jeq },
    { BPF_LD_H_ABS, BPF_JEQ_K, half_jeq },
    { BPF_LD_W_ABS, BPF_JEQ_K, word_jeq },
    { BPF_LD_H_IND, BPF_JEQ_K, half_ind_jeq },
    { BPF_LD_H_ABS, BPF_JSET_K, half_jset },
    { BPF_LD_B_ABS, 0, ld_byte },
    { BPF_LD_H_ABS, 0, ld_half },
    { BPF_LD_W_ABS, 0, ld_word },
    { BPF_LD_B_IND, 0, ld_byte_ind },
    { BPF_LD_H_IND, 0, ld_half_ind },
    { BPF_LD_W_IND, 0, ld_word_ind },
    { BPF_LDX_MSH, 0, ldx_msh },
    { BPF_LDX_IMM, 0, ldx_imm },
    { BPF_AND_K, 0, and_k },
    { BPF_JEQ_K, 0, jeq },
    { BPF_JGT_K, 0, jgt },
    { BPF_JGE_K, 0, jge },
    { BPF_JSET_K, 0, jset },
    { BPF_JA, 0, ja },
    { BPF_RET_K, 0, ret },
};

/* A load of something that is not among the packet's bytes. */
static bool is_metadata_load(const struct bpf_insn *i)
{
    bool absolute = i->code == BPF_LD_B_ABS || i->code == BPF_LD_H_ABS || i->code == BPF_LD_W_ABS;
    return absolute && bpf_is_metadata(i->k);
}

/* Bytes from one step to the one that is `n` behind it. */
static u16 distance(u32 n)
{
    return (u16)(n * sizeof(struct bpf_fused));
}

/* The step of the first of `n` instructions. */
static struct bpf_fused fuse(const struct bpf_insn *i, u32 n)
{
    struct bpf_fused fused = {
        .run = leave, .insn = i, .k = i->k, .yes = distance(i->jt + 1), .no = distance(i->jf + 1)
    };

    if (is_metadata_load(i))
        return fused;
    for (size_t row = 0; row < countof(steps); row++) {
        if (steps[row].code != i->code)
            continue;
        if (steps[row].test == 0) {
            fused.run = steps[row].run;
            break;
        }
        if (n > 1 && i[1].code == steps[row].test) {
            fused.run = steps[row].run;
            fused.value = i[1].k;
            fused.yes = distance(i[1].jt + 2);
            fused.no = distance(i[1].jf + 2);
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
