/* One packet on its way through a program, step by step. */
#include "base/format.h"
#include "bpf/explanation.h"
#include "bpf/vm.h"

enum { BYTES_SHOWN = 4 };

/* The bytes that an instruction has read, then the registers, then the cell that it wrote. */
static void state(const struct bpf_machine *m, const struct bpf_insn *insn, const struct packet *packet,
                  struct out *to)
{
    if (m->touched_len > 0) {
        if (m->touched_len == 1)
            out_format(to, "byte %u:", m->touched_at);
        else
            out_format(to, "bytes %u to %u:", m->touched_at, m->touched_at + m->touched_len - 1);
        for (u32 i = 0; i < m->touched_len && i < BYTES_SHOWN && m->touched_at + i < packet->caplen; i++)
            out_format(to, " %02x", packet->data[m->touched_at + i]);
        out_text_z(to, "; ");
    }
    out_format(to, "A = 0x%x, X = 0x%x", m->a, m->x);
    if (bpf_flow(insn->code) == BPF_FLOW_STORE && insn->k < BPF_CELLS)
        out_format(to, ", M[%u] = 0x%x", insn->k, m->cell[insn->k]);
}

/* Which test decided, and what it found. */
struct decision {
    const struct test *test;
    u32 at;
    u32 a;
    bool yes;
};

/* Why the packet passed or not. */
static void verdict(const struct bpf_machine *m, const struct explanation *e, const struct decision *d,
                    const struct packet *packet, const struct paint *paint, struct out *to)
{
    const struct bpf_insn *insn = &e->build.filter.insns[d->at];

    out_text_z(to, paint->heading);
    if (m->stop == BPF_OUT_OF_PACKET) {
        out_format(to, "Rejected: instruction %u reads behind the %u bytes that were captured", m->pc,
                   packet->caplen);
        out_text_z(to, paint->plain);
        if (e->tests[m->pc] != NULL)
            explain_reason(e, e->tests[m->pc], paint, to);
        out_char(to, '\n');
        return;
    }
    if (m->stop == BPF_DIVIDED_BY_ZERO)
        out_format(to, "Rejected: instruction %u divides by zero", m->pc);
    else
        out_format(to, "%s after %u instructions", m->result != 0 ? "Accepted" : "Rejected", m->steps);
    if (bpf_flow(insn->code) == BPF_FLOW_TEST) {
        out_format(to, " by the test at %u: A is 0x%x; ", d->at, d->a);
        explain_does(insn, d->test, to);
        out_text_z(to, d->yes ? " yes" : " no");
    }
    out_text_z(to, paint->plain);
    if (d->test != NULL)
        explain_reason(e, d->test, paint, to);
    out_char(to, '\n');
}

/* One line: the instruction and what it did. */
static void step(const struct explanation *e, const struct bpf_machine *m, u32 at,
                 const struct packet *packet, const struct paint *paint, struct out *to)
{
    const struct bpf_insn *insn = &e->build.filter.insns[at];

    explain_listing(insn, at, to);
    if (bpf_flow(insn->code) == BPF_FLOW_TEST)
        out_text_z(to, m->pc == at + 1 + insn->jt ? "yes" : "no");
    else
        state(m, insn, packet, to);
    if (e->tests[at] != NULL)
        explain_reason(e, e->tests[at], paint, to);
    out_char(to, '\n');
}

bool filter_trace(struct str text, const struct filter_options *options, const struct packet *packet,
                  enum explain_form form, struct arena *arena, struct diag *diag, struct out *to)
{
    const struct paint paint = explain_paint(form == EXPLAIN_COLOUR);
    struct explanation e;
    struct decision d = { .test = NULL };
    struct bpf_machine m = bpf_start();

    if (!explanation_make(&e, text, options, arena, diag))
        return false;
    for (bool running = true; running;) {
        u32 at = m.pc;
        const struct bpf_insn *insn = &e.build.filter.insns[at];
        running = bpf_step(&m, e.build.filter.insns, e.build.filter.count, packet);
        if (bpf_flow(insn->code) == BPF_FLOW_TEST)
            d = (struct decision){ e.tests[at], at, m.a, m.pc == at + 1 + insn->jt };
        step(&e, &m, at, packet, &paint, to);
    }
    verdict(&m, &e, &d, packet, &paint, to);
    return true;
}
