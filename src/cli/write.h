/*
 * One output file, -w: records are collected in a buffer, which goes out in large writes.
 *
 * Nothing is lost silently: the first write that fails or falls short makes the writer fail for
 * good, and a torn record at the end of a regular file is cut off.  What a record is, is the
 * business of write_pcap.h and write_ng.h.
 */
#ifndef CLI_WRITE_H
#define CLI_WRITE_H

#include <sys/uio.h>

#include "base/mem.h"
#include "base/types.h"

enum {
    WRITER_BUFFER = 256 * 1024, /* bytes */
    WRITER_DIRECT = 32 * 1024,  /* a write of at least so many is worth its call */
};

/*
 * How many of `n` bytes are whole records; `first`: they are the file's first, its header included.
 * Asked only after a write that fell short.
 */
typedef size_t whole_records(const u8 *bytes, size_t n, bool first);

struct writer {
    int fd;       /* -1: not open */
    bool regular; /* a file that can be truncated, not a pipe or a device */
    int error;    /* errno of the failure, 0 while all is well: sticky */
    whole_records *whole;
    u8 *buffer; /* owned, WRITER_BUFFER bytes; always begins at a record's first byte */
    size_t used;
    u64 written; /* bytes of the file that have left the buffer */
};

/* A writer without a file.  False when there is no memory. */
bool writer_init(struct writer *w);
void writer_free(struct writer *w);

/* Creates or empties the file at `path`, "-" for standard output.  False with `error` set. */
bool writer_open(struct writer *w, const char *path, whole_records *whole);

/* The slow part of writer_room(). */
u8 *writer_make_room(struct writer *w, size_t n);

/* Where the `n` bytes of a record are to be stored, which writer_took() then completes.  NULL when
 * they exceed the buffer, or after a failure. */
static inline u8 *writer_room(struct writer *w, size_t n)
{
    return likely(n <= WRITER_BUFFER - w->used) ? w->buffer + w->used : writer_make_room(w, n);
}

static inline void writer_took(struct writer *w, size_t n)
{
    w->used += n;
}

/*
 * Adds whole records, or a header; many bytes at once are not copied.  False, at once and for ever,
 * after a failure.
 */
bool writer_put(struct writer *w, const void *bytes, size_t n);

/* The same for one record of any size that lies in pieces. */
struct piece {
    const void *bytes;
    size_t n;
};
bool writer_put_pieces(struct writer *w, const struct piece *pieces, u32 count);

/*
 * Adds records that lie apart, each in one piece, without copying them.  Worth while when they are
 * long.
 */
enum { WRITER_RECORDS_MAX = 256 };
bool writer_put_records(struct writer *w, const struct iovec *records, u32 count);

/* Hands over what is buffered. */
bool writer_flush(struct writer *w);

/* Takes back what was put, if the file is a regular one. */
void writer_discard(struct writer *w);

/* Flushes and closes.  False when anything of the file may be missing. */
bool writer_close(struct writer *w);

/* The file's length, bytes in the buffer included. */
static inline u64 writer_size(const struct writer *w)
{
    return w->written + w->used;
}

#endif
