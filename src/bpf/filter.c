/* The front door: text, tree, graph, program. */
#include "bpf/filter.h"

#include "base/check.h"
#include "bpf/build.h"
#include "bpf/choose.h"
#include "bpf/lower.h"
#include "bpf/refuse.h"
#include "bpf/validate.h"

enum {
    INSNS_LIMIT = 65535, /* of any program, also of one that only user space can run */
    FEW_LEAVES = 60,     /* up to so many primitives, lists are also tried as they are written, */
                         /* which is the only way when nothing is to be optimised */
};

/* Whether some packet may pass: the passes leave no unreachable code. */
static bool accepts_anything(const struct filter *f)
{
    for (u32 i = 0; i < f->count; i++)
        if (f->insns[i].code == BPF_RET_K && f->insns[i].k != 0)
            return true;
    return false;
}

/* Whether packets get to what lowering had doubts about. */
static bool has_doubt(const struct filter *f)
{
    for (u32 i = 0; i < f->count; i++)
        if (f->insns[i].code == BPF_LD_W_ABS && f->insns[i].k == BPF_AD_OFF + BPF_AD_DOUBT)
            return true;
    return false;
}

/* Whether an expression that no packet can match is refused. */
static bool is_refused(const struct build *b, const struct filter_options *options)
{
    struct ir ir;
    struct diag doubt = { .text = NULL }, ignored = { .text = NULL };
    enum lower_sets found;

    ir_start(&ir, b->ir.arena);
    ir.as_written = true;
    const struct test *root = lower_filter(&b->parsed, options, false, &ir, &found, &doubt, &ignored);
    return root != NULL && rejects_plainly(&ir, root);
}

static u32 accepted(const struct filter_options *options)
{
    return options->snaplen != 0 ? options->snaplen : FILTER_SNAPLEN;
}

/*
 * Lowers the tree and, if asked for, optimises the graph; the program is made if it came up on the way.
 * False after an error or with a full arena.
 */
static bool make_graph(struct build *b, const struct filter_options *options, struct diag *doubt,
                       struct diag *diag)
{
    bool sets = options->optimise || b->parsed.leaf_count > FEW_LEAVES;
    enum lower_sets found;

    b->lowered = lower_filter(&b->parsed, options, sets, &b->ir, &found, doubt, diag);
    b->graph = b->lowered;
    if (b->lowered == NULL || b->ir.arena->full)
        return false;
    if (!options->optimise)
        return true;
    struct choices from = { { b->lowered }, 1 };
    /* What a set saves others may lose; ports alone share their tests for IPv4 and IPv6 in it. */
    if (found == SETS_SOME && b->parsed.leaf_count <= FEW_LEAVES) {
        from.roots[from.count++] = lower_filter(&b->parsed, options, false, &b->ir, &found, doubt, diag);
        if (from.roots[1] == NULL || b->ir.arena->full)
            return false;
    }
    struct chosen made = choose(&b->ir, &from, accepted(options));
    b->graph = made.root;
    b->filter = (struct filter){ made.insns, made.count };
    return !b->ir.arena->full;
}

static bool fail(struct build *b, struct diag *diag, struct span at, struct str what)
{
    b->filter = (struct filter){ .insns = NULL };
    return diag_fail_text(diag, at, what);
}

bool filter_build(struct build *b, struct str text, const struct filter_options *options, struct arena *arena,
                  struct diag *diag)
{
    const struct span whole = { 0, (u32)text.len };
    struct diag doubt = { .text = arena };
    struct filter *f = &b->filter;

    *b = (struct build){ .lowered = NULL };
    if (!parse_filter(&b->parsed, text, arena, diag))
        return false;
    ir_start(&b->ir, arena);
    if (!make_graph(b, options, &doubt, diag))
        return fail(b, diag, whole, str_of("filter too large")); /* unless a failure is recorded */

    struct emit_options how = { .accept = accepted(options), .literal = !options->optimise, .chosen = true };
    if (f->insns == NULL && !ir_emit(&b->ir, b->graph, &how, INSNS_LIMIT, &f->insns, &f->count, diag))
        return fail(b, diag, whole, diag->what);
    check(bpf_is_runnable(f->insns, f->count, NULL));
    if (doubt.set && has_doubt(f))
        return fail(b, diag, doubt.at, doubt.what);
    if (options->optimise && !accepts_anything(f) && is_refused(b, options))
        return fail(b, diag, whole, str_of("expression rejects all packets"));
    return true;
}

bool filter_compile(struct filter *filter, struct str text, const struct filter_options *options,
                    struct arena *arena, struct diag *diag)
{
    struct build b;
    bool built = filter_build(&b, text, options, arena, diag);

    *filter = b.filter;
    return built;
}

bool filter_is_never(const struct filter *filter)
{
    return filter->count == 1 && filter->insns[0].code == BPF_RET_K && filter->insns[0].k == 0;
}
