/* The back end's front door. */
#include "bpf/emit.h"

#include "base/check.h"
#include "bpf/choose.h"
#include "bpf/place.h"
#include "bpf/validate.h"

bool ir_emit(struct ir *ir, const struct test *root, const struct emit_options *options, u32 max,
             const struct bpf_insn **insns, u32 *count, struct diag *diag)
{
    const struct span nowhere = { 0, 0 };
    const struct place_options how = { .accept = options->accept, .forgets = options->literal };
    struct coder c;

    *insns = NULL;
    *count = 0;
    if (!options->literal && !options->chosen)
        root = choose(ir, &(struct choices){ { root }, 1 }, options->accept).root;
    const struct graph graph = graph_of(ir, root, ir->arena);
    place(ir, &graph, &how, max, &c);
    if (!options->literal && !c.full)
        share_tails(c.items, c.count, ir->arena);
    if (c.too_many_cells)
        return diag_fail(diag, nowhere,
                         "expression is too complex: it needs more than %d scratch cells",
                         BPF_CELLS);
    if (!c.full)
        *insns = assemble(ir->arena, c.items, c.count, max, count);
    if (ir->arena->full)
        return diag_fail(diag, nowhere, "filter too large");
    if (*insns == NULL)
        return diag_fail(diag, nowhere, "filter too large: more than %u instructions", max);
    check(bpf_is_runnable(*insns, *count, NULL));
    return true;
}
