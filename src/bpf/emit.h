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
};

/*
 * Compiles the graph under `root` into at most `max` instructions at `to` and sets *n.
 *
 * False, with a failure in *diag, when the program would exceed `max`, needs more scratch cells
 * than the machine has, or the graph's arena is full.  A program made is valid; it accepts
 * nothing when every path rejects (*n is then 1).
 */
bool ir_emit(struct ir *ir, const struct test *root, const struct emit_options *options,
             struct bpf_insn *to, u32 max, u32 *n, struct diag *diag);

#endif
