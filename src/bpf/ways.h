/* How many instructions packets run through. */
#ifndef BPF_WAYS_H
#define BPF_WAYS_H

#include "base/arena.h"
#include "bpf/insn.h"

/* Instructions on the shortest and on the longest way through a program, whatever the packet. */
struct ways {
    u32 shortest, longest;
};

/*
 * The ways through a valid program; all zero when the arena has no room for two numbers an instruction,
 * which it has back afterwards.
 */
struct ways bpf_ways(const struct bpf_insn *insns, u32 count, struct arena *arena);

#endif
