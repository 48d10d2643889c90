/* Random packets that get past the tests of a program more often than noise would. */
#ifndef SUPPORT_PACKETS_H
#define SUPPORT_PACKETS_H

#include "bpf/insn.h"

enum { PACKET_MAX = 256 };

/* Deterministic pseudo-random numbers; the state must not be 0. */
u32 packets_random(u64 *state);

/*
 * Fills `packet`, writes constants of the program where it loads what it compares with them, and
 * returns how many bytes are captured: mostly all, sometimes fewer.
 */
u32 packets_make(u64 *state, const struct bpf_insn *program, u32 n, u8 packet[PACKET_MAX]);

#endif
