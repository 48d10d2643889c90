/* Random decision graphs, and what a graph means, computed without any program. */
#ifndef SUPPORT_GRAPHS_H
#define SUPPORT_GRAPHS_H

#include "base/packet.h"
#include "bpf/ir.h"

/* A random graph of about `size` tests, some with variables. */
const struct test *graphs_random(struct ir *ir, u64 *state, u32 size);

enum verdict { REJECTED, ACCEPTED, ABORTED };

/* What the graph says of a packet.  Recursive over values: for small ones. */
enum verdict graphs_verdict(const struct ir *ir, const struct test *root,
                            const struct packet *packet);

#endif
