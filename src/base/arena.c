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
    const size_t align = _Alignof(max_align_t);
    size_t pad = -(uintptr_t)a->at & (align - 1);
    size_t room = (size_t)(a->end - a->at);

    if (a->full || pad > room || (size != 0 && count > (room - pad) / size)) {
        a->full = true;
        return NULL;
    }
    void *taken = a->at + pad;
    a->at += pad + size * count;
    return memset(taken, 0, size * count);
}

struct arena_mark arena_mark(const struct arena *a) { return (struct arena_mark){ a->at }; }

void arena_rewind(struct arena *a, struct arena_mark mark) { a->at = mark.at; }
