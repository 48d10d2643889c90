/* Deflate and gzip, on streams that are put together bit by bit. */
#include "unit.h"

#include "array_stream.h"
#include "pcapfile/gunzip.h"

/* Writes a deflate stream: plain numbers lowest bit first, Huffman codes highest bit first. */
struct bits {
    u8 to[4096];
    size_t count;
};

static void put(struct bits *b, u32 value, u32 n)
{
    for (u32 i = 0; i < n; i++, b->count++)
        b->to[b->count / 8] = (u8)(b->to[b->count / 8] | (value >> i & 1) << b->count % 8);
}

/* Enough input that nothing is cut short. */
static void put_zeroes(struct bits *b) { b->count += 64; }

static void put_code(struct bits *b, u32 code, u32 n)
{
    for (u32 i = n; i-- > 0;)
        put(b, code >> i & 1, 1);
}

static size_t bytes_of(const struct bits *b) { return (b->count + 7) / 8; }

/* RFC 1951, section 3.2.6. */
static void put_fixed(struct bits *b, u32 symbol)
{
    if (symbol < 144)
        put_code(b, 0x30 + symbol, 8);
    else if (symbol < 256)
        put_code(b, 0x190 + symbol - 144, 9);
    else if (symbol < 280)
        put_code(b, symbol - 256, 7);
    else
        put_code(b, 0xc0 + symbol - 280, 8);
}

static void begin_fixed(struct bits *b, bool last)
{
    put(b, last, 1);
    put(b, 1, 2);
}

/* A match in fixed codes whose length and distance need no more than the given extra bits. */
static void put_match(struct bits *b, u32 length_symbol, u32 distance_code, u32 extra, u32 extra_bits)
{
    put_fixed(b, length_symbol);
    put_code(b, distance_code, 5);
    put(b, extra, extra_bits);
}

static void put_stored(struct bits *b, bool last, const char *text)
{
    u32 n = (u32)strlen(text);
    put(b, last, 1);
    put(b, 0, 2);
    b->count = (b->count + 7) / 8 * 8;
    put(b, n, 16);
    put(b, ~n & 0xffff, 16);
    for (u32 i = 0; i < n; i++)
        put(b, (u8)text[i], 8);
}

static struct inflate inflate;

/* Decodes in pieces of `room` bytes out of pieces of `chunk`; the text goes to `to`. */
static enum inflate_result decode(const struct bits *b, size_t chunk, size_t room, char *to, size_t *n)
{
    struct array_stream s = { .bytes = b->to, .len = bytes_of(b), .chunk = chunk };
    enum inflate_result result = INFLATE_MORE;

    inflate_open(&inflate, array_stream(&s), NULL, 0);
    *n = 0;
    for (int calls = 0; result == INFLATE_MORE; calls++) {
        u8 piece[4096];
        size_t made = 0;
        assert_true(calls < 100000);
        result = inflate_run(&inflate, piece, room, &made);
        assert_true(made <= room);
        memcpy(to + *n, piece, made);
        *n += made;
    }
    return result;
}

static void check_decodes(const struct bits *b, const char *expected, size_t expected_len)
{
    static const size_t chunks[] = { 0, 1, 3 }, rooms[] = { 4096, 1, 2, 7, 300 };
    char text[100000];
    size_t n;

    for (size_t c = 0; c < countof(chunks); c++)
        for (size_t r = 0; r < countof(rooms); r++) {
            assert_int_equal(decode(b, chunks[c], rooms[r], text, &n), INFLATE_END);
            assert_int_equal(n, expected_len);
            assert_memory_equal(text, expected, n);
        }
}

static void check_fails(const struct bits *b, enum inflate_result expected)
{
    char text[100000];
    size_t n;

    assert_int_equal(decode(b, 0, 4096, text, &n), expected);
    assert_int_equal(decode(b, 1, 1, text, &n), expected);
}

static void test_stored(void **state)
{
    struct bits b = { .count = 0 };
    put_stored(&b, false, "hello, ");
    put_stored(&b, false, "");
    put_stored(&b, true, "world");
    check_decodes(&b, "hello, world", 12);

    struct bits wrong = { .count = 0 };
    put_stored(&wrong, true, "x");
    wrong.to[3] ^= 1;
    check_fails(&wrong, INFLATE_CORRUPT);
}

static void test_fixed(void **state)
{
    struct bits b = { .count = 0 };
    begin_fixed(&b, false);
    for (const char *p = "abc\xff"; *p != '\0'; p++)
        put_fixed(&b, (u8)*p);
    put_match(&b, 257, 3, 0, 0); /* three bytes from four back */
    put_match(&b, 285, 0, 0, 0); /* 258 copies of the last byte */
    put_fixed(&b, 256);
    put_stored(&b, false, "-");
    begin_fixed(&b, true);
    put_match(&b, 264, 4, 1, 1); /* ten bytes from six back */
    put_fixed(&b, 256);

    char expected[4 + 3 + 258 + 1 + 10 + 1] = "abc\xff" "abc";
    memset(expected + 7, 'c', 258);
    memcpy(expected + 265, "-ccccc-cccc", 11);
    check_decodes(&b, expected, sizeof expected - 1);
}

static void test_a_distance_may_reach_the_first_byte_and_no_further(void **state)
{
    struct bits good = { .count = 0 }, bad = { .count = 0 };
    begin_fixed(&good, true);
    put_fixed(&good, 'x');
    put_match(&good, 257, 0, 0, 0);
    put_fixed(&good, 256);
    check_decodes(&good, "xxxx", 4);

    begin_fixed(&bad, true);
    put_fixed(&bad, 'x');
    put_match(&bad, 257, 1, 0, 0);
    put_fixed(&bad, 256);
    check_fails(&bad, INFLATE_CORRUPT);
}

static void test_symbols_that_do_not_exist(void **state)
{
    struct bits length = { .count = 0 }, distance = { .count = 0 }, kind = { .count = 0 };
    begin_fixed(&length, true);
    put_fixed(&length, 'x');
    put_match(&length, 286, 0, 0, 0);
    put_zeroes(&length);
    check_fails(&length, INFLATE_CORRUPT);

    begin_fixed(&distance, true);
    put_fixed(&distance, 'x');
    put_match(&distance, 257, 30, 0, 0);
    put_zeroes(&distance);
    check_fails(&distance, INFLATE_CORRUPT);

    put(&kind, 7, 3);
    check_fails(&kind, INFLATE_CORRUPT);
}

static void test_every_truncation(void **state)
{
    struct bits b = { .count = 0 };
    begin_fixed(&b, false);
    put_fixed(&b, 'a');
    put_match(&b, 285, 0, 0, 0);
    put_fixed(&b, 256);
    put_stored(&b, true, "end");
    for (size_t n = 0; n < bytes_of(&b); n++) {
        struct bits cut = b;
        cut.count = n * 8;
        check_fails(&cut, INFLATE_TRUNCATED);
    }
}

/*
 * A dynamic block's header: the lengths of literal codes 0..literals-1, then of distances, each
 * written as one symbol of a code in which 0..15 have four bits and which needs no repeats.
 */
static void begin_dynamic(struct bits *b, const u8 *lengths, u32 literals, u32 distances)
{
    static const u8 order[19] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };
    put(b, 1, 1);
    put(b, 2, 2);
    put(b, literals - 257, 5);
    put(b, distances - 1, 5);
    put(b, 15, 4);
    for (u32 i = 0; i < 19; i++)
        put(b, order[i] < 16 ? 4 : 0, 3);
    for (u32 i = 0; i < literals + distances; i++)
        put_code(b, lengths[i], 4);
}

static void test_dynamic(void **state)
{
    u8 lengths[257 + 2] = { 0 };
    lengths['a'] = 1;
    lengths['b'] = 2;
    lengths[256] = 2;
    lengths[257] = lengths[258] = 0;
    struct bits b = { .count = 0 };
    begin_dynamic(&b, lengths, 257, 2);
    put_code(&b, 0, 1);
    put_code(&b, 2, 2);
    put_code(&b, 0, 1);
    put_code(&b, 3, 2);
    check_decodes(&b, "aba", 3);
}

/* Codes of every length up to 15, so that subtables are needed: 'a'+i has i+1 bits. */
static void test_long_codes(void **state)
{
    u8 lengths[257 + 1] = { 0 };
    for (u32 i = 0; i < 14; i++)
        lengths['a' + i] = (u8)(i + 1);
    lengths['a' + 14] = 15;
    lengths[256] = 15;
    struct bits b = { .count = 0 };
    begin_dynamic(&b, lengths, 257, 1);
    char expected[15 * 3 + 1] = "";
    for (u32 i = 0; i < 45; i++) {
        u32 symbol = i * 7 % 15;
        expected[i] = (char)('a' + symbol);
        put_code(&b, (1u << (symbol + 1)) - 2, symbol + 1);
    }
    put_code(&b, 0x7fff, 15);
    check_decodes(&b, expected, 45);
}

static void test_codes_that_are_none(void **state)
{
    u8 lengths[257 + 2] = { 0 };
    struct bits none = { .count = 0 }, crowded = { .count = 0 }, sparse = { .count = 0 };

    lengths['a'] = 1;
    begin_dynamic(&none, lengths, 257, 1); /* no end of block */
    put_zeroes(&none);
    check_fails(&none, INFLATE_CORRUPT);

    lengths['b'] = lengths[256] = 1;
    begin_dynamic(&crowded, lengths, 257, 1); /* three codes of one bit */
    put_zeroes(&crowded);
    check_fails(&crowded, INFLATE_CORRUPT);

    lengths['b'] = 0;
    lengths['a'] = lengths[256] = 2;
    begin_dynamic(&sparse, lengths, 257, 1); /* half of the codes unused */
    put_zeroes(&sparse);
    check_fails(&sparse, INFLATE_CORRUPT);
}

static void test_too_many_codes(void **state)
{
    struct bits b = { .count = 0 };
    put(&b, 1, 1);
    put(&b, 2, 2);
    put(&b, 30, 5); /* 287 literals */
    put(&b, 0, 9);
    put_zeroes(&b);
    check_fails(&b, INFLATE_CORRUPT);
}

static void test_repeats_out_of_place(void **state)
{
    /* in the code of lengths, only 16 ("the previous once more") and 18 ("zeroes") have one bit */
    for (u32 first = 0; first < 2; first++) {
        struct bits b = { .count = 0 };
        put(&b, 1, 1);
        put(&b, 2, 2);
        put(&b, 0, 5);
        put(&b, 0, 5);
        put(&b, 0, 4);
        put(&b, 1, 3); /* 16 */
        put(&b, 0, 3);
        put(&b, 1, 3); /* 18 */
        put(&b, 0, 3);
        if (first == 0) {
            put_code(&b, 0, 1); /* there is no previous one */
        } else {
            put_code(&b, 1, 1); /* 138 zeroes, and 138 more: past the end */
            put(&b, 127, 7);
            put_code(&b, 1, 1);
            put(&b, 127, 7);
        }
        put_zeroes(&b);
        check_fails(&b, INFLATE_CORRUPT);
    }
}

/* -- gzip */

static struct gunzip gunzip;

/* The member that gzip makes of "hello", stored. */
static const u8 hello[] = {
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 5, 0, 0xfa, 0xff, 'h', 'e', 'l', 'l', 'o',
    0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0,
};

/* What comes out, and in `*result` how it ends. */
static size_t unpack(const u8 *bytes, size_t n, size_t chunk, char *to, i64 *result)
{
    struct array_stream s = { .bytes = bytes, .len = n, .chunk = chunk };
    size_t made = 0;

    gunzip_open(&gunzip, array_stream(&s), NULL, 0);
    while ((*result = gunzip_read(&gunzip, to + made, 3)) > 0)
        made += (size_t)*result;
    assert_int_equal(gunzip_read(&gunzip, to + made, 3), *result); /* for good */
    return made;
}

static void test_gzip(void **state)
{
    char text[100];
    i64 result;

    assert_true(gunzip_recognises(hello, sizeof hello));
    assert_false(gunzip_recognises(hello, 2));
    for (size_t chunk = 0; chunk < 5; chunk++) {
        assert_int_equal(unpack(hello, sizeof hello, chunk, text, &result), 5);
        assert_memory_equal(text, "hello", 5);
        assert_int_equal(result, 0);
    }
}

static void test_gzip_members_and_padding(void **state)
{
    u8 two[2 * sizeof hello + 4] = { 0 };
    char text[100];
    i64 result;

    memcpy(two, hello, sizeof hello);
    memcpy(two + sizeof hello, hello, sizeof hello);
    assert_int_equal(unpack(two, sizeof two, 0, text, &result), 10);
    assert_memory_equal(text, "hellohello", 10);
    assert_int_equal(result, 0);

    two[2 * sizeof hello + 2] = 'x';
    assert_int_equal(unpack(two, sizeof two, 0, text, &result), 10);
    assert_int_equal(result, GUNZIP_TRAILING);
}

static void test_gzip_damage(void **state)
{
    char text[100];
    i64 result;

    for (size_t n = 0; n < sizeof hello; n++) {
        unpack(hello, n, 0, text, &result);
        assert_int_equal(result, GUNZIP_TRUNCATED);
    }
    for (size_t at = sizeof hello - 8; at < sizeof hello; at++) {
        u8 wrong[sizeof hello];
        memcpy(wrong, hello, sizeof hello);
        wrong[at] ^= 0x40;
        assert_int_equal(unpack(wrong, sizeof wrong, 0, text, &result), 5);
        assert_int_equal(result, GUNZIP_CHECKSUM);
    }
    for (i64 failure = GUNZIP_TRAILING; failure <= GUNZIP_TRUNCATED; failure++)
        assert_non_null(gunzip_explain(failure));
    assert_null(gunzip_explain(-5));
    assert_null(gunzip_explain(0));
}

static void test_gzip_passes_failures_through(void **state)
{
    struct array_stream s = { .bytes = hello, .len = sizeof hello - 10, .failure = -5 };
    char text[100];

    gunzip_open(&gunzip, array_stream(&s), NULL, 0);
    assert_int_equal(gunzip_read(&gunzip, text, sizeof text), 3);
    assert_int_equal(gunzip_read(&gunzip, text, sizeof text), -5);
    assert_int_equal(gunzip_read(&gunzip, text, sizeof text), -5);
}

/* What has arrived is handed out before the stream is asked for more. */
static void test_gzip_is_prompt(void **state)
{
    struct array_stream s = { .bytes = hello, .len = sizeof hello, .chunk = 18 };
    char text[100];

    gunzip_open(&gunzip, array_stream(&s), NULL, 0);
    assert_int_equal(gunzip_read(&gunzip, text, sizeof text), 3);
    assert_int_equal(s.calls, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stored),
        cmocka_unit_test(test_fixed),
        cmocka_unit_test(test_a_distance_may_reach_the_first_byte_and_no_further),
        cmocka_unit_test(test_symbols_that_do_not_exist),
        cmocka_unit_test(test_every_truncation),
        cmocka_unit_test(test_dynamic),
        cmocka_unit_test(test_long_codes),
        cmocka_unit_test(test_codes_that_are_none),
        cmocka_unit_test(test_too_many_codes),
        cmocka_unit_test(test_repeats_out_of_place),
        cmocka_unit_test(test_gzip),
        cmocka_unit_test(test_gzip_members_and_padding),
        cmocka_unit_test(test_gzip_damage),
        cmocka_unit_test(test_gzip_passes_failures_through),
        cmocka_unit_test(test_gzip_is_prompt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
