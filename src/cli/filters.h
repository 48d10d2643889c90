/*
 * The filter of a run as programs: one for each link type that turns up.
 *
 * A savefile may hold packets of several link types; each is judged by a program compiled for its
 * own.  Programs are compiled when their link type is first seen and kept for the run.
 */
#ifndef CLI_FILTERS_H
#define CLI_FILTERS_H

#include "bpf/explain.h"
#include "capture/source.h"
#include "cli/console.h"

struct filter_program {
    u32 linktype;
    struct bpf_insn *insns; /* owned; NULL: nothing matches */
    struct bpf_fused *fused; /* the same for bpf_run_fused(), in the same block of memory */
    u32 count;
};

struct filters {
    struct str text;               /* the expression; borrowed, lives as long as this */
    struct filter_options options; /* but for the link type */
    const struct console *console;
    struct filter_program *programs; /* owned */
    u32 count, room;
    u32 last; /* index of the program that was used last */
};

/* Nothing is compiled yet.  `text` and what the options refer to must live as long. */
void filters_start(struct filters *f, struct str text, const struct filter_options *options,
                   const struct console *console);

/*
 * The program for a link type, compiled now if it is new.  NULL when the text does not compile,
 * with the reason on the console, or when there is no memory.  Valid until the next call.
 */
const struct filter_program *filters_program(struct filters *f, u32 linktype);

/*
 * Compiles for a source's link type and makes the source use the filter.  False, told on the
 * console.
 */
bool filters_attach(struct filters *f, struct source *s);

/* As a source asks for it (struct source_filter): how much of a packet to keep, 0 to reject it. */
u32 filters_verdict(void *filters, const struct packet *packet);

/*
 * Writes an explanation of the filter on a link type or, when there is a packet, of what it does with
 * that.  False, told on the console.
 */
bool filters_explain(struct filters *f, u32 linktype, enum explain_form form, const struct packet *packet,
                     struct out *to);

void filters_free(struct filters *f);

#endif
