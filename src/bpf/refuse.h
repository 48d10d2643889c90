/*
 * Expressions that no packet can match: which of them are refused.  Private to the module.
 *
 * libpcap refuses what its optimiser finds out, and compiles the rest, so that scripts run.  What it
 * finds out is: a comparison of two numbers, and a test whose answer follows from one other test that
 * every way to it has passed, of the same value: the same comparison, or that it equals another number.
 * We find out more, from bits, bounds and several tests together, and refuse none of that.
 */
#ifndef BPF_REFUSE_H
#define BPF_REFUSE_H

#include "bpf/ir.h"

/*
 * Whether a graph in which nothing is folded (struct ir: as_written) rejects all packets for reasons of
 * that kind.  False, too, when it is too large to tell.  Takes memory from the graph's arena.
 */
bool rejects_plainly(const struct ir *ir, const struct test *root);

#endif
