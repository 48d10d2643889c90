/* The kernel's machine: a pair of sockets, one of which has a program attached. */
#ifndef SUPPORT_KERNEL_FILTER_H
#define SUPPORT_KERNEL_FILTER_H

#include "base/packet.h"
#include "bpf/insn.h"

struct kernel_filter {
    int from, to;
};

/* False where no filter may be attached: no such kernel, or an emulator. */
bool kernel_filter_open(struct kernel_filter *k);

/* What the kernel says to a program: 1 it takes it, 0 it refuses it, -1 it cannot now (no memory).
 */
int kernel_filter_attach(struct kernel_filter *k, const struct bpf_insn *program, u32 n);

/*
 * How many bytes of a packet (1 to 65536 of them) the attached program keeps; -1: none, it is
 * rejected.  Those kept are checked to be the packet's.  -2 when it could not be sent.
 */
long kernel_filter_keeps(struct kernel_filter *k, const u8 *bytes, u32 length);

/*
 * What our machine returns; false when that depends on where the kernel put the packet, or on
 * metadata which a pair of sockets does not have: loads at negative offsets.
 */
bool kernel_filter_ours(const struct bpf_insn *program, u32 n, const struct packet *p, u32 *result);

#endif
