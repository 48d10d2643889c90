/* The output: flushing, holding, shutting, and the number writers. */
#include "unit.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/format.h"

/* Everything that has been flushed, one after another. */
struct sink {
    char text[4096];
    size_t len;
};

static void take(void *to, const char *text, size_t n)
{
    struct sink *s = to;
    assert_true(s->len + n <= sizeof s->text);
    memcpy(s->text + s->len, text, n);
    s->len += n;
}

static void text_longer_than_the_buffer_arrives_whole(void **state)
{
    char buffer[OUT_MIN], text[1000];
    struct sink sink = { .len = 0 };
    struct out o = out_over(buffer, sizeof buffer, take, &sink);

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + i % 26);
    out_bytes(&o, text, 500);
    for (size_t i = 500; i < sizeof text; i++)
        out_char(&o, text[i]);
    assert_int_equal(out_tell(&o), sizeof text);
    out_flush(&o);
    assert_int_equal(sink.len, sizeof text);
    assert_memory_equal(sink.text, text, sizeof text);
}

static void a_shut_output_takes_nothing(void **state)
{
    char buffer[OUT_MIN];
    struct sink sink = { .len = 0 };
    struct out o = out_over(buffer, sizeof buffer, take, &sink);

    out_text_z(&o, "kept");
    out_shut(&o);
    out_char(&o, 'x');
    out_text_z(&o, "lost");
    out_dec(&o, 7);
    out_repeat(&o, '-', 1000);
    assert_text(&o, "kept");
    out_open(&o);
    out_text_z(&o, "!");
    assert_text(&o, "kept!");
}

static void held_text_can_be_withdrawn_even_across_a_flush(void **state)
{
    char buffer[OUT_MIN];
    struct sink sink = { .len = 0 };
    struct out o = out_over(buffer, sizeof buffer, take, &sink);

    out_repeat(&o, 'a', OUT_MIN - 10);
    out_hold(&o);
    out_repeat(&o, 'b', 100);
    assert_int_equal(sink.len, OUT_MIN - 10); /* what was final has left, the held text has not */
    out_withdraw(&o);
    out_text_z(&o, "c");
    out_flush(&o);
    assert_int_equal(sink.len, OUT_MIN - 9);
    assert_int_equal(sink.text[sink.len - 1], 'c');
}

static void settled_text_stays(void **state)
{
    char buffer[OUT_MIN];
    struct sink sink = { .len = 0 };
    struct out o = out_over(buffer, sizeof buffer, take, &sink);

    out_hold(&o);
    out_text_z(&o, "x");
    out_settle(&o);
    out_withdraw(&o);
    assert_text(&o, "x");
}

static void a_fixed_output_says_when_it_cut(void **state)
{
    char buffer[4];
    struct out o = out_fixed(buffer, sizeof buffer);

    out_text_z(&o, "abcd");
    assert_false(out_cut(&o));
    out_char(&o, 'e');
    assert_true(out_cut(&o));
    assert_text(&o, "abcd");
}

static void decimal_numbers_are_as_printf_writes_them(void **state)
{
    static const u64 values[] = { 0, 9, 10, 99, 100, 101, 999, 1000, 65535, 4294967295u,
                                  4294967296u, UINT64_MAX };
    for (size_t i = 0; i < countof(values); i++) {
        char buffer[64], want[64];
        struct out o = out_fixed(buffer, sizeof buffer);
        out_dec(&o, (u32)values[i]);
        out_char(&o, ' ');
        out_dec64(&o, values[i]);
        snprintf(want, sizeof want, "%u %llu", (u32)values[i], (unsigned long long)values[i]);
        assert_text(&o, want);
    }
    char buffer[64];
    struct out o = out_fixed(buffer, sizeof buffer);
    out_int64(&o, INT64_MIN);
    assert_text(&o, "-9223372036854775808");
}

static void numbers_that_hardly_fit_are_whole(void **state)
{
    char buffer[3];
    struct out o = out_fixed(buffer, sizeof buffer);
    out_dec(&o, 123);
    assert_text(&o, "123");
    assert_false(out_cut(&o));
}

static void addresses_follow_rfc_5952(void **state)
{
    static const char *const texts[] = {
        "::", "::1", "1::", "::1.2.3.4", "::ffff:1.2.3.4", "2001:db8::1", "2001:db8:0:1:1:1:1:1",
        "fe80::1:0:0:1", "1:0:0:2::3", "2001:0:0:1::1", "1:2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8",
    };
    for (size_t i = 0; i < countof(texts); i++) {
        u8 address[16];
        char buffer[64];
        assert_int_equal(inet_pton(AF_INET6, texts[i], address), 1);
        struct out o = out_fixed(buffer, sizeof buffer);
        out_ip6(&o, address);
        assert_text(&o, texts[i]);
    }
    char buffer[64];
    struct out o = out_fixed(buffer, sizeof buffer);
    out_ip4(&o, (const u8[]){ 0, 10, 255, 199 });
    out_char(&o, ' ');
    out_mac(&o, (const u8[]){ 0, 1, 0x2a, 0xff, 0x10, 9 });
    assert_text(&o, "0.10.255.199 00:01:2a:ff:10:09");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_longer_than_the_buffer_arrives_whole),
        cmocka_unit_test(a_shut_output_takes_nothing),
        cmocka_unit_test(held_text_can_be_withdrawn_even_across_a_flush),
        cmocka_unit_test(settled_text_stays),
        cmocka_unit_test(a_fixed_output_says_when_it_cut),
        cmocka_unit_test(decimal_numbers_are_as_printf_writes_them),
        cmocka_unit_test(numbers_that_hardly_fit_are_whole),
        cmocka_unit_test(addresses_follow_rfc_5952),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
