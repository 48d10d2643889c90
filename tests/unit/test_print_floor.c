/* What stands below the printers: seals, groups, names, dumps, time stamps. */
#include "unit.h"

#include "print/hexdump.h"
#include "print/printer.h"
#include "print/timestamp.h"

/* A context over a buffer, with nothing else set. */
struct bench {
    char buffer[8192];
    struct out out;
    struct print_options opt;
    struct dissect d;
};

static void start(struct bench *b)
{
    memset(b, 0, sizeof *b);
    b->out = out_fixed(b->buffer, sizeof b->buffer);
    b->opt.numeric = true;
    b->d = (struct dissect){ .out = &b->out, .opt = &b->opt, .proto = "test" };
}

static const u8 bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };

static void readers_know_both_orders(void **state)
{
    struct bench b;
    start(&b);
    struct view v = view_over(bytes, 9, 9);
    assert_int_equal(u8_at(&b.d, v, 8), 9);
    assert_int_equal(be16_at(&b.d, v, 1), 0x0203);
    assert_int_equal(le16_at(&b.d, v, 1), 0x0302);
    assert_int_equal(be24_at(&b.d, v, 1), 0x020304);
    assert_int_equal(le24_at(&b.d, v, 1), 0x040302);
    assert_int_equal(be32_at(&b.d, v, 5), 0x06070809);
    assert_int_equal(le32_at(&b.d, v, 5), 0x09080706);
    assert_int_equal(be64_at(&b.d, v, 0), 0x0102030405060708);
    assert_int_equal(le64_at(&b.d, v, 1), 0x0908070605040302);
    assert_false(b.d.sealed);
}

static void a_read_past_the_end_seals_the_text(void **state)
{
    struct bench b;
    start(&b);
    struct view v = view_over(bytes, 9, 100);
    b.d.link_header_len = 14;
    say(&b.d, "before");
    assert_int_equal(be16_at(&b.d, v, 8), 0);
    assert_true(b.d.sealed);
    say(&b.d, "after %u", 1u);
    say_z(&b.d, "after");
    seal(&b.d);
    assert_int_equal(b.d.link_header_len, 0);
    assert_text(&b.out, "before [|test]");
    assert_false(repeat(&b.d, 0, 5));
}

static void bytes_that_are_not_there_are_zeros(void **state)
{
    struct bench b;
    start(&b);
    const u8 *p = bytes_at(&b.d, view_over(bytes, 9, 9), 1, BYTES_AT_MAX);
    for (int i = 0; i < BYTES_AT_MAX; i++)
        assert_int_equal(p[i], 0);
    assert_true(b.d.sealed);
}

static void a_say_is_shown_whole_or_not_at_all(void **state)
{
    struct bench b;
    start(&b);
    say(&b.d, "value %u", u8_at(&b.d, view_over(bytes, 0, 9), 0));
    assert_text(&b.out, " [|test]");
}

/* The fields of a packet, and values among them; places that are not there withdraw all of it. */
static void places_are_read_by_the_format(void **state)
{
    struct bench b;
    struct view v = view_over(bytes, 9, 9);

    start(&b);
    say_at(&b.d, v, "%lu %lx %s %02lx %u %#lx ", AT_U8(0), AT_BE16(1), "text", AT_BE24(0), 7u,
           AT_LE32(5));
    say_at(&b.d, v, "%4lu,%-3ld|%lu %pI4 %pM", AT_LE16(0), AT_U8(8), AT_BE32(5), AT_ADDRESS(5),
           AT_ADDRESS(0));
    assert_text(&b.out, "1 203 text 10203 7 0x9080706  513,9  |101124105 6.7.8.9 01:02:03:04:05:06");
    say_at(&b.d, v, "first %lu then %lu", AT_U8(0), AT_BE16(8));
    assert_true(b.d.sealed);
    assert_text(&b.out, "1 203 text 10203 7 0x9080706  513,9  |101124105 6.7.8.9 01:02:03:04:05:06"
                        " [|test]");

    start(&b);
    say_at(&b.d, v, "%lu", AT_U8(0xffffffffU));
    assert_text(&b.out, " [|test]");

    start(&b);
    say(&b.d, "before");
    group(&b.d);
    say(&b.d, "held");
    say_at(&b.d, v, " %lu", AT_U8(0));
    say_at(&b.d, v, " %pI6", AT_ADDRESS(0));
    group_end(&b.d);
    assert_text(&b.out, "before [|test]");
}

static void a_group_is_withdrawn_by_a_seal(void **state)
{
    struct bench b;
    start(&b);
    say(&b.d, "kept,");
    group(&b.d);
    say(&b.d, " first");
    group_end(&b.d);
    group(&b.d);
    say(&b.d, " second");
    u8_at(&b.d, view_over(bytes, 0, 0), 0);
    group_end(&b.d);
    assert_text(&b.out, "kept, first [|test]");
}

static void names_and_flags(void **state)
{
    NAMES(table, (1, "one") (4, "four"));
    static const char *const dense[] = { "zero", NULL, "two" };
    struct bench b;
    start(&b);
    assert_string_equal(name_of(&b.d, &table.names, 4, "?"), "four");
    assert_string_equal(name_of(&b.d, &table.names, 2, "Unknown (%u)"), "Unknown (2)");
    assert_string_equal(name_of(&b.d, &table.names, 0xab, "0x%04x"), "0x00ab");
    assert_null(name_find(&table.names, 2));
    assert_string_equal(name_in(&b.d, dense, 3, 2, "?"), "two");
    assert_string_equal(name_in(&b.d, dense, 3, 1, "#%u"), "#1");
    assert_string_equal(name_in(&b.d, dense, 3, 3, "#%u"), "#3");
    assert_string_equal(flags_of(&b.d, &table.names, 5, ", ", "none"), "one, four");
    assert_string_equal(flags_of(&b.d, &table.names, 2, ", ", "0x%02x"), "0x02");
    for (int i = 0; i < 1000; i++) /* scratch runs out, nothing breaks */
        assert_string_equal(name_of(&b.d, &table.names, 77, "Unknown type %u"), "Unknown type 77");
}

static void tables_take_the_narrowest_values(void **state)
{
    NAMES(octets, (0xff, "last") (0, "first"));
    NAMES(words, (0x100, "word") (1, ""));
    NAMES(longs, (7, "seven") (0x10000, "long") (0xffffffff, "all") (7, "never"));
    assert_int_equal(octets.names.width, 1);
    assert_int_equal(words.names.width, 2);
    assert_int_equal(longs.names.width, 4);
    assert_int_equal(longs.names.rows, 4);
    assert_string_equal(name_find(&octets.names, 0xff), "last");
    assert_string_equal(name_find(&octets.names, 0), "first");
    assert_null(name_find(&octets.names, 0x1ff));
    assert_string_equal(name_find(&words.names, 0x100), "word");
    assert_string_equal(name_find(&words.names, 1), "");
    assert_string_equal(name_find(&longs.names, 0xffffffff), "all");
    assert_string_equal(name_find(&longs.names, 7), "seven"); /* the first of equal rows */
    assert_int_equal(names_value(&longs.names, 1), 0x10000);
    assert_string_equal(names_text(&longs.names, 3), "never");
    assert_null(name_find(&no_names, 0));
}

static void text_of_packets_is_made_visible(void **state)
{
    static const u8 odd[] = { 'a', 0, 0x1b, 0x7f, 0x80, 0xff };
    struct bench b;
    start(&b);
    assert_true(say_visible(&b.d, view_over(odd, 6, 6)));
    say_z(&b.d, " ");
    assert_true(say_until_nul(&b.d, view_over(odd, 6, 9)));
    say_z(&b.d, " ");
    assert_false(say_escaped(&b.d, view_over(odd, 3, 4)));
    assert_text(&b.out, "a^@^[^?M-^@M-^? a a\\0x00\\0x1b");
}

static void dumps_have_the_reference_shape(void **state)
{
    struct bench b;
    u8 twenty[20];
    for (u8 i = 0; i < 20; i++)
        twenty[i] = (u8)(0x1e + i);
    start(&b);
    hexdump(&b.out, "\n\t", view_over(twenty, 19, 19));
    hexdump_ascii(&b.out, "\n\t", view_over(twenty, 20, 20));
    assert_text(&b.out, "\n\t0x0000:  1e1f 2021 2223 2425 2627 2829 2a2b 2c2d"
                        "\n\t0x0010:  2e2f 30"
                        "\n\t0x0000:  1e1f 2021 2223 2425 2627 2829 2a2b 2c2d  ...!\"#$%&'()*+,-"
                        "\n\t0x0010:  2e2f 3031                                ./01");
    start(&b);
    asciidump(&b.out, view_over("a\tb\r\nc\rd\x1b", 9, 9));
    assert_text(&b.out, "\na\tb\nc.d.");
}

static i32 two_hours_east(void *calls, i64 seconds)
{
    (void)seconds;
    ++*(int *)calls;
    return 7200;
}

static void offsets_grow_as_they_must(void **state)
{
    static const u8 zeros[17] = { 0 };
    struct bench b;
    start(&b);
    hexdump_from(&b.out, "\n", view_over(zeros, 17, 17), 0xfff0);
    hexdump_from(&b.out, "\n", view_over(zeros, 1, 1), 0x123456);
    assert_text(&b.out, "\n0xfff0:  0000 0000 0000 0000 0000 0000 0000 0000\n0x10000:  00"
                        "\n0x123456:  00");
}

static void time_stamps_in_all_styles(void **state)
{
    const i64 first = 1700000000123456789, second = first + 61000000001;
    static const struct {
        enum time_style style;
        bool nano;
        const char *want;
    } cases[] = {
        { TIME_OF_DAY, false, "00:13:20.123456 00:14:21.123456 " },
        { TIME_OF_DAY, true, "00:13:20.123456789 00:14:21.123456790 " },
        { TIME_NONE, false, "" },
        { TIME_SECONDS, false, "1700000000.123456 1700000061.123456 " },
        { TIME_DELTA, false, " 00:00:00.000000  00:01:01.000000 " },
        { TIME_DELTA, true, " 00:00:00.000000000  00:01:01.000000001 " },
        { TIME_DATE, false, "2023-11-15 00:13:20.123456 2023-11-15 00:14:21.123456 " },
        { TIME_SINCE_FIRST, false, " 00:00:00.000000  00:01:01.000000 " },
    };
    for (size_t i = 0; i < countof(cases); i++) {
        struct bench b;
        struct timestamps t = { 0 };
        int calls = 0;
        start(&b);
        b.opt.time = cases[i].style;
        b.opt.nanoseconds = cases[i].nano;
        b.opt.zone = (struct time_zone){ two_hours_east, &calls };
        timestamp_print(&t, &b.out, &b.opt, &(struct packet){ .ts_ns = first });
        timestamp_print(&t, &b.out, &b.opt, &(struct packet){ .ts_ns = second });
        assert_text(&b.out, cases[i].want);
    }
}

/* A whole second or more in the field of fractions, and a time that no packet can have. */
static void time_stamps_that_are_wrong(void **state)
{
    const struct packet carried = { .ts_ns = 1700000012123456789, .carried_s = 2 };
    const struct packet beyond = { .ts_ns = PACKET_TIME_BEYOND };
    static const struct {
        enum time_style style;
        bool nano;
        const char *want;
    } cases[] = {
        { TIME_OF_DAY, false, "22:13:30.2123456 [Error converting time] " },
        { TIME_OF_DAY, true, "22:13:30.2123456789 [Error converting time] " },
        { TIME_SECONDS, false, "1700000010.2123456 [Error converting time] " },
        { TIME_DELTA, false, " 00:00:00.000000  [Error converting time] " },
        { TIME_NONE, false, "" },
    };
    for (size_t i = 0; i < countof(cases); i++) {
        struct bench b;
        struct timestamps t = { 0 };
        start(&b);
        b.opt.time = cases[i].style;
        b.opt.nanoseconds = cases[i].nano;
        timestamp_print(&t, &b.out, &b.opt, &carried);
        timestamp_print(&t, &b.out, &b.opt, &beyond);
        assert_text(&b.out, cases[i].want);
    }
}

static void local_time_is_asked_for_once_a_minute(void **state)
{
    struct bench b;
    struct timestamps t = { 0 };
    int calls = 0;
    start(&b);
    b.opt.zone = (struct time_zone){ two_hours_east, &calls };
    for (i64 second = 0; second < 120; second++)
        timestamp_print(&t, &b.out, &b.opt, &(struct packet){ .ts_ns = second * 1000000000 });
    assert_int_equal(calls, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers_know_both_orders),
        cmocka_unit_test(a_read_past_the_end_seals_the_text),
        cmocka_unit_test(bytes_that_are_not_there_are_zeros),
        cmocka_unit_test(a_say_is_shown_whole_or_not_at_all),
        cmocka_unit_test(places_are_read_by_the_format),
        cmocka_unit_test(a_group_is_withdrawn_by_a_seal),
        cmocka_unit_test(names_and_flags),
        cmocka_unit_test(tables_take_the_narrowest_values),
        cmocka_unit_test(text_of_packets_is_made_visible),
        cmocka_unit_test(dumps_have_the_reference_shape),
        cmocka_unit_test(offsets_grow_as_they_must),
        cmocka_unit_test(time_stamps_in_all_styles),
        cmocka_unit_test(time_stamps_that_are_wrong),
        cmocka_unit_test(local_time_is_asked_for_once_a_minute),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
