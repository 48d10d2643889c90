/*
 * The grammar: how an expression is grouped, what is inherited, what is refused and where.
 *
 * Groupings were found out with libpcap 1.10.3, from what its programs accept.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/format.h"
#include "parser/parser.h"

enum { ROOM = 64 << 20 };

static char *memory;

/* Parses and writes the tree out; "error" and the offset of the failure when it is refused. */
static const char *dumped(const char *text)
{
    static char buffer[8192];
    struct arena arena = arena_over(memory, ROOM);
    struct diag diag = { .text = &arena };
    struct parsed parsed;
    struct out o = out_fixed(buffer, sizeof buffer - 1);

    if (parse_filter(&parsed, str_of(text), &arena, &diag))
        ast_dump(parsed.root, &o);
    else
        out_format(&o, "error %u", diag.at.beg);
    *o.pos = '\0';
    return buffer;
}

static void assert_all(const char *const rows[][2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(dumped(rows[i][0]), rows[i][1]);
        if (strncmp(rows[i][1], "error", 5) != 0)
            assert_string_equal(dumped(rows[i][1]), rows[i][1]);
    }
}

static void grouping(void **state)
{
    static const char *const rows[][2] = {
        { "", "" },
        { "ip or tcp and udp", "(ip or tcp) and udp" },
        { "ip and tcp or udp and arp", "((ip and tcp) or udp) and arp" },
        { "ip or (tcp and udp)", "ip or (tcp and udp)" },
        { "not ip and tcp", "not ip and tcp" },
        { "not (ip and tcp)", "not (ip and tcp)" },
        { "! ! ip || ! ! ! tcp", "ip or not tcp" },
        { "1 ^ 2 | 3 = 0", "(1 ^ (2 | 3)) = 0" },
        { "7 % 4 * 3 = 7", "(7 % (4 * 3)) = 7" },
        { "7 + 4 % 3 = 8", "(7 + (4 % 3)) = 8" },
        { "2 - 1 - 1 = 0", "((2 - 1) - 1) = 0" },
        { "1 | 2 & 4 << 1 + 2 * 3 = 1", "(1 | (2 & (4 << (1 + (2 * 3))))) = 1" },
        { "-1 + 2 = 1", "((-1) + 2) = 1" },
        { "- 1 ^ 2 = 1", "(-(1 ^ 2)) = 1" },
        { "tcp[tcp[12]:2] > len - 4", "tcp[tcp[12:1]:2] > (len - 4)" },
    };
    assert_all(rows, countof(rows));
}

static void inheritance(void **state)
{
    static const char *const rows[][2] = {
        { "port 80 or 443", "src or dst port 80 or src or dst port 443" },
        { "tcp dst port 1 or 2 and 3", "(tcp dst port 1 or tcp dst port 2) and tcp dst port 3" },
        { "not port 80 and not 81", "not src or dst port 80 and not src or dst port 81" },
        { "port not (80 or 81)", "not (src or dst port 80 or src or dst port 81)" },
        { "src host a or b", "src host a or src host b" },
        { "src port 80 or dst 81", "src port 80 or dst host 81" },
        { "host a or (b and c)", "src or dst host a or (src or dst host b and src or dst host c)" },
        { "port 1 or 2 = len or 3", "error 21" },
        { "port 80 or 81 + 2 > len", "src or dst port 80 or (81 + 2) > len" },
        { "port 80 or not (81) = len", "src or dst port 80 or not 81 = len" },
        { "port 80 or ((81) or 82)", "src or dst port 80 or (src or dst port 81 or src or dst port 82)" },
        { "host a or (port 1 or 2) or b",
          "src or dst host a or (src or dst port 1 or src or dst port 2) or src or dst host b" },
        { "(port 80) or 81", "error 13" },
        { "tcp or 80", "error 7" },
        { "ip proto 6 or 17", "ip proto 6 or ip proto 17" },
        { "vpi (1 or 2)", "vpi = 1 or vpi = 2" },
    };
    assert_all(rows, countof(rows));
}

static void refused_where(void **state)
{
    static const char *const rows[][2] = {
        { "tcp port", "error 8" },       { "1.2.3.4", "error 0" },     { "ip 1.2.3.4", "error 3" },
        { "tpc port 80", "error 0" },    { "(tcp", "error 4" },        { "tcp)", "error 3" },
        { "()", "error 1" },             { "src src a", "error 4" },   { "port 80 + 1", "error 8" },
        { "5 > 3 > 2", "error 6" },      { "tcp[0:3] = 1", "error 0" }, { "less (5)", "error 5" },
        { "port ((80 or 81) or 82)", "error 17" },                     { "net 10/8", "error 6" },
        { "byte 0 = 256", "error 9" },   { "vlan 4096", "error 5" },   { "host ip", "error 5" },
        { "tcp and\nudp or @", "error 15" },
    };
    assert_all(rows, countof(rows));
}

/* `count` times `part` between `before` and `after`; the caller frees. */
static char *repeated(const char *before, const char *part, size_t count, const char *after)
{
    size_t n = strlen(part);
    char *text = malloc(strlen(before) + n * count + strlen(after) + 1);
    char *end = text + strlen(before);

    strcpy(text, before);
    for (size_t i = 0; i < count; i++, end += n)
        memcpy(end, part, n);
    strcpy(end, after);
    return text;
}

static bool parses(char *text)
{
    struct arena arena = arena_over(memory, ROOM);
    struct diag diag = { .text = &arena };
    struct parsed parsed;
    bool fine = parse_filter(&parsed, str_of(text), &arena, &diag);

    assert_int_equal(fine, !diag.set);
    free(text);
    return fine;
}

static void depth_and_length(void **state)
{
    assert_true(parses(repeated("port 1", " or 2", 100000, "")));
    assert_true(parses(repeated("tcp", " or udp and tcp", 50000, "")));
    assert_true(parses(repeated("", "not ", 100001, "tcp")));
    char *closing = repeated("tcp", ")", 100, "");
    assert_true(parses(repeated("", "(", 100, closing)));
    free(closing);
    assert_false(parses(repeated("", "(", 100000, "tcp")));
    assert_false(parses(repeated("len = ", "-", 100000, "1")));
    assert_false(parses(repeated("len = ", "(", 100000, "1")));
    assert_false(parses(repeated("", "tcp[", 100000, "1")));
    assert_false(parses(repeated("len = 1", "+1", 100000, "")));
    assert_false(parses(repeated("len = 1", "^1", 100000, "")));
}

/* Every part of a valid expression, and every expression with a byte changed, ends in an answer. */
static void cut_and_changed(void **state)
{
    const char *whole = "(tcp port 80 or (81 and not 1:2:3:4:5:6)) or ip[2:2]-len > ::1 and vlan 5 mask 1.2";
    for (size_t i = 0; i <= strlen(whole); i++) {
        char text[128] = { 0 };
        memcpy(text, whole, i);
        dumped(text);
        for (int byte = 1; byte < 256; byte++) {
            strcpy(text, whole);
            text[i] = (char)byte;
            dumped(text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grouping),      cmocka_unit_test(inheritance),      cmocka_unit_test(refused_where),
        cmocka_unit_test(depth_and_length), cmocka_unit_test(cut_and_changed),
    };
    memory = malloc(ROOM);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
