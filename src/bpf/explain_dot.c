/* The decision graph as a drawing, in Graphviz's language: as lowered, and as the program has it. */
#include "bpf/explanation.h"

#include "base/format.h"
#include "bpf/ir_text.h"

/* A label; what is special in one is escaped. */
static void label(struct str s, struct out *to)
{
    for (size_t i = 0; i < s.len; i++) {
        u8 c = (u8)s.p[i];
        if (c == '"' || c == '\\')
            out_format(to, "\\%c", c);
        else
            out_char(to, is_print(c) ? (char)c : '?');
    }
}

/* The name of a node: a leaf has one in each drawing. */
static void node(u32 drawing, const struct graph *g, const struct test *t, struct out *to)
{
    if (is_leaf(t))
        out_format(to, "%s%u", t->accepts ? "accept" : "reject", drawing);
    else
        out_format(to, "t%u_%u", drawing, graph_index(g, t));
}

static void edge(u32 drawing, const struct graph *g, const struct test *from, const struct test *into,
                 const char *attributes, struct out *to)
{
    out_text_z(to, "    ");
    node(drawing, g, from, to);
    out_text_z(to, " -> ");
    node(drawing, g, into, to);
    out_format(to, " [%s];\n", attributes);
}

static void test(u32 drawing, const struct explanation *e, const struct graph *g, const struct test *t,
                 struct out *to)
{
    char text[400];
    struct out o = out_fixed(text, sizeof text);
    struct str words = explain_words(e, t);

    ir_write_test(t, &o);
    out_text_z(to, "    ");
    node(drawing, g, t, to);
    out_format(to, " [shape=%s, label=\"", t->op == CMP_LET ? "box" : "ellipse");
    label(out_text(&o), to);
    out_text_z(to, "\\n");
    label(str_of(explain_field(e, t)), to);
    if (words.len > 0) {
        out_text_z(to, "\\n");
        label(words, to);
    }
    out_text_z(to, "\"];\n");
    if (t->op == CMP_LET) {
        edge(drawing, g, t, t->yes, "", to);
        return;
    }
    edge(drawing, g, t, t->yes, "label=\"yes\"", to);
    edge(drawing, g, t, t->no, "label=\"no\", style=dashed", to);
}

static void drawing(u32 number, const struct explanation *e, const struct stage *s, struct arena *arena,
                    struct out *to)
{
    struct graph g = graph_of(&e->build.ir, s->root, arena);

    out_format(to, "  subgraph cluster_%u {\n    label=\"%s: %u tests, %u instructions\";\n", number, s->name,
               s->tests, s->instructions);
    for (u32 i = 0; i < g.count; i++)
        test(number, e, &g, g.tests[i], to);
    if (g.accepts || (is_leaf(s->root) && s->root->accepts))
        out_format(to, "    accept%u [shape=doublecircle, label=\"accept\"];\n", number);
    if (g.rejects || (is_leaf(s->root) && !s->root->accepts))
        out_format(to, "    reject%u [shape=circle, label=\"reject\"];\n", number);
    out_text_z(to, "  }\n");
}

void explain_dot(const struct explanation *e, struct arena *arena, struct out *to)
{
    out_text_z(to, "digraph filter {\n  label=\"");
    label(e->text, to);
    out_text_z(to, "\";\n");
    drawing(0, e, &e->stages[0], arena, to);
    if (e->stage_count > 1)
        drawing(1, e, &e->stages[e->stage_count - 1], arena, to);
    out_text_z(to, "}\n");
}
