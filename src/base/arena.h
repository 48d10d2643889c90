/*
 * Bump memory: a compile or a run takes all its objects from one block and drops them together.
 *
 * An arena that ran out stays out: every later request yields NULL as well, so a caller may build
 * on and look at `full` once, at the boundary.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/types.h"

struct arena {
    char *at, *end; /* next free byte, end of the block; the caller owns the block */
    bool full;      /* sticky: a request did not fit */
};

/* A place to return to, see arena_rewind(). */
struct arena_mark {
    char *at;
};

/* An arena over `size` bytes at `block`, which must live as long as what is taken from it. */
struct arena arena_over(void *block, size_t size);

/*
 * `count` objects of `size` bytes each, zeroed and aligned for any type.
 * NULL, and `full` is set, when they do not fit or when the product overflows.
 */
void *arena_take(struct arena *a, size_t size, size_t count);

/* arena_take() with the type spelt once: a pointer to `count` zeroed objects, or NULL. */
#define arena_new(a, type, count) ((type *)arena_take((a), sizeof(type), (count)))

/* Remembers how much is taken; arena_rewind() gives back what was taken since. */
struct arena_mark arena_mark(const struct arena *a);

/* Drops everything taken since the mark.  A full arena stays full. */
void arena_rewind(struct arena *a, struct arena_mark mark);

#endif
