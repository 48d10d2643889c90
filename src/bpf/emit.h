/*
 * The back end's front door: a decision graph becomes a valid program.
 *
 *      graph --passes--> graph --place--> ordered code --emit--> instructions --validate-->
 */
#ifndef BPF_EMIT_H
#define BPF_EMIT_H

#include "base/diag.h"
#include "bpf/insn.h"
#include "bpf/ir.h"

/* How to compile. */
struct emit_options {
    u32 accept;   /* what an accepting program returns: the snap length, not 0 */
    bool literal; /* -O: no passes, one test after the other as lowered */
    bool chosen;  /* the graph has gone through the passes already */
};

/*
 * Compiles the graph under `root` into at most `max` instructions, which live in the graph's arena;
 * sets *insns and *count.
 *
 * False, with a failure in *diag, when the program would exceed `max`, needs more scratch cells
 * than the machine has, or the arena is full.  A program made is valid; it is one instruction that
 * rejects when every path rejects.
 */
bool ir_emit(struct ir *ir, const struct test *root, const struct emit_options *options, u32 max,
             const struct bpf_insn **insns, u32 *count, struct diag *diag);

#endif
