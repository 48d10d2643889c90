/*
 * How far reading a long file has come, for somebody who waits at a terminal:
 *
 *     412.5 MB of 1.2 GB (34 %), 3120000 packets, 206.3 MB/s, 4 s left
 *
 * One line on standard error that is written over itself and leaves nothing behind.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "base/out.h"
#include "cli/console.h"

struct progress {
    const struct console *console; /* NULL: nothing is shown */
    i64 start_ms, told_ms;         /* monotonic */
    bool shown;                    /* there is a line to wipe out */
};

/*
 * Whether there is somebody to tell: standard error is a terminal, and packets are not printed to a
 * terminal as well.  To be asked before system calls are confined.
 */
bool progress_wanted(const struct console *c, bool shows_text);

/* Begins a file; `c` NULL: nothing is shown. */
void progress_start(struct progress *p, const struct console *c, i64 now_ms);

/* To be called often.  `total` is the file's size in bytes, 0 when nobody knows. */
void progress_tell(struct progress *p, u64 bytes, u64 total, u64 packets, i64 now_ms);

/* Wipes the line out. */
void progress_end(struct progress *p);

/* The sentence itself; `elapsed_ms` > 0. */
void progress_line(struct out *o, u64 bytes, u64 total, u64 packets, i64 elapsed_ms);

#endif
