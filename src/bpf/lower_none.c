/* Words and dialects that a small build does not compile. */
#include "bpf/lower.h"

static const struct test *left_out(struct lower *l, const char *what)
{
    return lower_fail(l, "%s: not in this small build", what);
}

/* -- lower_odd.c and lower_decnet.c */

const struct test *lower_llc(struct lower *l, const struct layout *at, const struct ast *n,
                             struct exits to)
{
    (void)at, (void)n, (void)to;
    return left_out(l, "llc");
}

const struct test *lower_cell(struct lower *l, const struct layout *at, enum cell cell,
                              struct exits to)
{
    (void)at, (void)cell, (void)to;
    return left_out(l, "ATM");
}

const struct test *lower_number_field(struct lower *l, const struct layout *at, const struct ast *n,
                                      struct exits to)
{
    (void)at, (void)n, (void)to;
    return left_out(l, "fields of ATM and SS7");
}

const struct test *lower_pf(struct lower *l, const struct layout *at, const struct ast *n,
                            struct exits to)
{
    (void)at, (void)n, (void)to;
    return left_out(l, "fields of pflog");
}

const struct test *lower_decnet(struct lower *l, const struct layout *at, const struct match *m,
                                struct exits to)
{
    (void)at, (void)m, (void)to;
    return left_out(l, "DECnet addresses");
}

/* -- lower_plain.c: nothing is plain, so of the rest only the first and the last are called */

void lower_plain_start(struct lower *l, struct layout *at)
{
    (void)at;
    if (l->options->plain)
        left_out(l, "--filter-dialect=plain");
}

const struct test *lower_plain_root(struct lower *l, const struct parsed *parsed,
                                    const struct layout *at, const struct test *next)
{
    (void)l, (void)parsed, (void)at;
    return next;
}

bool lower_plain_passes(u32 number)
{
    return (void)number, false;
}

struct place lower_plain_transport(struct lower *l, const struct layout *at)
{
    (void)l;
    return (struct place){ NULL, at->network };
}

const struct test *lower_plain_first(struct lower *l, struct exits to)
{
    return (void)l, to.yes;
}

const struct test *lower_plain_proto(struct lower *l, u32 number, struct exits to)
{
    (void)l, (void)number;
    return to.yes;
}

const struct test *lower_plain_vlan(struct lower *l, const struct layout *at, const struct ast *n,
                                    struct exits to)
{
    (void)l, (void)at, (void)n;
    return to.yes;
}
