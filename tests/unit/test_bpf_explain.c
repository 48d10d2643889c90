/* Explanations: every part is there, warnings come when they should, failures are told. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/linktype.h"
#include "bpf/explain.h"

enum { ROOM = 64 << 20 };

static char text[1 << 16];
static char *memory;

static bool explain(const char *expression, bool optimise)
{
    struct arena arena = arena_over(memory, ROOM);
    struct diag diag = { .text = &arena };
    struct filter_options options = { .linktype = LINKTYPE_EN10MB, .optimise = optimise };
    struct out o = out_fixed(text, sizeof text - 1);
    bool fine = filter_explain(str_of(expression), &options, EXPLAIN_TEXT, &arena, &diag, &o);

    assert_int_equal(fine, !diag.set);
    *o.pos = '\0';
    return fine;
}

static void assert_has(const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" is missing in: %s", part, text);
}

static void all_parts(void **state)
{
    assert_true(explain("port 80 or 443", true));
    assert_has("src or dst port 80 or src or dst port 443");
    assert_has("extension headers");
    assert_has("thread");
    assert_has("The program: ");
    assert_has("(000) ldh      [12]");
    assert_has("A = P[12:2]; EtherType, for `port 80`");
    assert_true(explain("port 80", false));
    assert_null(strstr(text, "thread"));
}

static void warnings(void **state)
{
    assert_true(explain("vlan and ip", true));
    assert_has("move the headers");
    assert_true(explain("greater 60 and vlan", true));
    assert_null(strstr(text, "move the headers"));
    assert_true(explain("tcp[13] & 2 != 0", true));
    assert_has("IPv4 only");
    assert_true(explain("arp", true));
    assert_has("Nothing here surprises");
}

static void one_packet(void **state)
{
    static const u8 arp[60] = { [12] = 0x08, 0x06 };
    const struct packet packet = { .data = arp, .caplen = sizeof arp, .len = sizeof arp };
    const struct packet cut = { .data = arp, .caplen = 13, .len = sizeof arp };
    struct filter_options options = { .linktype = LINKTYPE_EN10MB, .optimise = true };
    const struct packet *const packets[] = { &packet, &packet, &cut };
    static const char *const rows[][2] = {
        { "arp", "Accepted after 3 instructions" },
        { "ip", "Rejected after 3 instructions by the test at 1: A is 0x806; is A equal to 0x800? no; "
                "EtherType, for `ip`" },
        { "arp", "Rejected: instruction 0 reads behind the 13 bytes that were captured; EtherType" },
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct arena arena = arena_over(memory, ROOM);
        struct diag diag = { .text = &arena };
        struct out o = out_fixed(text, sizeof text - 1);
        assert_true(
            filter_trace(str_of(rows[i][0]), &options, packets[i], EXPLAIN_COLOUR, &arena, &diag, &o));
        *o.pos = '\0';
        assert_has("\033[");
        o = out_fixed(text, sizeof text - 1);
        assert_true(filter_trace(str_of(rows[i][0]), &options, packets[i], EXPLAIN_TEXT, &arena, &diag, &o));
        *o.pos = '\0';
        assert_has(rows[i][1]);
    }
}

/* What a failure says beside the message. */
static void hints(void **state)
{
    static const char *const rows[][2] = {
        { "port 80-90", "a range is written \"portrange 80-90\"" },
        { "ip host ::1", "an IPv6 address goes with \"ip6\"" },
        { "ip6 host 10.0.0.1", "an IPv4 address goes with \"ip\"" },
        { "ether host 10.0.0.1", "an IP address goes without \"ether\"" },
        { "host 00:11:22:33:44:55", "a MAC address goes with \"ether\"" },
        { "inbound", "the kernel knows it of live packets: see --live" },
        { "type mgt", "the link type here is Ethernet" },
        { "vpi 3", "the link type here is Ethernet" },
    };
    const struct filter_options options = { .linktype = LINKTYPE_EN10MB, .optimise = true };

    for (size_t i = 0; i < countof(rows); i++) {
        struct arena arena = arena_over(memory, ROOM);
        struct diag diag = { .text = &arena };
        struct filter f;
        assert_false(filter_compile(&f, str_of(rows[i][0]), &options, &arena, &diag));
        assert_int_equal(diag.hint.len, strlen(rows[i][1]));
        assert_memory_equal(diag.hint.p, rows[i][1], diag.hint.len);
    }
}

static void failures(void **state)
{
    assert_false(explain("tpc", true));
    assert_false(explain("ip broadcast", true));
    assert_true(explain("", true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_parts),
        cmocka_unit_test(warnings),
        cmocka_unit_test(one_packet),
        cmocka_unit_test(hints),
        cmocka_unit_test(failures),
    };
    memory = malloc(ROOM);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
