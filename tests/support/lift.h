/*
 * From a BPF program back to a decision graph: lets the back end be tested with programs of other
 * compilers, and with random ones, before and beside our own front end.
 */
#ifndef SUPPORT_LIFT_H
#define SUPPORT_LIFT_H

#include "bpf/insn.h"
#include "bpf/ir.h"

/*
 * The graph of a valid program, made in `ir`.  NULL when it is too large, or when it has an
 * instruction that a graph cannot say (metadata that depends on registers).  Any return other
 * than 0 accepts.
 */
const struct test *lift_program(struct ir *ir, const struct bpf_insn *program, u32 n);

#endif
