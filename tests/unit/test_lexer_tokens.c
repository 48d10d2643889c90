/* Tokens: what the longest reading is, where it stands, what it is worth, and what is refused. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "lexer/lexer.h"

static struct token next(struct lexer *l)
{
    struct token t;
    lex_next(l, &t);
    return t;
}

static struct token first(const char *text)
{
    struct diag diag = { .text = NULL };
    struct lexer l = lex_start(str_of(text), &diag);
    return next(&l);
}

static void assert_token(const char *text, enum token_kind kind, u32 end)
{
    struct token t = first(text);
    if (t.kind != kind || t.at.end != end)
        fail_msg("%s: kind %d up to %u, expected %d up to %u", text, (int)t.kind, t.at.end, (int)kind, end);
}

static void keywords_are_sorted(void **state)
{
    for (size_t i = 1; lex_word_at(i) != NULL; i++)
        assert_true(strcmp(lex_word_at(i - 1), lex_word_at(i)) < 0);
    for (size_t i = 0; lex_word_at(i) != NULL; i++)
        assert_int_not_equal(first(lex_word_at(i)).kind, TOKEN_NAME);
}

static void longest_reading(void **state)
{
    assert_token("80", TOKEN_NUMBER, 2);
    assert_token("80-90", TOKEN_NAME, 5);
    assert_token("0x50 ", TOKEN_NUMBER, 4);
    assert_token("0x", TOKEN_NAME, 2);
    assert_token("10.1/8", TOKEN_IP4, 4);
    assert_token("1.2.3.4.5", TOKEN_NAME, 9);
    assert_token("1:2:3:4:5:6", TOKEN_MAC, 11);
    assert_token("1:2:3:4:5:6:7:8", TOKEN_IP6, 15);
    assert_token("a.b.c.d.e.f", TOKEN_MAC, 11);
    assert_token("0102.0304.0506", TOKEN_MAC, 14);
    assert_token("123456789012", TOKEN_MAC, 12);
    assert_token("0000000000017", TOKEN_NUMBER, 13);
    assert_token("::", TOKEN_IP6, 2);
    assert_token("fe80::1.2.3.4/64", TOKEN_IP6, 13);
    assert_token("::1:", TOKEN_IP6, 3);
    assert_token("0:4]", TOKEN_NUMBER, 1);
    assert_token("$a7", TOKEN_MAC8, 3);
    assert_token("tcp-syn|", TOKEN_NUMBER, 7);
    assert_token("tcp-synx", TOKEN_NAME, 8);
    assert_token("a-_-", TOKEN_NAME, 1);
    assert_token("\\tcp)", TOKEN_NAME, 4);
    assert_token("&&", TOKEN_AND, 2);
    assert_token("<<=", TOKEN_LSH, 2);
    assert_token(" \t\r\n", TOKEN_END, 4);
}

static void values(void **state)
{
    static const u8 mac[6] = { 1, 2, 0xab, 4, 5, 6 };
    static const u8 ip6[16] = { 0xfe, 0x80, [11] = 9, [12] = 1, 2, 3, 4 };

    assert_int_equal(first("0120").number, 80);
    assert_int_equal(first("4294967295").number, 4294967295u);
    assert_int_equal(first("tcp-syn").number, 2);
    assert_int_equal(first("10.1").number, 0x0a010000);
    assert_int_equal(first("10.1").parts, 2);
    assert_int_equal(first("10.1.2.255").parts, 4);
    assert_int_equal(first("10.1.2.256").parts, 0); /* looks like an address, and is none */
    assert_int_equal(first("$e").number, 14);
    assert_memory_equal(first("1-2-aB-4-5-6").bytes, mac, 6);
    assert_memory_equal(first("0102ab040506").bytes, mac, 6);
    assert_memory_equal(first("fe80::9:1.2.3.4").bytes, ip6, 16);
    assert_int_equal(first("\\tcp").text.len, 3);
    assert_int_equal(first("length").word, WORD_LEN);
}

static void refusals(void **state)
{
    static const char *const bad[] = {
        "08", "0x100000000", "4294967296", "@", "_a", "\\", "\x80", "\x01", "$g",
    };
    for (size_t i = 0; i < countof(bad); i++) {
        struct diag diag = { .text = NULL };
        struct lexer l = lex_start(str_of(bad[i]), &diag);
        struct token t = next(&l);
        assert_int_equal(t.kind, TOKEN_ERROR);
        assert_true(diag.set);
        assert_int_equal(next(&l).kind, TOKEN_ERROR);
    }
}

static void any_bytes(void **state)
{
    enum { N = 1 << 20 };
    char *digits = malloc(N);
    struct diag diag = { .text = NULL };
    struct lexer l = lex_start(str_make("tcp\0udp", 7), &diag);

    assert_int_equal(next(&l).word, WORD_TCP);
    assert_int_equal(next(&l).kind, TOKEN_ERROR);
    assert_int_equal(diag.at.beg, 3);

    memset(digits, '7', N);
    diag = (struct diag){ .text = NULL };
    l = lex_start(str_make(digits, N), &diag);
    assert_int_equal(next(&l).kind, TOKEN_ERROR);
    assert_true(diag.what.len < 100);
    free(digits);
}

static void nearest_words(void **state)
{
    assert_string_equal(lex_nearest(str_of("tpc")), "tcp");
    assert_string_equal(lex_nearest(str_of("TCP")), "tcp");
    assert_string_equal(lex_nearest(str_of("brodcast")), "broadcast");
    assert_null(lex_nearest(str_of("example.org")));
    assert_null(lex_nearest(str_of("x")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keywords_are_sorted), cmocka_unit_test(longest_reading), cmocka_unit_test(values),
        cmocka_unit_test(refusals),            cmocka_unit_test(any_bytes),
        cmocka_unit_test(nearest_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
