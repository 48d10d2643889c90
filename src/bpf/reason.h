/* Which words of an expression caused an instruction: for explanations.  Private to the module. */
#ifndef BPF_REASON_H
#define BPF_REASON_H

#include "base/out.h"
#include "bpf/graph.h"
#include "bpf/insn.h"

/*
 * The test that an instruction was most likely made for: one that loads or compares the same.  NULL
 * when it is none's in particular.  `*last` is what this returned for the load before, NULL at first.
 */
const struct test *reason_of(const struct graph *g, const struct bpf_insn *insn, const struct test **last);

/* Writes "; what the test is about, for `words`". */
void reason_write(const struct test *t, struct str text, struct out *to);

#endif
