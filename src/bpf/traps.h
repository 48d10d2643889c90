/* Words of filters that surprise people.  Private to the module. */
#ifndef BPF_TRAPS_H
#define BPF_TRAPS_H

#include "bpf/filter.h"
#include "parser/ast.h"

struct trap {
    const char *name; /* one word, for programs */
    const char *text; /* a sentence or two */
};

enum { TRAPS_MAX = 13 };

/* Of a program that accepts nothing: find_traps() does not know it. */
extern const struct trap trap_never;

/* Writes at most TRAPS_MAX traps that the expression is in to `traps`; returns their number. */
u32 find_traps(const struct parsed *parsed, const struct filter_options *options, const struct trap **traps);

#endif
