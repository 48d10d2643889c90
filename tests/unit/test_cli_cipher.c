/* Modes of operation: the examples of NIST SP 800-38A, appendix F, and the kernel's ciphers where
 * it has them. */
#include "unit.h"

#include <string.h>

#include "cli/cipher.h"

static const u8 key[CIPHER_KEY_MAX] = { 0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6,
                                        0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c };

static const u8 plain[32] = "\x6b\xc1\xbe\xe2\x2e\x40\x9f\x96\xe9\x3d\x7e\x11\x73\x93\x17\x2a"
                            "\xae\x2d\x8a\x57\x1e\x03\xac\x9c\x9e\xb7\x6f\xac\x45\xaf\x8e\x51";

/* In place, and for CTR a text that ends within a block. */
static void modes_are_those_of_the_standard(void **state)
{
    static const struct {
        const char *name, *iv, *text;
    } rows[] = {
        { "aes-128-ecb", "",
          "\x3a\xd7\x7b\xb4\x0d\x7a\x36\x60\xa8\x9e\xca\xf3\x24\x66\xef\x97"
          "\xf5\xd3\xd5\x85\x03\xb9\x69\x9d\xe7\x85\x89\x5a\x96\xfd\xba\xaf" },
        { "aes-128-cbc", "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f",
          "\x76\x49\xab\xac\x81\x19\xb2\x46\xce\xe9\x8e\x9b\x12\xe9\x19\x7d"
          "\x50\x86\xcb\x9b\x50\x72\x19\xee\x95\xdb\x11\x3a\x91\x76\x78\xb2" },
        { "aes-128-ctr", "\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff",
          "\x87\x4d\x61\x91\xb6\x20\xe3\x26\x1b\xef\x68\x64\x99\x0d\xb6\xce"
          "\x98\x06\xf6\x6b\x79\x70\xfd\xff\x86\x17\x18\x7b\xb9\xff\xfd\xff" },
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct cipher *c = cipher_open_own(cipher_find(str_of(rows[i].name)), key);
        u32 n = cipher_kind_of(c)->block_len == 1 ? 27 : 32;
        u8 text[32];
        memcpy(text, rows[i].text, sizeof text);
        assert_true(cipher_decrypt(c, rows[i].iv, text, text, n));
        assert_memory_equal(text, plain, n);
        cipher_close(c);
    }
}

/* What this program does itself is what the kernel does, if it does. */
static void the_kernel_agrees(void **state)
{
    static const char *const names[] = { "3des",   "des-ede3", "des",         "aes128",
                                         "aes192", "aes256",   "aes-256-ctr", "aes-192-ecb" };
    static const u8 iv[CIPHER_IV_MAX] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                          0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

    for (size_t i = 0; i < countof(names); i++) {
        const struct cipher_kind *kind = cipher_find(str_of(names[i]));
        struct cipher *own = cipher_open_own(kind, key), *kernels = cipher_open(kind, key);
        u8 text[2][sizeof plain];
        assert_non_null(own);
        assert_non_null(kernels);
        assert_true(cipher_decrypt(own, iv, plain, text[0], sizeof plain));
        assert_true(cipher_decrypt(kernels, iv, plain, text[1], sizeof plain));
        assert_memory_equal(text[0], text[1], sizeof plain);
        cipher_close(own);
        cipher_close(kernels);
    }
}

static void others_are_the_kernels_alone(void **state)
{
    assert_null(cipher_open_own(cipher_find(str_of("camellia128")), key));
    assert_null(cipher_find(str_of("rot13")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modes_are_those_of_the_standard),
        cmocka_unit_test(the_kernel_agrees),
        cmocka_unit_test(others_are_the_kernels_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
