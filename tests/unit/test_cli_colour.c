/* Colours: what is told apart in a line, and that nothing else changes. */
#include "cli/colour.h"
#include <string.h>

#include "base/str.h"
#include "unit.h"

/* The sequences as words, so that tests can be read. */
static const char *coloured(const char *line)
{
    static const struct {
        const char *sequence, *word;
    } words[] = { { "\x1b[2m", "{dim " },  { "\x1b[36m", "{addr " }, { "\x1b[33m", "{port " },
                  { "\x1b[1m", "{flag " }, { "\x1b[31m", "{bad " },  { "\x1b[m", "}" } };
    static char raw[8192], text[8192];
    struct out o = out_fixed(raw, sizeof raw - 1), t = out_fixed(text, sizeof text - 1);

    colour_line(&o, str_of(line));
    *o.pos = '\0';
    for (const char *p = raw; *p != '\0';) {
        size_t i = 0;
        while (i < countof(words) && strncmp(p, words[i].sequence, strlen(words[i].sequence)) != 0)
            i++;
        if (i == countof(words)) {
            out_char(&t, *p++);
        } else {
            out_text_z(&t, words[i].word);
            p += strlen(words[i].sequence);
        }
    }
    *t.pos = '\0';
    return text;
}

static void lines(void **state)
{
    static const struct {
        const char *line, *expected;
    } rows[] = {
        { "", "" },
        { "13:37:00.123456 IP 192.0.2.1.43210 > 10.0.0.2.80: Flags [S.], seq 1, length 0",
          "{dim 13:37:00.123456} IP {addr 192.0.2.1}.{port 43210} > {addr 10.0.0.2}.{port 80}: "
          "Flags [{flag S.}], seq 1, length 0" },
        { "IP6 fe80::1.546 > ff02::1:2.547: dhcp6 solicit",
          "IP6 {addr fe80::1}.{port 546} > {addr ff02::1:2}.{port 547}: dhcp6 solicit" },
        { "IP www.example.net.http > localhost.43210: Flags [R], seq 0",
          "IP {addr www.example.net}.{port http} > {addr localhost}.{port 43210}: "
          "Flags [{flag R}], seq 0" },
        { "1700000000.000001 00:11:22:33:44:55 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: "
          "Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
          "{dim 1700000000.000001} {addr 00:11:22:33:44:55} > {addr ff:ff:ff:ff:ff:ff}, "
          "ethertype ARP (0x0806), length 42: Request who-has {addr 10.0.0.2} tell {addr 10.0.0.1}, "
          "length 28" },
        { "IP 10.0.0.1.53 > 10.0.0.2.1024: 1 A 192.0.2.7 [|domain]",
          "IP {addr 10.0.0.1}.{port 53} > {addr 10.0.0.2}.{port 1024}: 1 A {addr 192.0.2.7} "
          "{bad [|domain]}" },
        { "    10.0.0.1 > 10.0.0.2: ICMP echo request (invalid), length 8",
          "    {addr 10.0.0.1} > {addr 10.0.0.2}: ICMP echo request {bad (invalid)}, length 8" },
        { "\t0x0000:  4500 0054 0000 4000 4001  E..T..@.@.",
          "{dim \t0x0000:}  4500 0054 0000 4000 4001  E..T..@.@." },
        { "version 4.99.3 and 1.2.3 are no addresses, 1.2.3.4/24 and 2001:db8::/32 are",
          "version 4.99.3 and 1.2.3 are no addresses, {addr 1.2.3.4/24} and {addr 2001:db8::/32} are" },
        { "bad cksum 1234 (->5678)!", "{bad bad cksum} 1234 (->5678)!" },
        { "[|", "{bad [|}" },
        { "IP truncated-ip - 4 bytes missing! bad-len 3 UNSUPPORTED",
          "IP {bad truncated-ip} - 4 bytes missing! {bad bad-len} 3 {bad UNSUPPORTED}" },
        { "E.....@.@.:: ...-- .1.2.3.4 ...... 1.2.3.4...",
          "E.....@.@.:: ...-- .1.2.3.4 ...... {addr 1.2.3.4}..." },
        { "Flags [], seq Flags [", "Flags [], seq Flags [" },
    };

    (void)state;
    for (size_t i = 0; i < countof(rows); i++)
        assert_string_equal(coloured(rows[i].line), rows[i].expected);
}

/* Whatever the line is, it is there when the sequences are taken out. */
static void nothing_else_changes(void **state)
{
    static const char alphabet[] = "0123456789abcdefxyz.:-/ ,[]|()>\tFlags ";
    u32 random = 1;

    (void)state;
    for (int n = 0; n < 20000; n++) {
        char line[64], raw[2048], left[64 + 1];
        size_t length = 0, kept = 0;
        while (length < sizeof line) {
            random = random * 1103515245u + 12345u;
            if (random >> 26 == 0)
                break;
            line[length++] = alphabet[(random >> 16) % (sizeof alphabet - 1)];
        }
        struct out o = out_fixed(raw, sizeof raw);
        colour_line(&o, str_make(line, length));
        assert_false(out_cut(&o));
        struct str text = out_text(&o);
        for (size_t i = 0; i < text.len; i++) {
            if (text.p[i] == '\x1b')
                while (text.p[i] != 'm')
                    i++;
            else
                left[kept++] = text.p[i];
        }
        assert_int_equal(kept, length);
        assert_memory_equal(left, line, length);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),
        cmocka_unit_test(nothing_else_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
