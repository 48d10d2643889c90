/* Random programs for the machine. */
#ifndef SUPPORT_PROGRAMS_H
#define SUPPORT_PROGRAMS_H

#include "bpf/insn.h"

/*
 * A random program of 1 to `max` instructions.  With `wild` anything may be in it, mostly things
 * that are nearly right; without, it is valid, and its loads are from the first bytes of a packet.
 */
u32 programs_random(u64 *state, bool wild, struct bpf_insn *to, u32 max);

#endif
