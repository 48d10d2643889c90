/*
 * Compiling filters, beside libpcap: how long programs are, how many instructions packets run
 * through, and what compiling costs.  Started by bench/compile, which says more.
 *
 *     bench_compile TABLES CAPTURES RANDOM
 */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/linktype.h"
#include "bpf/filter.h"
#include "bpf/vm.h"
#include "bpf/ways.h"
#include "file_names.h"
#include "random_filter.h"
#include "reference.h"
#include "rows.h"

enum { TEXT_MAX = 4 << 20, ROUNDS = 15, NETMASK = 0xffffff00u, NO_NETMASK = 0xffffffffu };
enum { EXPRESSIONS_MAX = 1 << 16, PACKETS_MAX = 20000 };

/* Packets of one capture, lest the largest be all that counts. */
enum { CAPTURE_MAX = 100 };

static char *memory;
static bool failed;

/* What --check is about: says whether a goal is met. */
static const char *goal(bool met)
{
    failed = failed || !met;
    return met ? "" : "   MISSED";
}

/* -- our compiler */

struct ours {
    struct filter filter;
    char message[200];
    u32 longest; /* way through the program, in instructions */
    size_t bytes; /* of the arena */
    double ns;    /* the least of all rounds; 0 when it does not compile */
};

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static bool compile(struct ours *o, u32 linktype, const char *text, u32 netmask, int rounds)
{
    struct filter_options options = { .linktype = linktype,
                                      .optimise = true,
                                      .names = file_names(NULL),
                                      .netmask = netmask,
                                      .netmask_known = netmask != NO_NETMASK };
    struct str expression = str_of(text);
    bool fine = true;

    o->ns = 0;
    for (int i = 0; i < rounds; i++) {
        struct arena arena = arena_over(memory, FILTER_ARENA_BYTES);
        struct diag diag = { .text = &arena };
        double from = now_ns();
        fine = filter_compile(&o->filter, expression, &options, &arena, &diag);
        double ns = now_ns() - from;
        o->ns = i == 0 || ns < o->ns ? ns : o->ns;
        o->bytes = (size_t)(arena.at - memory);
        o->longest = fine ? bpf_ways(o->filter.insns, o->filter.count, &arena).longest : 0;
        snprintf(o->message, sizeof o->message, "%.*s", fine ? 0 : (int)diag.what.len, diag.what.p);
    }
    return fine;
}

/* -- many expressions: sizes and times */

struct sums {
    size_t expressions, ours, theirs, longer;
    double ratios[EXPRESSIONS_MAX]; /* of the times */
    char worst[200];
    double worst_ratio;
};

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void add(struct sums *s, const char *text, u32 ours, u32 theirs, double our_ns,
                double their_ns)
{
    if (s->expressions == EXPRESSIONS_MAX || their_ns == 0)
        return;
    s->ratios[s->expressions++] = our_ns / their_ns;
    s->ours += ours;
    s->theirs += theirs;
    s->longer += ours > theirs;
    if (our_ns / their_ns > s->worst_ratio) {
        s->worst_ratio = our_ns / their_ns;
        snprintf(s->worst, sizeof s->worst, "%s", text);
    }
}

static void report(struct sums *s, const char *what, double size_goal, double time_goal)
{
    if (s->expressions == 0)
        return;
    qsort(s->ratios, s->expressions, sizeof *s->ratios, ascending);
    double size = (double)s->ours / (double)s->theirs, median = s->ratios[s->expressions / 2];
    printf(
        "%-9s %6zu expressions: %zu instructions, reference %zu (%.3f, goal %.2f)%s; %zu longer\n",
        what, s->expressions, s->ours, s->theirs, size, size_goal, goal(size <= size_goal),
        s->longer);
    printf("          compile time: median %.2f of the reference's (goal %.2f)%s, 99 %% %.2f, "
           "worst %.2f: %s\n",
           median, time_goal, goal(median <= time_goal), s->ratios[s->expressions * 99 / 100],
           s->worst_ratio, s->worst);
}

/* The shorter of the two releases whose lengths the table has. */
static u32 mark_to_beat(const struct table *t, const struct row *r)
{
    u32 theirs = (u32)strtoul(table_cell(t, r, "opt_insns"), NULL, 10);
    u32 old = (u32)strtoul(table_cell(t, r, "opt_insns_1103"), NULL, 10);

    if (old != 0 && strcmp(table_cell(t, r, "v1103"), "same") == 0 && (theirs == 0 || old < theirs))
        return old;
    return theirs;
}

static u32 netmask_of(const struct table *t, const struct row *r)
{
    unsigned a, b, c, d;

    if (sscanf(table_cell(t, r, "netmask"), "%u.%u.%u.%u", &a, &b, &c, &d) != 4)
        return NO_NETMASK;
    return a << 24 | b << 16 | c << 8 | d;
}

static bool is_usual(const struct table *t, const struct row *r)
{
    return strcmp(table_cell(t, r, "expect"), "accept") == 0 &&
           strcmp(table_cell(t, r, "mode"), "file") == 0 && table_cell(t, r, "needs")[0] == '\0';
}

static void real_rows(const struct table *t, struct sums *s)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct row *r = &t->rows[i];
        const char *text = table_cell(t, r, "expr");
        const struct linktype_info *link = linktype_by_name(str_of(table_cell(t, r, "dlt")));
        u32 theirs = mark_to_beat(t, r), netmask = netmask_of(t, r);
        struct ours ours;
        if (!is_usual(t, r) || theirs == 0 || strstr(text, "protochain") != NULL || link == NULL ||
            !compile(&ours, link->number, text, netmask, ROUNDS))
            continue;
        add(s, text, ours.filter.count, theirs, ours.ns,
            reference_compile_ns(link->dlt, text, netmask, ROUNDS));
    }
    report(s, "real.tsv", 0.95, 0.50);
}

static void random_ones(unsigned long count, struct sums *s)
{
    uint64_t state = 88172645463325252u;

    for (unsigned long i = 0; i < count; i++) {
        char text[4096];
        const struct linktype_info *link = linktype_by_name(
            str_of(random_filter(text, sizeof text, &state)));
        struct reference theirs;
        struct ours ours;
        bool both = reference_compile(&theirs, link->dlt, text, NETMASK, true) &&
                    compile(&ours, link->number, text, NETMASK, 3);
        if (both)
            add(s, text, ours.filter.count, theirs.count, ours.ns,
                reference_compile_ns(link->dlt, text, NETMASK, 3));
        reference_free(&theirs);
    }
    report(s, "random", 0.88, 0.50);
}

/* -- executed instructions */

struct capture {
    struct packet packets[PACKETS_MAX];
    size_t count, limit;
};

static void keep_packet(void *to, const uint8_t *bytes, uint32_t caplen, uint32_t len)
{
    struct capture *c = to;

    if (c->count == PACKETS_MAX || c->count == c->limit)
        return;
    u8 *kept = malloc(caplen);
    memcpy(kept, bytes, caplen);
    c->packets[c->count++] = (struct packet){ .data = kept, .caplen = caplen, .len = len };
}

static void read_captures(const char *directory, struct capture *c)
{
    DIR *d = opendir(directory);
    const struct dirent *e;

    while (d != NULL && (e = readdir(d)) != NULL) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", directory, e->d_name);
        c->limit = c->count + CAPTURE_MAX;
        reference_packets(path, LINKTYPE_EN10MB, keep_packet, c);
    }
    if (d != NULL)
        closedir(d);
}

static u32 steps_of(const struct bpf_insn *insns, u32 count, const struct packet *p)
{
    struct bpf_machine m = bpf_start();

    while (bpf_step(&m, insns, count, p))
        continue;
    return m.steps;
}

static void executed(const struct table *t, const char *captures)
{
    struct capture *c = calloc(1, sizeof *c);
    size_t ours_sum = 0, theirs_sum = 0;

    read_captures(captures, c);
    for (size_t i = 0; i < t->count && c->count > 0; i++) {
        const struct row *r = &t->rows[i];
        const char *text = table_cell(t, r, "expr");
        struct reference theirs;
        struct ours ours;
        if (!is_usual(t, r) || strcmp(table_cell(t, r, "dlt"), "EN10MB") != 0 ||
            strcmp(table_cell(t, r, "v1103"), "same") != 0 || strstr(text, "protochain") != NULL)
            continue;
        if (reference_compile(&theirs, LINKTYPE_EN10MB, text, netmask_of(t, r), true) &&
            compile(&ours, LINKTYPE_EN10MB, text, netmask_of(t, r), 1))
            for (size_t n = 0; n < c->count; n++) {
                ours_sum += steps_of(ours.filter.insns, ours.filter.count, &c->packets[n]);
                theirs_sum += steps_of((const struct bpf_insn *)theirs.insns, theirs.count,
                                       &c->packets[n]);
            }
        reference_free(&theirs);
    }
    if (theirs_sum == 0)
        return;
    double ratio = (double)ours_sum / (double)theirs_sum;
    printf("executed  on %zu packets of Ethernet: %.3f of the reference's instructions (goal "
           "0.93)%s\n",
           c->count, ratio, goal(ratio <= 0.93));
    for (size_t n = 0; n < c->count; n++)
        free((void *)(uintptr_t)c->packets[n].data);
    free(c);
}

/* -- long and odd expressions */

struct text {
    char *at, *end;
};

__attribute__((format(printf, 2, 3))) static void say(struct text *t, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(t->at, (size_t)(t->end - t->at), fmt, ap);
    va_end(ap);
    t->at += n < t->end - t->at ? n : 0;
}

static void host(struct text *t, u32 i)
{
    say(t, "host 10.%u.%u.%u", i % 7, i * 37 % 251, i * 101 % 256);
}
static void src_host(struct text *t, u32 i)
{
    say(t, "src ");
    host(t, i);
}
static void ip_host(struct text *t, u32 i)
{
    say(t, "ip ");
    host(t, i);
}
static void not_host(struct text *t, u32 i)
{
    say(t, "not ");
    host(t, i);
}
static void port(struct text *t, u32 i)
{
    say(t, "port %u", (i * 7919 + 13) % 65536);
}
static void tcp_dst_port(struct text *t, u32 i)
{
    say(t, "tcp dst ");
    port(t, i);
}
static void net(struct text *t, u32 i)
{
    say(t, "net 10.%u.%u.0/%u", i % 200, i / 200 * 8 % 256, 22 + i % 3);
}
static void host6(struct text *t, u32 i)
{
    say(t, "host 2001:db8::%x:%x", i % 5, i * 31 % 65536);
}
static void ether_host(struct text *t, u32 i)
{
    say(t, "ether host 2:0:0:%x:%x:%x", i % 3, i % 256, i * 7 % 256);
}
static void range(struct text *t, u32 i)
{
    say(t, "portrange %u-%u", i * 60 % 65000, i * 60 % 65000 + 9);
}

static void mixed(struct text *t, u32 i)
{
    static void (*const kinds[])(struct text *, u32) = { host,     net,          port, range,
                                                         src_host, tcp_dst_port, host6 };
    kinds[i % countof(kinds)](t, i);
}

static void rule(struct text *t, u32 i) /* of an access list */
{
    say(t, "(src net 10.%u.0.0/16 and dst host 192.168.%u.%u and tcp dst port %u)", i % 50, i % 9,
        i % 200, 1 + i * 13 % 1000);
}

static void flow(struct text *t, u32 i)
{
    say(t, "(host 10.0.%u.%u and port %u)", i / 250, i % 250 + 1, i * 97 % 65535);
}

static void byte_at(struct text *t, u32 i)
{
    say(t, "ether[%u] = %u", i % 1400, i % 256);
}

static const struct {
    const char *name, *join;
    void (*item)(struct text *, u32);
} lists[] = {
    { "host", "or", host },
    { "src host", "or", src_host },
    { "ip host", "or", ip_host },
    { "not host", "and", not_host },
    { "port", "or", port },
    { "tcp dst port", "or", tcp_dst_port },
    { "net", "or", net },
    { "IPv6 host", "or", host6 },
    { "ether host", "or", ether_host },
    { "portrange", "or", range },
    { "mixed", "or", mixed },
    { "rules", "or", rule },
    { "flows", "or", flow },
    { "bytes", "or", byte_at },
    { "bytes", "and", byte_at },
};

/* One line about a text. */
static void show(const char *what, u32 n, const char *text, bool reference)
{
    struct ours ours;
    bool fine = compile(&ours, LINKTYPE_EN10MB, text, NETMASK, n > 1000 ? 1 : 5);

    printf("%-16s %6u ", what, n);
    if (fine)
        printf("%7u %6u", ours.filter.count, ours.longest);
    else
        printf("%14s", "error");
    printf(" %9.2f %7.2f", ours.ns / 1e6, (double)ours.bytes / (1 << 20));
    if (reference) {
        struct reference theirs;
        if (reference_compile(&theirs, LINKTYPE_EN10MB, text, NETMASK, true))
            printf(" %9u %9.2f", theirs.count,
                   reference_compile_ns(LINKTYPE_EN10MB, text, NETMASK, 1) / 1e6);
        reference_free(&theirs);
    }
    printf("%s%s%s\n", fine ? "" : "  ", ours.message, goal(ours.ns < 1e9));
}

static void long_lists(char *text)
{
    static const u32 counts[] = { 10, 100, 1000, 10000 };

    printf("\n%-16s %6s %7s %6s %9s %7s %9s %9s\n", "list", "items", "insns", "longest", "ms",
           "MiB", "reference", "ms");
    for (size_t k = 0; k < countof(lists); k++)
        for (size_t c = 0; c < countof(counts); c++) {
            struct text t = { text, text + TEXT_MAX };
            *text = '\0';
            for (u32 i = 0; i < counts[c]; i++) {
                say(&t, "%s%s%s", i > 0 ? " " : "", i > 0 ? lists[k].join : "", i > 0 ? " " : "");
                lists[k].item(&t, i);
            }
            show(lists[k].name, counts[c], text, counts[c] <= 100);
        }
}

/* `count` times each of three texts. */
static void repeat(char *text, const char *what, const char *before, const char *middle,
                   const char *after, u32 n)
{
    struct text t = { text, text + TEXT_MAX };

    for (u32 i = 0; i < n; i++)
        say(&t, "%s", before);
    say(&t, "%s", middle);
    for (u32 i = 0; i < n; i++)
        say(&t, "%s", after);
    show(what, n, text, false);
}

static void odd_ones(char *text)
{
    printf("\n");
    repeat(text, "parentheses", "(", "tcp", ")", 100000);
    repeat(text, "not", "not ", "tcp", "", 100000);
    repeat(text, "not (", "not (", "tcp", ")", 20000);
    repeat(text, "vlan and", "vlan and ", "tcp", "", 1000);
    repeat(text, "mpls or", "mpls or ", "tcp port 80", "", 1000);
    repeat(text, "geneve and", "geneve and ", "host 10.0.0.1", "", 1000);
    repeat(text, "vxlan and", "vxlan and ", "host 10.0.0.1", "", 1000);
    repeat(text, "len + ... > 5", "(len + ", "1", ")", 20000);
    repeat(text, "and or", "(tcp or port 80) and (host 10.0.0.1 or udp) or ", "arp", "", 1000);
    repeat(text, "nested and or", "(tcp port 80 or not (udp and ", "arp", "))", 400);
    repeat(text, "ip[ip[...]]", "ip[", "0", "]", 2000);
    repeat(text, "a or b and c", "tcp[13] = 2 or host 10.1.2.3 and len > 5 or ", "arp", "", 1000);
    repeat(text, "protochain", "protochain 6 or ", "arp", "", 3);
}

int main(int argc, char **argv)
{
    static struct sums real, random;
    struct table t;
    char *text = malloc(TEXT_MAX);

    memory = malloc(FILTER_ARENA_BYTES);
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    if (argc != 4 || !table_read(&t, argv[1], "real.tsv")) {
        fprintf(stderr, "usage: bench_compile TABLES CAPTURES RANDOM\n");
        return 2;
    }
    real_rows(&t, &real);
    executed(&t, argv[2]);
    random_ones(strtoul(argv[3], NULL, 10), &random);
    long_lists(text);
    odd_ones(text);
    table_free(&t);
    free(memory);
    free(text);
    return failed;
}
