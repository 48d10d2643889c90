/*
 * What the pure file code asks of the outside: bytes, and memory.
 *
 * Both are callbacks, so that a descriptor, a test's array and a browser's blob look the same.
 */
#ifndef PCAPFILE_STREAM_H
#define PCAPFILE_STREAM_H

#include "base/types.h"

/*
 * Where bytes come from.  `read` stores at most `n` (> 0) bytes at `to` and returns how many: fewer
 * than `n` is no end, 0 is the end, and a negative number is a failure whose meaning is the
 * caller's (a file's would be -errno).  It may block.  After 0 or a failure it is not called again.
 *
 * `show`, which may be NULL, is for bytes that are in memory as it is, a mapped file's for one: it
 * points `bytes` at those from `offset` on (counted from the first that could be read) and returns
 * how many they are: at least `n` unless the stream ends before, perhaps 0, and negative as above.
 * They are there until the next call that does not fail.  It neither blocks nor moves where `read`
 * goes on.
 */
struct byte_stream {
    i64 (*read)(void *from, void *to, size_t n);
    i64 (*show)(void *from, u64 offset, size_t n, const u8 **bytes);
    void *from;
};

/*
 * Where memory comes from: realloc with the old size told.  `old` is NULL when `old_bytes` is 0;
 * `new_bytes` 0 frees.  Returns NULL when there is none, and the old block then still stands.
 */
struct memory_source {
    void *(*resize)(void *context, void *old, size_t old_bytes, size_t new_bytes);
    void *context;
};

#endif
