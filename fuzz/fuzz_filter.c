/*
 * Any bytes as a filter expression and a packet.
 *
 *   byte 0: 1 live, 2 netmask known, 4 plain dialect, 8 explained as well;  byte 1: row of the link type;
 *   then the text, a zero, the packet
 *
 * Whatever compiles must be a program that the machine may run, plain and optimised; and both must say the
 * same of the packet, and of others that are led through the programs from there, unless the plain program
 * stopped at a load past its end (docs/design.md, section 3).
 */
#include <stdlib.h>

#include "base/linktype.h"
#include "bpf/explain.h"
#include "bpf/validate.h"
#include "bpf/vm.h"
#include "memory.h"
#include "steer.h"

enum { LIVE = 1, NETMASK = 2, DIALECT = 4, EXPLAINED = 8, HEADER = 2, LED_MIN = 100, WALKS = 16 };

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

/* One packet through both programs. */
static void judge(const struct filter *plain, const struct filter *optimised, const struct packet *packet)
{
    struct bpf_machine m = bpf_start();

    while (bpf_step(&m, plain->insns, plain->count, packet))
        continue;
    must(m.result == bpf_run(plain->insns, packet));
    if (m.stop == BPF_RETURNED)
        must((m.result != 0) == (bpf_run(optimised->insns, packet) != 0));
}

static void compare(struct str text, const struct filter_options *options, const struct packet *packet)
{
    static const struct bpf_insn reject = { .code = BPF_RET_K };
    struct filter_options optimising = *options;
    struct filter plain, optimised;
    struct steer_packet led = { .caplen = packet->caplen, .len = packet->len };
    uint64_t state = text.len * 2 + 1;
    bool never;

    if (!compile(&plain, text, options, plain_block, &never))
        return;
    optimising.optimise = true;
    if (!compile(&optimised, text, &optimising, optimised_block, &never)) {
        if (!never)
            return; /* too large, say */
        /* The optimiser may find that nothing can match; then the plain program must not match either. */
        optimised = (struct filter){ &reject, 1 };
    }
    judge(&plain, &optimised, packet);
    if (led.caplen < LED_MIN || led.caplen > sizeof led.bytes)
        led.caplen = led.len = LED_MIN;
    memcpy(led.bytes, packet->data, packet->caplen < led.caplen ? packet->caplen : led.caplen);
    for (u32 walk = 0; walk < WALKS; walk++) {
        const struct filter *leader = walk % 2 == 0 ? &plain : &optimised;
        steer_walk((const struct steer_insn *)leader->insns, leader->count, &led, &state);
        const struct packet there = { .data = led.bytes, .caplen = led.caplen, .len = led.len };
        judge(&plain, &optimised, &there);
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

    compare(expression, &options, &packet);
    if (data[0] & EXPLAINED) {
        options.optimise = true;
        explain(expression, &options, &packet);
    }
    free(text);
    return 0;
}
