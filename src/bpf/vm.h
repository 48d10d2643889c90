/*
 * The classic BPF machine in user space: a whole run for every packet, single steps for learners.
 *
 * Both obey the kernel's rules: a load past the captured bytes, or a division by zero, ends the
 * program and rejects the packet; shift counts are taken modulo 32; A and X start as zero.  Jumps
 * only lead forward in a valid program, so a run takes at most as many steps as it has
 * instructions.  Metadata that struct packet_meta does not have reads as zero.
 */
#ifndef BPF_VM_H
#define BPF_VM_H

#include "base/packet.h"
#include "bpf/insn.h"

/*
 * Runs a program that bpf_is_runnable() has passed; anything else may read outside the array.
 * Uses data, caplen, len and meta of the packet.  The result is 0 when the packet is rejected,
 * otherwise the number of bytes to keep, which may exceed caplen.
 */
u32 bpf_run(const struct bpf_insn *program, const struct packet *packet);

/* Goes on with a run that has come to the instruction `at` and has written no scratch cell so far.
 */
u32 bpf_resume(const struct bpf_insn *at, u32 a, u32 x, const struct packet *packet);

struct bpf_fused;

/* Runs a program from a step on, with the machine's state, and returns as bpf_run() does. */
typedef u32 bpf_fused_run(const struct bpf_fused *at, const struct packet *packet, const u8 *data,
                          u64 caplen, u32 a, u32 x);

/* An instruction and, where one step can do both, the one behind it: see vm_fused.c. */
struct bpf_fused {
    bpf_fused_run *run;
    const struct bpf_insn *insn; /* the instruction, not owned */
    u32 k, value;                /* of the instruction; of the test that is behind it */
    u16 yes, no;                 /* distances from here, in bytes */
};

/* Makes `n` steps of a program's `n` instructions, which must stay where they are. */
void bpf_fuse(struct bpf_fused *to, const struct bpf_insn *program, u32 n);

/* bpf_run() of a program that bpf_fuse() has been given, in a quarter of the time ("udp port 53"). */
static inline u32 bpf_run_fused(const struct bpf_fused *fused, const struct packet *packet)
{
    return fused->run(fused, packet, packet->data, packet->caplen, 0, 0);
}

/* Why a machine stands still. */
enum bpf_stop {
    BPF_RUNNING,
    BPF_RETURNED,      /* reached a ret */
    BPF_OUT_OF_PACKET, /* a load past the captured bytes */
    BPF_DIVIDED_BY_ZERO,
    BPF_BROKEN /* no valid instruction there; never in a program that is valid */
};

/* A machine between two instructions. */
struct bpf_machine {
    u32 pc; /* the instruction to run next, or the one that stopped it */
    u32 a, x;
    u32 cell[BPF_CELLS];
    u16 known_cells; /* bit i: cell i has been written */
    enum bpf_stop stop;
    u32 result;                  /* as that of bpf_run() once stopped */
    u32 steps;                   /* instructions run so far */
    u32 touched_at, touched_len; /* packet bytes that the last instruction read; len 0: none */
};

/* A machine about to run the first instruction. */
struct bpf_machine bpf_start(void);

/*
 * Runs one instruction.  False once the machine has stopped; `program` need not be valid: what
 * lies outside its `n` instructions, or is none, stops the machine as BPF_BROKEN.
 */
bool bpf_step(struct bpf_machine *m, const struct bpf_insn *program, u32 n,
              const struct packet *packet);

#endif
