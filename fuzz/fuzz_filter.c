/*
 * Any bytes as a filter expression and a packet.
 *
 *   byte 0: 1 live, 2 netmask known;  byte 1: row of the link type;  then the text, a zero, the packet
 *
 * Whatever compiles must be a program that the machine may run, plain and optimised; and both must say the
 * same of the packet unless the plain program stopped at a load past its end (docs/design.md, section 3).
 */
#include <stdlib.h>

#include "base/linktype.h"
#include "bpf/filter.h"
#include "bpf/validate.h"
#include "bpf/vm.h"
#include "memory.h"

enum { LIVE = 1, NETMASK = 2, HEADER = 2 };

static char plain_block[FILTER_ARENA_BYTES], optimised_block[FILTER_ARENA_BYTES];

static bool compile(struct filter *f, struct str text, const struct filter_options *options, char *block)
{
    struct arena arena = arena_over(block, FILTER_ARENA_BYTES);
    struct diag diag = { .text = &arena };
    const bool compiled = filter_compile(f, text, options, &arena, &diag);
    if (compiled == diag.set || (compiled && !bpf_is_runnable(f->insns, f->count, NULL)))
        abort();
    return compiled;
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
    if (compile(&plain, expression, &options, plain_block)) {
        struct bpf_machine m = bpf_start();
        while (bpf_step(&m, plain.insns, plain.count, &packet))
            continue;
        if (m.result != bpf_run(plain.insns, &packet))
            abort();
        options.optimise = true;
        /* The optimiser may find that nothing can match; then the plain program must not match either. */
        const bool compiled = compile(&optimised, expression, &options, optimised_block);
        const u32 result = compiled ? bpf_run(optimised.insns, &packet) : 0;
        if (m.stop == BPF_RETURNED && (m.result != 0) != (result != 0))
            abort();
    }
    free(text);
    return 0;
}
