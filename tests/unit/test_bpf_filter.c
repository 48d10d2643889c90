/* The front door of the compiler: what lists come to, what broken text and too little memory come to. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/linktype.h"
#include "bpf/filter.h"
#include "bpf/vm.h"
#include "bpf/ways.h"

enum { TEXT_MAX = 1 << 20 };

static char block[FILTER_ARENA_BYTES], text[TEXT_MAX];
static size_t text_len;
static struct arena arena;
static struct diag diag;
static struct filter filter;

static bool compile_with(size_t bytes, u32 linktype, bool optimise)
{
    const struct filter_options options = { .linktype = linktype, .optimise = optimise };

    arena = arena_over(block, bytes);
    diag = (struct diag){ .text = &arena };
    return filter_compile(&filter, str_make(text, text_len), &options, &arena, &diag);
}

static bool compile_in(size_t bytes)
{
    return compile_with(bytes, LINKTYPE_EN10MB, true);
}

static bool compile(void)
{
    return compile_in(sizeof block);
}

__attribute__((format(printf, 1, 2))) static void add(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    text_len += (size_t)vsnprintf(text + text_len, TEXT_MAX - text_len, fmt, ap);
    va_end(ap);
}

static void say(const char *s)
{
    text_len = 0;
    add("%s", s);
}

static bool tells(const char *part)
{
    struct str what = diag.what;

    for (size_t i = 0; i + strlen(part) <= what.len; i++)
        if (memcmp(what.p + i, part, strlen(part)) == 0)
            return true;
    return false;
}

/* -- lists */

static void host(u32 i) { add("host 10.%u.%u.%u", i % 7, i * 37 % 251, i * 101 % 256); }
static void src_host(u32 i) { add("src host 10.1.%u.%u", i / 250, i % 250); }
static void either_host(u32 i) { add("%s host 10.1.%u.%u", i % 2 ? "src" : "dst", i / 250, i % 250); }
static void arp_host(u32 i) { add("arp host 10.1.%u.%u", i / 250, i % 250); }
static void not_host(u32 i) { add("not host 10.1.%u.%u", i / 250, i % 250); }
static void net(u32 i) { add("net 10.%u.%u.0/%u", i % 200, i / 200 * 8 % 256, 22 + i % 3); }
static void port(u32 i) { add("port %u", (i * 7919 + 13) % 65536); }
static void not_port(u32 i) { add("not port %u", (i * 7919 + 13) % 65536); }
static void dst_port(u32 i) { add("tcp dst port %u", (i * 7919 + 13) % 65536); }
static void ports(u32 i) { add("portrange %u-%u", i * 60, i * 60 + 9); }
static void host6(u32 i) { add("host 2001:db8::%x:%x", i % 5, i * 31 % 65536); }
static void net6(u32 i) { add("net 2001:db8:%x:%x::/64", i % 5, i * 31 % 65536); }
static void mac(u32 i) { add("ether host 2:0:0:%x:%x:%x", i % 3, i % 256, i * 7 % 256); }
static void vlan_id(u32 i) { add("ether[14:2] & 0xfff = %u", i * 3 % 4096); }
static void sequence(u32 i) { add("tcp[4:4] = %u", 60 + i * 30); }

/* Fields that a packet of one protocol is asked for; nets and ranges have two bounds in each. */
static const struct {
    const char *name, *join;
    void (*item)(u32);
    u32 fields;
} lists[] = {
    { "host", "or", host, 2 },
    { "src host", "or", src_host, 1 },
    { "src host and dst host", "or", either_host, 2 },
    { "arp host", "or", arp_host, 2 },
    { "not host", "and", not_host, 2 },
    { "net", "or", net, 2 },
    { "port", "or", port, 2 },
    { "not port", "and", not_port, 2 },
    { "tcp dst port", "or", dst_port, 1 },
    { "portrange", "or", ports, 2 },
    { "IPv6 host", "or", host6, 2 },
    { "IPv6 net", "or", net6, 2 },
    { "ether host", "or", mac, 2 },
    { "VLAN id", "or", vlan_id, 1 },
    { "TCP sequence number", "or", sequence, 1 },
};

enum { FIXED_INSNS = 60, FIXED_STEPS = 25 };

static u32 log2_of(u32 n)
{
    u32 bits = 0;

    while (n > 1u << bits)
        bits++;
    return bits;
}

static void test_lists_are_trees(void **state)
{
    static const u32 counts[] = { 10, 100, 1000 };

    (void)state;
    for (u32 k = 0; k < countof(lists); k++)
        for (u32 c = 0; c < countof(counts); c++) {
            u32 n = counts[c];
            text_len = 0;
            for (u32 i = 0; i < n; i++) {
                add("%s", i > 0 ? lists[k].join : "");
                add(" ");
                lists[k].item(i);
                add(" ");
            }
            if (!compile())
                fail_msg("%s, %u items: %.*s", lists[k].name, n, (int)diag.what.len, diag.what.p);
            u32 longest = bpf_ways(filter.insns, filter.count, &arena).longest;
            if (filter.count > lists[k].fields * 2 * n + FIXED_INSNS ||
                longest > lists[k].fields * 2 * log2_of(n) + FIXED_STEPS)
                fail_msg("%s, %u items: %u instructions, longest way %u", lists[k].name, n,
                         filter.count, longest);
        }
}

/* A list is decided where its first member stands, but loads no more than that has loaded. */
static const struct {
    const char *text;
    u32 linktype;
    u8 packet[64];
    u32 caplen; /* it is cut behind what decides */
} cut[] = {
    { "src host 10.0.0.1 or link[0] = 1 or dst host 10.0.0.2 or dst host 10.0.0.3 or dst host 10.0.0.4 or "
      "src host 10.0.0.5 or src host 10.0.0.6 or src host 10.0.0.7 or src host 10.0.0.8",
      LINKTYPE_EN10MB, { [0] = 1, [12] = 8 }, 32 },
    { "ether dst 2:0:0:0:0:1 or ether src 2:0:0:0:0:2 or ether src 2:0:0:0:0:3 or ether src 2:0:0:0:0:4 or "
      "ether src 2:0:0:0:0:5 or ether src 2:0:0:0:0:6 or ether src 2:0:0:0:0:7 or ether src 2:0:0:0:0:8 or "
      "ether src 2:0:0:0:0:9", LINKTYPE_EN10MB, { [0] = 2, [5] = 1 }, 6 },
    { "net 2001:db8::/32 or link[0] = 1 or host 2001:db9::1 or host 2001:db9::2 or host 2001:db9::3 or "
      "host 2001:db9::4 or host 2001:db9::5 or host 2001:db9::6 or host 2001:db9::7 or host 2001:db9::8",
      LINKTYPE_EN10MB, { [0] = 1, [12] = 0x86, [13] = 0xdd, [38] = 0x20, 1, 0x0d, 0xb9 }, 42 },
};

static bool accepts(u32 linktype, bool optimise, const u8 *packet, u32 caplen)
{
    const struct packet p = { .data = packet, .caplen = caplen, .len = caplen };

    assert_true(compile_with(sizeof block, linktype, optimise));
    return bpf_run(filter.insns, &p) != 0;
}

static void test_lists_load_no_more(void **state)
{
    (void)state;
    for (u32 i = 0; i < countof(cut); i++)
        for (int optimise = 0; optimise < 2; optimise++) {
            say(cut[i].text);
            if (!accepts(cut[i].linktype, optimise, cut[i].packet, cut[i].caplen))
                fail_msg("%s: a packet cut at %u is lost (%d)", text, cut[i].caplen, optimise);
        }
}

/* A short list may be decided member by member: the unoptimised program is what that has to keep to. */
static void test_lists_as_they_are_written(void **state)
{
    const u8 packet[] = { [0] = 0x80, [1] = 0x35, [34] = 10, [37] = 2, [38] = 0 };

    (void)state;
    say("(not net 10.0.4.0/22 and not net 10.2.12.0/22 and not net 10.1.4.0/22 and not net 10.2.0.0/24 and "
        "not net 10.0.8.0/24 and not net 10.2.0.0/23 and not net 10.0.12.0/23 and not net 10.0.0.0/23 and "
        "not net 10.0.0.0/24 and not net 10.2.8.0/22 and not net 10.1.8.0/23 and not net 10.2.0.0/22) and "
        "rarp host 10.0.0.3 or 10.0.0.2");
    bool wanted = accepts(LINKTYPE_LINUX_SLL2, false, packet, sizeof packet);
    assert_int_equal(accepts(LINKTYPE_LINUX_SLL2, true, packet, sizeof packet), wanted);
}

static void test_lists_check_their_members(void **state)
{
    (void)state;
    for (u32 n = 1; n <= 100; n += 9) {
        text_len = 0;
        for (u32 i = 0; i < n; i++)
            add("net 10.%u.2.3/16%s", i, i + 1 < n ? " or " : "");
        assert_false(compile());
        assert_true(tells("non-network bits set in"));
        text_len = 0;
        for (u32 i = 0; i < n; i++)
            add("net 2001:%x::1/32%s", i, i + 1 < n ? " or " : "");
        assert_false(compile());
        assert_true(tells("non-network bits set in"));
    }
}

/* -- too little memory */

static void test_any_memory(void **state)
{
    (void)state;
    say("tcp port 80 or host 10.0.0.1 or (vlan and not net 10.0.0.0/33)");
    for (size_t bytes = 0; bytes < 1 << 14; bytes += 8) {
        assert_false(compile_in(bytes));
        if (!tells("filter too large") && !tells("mask length"))
            fail_msg("%zu bytes: %.*s", bytes, (int)diag.what.len, diag.what.p);
        assert_true(filter.insns == NULL);
    }
    say("tcp port 80 or host 10.0.0.1 or (vlan and not net 10.0.0.0/24)");
    for (size_t bytes = 0; bytes < 1 << 14; bytes += 8)
        if (!compile_in(bytes))
            assert_true(tells("filter too large"));
}

/* -- text that is none */

static void fill(const char *piece, size_t n)
{
    text_len = 0;
    for (size_t i = 0; i < n; i++)
        add("%s", piece);
}

static void test_broken_text(void **state)
{
    static const char *const pieces[] = { "1", "(", "ip[", "not ", "-", "1+", "tcp or ", "\xff", "\xc3\xa4",
                                          "::", "1.2.", "\\", "and ", "len = (", "0x", "]" };

    (void)state;
    for (u32 i = 0; i < countof(pieces); i++) {
        fill(pieces[i], (TEXT_MAX - 1) / strlen(pieces[i]));
        assert_false(compile());
        assert_true(diag.what.len > 0 && diag.at.beg <= text_len && diag.at.end <= text_len);
    }
    say("tcp port 80");
    text[3] = '\0';
    assert_false(compile());
    assert_true(tells("syntax error"));
}

/* A divisor that turns out to be zero matters wherever packets get to it, even if the result does not. */
static void test_divisors_that_are_zero(void **state)
{
    static const char *const refused[] = { "1 % (1 & 2) = arp[13] or not len != tcp[7:4]",
                                           "tcp or 1 / (2 & 1) = 1", "len / (2 & 1) > 1 or len > 0" };

    (void)state;
    for (u32 i = 0; i < countof(refused); i++) {
        say(refused[i]);
        assert_false(compile());
        assert_true(tells("by zero"));
    }
    say("ip and ip6 and 1 / (2 & 1) = 5 or tcp"); /* no packet gets there */
    assert_true(compile());
}

/* What libpcap's optimiser finds out is refused; what only ours does is a program that accepts nothing. */
static void test_what_cannot_match(void **state)
{
    static const char *const refused[] = {
        "ip and arp", "tcp port 80 and udp port 53", "src port 65535 and icmp", "1 = 2", "ip and 57 >= 58",
        "arp host 10.0.0.1 and not arp", "len = len and 5 > 6", "net 0.0.0.0/0 and not net 0.0.0.0/0",
        "(len > 5 or proto 50) and proto 50 and not proto 50", "len << udp[16:4] >= 5 and udp and icmp",
    };
    static const char *const never[] = {
        "ip[0] & 1 > 9", "278 = tcp[0:1]", "tcp and llc", "tcp port 53 and not len >= len",
        "ip and 2 * 3 = 5", "src net 10.0.0.0/9 and arp src host 192.168.1.1", "less 22 and greater 23",
    };

    (void)state;
    for (u32 i = 0; i < countof(refused); i++) {
        say(refused[i]);
        if (compile() || !tells("expression rejects all packets"))
            fail_msg("not refused: %s", refused[i]);
    }
    for (u32 i = 0; i < countof(never); i++) {
        say(never[i]);
        if (!compile() || !filter_is_never(&filter))
            fail_msg("refused, or matches something: %s", never[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists_are_trees),
        cmocka_unit_test(test_lists_load_no_more),
        cmocka_unit_test(test_lists_as_they_are_written),
        cmocka_unit_test(test_lists_check_their_members),
        cmocka_unit_test(test_any_memory),
        cmocka_unit_test(test_broken_text),
        cmocka_unit_test(test_divisors_that_are_zero),
        cmocka_unit_test(test_what_cannot_match),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
