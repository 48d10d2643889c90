/* An explanation as one JSON object: RFC 8259. */
#include "bpf/explanation.h"

#include "base/format.h"
#include "bpf/ir_text.h"
#include "bpf/list.h"
#include "parser/parser.h"

/* A string; bytes that are not ASCII become the characters of Latin-1. */
static void string(struct str s, struct out *to)
{
    out_char(to, '"');
    for (size_t i = 0; i < s.len; i++) {
        u8 c = (u8)s.p[i];
        if (c == '"' || c == '\\')
            out_format(to, "\\%c", c);
        else if (is_print(c))
            out_char(to, (char)c);
        else
            out_format(to, "\\u%04x", c);
    }
    out_char(to, '"');
}

static void key(const char *name, struct out *to)
{
    out_format(to, "\"%s\": ", name);
}

static void member(const char *name, struct str value, struct out *to)
{
    key(name, to);
    string(value, to);
    out_text_z(to, ", ");
}

/* What a test is about. */
static void reason(const struct explanation *e, const struct test *t, struct out *to)
{
    member("field", str_of(explain_field(e, t)), to);
    member("words", explain_words(e, t), to);
}

static void exit_of(const struct graph *g, const struct test *t, struct out *to)
{
    if (is_leaf(t))
        string(str_of(t->accepts ? "accept" : "reject"), to);
    else
        out_dec(to, graph_index(g, t));
}

static void graph(const struct explanation *e, const struct test *root, struct arena *arena, struct out *to)
{
    struct graph g = graph_of(&e->build.ir, root, arena);
    for (u32 i = 0; i < g.count; i++) {
        const struct test *t = g.tests[i];
        char text[400];
        struct out o = out_fixed(text, sizeof text);
        ir_write_test(t, &o);
        out_format(to, "%s\n      { \"id\": %u, ", i > 0 ? "," : "", i);
        member(t->op == CMP_LET ? "set" : "test", out_text(&o), to);
        reason(e, t, to);
        key("yes", to);
        exit_of(&g, t->yes, to);
        out_text_z(to, ", \"no\": ");
        exit_of(&g, t->no, to);
        out_text_z(to, " }");
    }
}

static void stages(const struct explanation *e, struct arena *arena, struct out *to)
{
    for (u32 i = 0; i < e->stage_count; i++) {
        const struct stage *s = &e->stages[i];
        out_text_z(to, i > 0 ? ",\n    { " : "\n    { ");
        member("name", str_of(s->name), to);
        member("text", str_of(s->text), to);
        out_format(to, "\"tests\": %u, \"instructions\": %u, \"graph\": [", s->tests, s->instructions);
        graph(e, s->root, arena, to);
        out_text_z(to, " ] }");
    }
}

static void instruction(const struct explanation *e, u32 at, struct out *to)
{
    const struct bpf_insn *insn = &e->build.filter.insns[at];
    char text[256];
    struct out o = out_fixed(text, sizeof text);
    u8 flow = bpf_flow(insn->code);

    bpf_list_insn(&o, insn, at);
    out_text_z(to, at > 0 ? ",\n    { " : "\n    { ");
    out_format(to, "\"at\": %u, \"code\": %u, \"jt\": %u, \"jf\": %u, \"k\": %u, ", at, insn->code, insn->jt,
               insn->jf, insn->k);
    member("text", out_text(&o), to);
    if (e->tests[at] != NULL)
        reason(e, e->tests[at], to);
    if (e->also[at] != NULL) {
        key("also", to);
        out_text_z(to, "{ ");
        member("field", str_of(explain_field(e, e->also[at])), to);
        key("words", to);
        string(explain_words(e, e->also[at]), to);
        out_text_z(to, " }, ");
    }
    if (flow == BPF_FLOW_TEST)
        out_format(to, "\"yes\": %u, \"no\": %u, ", at + 1 + insn->jt, at + 1 + insn->jf);
    if (flow == BPF_FLOW_JUMP)
        out_format(to, "\"goes_on\": %u, ", at + 1 + insn->k);
    char does[200];
    o = out_fixed(does, sizeof does);
    explain_does(insn, e->tests[at], &o);
    key("does", to);
    string(out_text(&o), to);
    out_text_z(to, " }");
}

void explain_json(const struct explanation *e, struct arena *arena, struct out *to)
{
    enum { UNDERSTOOD_MAX = 1 << 20 };
    size_t room = e->text.len * 16 + 256;
    char *text = arena_take(arena, 1, room < UNDERSTOOD_MAX ? room : UNDERSTOOD_MAX);
    struct out o = out_fixed(text, text == NULL ? 0 : room < UNDERSTOOD_MAX ? room : UNDERSTOOD_MAX);

    if (text != NULL)
        ast_dump(e->build.parsed.root, &o);
    out_text_z(to, "{\n  ");
    member("expression", e->text, to);
    out_text_z(to, "\n  ");
    member("understood", text != NULL ? out_text(&o) : STR_EMPTY, to);
    out_text_z(to, "\n  \"warnings\": [");
    for (u32 i = 0; i < e->trap_count; i++) {
        out_text_z(to, i > 0 ? ",\n    { " : "\n    { ");
        member("name", str_of(e->traps[i]->name), to);
        key("text", to);
        string(str_of(e->traps[i]->text), to);
        out_text_z(to, " }");
    }
    out_text_z(to, " ],\n  \"stages\": [");
    stages(e, arena, to);
    out_text_z(to, " ],\n  \"program\": [");
    for (u32 i = 0; i < e->build.filter.count; i++)
        instruction(e, i, to);
    out_format(to, " ],\n  \"paths\": { \"shortest\": %u, \"typical\": ", e->ways.shortest);
    if (e->typical > 0)
        out_dec(to, e->typical);
    else
        out_text_z(to, "null");
    out_format(to, ", \"longest\": %u }\n}\n", e->ways.longest);
}
