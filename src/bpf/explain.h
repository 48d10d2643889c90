/*
 * What a filter means and what becomes of it, for people who want to learn: see docs/filter-language.md.
 */
#ifndef BPF_EXPLAIN_H
#define BPF_EXPLAIN_H

#include "base/packet.h"
#include "bpf/filter.h"

enum explain_form {
    EXPLAIN_TEXT,
    EXPLAIN_COLOUR, /* text with colours for a terminal */
    EXPLAIN_JSON,   /* one object */
    EXPLAIN_DOT,    /* the decision graph before and after the passes, for Graphviz */
};

/*
 * Writes the expression as understood, warnings about words that surprise, what each stage of the
 * compiler did, and the program with the reason for each instruction.  False, with nothing written,
 * when the text does not compile; *diag says why.
 */
bool filter_explain(struct str text, const struct filter_options *options, enum explain_form form,
                    struct arena *arena, struct diag *diag, struct out *to);

/*
 * Writes what each instruction does to one packet, and which test decided and why; `form` is a form of
 * text.  False as above.
 */
bool filter_trace(struct str text, const struct filter_options *options, const struct packet *packet,
                  enum explain_form form, struct arena *arena, struct diag *diag, struct out *to);

#endif
