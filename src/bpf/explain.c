/* An explanation of a filter: everything but how it is written. */
#include "bpf/explain.h"

#include "base/bytes.h"
#include "base/ethertype.h"
#include "base/ipproto.h"
#include "bpf/emit.h"
#include "bpf/explanation.h"
#include "bpf/layout.h"
#include "bpf/pass.h"
#include "bpf/vm.h"

/* -- the typical packet: a TCP segment from port 40000 to 443 over IPv4, with zeros for the rest */

enum { TYPICAL_BYTES = 128, IP_BYTES = 40, SOURCE = 40000, HTTPS = 443 };

/* Where its network header is and how its link layer says IPv4; false where that is not so simple. */
static bool frame_start(const struct link_row *row, u8 *frame)
{
    switch (row->spelling) {
    case SPELL_ETHER:
    case SPELL_SLL:
    case SPELL_TYPE16:
    case SPELL_HDLC: store_be16(frame + row->type, ETHERTYPE_IP); break;
    case SPELL_PPP: store_be16(frame + row->type, 0x0021); break;
    case SPELL_VERSION:
    case SPELL_IP4_ONLY: break;
    default: return false;
    }
    return row->payload + row->network + IP_BYTES <= TYPICAL_BYTES;
}

static u32 typical_path(const struct explanation *e)
{
    u8 frame[TYPICAL_BYTES] = { 0 };
    struct link_row fallback;
    const struct link_row *row = link_find(e->options->linktype, &fallback);
    struct packet packet = { .data = frame, .caplen = sizeof frame, .len = sizeof frame };
    struct bpf_machine m = bpf_start();

    if (!frame_start(row, frame))
        return 0;
    u8 *ip = frame + row->payload + row->network;
    ip[0] = 0x45;
    ip[9] = IPPROTO_TCP;
    store_be32(ip + 12, 0x0a000001);
    store_be32(ip + 16, 0x0a000002);
    store_be16(ip + 20, SOURCE);
    store_be16(ip + 22, HTTPS);
    packet.meta.protocol = ETHERTYPE_IP;
    while (bpf_step(&m, e->build.filter.insns, e->build.filter.count, &packet))
        ;
    return m.steps;
}

/* -- stages */

static void add_stage(struct explanation *e, const char *name, const char *text, const struct test *root)
{
    struct ir *ir = &e->build.ir;
    struct emit_options how = { .accept = FILTER_SNAPLEN, .literal = !e->options->optimise,
                                .chosen = true };
    struct stage *s = &e->stages[e->stage_count];
    const struct bpf_insn *insns;
    struct diag ignored = { .text = NULL };

    if (e->stage_count == STAGES_MAX)
        return;
    e->stage_count++;
    *s = (struct stage){ .name = name, .text = text, .root = root };
    s->tests = graph_of(ir, root, ir->arena).count;
    ir_emit(ir, root, &how, UINT16_MAX, &insns, &s->instructions, &ignored);
}

static void find_stages(struct explanation *e)
{
    const struct test *root = e->build.lowered;

    add_stage(e, "lowered", "each word became its tests", root);
    if (!e->options->optimise)
        return;
    for (const struct pass *p = passes; p->name != NULL; p++) {
        root = pass_run(&e->build.ir, root, p);
        add_stage(e, p->name, p->text, root);
    }
    add_stage(e, "chosen", "all passes again, in several ways: the shortest program is taken",
              e->build.graph);
}

bool explanation_make(struct explanation *e, struct str text, const struct filter_options *options,
                      struct arena *arena, struct diag *diag)
{
    *e = (struct explanation){ .text = text, .options = options };
    if (!filter_build(&e->build, text, options, arena, diag))
        return false;
    bool mapped = explain_map(e, arena);
    e->ways = bpf_ways(e->build.filter.insns, e->build.filter.count, arena);
    if (!mapped || arena->full)
        return diag_fail(diag, (struct span){ 0, (u32)text.len }, "filter too large to be explained");
    e->trap_count = find_traps(&e->build.parsed, options, e->traps);
    if (filter_is_never(&e->build.filter))
        e->traps[e->trap_count++] = &trap_never;
    e->typical = typical_path(e);
    return true;
}

bool filter_explain(struct str text, const struct filter_options *options, enum explain_form form,
                    struct arena *arena, struct diag *diag, struct out *to)
{
    struct explanation e;

    if (!explanation_make(&e, text, options, arena, diag))
        return false;
    find_stages(&e);
    switch (form) {
    case EXPLAIN_JSON: explain_json(&e, arena, to); break;
    case EXPLAIN_DOT: explain_dot(&e, arena, to); break;
    default: explain_text(&e, form == EXPLAIN_COLOUR, arena, to); break;
    }
    return true;
}
