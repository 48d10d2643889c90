/* Arena, strings and views: the edges where they must say no. */
#include "unit.h"

#include "base/arena.h"
#include "base/str.h"
#include "base/view.h"

static void arena_gives_zeroed_aligned_memory(void **state)
{
    char block[256];
    memset(block, 0x55, sizeof block);
    struct arena a = arena_over(block + 1, sizeof block - 1);
    char *one = arena_new(&a, char, 1);
    u64 *many = arena_new(&a, u64, 4);
    assert_non_null(one);
    assert_int_equal(*one, 0);
    assert_int_equal((uintptr_t)many % _Alignof(u64), 0);
    for (int i = 0; i < 4; i++)
        assert_int_equal(many[i], 0);
}

static void arena_stays_full(void **state)
{
    char block[64];
    struct arena a = arena_over(block, sizeof block);
    assert_null(arena_take(&a, 1, sizeof block + 1));
    assert_true(a.full);
    assert_null(arena_take(&a, 1, 1));
}

static void arena_refuses_products_that_overflow(void **state)
{
    char block[64];
    struct arena a = arena_over(block, sizeof block);
    assert_null(arena_take(&a, SIZE_MAX / 2, 4));
    assert_true(a.full);
}

static void arena_rewinds(void **state)
{
    char block[64];
    struct arena a = arena_over(block, sizeof block);
    struct arena_mark mark = arena_mark(&a);
    char *first = arena_take(&a, 1, 32);
    arena_rewind(&a, mark);
    assert_ptr_equal(arena_take(&a, 1, 32), first);
}

static void numbers_are_read_whole_or_not_at_all(void **state)
{
    static const struct {
        const char *text;
        u64 max;
        bool ok;
        u64 value;
    } cases[] = {
        { "0", 0, true, 0 },
        { "18446744073709551615", UINT64_MAX, true, UINT64_MAX },
        { "18446744073709551616", UINT64_MAX, false, 0 },
        { "65536", 65535, false, 0 },
        { "65535", 65535, true, 65535 },
        { "10", 9, false, 0 },
        { "", 9, false, 0 },
        { "1x", 99, false, 0 },
        { "-1", 99, false, 0 },
        { " 1", 99, false, 0 },
        { "5", 3, false, 0 },
    };
    for (size_t i = 0; i < countof(cases); i++) {
        u64 value = 77;
        assert_int_equal(str_to_u64(str_of(cases[i].text), cases[i].max, &value), cases[i].ok);
        assert_int_equal(value, cases[i].ok ? cases[i].value : 77);
    }
}

static void strings_are_cut_and_trimmed(void **state)
{
    struct str rest = str_of("a,,b");
    assert_true(str_equal(str_cut(&rest, ','), str_of("a")));
    assert_true(str_equal(str_cut(&rest, ','), str_of("")));
    assert_true(str_equal(str_cut(&rest, ','), str_of("b")));
    assert_int_equal(rest.len, 0);
    assert_true(str_equal(str_trim(str_of(" \t x y\r\n")), str_of("x y")));
    assert_int_equal(str_trim(str_of(" \n ")).len, 0);
    assert_true(str_equal_nocase(str_of("EN10mb"), str_of("en10MB")));
    assert_false(str_equal_nocase(str_of("a["), str_of("a{")));
    assert_int_equal(str_from(str_of("abc"), 9).len, 0);
    assert_true(str_starts(str_of("abc"), str_of("")));
    assert_false(str_starts(str_of("ab"), str_of("abc")));
}

static void views_never_leave_their_bytes(void **state)
{
    static const u8 bytes[10];
    struct view v = view_over(bytes, 8, 100);
    assert_true(view_has(v, 0, 8));
    assert_false(view_has(v, 1, 8));
    assert_true(view_has(v, 8, 0));
    assert_false(view_has(v, 9, 0));
    assert_false(view_has(v, 4, UINT32_MAX - 2));
    assert_null(view_at(v, UINT32_MAX, 2));
    assert_ptr_equal(view_at(v, 8, 0), bytes + 8);
    assert_int_equal(view_byte(v, 8), -1);

    struct view tail = view_from(v, 50);
    assert_int_equal(tail.cap, 0);
    assert_int_equal(tail.len, 50);
    tail = view_from(v, 200);
    assert_int_equal(tail.len, 0);

    struct view clipped = view_clip(v, 4);
    assert_int_equal(clipped.cap, 4);
    assert_int_equal(clipped.len, 4);
    clipped = view_clip(v, 1000);
    assert_int_equal(clipped.cap, 8);
    assert_int_equal(clipped.len, 1000);
    assert_int_equal(view_offset(v, view_from(v, 3)), 3);
}

/* Each byte at each place, behind text of each length. */
static void plain_text_ends_at_the_first_odd_byte(void **state)
{
    u8 text[24];

    for (u32 n = 0; n <= sizeof text; n++) {
        for (u32 at = 0; at < n; at++) {
            for (u32 c = 0; c <= 0xff; c++) {
                memset(text, "a~!"[c % 3], sizeof text);
                text[at] = (u8)c;
                assert_int_equal(str_plain(text, n, ' '), c >= ' ' && c <= '~' ? n : at);
                assert_int_equal(str_plain(text, n, '!'), c > ' ' && c <= '~' ? n : at);
            }
        }
        memset(text, 0, sizeof text);
        assert_int_equal(str_plain(text, n, ' '), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_stays_full),
        cmocka_unit_test(arena_refuses_products_that_overflow),
        cmocka_unit_test(arena_rewinds),
        cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
        cmocka_unit_test(strings_are_cut_and_trimmed),
        cmocka_unit_test(views_never_leave_their_bytes),
        cmocka_unit_test(plain_text_ends_at_the_first_odd_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
