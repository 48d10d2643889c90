/* Numbers on the command line. */
#include "unit.h"

#include <stdlib.h>

#include "cli/number.h"

static void prefixes_as_atoi(void **state)
{
    static const char *const texts[] = { "",  "5", "5x",   " 7",         "\t-3", "+4",
                                         "-", "x", "0x10", "2147483647", "--1",  "007" };

    for (size_t i = 0; i < countof(texts); i++)
        assert_int_equal(number_prefix(texts[i]), atoi(texts[i]));
    assert_true(number_prefix("99999999999999999999999999") > INT64_C(1) << 40);
    assert_true(number_prefix("-99999999999999999999999999") < 0);
}

static void numbers_of_any_base(void **state)
{
    static const struct {
        const char *text;
        i64 value; /* -1: not a number up to 1000 */
    } rows[] = {
        { "0", 0 },      { "1000", 1000 }, { "1001", -1 }, { "0x10", 16 },
        { "0XfF", 255 }, { "010", 8 },     { "08", -1 },   { "", -1 },
        { "x", -1 },     { "0x", -1 },     { "1 ", -1 },   { " 1", 1 },
        { "+1", 1 },     { "-1", -1 },     { "1x", -1 },   { "99999999999999999999999", -1 }
    };

    for (size_t i = 0; i < countof(rows); i++) {
        u64 value = 77;
        bool is = number_any_base(rows[i].text, 1000, &value);
        assert_int_equal(is, rows[i].value >= 0);
        assert_int_equal(value, is ? rows[i].value : 77);
    }
}

static void sizes(void **state)
{
    static const struct {
        const char *text;
        u64 bytes; /* 0: not a size */
    } rows[] = { { "1", 1000000 },
                 { "2k", 2048 },
                 { "2K", 2048 },
                 { "3m", 3u << 20 },
                 { "1G", 1u << 30 },
                 { "0", 0 },
                 { "0k", 0 },
                 { "", 0 },
                 { "k", 0 },
                 { "5T", 0 },
                 { "5KB", 0 },
                 { "-1", 0 },
                 { "5x", 0 },
                 { "1.5", 0 },
                 { "99999999999999999999", 0 },
                 { "9223372036854775807", 0 },
                 { " 1", 0 } };

    for (size_t i = 0; i < countof(rows); i++) {
        u64 bytes = 0;
        assert_int_equal(number_size(rows[i].text, 1000000, &bytes), rows[i].bytes != 0);
        assert_int_equal(bytes, rows[i].bytes);
    }
}

static void masks(void **state)
{
    static const char *const wrong[] = {
        "",       "255",     "255.255.255", "255.255.255.0.0", "255.255.255.256", "255.255.255.",
        ".1.2.3", "a.b.c.d", "1..2.3",      "255.255.255.0 "
    };
    u32 mask = 0;

    assert_true(number_ip4("255.255.254.1", &mask));
    assert_int_equal(mask, 0xfffffe01);
    for (size_t i = 0; i < countof(wrong); i++)
        assert_false(number_ip4(wrong[i], &mask));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prefixes_as_atoi),
        cmocka_unit_test(numbers_of_any_base),
        cmocka_unit_test(sizes),
        cmocka_unit_test(masks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
