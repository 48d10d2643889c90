/*
 * A list of the system calls that this process will still make, seccomp(2).  Any other ends it.
 *
 * The list is a program for the BPF machine, put together by our own assembler and run by the kernel
 * on each call.  See seccomp.def.
 */
#ifndef CLI_SECCOMP_H
#define CLI_SECCOMP_H

#include "base/arena.h"
#include "bpf/insn.h"

/* What a process does beside reading, writing and computing; any of them together. */
enum seccomp_need {
    SECCOMP_CREATES = 1,  /* creates, renames and removes files */
    SECCOMP_READS = 2,    /* opens files for reading */
    SECCOMP_RESOLVES = 4, /* asks name servers */
};

/*
 * The program for a process with these needs, in memory of the arena; *n receives its length.
 * NULL when the arena is too small, or when there is no list for this processor.
 */
const struct bpf_insn *seccomp_program(u32 needs, struct arena *arena, u32 *n);

/*
 * Puts it in force, for all threads and for good.  False with errno when the kernel cannot; needs
 * PR_SET_NO_NEW_PRIVS or CAP_SYS_ADMIN.
 */
bool seccomp_seal(u32 needs);

#endif
