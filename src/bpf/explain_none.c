/* Explanations in a build that does without them. */
#include "bpf/explain.h"

static bool left_out(struct diag *diag)
{
    return diag_fail(diag, (struct span){ 0, 0 }, "this small build cannot explain filters");
}

bool filter_explain(struct str text, const struct filter_options *options, enum explain_form form,
                    struct arena *arena, struct diag *diag, struct out *to)
{
    (void)text, (void)options, (void)form, (void)arena, (void)to;
    return left_out(diag);
}

bool filter_trace(struct str text, const struct filter_options *options, const struct packet *packet,
                  enum explain_form form, struct arena *arena, struct diag *diag, struct out *to)
{
    (void)text, (void)options, (void)packet, (void)form, (void)arena, (void)to;
    return left_out(diag);
}
