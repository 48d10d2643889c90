/*
 * Any bytes as a filter program and a packet.  The first byte is the number of instructions; what
 * follows them is the packet.  Whatever the validator passes must run within its number of steps,
 * and a run, a fused run and single steps must agree; what it does not pass must stop when it is
 * stepped.  The kernel takes exactly what bpf_is_valid() passes, and keeps as much of the packet as
 * we do: that is asked where filters may be attached to sockets.
 */
#include <stdlib.h>

#include "bpf/validate.h"
#include "bpf/vm.h"
#include "kernel_filter.h"
#include "memory.h"

enum { STEPS = 1000 };

static void ask_kernel(const struct bpf_insn *program, u32 n, const struct packet *p)
{
    static struct kernel_filter kernel;
    static enum { UNTRIED, THERE, MISSING } is;
    u32 says;

    if (is == UNTRIED)
        is = kernel_filter_open(&kernel) ? THERE : MISSING;
    if (is == MISSING)
        return;
    const int takes = kernel_filter_attach(&kernel, program, n);
    if (takes >= 0 && takes != bpf_is_valid(program, n, NULL))
        abort();
    if (takes != 1 || p->caplen == 0 || p->len != p->caplen ||
        !kernel_filter_ours(program, n, p, &says))
        return;
    const long keeps = kernel_filter_keeps(&kernel, p->data, p->caplen);
    if (keeps != -2 && keeps != (says == 0 ? -1 : says < p->caplen ? (long)says : (long)p->caplen))
        abort();
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    if (size == 0)
        return 0;
    u32 count = data[0];
    const size_t whole = (size - 1) / sizeof(struct bpf_insn);
    if (count > whole)
        count = (u32)whole;

    struct bpf_insn *program = malloc(count > 0 ? count * sizeof *program : 1);
    const size_t code = count * sizeof *program;
    memcpy(program, data + 1, code);
    const struct packet packet = {
        .data = data + 1 + code,
        .caplen = (u32)(size - 1 - code),
        .len = (u32)(size - 1 - code) + data[0] % 2, /* sometimes more than was captured */
    };

    struct bpf_machine m = bpf_start();
    for (u32 i = 0; i < STEPS && bpf_step(&m, program, count, &packet); i++)
        continue;
    if (bpf_is_runnable(program, count, NULL)) {
        const u32 result = bpf_run(program, &packet);
        if (m.stop == BPF_RUNNING || m.stop == BPF_BROKEN || m.steps > count || m.result != result)
            abort();
        struct bpf_fused *fused = malloc(count * sizeof *fused);
        bpf_fuse(fused, program, count);
        if (bpf_run_fused(fused, &packet) != result)
            abort();
        free(fused);
    }
    ask_kernel(program, count, &packet);
    free(program);
    return 0;
}
