/* The sliding window: growth, ends and failures. */
#include "unit.h"

#include "array_stream.h"
#include "pcapfile/reader.h"

static u8 bytes[100000];

static void fill(void)
{
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (u8)(i * 31 + i / 256);
}

static void test_every_chunk_gives_the_same_bytes(void **state)
{
    static const size_t chunks[] = { 1, 2, 3, 7, 100, 4096, 0 };

    fill();
    for (size_t c = 0; c < countof(chunks); c++) {
        struct array_stream s = { .bytes = bytes, .len = 5000, .chunk = chunks[c] };
        struct counted_memory m = { 0 };
        struct reader r;
        size_t at = 0;
        assert_true(reader_open(&r, array_stream(&s), counted_memory(&m), 64));
        for (size_t n = 1; reader_need(&r, n); n = n % 60 + 1) {
            assert_memory_equal(r.at, bytes + at, n);
            reader_take(&r, n);
            at += n;
        }
        assert_memory_equal(r.at, bytes + at, reader_has(&r));
        assert_int_equal(at + reader_has(&r), 5000);
        assert_int_equal(r.failure, 0);
        assert_true(r.ended);
        assert_int_equal(r.size, 64);
        reader_close(&r);
        assert_int_equal(m.now, 0);
    }
}

static void test_a_large_record_makes_it_grow(void **state)
{
    fill();
    struct array_stream s = { .bytes = bytes, .len = sizeof bytes, .chunk = 1000 };
    struct counted_memory m = { 0 };
    struct reader r;
    assert_true(reader_open(&r, array_stream(&s), counted_memory(&m), 64));
    assert_true(reader_need(&r, 10));
    reader_take(&r, 10);
    assert_true(reader_need(&r, 50000));
    assert_memory_equal(r.at, bytes + 10, 50000);
    assert_int_equal(r.size, 50000);
    reader_close(&r);
}

static void test_a_lie_about_length_costs_no_memory(void **state)
{
    struct array_stream s = { .bytes = bytes, .len = 1000 };
    struct counted_memory m = { 0 };
    struct reader r;
    assert_true(reader_open(&r, array_stream(&s), counted_memory(&m), 64));
    assert_false(reader_need(&r, (size_t)1 << 30));
    assert_int_equal(reader_has(&r), 1000);
    assert_false(r.starved);
    assert_true(m.peak <= 2 * 1024);
    reader_close(&r);
}

static void test_lack_of_memory_is_told(void **state)
{
    struct array_stream s = { .bytes = bytes, .len = sizeof bytes };
    struct counted_memory m = { .limit = 1000 };
    struct reader r;
    assert_true(reader_open(&r, array_stream(&s), counted_memory(&m), 512));
    assert_true(reader_need(&r, 512));
    assert_false(reader_need(&r, 2000));
    assert_true(r.starved);
    assert_false(reader_need(&r, 2000));
    reader_close(&r);

    struct counted_memory none = { .limit = 1 };
    assert_false(reader_open(&r, array_stream(&s), counted_memory(&none), 512));
    assert_true(r.starved);
    assert_false(reader_need(&r, 1));
    reader_close(&r);
}

static void test_failure_is_sticky_and_what_came_before_stays(void **state)
{
    fill();
    struct array_stream s = { .bytes = bytes, .len = 100, .chunk = 30, .failure = -5 };
    struct counted_memory m = { 0 };
    struct reader r;
    assert_true(reader_open(&r, array_stream(&s), counted_memory(&m), 512));
    assert_true(reader_need(&r, 90));
    assert_false(reader_need(&r, 101));
    assert_int_equal(r.failure, -5);
    assert_int_equal(reader_has(&r), 100);
    assert_true(reader_need(&r, 100));
    assert_memory_equal(r.at, bytes, 100);
    assert_false(reader_need(&r, 101)); /* array_read() would abort if it were asked again */
    reader_close(&r);
}

static void test_shown_bytes_are_the_same(void **state)
{
    static const size_t chunks[] = { 1, 7, 100, 4096 };

    fill();
    for (size_t c = 0; c < countof(chunks); c++) {
        struct array_stream s = { .bytes = bytes, .len = 5000, .chunk = chunks[c] };
        struct counted_memory m = { 0 };
        struct reader r;
        size_t at = 0;
        assert_true(reader_open(&r, array_shown(&s), counted_memory(&m), 64));
        assert_true(reader_need(&r, 1)); /* what was read before goes first */
        r.looks = true;
        for (size_t n = 1; reader_need(&r, n); n = n % 60 + 1) {
            assert_memory_equal(r.at, bytes + at, n);
            reader_take(&r, n);
            at += n;
        }
        assert_int_equal(at + reader_has(&r), 5000);
        assert_memory_equal(r.at, bytes + at, reader_has(&r));
        reader_take(&r, reader_has(&r));
        r.ended = false;
        assert_false(reader_need(&r, 1)); /* nothing is shown, and the window stays where it was */
        assert_ptr_equal(r.at, bytes + 5000);
        assert_int_equal(reader_has(&r), 0);
        assert_int_equal(r.failure, 0);
        assert_true(r.ended);
        reader_close(&r);
        assert_int_equal(m.now, 0);
    }
}

static void test_what_was_shown_outlives_a_failure(void **state)
{
    fill();
    struct array_stream s = { .bytes = bytes, .len = 100, .chunk = 30, .failure = -5 };
    struct counted_memory m = { 0 };
    struct reader r;
    assert_true(reader_open(&r, array_shown(&s), counted_memory(&m), 512));
    r.looks = true;
    assert_true(reader_need(&r, 90));
    assert_false(reader_need(&r, 101));
    assert_int_equal(r.failure, -5);
    assert_memory_equal(r.at, bytes, reader_has(&r));
    assert_true(reader_need(&r, 90));
    reader_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_chunk_gives_the_same_bytes),
        cmocka_unit_test(test_a_large_record_makes_it_grow),
        cmocka_unit_test(test_a_lie_about_length_costs_no_memory),
        cmocka_unit_test(test_lack_of_memory_is_told),
        cmocka_unit_test(test_failure_is_sticky_and_what_came_before_stays),
        cmocka_unit_test(test_shown_bytes_are_the_same),
        cmocka_unit_test(test_what_was_shown_outlives_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
