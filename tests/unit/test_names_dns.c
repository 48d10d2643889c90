/* DNS messages: questions as RFC 1035 draws them, answers honest and hostile. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "names/dns.h"

/* A message that grows. */
struct message {
    u8 bytes[2048];
    u32 n;
};

static void put(struct message *m, const void *bytes, u32 n)
{
    assert_true(m->n + n <= sizeof m->bytes);
    memcpy(m->bytes + m->n, bytes, n);
    m->n += n;
}

static void put16(struct message *m, u16 value)
{
    u8 bytes[2];
    store_be16(bytes, value);
    put(m, bytes, 2);
}

static void put_name(struct message *m, const char *name)
{
    struct str rest = str_of(name);
    while (rest.len > 0) {
        struct str label = str_cut(&rest, '.');
        u8 length = (u8)label.len;
        put(m, &length, 1);
        put(m, label.p, length);
    }
    put(m, "", 1);
}

static void put_record(struct message *m, const char *owner, u16 type, const void *data, u16 n)
{
    put_name(m, owner);
    put16(m, type);
    put16(m, 1);
    put16(m, 0);
    put16(m, 60);
    put16(m, n);
    put(m, data, n);
}

static struct view whole(const struct message *m)
{
    return view_over(m->bytes, m->n, m->n);
}

/* The question, and an answer to it that has its header, the question and no records yet. */
static void begin(struct message *query, struct message *answer, const char *name,
                  enum dns_type type)
{
    query->n = (u32)dns_ask(query->bytes, 0x1234, str_of(name), type);
    assert_true(query->n > 0);
    *answer = *query;
    store_be16(answer->bytes + 2, 0x8180);
}

static void set_answers(struct message *m, u16 n)
{
    store_be16(m->bytes + 6, n);
}

static void a_question_is_spelt_as_in_the_rfc(void **state)
{
    static const u8 expected[] = { 0xab, 0xcd, 1,   0,   0,   1,   0,  0,   0,   0,
                                   0,    0,    3,   'w', 'w', 'w', 7,  'e', 'x', 'a',
                                   'm',  'p',  'l', 'e', 0,   0,   28, 0,   1 };
    u8 to[DNS_QUERY_MAX];

    assert_int_equal(dns_ask(to, 0xabcd, str_of("www.example"), DNS_AAAA), sizeof expected);
    assert_memory_equal(to, expected, sizeof expected);
    assert_int_equal(dns_ask(to, 0xabcd, str_of("www.example."), DNS_AAAA), sizeof expected);
}

static void names_that_dns_cannot_ask_for(void **state)
{
    char long_label[70], long_name[300];
    u8 to[DNS_QUERY_MAX];

    memset(long_label, 'a', 64);
    long_label[64] = '\0';
    for (size_t i = 0; i < sizeof long_name; i++)
        long_name[i] = i % 2 == 0 ? 'a' : '.';
    assert_int_equal(dns_ask(to, 1, str_of(""), DNS_A), 0);
    assert_int_equal(dns_ask(to, 1, str_of("."), DNS_A), 0);
    assert_int_equal(dns_ask(to, 1, str_of("a..b"), DNS_A), 0);
    assert_int_equal(dns_ask(to, 1, str_of(long_label), DNS_A), 0);
    assert_int_equal(dns_ask(to, 1, str_make(long_label, 63), DNS_A), 12 + 65 + 4);
    assert_int_equal(dns_ask(to, 1, str_make(long_name, 299), DNS_A), 0);
    assert_true(dns_ask(to, 1, str_make(long_name, 253), DNS_A) <= DNS_QUERY_MAX);
}

static void names_of_addresses(void **state)
{
    static const u8 v4[4] = { 192, 0, 2, 10 };
    static const u8 v6[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 0x1f };
    char to[DNS_NAME_MAX];
    size_t n = dns_reverse_name(to, v4, 4);

    assert_true(str_equal(str_make(to, n), str_of("10.2.0.192.in-addr.arpa")));
    n = dns_reverse_name(to, v6, 16);
    assert_true(str_equal(str_make(to, n), str_of("f.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
                                                  "8.b.d.0.1.0.0.2.ip6.arpa")));
}

static void addresses_are_collected_along_aliases(void **state)
{
    static const u8 one[4] = { 192, 0, 2, 1 }, two[4] = { 192, 0, 2, 2 }, other[4] = { 9, 9, 9, 9 };
    struct message query, answer;
    struct resolved found[4];
    u32 count = 0;

    begin(&query, &answer, "www.Example", DNS_A);
    put_record(&answer, "real.example", DNS_A, one, 4);
    put_record(&answer, "other.example", DNS_A, other, 4);
    put_record(&answer, "WWW.example", DNS_CNAME, "\4real\7example", 14);
    put_record(&answer, "real.example", DNS_A, two, 4);
    set_answers(&answer, 4);
    assert_int_equal(dns_addresses(whole(&answer), whole(&query), found, 4, &count), DNS_FOUND);
    assert_int_equal(count, 2);
    assert_memory_equal(found[0].bytes, one, 4);
    assert_memory_equal(found[1].bytes, two, 4);
    assert_int_equal(dns_addresses(whole(&answer), whole(&query), found, 1, &count), DNS_FOUND);
    assert_int_equal(count, 1);
}

static void aliases_in_a_circle_end(void **state)
{
    struct message query, answer;
    struct resolved found[4];
    u32 count = 7;

    begin(&query, &answer, "a", DNS_A);
    put_record(&answer, "a", DNS_CNAME, "\1b", 3);
    put_record(&answer, "b", DNS_CNAME, "\1a", 3);
    set_answers(&answer, 2);
    assert_int_equal(dns_addresses(whole(&answer), whole(&query), found, 4, &count), DNS_FOUND);
    assert_int_equal(count, 0);
}

static void what_is_no_answer_to_the_question(void **state)
{
    struct message query, answer;
    struct resolved found[4];
    u32 count;

    begin(&query, &answer, "a.example", DNS_A);
    answer.bytes[1] ^= 1; /* id */
    assert_int_equal(dns_addresses(whole(&answer), whole(&query), found, 4, &count), DNS_OTHER);
    begin(&query, &answer, "a.example", DNS_A);
    answer.bytes[2] &= 0x7f; /* a question itself */
    assert_int_equal(dns_addresses(whole(&answer), whole(&query), found, 4, &count), DNS_OTHER);
    begin(&query, &answer, "a.example", DNS_A);
    answer.bytes[13] = 'b'; /* another name */
    assert_int_equal(dns_addresses(whole(&answer), whole(&query), found, 4, &count), DNS_OTHER);
    begin(&query, &answer, "a.example", DNS_A);
    answer.bytes[answer.n - 3] = DNS_AAAA; /* another type */
    assert_int_equal(dns_addresses(whole(&answer), whole(&query), found, 4, &count), DNS_OTHER);
}

static void what_servers_say_instead(void **state)
{
    static const struct {
        u16 flags;
        enum dns_result result;
    } rows[] = { { 0x8183, DNS_UNKNOWN },
                 { 0x8182, DNS_FAILED },
                 { 0x8185, DNS_FAILED },
                 { 0x8380, DNS_TRUNCATED } };
    struct message query, answer;
    struct resolved found[4];
    u32 count;

    for (size_t i = 0; i < countof(rows); i++) {
        begin(&query, &answer, "a.example", DNS_A);
        store_be16(answer.bytes + 2, rows[i].flags);
        assert_int_equal(dns_addresses(whole(&answer), whole(&query), found, 4, &count),
                         rows[i].result);
    }
}

/* An answer with one PTR record, whose data are given. */
static enum dns_result pointer(const void *data, u16 n, char *name, size_t *length)
{
    struct message query, answer;

    begin(&query, &answer, "1.2.0.192.in-addr.arpa", DNS_PTR);
    put_record(&answer, "1.2.0.192.in-addr.arpa", DNS_PTR, data, n);
    set_answers(&answer, 1);
    return dns_pointer(whole(&answer), whole(&query), name, length);
}

static void the_name_of_an_address(void **state)
{
    char name[DNS_NAME_MAX];
    size_t n;

    assert_int_equal(pointer("\4Host\7Example", 14, name, &n), DNS_FOUND);
    assert_true(str_equal(str_make(name, n), str_of("Host.Example")));
    /* 0xc00c: what was asked for */
    assert_int_equal(pointer("\1x\xc0\x0c", 4, name, &n), DNS_FOUND);
    assert_true(str_equal(str_make(name, n), str_of("x.1.2.0.192.in-addr.arpa")));
    assert_int_equal(pointer("", 1, name, &n), DNS_FOUND);
    assert_int_equal(n, 0);
}

static void names_that_a_terminal_would_obey_are_none(void **state)
{
    char name[DNS_NAME_MAX];
    size_t n;

    assert_int_equal(pointer("\4a\033[m", 6, name, &n), DNS_FOUND);
    assert_int_equal(n, 0);
    assert_int_equal(pointer("\3a b", 5, name, &n), DNS_FOUND);
    assert_int_equal(n, 0);
}

static void pointers_lead_backwards_only(void **state)
{
    struct message query, answer;
    char name[DNS_NAME_MAX];
    size_t n;

    assert_int_equal(pointer("\xc0\xff", 2, name, &n), DNS_FAILED); /* beyond the end */
    assert_int_equal(pointer("\xc0", 1, name, &n), DNS_FAILED);
    begin(&query, &answer, "a", DNS_PTR);
    u32 at = answer.n + 3 + 10; /* where the data will be: the pointer leads to itself */
    u8 self[2] = { (u8)(0xc0 | at >> 8), (u8)at };
    put_record(&answer, "a", DNS_PTR, self, 2);
    set_answers(&answer, 1);
    assert_int_equal(dns_pointer(whole(&answer), whole(&query), name, &n), DNS_FAILED);
}

static void a_name_longer_than_a_name_may_be(void **state)
{
    char name[DNS_NAME_MAX];
    u8 data[5 * 64 + 1];
    size_t n;

    memset(data, 'a', sizeof data);
    for (size_t i = 0; i < 5; i++)
        data[i * 64] = 63;
    data[5 * 64] = 0;
    assert_int_equal(pointer(data, sizeof data, name, &n), DNS_FAILED);
}

static void every_cut_and_every_broken_byte_is_survived(void **state)
{
    static const u8 one[4] = { 192, 0, 2, 1 };
    struct message query, answer;
    char name[DNS_NAME_MAX];
    struct resolved found[4];
    u32 count;
    size_t n;

    begin(&query, &answer, "www.example", DNS_A);
    put_record(&answer, "www.example", DNS_CNAME, "\1a\xc0\x10", 4);
    put_record(&answer, "a.example", DNS_A, one, 4);
    set_answers(&answer, 2);
    for (u32 cut = 0; cut <= answer.n; cut++) {
        /* A copy of exactly that size, so that a sanitizer sees what lies behind. */
        u8 *copy = malloc(cut + (cut == 0));
        assert_non_null(copy);
        memcpy(copy, answer.bytes, cut);
        struct view v = view_over(copy, cut, cut);
        enum dns_result result = dns_addresses(v, whole(&query), found, 4, &count);
        assert_int_equal(result == DNS_FOUND, cut == answer.n);
        dns_pointer(v, whole(&query), name, &n);
        free(copy);
    }
    for (u32 at = 12; at < answer.n; at++) {
        for (int value = 0; value < 256; value++) {
            struct message broken = answer;
            broken.bytes[at] = (u8)value;
            dns_addresses(whole(&broken), whole(&query), found, 4, &count);
            assert_true(count <= 4);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_is_spelt_as_in_the_rfc),
        cmocka_unit_test(names_that_dns_cannot_ask_for),
        cmocka_unit_test(names_of_addresses),
        cmocka_unit_test(addresses_are_collected_along_aliases),
        cmocka_unit_test(aliases_in_a_circle_end),
        cmocka_unit_test(what_is_no_answer_to_the_question),
        cmocka_unit_test(what_servers_say_instead),
        cmocka_unit_test(the_name_of_an_address),
        cmocka_unit_test(names_that_a_terminal_would_obey_are_none),
        cmocka_unit_test(pointers_lead_backwards_only),
        cmocka_unit_test(a_name_longer_than_a_name_may_be),
        cmocka_unit_test(every_cut_and_every_broken_byte_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
