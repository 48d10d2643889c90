/*
 * Which file the next packet goes to: -w with -C, -G and -W.
 *
 *   -C        f f1 f2 ...               a new one when the file has grown too large
 *   -C -W n   f0 f1 ... f0              the same n names again and again
 *   -G        strftime(f)               a new one at each interval, named after its beginning
 *   -G -C     strftime(f), then 1 2 ... numbers start again with each interval
 */
#ifndef CLI_ROTATE_H
#define CLI_ROTATE_H

#include "base/types.h"

struct rotation {
    /* Fixed for a run */
    const char *pattern; /* -w; borrowed */
    u64 bytes, seconds;  /* -C, -G; 0: never */
    u32 files;           /* -W; 0: no limit */

    /* The present file */
    u64 number;      /* of the file within its interval, from 0 */
    u64 intervals;   /* that have ended */
    i64 began_s;     /* when the interval did, seconds since 1970 */
    char name[4096]; /* zero-terminated; as long as a path can be */
};

enum rotation_due {
    ROTATION_STAY,
    ROTATION_SIZE,     /* -C: the present file has grown too large */
    ROTATION_INTERVAL, /* -G: its interval is over */
    ROTATION_DONE,     /* -G -W: the same, and it was the last one */
};

/* The first file's name.  False when it is too long. */
bool rotation_start(struct rotation *r, i64 now_s);

/*
 * Whether the next packet belongs to another file than the present one, which has `size` bytes.
 * `now_s`, the time of day in seconds since 1970, matters to -G only.
 */
enum rotation_due rotation_due(const struct rotation *r, u64 size, i64 now_s);

/* Moves on as rotation_due() said: `name` is the next file's.  False when it is too long. */
bool rotation_next(struct rotation *r, enum rotation_due why, i64 now_s);

#endif
