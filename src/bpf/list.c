/*
 * Listings in tcpdump's three formats.  Offsets and counts are written as signed numbers, since
 * that is how the reference shows those that are 2^31 or more.
 */
#include "bpf/list.h"

#include "base/format.h"

/* Columns of an operand; what follows it starts behind them. */
enum { OPERAND_COLUMNS = 16 };

/* Parts of a code, see bpf/insn.def. */
enum { CLASS_MASK = 0x07, OPERATION_MASK = 0xf0 };

const char *bpf_metadata_name(u32 ad)
{
    static const char *const names[] = {
        "proto", "type",   "ifidx", "nla",   "nlan",     "mark",  "queue", "hatype",
        "rxhash", "cpu",   "xor_x", "vlan_tci", "vlanp", "poff",  "random", "vlan_tpid",
    };
    return ad % 4 == 0 && ad / 4 < countof(names) ? names[ad / 4] : NULL;
}

static void put_absolute(struct out *to, u32 k)
{
    const char *name = k >= BPF_AD_OFF ? bpf_metadata_name(k - BPF_AD_OFF) : NULL;

    if (name != NULL)
        out_format(to, "[%s]", name);
    else
        out_format(to, "[%d]", (int)k);
}

static void put_operand(struct out *to, const struct bpf_insn *insn, u8 operand, u32 at)
{
    switch ((enum bpf_operand)operand) {
    case BPF_OPERAND_NONE: break;
    case BPF_OPERAND_K: out_format(to, "#0x%x", insn->k); break;
    case BPF_OPERAND_DEC: out_format(to, "#%d", (int)insn->k); break;
    case BPF_OPERAND_X: out_char(to, 'x'); break;
    case BPF_OPERAND_ABS: put_absolute(to, insn->k); break;
    case BPF_OPERAND_IND: out_format(to, "[x + %d]", (int)insn->k); break;
    case BPF_OPERAND_MSH: out_format(to, "4*([%d]&0xf)", (int)insn->k); break;
    case BPF_OPERAND_CELL: out_format(to, "M[%d]", (int)insn->k); break;
    case BPF_OPERAND_LENGTH: out_text_z(to, "#pktlen"); break;
    case BPF_OPERAND_TARGET: out_format(to, "%d", (int)(at + 1 + insn->k)); break;
    }
}

/* Whether jt and jf are shown: also with codes that only look like tests, as tcpdump. */
static bool shows_targets(u16 code)
{
    return (code & CLASS_MASK) == (BPF_JEQ_K & CLASS_MASK) && (code & OPERATION_MASK) != 0;
}

void bpf_list_insn(struct out *to, const struct bpf_insn *insn, u32 at)
{
    const struct bpf_opcode *opcode = bpf_opcode(insn->code);
    char buffer[OUT_MIN];
    struct out text = out_fixed(buffer, sizeof buffer);

    if (opcode != NULL)
        put_operand(&text, insn, opcode->operand, at);
    else
        out_format(&text, "0x%x", insn->code);
    const char *mnemonic = opcode != NULL ? opcode->mnemonic : "unimp";
    struct str operand = out_text(&text);
    if (!shows_targets(insn->code))
        out_format(to, "(%03u) %-8s %pS", at, mnemonic, &operand);
    else
        out_format(to, "(%03u) %-8s %-*.*s jt %u\tjf %u", at, mnemonic, OPERAND_COLUMNS, (int)operand.len,
                   operand.p, at + 1 + insn->jt, at + 1 + insn->jf);
}

void bpf_list(struct out *to, const struct bpf_insn *program, u32 n)
{
    for (u32 i = 0; i < n; i++) {
        bpf_list_insn(to, &program[i], i);
        out_char(to, '\n');
    }
}

void bpf_list_c(struct out *to, const struct bpf_insn *program, u32 n)
{
    for (u32 i = 0; i < n; i++)
        out_format(to, "{ 0x%x, %u, %u, 0x%08x },\n", program[i].code, program[i].jt, program[i].jf,
                   program[i].k);
}

void bpf_list_decimal(struct out *to, const struct bpf_insn *program, u32 n)
{
    out_format(to, "%u\n", n);
    for (u32 i = 0; i < n; i++)
        out_format(to, "%u %u %u %u\n", program[i].code, program[i].jt, program[i].jf, program[i].k);
}
