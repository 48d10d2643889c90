/*
 * The kernel's rules for SO_ATTACH_FILTER: which programs it takes.
 *
 * A valid program ends on every path, stays inside its array and reads no scratch cell before
 * it is written.  Every program that leaves this module is valid; programs from elsewhere are
 * checked before they run.
 */
#ifndef BPF_VALIDATE_H
#define BPF_VALIDATE_H

#include "bpf/insn.h"

/* The first rule that a program breaks. */
struct bpf_fault {
    u32 at;           /* the instruction, 0 when the whole program is at fault */
    const char *what; /* static text, e.g. "jump behind the end" */
};

/* Whether the kernel would take the program; otherwise fills *fault (which may be NULL). */
bool bpf_is_valid(const struct bpf_insn *program, u32 n, struct bpf_fault *fault);

/*
 * Whether bpf_run() may run the program: as above, but of any length, and without the rule about
 * scratch cells where the program is longer than the kernel takes.
 */
bool bpf_is_runnable(const struct bpf_insn *program, u32 n, struct bpf_fault *fault);

#endif
