/* Time, checksums, hashes and link types. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "base/checksum.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "base/linktype.h"
#include "base/md5.h"
#include "base/time.h"
#include "base/time_text.h"

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

#ifdef __GLIBC__ /* others know fewer conversions */
/* The C library's answer is the expected one; its locale is C until somebody asks for another. */
static void patterns_of_time_are_the_librarys(void **state)
{
    static const char *const patterns[] = {
        "%a %A %b %B %h", "%C|%d|%e|%j|%m|%u|%w", "%g %G-W%V %U %W %y %Y", "%H %I %k %l %M %p %P %S",
        "%c/%D/%F/%r/%R/%T/%x/%X", "%s%n%t%%", "%z %Z", "%-d %-H %_m %_j %-y %-Y %0e", "%EY %Od",
        "no conversion, 100%", "%Q|%i%",
    };
    /* Called so, no compiler takes a pattern that is no literal for a mistake. */
    size_t (*const format)(char *, size_t, const char *, const struct tm *) = strftime;
    static const char *const zones[] = { "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "XYZ+9:30" };

    srand(2);
    for (int i = 0; i < 20000; i++) {
        time_t t = ((time_t)rand() << 6 ^ rand()) % 8000000000 - 2000000000; /* 1906 to 2160 */
        if (sizeof(long) < sizeof t)
            t = (i32)t; /* as much as %s of a 32-bit library can tell */
        const char *pattern = patterns[i % (int)countof(patterns)];
        char expected[256], text[256];
        struct tm tm;
        struct out o = out_fixed(text, sizeof text - 1);
        setenv("TZ", zones[i / 7 % (int)countof(zones)], 1);
        tzset();
        localtime_r(&t, &tm);
        expected[format(expected, sizeof expected, pattern, &tm)] = '\0';
        out_time(&o, pattern, &(struct local_time){ t, (i32)tm.tm_gmtoff, tm.tm_zone });
        *o.pos = '\0';
        assert_string_equal(text, expected);
    }
}
#endif

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
        assert_ptr_equal(linktype_by_name(str_of(linktype_name(row))), row);
        assert_true(strlen(linktype_text(row)) > 0);
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

/* The suite of RFC 1321, section A.5, each text in two pieces at every place. */
static void md5_gives_the_digests_of_its_rfc(void **state)
{
    static const struct {
        const char *text;
        u32 words[4]; /* the digest, most significant byte first */
    } suite[] = {
        { "", { 0xd41d8cd9, 0x8f00b204, 0xe9800998, 0xecf8427e } },
        { "a", { 0x0cc175b9, 0xc0f1b6a8, 0x31c399e2, 0x69772661 } },
        { "abc", { 0x90015098, 0x3cd24fb0, 0xd6963f7d, 0x28e17f72 } },
        { "message digest", { 0xf96b697d, 0x7cb7938d, 0x525a2f31, 0xaaf161d0 } },
        { "abcdefghijklmnopqrstuvwxyz", { 0xc3fcd3d7, 0x6192e400, 0x7dfb496c, 0xca67e13b } },
        { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
          { 0xd174ab98, 0xd277d9f5, 0xa5611c2c, 0x9f419d9f } },
        { "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
          { 0x57edf4a2, 0x2be3c955, 0xac49da2e, 0x2107b67a } },
    };
    for (size_t i = 0; i < countof(suite); i++) {
        size_t n = strlen(suite[i].text);
        for (size_t at = 0; at <= n; at++) {
            struct md5 m = md5_start();
            u8 digest[MD5_LEN];
            md5_add(&m, suite[i].text, at);
            md5_add_view(&m, view_over(suite[i].text + at, (u32)(n - at), (u32)(n - at)));
            md5_end(&m, digest);
            for (u32 word = 0; word < 4; word++)
                assert_int_equal(load_be32(digest + 4 * word), suite[i].words[word]);
        }
    }
}

static void assert_float_is_printfs(u32 bits)
{
    char expected[128], text[128];
    const float value = float_from_bits(bits);
    /* Widening makes some processors (MIPS) forget the sign of what is not a number. */
    const double wide = copysign((double)value, bits >> 31 != 0 ? -1.0 : 1.0);

    for (int places = 0; places <= 12; places += 3) {
        struct out o = out_fixed(text, sizeof text - 1);
        out_float(&o, value, (u32)places);
        text[out_text(&o).len] = '\0';
        snprintf(expected, sizeof expected, "%.*f", places, wide);
        assert_string_equal(text, expected);
    }
    for (int digits = 1; digits <= 13; digits += 3) {
        struct out o = out_fixed(text, sizeof text - 1);
        out_float_short(&o, value, (u32)digits);
        text[out_text(&o).len] = '\0';
        snprintf(expected, sizeof expected, "%.*g", digits, wide);
        assert_string_equal(text, expected);
    }
}

static void floats_are_printfs(void **state)
{
    static const float plain[] = { 0,       1,       0.5F,      1.5F,    2.5F,
                                   0.0625F, 0.0005F, 999.9996F, 125e6F,  9.5F,
                                   1e10F,   1e9F,    1e-5F,     0.0001F, 3.4028235e38F };
    static const u32 odd[] = { 0x80000000, 0x00000001, 0x007fffff, 0x7f800000,
                               0xff800000, 0x7fc00000, 0xffc00000 };

    srand(1);
    for (size_t i = 0; i < countof(plain); i++) {
        u32 bits;
        memcpy(&bits, &plain[i], sizeof bits);
        assert_float_is_printfs(bits);
    }
    for (size_t i = 0; i < countof(odd); i++)
        assert_float_is_printfs(odd[i]);
    for (int i = 0; i < 20000; i++)
        assert_float_is_printfs((u32)rand() << 16 ^ (u32)rand());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(civil_time_is_the_librarys),
#ifdef __GLIBC__
        cmocka_unit_test(patterns_of_time_are_the_librarys),
#endif
        cmocka_unit_test(floats_are_printfs),
        cmocka_unit_test(md5_gives_the_digests_of_its_rfc),
        cmocka_unit_test(seconds_are_rounded_down),
        cmocka_unit_test(checksums_of_all_lengths),
        cmocka_unit_test(hashes_depend_on_every_byte_and_the_seed),
        cmocka_unit_test(link_types_are_sorted_and_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
