/* A byte stream over an array and a counting memory source, for tests of the savefile code. */
#ifndef SUPPORT_ARRAY_STREAM_H
#define SUPPORT_ARRAY_STREAM_H

#include <stdlib.h>
#include <string.h>

#include "pcapfile/stream.h"

struct array_stream {
    const u8 *bytes;
    size_t len, at;
    size_t chunk; /* the most that is given at once; 0: all that is asked for */
    i64 failure;  /* returned instead of the end, when not 0 */
    u32 calls;
    bool ended;   /* the end has been told; asking again is a bug */
};

static inline i64 array_read(void *from, void *to, size_t n)
{
    struct array_stream *s = from;
    size_t left = s->len - s->at;

    if (s->ended || n == 0)
        abort();
    s->calls++;
    if (left == 0) {
        s->ended = true;
        return s->failure;
    }
    if (s->chunk > 0 && n > s->chunk)
        n = s->chunk;
    if (n > left)
        n = left;
    memcpy(to, s->bytes + s->at, n);
    s->at += n;
    return (i64)n;
}

static inline i64 array_show(void *from, u64 offset, size_t n, const u8 **bytes)
{
    struct array_stream *s = from;
    size_t left = offset < s->len ? s->len - (size_t)offset : 0;
    size_t shown = n > s->chunk ? n : s->chunk;

    s->calls++;
    if (s->failure != 0 && shown > left)
        return s->failure;
    if (left > 0) /* else there is nothing to point at, as with a file */
        *bytes = s->bytes + offset;
    return (i64)(shown < left ? shown : left);
}

/* A stream that shows its bytes, at least `chunk` of them at once. */
static inline struct byte_stream array_shown(struct array_stream *s)
{
    return (struct byte_stream){ .read = array_read, .show = array_show, .from = s };
}

static inline struct byte_stream array_stream(struct array_stream *s)
{
    return (struct byte_stream){ .read = array_read, .from = s };
}

struct counted_memory {
    size_t now, peak, limit; /* bytes; a limit of 0 is none */
};

static inline void *counted_resize(void *context, void *old, size_t old_bytes, size_t new_bytes)
{
    struct counted_memory *m = context;

    if ((old == NULL) != (old_bytes == 0) || old_bytes > m->now)
        abort();
    if (m->limit > 0 && m->now - old_bytes + new_bytes > m->limit)
        return NULL;
    m->now = m->now - old_bytes + new_bytes;
    if (m->now > m->peak)
        m->peak = m->now;
    if (new_bytes == 0) {
        free(old);
        return NULL;
    }
    /* always another block, so that a sanitizer sees who still uses the old one */
    void *fresh = malloc(new_bytes);
    if (fresh == NULL)
        abort();
    if (old != NULL)
        memcpy(fresh, old, old_bytes < new_bytes ? old_bytes : new_bytes);
    free(old);
    return fresh;
}

static inline struct memory_source counted_memory(struct counted_memory *m)
{
    return (struct memory_source){ counted_resize, m };
}

#endif
