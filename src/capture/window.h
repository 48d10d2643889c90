/*
 * A file's bytes where the kernel has them: a window that slides over the file, with no copy made.
 *
 *     file   |--------------------|= shown =|-----------------|
 *
 * A mapped file has a trap: bytes that cannot be had, because the disk fails or somebody has just cut
 * the file, are no failed call but a signal, SIGBUS.  Its handler puts zeros in their place and leaves
 * a note, so that reading ends with a message like any other.
 */
#ifndef CAPTURE_WINDOW_H
#define CAPTURE_WINDOW_H

#include <signal.h>

#include "base/types.h"

struct window {
    int fd;        /* not owned */
    u64 start;     /* offset in the file of what counts as byte 0 */
    u8 *map;       /* whole pages; NULL: nothing is shown */
    size_t mapped; /* bytes of them */
    u64 mapped_to; /* offset in the file of the first byte behind them */
    volatile sig_atomic_t lost; /* some bytes are zeros because they could not be had */
    struct window *next;        /* private: all windows that are open, for the handler */
};

/*
 * Begins at the file's present position.  False when the file cannot be shown (no regular file, an
 * empty one, a file system that does not map): it has to be read then, and there is nothing to close.
 * The struct must not move while it is open.  All windows belong to one thread.
 */
bool window_open(struct window *w, int fd);

/*
 * Points `bytes` at the file's bytes from `offset` on and returns how many are shown: at least `n`
 * unless the file ends before.  -errno when it fails; what was shown is then still there.
 */
i64 window_show(struct window *w, u64 offset, size_t n, const u8 **bytes);

/* Why some bytes could not be had, as the end of a sentence. */
const char *window_explain(const struct window *w);

void window_close(struct window *w);

#endif
