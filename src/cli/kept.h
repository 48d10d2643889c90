/*
 * The finished files of a run that are still there, when their number or size is bounded: the
 * oldest go first.  Files of other runs are never touched.
 */
#ifndef CLI_KEPT_H
#define CLI_KEPT_H

#include "base/types.h"

struct kept_file {
    char *name; /* owned */
    u64 bytes;
};

struct kept {
    u64 max_bytes, max_files; /* of all files of a run, the unfinished one included; 0: no bound */
    struct kept_file *files;  /* owned; oldest first, from `first` on */
    size_t first, count, room;
    u64 bytes; /* of the finished files */
};

/* Whether anything is bounded. */
static inline bool kept_bounded(const struct kept *k)
{
    return k->max_bytes > 0 || k->max_files > 0;
}

/* A file is finished.  One of the same name that was there before is gone.  False: no memory. */
bool kept_add(struct kept *k, const char *name, u64 bytes);

/*
 * Deletes the oldest files until those that are left and `unfinished` more files, which have or
 * will have `bytes`, are within the bounds, or until none is left.  False with errno, and the name
 * in
 * `*failed`, when one cannot be deleted; that it is gone already is no failure.
 */
bool kept_trim(struct kept *k, u64 unfinished, u64 bytes, const char **failed);

void kept_free(struct kept *k);

#endif
