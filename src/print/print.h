/*
 * The printing module's face: packets in, text out.
 *
 *     struct printer_run run;
 *     print_start(&run, &options, &resolver, memory, &out);
 *     print_packet(&run, &packet);      for each packet
 *
 * All memory between packets is inside the run or comes from the `memory` callback.
 */
#ifndef PRINT_PRINT_H
#define PRINT_PRINT_H

#include "print/dissect.h"
#include "print/registry.h"
#include "print/state/sessions.h"
#include "print/timestamp.h"

struct print_run {
    struct dissect d;
    struct print_options opt;
    struct sessions sessions;
    struct registry registry;
    struct timestamps times;
    u64 count; /* packets printed so far */
};

/*
 * Prepares a run.  `opt` is copied; `names` (may be NULL), `out` and what `memory` refers to must
 * live as long as the run.  `seed` makes the hash tables of this run unpredictable.
 */
void print_start(struct print_run *run, const struct print_options *opt,
                 const struct resolver *names, struct memory memory, u64 seed, struct out *out);

/*
 * Writes everything that the options ask for about one packet, including the newline.  Text
 * reaches the output's callback only when its buffer is full: call out_flush() when it should.
 */
void print_packet(struct print_run *run, const struct packet *p);

/* Gives the sessions' memory back. */
void print_end(struct print_run *run);

#endif
