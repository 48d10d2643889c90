/* Random packets, led by the constants of a program. */
#include "packets.h"

u32 packets_random(u64 *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (u32)(*state >> 16);
}

static void store(u8 packet[PACKET_MAX], u32 at, u32 size, u32 value)
{
    for (u32 i = 0; i < size && at + i < PACKET_MAX; i++)
        packet[at + i] = (u8)(value >> 8 * (size - 1 - i));
}

/* Some constant that the program compares with, behind the given instruction; mostly the next one.
 */
static bool constant_behind(u64 *state, const struct bpf_insn *program, u32 n, u32 at, u32 *k)
{
    u32 found = 0;

    for (u32 i = at + 1; i < n && i < at + 12; i++) {
        u8 flow = bpf_opcode(program[i].code)->flow;
        if (flow == BPF_FLOW_TEST && bpf_opcode(program[i].code)->operand == BPF_OPERAND_K &&
            packets_random(state) % ++found == 0)
            *k = program[i].k;
        if (flow == BPF_FLOW_A && bpf_opcode(program[i].code)->operand != BPF_OPERAND_K)
            break;
    }
    return found > 0;
}

u32 packets_make(u64 *state, const struct bpf_insn *program, u32 n, u8 packet[PACKET_MAX])
{
    u32 base = 0;

    for (u32 i = 0; i < PACKET_MAX; i++)
        packet[i] = (u8)(packets_random(state) % 3 == 0 ? packets_random(state)
                                                        : packets_random(state) % 8);
    for (u32 i = 0; i < n; i++) {
        const struct bpf_insn *insn = &program[i];
        u32 size = insn->code & 0x10 ? 1 : insn->code & 0x08 ? 2 : 4, k = 0;
        bool index = bpf_opcode(insn->code)->operand == BPF_OPERAND_IND;
        if (insn->code == BPF_LDX_MSH && insn->k < PACKET_MAX) {
            packet[insn->k] = packets_random(state) % 4 != 0 ? 0x45 : (u8)packets_random(state);
            base = (packet[insn->k] & 0xfu) * 4;
        }
        if (insn->code == BPF_LDX_IMM)
            base = insn->k;
        if (!index && bpf_opcode(insn->code)->operand != BPF_OPERAND_ABS)
            continue;
        if (packets_random(state) % 8 < 3 || !constant_behind(state, program, n, i, &k))
            continue;
        if (packets_random(state) % 8 == 0)
            k += packets_random(state) % 3 - 1;
        store(packet, insn->k + (index ? base : 0), size, k);
    }
    return packets_random(state) % 4 != 0 ? PACKET_MAX : packets_random(state) % (PACKET_MAX + 1);
}
