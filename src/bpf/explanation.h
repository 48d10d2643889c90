/*
 * Everything that there is to say about a filter, before it is written as text, JSON or a drawing.
 * Private to the module.
 */
#ifndef BPF_EXPLANATION_H
#define BPF_EXPLANATION_H

#include "bpf/build.h"
#include "bpf/explain.h"
#include "bpf/graph.h"
#include "bpf/traps.h"
#include "bpf/ways.h"

/* The decision graph at one moment. */
struct stage {
    const char *name, *text; /* of the pass that made it */
    const struct test *root;
    u32 tests, instructions;
};

enum { STAGES_MAX = 12 };

struct explanation {
    struct str text;
    const struct filter_options *options;
    struct build build;
    const struct test **tests; /* by instruction: the one that it was made for, or NULL */
    const struct test **also;  /* by instruction: another one that shares it, or NULL */
    const struct trap *traps[TRAPS_MAX];
    u32 trap_count;
    struct stage stages[STAGES_MAX]; /* as lowered first, what the program is made from last */
    u32 stage_count;
    struct ways ways;       /* instructions that a packet runs through */
    u32 typical;            /* the same for a TCP segment over IPv4; 0 when there is none on the link type */
};

/* Compiles and fills in; false after a failure, which is in *diag. */
bool explanation_make(struct explanation *e, struct str text, const struct filter_options *options,
                      struct arena *arena, struct diag *diag);

/*
 * explain_map.c: fills in the tests that each instruction of the program is for, found by following both
 * at once.  Takes memory from `arena`; false when that is full.
 */
bool explain_map(struct explanation *e, struct arena *arena);

/* explain_field.c: the header field that a test is about, such as "EtherType". */
const char *explain_field(const struct explanation *e, const struct test *t);

/* The words of the expression that asked for a test; empty when it was made of too many. */
struct str explain_words(const struct explanation *e, const struct test *t);

/* Sequences that colour a terminal's text; all empty without colours. */
struct paint {
    const char *heading, *field, *words, *plain;
};

/* explain_line.c: the colours of a terminal, or none. */
struct paint explain_paint(bool colour);

/* "; EtherType, for `tcp`" */
void explain_reason(const struct explanation *e, const struct test *t, const struct paint *paint,
                    struct out *to);

/* The same of an instruction, of two tests when they share it and are about different things. */
void explain_reasons(const struct explanation *e, u32 at, const struct paint *paint, struct out *to);

/* An instruction as in a listing, in a column of its own. */
void explain_listing(const struct bpf_insn *insn, u32 at, struct out *to);

/* What it does: the text of its opcode, with its own numbers. `t` is the test that it is for, or NULL. */
void explain_does(const struct bpf_insn *insn, const struct test *t, struct out *to);

/* The three renderings; each writes all of it. */
void explain_text(const struct explanation *e, bool colour, struct arena *arena, struct out *to);
void explain_json(const struct explanation *e, struct arena *arena, struct out *to);
void explain_dot(const struct explanation *e, struct arena *arena, struct out *to);

#endif
