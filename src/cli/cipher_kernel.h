/* Ciphers of the kernel: a socket takes the key, and then texts. */
#ifndef CLI_CIPHER_KERNEL_H
#define CLI_CIPHER_KERNEL_H

#include "cli/cipher.h"

/* Opens a cipher with a key of kind->key_len bytes.  Returns a descriptor, or -1. */
int cipher_kernel_open(const struct cipher_kind *kind, const u8 *key);

/* As cipher_decrypt(). */
bool cipher_kernel_decrypt(int fd, const struct cipher_kind *kind, const void *iv,
                           const void *bytes, u8 *to, u32 n);

#endif
