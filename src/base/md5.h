/*
 * The MD5 message digest, RFC 1321.  Long broken; here because TCP-MD5 (RFC 2385) and a few
 * authentication fields are checked with it.
 */
#ifndef BASE_MD5_H
#define BASE_MD5_H

#include "base/types.h"
#include "base/view.h"

enum { MD5_LEN = 16, MD5_BLOCK_LEN = 64 };

struct md5 {
    u32 state[4];
    u64 length; /* bytes so far */
    u8 block[MD5_BLOCK_LEN];
};

/* The digest of nothing yet. */
struct md5 md5_start(void);

/* Adds `n` bytes, or the captured bytes of a view. */
void md5_add(struct md5 *m, const void *bytes, size_t n);
void md5_add_view(struct md5 *m, struct view v);

/* Writes the digest; `m` is used up. */
void md5_end(struct md5 *m, u8 digest[MD5_LEN]);

#endif
