/* Time, checksums, hashes and link types. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "base/checksum.h"
#include "base/hash.h"
#include "base/linktype.h"
#include "base/time.h"

static void civil_time_is_the_librarys(void **state)
{
    srand(1);
    for (int i = 0; i < 20000; i++) {
        i64 seconds = ((i64)rand() << 6 ^ rand()) % 500000000000 - 200000000000;
        time_t t = seconds;
        struct tm tm;
        tm = *gmtime(&t);
        struct civil c = civil_from_seconds(seconds);
        assert_int_equal(c.year, tm.tm_year + 1900);
        assert_int_equal(c.month, tm.tm_mon + 1);
        assert_int_equal(c.day, tm.tm_mday);
        assert_int_equal(c.hour, tm.tm_hour);
        assert_int_equal(c.minute, tm.tm_min);
        assert_int_equal(c.second, tm.tm_sec);
        assert_int_equal(c.weekday, tm.tm_wday);
        assert_int_equal(c.yearday, tm.tm_yday);
    }
}

static void seconds_are_rounded_down(void **state)
{
    u32 fraction;
    assert_int_equal(seconds_from_ns(-1, &fraction), -1);
    assert_int_equal(fraction, 999999999);
    assert_int_equal(seconds_from_ns(1500000000, &fraction), 1);
    assert_int_equal(fraction, 500000000);
    assert_int_equal(seconds_from_ns(INT64_MIN, &fraction), -9223372037);
    assert_int_equal(fraction, 145224192);
}

/* RFC 1071, straight from its definition. */
static u16 slow_checksum(const u8 *p, size_t n)
{
    u32 sum = 0;
    for (size_t i = 0; i + 1 < n; i += 2)
        sum += load_be16(p + i);
    if (n % 2 != 0)
        sum += (u32)p[n - 1] << 8;
    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    return (u16)~sum;
}

static void checksums_of_all_lengths(void **state)
{
    u8 bytes[300];
    srand(2);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (u8)rand();
    for (u32 n = 0; n <= sizeof bytes; n++) {
        struct checksum whole = { 0 }, parts = { 0 };
        checksum_add(&whole, view_over(bytes, n, n));
        assert_int_equal(checksum_end(&whole), slow_checksum(bytes, n));
        u32 head = n / 2 & ~1u;
        checksum_add(&parts, view_over(bytes, head, head));
        checksum_add(&parts, view_over(bytes + head, n - head, n - head));
        assert_int_equal(checksum_end(&parts), slow_checksum(bytes, n));
    }
    memset(bytes, 0xff, sizeof bytes);
    struct checksum c = { 0 };
    checksum_add(&c, view_over(bytes, 300, 300));
    assert_int_equal(checksum_end(&c), 0);
}

static void hashes_depend_on_every_byte_and_the_seed(void **state)
{
    u8 bytes[20] = { 0 };
    u64 base = hash_bytes(bytes, sizeof bytes, 1);
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = 1;
        assert_true(hash_bytes(bytes, sizeof bytes, 1) != base);
        bytes[i] = 0;
    }
    assert_true(hash_bytes(bytes, sizeof bytes, 2) != base);
    assert_true(hash_bytes(bytes, sizeof bytes - 1, 1) != base);
}

static void link_types_are_sorted_and_found(void **state)
{
    const struct linktype_info *row, *before = NULL;
    size_t n = 0;
    for (; (row = linktype_row(n)) != NULL; n++, before = row) {
        assert_ptr_equal(linktype_info(row->number), row);
        assert_ptr_equal(linktype_by_name(str_of(row->name)), row);
        assert_true(strlen(row->text) > 0);
        if (before != NULL)
            assert_true(before->number < row->number);
    }
    assert_true(n > 150);
    assert_int_equal(linktype_by_name(str_of("dlt_en10mb"))->number, LINKTYPE_EN10MB);
    assert_int_equal(linktype_by_name(str_of("i2c_linux"))->number, LINKTYPE_IPMB_LINUX);
    assert_null(linktype_by_name(str_of("DLT_")));
    assert_null(linktype_info(65535));
    assert_int_equal(linktype_from_file(12), LINKTYPE_RAW);
    assert_int_equal(linktype_from_file(101), LINKTYPE_RAW);
    assert_int_equal(linktype_from_file(60000), 60000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(civil_time_is_the_librarys),
        cmocka_unit_test(seconds_are_rounded_down),
        cmocka_unit_test(checksums_of_all_lengths),
        cmocka_unit_test(hashes_depend_on_every_byte_and_the_seed),
        cmocka_unit_test(link_types_are_sorted_and_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
