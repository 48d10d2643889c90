/*
 * Ciphers of the kernel (AF_ALG), for -E.
 *
 * There is no cryptography in this program: a socket takes the key, and then texts.  It is opened
 * before the first packet is looked at; decrypting is a sendmsg() and a read().
 */
#ifndef CLI_CIPHER_H
#define CLI_CIPHER_H

#include "base/str.h"
#include "base/types.h"

enum { CIPHER_KEY_MAX = 32, CIPHER_IV_MAX = 16 }; /* bytes */

/* What is known about a cipher without asking the kernel. */
struct cipher_kind {
    const char *names;  /* as in -E, without -cbc and -hmac96; separated by blanks */
    const char *kernel; /* the kernel's name */
    u8 key_len, iv_len, block_len;
};

/* The cipher of that name, in upper or lower case; NULL when there is none. */
const struct cipher_kind *cipher_find(struct str name);

/* Opens it with a key of kind->key_len bytes.  Returns a descriptor, or -1 with errno. */
int cipher_open(const struct cipher_kind *kind, const u8 *key);

/*
 * Decrypts `n` bytes with an initialisation vector of kind->iv_len bytes to `to`, which may be the
 * same place.  False, with errno, when the kernel does not do it.
 */
bool cipher_decrypt(int fd, const struct cipher_kind *kind, const void *iv, const void *bytes,
                    u8 *to, u32 n);

#endif
