/* The sliding window over a byte stream. */
#include "pcapfile/reader.h"

#include "base/mem.h"

enum { READER_ALIGN = 64 };

bool reader_open(struct reader *r, struct byte_stream in, struct memory_source memory, size_t size)
{
    *r = (struct reader){ .in = in, .memory = memory, .piece = READER_PIECE };
    r->buffer = memory.resize(memory.context, NULL, 0, size);
    r->at = r->end = r->buffer;
    r->size = r->buffer != NULL ? size : 0;
    r->ended = r->starved = r->buffer == NULL;
    return r->buffer != NULL;
}

void reader_close(struct reader *r)
{
    if (r->buffer != NULL)
        r->memory.resize(r->memory.context, r->buffer, r->size, 0);
    r->buffer = NULL;
    r->at = r->end = NULL;
    r->size = 0;
    r->ended = true;
}

/* Asks the stream for at most `n` bytes, which go to `to`; 0 from its end on. */
static size_t pull(struct reader *r, u8 *to, size_t n)
{
    if (r->ended)
        return 0;
    i64 got = r->in.read(r->in.from, to, n < r->piece ? n : r->piece);
    if (got > 0) {
        r->seen += (u64)got;
        return (size_t)got;
    }
    r->ended = true;
    r->failure = got;
    return 0;
}

static void move_to(struct reader *r, u8 *to)
{
    size_t has = reader_has(r);

    memmove(to, r->at, has);
    r->at = to;
    r->end = to + has;
}

/*
 * Moves the unread bytes to the front, so that all room is behind them and begins at a multiple of
 * READER_ALIGN: that makes the kernel's copy a tenth faster.
 */
static void settle(struct reader *r)
{
    size_t has = reader_has(r);
    size_t skew = -((uintptr_t)r->buffer + has) % READER_ALIGN;

    move_to(r, r->buffer + (skew + has <= r->size ? skew : 0));
}

/* Doubles a full buffer, but to no more than `n` bytes. */
static bool grow(struct reader *r, size_t n)
{
    size_t size = r->size > n / 2 ? n : r->size * 2;
    size_t has = reader_has(r);
    u8 *larger = r->memory.resize(r->memory.context, r->buffer, r->size, size);

    if (larger == NULL) {
        r->starved = r->ended = true;
        return false;
    }
    r->buffer = larger;
    r->size = size;
    r->at = larger;
    r->end = larger + has;
    return true;
}

/* reader_need() of bytes that the stream shows. */
static bool look(struct reader *r, size_t n)
{
    u64 offset = r->seen - reader_has(r);
    const u8 *bytes;
    i64 got = r->in.show(r->in.from, offset, n, &bytes);

    if (got > 0) {
        r->at = bytes;
        r->end = bytes + got;
        r->seen = offset + (u64)got;
    } else if (got == 0) {
        r->end = r->at; /* nothing is shown; what was unread has been cut off */
        r->seen = offset;
    } else {
        r->failure = got;
    }
    r->ended = got < 0 || (u64)got < n;
    return !r->ended;
}

bool reader_need(struct reader *r, size_t n)
{
    if (reader_has(r) >= n)
        return true;
    if (r->ended)
        return false;
    if (r->looks)
        return look(r, n);
    settle(r);
    while (reader_has(r) < n) {
        size_t used = (size_t)(r->end - r->buffer);
        if (used == r->size) {
            move_to(r, r->buffer);
            used = reader_has(r);
            if (used == r->size && !grow(r, n))
                return false;
        }
        size_t got = pull(r, r->buffer + used, r->size - used);
        if (got == 0)
            return false;
        r->end += got;
    }
    return true;
}
