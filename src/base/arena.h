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

/*
 * An arena over `size` bytes at `block`, which must live as long as what is taken from it.  With NULL it
 * is full from the start.
 */
struct arena arena_over(void *block, size_t size);

/*
 * `count` objects of `size` bytes each, zeroed and aligned for any type.
 * NULL, and `full` is set, when they do not fit or when the product overflows.
 */
void *arena_take(struct arena *a, size_t size, size_t count);

/* arena_take() with the type spelt once: a pointer to `count` zeroed objects, or NULL. */
#define arena_new(a, type, count) ((type *)arena_take((a), sizeof(type), (count)))

/* As arena_take(), but the bytes are undefined: for arrays that are filled at once. */
static inline void *arena_take_raw(struct arena *a, size_t size, size_t count)
{
    size_t align = _Alignof(max_align_t);
    size_t pad = -(uintptr_t)a->at & (align - 1), room = (size_t)(a->end - a->at);
    size_t bytes;

    if (unlikely(a->full || __builtin_mul_overflow(size, count, &bytes) || pad > room ||
                 bytes > room - pad)) {
        a->full = true;
        return NULL;
    }
    void *taken = a->at + pad;
    a->at += pad + bytes;
    return taken;
}

#define arena_raw(a, type, count) ((type *)arena_take_raw((a), sizeof(type), (count)))

/* Remembers how much is taken; arena_rewind() gives back what was taken since. */
struct arena_mark arena_mark(const struct arena *a);

/* Drops everything taken since the mark.  A full arena stays full. */
void arena_rewind(struct arena *a, struct arena_mark mark);

#endif
