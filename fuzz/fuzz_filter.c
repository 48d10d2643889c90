/*
 * Any bytes as a filter expression and a packet.
 *
 *   byte 0: 1 live, 2 netmask known, 4 plain dialect, 8 explained as well;  byte 1: row of the link type;
 *   then the text, a zero, the packet
 *
 * Whatever compiles must be a program that the machine may run, plain and optimised; and both must say the
 * same of the packet unless the plain program stopped at a load past its end (docs/design.md, section 3).
 */
#include <stdlib.h>

#include "base/linktype.h"
#include "bpf/explain.h"
#include "bpf/validate.h"
#include "bpf/vm.h"
#include "memory.h"

enum { LIVE = 1, NETMASK = 2, DIALECT = 4, EXPLAINED = 8, HEADER = 2 };

static char plain_block[FILTER_ARENA_BYTES], optimised_block[FILTER_ARENA_BYTES];

/* `*never` tells that nothing can match, which is what the optimiser may find out. */
static bool compile(struct filter *f, struct str text, const struct filter_options *options, char *block,
                    bool *never)
{
    struct arena arena = arena_over(block, FILTER_ARENA_BYTES);
    struct diag diag = { .text = &arena };
    const bool compiled = filter_compile(f, text, options, &arena, &diag);
    if (compiled == diag.set || (compiled && !bpf_is_runnable(f->insns, f->count, NULL)))
        abort();
    *never = !compiled && str_equal(diag.what, str_of("expression rejects all packets"));
    return compiled;
}

static void drop(void *to, const char *text, size_t n)
{
    (void)to, (void)text, (void)n;
}

/* Every form of explanation, written to nobody. */
static void explain(struct str text, const struct filter_options *options, const struct packet *packet)
{
    char buffer[OUT_MIN];
    for (int form = EXPLAIN_TEXT; form <= EXPLAIN_DOT + 1; form++) {
        struct arena arena = arena_over(plain_block, FILTER_ARENA_BYTES);
        struct diag diag = { .text = &arena };
        struct out o = out_over(buffer, sizeof buffer, drop, NULL);
        const bool fine = form > EXPLAIN_DOT
                              ? filter_trace(text, options, packet, EXPLAIN_COLOUR, &arena, &diag, &o)
                              : filter_explain(text, options, (enum explain_form)form, &arena, &diag, &o);
        if (fine == diag.set)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    if (size < HEADER)
        return 0;
    const struct linktype_info *link = linktype_row(data[1]);
    struct filter_options options = {
        .linktype = link ? link->number : data[1],
        .live = data[0] & LIVE,
        .netmask_known = data[0] & NETMASK,
        .plain = data[0] & DIALECT,
        .netmask = 0xffffff00,
    };
    const u8 *zero = memchr(data + HEADER, 0, size - HEADER);
    const size_t text_size = zero ? (size_t)(zero - data) - HEADER : size - HEADER;
    const size_t packet_size = zero ? size - HEADER - text_size - 1 : 0;
    char *text = malloc(text_size > 0 ? text_size : 1);
    memcpy(text, data + HEADER, text_size);
    const struct packet packet = { .data = zero ? zero + 1 : data, .caplen = (u32)packet_size,
                                   .len = (u32)packet_size };
    const struct str expression = { text, text_size };

    struct filter plain, optimised;
    bool never;
    if (compile(&plain, expression, &options, plain_block, &never)) {
        struct bpf_machine m = bpf_start();
        while (bpf_step(&m, plain.insns, plain.count, &packet))
            continue;
        if (m.result != bpf_run(plain.insns, &packet))
            abort();
        options.optimise = true;
        /* The optimiser may find that nothing can match; then the plain program must not match either. */
        const bool compiled = compile(&optimised, expression, &options, optimised_block, &never);
        const u32 result = compiled ? bpf_run(optimised.insns, &packet) : 0;
        if ((compiled || never) && m.stop == BPF_RETURNED && (m.result != 0) != (result != 0))
            abort();
    }
    if (data[0] & EXPLAINED) {
        options.optimise = true;
        explain(expression, &options, &packet);
    }
    free(text);
    return 0;
}
