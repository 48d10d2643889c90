/*
 * The AES block cipher, FIPS 197.
 *
 * Made for reading a few recorded packets: small, and not constant in time.  The tables of the
 * standard are computed with the keys.
 */
#ifndef BASE_AES_H
#define BASE_AES_H

#include "base/types.h"

enum { AES_BLOCK_LEN = 16 };

struct aes {
    u8 substitute[256], restore[256]; /* the S-box and its inverse */
    u8 round_keys[15][AES_BLOCK_LEN];
    u32 rounds;
};

/* The schedule of a key of 16, 24 or 32 bytes. */
void aes_start(struct aes *a, const u8 *key, u32 key_len);

/* One block, in place. */
void aes_encrypt(const struct aes *a, u8 block[AES_BLOCK_LEN]);
void aes_decrypt(const struct aes *a, u8 block[AES_BLOCK_LEN]);

#endif
