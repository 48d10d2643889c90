/* Bytes and memory for fuzz targets: an array as a stream, and the heap. */
#ifndef FUZZ_MEMORY_H
#define FUZZ_MEMORY_H

#include <stdlib.h>
#include <string.h>

#if __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h> /* its macros do nothing in builds without the sanitizer */
#else
#define ASAN_POISON_MEMORY_REGION(at, n) ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(at, n) ((void)0)
#endif

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

enum { LARGE_BYTES = 256 * 1024 };

/* As heap_resize(), but the last large block is kept: a sanitizer asks the system for each new one. */
static inline void *heap_resize_sized(void *context, void *old, size_t old_size, size_t size)
{
    static void *kept;
    static size_t kept_bytes;

    if (old != NULL && size == 0 && old_size >= LARGE_BYTES) {
        free(kept);
        ASAN_POISON_MEMORY_REGION(old, old_size);
        kept = old;
        kept_bytes = old_size;
        return NULL;
    }
    if (old == NULL && size > 0 && size == kept_bytes) {
        ASAN_UNPOISON_MEMORY_REGION(kept, size);
        kept_bytes = 0;
        old = kept;
        kept = NULL;
        return old;
    }
    return heap_resize(context, old, size);
}

#endif
