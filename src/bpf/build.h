/* What compiling a filter leaves behind, for those who explain it.  Private to the module. */
#ifndef BPF_BUILD_H
#define BPF_BUILD_H

#include "bpf/filter.h"
#include "bpf/ir.h"
#include "parser/parser.h"

/* Everything lives in the arena of the compilation. */
struct build {
    struct parsed parsed;
    struct ir ir;
    const struct test *lowered; /* the decision graph before any pass */
    const struct test *graph;   /* the one that the program is made from */
    struct filter filter;
};

/* As filter_compile(), which is this without the rest. */
bool filter_build(struct build *build, struct str text, const struct filter_options *options,
                  struct arena *arena, struct diag *diag);

#endif
