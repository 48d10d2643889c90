/*
 * One expression, three programs: plain, optimised, and that of the installed libpcap.
 *
 *   8 bytes: where the grammar of tests/diff/random_filter.c begins;  then the packet
 *
 * The three must judge alike the packet as it is, and packets that are led through the programs by
 * changing the bytes that they compare.  Only a packet on which the plain program (for libpcap: its
 * own) ends at a load behind the end may be judged in any way.  In a build without libpcap two
 * programs are left.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "base/hash.h"
#include "base/linktype.h"
#include "bpf/filter.h"
#include "bpf/validate.h"
#include "bpf/vm.h"
#include "file_names.h"
#include "memory.h"
#include "random_filter.h"
#include "reference.h"
#include "steer.h"

enum { SEED = 8, EXPRESSION_MAX = 4096, WALKS = 12 };

static const struct bpf_insn reject = { .code = BPF_RET_K };

/* False when the expression is none; one that cannot match is the program that rejects. */
static bool compile(struct filter *f, const char *text, u32 linktype, bool optimise)
{
    static char blocks[2][FILTER_ARENA_BYTES];
    struct arena arena = arena_over(blocks[optimise], FILTER_ARENA_BYTES);
    struct diag diag = { .text = &arena };
    const struct filter_options options = {
        .linktype = linktype,
        .optimise = optimise,
        .names = file_names(NULL),
        .netmask = 0xffffff00,
        .netmask_known = true,
    };
    if (filter_compile(f, str_of(text), &options, &arena, &diag)) {
        if (!bpf_is_runnable(f->insns, f->count, NULL))
            abort();
        return true;
    }
    *f = (struct filter){ &reject, 1 };
    return str_equal(diag.what, str_of("expression rejects all packets"));
}

static bool passes(const struct filter *f, const struct steer_packet *p, bool *aborted)
{
    const struct packet packet = { .data = p->bytes, .caplen = p->caplen, .len = p->len };
    struct bpf_machine m = bpf_start();
    while (bpf_step(&m, f->insns, f->count, &packet))
        continue;
    *aborted = m.stop != BPF_RETURNED;
    return m.result != 0;
}

static void judge(const char *text, const struct filter *plain, const struct filter *optimised,
                  const struct reference *theirs, const struct steer_packet *p)
{
    bool cut, any;
    const bool wanted = passes(plain, p, &cut), is = passes(optimised, p, &any);
    if (!cut && is != wanted) {
        fprintf(stderr, "optimising changes: %s\n", text);
        abort();
    }
    if (theirs->count == 0)
        return;
    const bool reference = steer_run(theirs->insns, theirs->count, p, &cut) != 0;
    if (!cut && is != reference) {
        fprintf(stderr, "libpcap says %d: %s\n", reference, text);
        abort();
    }
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    struct filter plain, optimised;
    struct reference theirs = { .count = 0 };
    struct steer_packet given = { .caplen = 0 }, led;
    char text[EXPRESSION_MAX];

    if (size < SEED || size - SEED > sizeof given.bytes)
        return 0;
    u64 state = load_le64(data) | 1;
    const struct linktype_info *link = linktype_by_name(
        str_of(random_filter(text, sizeof text, &state)));
    if (!compile(&plain, text, link->number, false) ||
        !compile(&optimised, text, link->number, true))
        return 0;
    reference_compile(&theirs, link->dlt, text, 0xffffff00, false);

    given.caplen = (u32)(size - SEED);
    given.len = given.caplen + data[0] % 2;
    memcpy(given.bytes, data + SEED, given.caplen);
    judge(text, &plain, &optimised, &theirs, &given);
    for (u32 walk = 0; walk < WALKS; walk++) {
        if (walk % 4 == 0)
            led = given;
        const struct filter *leader = walk % 2 == 0 ? &plain : &optimised;
        steer_walk((const struct steer_insn *)leader->insns, leader->count, &led, &state);
        judge(text, &plain, &optimised, &theirs, &led);
        if (theirs.count > 0)
            steer_walk(theirs.insns, theirs.count, &led, &state);
        judge(text, &plain, &optimised, &theirs, &led);
    }
    reference_free(&theirs);
    return 0;
}
