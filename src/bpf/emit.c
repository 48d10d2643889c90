/* The back end's front door. */
#include "bpf/emit.h"

#include "base/check.h"
#include "bpf/pass.h"
#include "bpf/place.h"
#include "bpf/share.h"
#include "bpf/validate.h"

bool ir_emit(struct ir *ir, const struct test *root, const struct emit_options *options,
             struct bpf_insn *to, u32 max, u32 *n, struct diag *diag)
{
    const struct span nowhere = { 0, 0 };
    const struct place_options how = { .accept = options->accept, .forgets = options->literal };
    struct coder c;

    *n = 0;
    if (!options->literal)
        root = pass_all(ir, root);
    place(ir, root, &how, max, &c);
    if (c.too_many_cells)
        return diag_fail(diag, nowhere, "expression is too complex: it needs more than %d scratch cells",
                         BPF_CELLS);
    if (ir->arena->full)
        return diag_fail(diag, nowhere, "filter too large");
    if (!c.full && !options->literal)
        share_tails(c.items, c.count, ir->arena);
    if (!c.full)
        *n = assemble(ir->arena, c.items, c.count, to, max);
    if (*n == 0)
        return diag_fail(diag, nowhere, "filter too large: more than %u instructions", max);
    check(bpf_is_runnable(to, *n, NULL));
    return true;
}
