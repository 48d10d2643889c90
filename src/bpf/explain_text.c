/* An explanation as text for people. */
#include "bpf/explanation.h"

#include "base/format.h"
#include "bpf/ir_text.h"
#include "parser/parser.h"

enum { TEST_WIDTH = 50, LINE_MAX = 100, TESTS_SHOWN = 40 };

/* Where the text goes, and how. */
struct writer {
    struct out *to;
    struct paint paint;
};

static void heading(const struct writer *w, const char *text)
{
    out_format(w->to, "%s%s%s", w->paint.heading, text, w->paint.plain);
}

/* A sentence, broken into lines behind a dash. */
static void paragraph(struct str text, struct out *to)
{
    u32 column = 0;
    out_text_z(to, "  - ");
    while (text.len > 0) {
        struct str word = str_cut(&text, ' ');
        if (column > 0 && column + word.len > LINE_MAX - 4) {
            out_text_z(to, "\n    ");
            column = 0;
        }
        out_format(to, "%s%pS", column > 0 ? " " : "", (const void *)&word);
        column += (u32)word.len + 1;
    }
    out_char(to, '\n');
}

/* -- the graph */

/* Where an exit leads: a leaf, or the number of a test. */
static void exit_name(const struct graph *g, const struct test *t, struct out *to)
{
    if (is_leaf(t))
        out_text_z(to, t->accepts ? "accept" : "reject");
    else
        out_format(to, "%u", graph_index(g, t));
}

static void graph(const struct writer *w, const struct explanation *e, const struct test *root,
                  struct arena *a)
{
    struct graph g = graph_of(&e->build.ir, root, a);
    for (u32 i = 0; i < g.count && i < TESTS_SHOWN; i++) {
        char line[200];
        struct out o = out_fixed(line, sizeof line);
        const struct test *t = g.tests[i];
        ir_write_test(t, &o);
        if (t->op == CMP_LET) {
            out_text_z(&o, ", then ");
            exit_name(&g, t->yes, &o);
        } else {
            out_text_z(&o, " ? ");
            exit_name(&g, t->yes, &o);
            out_text_z(&o, " : ");
            exit_name(&g, t->no, &o);
        }
        struct str shown = out_text(&o);
        out_format(w->to, "    %3u  %pS", i, (const void *)&shown);
        out_repeat(w->to, ' ', shown.len < TEST_WIDTH ? TEST_WIDTH - shown.len : 1);
        explain_reason(e, t, &w->paint, w->to);
        out_char(w->to, '\n');
    }
    if (g.count > TESTS_SHOWN)
        out_format(w->to, "    ... and %u more\n", g.count - TESTS_SHOWN);
}

static void stages(const struct writer *w, const struct explanation *e, struct arena *arena)
{
    heading(w, "\nThe decision graph");
    out_text_z(w->to, ": tests, and instructions of the program that it would be\n");
    for (u32 i = 0; i < e->stage_count; i++) {
        const struct stage *s = &e->stages[i];
        const struct stage *before = i > 0 ? s - 1 : NULL;
        bool same = before != NULL && s->root == before->root;
        out_format(w->to, "  %-8s %5u %5u  %s%s\n", s->name, s->tests, s->instructions, s->text,
                   same ? " (nothing to do)" : "");
        /* What is chosen often is what the passes have just made, up to the numbers of variables. */
        bool last = before != NULL && i + 1 == e->stage_count;
        if (!same && !(last && s->tests == before->tests && s->instructions == before->instructions))
            graph(w, e, s->root, arena);
    }
}

/* -- the program */

static void instruction(const struct writer *w, const struct explanation *e, u32 at)
{
    const struct bpf_insn *insn = &e->build.filter.insns[at];

    explain_listing(insn, at, w->to);
    explain_does(insn, e->tests[at], w->to);
    explain_reasons(e, at, &w->paint, w->to);
    out_char(w->to, '\n');
}

static void program(const struct writer *w, const struct explanation *e)
{
    heading(w, "\nThe program");
    out_format(w->to, ": %u instructions; a packet runs through %u to %u of them", e->build.filter.count,
               e->ways.shortest, e->ways.longest);
    if (e->typical > 0)
        out_format(w->to, ", a TCP segment to port 443 over IPv4 through %u", e->typical);
    out_char(w->to, '\n');
    for (u32 i = 0; i < e->build.filter.count; i++)
        instruction(w, e, i);
}

void explain_text(const struct explanation *e, bool colour, struct arena *arena, struct out *to)
{
    struct writer w = { to, explain_paint(colour) };

    heading(&w, "The expression, with what it does not say filled in");
    out_text_z(to, "\n  ");
    if (e->build.parsed.root == NULL)
        out_text_z(to, "(empty: every packet)");
    ast_dump(e->build.parsed.root, to);
    heading(&w, "\n\nWorth knowing");
    out_char(to, '\n');
    if (e->trap_count == 0)
        out_text_z(to, "  - Nothing here surprises.\n");
    for (u32 i = 0; i < e->trap_count; i++)
        paragraph(str_of(e->traps[i]->text), to);
    stages(&w, e, arena);
    program(&w, e);
}
