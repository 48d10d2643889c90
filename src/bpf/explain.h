/*
 * What a filter means and what becomes of it, for people who want to learn: see docs/filter-language.md.
 */
#ifndef BPF_EXPLAIN_H
#define BPF_EXPLAIN_H

#include "base/packet.h"
#include "bpf/filter.h"

/*
 * Writes the expression as understood, warnings about words that surprise, what each stage of the
 * compiler did, and the program with the reason for each instruction.  False, with nothing written
 * but what precedes the failure, when the text does not compile; *diag says why.
 */
bool filter_explain(struct str text, const struct filter_options *options, struct arena *arena,
                    struct diag *diag, struct out *to);

/* Writes what each instruction does to one packet, and which test decided.  False as above. */
bool filter_trace(struct str text, const struct filter_options *options, const struct packet *packet,
                  struct arena *arena, struct diag *diag, struct out *to);

#endif
