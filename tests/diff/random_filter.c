/* Random filter expressions: a grammar with weights. */
#include "random_filter.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "steer.h"

struct text {
    char *at, *end;
    uint64_t *state;
    int depth;
    bool link_words; /* Ethernet words make sense */
    bool llc_words;  /* so do protocols over LLC, which the reference gets wrong on Linux cooked v2 */
};

static uint32_t below(struct text *t, uint32_t n)
{
    return steer_random(t->state, n);
}

__attribute__((format(printf, 2, 3))) static void add(struct text *t, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(t->at, (size_t)(t->end - t->at), fmt, ap);
    va_end(ap);
    t->at = n < t->end - t->at ? t->at + n : t->end - 1;
}

static const char *one_of(struct text *t, const char *const *words, size_t n)
{
    return words[below(t, (uint32_t)n)];
}

#define ONE_OF(t, ...)                              \
    one_of(t, (const char *const[]){ __VA_ARGS__ }, \
           sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void dir(struct text *t)
{
    if (below(t, 2) == 0)
        add(t, "%s ", ONE_OF(t, "src", "dst", "src or dst", "src and dst"));
}

static void ip4(struct text *t)
{
    add(t, "%s",
        ONE_OF(t, "10.0.0.1", "10.0.0.2", "192.168.1.1", "10.0.0.3", "172.16.5.4",
               "255.255.255.255"));
}

static void net(struct text *t)
{
    add(t, "%s", ONE_OF(t, "10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "192.168.1.0/24", "192.168.0.0/16",
                        "172.16.0.0/12", "10", "10.1", "0.0.0.0/0", "10.0.0.1/32", "10.0.0.0/31",
                        "192.168.0.0 mask 255.255.0.0", "2001:db8::/32", "fe80::/10", "::/0"));
}

static void port(struct text *t)
{
    add(t, "%s", ONE_OF(t, "53", "80", "81", "82", "443", "0", "65535", "domain", "http"));
}

static void value(struct text *t, int depth);

static void load(struct text *t, int depth)
{
    static const char *const sizes[] = { "", ":1", ":2", ":4" };
    add(t, "%s[", ONE_OF(t, "ip", "ip6", "tcp", "udp", "icmp", "link", "ether", "arp", "icmp6", "sctp"));
    if (below(t, 5) == 0)
        value(t, depth + 1);
    else
        add(t, "%u", below(t, 24));
    add(t, "%s]", sizes[below(t, 4)]);
}

static void value(struct text *t, int depth)
{
    switch (below(t, depth > 2 ? 5 : 9)) {
    case 0: add(t, "len"); break;
    case 1: add(t, "%u", below(t, 300)); break;
    case 2:
    case 3:
    case 4: load(t, depth); break;
    case 5:
        add(t, "(");
        value(t, depth + 1);
        add(t, ")");
        break;
    default:
        value(t, depth + 1);
        add(t, " %s ", ONE_OF(t, "+", "-", "*", "/", "&", "|", "<<", ">>", "^", "%", "&", "&"));
        if (below(t, 3) == 0)
            value(t, depth + 1);
        else
            add(t, "%u", 1 + below(t, 31));
        break;
    }
}

/* Alternatives of one kind, enough to be treated as a list. */
static void list(struct text *t)
{
    uint32_t kind = below(t, 5), items = 8 + below(t, 8);
    const char *way = ONE_OF(t, "", "", "src ", "dst "), *op = ONE_OF(t, "or", "or", "and");
    const char *not = *op == 'a' ? "not " : "";
    add(t, "(");
    for (uint32_t i = 0; i < items; i++) {
        add(t, "%s%s", i > 0 ? op : "", i > 0 ? " " : "");
        switch (kind) {
        case 0: add(t, "%s%shost 10.0.0.%u", not, way, below(t, 30)); break;
        case 1: add(t, "%s%sport %u", not, way, 60 + below(t, 40)); break;
        case 2:
            add(t, "%s%snet 10.%u.%u.0/%u", not, way, below(t, 3), 4 * below(t, 4),
                22 + below(t, 3));
            break;
        case 3: add(t, "%s%shost 2001:db8::%u:%u", not, way, below(t, 3), below(t, 9)); break;
        default: add(t, "%stcp %sport %u", not, way, 60 + below(t, 40)); break;
        }
        add(t, " ");
    }
    add(t, ")");
}

static void primitive(struct text *t)
{
    if (below(t, 40) == 0) {
        list(t);
        return;
    }
    switch (below(t, 20)) {
    case 0:
    case 1:
        if (t->llc_words && below(t, 3) == 0)
            add(t, "%s", ONE_OF(t, "iso", "stp", "ipx", "atalk", "aarp", "netbeui", "decnet", "esis"));
        else
            add(t, "%s",
                ONE_OF(t, "ip", "ip6", "arp", "tcp", "udp", "icmp", "icmp6", "sctp", "igmp", "rarp",
                       "pim", "ah", "esp", "vrrp", "decnet"));
        break;
    case 2:
    case 3:
    case 4:
        add(t, "%s", ONE_OF(t, "", "", "ip ", "arp ", "rarp "));
        dir(t);
        add(t, "host ");
        ip4(t);
        if (below(t, 4) == 0) {
            add(t, " %s ", ONE_OF(t, "or", "and", "or not"));
            ip4(t);
        }
        break;
    case 5:
    case 6:
        dir(t);
        add(t, "net ");
        net(t);
        break;
    case 7:
    case 8:
    case 9:
        add(t, "%s", ONE_OF(t, "", "", "tcp ", "udp ", "sctp "));
        dir(t);
        add(t, "port ");
        port(t);
        if (below(t, 4) == 0) {
            add(t, " or ");
            port(t);
        }
        break;
    case 10:
        add(t, "%s", ONE_OF(t, "", "tcp ", "udp "));
        dir(t);
        add(t, "portrange %u-%u", below(t, 100), below(t, 70000) % 65536);
        break;
    case 11:
        add(t, "%s%s", ONE_OF(t, "", "ip ", "ip6 "),
            ONE_OF(t, "proto 6", "proto 17", "proto 47", "proto \\udp", "proto 50"));
        break;
    case 12: add(t, "%s %u", ONE_OF(t, "less", "greater"), below(t, 300)); break;
    case 13:
        add(t, "%s",
            t->link_words ? ONE_OF(t, "ether host 0:1:2:3:4:5", "ether src 0:1:2:3:4:5",
                                   "broadcast", "multicast", "ether dst 1:0:5e:0:0:1",
                                   "ether proto 0x88cc", "llc", "ether[0] & 1 = 1")
                          : ONE_OF(t, "ip", "len > 60", "link[0] = 5"));
        break;
    case 14: add(t, "%s", ONE_OF(t, "ip6 multicast", "ip broadcast", "byte 14 > 60", "ip6 host ::1",
                                 "host 2001:db8::1", "ip6 src fe80::1")); break;
    case 15:
        add(t, "%s", ONE_OF(t, "tcp[tcpflags] & tcp-syn != 0", "tcp[13] = 2", "ip[6:2] & 0x1fff = 0",
                            "tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn", "icmp[icmptype] = icmp-echo",
                            "ip[0] & 0xf > 5", "udp[4:2] > 100", "ip[2:2] > 576"));
        break;
    case 16:
        if (t->link_words && below(t, 2) == 0) {
            add(t, "%s", ONE_OF(t, "vlan", "vlan 5", "mpls", "mpls 7", "pppoes", "pppoes 3", "pppoed"));
            break;
        }
        __attribute__((fallthrough));
    default:
        value(t, 0);
        add(t, " %s ", ONE_OF(t, "=", "!=", "<", ">", "<=", ">="));
        value(t, 1);
        break;
    }
}

static void expression(struct text *t)
{
    uint32_t items = 1 + below(t, t->depth > 1 ? 2 : 4);
    for (uint32_t i = 0; i < items; i++) {
        if (i > 0)
            add(t, " %s ", ONE_OF(t, "and", "or", "and", "or", "&&", "||"));
        if (below(t, 5) == 0)
            add(t, "%s", ONE_OF(t, "not ", "!"));
        if (t->depth < 3 && below(t, 4) == 0) {
            t->depth++;
            add(t, "(");
            expression(t);
            add(t, ")");
            t->depth--;
        } else {
            primitive(t);
        }
    }
}

const char *random_filter(char *text, size_t size, uint64_t *state)
{
    static const char *const links[] = { "EN10MB", "EN10MB",    "EN10MB",     "EN10MB",
                                         "RAW",    "LINUX_SLL", "LINUX_SLL2", "PPP" };
    struct text t = { .at = text, .end = text + size, .state = state };
    const char *link = links[steer_random(state, sizeof links / sizeof *links)];
    t.link_words = link[0] == 'E';
    t.llc_words = strcmp(link, "LINUX_SLL2") != 0;
    *text = '\0';
    expression(&t);
    return link;
}
