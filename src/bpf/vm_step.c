/* The machine one step at a time, for people who want to watch it. */
#include "bpf/vm.h"

#include "base/bytes.h"
#include "bpf/vm_rules.h"

struct bpf_machine bpf_start(void)
{
    return (struct bpf_machine){ .stop = BPF_RUNNING };
}

static bool stop(struct bpf_machine *m, enum bpf_stop why)
{
    m->stop = why;
    m->result = 0;
    return false;
}

static bool end(struct bpf_machine *m, u32 result)
{
    m->stop = BPF_RETURNED;
    m->result = result;
    return false;
}

/* Reads `size` bytes at `at`; false when they are not all there. */
static bool fetch(struct bpf_machine *m, const struct packet *packet, u32 at, u32 size, u32 *value)
{
    if (!bpf_inside(packet->caplen, at, size))
        return stop(m, BPF_OUT_OF_PACKET);
    const u8 *p = packet->data + at;
    *value = size == 4 ? load_be32(p) : size == 2 ? load_be16(p) : *p;
    m->touched_at = at;
    m->touched_len = size;
    return true;
}

static bool fetch_absolute(struct bpf_machine *m, const struct packet *packet, u32 k, u32 size)
{
    if (!bpf_is_metadata(k))
        return fetch(m, packet, k, size, &m->a);
    m->a = bpf_metadata(packet, k, m->a, m->x);
    return true;
}

static bool load(struct bpf_machine *m, const struct bpf_insn *insn, const struct packet *packet)
{
    u32 byte = 0;

    switch (insn->code) {
    case BPF_LD_IMM: m->a = insn->k; return true;
    case BPF_LDX_IMM: m->x = insn->k; return true;
    case BPF_LD_LEN: m->a = packet->len; return true;
    case BPF_LDX_LEN: m->x = packet->len; return true;
    case BPF_LD_W_ABS: return fetch_absolute(m, packet, insn->k, 4);
    case BPF_LD_H_ABS: return fetch_absolute(m, packet, insn->k, 2);
    case BPF_LD_B_ABS: return fetch_absolute(m, packet, insn->k, 1);
    case BPF_LD_W_IND: return fetch(m, packet, m->x + insn->k, 4, &m->a);
    case BPF_LD_H_IND: return fetch(m, packet, m->x + insn->k, 2, &m->a);
    case BPF_LD_B_IND: return fetch(m, packet, m->x + insn->k, 1, &m->a);
    case BPF_LDX_MSH:
        if (!fetch(m, packet, insn->k, 1, &byte))
            return false;
        m->x = bpf_header_bytes((u8)byte);
        return true;
    case BPF_TAX: m->x = m->a; return true;
    case BPF_TXA: m->a = m->x; return true;
    default: return stop(m, BPF_BROKEN);
    }
}

static bool scratch(struct bpf_machine *m, const struct bpf_insn *insn)
{
    if (insn->k >= BPF_CELLS)
        return stop(m, BPF_BROKEN);
    switch (insn->code) {
    case BPF_LD_MEM: m->a = m->cell[insn->k]; break;
    case BPF_LDX_MEM: m->x = m->cell[insn->k]; break;
    case BPF_ST:
    case BPF_STX:
        m->cell[insn->k] = insn->code == BPF_ST ? m->a : m->x;
        m->known_cells |= (u16)(1u << insn->k);
        break;
    default: return stop(m, BPF_BROKEN);
    }
    return true;
}

/* The operation of an arithmetic instruction, whichever operand it has. */
enum { CLASS_MASK = 0x07, CLASS_ALU = 0x04, SOURCE_X = 0x08 };

static bool arithmetic(struct bpf_machine *m, const struct bpf_insn *insn)
{
    u32 b = insn->code & SOURCE_X ? m->x : insn->k;

    switch (insn->code & ~SOURCE_X) {
    case BPF_ADD_K: m->a += b; break;
    case BPF_SUB_K: m->a -= b; break;
    case BPF_MUL_K: m->a *= b; break;
    case BPF_AND_K: m->a &= b; break;
    case BPF_OR_K: m->a |= b; break;
    case BPF_XOR_K: m->a ^= b; break;
    case BPF_LSH_K: m->a = bpf_shifted_left(m->a, b); break;
    case BPF_RSH_K: m->a = bpf_shifted_right(m->a, b); break;
    case BPF_NEG: m->a = 0u - m->a; break;
    case BPF_DIV_K:
    case BPF_MOD_K:
        if (b == 0)
            return stop(m, BPF_DIVIDED_BY_ZERO);
        m->a = (insn->code & ~SOURCE_X) == BPF_DIV_K ? m->a / b : m->a % b;
        break;
    default: return stop(m, BPF_BROKEN);
    }
    return true;
}

/* Only ever forward: a distance that leads out of the program leads just behind it. */
static void jump(struct bpf_machine *m, const struct bpf_insn *insn, u32 n)
{
    u32 b = insn->code & SOURCE_X ? m->x : insn->k;
    bool yes = false;

    switch (insn->code & ~SOURCE_X) {
    case BPF_JA: m->pc = insn->k < n - m->pc ? m->pc + insn->k : n; return;
    case BPF_JEQ_K: yes = m->a == b; break;
    case BPF_JGT_K: yes = m->a > b; break;
    case BPF_JGE_K: yes = m->a >= b; break;
    case BPF_JSET_K: yes = (m->a & b) != 0; break;
    }
    m->pc += yes ? insn->jt : insn->jf;
}

bool bpf_step(struct bpf_machine *m, const struct bpf_insn *program, u32 n,
              const struct packet *packet)
{
    if (m->stop != BPF_RUNNING)
        return false;
    m->touched_len = 0;
    const struct bpf_opcode *opcode = m->pc < n ? bpf_opcode(program[m->pc].code) : NULL;
    if (opcode == NULL)
        return stop(m, BPF_BROKEN);
    const struct bpf_insn *insn = &program[m->pc];
    bool goes_on = true;

    m->steps++;
    if (opcode->flow == BPF_FLOW_RETURN)
        return end(m, insn->code == BPF_RET_K ? insn->k : m->a);
    if (opcode->flow == BPF_FLOW_TEST || opcode->flow == BPF_FLOW_JUMP)
        jump(m, insn, n);
    else if (opcode->operand == BPF_OPERAND_CELL)
        goes_on = scratch(m, insn);
    else if ((insn->code & CLASS_MASK) == CLASS_ALU)
        goes_on = arithmetic(m, insn);
    else
        goes_on = load(m, insn, packet);
    if (goes_on)
        m->pc++;
    return goes_on;
}
