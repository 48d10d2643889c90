/* One packet on its way through a program, step by step. */
#include "base/format.h"
#include "bpf/build.h"
#include "bpf/explain.h"
#include "bpf/list.h"
#include "bpf/reason.h"
#include "bpf/vm.h"

enum { LISTING_WIDTH = 44, BYTES_SHOWN = 4 };

/* The bytes that an instruction has read, then the registers. */
static void state(const struct bpf_machine *m, const struct packet *packet, struct out *to)
{
    if (m->touched_len > 0) {
        out_format(to, "bytes %u to %u:", m->touched_at, m->touched_at + m->touched_len - 1);
        for (u32 i = 0; i < m->touched_len && i < BYTES_SHOWN && m->touched_at + i < packet->caplen; i++)
            out_format(to, " %02x", packet->data[m->touched_at + i]);
        out_text_z(to, "; ");
    }
    out_format(to, "A = 0x%x, X = 0x%x", m->a, m->x);
}

/* Why the packet passed or not: `test` is the last decision. */
static void verdict(const struct bpf_machine *m, const struct test *test, u32 decided_at, struct str text,
                    struct out *to)
{
    if (m->stop == BPF_OUT_OF_PACKET)
        out_format(to, "Rejected: instruction %u reads behind the end of what was captured", m->pc);
    else if (m->stop == BPF_DIVIDED_BY_ZERO)
        out_format(to, "Rejected: instruction %u divides by zero", m->pc);
    else if (m->result != 0)
        out_format(to, "Accepted after %u instructions", m->steps);
    else
        out_format(to, "Rejected after %u instructions by the test at %u", m->steps, decided_at);
    if (test != NULL)
        reason_write(test, text, to);
    out_char(to, '\n');
}

bool filter_trace(struct str text, const struct filter_options *options, const struct packet *packet,
                  struct arena *arena, struct diag *diag, struct out *to)
{
    struct build b;

    if (!filter_build(&b, text, options, arena, diag))
        return false;

    struct graph g = graph_of(&b.ir, b.graph, arena);
    struct bpf_machine m = bpf_start();
    const struct test *last = NULL, *decided = NULL;
    u32 decided_at = 0;
    for (bool running = true; running;) {
        char line[256];
        struct out o = out_fixed(line, sizeof line);
        u32 at = m.pc;
        const struct bpf_insn *insn = &b.filter.insns[at];
        const struct test *why = reason_of(&g, insn, &last);

        if (bpf_flow(insn->code) == BPF_FLOW_TEST) {
            decided = why;
            decided_at = at;
        }
        running = bpf_step(&m, b.filter.insns, b.filter.count, packet);
        bpf_list_insn(&o, insn, at);
        struct str shown = out_text(&o);
        out_text_z(to, "  ");
        out_str(to, shown);
        out_repeat(to, ' ', shown.len < LISTING_WIDTH ? LISTING_WIDTH - shown.len : 1);
        if (bpf_flow(insn->code) == BPF_FLOW_TEST)
            out_format(to, "%s", m.pc == at + 1 + insn->jt ? "yes" : "no");
        else
            state(&m, packet, to);
        out_char(to, '\n');
    }
    verdict(&m, decided, decided_at, text, to);
    return true;
}
