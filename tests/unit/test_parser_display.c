/* Display filters and what they become; what has no counterpart; hints that lead there. */
#include "unit.h"

#include <string.h>

#include "parser/display.h"
#include "parser/parser.h"

static char made[400];

static bool translate(const char *text)
{
    struct out o = out_fixed(made, sizeof made - 1);
    bool fine = display_translate(str_of(text), &o);

    *o.pos = '\0';
    return fine;
}

static void counterparts(void **state)
{
    static const char *const rows[][2] = {
        { "ip.addr == 1.2.3.4", "host 1.2.3.4" },
        { "ip.src==10.0.0.0/8", "src net 10.0.0.0/8" },
        { "ipv6.dst eq fe80::1", "dst host fe80::1" },
        { "eth.addr == 00:11:22:33:44:55", "ether host 00:11:22:33:44:55" },
        { "tcp.dstport != 80", "not tcp dst port 80" },
        { "udp.port >= 1024", "udp portrange 1024-65535" },
        { "tcp.port in {80, 443 8000..8010}", "(tcp port 80 or tcp port 443 or tcp portrange 8000-8010)" },
        { "tcp.flags.syn == 1 && tcp.flags.ack == 0",
          "tcp[tcpflags] & tcp-syn != 0 and tcp[tcpflags] & tcp-ack = 0" },
        { "frame.len gt 100", "len > 100" },
        { "vlan.id == 5", "vlan 5" },
        { "!(arp or icmp)", "not (arp or icmp)" },
        { "dns || http && ip.ttl < 5", "port 53 or (tcp port 80 and ip[8] < 5)" },
    };
    for (size_t i = 0; i < countof(rows); i++) {
        assert_true(translate(rows[i][0]));
        assert_string_equal(made, rows[i][1]);
    }
}

static void no_counterparts(void **state)
{
    static const char *const rows[] = {
        "", "ip.addr", "http.host == \"x\"", "tcp.port < 0", "tcp.port > 65535", "ip.addr > 1.2.3.4",
        "tcp.port in {}", "tcp.port in {80", "(tcp", "tcp)", "tcp &&", "frame contains a", "tcp.port == ",
    };
    for (size_t i = 0; i < countof(rows); i++)
        if (translate(rows[i]))
            fail_msg("\"%s\" became \"%s\"", rows[i], made);
}

/* Nesting is bounded, and so is the time that it takes. */
static void nesting(void **state)
{
    static char text[1001];
    memset(text, '(', 1000);
    assert_false(translate(text));
    memset(text, '!', 1000);
    assert_false(translate(text));
}

static void hints(void **state)
{
    static char memory[1 << 20];
    static const struct {
        const char *text, *hint;
        u32 beg, end;
    } rows[] = {
        { "ip.addr == 1.2.3.4 && udp", "did you mean \"host 1.2.3.4 and udp\"?", 0, 7 },
        { "tcp port 80 or ip.ttl < 5", "did you mean \"ip[8] < 5\"?", 15, 21 },
        { "tpc port 80", "did you mean \"tcp\"?", 0, 3 },
        { "tcp port == 80", "no sign stands here: \"port 80\", \"host 10.0.0.1\"", 9, 11 },
        { "and tcp", "a condition is missing before it", 0, 3 },
        { "(tcp port 80", "a \")\" is missing", 12, 12 },
        { "tcp[13", "a \"]\" is missing", 6, 6 },
        { "tcp[13] & 2", "a comparison is missing, such as \"!= 0\"", 11, 11 },
        { "tcp[13] & 2 and udp", "a comparison is missing, such as \"!= 0\"", 12, 15 },
        { "greater x", "a number stands here", 8, 9 },
        { "host 'a'", "no quotes in a filter: a shell takes those around it off", 5, 6 },
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct arena arena = arena_over(memory, sizeof memory);
        struct diag diag = { .text = &arena };
        struct parsed parsed;
        assert_false(parse_filter(&parsed, str_of(rows[i].text), &arena, &diag));
        assert_int_equal(diag.hint.len, strlen(rows[i].hint));
        assert_memory_equal(diag.hint.p, rows[i].hint, diag.hint.len);
        assert_int_equal(diag.at.beg, rows[i].beg);
        assert_int_equal(diag.at.end, rows[i].end);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counterparts),
        cmocka_unit_test(no_counterparts),
        cmocka_unit_test(nesting),
        cmocka_unit_test(hints),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
