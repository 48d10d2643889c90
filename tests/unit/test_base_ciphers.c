/* AES and DES on the examples of the standards. */
#include "unit.h"

#include <string.h>

#include "base/aes.h"
#include "base/des.h"

/* FIPS 197, appendix C: three lengths of key, one plaintext. */
static void aes_is_that_of_the_standard(void **state)
{
    static const u8 plain[] = "\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff";
    static const struct {
        u32 key_len;
        const char *cipher;
    } rows[] = {
        { 16, "\x69\xc4\xe0\xd8\x6a\x7b\x04\x30\xd8\xcd\xb7\x80\x70\xb4\xc5\x5a" },
        { 24, "\xdd\xa9\x7c\xa4\x86\x4c\xdf\xe0\x6e\xaf\x70\xa0\xec\x0d\x71\x91" },
        { 32, "\x8e\xa2\xb7\xca\x51\x67\x45\xbf\xea\xfc\x49\x90\x4b\x49\x60\x89" },
    };
    u8 key[32], block[AES_BLOCK_LEN];

    for (u32 i = 0; i < sizeof key; i++)
        key[i] = (u8)i;
    for (size_t i = 0; i < countof(rows); i++) {
        struct aes a;
        aes_start(&a, key, rows[i].key_len);
        memcpy(block, plain, sizeof block);
        aes_encrypt(&a, block);
        assert_memory_equal(block, rows[i].cipher, sizeof block);
        aes_decrypt(&a, block);
        assert_memory_equal(block, plain, sizeof block);
    }
}

struct des_row {
    const char *key, *plain, *cipher;
};

static void check_des(const struct des_row *rows, size_t n, u32 key_len)
{
    for (size_t i = 0; i < n; i++) {
        struct des s;
        u8 block[DES_BLOCK_LEN];
        des_start(&s, (const u8 *)rows[i].key, key_len);
        memcpy(block, rows[i].cipher, sizeof block);
        des_decrypt(&s, block);
        assert_memory_equal(block, rows[i].plain, sizeof block);
    }
}

/* NIST SP 800-17, appendix A: rows of its tables for the S-boxes, and the first of each other
 * table. */
static void des_is_that_of_the_standard(void **state)
{
    static const struct des_row rows[] = {
        { "\x10\x31\x6e\x02\x8c\x8f\x3b\x4a", "\0\0\0\0\0\0\0\0",
          "\x82\xdc\xba\xfb\xde\xab\x66\x02" },
        { "\x01\x01\x01\x01\x01\x01\x01\x01", "\x80\0\0\0\0\0\0\0",
          "\x95\xf8\xa5\xe5\xdd\x31\xd9\x00" },
        { "\x80\x01\x01\x01\x01\x01\x01\x01", "\0\0\0\0\0\0\0\0",
          "\x95\xa8\xd7\x28\x13\xda\xa9\x4d" },
        { "\x7c\xa1\x10\x45\x4a\x1a\x6e\x57", "\x01\xa1\xd6\xd0\x39\x77\x67\x42",
          "\x69\x0f\x5b\x0d\x9a\x26\x93\x9b" },
        { "\x01\x31\xd9\x61\x9d\xc1\x37\x6e", "\x5c\xd5\x4c\xa8\x3d\xef\x57\xda",
          "\x7a\x38\x9d\x10\x35\x4b\xd2\x71" },
        { "\x07\xa1\x13\x3e\x4a\x0b\x26\x86", "\x02\x48\xd4\x38\x06\xf6\x71\x72",
          "\x86\x8e\xbb\x51\xca\xb4\x59\x9a" },
    };

    check_des(rows, countof(rows), 8);
}

/* NIST SP 800-67, appendix B. */
static void three_keys(void **state)
{
#define KEY                                                                                        \
    "\x01\x23\x45\x67\x89\xab\xcd\xef\x23\x45\x67\x89\xab\xcd\xef\x01\x45\x67\x89\xab\xcd\xef\x01" \
    "\x23"
    static const struct des_row rows[] = {
        { KEY, "The qufc", "\xa8\x26\xfd\x8c\xe5\x3b\x85\x5f" },
        { KEY, "k brown ", "\xcc\xe2\x1c\x81\x12\x25\x6f\xe6" },
        { KEY, "fox jump", "\x68\xd5\xc0\x5d\xd9\xb6\xb9\x00" },
    };
#undef KEY

    check_des(rows, countof(rows), 24);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aes_is_that_of_the_standard),
        cmocka_unit_test(des_is_that_of_the_standard),
        cmocka_unit_test(three_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
