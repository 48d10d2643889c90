/* Which ciphers there are, and their modes of operation (NIST SP 800-38A) where the kernel has
 * none. */
#include "cli/cipher.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/aes.h"
#include "base/des.h"
#include "cli/cipher_kernel.h"

struct cipher {
    const struct cipher_kind *kind;
    int fd; /* of the kernel's; -1: one of these does it */
    union {
        struct aes aes;
        struct des des;
    };
};

/* By the names that OpenSSL has for them, which are those that tcpdump takes. */
static const struct cipher_kind kinds[] = {
    { "3des des3 des-ede3-cbc", "cbc(des3_ede)", 24, 8, 8 },
    { "des-ede3", "ecb(des3_ede)", 24, 0, 8 },
    { "des des-cbc", "cbc(des)", 8, 8, 8 },
    { "aes128 aes-128-cbc", "cbc(aes)", 16, 16, 16 },
    { "aes192 aes-192-cbc", "cbc(aes)", 24, 16, 16 },
    { "aes256 aes-256-cbc", "cbc(aes)", 32, 16, 16 },
    { "aes-128-ctr", "ctr(aes)", 16, 16, 1 },
    { "aes-192-ctr", "ctr(aes)", 24, 16, 1 },
    { "aes-256-ctr", "ctr(aes)", 32, 16, 1 },
    { "aes-128-ecb", "ecb(aes)", 16, 0, 16 },
    { "aes-192-ecb", "ecb(aes)", 24, 0, 16 },
    { "aes-256-ecb", "ecb(aes)", 32, 0, 16 },
    { "camellia128 camellia-128-cbc", "cbc(camellia)", 16, 16, 16 },
    { "camellia192 camellia-192-cbc", "cbc(camellia)", 24, 16, 16 },
    { "camellia256 camellia-256-cbc", "cbc(camellia)", 32, 16, 16 },
    { "blowfish bf bf-cbc", "cbc(blowfish)", 16, 8, 8 },
    { "cast cast5-cbc", "cbc(cast5)", 16, 8, 8 },
};

const struct cipher_kind *cipher_find(struct str name)
{
    for (size_t i = 0; i < countof(kinds); i++) {
        struct str names = str_of(kinds[i].names);
        while (names.len > 0)
            if (str_equal_nocase(str_cut(&names, ' '), name))
                return &kinds[i];
    }
    return NULL;
}

static bool is_aes(const struct cipher_kind *kind)
{
    return strstr(kind->kernel, "(aes)") != NULL;
}
static bool is_des(const struct cipher_kind *kind)
{
    return strstr(kind->kernel, "(des") != NULL;
}

static struct cipher *make(const struct cipher_kind *kind, int fd)
{
    struct cipher *c = malloc(sizeof *c);

    if (c != NULL) {
        c->kind = kind;
        c->fd = fd;
    }
    return c;
}

struct cipher *cipher_open_own(const struct cipher_kind *kind, const u8 *key)
{
    if (!is_aes(kind) && !is_des(kind))
        return NULL;
    struct cipher *c = make(kind, -1);
    if (c != NULL && is_aes(kind))
        aes_start(&c->aes, key, kind->key_len);
    else if (c != NULL)
        des_start(&c->des, key, kind->key_len);
    return c;
}

struct cipher *cipher_open(const struct cipher_kind *kind, const u8 *key)
{
    int fd = cipher_kernel_open(kind, key);

    if (fd < 0)
        return cipher_open_own(kind, key);
    struct cipher *c = make(kind, fd);
    if (c == NULL)
        close(fd);
    return c;
}

void cipher_close(struct cipher *c)
{
    if (c->fd >= 0)
        close(c->fd);
    free(c);
}

const struct cipher_kind *cipher_kind_of(const struct cipher *c)
{
    return c->kind;
}

static void xor_into(u8 *to, const u8 *from, u32 n)
{
    for (u32 i = 0; i < n; i++)
        to[i] ^= from[i];
}

static void increment(u8 *counter)
{
    for (u32 i = AES_BLOCK_LEN; i > 0 && ++counter[i - 1] == 0; i--)
        continue;
}

/* CTR: the text xor the encrypted counter; of the last one only as much as there is text. */
static void apply_counter(const struct cipher *c, u8 *counter, u8 *text, u32 n)
{
    for (u32 at = 0; at < n; at += AES_BLOCK_LEN) {
        u8 block[AES_BLOCK_LEN];
        memcpy(block, counter, sizeof block);
        aes_encrypt(&c->aes, block);
        xor_into(text + at, block, n - at < AES_BLOCK_LEN ? n - at : AES_BLOCK_LEN);
        increment(counter);
    }
}

/* CBC: each block xor the ciphertext of the one before.  Without an initialisation vector ECB. */
static void decrypt_blocks(const struct cipher *c, u8 *before, u8 *text, u32 n)
{
    const u32 size = c->kind->block_len, chained = c->kind->iv_len;

    for (u8 *block = text; block < text + n; block += size) {
        u8 ciphertext[CIPHER_IV_MAX];
        memcpy(ciphertext, block, size);
        if (is_aes(c->kind))
            aes_decrypt(&c->aes, block);
        else
            des_decrypt(&c->des, block);
        xor_into(block, before, chained);
        memcpy(before, ciphertext, chained);
    }
}

bool cipher_decrypt(const struct cipher *c, const void *iv, const void *bytes, u8 *to, u32 n)
{
    u8 vector[CIPHER_IV_MAX];

    if (c->fd >= 0)
        return cipher_kernel_decrypt(c->fd, c->kind, iv, bytes, to, n);
    memcpy(vector, iv, c->kind->iv_len);
    memmove(to, bytes, n);
    if (c->kind->block_len == 1)
        apply_counter(c, vector, to, n);
    else
        decrypt_blocks(c, vector, to, n);
    return true;
}
