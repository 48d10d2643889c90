/* The formatter against the C library's, and what it has beyond it. */
#include "unit.h"

#include <stdio.h>

#include "base/diag.h"
#include "base/format.h"

/* Formats with both and compares. */
#define same_as_printf(...)                                                                        \
    do {                                                                                           \
        char buffer_[256], want_[256];                                                             \
        struct out o_ = out_fixed(buffer_, sizeof buffer_);                                        \
        snprintf(want_, sizeof want_, __VA_ARGS__);                                                \
        out_format(&o_, __VA_ARGS__);                                                              \
        assert_text(&o_, want_);                                                                   \
    } while (0)

static void integers(void **state)
{
    static const int values[] = { 0, 1, -1, 7, 10, 255, 65535, -32768, INT32_MAX, INT32_MIN };
    for (size_t i = 0; i < countof(values); i++) {
        int v = values[i];
        same_as_printf("%d|%5d|%-5d|%05d|%+d|%.3d|%8.3d|%-8.3d|", v, v, v, v, v, v, v, v);
        same_as_printf("%u|%x|%X|%#x|%08x|%#06x|%4x|%-6x|%o|", (unsigned)v, (unsigned)v, (unsigned)v,
                       (unsigned)v, (unsigned)v, (unsigned)v, (unsigned)v, (unsigned)v, (unsigned)v);
        same_as_printf("%hhu|%hu|%hd|%hhx|", (u8)v, (u16)v, (i16)v, (u8)v);
        same_as_printf("%lld|%llu|%llx|%016llx|%zu|%ld|", (long long)v, (unsigned long long)v,
                       (unsigned long long)v, (unsigned long long)v, (size_t)v, (long)v);
        same_as_printf("%*d|%-*d|%.*d|", 9, v, 9, v, 4, v);
    }
    same_as_printf("%.0d|%.0u|", 0, 0u);
    same_as_printf("%lld", (long long)INT64_MIN);
}

static void texts(void **state)
{
    same_as_printf("%s|%10s|%-10s|%.2s|%10.2s|%-10.2s|%.*s|", "abc", "abc", "abc", "abc", "abc",
                   "abc", 2, "abc");
    same_as_printf("%c%c|%3c|%-3c|%%", 'a', 'b', 'c', 'd');
    same_as_printf("no conversions");
}

static void a_precision_bounds_the_read(void **state)
{
    char buffer[16];
    const char unterminated[3] = { 'x', 'y', 'z' };
    struct out o = out_fixed(buffer, sizeof buffer);
    out_format(&o, "%.3s", unterminated);
    assert_text(&o, "xyz");
}

static void addresses_and_strings(void **state)
{
    char buffer[128];
    struct out o = out_fixed(buffer, sizeof buffer);
    struct str s = str_of("counted");
    out_format(&o, "%pI4 %pI6 %pM %pi4 [%pS] [%9pS]", (const void *)(const u8[]){ 10, 0, 0, 1 },
               (const void *)(const u8[16]){ 0xfe, 0x80, [15] = 1 },
               (const void *)(const u8[]){ 1, 2, 3, 4, 5, 6 },
               (const void *)(const u8[]){ 1, 2, 3, 4 }, (const void *)&s, (const void *)&s);
    assert_text(&o, "10.0.0.1 fe80::1 01:02:03:04:05:06 1.2.3.4 [counted] [  counted]");
}

static void name_address(void *context, struct out *o, enum address_kind kind, const void *bytes)
{
    assert_int_equal(kind, ADDRESS_IP4);
    assert_int_equal(*(const u8 *)bytes, 10);
    out_text_z(o, context);
}

static void format_with(struct out *o, const struct format_hook *hook, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    out_vformat(o, hook, fmt, ap);
    va_end(ap);
}

static void a_hook_names_addresses(void **state)
{
    char buffer[64];
    struct out o = out_fixed(buffer, sizeof buffer);
    char name[] = "host";
    const struct format_hook hook = { .address = name_address, .context = name };
    const u8 address[4] = { 10, 0, 0, 1 };
    format_with(&o, &hook, "%pI4 %pi4", (const void *)address, (const void *)address);
    assert_text(&o, "host 10.0.0.1");
}

static void the_first_failure_stays(void **state)
{
    char block[256], buffer[256];
    struct arena a = arena_over(block, sizeof block);
    struct diag d = { .text = &a };
    struct out o = out_fixed(buffer, sizeof buffer);

    assert_false(diag_fail(&d, (struct span){ 2, 5 }, "unknown word \"%s\"", "tpc"));
    diag_fail(&d, (struct span){ 0, 1 }, "second");
    diag_hint(&d, "did you mean \"%s\"?", "tcp");
    assert_true(str_equal(d.what, str_of("unknown word \"tpc\"")));
    diag_show(&d, str_of("( tpc port 80"), &o);
    assert_text(&o, "  ( tpc port 80\n    ^~~   did you mean \"tcp\"?\n");
}

static void a_failure_in_a_long_text_is_shown_in_part(void **state)
{
    char text[1000], buffer[400];
    struct diag d = { 0 };
    struct out o = out_fixed(buffer, sizeof buffer);

    memset(text, 'x', sizeof text);
    diag_fail(&d, (struct span){ 500, 2000 }, "too much");
    diag_show(&d, str_make(text, sizeof text), &o);
    assert_false(out_cut(&o));
    assert_true(out_text(&o).len < 250);
    assert_true(str_equal(d.what, str_of("too much")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers),
        cmocka_unit_test(texts),
        cmocka_unit_test(a_precision_bounds_the_read),
        cmocka_unit_test(addresses_and_strings),
        cmocka_unit_test(a_hook_names_addresses),
        cmocka_unit_test(the_first_failure_stays),
        cmocka_unit_test(a_failure_in_a_long_text_is_shown_in_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
