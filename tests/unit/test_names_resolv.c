/* /etc/resolv.conf: servers, options, and the order in which completed names are tried. */
#include "unit.h"

#include <string.h>

#include "names/resolv.h"

static void servers_and_options(void **state)
{
    struct resolv r;

    resolv_parse(
        &r, str_of("# comment\nnameserver 192.0.2.1\n; nameserver 192.0.2.2\nnameserver nonsense\n"
                   "nameserver fe80::1%eth0\noptions ndots:3 timeout:1 attempts:99 rotate\n"
                   "search a.example b.example\n"));
    assert_int_equal(r.server_count, 2);
    assert_int_equal(r.servers[0].length, 4);
    assert_int_equal(r.servers[1].length, 16);
    assert_true(str_equal(r.zones[1], str_of("eth0")));
    assert_int_equal(r.ndots, 3);
    assert_int_equal(r.timeout_s, 1);
    assert_int_equal(r.attempts, 5);
    assert_int_equal(r.domain_count, 2);
}

static void an_empty_file_asks_this_machine(void **state)
{
    static const u8 loopback[4] = { 127, 0, 0, 1 };
    struct resolv r;

    resolv_parse(&r, STR_EMPTY);
    assert_int_equal(r.server_count, 1);
    assert_memory_equal(r.servers[0].bytes, loopback, 4);
    assert_int_equal(r.timeout_s, 5);
    assert_int_equal(r.attempts, 2);
}

static void more_than_fits_is_left_out(void **state)
{
    struct resolv r;

    resolv_parse(
        &r,
        str_of("nameserver 1.1.1.1\nnameserver 2.2.2.2\nnameserver 3.3.3.3\nnameserver 4.4.4.4\n"
               "search a b c d e f g h\noptions timeout:0 attempts:0\n"));
    assert_int_equal(r.server_count, RESOLV_SERVERS);
    assert_int_equal(r.domain_count, RESOLV_DOMAINS);
    assert_int_equal(r.timeout_s, 1);
    assert_int_equal(r.attempts, 1);
}

/* All candidates of a name, with a blank between them. */
static const char *candidates(const struct resolv *r, const char *name)
{
    static char text[512];
    struct out o = out_fixed(text, sizeof text - 1);
    bool more = true;

    for (u32 i = 0; more; i++) {
        char one[64];
        size_t n = resolv_candidate(r, str_of(name), i, one, sizeof one, &more);
        if (i > 0 && more)
            out_char(&o, ' ');
        out_bytes(&o, one, n);
    }
    *o.pos = '\0';
    return text;
}

static void dots_decide_about_the_order(void **state)
{
    struct resolv r;

    resolv_parse(&r, str_of("search x.example y\n"));
    assert_string_equal(candidates(&r, "host"), "host.x.example host.y host");
    assert_string_equal(candidates(&r, "a.host"), "a.host a.host.x.example a.host.y");
    assert_string_equal(candidates(&r, "host."), "host.");
    resolv_parse(&r, STR_EMPTY);
    assert_string_equal(candidates(&r, "host"), "host");
}

static void a_name_that_gets_too_long_is_skipped(void **state)
{
    char name[60], to[64];
    struct resolv r;
    bool more;

    resolv_parse(&r, str_of("search x.example\n"));
    memset(name, 'a', sizeof name);
    assert_int_equal(resolv_candidate(&r, str_make(name, sizeof name), 0, to, sizeof to, &more), 0);
    assert_true(more);
    assert_int_equal(resolv_candidate(&r, str_make(name, sizeof name), 1, to, sizeof to, &more),
                     sizeof name);
    assert_int_equal(resolv_candidate(&r, str_make(name, sizeof name), 2, to, sizeof to, &more), 0);
    assert_false(more);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(servers_and_options),
        cmocka_unit_test(an_empty_file_asks_this_machine),
        cmocka_unit_test(more_than_fits_is_left_out),
        cmocka_unit_test(dots_decide_about_the_order),
        cmocka_unit_test(a_name_that_gets_too_long_is_skipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
