/*
 * Our programs against those of the installed libpcap: the same packets must pass.
 *
 *     filter_verdicts DIRECTORY            the expressions of the shared tables
 *     filter_verdicts -r SEED COUNT        random expressions
 *     filter_verdicts -i                   lines of LINKTYPE, tab, EXPRESSION from standard input
 *     filter_verdicts -e LINKTYPE EXPR     one, in detail
 *
 * Where libpcap's unoptimised program ends with a load out of the packet, ours may do as it likes,
 * and so does libpcap's optimiser.  An expression that one of the two finds impossible must pass no
 * packet with the other; where the other compiles it, that is a disagreement as well, but for lines of
 * standard input, which only count it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/linktype.h"
#include "bpf/filter.h"
#include "bpf/vm.h"
#include "file_names.h"
#include "random_filter.h"
#include "reference.h"
#include "rows.h"
#include "steer.h"

enum { ARENA = 64 << 20, SKIPPED = 77, PACKETS = 300, WRONG_PACKETS = 20000, SHOWN_MAX = 40 };

static char *memory;
static bool detailed;
static bool strict = true; /* an expression that one refuses as impossible must not compile with the other */
static uint32_t packets = PACKETS;

struct totals {
    size_t expressions, both, only_ours, only_theirs, packets, passed, aborted, differ, ours,
        theirs, longer;
    size_t theirs_wrong, one_never;
};

/* What a compiler says of an expression. */
enum outcome { COMPILED, NEVER /* refused: no packet can match */, REFUSED };

struct pair {
    enum outcome our_outcome, their_outcome;
    struct filter ours;
    struct reference theirs, plain; /* plain: not optimised */
    char message[256];              /* of the one that refused */
};

static const struct bpf_insn reject = { .code = 0x06 };

static enum outcome refusal(struct pair *pair, struct str message)
{
    snprintf(pair->message, sizeof pair->message, "%.*s", (int)message.len, message.p);
    return str_equal(message, str_of("expression rejects all packets")) ? NEVER : REFUSED;
}

static void compile_ours(const struct linktype_info *link, const char *text, u32 netmask, bool known,
                         const struct resolver *names, struct pair *pair)
{
    static struct arena arena;
    arena = arena_over(memory, ARENA);
    struct diag diag = { .text = &arena };
    struct filter_options options = { .linktype = link->number,
                                      .optimise = true,
                                      .names = names,
                                      .netmask = netmask,
                                      .netmask_known = known };
    /* Without a savefile the reference takes address families to be this system's. */
    options.live = link->number == LINKTYPE_NULL || link->number == LINKTYPE_LOOP ||
                   link->number == LINKTYPE_ENC || link->number == LINKTYPE_PFLOG;
    pair->our_outcome = COMPILED;
    if (!filter_compile(&pair->ours, str_of(text), &options, &arena, &diag)) {
        pair->our_outcome = refusal(pair, diag.what);
        pair->ours = (struct filter){ .insns = &reject, .count = 1 };
    }
}

static void compile_theirs(const struct linktype_info *link, const char *text, u32 mask, struct pair *pair)
{
    pair->theirs = pair->plain = (struct reference){ .count = 0 };
    pair->their_outcome = COMPILED;
    if (!reference_compile(&pair->plain, link->dlt, text, mask, false))
        pair->their_outcome = refusal(pair, str_of(pair->plain.message));
    else if (!reference_compile(&pair->theirs, link->dlt, text, mask, true))
        pair->their_outcome = refusal(pair, str_of(pair->theirs.message));
}

static u32 run_ours(const struct filter *f, const struct steer_packet *p)
{
    struct packet packet = { .data = p->bytes, .caplen = p->caplen, .len = p->len };
    return bpf_run(f->insns, &packet);
}

static void show(const struct steer_packet *p, u32 ours, u32 theirs)
{
    printf("    ours %u, theirs %u, caplen %u, len %u:", ours, theirs, p->caplen, p->len);
    for (uint32_t i = 0; i < p->caplen && i < 128; i++)
        printf("%s%02x", i % 2 == 0 ? " " : "", p->bytes[i]);
    printf("\n");
}

static u32 payload_of(const struct linktype_info *link, uint64_t *state)
{
    return link->number == LINKTYPE_EN10MB       ? 14
           : link->number == LINKTYPE_LINUX_SLL  ? 16
           : link->number == LINKTYPE_LINUX_SLL2 ? 20
           : link->number == LINKTYPE_RAW        ? 0
                                                 : steer_random(state, 40);
}

/*
 * Whether a program shifts by X.  By 32 or more the reference leaves that to the machine: the
 * kernel and user space may differ.
 */
static bool shifts_by_x(const struct reference *r)
{
    enum { LSH_X = 0x6c, RSH_X = 0x7c };

    for (uint32_t i = 0; i < r->count; i++)
        if (r->insns[i].code == LSH_X || r->insns[i].code == RSH_X)
            return true;
    return false;
}

/* Whether a packet shows that the reference's optimiser has changed the meaning. */
static bool theirs_is_wrong(const struct linktype_info *link, const struct pair *pair)
{
    uint64_t state = 88172645463325252u;
    const struct reference *programs[] = { &pair->theirs, &pair->plain };
    u32 payload_at = payload_of(link, &state);

    for (uint32_t n = 0; n < WRONG_PACKETS; n++) {
        struct steer_packet p;
        bool aborted, ignored;
        steer_fill(&p, &state, payload_at);
        for (u32 w = 0; w < 4; w++) {
            const struct reference *r = programs[steer_random(&state, 2)];
            steer_walk(r->insns, r->count, &p, &state);
        }
        u32 plain = steer_run(pair->plain.insns, pair->plain.count, &p, &aborted);
        if (!aborted && plain != steer_run(pair->theirs.insns, pair->theirs.count, &p, &ignored))
            return true;
    }
    return false;
}

/* Compares the lengths, where the reference's optimised program is right. */
static void measure(const struct linktype_info *link, const char *text, const struct pair *pair,
                    struct totals *sum)
{
    if (pair->our_outcome != COMPILED || pair->their_outcome != COMPILED)
        return;
    if (pair->ours.count > pair->theirs.count) {
        if (shifts_by_x(&pair->theirs) || theirs_is_wrong(link, pair)) {
            sum->theirs_wrong++;
            return;
        }
        sum->longer++;
        if (detailed)
            printf("longer: %u, not %u: %s: %s\n", pair->ours.count, pair->theirs.count, linktype_name(link),
                   text);
    }
    sum->ours += pair->ours.count;
    sum->theirs += pair->theirs.count;
}

/* Tries packets; false when one is judged differently. */
static bool same_verdicts(const struct linktype_info *link, const char *text,
                          const struct pair *pair, struct totals *sum)
{
    uint64_t state = 88172645463325252u;
    u32 payload_at = payload_of(link, &state);
    const struct steer_insn *theirs = pair->plain.insns;
    const struct steer_insn *ours = (const struct steer_insn *)pair->ours.insns;
    bool same = true;

    measure(link, text, pair, sum);
    for (uint32_t n = 0; n < packets && same; n++) {
        struct steer_packet p;
        bool aborted;
        steer_fill(&p, &state, payload_at);
        u32 walks = steer_random(&state, 4);
        for (u32 w = 0; w < walks; w++)
            if (w % 2 == 0)
                steer_walk(theirs, pair->plain.count, &p, &state);
            else
                steer_walk(ours, pair->ours.count, &p, &state);
        u32 reference = steer_run(theirs, pair->plain.count, &p, &aborted),
            verdict = run_ours(&pair->ours, &p);
        sum->packets++;
        sum->passed += reference != 0;
        sum->aborted += aborted;
        if (verdict != reference && !aborted) {
            same = false;
            sum->differ++;
            if (sum->differ <= SHOWN_MAX || detailed) {
                printf("differ: %s: %s\n", linktype_name(link), text);
                show(&p, verdict, reference);
            }
        }
    }
    return same;
}

/* Counts agreement about what is accepted; `matches`: a packet passes the reference's plain program. */
static void compare_outcomes(const struct linktype_info *link, const char *text, const struct pair *pair,
                             bool matches, struct totals *sum)
{
    bool ours = pair->our_outcome == COMPILED, theirs = pair->their_outcome == COMPILED;

    sum->expressions++;
    sum->both += ours && theirs;
    if (ours == theirs)
        return;
    if (pair->their_outcome == NEVER && matches) {
        sum->theirs_wrong++;
        return;
    }
    if (!strict && (pair->their_outcome == NEVER || pair->our_outcome == NEVER)) {
        sum->one_never++;
        return;
    }
    *(ours ? &sum->only_ours : &sum->only_theirs) += 1;
    if (sum->only_ours + sum->only_theirs <= SHOWN_MAX || detailed)
        printf("%s only: %s: %s\n    %s\n", ours ? "ours" : "theirs", linktype_name(link), text,
               pair->message);
}

static void try(const struct linktype_info *link, const char *text, u32 netmask, bool known,
                const struct resolver *names, struct totals *sum)
{
    struct pair pair;
    size_t passed = sum->passed;

    compile_ours(link, text, netmask, known, names, &pair);
    compile_theirs(link, text, known ? netmask : 0xffffffffu, &pair);
    if (pair.our_outcome != REFUSED && pair.their_outcome != REFUSED)
        same_verdicts(link, text, &pair, sum);
    compare_outcomes(link, text, &pair, sum->passed > passed, sum);
    reference_free(&pair.theirs);
    reference_free(&pair.plain);
}

/* The rows on which the installed release means the same as the tables' one. */
static bool try_table(const char *directory, const char *file, struct totals *sum)
{
    struct table t;
    if (!table_read(&t, directory, file))
        return false;
    for (size_t i = 0; i < t.count; i++) {
        const struct row *r = &t.rows[i];
        const char *mask = table_cell(&t, r, "netmask");
        unsigned a = 0, b = 0, c = 0, d = 0;
        if (strcmp(table_cell(&t, r, "v1103"), "same") != 0 ||
            table_cell(&t, r, "needs")[0] != '\0' || strcmp(table_cell(&t, r, "mode"), "live") == 0)
            continue;
        bool known = sscanf(mask, "%u.%u.%u.%u", &a, &b, &c, &d) == 4;
        try(linktype_by_name(str_of(table_cell(&t, r, "dlt"))), table_cell(&t, r, "expr"),
            a << 24 | b << 16 | c << 8 | d, known, file_names(NULL), sum);
    }
    table_free(&t);
    return true;
}

/* Expressions of standard input. */
static void try_lines(struct totals *sum)
{
    char line[4096];
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *text = strchr(line, '\t');
        if (text == NULL)
            continue;
        *text++ = '\0';
        text[strcspn(text, "\n")] = '\0';
        const struct linktype_info *link = linktype_by_name(str_of(line));
        if (link != NULL)
            try(link, text, 0xffffff00, true, file_names(NULL), sum);
    }
}

/* Whether packets are judged differently, or more than one expression in a thousand is one for one only. */
static bool disagree(const struct totals *sum)
{
    return sum->differ > 0 || (sum->only_ours + sum->only_theirs) * 1000 > sum->expressions;
}

/* `most`: the size that all programs may have, as a part of the reference's. */
static int report(const struct totals *sum, double most)
{
    printf("%zu expressions, %zu compile with both, %zu only ours, %zu only theirs\n",
           sum->expressions, sum->both, sum->only_ours, sum->only_theirs);
    if (!strict)
        printf("%zu more are refused by one, as no packet can match\n", sum->one_never);
    printf("%zu packets, %zu passed, %zu aborted; %zu expressions differ\n", sum->packets,
           sum->passed, sum->aborted, sum->differ);
    printf("%zu instructions, reference %zu (%.3f), %zu longer, %zu of the reference are wrong\n",
           sum->ours, sum->theirs, (double)sum->ours / (double)(sum->theirs > 0 ? sum->theirs : 1),
           sum->longer, sum->theirs_wrong);
    /* Of a few the optimiser may miss the best: one in two hundred is what it must not exceed. */
    return disagree(sum) || sum->longer * 200 > sum->expressions ||
           (double)sum->ours > most * (double)sum->theirs;
}

int main(int argc, char **argv)
{
    struct totals sum = { 0 };
    memory = malloc(ARENA);
    if (argc > 1 && strcmp(argv[1], "-v") == 0) {
        detailed = true;
        argv++;
        argc--;
    }
    if (argc == 4 && strcmp(argv[1], "-e") == 0) {
        detailed = true;
        packets = 20000;
        try(linktype_by_name(str_of(argv[2])), argv[3], 0xffffff00, true, file_names(NULL), &sum);
        return report(&sum, 1);
    }
    if (argc == 2 && strcmp(argv[1], "-i") == 0) {
        strict = false; /* their optimiser gives up on many such lines, of 802.11 and Juniper above all */
        try_lines(&sum);
        report(&sum, 1);
        return disagree(&sum);
    }
    if (argc == 4 && strcmp(argv[1], "-r") == 0) {
        uint64_t state = strtoull(argv[2], NULL, 10) * 2654435769u + 88172645463325252u;
        for (unsigned long n = strtoul(argv[3], NULL, 10); n > 0; n--) {
            char text[4096];
            const char *link = random_filter(text, sizeof text, &state);
            try(linktype_by_name(str_of(link)), text, 0xffffff00, true, file_names(NULL), &sum);
        }
        return report(&sum, 0.88);
    }
    if (argc != 2 || !try_table(argv[1], "accept.tsv", &sum) ||
        !try_table(argv[1], "real.tsv", &sum))
        return SKIPPED;
    return report(&sum, 1);
}
