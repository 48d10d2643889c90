/* The front door: text, tree, graph, program. */
#include "bpf/filter.h"

#include "base/check.h"
#include "bpf/choose.h"
#include "bpf/ir.h"
#include "bpf/lower.h"
#include "bpf/validate.h"

enum {
    INSNS_LIMIT = 65535, /* of any program, also of one that only user space can run */
    BPF_RETURN = 0x06,   /* ret #k */
    FEW_LEAVES = 60,     /* up to so many primitives, lists are also tried as they are written */
};

/* Whether some packet may pass: the passes leave no unreachable code. */
static bool accepts_anything(const struct bpf_insn *insns, u32 count)
{
    for (u32 i = 0; i < count; i++)
        if (insns[i].code == BPF_RETURN && insns[i].k != 0)
            return true;
    return false;
}

static u32 accepted(const struct filter_options *options)
{
    return options->snaplen != 0 ? options->snaplen : FILTER_SNAPLEN;
}

/* The graph, and the program if it came up on the way; all NULL after a failure. */
static struct chosen graph(const struct parsed *parsed, const struct filter_options *options,
                           struct ir *ir, struct diag *diag)
{
    bool has_sets;
    struct chosen plain = { .root = lower_filter(parsed, options, true, ir, &has_sets, diag) };

    if (plain.root == NULL || ir->arena->full || !options->optimise)
        return plain;
    struct choices from = { { plain.root }, 1 };
    if (has_sets && parsed->leaf_count <= FEW_LEAVES)
        from.roots[from.count++] = lower_filter(parsed, options, false, ir, &has_sets, diag);
    return choose(ir, &from, accepted(options));
}

const struct test *filter_graph(const struct parsed *parsed, const struct filter_options *options,
                                struct ir *ir, struct diag *diag)
{
    return graph(parsed, options, ir, diag).root;
}

bool filter_compile(struct filter *filter, struct str text, const struct filter_options *options,
                    struct arena *arena, struct diag *diag)
{
    struct parsed parsed;
    struct ir ir;
    const struct span whole = { 0, (u32)text.len };

    *filter = (struct filter){ .insns = NULL };
    if (!parse_filter(&parsed, text, arena, diag))
        return false;
    ir_start(&ir, arena);
    struct chosen made = graph(&parsed, options, &ir, diag);
    if (arena->full)
        return diag_fail(diag, whole, "filter too large");
    if (made.root == NULL)
        return false;

    struct emit_options how = { .accept = accepted(options),
                                .literal = !options->optimise,
                                .chosen = true };
    if (made.insns == NULL &&
        !ir_emit(&ir, made.root, &how, INSNS_LIMIT, &made.insns, &made.count, diag))
        return false;
    check(bpf_is_runnable(made.insns, made.count, NULL));
    if (options->optimise && !accepts_anything(made.insns, made.count))
        return diag_fail(diag, whole, "expression rejects all packets");
    filter->insns = made.insns;
    filter->count = made.count;
    return true;
}
