/*
 * The one loop for live capture, savefiles and pipes: take packets in batches, save and show them,
 * sleep when there are none, heed signals, until the source ends or somebody says stop.
 */
#ifndef CLI_LOOP_H
#define CLI_LOOP_H

#include "cli/filters.h"
#include "cli/input.h"
#include "cli/progress.h"
#include "cli/save.h"
#include "cli/show.h"

struct loop {
    /* Set by the caller */
    const struct options *options;
    const struct console *console;
    struct input *input;
    struct filters *filters;
    struct save *save;
    struct show *show;
    bool saving, showing; /* what becomes of packets; neither: they are counted */
    bool progress;        /* tell "Got N" once a second */
    bool watched;         /* tell how far reading a file has come */

    /* The result */
    u64 captured; /* packets delivered, of all sources */
    int status;   /* enum exit_status; its reason is on the console */

    /* Private */
    struct progress reading;    /* of the present file */
    bool done;                  /* saving has come to its end, well or not */
    u64 skipped;                /* by --skip */
    u64 shown;                  /* of `captured`, by "Got N" */
    i64 progress_ms, losing_ms; /* monotonic: when each was told last */
    i64 end_ms;                 /* monotonic: --stop-after; INT64_MAX: never */
};

/* Runs until the end of the last source. */
void loop_run(struct loop *l);

/*
 * Reading waits for a pipe, and a signal came or loop_patience() is over: does what is due.  Whether to
 * read no more of it.  Both are callbacks of struct input, `loop` is a struct loop.
 */
bool loop_woken(void *loop);

/* How many ms reading may wait for a pipe before something is due; -1: nothing is. */
int loop_patience(void *loop);

#endif
