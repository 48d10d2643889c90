/* The secrets of -E: what is read from text, and what is printed with a cipher that does nothing.
 */
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/linktype.h"
#include "cli/memory.h"
#include "cli/secrets.h"
#include "print/print.h"

static char messages[1024];
static struct {
    const char *kernel;
    u8 key[CIPHER_KEY_MAX];
} opened[8]; /* ciphers, in order */
static size_t opened_count;

static struct cipher *open_own(const struct cipher_kind *kind, const u8 *key)
{
    opened[opened_count].kernel = kind->kernel;
    memcpy(opened[opened_count++].key, key, CIPHER_KEY_MAX);
    return cipher_open_own(kind, key);
}

static struct cipher *open_without_memory(const struct cipher_kind *kind, const u8 *key)
{
    (void)kind, (void)key;
    errno = ENOMEM;
    return NULL;
}

/* Messages are in `messages` afterwards. */
static bool read_secrets(struct secret_store *s, const char *text,
                         struct cipher *(*open)(const struct cipher_kind *kind, const u8 *key))
{
    int fd = memfd_create("messages", MFD_CLOEXEC);
    static struct console console = { "prog", 0 };

    assert_true(fd >= 0);
    console.fd = fd;
    opened_count = 0;
    bool ok = secrets_open_with(s, text, &console, open);
    ssize_t got = pread(fd, messages, sizeof messages - 1, 0);
    assert_true(got >= 0);
    messages[got] = '\0';
    close(fd);
    return ok;
}

static void an_algorithm_and_a_key(void **state)
{
    struct secret_store s;

    assert_true(read_secrets(&s, "3des-cbc-hmac96:0x404345,AES256:abc", open_own));
    assert_string_equal(messages, "");
    assert_int_equal(s.secrets.count, 2);
    assert_string_equal(opened[0].kernel, "cbc(des3_ede)");
    assert_memory_equal(opened[0].key, "\x40\x43\x45\0", 4);
    assert_int_equal(s.rows[0].use, SECRET_FALLBACK);
    assert_int_equal(s.rows[0].iv_len, 8);
    assert_int_equal(s.rows[0].icv_len, 12);
    assert_string_equal(opened[1].kernel, "cbc(aes)");
    assert_memory_equal(opened[1].key, "abc\0", 4);
    assert_int_equal(s.rows[1].icv_len, 0);
    assert_ptr_equal(secret_for_esp(&s.secrets, 7, 6, view_over("", 0, 0)), &s.rows[1]);
    secrets_close(&s);
}

static void associations(void **state)
{
    static const u8 ours[] = { 192, 1, 2, 45 }, theirs[] = { 192, 1, 2, 46 };
    struct secret_store s;

    assert_true(read_secrets(&s, "0x12345678@192.1.2.45 des3:0x01\n16@::1 aes128:0x02", open_own));
    assert_int_equal(s.secrets.count, 2);
    const struct secrets *all = &s.secrets;
    assert_ptr_equal(secret_for_esp(all, 0x12345678, 4, view_over(ours, 4, 4)), &s.rows[0]);
    assert_null(secret_for_esp(all, 0x12345678, 4, view_over(theirs, 4, 4)));
    assert_null(secret_for_esp(all, 0x12345679, 4, view_over(ours, 4, 4)));
    assert_null(secret_for_esp(all, 0x12345678, 4, view_over(ours, 3, 4)));
    assert_int_equal(s.rows[1].version, 6);
    assert_int_equal(s.rows[1].address[15], 1);
    secrets_close(&s);
}

static void exchanges(void **state)
{
    static const char cookies[] = "\0\1\2\3\4\5\6\7\xc0\x2e\x7a\x30\x31\xa0\x31\x88";
    struct secret_store s;

    assert_true(read_secrets(
        &s, "ikev2 R 0x0001020304050607 0xc02e7a3031a03188 sha1:0x4e aes128:0x3f", open_own));
    assert_int_equal(s.secrets.count, 1);
    assert_int_equal(s.rows[0].icv_len, 12);
    assert_int_equal(s.rows[0].iv_len, 16);
    assert_ptr_equal(secret_for_ike(&s.secrets, cookies, false), &s.rows[0]);
    assert_null(secret_for_ike(&s.secrets, cookies, true));
    secrets_close(&s);
}

static void what_cannot_be_understood_is_left_out(void **state)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        { "secret", "failed to decode espsecret: secret" },
        { "1 des:0x1", "failed to decode spi# " },
        { "zz@1.2.3.4 des:0x1", "failed to decode spi# zz" },
        { "1@1.2.3 des:0x1", "can not decode IP# 1.2.3" },
        { "rot13-cbc:0x1", "failed to find cipher algo rot13" },
        { "des:0xg1", "invalid hex digit g in espsecret" },
        { "ikev2 I 0x1", "failed to find all fields for ikev2 at cmdline:0" },
        { "ikev2 I 0x1 0x2 sha1:0 des:0", "line cmdline:0 improperly formatted." },
        { "file /nonexistent/x", "can't open /nonexistent/x" },
        { "blowfish:0x1", "this kernel has no cipher cbc(blowfish)" },
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct secret_store s;
        assert_true(read_secrets(&s, rows[i].text, open_own));
        assert_int_equal(s.secrets.count, 0);
        assert_non_null(strstr(messages, rows[i].message));
        secrets_close(&s);
    }
}

static void a_file_has_one_on_each_line(void **state)
{
    static const char text[] = "# keys\n\ndes:0x0102030405060708\n1@1.2.3.4 des:x\n";
    int fd = memfd_create("secrets", 0);
    char name[64];
    struct secret_store s;

    assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
    snprintf(name, sizeof name, "file /proc/self/fd/%d", fd);
    assert_true(read_secrets(&s, name, open_own));
    assert_string_equal(messages, "");
    assert_int_equal(s.secrets.count, 2);
    assert_memory_equal(opened[0].key, "\1\2\3\4\5\6\7\10", 8);
    secrets_close(&s);
    close(fd);
}

static void no_memory_is_an_error(void **state)
{
    struct secret_store s;

    assert_false(read_secrets(&s, "des:0x1", open_without_memory));
    assert_non_null(strstr(messages, "memory"));
    secrets_close(&s);
}

/* A cipher whose ciphertext is the plaintext. */
static const u8 *decrypt_nothing(void *context, u32 row, const void *iv, const void *bytes, u32 n)
{
    (void)context, (void)row, (void)iv, (void)n;
    return bytes;
}

static void the_payload_of_esp_is_shown(void **state)
{
    u8 packet[] = {
        0x45, 0,    0,    48,   0, 0, 0, 0, 64, 50, 0, 0,  1, 1, 1, 1, 2, 2, 2, 2, /* IPv4 */
        0,    0,    0,    1,    0, 0, 0, 2, 9,  9,  9, 9,  9, 9, 9, 9,             /* ESP, vector */
        0x1f, 0x90, 0x1f, 0x91, 0, 8, 0, 0, 1,  2,  2, 17, /* UDP, trailer */
    };
    char buffer[1024];
    struct out o = out_fixed(buffer, sizeof buffer);
    const struct packet p = { .data = packet, .caplen = 48, .len = 48, .linktype = LINKTYPE_RAW };
    struct print_options opt = { .numeric = true, .time = TIME_NONE };
    struct print_run run;
    struct secret_store s;

    assert_true(read_secrets(&s, "des:0x1", open_own));
    s.secrets.decrypt = decrypt_nothing;
    opt.secrets = &s.secrets;
    print_start(&run, &opt, NULL, memory_from_heap(), 0, &o);
    print_packet(&run, &p);
    packet[46] = 11; /* of padding, and two: more than there is */
    print_packet(&run, &p);
    assert_text(&o, "IP 1.1.1.1 > 2.2.2.2: ESP(spi=0x00000001,seq=0x2), length 28: "
                    "8080 > 8081: UDP, length 0\n"
                    "IP 1.1.1.1 > 2.2.2.2: ESP(spi=0x00000001,seq=0x2), length 28 [|esp]\n");
    print_end(&run);
    secrets_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_algorithm_and_a_key),
        cmocka_unit_test(associations),
        cmocka_unit_test(exchanges),
        cmocka_unit_test(what_cannot_be_understood_is_left_out),
        cmocka_unit_test(a_file_has_one_on_each_line),
        cmocka_unit_test(no_memory_is_an_error),
        cmocka_unit_test(the_payload_of_esp_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
