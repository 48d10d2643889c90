/*
 * A window that slides over a byte stream.
 *
 *     buffer      at             end            buffer + size
 *       |== used ==|==== unread ==|====== room ======|
 *
 * The bytes between `at` and `end` are looked at in place; reader_need() makes them more.  Failure
 * and end are sticky, and what was read before them can still be consumed.
 *
 * A reader that `looks` uses no buffer: `at` and `end` are where the stream shows its bytes.
 */
#ifndef PCAPFILE_READER_H
#define PCAPFILE_READER_H

#include "pcapfile/stream.h"

/* The largest piece that is asked of the stream at once; the fastest size measured for files. */
enum { READER_PIECE = 256 * 1024 };

struct reader {
    struct byte_stream in;
    struct memory_source memory;
    u8 *buffer; /* owned; NULL when the memory source gave nothing */
    size_t size;
    size_t piece; /* the most that is asked of the stream at once; READER_PIECE unless changed */
    const u8 *at, *end;
    u64 seen;     /* bytes of the stream before `end` */
    bool expects; /* set by the owner when it looks and nobody else asks memory for what comes next */
    bool looks;   /* set by the owner, at any time, when the stream can show bytes */
    bool ended;   /* the stream is at its end, or failed */
    i64 failure;  /* what the stream returned instead of bytes; 0 while it has not failed */
    bool starved; /* memory ran out: a record did not fit and the buffer could not grow */
};

/* False when there is no memory for `size` bytes; the reader is then at its end, and starved. */
bool reader_open(struct reader *r, struct byte_stream in, struct memory_source memory, size_t size);

void reader_close(struct reader *r);

static inline size_t reader_has(const struct reader *r) { return (size_t)(r->end - r->at); }

/*
 * Tries to have `n` unread bytes, moving those that are there to the front and growing the buffer
 * if it must, at most to twice what has been delivered or to `n`.  Returns whether they are there.
 * Whatever pointed into the buffer is stale afterwards, unless they were there from the start.
 */
bool reader_need(struct reader *r, size_t n);

/*
 * Asks memory for what comes behind the record of `n` bytes at `at`, if it is expected to; the record before
 * took `before`.  Nobody has touched those bytes yet, and the way from record to record is a chain of loads
 * that wait for each other.  Of long records that follow each other it is guessed where the headers of later
 * ones are: a record's header and those in it fit into two lines, and the lines between are not worth the way
 * to memory.  Of other ones all lines come, since it is not known which of them are needed.
 */
static inline void reader_expect(const struct reader *r, const u8 *at, size_t n, size_t before)
{
    enum { LINE = 64, LONG = 8 * LINE, RECORDS_AHEAD = 16, AHEAD = 8192, ENOUGH = 12 * LINE };

    if (!r->expects)
        return;
    if (n == before && n >= LONG) {
        __builtin_prefetch((const void *)((uintptr_t)at + RECORDS_AHEAD * n));
        __builtin_prefetch((const void *)((uintptr_t)at + RECORDS_AHEAD * n + LINE));
        return;
    }
    for (size_t i = 0; i < n && i < ENOUGH; i += LINE)
        __builtin_prefetch((const void *)((uintptr_t)at + AHEAD + i));
}

/* Consumes `n` bytes, which must be there. */
static inline void reader_take(struct reader *r, size_t n) { r->at += n; }

#endif
