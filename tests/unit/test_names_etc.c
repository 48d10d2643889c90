/* The parsers of the files under /etc, by texts with one trap each. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "names/builtin.h"
#include "names/etc.h"

/* Memory as large as the header promises to be enough. */
struct tables {
    char *block;
    struct arena arena;
};

static struct tables tables_for(struct str text)
{
    size_t size = etc_arena_size(text);
    struct tables t = { malloc(size), { 0 } };
    assert_non_null(t.block);
    t.arena = arena_over(t.block, size);
    return t;
}

static void drop(struct tables *t)
{
    assert_false(t->arena.full);
    free(t->block);
}

static const char services_text[] =
    "foo 5000/tcp alias1 # http://x\nbar 5000/tcp\nfoo 5001/udp\nfoo 5002/sctp\n"
    "BAZ\t5003/tcp#c\noctal 010/tcp\nhex 0x10/tcp\n  led 5009/tcp\n"
    "big 65536/tcp\nneg -1/tcp\nblank 5006 /tcp\ncase 5007/TCP\nlong 5004/tcpx\n"
    "comma 5010,tcp\nnothing\n#all 5011/tcp\nlast 5012/dccp";

static void services_by_name(void **state)
{
    static const struct {
        const char *name;
        enum transport transport;
        int port; /* -1: unknown */
    } rows[] = {
        { "foo", TRANSPORT_TCP, 5000 },    { "foo", TRANSPORT_UDP, 5001 },
        { "foo", TRANSPORT_SCTP, 5002 },   { "foo", TRANSPORT_ANY, 5000 },
        { "foo", TRANSPORT_DCCP, -1 },     { "alias1", TRANSPORT_TCP, 5000 },
        { "alias1", TRANSPORT_UDP, -1 },   { "BAZ", TRANSPORT_TCP, 5003 },
        { "baz", TRANSPORT_TCP, -1 },      { "octal", TRANSPORT_TCP, 8 },
        { "hex", TRANSPORT_TCP, 16 },      { "led", TRANSPORT_TCP, 5009 },
        { "big", TRANSPORT_TCP, -1 },      { "neg", TRANSPORT_TCP, -1 },
        { "blank", TRANSPORT_TCP, -1 },    { "case", TRANSPORT_ANY, -1 },
        { "long", TRANSPORT_ANY, -1 },     { "comma", TRANSPORT_ANY, -1 },
        { "nothing", TRANSPORT_ANY, -1 },  { "#all", TRANSPORT_ANY, -1 },
        { "last", TRANSPORT_ANY, 5012 },   { "", TRANSPORT_ANY, -1 },
        { "http://x", TRANSPORT_ANY, -1 },
    };
    struct str text = str_of(services_text);
    struct tables t = tables_for(text);
    struct etc_services s;

    etc_parse_services(&s, text, &t.arena, 1);
    for (size_t i = 0; i < countof(rows); i++) {
        u16 port = 0;
        bool found = etc_find_service(&s, str_of(rows[i].name), rows[i].transport, &port);
        assert_int_equal(found, rows[i].port >= 0);
        if (found)
            assert_int_equal(port, rows[i].port);
    }
    drop(&t);
}

static void the_first_service_of_a_port_names_it(void **state)
{
    struct str text = str_of(services_text);
    struct tables t = tables_for(text);
    struct etc_services s;

    etc_parse_services(&s, text, &t.arena, 2);
    assert_true(str_equal(etc_service_name(&s, 5000, TRANSPORT_TCP), str_of("foo")));
    assert_int_equal(etc_service_name(&s, 5000, TRANSPORT_UDP).len, 0);
    assert_true(str_equal(etc_service_name(&s, 5001, TRANSPORT_ANY), str_of("foo")));
    assert_int_equal(etc_service_name(&s, 1, TRANSPORT_ANY).len, 0);
    drop(&t);
}

static void protocols(void **state)
{
    struct str text = str_of("ip 0 IP\np1 1 P1A\nlater 1\nhex 0x20\nbaz 021\nbig 256\n");
    struct tables t = tables_for(text);
    struct etc_protocols p;
    u8 number = 99;

    etc_parse_protocols(&p, text, &t.arena, 3);
    assert_true(etc_find_protocol(&p, str_of("P1A"), &number));
    assert_int_equal(number, 1);
    assert_true(etc_find_protocol(&p, str_of("baz"), &number));
    assert_int_equal(number, 21); /* decimal, whatever it looks like */
    assert_false(etc_find_protocol(&p, str_of("hex"), &number));
    assert_false(etc_find_protocol(&p, str_of("big"), &number));
    assert_false(etc_find_protocol(&p, str_of("p1a"), &number));
    assert_true(str_equal(etc_protocol_name(&p, 1), str_of("p1")));
    assert_true(str_equal(etc_protocol_name(&p, 0), str_of("ip")));
    assert_int_equal(etc_protocol_name(&p, 2).len, 0);
    drop(&t);
}

static const char hosts_text[] =
    "127.0.0.1 localhost\n10.0.0.1 one One.example\n10.0.0.2 two\r\n10.0.0.3 TWO\n"
    "::1 localhost ip6-localhost\n2001:db8::1 two\n10.0.0.1 later\n10.0.0.9\n"
    "1.2.3 short\n1.2.3.256 over\n1:2:3:4:5:6:7:8:9 long\n1::2::3 gaps\n"
    "::ffff:10.9.9.9 mapped\n10.0.0.2 two # again\n";

/* What a name stands for, as one text. */
static const char *addresses_of(const struct etc_hosts *h, const char *name)
{
    static char text[512];
    struct resolved found[8];
    struct out o = out_fixed(text, sizeof text - 1);
    u32 n = etc_find_host(h, str_of(name), found, countof(found));

    for (u32 i = 0; i < n; i++) {
        if (i > 0)
            out_char(&o, ' ');
        if (found[i].length == 4)
            out_ip4(&o, found[i].bytes);
        else
            out_ip6(&o, found[i].bytes);
    }
    *o.pos = '\0';
    return text;
}

static void hosts(void **state)
{
    static const u8 one[4] = { 10, 0, 0, 1 }, two6[16] = { 0x20, 1, 0xd, 0xb8, [15] = 1 };
    struct str text = str_of(hosts_text);
    struct tables t = tables_for(text);
    struct etc_hosts h;

    etc_parse_hosts(&h, text, &t.arena, 4);
    assert_string_equal(addresses_of(&h, "two"), "10.0.0.2 10.0.0.3 2001:db8::1");
    assert_string_equal(addresses_of(&h, "LocalHost"), "127.0.0.1 ::1");
    assert_string_equal(addresses_of(&h, "one.EXAMPLE"), "10.0.0.1");
    assert_string_equal(addresses_of(&h, "mapped"), "::ffff:10.9.9.9");
    static const char *const unknown[] = { "",     "short", "over", "long",
                                           "gaps", "again", "#",    "10.0.0.1" };
    for (size_t i = 0; i < countof(unknown); i++)
        assert_string_equal(addresses_of(&h, unknown[i]), "");
    assert_true(str_equal(etc_host_name(&h, one, 4), str_of("one")));
    assert_true(str_equal(etc_host_name(&h, two6, 16), str_of("two")));
    assert_int_equal(etc_host_name(&h, two6, 4).len, 0);
    drop(&t);
}

static void no_more_addresses_than_asked_for(void **state)
{
    struct str text = str_of(hosts_text);
    struct tables t = tables_for(text);
    struct resolved found[2];
    struct etc_hosts h;

    etc_parse_hosts(&h, text, &t.arena, 5);
    assert_int_equal(etc_find_host(&h, str_of("two"), found, 2), 2);
    assert_int_equal(etc_find_host(&h, str_of("two"), found, 0), 0);
    drop(&t);
}

static void networks(void **state)
{
    static const struct {
        const char *name;
        u32 number; /* UINT32_MAX: unknown */
    } rows[] = {
        { "loop", 0x7f000000 }, { "AL", 0x7f000000 },   { "ten", 0x0a000000 },
        { "b", 0xac100000 },    { "full", 0x01020304 }, { "hex", 0x0a010000 },
        { "oct", 0x08000000 },  { "five", UINT32_MAX }, { "big", UINT32_MAX },
        { "none", UINT32_MAX },
    };
    struct str text = str_of(
        "loop 127.0.0.0 al\nten 10\nb 172.16\nfull 1.2.3.4\nhex 0x0a.1\nfive 1.2.3.4.5\n"
        "big 300.1\nnone\noct 010\n");
    struct tables t = tables_for(text);
    struct etc_networks n;

    etc_parse_networks(&n, text, &t.arena, 6);
    for (size_t i = 0; i < countof(rows); i++) {
        u32 number = UINT32_MAX;
        etc_find_network(&n, str_of(rows[i].name), &number);
        assert_int_equal(number, rows[i].number);
    }
    drop(&t);
}

static void ethers(void **state)
{
    static const u8 first[6] = { 0, 0x11, 0x22, 0x33, 0x44, 0x55 };
    struct str text = str_of(
        "00:11:22:33:44:55 aa\n0:1:2:3:4:5 bb\n00-11-22-33-44-66 cc\n001122334477 dd\n"
        "00:11:22:33:44:88 EE # comment\n00:11:22:33:44:55 ff\n00:11:22:33:44:99 aa\n"
        "00:11:22:33:44 gg\n00:11:22:33:44:55:66 hh\n000:11:22:33:44:55 ii\n00:11:22:33:44:77\n");
    struct tables t = tables_for(text);
    struct etc_ethers e;
    u8 mac[6];

    etc_parse_ethers(&e, text, &t.arena, 7);
    assert_true(etc_find_ether(&e, str_of("aa"), mac));
    assert_memory_equal(mac, first, 6);
    assert_true(etc_find_ether(&e, str_of("ee"), mac));
    assert_int_equal(mac[5], 0x88);
    assert_true(etc_find_ether(&e, str_of("ff"), mac));
    static const char *const unknown[] = { "cc", "dd", "gg", "hh", "ii", "", "#" };
    for (size_t i = 0; i < countof(unknown); i++)
        assert_false(etc_find_ether(&e, str_of(unknown[i]), mac));
    assert_true(str_equal(etc_ether_name(&e, first), str_of("aa")));
    drop(&t);
}

/* A block list names one address hundreds of thousands of times. */
static void large_files_take_no_time(void **state)
{
    enum { LINES = 200000, LINE = 32 };
    char *text = malloc((size_t)LINES * LINE);
    size_t used = 0;
    assert_non_null(text);
    for (int i = 0; i < LINES; i++) {
        struct out o = out_fixed(text + used, LINE);
        out_text_z(&o, "0.0.0.0 ad");
        out_dec(&o, (u32)(i / 2)); /* each name twice */
        out_char(&o, '\n');
        used += out_text(&o).len;
    }
    struct str all = str_make(text, used);
    struct tables t = tables_for(all);
    struct etc_hosts h;
    etc_parse_hosts(&h, all, &t.arena, 8);
    assert_string_equal(addresses_of(&h, "ad99999"), "0.0.0.0");
    assert_string_equal(addresses_of(&h, "ad100000"), "");
    drop(&t);
    free(text);
}

static void any_bytes_are_survived(void **state)
{
    u32 random = 12345;
    for (int round = 0; round < 300; round++) {
        static const char alphabet[] = "a1.:/# \t\n\r0xtcpudp\xff";
        char text[200];
        for (size_t i = 0; i < sizeof text; i++) {
            random = random * 1664525 + 1013904223;
            text[i] = alphabet[(random >> 16) % (sizeof alphabet - 1)];
        }
        struct str all = str_make(text, sizeof text);
        struct etc_services s;
        struct etc_protocols p;
        struct etc_hosts h;
        struct etc_networks n;
        struct etc_ethers e;
        struct tables t[5];
        for (int i = 0; i < 5; i++)
            t[i] = tables_for(all);
        etc_parse_services(&s, all, &t[0].arena, random);
        etc_parse_protocols(&p, all, &t[1].arena, random);
        etc_parse_hosts(&h, all, &t[2].arena, random);
        etc_parse_networks(&n, all, &t[3].arena, random);
        etc_parse_ethers(&e, all, &t[4].arena, random);
        for (int i = 0; i < 5; i++)
            drop(&t[i]);
    }
}

static void without_memory_nothing_is_known(void **state)
{
    struct arena none = arena_over(NULL, 0);
    struct str text = str_of(services_text);
    struct etc_services s;
    u16 port;

    etc_parse_services(&s, text, &none, 9);
    assert_true(none.full);
    assert_false(etc_find_service(&s, str_of("foo"), TRANSPORT_TCP, &port));
    assert_int_equal(etc_service_name(&s, 5000, TRANSPORT_TCP).len, 0);
}

static void built_in_tables_parse(void **state)
{
    struct tables t = tables_for(builtin_services()), u = tables_for(builtin_protocols());
    struct etc_services s;
    struct etc_protocols p;
    u16 port = 0;
    u8 number = 0;

    etc_parse_services(&s, builtin_services(), &t.arena, 10);
    etc_parse_protocols(&p, builtin_protocols(), &u.arena, 11);
    assert_true(etc_find_service(&s, str_of("domain"), TRANSPORT_UDP, &port));
    assert_int_equal(port, 53);
    assert_true(str_equal(etc_service_name(&s, 443, TRANSPORT_TCP), str_of("https")));
    assert_true(etc_find_protocol(&p, str_of("ospf"), &number));
    assert_int_equal(number, 89);
    drop(&t);
    drop(&u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(services_by_name),
        cmocka_unit_test(the_first_service_of_a_port_names_it),
        cmocka_unit_test(protocols),
        cmocka_unit_test(hosts),
        cmocka_unit_test(no_more_addresses_than_asked_for),
        cmocka_unit_test(networks),
        cmocka_unit_test(ethers),
        cmocka_unit_test(large_files_take_no_time),
        cmocka_unit_test(any_bytes_are_survived),
        cmocka_unit_test(without_memory_nothing_is_known),
        cmocka_unit_test(built_in_tables_parse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
