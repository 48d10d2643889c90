/* An explanation as text for people. */
#include "bpf/explanation.h"

#include "base/format.h"
#include "bpf/ir_text.h"
#include "parser/parser.h"

enum { TEST_WIDTH = 50, LINE_MAX = 100, TESTS_SHOWN = 40 };

/* Colours of a terminal: ECMA-48, 8.3.117. */
struct paint {
    struct out *to;
    const char *heading, *field, *words, *plain;
};

static struct paint paint_of(bool colour, struct out *to)
{
    if (!colour)
        return (struct paint){ to, "", "", "", "" };
    return (struct paint){ to, "\033[1m", "\033[36m", "\033[32m", "\033[0m" };
}

static void heading(const struct paint *p, const char *text)
{
    out_format(p->to, "%s%s%s", p->heading, text, p->plain);
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

/* "; EtherType, for `tcp`" */
static void reason(const struct paint *p, const struct explanation *e, const struct test *t)
{
    struct str words = explain_words(e, t);
    out_format(p->to, "; %s%s%s", p->field, explain_field(e, t), p->plain);
    if (words.len > 0)
        out_format(p->to, ", for %s`%pS`%s", p->words, (const void *)&words, p->plain);
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

static void graph(const struct paint *p, const struct explanation *e, const struct test *root,
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
        out_format(p->to, "    %3u  %pS", i, (const void *)&shown);
        out_repeat(p->to, ' ', shown.len < TEST_WIDTH ? TEST_WIDTH - shown.len : 1);
        reason(p, e, t);
        out_char(p->to, '\n');
    }
    if (g.count > TESTS_SHOWN)
        out_format(p->to, "    ... and %u more\n", g.count - TESTS_SHOWN);
}

static void stages(const struct paint *p, const struct explanation *e, struct arena *arena)
{
    heading(p, "\nThe decision graph");
    out_text_z(p->to, ": tests, and instructions of the program that it would be\n");
    for (u32 i = 0; i < e->stage_count; i++) {
        const struct stage *s = &e->stages[i];
        const struct stage *before = i > 0 ? s - 1 : NULL;
        bool same = before != NULL && s->root == before->root;
        out_format(p->to, "  %-8s %5u %5u  %s%s\n", s->name, s->tests, s->instructions, s->text,
                   same ? " (nothing to do)" : "");
        /* What is chosen often is what the passes have just made, up to the numbers of variables. */
        bool last = before != NULL && i + 1 == e->stage_count;
        if (!same && !(last && s->tests == before->tests && s->instructions == before->instructions))
            graph(p, e, s->root, arena);
    }
}

/* -- the program */

static void instruction(const struct paint *p, const struct explanation *e, u32 at)
{
    const struct bpf_insn *insn = &e->build.filter.insns[at];

    explain_listing(insn, at, p->to);
    explain_does(insn, p->to);
    if (e->tests[at] != NULL)
        reason(p, e, e->tests[at]);
    out_char(p->to, '\n');
}

static void program(const struct paint *p, const struct explanation *e)
{
    heading(p, "\nThe program");
    out_format(p->to, ": %u instructions; a packet runs through %u to %u of them", e->build.filter.count,
               e->shortest, e->longest);
    if (e->typical > 0)
        out_format(p->to, ", a TCP segment to port 443 over IPv4 through %u", e->typical);
    out_char(p->to, '\n');
    for (u32 i = 0; i < e->build.filter.count; i++)
        instruction(p, e, i);
}

void explain_text(const struct explanation *e, bool colour, struct arena *arena, struct out *to)
{
    struct paint p = paint_of(colour, to);

    heading(&p, "The expression, with what it does not say filled in");
    out_text_z(to, "\n  ");
    if (e->build.parsed.root == NULL)
        out_text_z(to, "(empty: every packet)");
    ast_dump(e->build.parsed.root, to);
    heading(&p, "\n\nWorth knowing");
    out_char(to, '\n');
    if (e->trap_count == 0)
        out_text_z(to, "  - Nothing here surprises.\n");
    for (u32 i = 0; i < e->trap_count; i++)
        paragraph(str_of(e->traps[i]->text), to);
    stages(&p, e, arena);
    program(&p, e);
}
