/* Bytes and memory for fuzz targets: an array as a stream, and the heap. */
#ifndef FUZZ_MEMORY_H
#define FUZZ_MEMORY_H

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "pcapfile/stream.h"

/* What is left of an array that is read as a stream. */
struct rest {
    const u8 *at;
    size_t n;
};

/* What a target finds out to be false is a finding in every build, released ones included. */
static inline void must(bool holds)
{
    if (!holds)
        abort();
}

static inline i64 rest_read(void *from, void *to, size_t n)
{
    struct rest *r = from;
    if (n > r->n)
        n = r->n;
    memcpy(to, r->at, n);
    r->at += n;
    r->n -= n;
    return (i64)n;
}

static inline void *heap_resize(void *context, void *old, size_t size)
{
    (void)context;
    if (size > 0)
        return realloc(old, size);
    free(old);
    return NULL;
}

static inline void *heap_resize_sized(void *context, void *old, size_t old_size, size_t size)
{
    (void)old_size;
    return heap_resize(context, old, size);
}

#endif
