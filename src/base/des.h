/*
 * The DES block cipher and its threefold use, FIPS 46-3.  For decrypting recorded packets.
 */
#ifndef BASE_DES_H
#define BASE_DES_H

#include "base/types.h"

enum { DES_BLOCK_LEN = 8 };

struct des {
    u32 boxes[8][64];      /* the S-boxes, with the permutation of what comes out of them */
    u64 round_keys[3][16]; /* of 48 bits */
    u32 keys;              /* 1 or 3 */
};

/* The schedule of a key of 8 or of 3 times 8 bytes, whose parity bits are ignored. */
void des_start(struct des *s, const u8 *key, u32 key_len);

/* One block, in place; with three keys the inverse of encrypting, decrypting and encrypting. */
void des_decrypt(const struct des *s, u8 block[DES_BLOCK_LEN]);

#endif
