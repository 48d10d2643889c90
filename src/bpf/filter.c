/* The front door: text, tree, graph, program. */
#include "bpf/filter.h"

#include "bpf/emit.h"
#include "bpf/ir.h"
#include "bpf/lower.h"

enum {
    INSNS_LIMIT = 65535, /* of any program, also of one that only user space can run */
    BPF_RETURN = 0x06,   /* ret #k */
};

/* Whether some packet may pass: the passes leave no unreachable code. */
static bool accepts_anything(const struct bpf_insn *insns, u32 count)
{
    for (u32 i = 0; i < count; i++)
        if (insns[i].code == BPF_RETURN && insns[i].k != 0)
            return true;
    return false;
}

bool filter_compile(struct filter *filter, struct str text, const struct filter_options *options,
                    struct arena *arena, struct diag *diag)
{
    struct parsed parsed;
    struct ir ir;
    const struct test *root = NULL;
    const struct span whole = { 0, (u32)text.len };

    *filter = (struct filter){ .insns = NULL };
    if (!parse_filter(&parsed, text, arena, diag))
        return false;
    ir_start(&ir, arena);
    root = lower_filter(&parsed, options, &ir, diag);
    if (arena->full)
        return diag_fail(diag, whole, "filter too large");
    if (root == NULL)
        return false;

    struct emit_options how = { .accept = options->snaplen != 0 ? options->snaplen : FILTER_SNAPLEN,
                                .literal = !options->optimise };
    const struct bpf_insn *insns;
    u32 count;
    if (!ir_emit(&ir, root, &how, INSNS_LIMIT, &insns, &count, diag))
        return false;
    if (options->optimise && !accepts_anything(insns, count))
        return diag_fail(diag, whole, "expression rejects all packets");
    filter->insns = insns;
    filter->count = count;
    return true;
}
