/* Bump memory, sticky when full. */
#include "base/arena.h"

#include "base/mem.h"

struct arena arena_over(void *block, size_t size)
{
    if (!block) /* no address to count from: nothing can be taken */
        return (struct arena){ .full = true };
    return (struct arena){ .at = block, .end = (char *)block + size, .full = false };
}

void *arena_take(struct arena *a, size_t size, size_t count)
{
    void *taken = arena_take_raw(a, size, count);

    return taken != NULL ? memset(taken, 0, size * count) : NULL;
}

struct arena_mark arena_mark(const struct arena *a) { return (struct arena_mark){ a->at }; }

void arena_rewind(struct arena *a, struct arena_mark mark) { a->at = mark.at; }
