/*
 * The text of the hardware addresses of recent frames.
 *
 * As in print/state/conversations.h: a pair has one place in a small table, and its text is kept when it is
 * written for the second time.
 */
#ifndef PRINT_STATE_FRAME_ENDS_H
#define PRINT_STATE_FRAME_ENDS_H

#include "base/mem.h"
#include "base/types.h"

enum {
    FRAME_ENDS = 16,
    FRAME_ENDS_TEXT = 40, /* what the text is copied by */
    FRAME_ENDS_LEN = 39,  /* its length */
};

struct frame_ends_entry {
    u64 first; /* bytes of the addresses as the frame has them: the first eight, */
    u32 rest;  /* and the last four */
    bool written, kept;
    char text[FRAME_ENDS_TEXT]; /* "02:00:00:00:00:01 > 02:00:00:00:00:02, " */
};

/* Start with zero. */
struct frame_ends {
    struct frame_ends_entry entries[FRAME_ENDS];
};

/*
 * Writes the source and the destination of a frame at `p`, where there must be FRAME_ENDS_TEXT bytes; returns
 * the end of the text.  `addresses` are 12 bytes, the destination first.
 */
char *frame_ends_write(struct frame_ends *f, char *p, const void *addresses);

#endif
