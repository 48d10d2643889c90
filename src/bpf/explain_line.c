/* Parts of lines, for people. */
#include "bpf/explanation.h"

#include "base/format.h"
#include "base/name_table.h"
#include "bpf/list.h"

enum { LISTING_WIDTH = 44, HEX_FROM = 10, DECIMAL_TO = 0xffff };

/* ECMA-48, 8.3.117. */
struct paint explain_paint(bool colour)
{
    if (!colour)
        return (struct paint){ "", "", "", "" };
    return (struct paint){ "\033[1m", "\033[36m", "\033[32m", "\033[0m" };
}

void explain_reason(const struct explanation *e, const struct test *t, const struct paint *paint,
                    struct out *to)
{
    struct str words = explain_words(e, t);

    out_format(to, "; %s%s%s", paint->field, explain_field(e, t), paint->plain);
    if (words.len > 0)
        out_format(to, ", for %s`%pS`%s", paint->words, (const void *)&words, paint->plain);
}

void explain_reasons(const struct explanation *e, u32 at, const struct paint *paint, struct out *to)
{
    const struct test *t = e->tests[at], *also = e->also[at];

    if (t != NULL)
        explain_reason(e, t, paint, to);
    if (also != NULL && (!str_equal(explain_words(e, t), explain_words(e, also)) ||
                         !str_equal(str_of(explain_field(e, t)), str_of(explain_field(e, also)))))
        explain_reason(e, also, paint, to);
}

void explain_listing(const struct bpf_insn *insn, u32 at, struct out *to)
{
    char line[256];
    struct out o = out_fixed(line, sizeof line);

    bpf_list_insn(&o, insn, at);
    struct str shown = out_text(&o);
    out_text_z(to, "  ");
    for (size_t i = 0; i < shown.len; i++)
        out_char(to, shown.p[i] == '\t' ? ' ' : shown.p[i]);
    out_repeat(to, ' ', shown.len < LISTING_WIDTH ? LISTING_WIDTH - shown.len : 1);
}

/* Whether the k of an opcode's text stands here, and not a letter of a word. */
static bool is_k(struct str text, size_t i)
{
    return text.p[i] == 'k' && (i == 0 || !is_alpha(text.p[i - 1])) &&
           (i + 1 == text.len || !is_alpha(text.p[i + 1]));
}

/* Whether the numbers of a test are known to people as hexadecimal ones. */
static bool is_hex(const struct test *t)
{
    return t != NULL && t->why.what != NULL && str_equal(str_of(t->why.what), str_of("EtherType"));
}

/* The k of an opcode with this text. */
static void number(const struct bpf_insn *insn, const struct test *t, struct str text,
                   struct out *to)
{
    bool place = str_find(text, '[') < text.len || insn->code == BPF_LDX_IMM;
    bool compared = bpf_flow(insn->code) == BPF_FLOW_TEST && insn->code != BPF_JSET_K;

    if (insn->k < HEX_FROM || place)
        out_format(to, "%u", insn->k);
    else if (compared && insn->k <= DECIMAL_TO && !is_hex(t))
        out_format(to, "0x%x (%u)", insn->k, insn->k);
    else
        out_format(to, "0x%x", insn->k);
}

/* A table of base/name_table.h with the sentences of bpf/insn.def, by opcode. */
static const struct {
    struct names names;
    u8 codes[0
#define INSN(name, code, flow, mnemonic, operand, text) +1
#include "bpf/insn.def"
#undef INSN
    ];
    char texts[sizeof(
#define INSN(name, code, flow, mnemonic, operand, text) text "\0"
#include "bpf/insn.def"
#undef INSN
        )];
} sentences = {
    { sizeof sentences.codes, 1 },
    {
#define INSN(name, code, flow, mnemonic, operand, text) code,
#include "bpf/insn.def"
#undef INSN
    },
#define INSN(name, code, flow, mnemonic, operand, text) text "\0"
#include "bpf/insn.def"
#undef INSN
};

void explain_does(const struct bpf_insn *insn, const struct test *t, struct out *to)
{
    struct str text = str_of(name_find(&sentences.names, insn->code));

    if (insn->code == BPF_RET_K) {
        out_text_z(to, insn->k != 0 ? "the packet is accepted" : "the packet is rejected");
        return;
    }
    if (insn->code == BPF_JA) {
        out_format(to, insn->k == 1 ? "skip the next instruction" : "skip the next %u instructions",
                   insn->k);
        return;
    }
    for (size_t i = 0; i < text.len; i++)
        if (is_k(text, i))
            number(insn, t, text, to);
        else
            out_char(to, text.p[i]);
}
