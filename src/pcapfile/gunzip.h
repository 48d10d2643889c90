/*
 * Decompression of gzip files, RFC 1952, as a stream laid over a stream.
 *
 *     compressed bytes -> gunzip_read() -> the file's bytes
 *
 * Memory is this struct and never more, whatever the input expands to.  Files of several members
 * are one stream; zero bytes after the last member are padding, anything else there is an error, as
 * are a wrong checksum and a wrong length.  What was decoded before an error is delivered first.
 */
#ifndef PCAPFILE_GUNZIP_H
#define PCAPFILE_GUNZIP_H

#include "pcapfile/inflate.h"
#include "pcapfile/stream.h"

/* What gunzip_read() returns beside the failures of the stream below, which it passes through. */
enum gunzip_failure {
    GUNZIP_TRUNCATED = -1000001, /* the compressed data stop before their end */
    GUNZIP_CORRUPT = -1000002,   /* they are no deflate data, or the header is none */
    GUNZIP_CHECKSUM = -1000003,  /* they expand to something else than what was compressed */
    GUNZIP_TRAILING = -1000004,  /* something else follows them */
};

struct gunzip {
    struct inflate inflate;
    u32 crc;       /* of the current member's output so far, complemented */
    u32 size;      /* its length modulo 2^32 */
    enum { GUNZIP_HEADER, GUNZIP_DATA, GUNZIP_TRAILER } at; /* the part of a member that is next */
    bool any;      /* a whole member has been read */
    bool finished; /* every further call returns `result` */
    i64 result;    /* 0 for the end, else a failure */
    u32 crc_table[8][256];
};

/* Whether a file that begins with these `n` bytes is a gzip file; three of them tell. */
bool gunzip_recognises(const u8 *bytes, size_t n);

/*
 * Prepares to read from `in`.  The first `n` <= INFLATE_INPUT bytes of the stream are at `first`,
 * because somebody had to look at them; they are copied.
 */
void gunzip_open(struct gunzip *g, struct byte_stream in, const u8 *first, size_t n);

/* A byte_stream's read function, whose `from` is a struct gunzip. */
i64 gunzip_read(void *gunzip, void *to, size_t n);

/* A sentence without a final stop for an enum gunzip_failure; NULL for any other number. */
const char *gunzip_explain(i64 failure);

#endif
