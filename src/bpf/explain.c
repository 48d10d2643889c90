/* An explanation of a filter, as text. */
#include "bpf/explain.h"

#include "base/format.h"
#include "bpf/build.h"
#include "bpf/graph.h"
#include "bpf/list.h"
#include "bpf/pass.h"
#include "bpf/reason.h"

enum { LISTING_WIDTH = 44 };

/* -- warnings */

/* What an expression has of what surprises people. */
struct traps {
    bool moved;        /* headers have been moved by a word on the left */
    bool moves_others; /* and something stands on the right of it */
    bool vlan;
    bool accesses;     /* tcp[...] and its like */
    bool ports;
};

static bool has_transport_access(const struct arith *a)
{
    if (a == NULL)
        return false;
    if (a->kind == ARITH_LOAD && a->proto >= Q_TCP && a->proto <= Q_CARP && a->proto != Q_ICMP6)
        return true;
    return has_transport_access(a->a) || has_transport_access(a->b);
}

static struct traps find_traps(const struct parsed *parsed)
{
    struct traps t = { .moved = false };
    for (u32 i = 0; i < parsed->leaf_count; i++) {
        const struct ast *n = parsed->leaves[i];
        t.moves_others = t.moves_others || t.moved;
        t.moved = t.moved || (n->kind == AST_ENCAP && n->encap.kind != ENCAP_PPPOED);
        t.vlan = t.vlan || (n->kind == AST_ENCAP && n->encap.kind == ENCAP_VLAN);
        t.accesses = t.accesses || (n->kind == AST_COMPARE && (has_transport_access(n->compare.left) ||
                                                             has_transport_access(n->compare.right)));
        t.ports = t.ports || (n->kind == AST_MATCH &&
                              (n->match.type == TYPE_PORT || n->match.type == TYPE_PORTRANGE));
    }
    return t;
}

static void warn(const struct parsed *parsed, struct out *to)
{
    struct traps t = find_traps(parsed);

    if (!t.moves_others && !t.ports && !t.accesses && !t.vlan)
        out_text_z(to, "  - Nothing here surprises.\n");
    if (t.moves_others)
        out_text_z(to,
                   "  - vlan, mpls, pppoes, geneve and vxlan move the headers for every word on "
                   "their right,\n"
                   "    even under `not` and behind `or`: write them last if that is not meant.\n");
    if (!t.moved && t.ports)
        out_text_z(
            to,
            "  - Packets in VLAN tags or tunnels are not looked into; `vlan and ...` does that.\n");
    if (t.ports)
        out_text_z(to, "  - A port is found only behind the IPv6 header itself, not behind "
                       "extension headers, and\n"
                       "    only in the first fragment of an IPv4 packet.\n");
    if (t.accesses)
        out_text_z(to, "  - tcp[...], udp[...] and their like look at IPv4 only.\n");
    if (t.vlan)
        out_text_z(to, "  - Live, the kernel may have taken the tag off the packet and kept it "
                       "beside it; --live\n"
                       "    shows the program for that.\n");
}

/* One instruction with what it does and why it is there. */
static void instruction(const struct bpf_insn *insn, u32 at, const struct test *why, struct str text,
                        struct out *to)
{
    char line[256];
    struct out o = out_fixed(line, sizeof line);

    bpf_list_insn(&o, insn, at);
    struct str shown = out_text(&o);
    out_text_z(to, "  ");
    out_str(to, shown);
    out_repeat(to, ' ', shown.len < LISTING_WIDTH ? LISTING_WIDTH - shown.len : 1);
    out_format(to, "%s", bpf_opcode(insn->code)->text);
    if (why != NULL)
        reason_write(why, text, to);
    out_char(to, '\n');
}

/* -- paths */

/* Instructions from each one to the end, on the shortest and the longest way. */
static bool path_lengths(const struct filter *f, struct arena *arena, u32 *shortest, u32 *longest)
{
    u32 *least = arena_new(arena, u32, f->count), *most = arena_new(arena, u32, f->count);
    if (most == NULL || least == NULL)
        return false;
    for (u32 i = f->count; i-- > 0;) {
        const struct bpf_insn *insn = &f->insns[i];
        u32 yes = i + 1, no = i + 1;
        if (bpf_flow(insn->code) == BPF_FLOW_RETURN) {
            least[i] = most[i] = 1;
            continue;
        }
        if (bpf_flow(insn->code) == BPF_FLOW_JUMP)
            yes = no = i + 1 + insn->k;
        if (bpf_flow(insn->code) == BPF_FLOW_TEST) {
            yes = i + 1 + insn->jt;
            no = i + 1 + insn->jf;
        }
        least[i] = 1 + (least[yes] < least[no] ? least[yes] : least[no]);
        most[i] = 1 + (most[yes] > most[no] ? most[yes] : most[no]);
    }
    *shortest = least[0];
    *longest = most[0];
    return true;
}

/* -- stages */

static u32 count_tests(const struct ir *ir, const struct test *root)
{
    struct arena_mark mark = arena_mark(ir->arena);
    u32 count = graph_of(ir, root, ir->arena).count;
    arena_rewind(ir->arena, mark);
    return count;
}

static void stages(struct ir *ir, const struct test *root, struct out *to)
{
    out_format(to, "\nThe decision graph, in tests\n  lowered    %5u  each word became its tests\n",
               count_tests(ir, root));
    for (const struct pass *p = passes; p->name != NULL; p++) {
        root = pass_run(ir, root, p);
        out_format(to, "  %-10s %5u  %s\n", p->name, count_tests(ir, root), p->text);
    }
}

bool filter_explain(struct str text, const struct filter_options *options, struct arena *arena,
                    struct diag *diag, struct out *to)
{
    struct build b;
    u32 shortest, longest;

    if (!filter_build(&b, text, options, arena, diag))
        return false;

    out_text_z(to, "The expression, with what it does not say filled in\n  ");
    if (b.parsed.root == NULL)
        out_text_z(to, "(empty: every packet)");
    ast_dump(b.parsed.root, to);
    out_text_z(to, "\n\nWorth knowing\n");
    warn(&b.parsed, to);
    if (options->optimise)
        stages(&b.ir, b.lowered, to);

    out_format(to, "\nThe program: %u instructions", b.filter.count);
    if (path_lengths(&b.filter, arena, &shortest, &longest))
        out_format(to, "; a packet runs through %u to %u of them", shortest, longest);
    out_text_z(to, "\n");
    struct graph g = graph_of(&b.ir, b.graph, arena);
    const struct test *why = NULL;
    for (u32 i = 0; i < b.filter.count; i++) {
        const struct test *t = reason_of(&g, &b.filter.insns[i], &why);
        instruction(&b.filter.insns[i], i, t, text, to);
    }
    return true;
}
