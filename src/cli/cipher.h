/*
 * Ciphers, for -E: those of the kernel (AF_ALG), and where it has none for programs AES and DES of
 * base.
 *
 * They are opened before the first packet is looked at; no more is asked of the kernel afterwards
 * than to take a text and to give another.
 */
#ifndef CLI_CIPHER_H
#define CLI_CIPHER_H

#include "base/str.h"
#include "base/types.h"

enum { CIPHER_KEY_MAX = 32, CIPHER_IV_MAX = 16 }; /* bytes */

/* What is known about a cipher without opening it. */
struct cipher_kind {
    const char *names;  /* as in -E, without -cbc and -hmac96; separated by blanks */
    const char *kernel; /* the kernel's name */
    u8 key_len, iv_len, block_len;
};

/* A kind with a key. */
struct cipher;

/* The cipher of that name, in upper or lower case; NULL when there is none. */
const struct cipher_kind *cipher_find(struct str name);

/*
 * Opens it with a key of kind->key_len bytes.  NULL when neither the kernel nor this program has
 * it, or with errno ENOMEM.  cipher_close() must follow.
 */
struct cipher *cipher_open(const struct cipher_kind *kind, const u8 *key);

/* The same without the kernel. */
struct cipher *cipher_open_own(const struct cipher_kind *kind, const u8 *key);

void cipher_close(struct cipher *c);

const struct cipher_kind *cipher_kind_of(const struct cipher *c);

/*
 * Decrypts `n` bytes, a multiple of kind->block_len, with an initialisation vector of kind->iv_len
 * bytes to `to`, which may be the same place.  False when the kernel does not do it.
 */
bool cipher_decrypt(const struct cipher *c, const void *iv, const void *bytes, u8 *to, u32 n);

#endif
