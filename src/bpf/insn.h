/*
 * One instruction of the classic BPF machine, laid out as the kernel's struct sock_filter
 * (<linux/filter.h>), so that an array of them can be attached as it is.
 *
 *      0               16      24      32                              64
 *      +---------------+-------+-------+-------------------------------+
 *      |     code      |  jt   |  jf   |               k               |
 *      +---------------+-------+-------+-------------------------------+
 *
 * All fields are in host byte order.  Jump distances count from the instruction behind this one.
 */
#ifndef BPF_INSN_H
#define BPF_INSN_H

#include "base/types.h"

struct bpf_insn {
    u16 code;  /* class, size or operation, mode or source: see bpf/insn.def */
    u8 jt, jf; /* conditional jumps: distance when true, when false */
    u32 k;     /* constant, offset, distance of ja, or scratch cell */
};

/* The most instructions that the kernel takes (BPF_MAXINSNS), and the scratch cells (BPF_MEMWORDS). */
enum { BPF_INSNS_MAX = 4096, BPF_CELLS = 16 };

#endif
