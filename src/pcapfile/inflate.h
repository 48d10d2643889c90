/*
 * The deflate format, RFC 1951, in bounded memory and in pieces.
 *
 * Input is pulled when it is needed; output stops when the caller's room is full and goes on there
 * at the next call.  Back references that reach behind the current piece are served from a window
 * of 32 KiB, which is all that the format can ask for.
 */
#ifndef PCAPFILE_INFLATE_H
#define PCAPFILE_INFLATE_H

#include "pcapfile/stream.h"

enum {
    INFLATE_WINDOW = 32 * 1024,
    INFLATE_INPUT = 64 * 1024,
    INFLATE_LITERAL_ROOT = 10, /* bits that the first look-up resolves */
    INFLATE_DISTANCE_ROOT = 8,
    INFLATE_LITERAL_TABLE = 1334, /* entries: the root table and the largest set of subtables that */
    INFLATE_DISTANCE_TABLE = 402, /* 288 codes of at most 15 bits can need; the same for 32 codes */
};

enum inflate_result {
    INFLATE_MORE,      /* room is full, or input was short after some output: call again */
    INFLATE_END,       /* the last block is over */
    INFLATE_TRUNCATED, /* the input ended inside */
    INFLATE_CORRUPT,
    INFLATE_FAILED,    /* the stream failed, see `failure` */
};

struct inflate {
    struct byte_stream in;
    bool ended;        /* the input stream is at its end, or failed */
    i64 failure;
    u32 at, end;       /* unread input: bytes [at, end) of `input` */
    u64 bits;          /* input bits taken but not used, the next one lowest */
    u32 bit_count;

    enum { BLOCK_NONE, BLOCK_STORED, BLOCK_CODED } block;
    bool last_block;
    u32 stored_left;   /* bytes of a stored block still to come */
    u32 match_len, match_distance; /* a back reference that did not fit */

    u32 window_len;    /* bytes at the end of `window` that mean something */
    u32 literal_table[INFLATE_LITERAL_TABLE];
    u32 distance_table[INFLATE_DISTANCE_TABLE];
    u8 window[INFLATE_WINDOW]; /* the last output of earlier calls, oldest first */
    u8 input[INFLATE_INPUT];
};

/* A decoder that reads from `in` after the `n` <= INFLATE_INPUT bytes at `first`, which are copied. */
void inflate_open(struct inflate *z, struct byte_stream in, const void *first, size_t n);

/* Starts a deflate stream at the next byte of the input. */
void inflate_begin(struct inflate *z);

/*
 * Decodes into `to`, at most `n` bytes; how many is stored in `*made`, which may be more than 0
 * whatever is returned.
 */
enum inflate_result inflate_run(struct inflate *z, u8 *to, size_t n, size_t *made);

/*
 * For the container around deflate: the next input byte, from a byte boundary on (what is left of
 * the current byte is dropped).  -1 at the end or after a failure.
 */
int inflate_byte(struct inflate *z);

#endif
