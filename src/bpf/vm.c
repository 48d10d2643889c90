/*
 * The machine that runs a program over one packet at full speed.
 *
 * The opcodes are small numbers, so the switch becomes one indexed jump; nothing is checked here
 * that bpf_is_valid() has checked before.
 */
#include "bpf/vm.h"

#include "base/bytes.h"
#include "bpf/vm_rules.h"

u32 bpf_run(const struct bpf_insn *program, const struct packet *packet)
{
    return bpf_resume(program, 0, 0, packet);
}

u32 bpf_resume(const struct bpf_insn *at, u32 a, u32 x, const struct packet *packet)
{
    const u8 *data = packet->data;
    const u32 caplen = packet->caplen;
    u32 cell[BPF_CELLS];

    for (;; at++) {
        const u32 k = at->k;
        switch (at->code) {
        case BPF_LD_W_ABS:
            if (likely(bpf_inside(caplen, k, 4)))
                a = load_be32(data + k);
            else if (bpf_is_metadata(k))
                a = bpf_metadata(packet, k, a, x);
            else
                return 0;
            continue;
        case BPF_LD_H_ABS:
            if (likely(bpf_inside(caplen, k, 2)))
                a = load_be16(data + k);
            else if (bpf_is_metadata(k))
                a = bpf_metadata(packet, k, a, x);
            else
                return 0;
            continue;
        case BPF_LD_B_ABS:
            if (likely(bpf_inside(caplen, k, 1)))
                a = data[k];
            else if (bpf_is_metadata(k))
                a = bpf_metadata(packet, k, a, x);
            else
                return 0;
            continue;
        case BPF_LD_W_IND:
            if (unlikely(!bpf_inside(caplen, x + k, 4)))
                return 0;
            a = load_be32(data + (x + k));
            continue;
        case BPF_LD_H_IND:
            if (unlikely(!bpf_inside(caplen, x + k, 2)))
                return 0;
            a = load_be16(data + (x + k));
            continue;
        case BPF_LD_B_IND:
            if (unlikely(!bpf_inside(caplen, x + k, 1)))
                return 0;
            a = data[x + k];
            continue;
        case BPF_LDX_MSH:
            if (unlikely(!bpf_inside(caplen, k, 1)))
                return 0;
            x = bpf_header_bytes(data[k]);
            continue;
        case BPF_JEQ_K: at += a == k ? at->jt : at->jf; continue;
        case BPF_JGT_K: at += a > k ? at->jt : at->jf; continue;
        case BPF_JGE_K: at += a >= k ? at->jt : at->jf; continue;
        case BPF_JSET_K: at += (a & k) != 0 ? at->jt : at->jf; continue;
        case BPF_JEQ_X: at += a == x ? at->jt : at->jf; continue;
        case BPF_JGT_X: at += a > x ? at->jt : at->jf; continue;
        case BPF_JGE_X: at += a >= x ? at->jt : at->jf; continue;
        case BPF_JSET_X: at += (a & x) != 0 ? at->jt : at->jf; continue;
        case BPF_JA: at += k; continue;
        case BPF_RET_K: return k;
        case BPF_RET_A: return a;
        case BPF_LD_IMM: a = k; continue;
        case BPF_LDX_IMM: x = k; continue;
        case BPF_LD_LEN: a = packet->len; continue;
        case BPF_LDX_LEN: x = packet->len; continue;
        case BPF_LD_MEM: a = cell[k]; continue;
        case BPF_LDX_MEM: x = cell[k]; continue;
        case BPF_ST: cell[k] = a; continue;
        case BPF_STX: cell[k] = x; continue;
        case BPF_TAX: x = a; continue;
        case BPF_TXA: a = x; continue;
        case BPF_ADD_K: a += k; continue;
        case BPF_SUB_K: a -= k; continue;
        case BPF_MUL_K: a *= k; continue;
        case BPF_DIV_K: a /= k; continue;
        case BPF_MOD_K: a %= k; continue;
        case BPF_AND_K: a &= k; continue;
        case BPF_OR_K: a |= k; continue;
        case BPF_XOR_K: a ^= k; continue;
        case BPF_LSH_K: a <<= k; continue;
        case BPF_RSH_K: a >>= k; continue;
        case BPF_ADD_X: a += x; continue;
        case BPF_SUB_X: a -= x; continue;
        case BPF_MUL_X: a *= x; continue;
        case BPF_DIV_X:
            if (x == 0)
                return 0;
            a /= x;
            continue;
        case BPF_MOD_X:
            if (x == 0)
                return 0;
            a %= x;
            continue;
        case BPF_AND_X: a &= x; continue;
        case BPF_OR_X: a |= x; continue;
        case BPF_XOR_X: a ^= x; continue;
        case BPF_LSH_X: a = bpf_shifted_left(a, x); continue;
        case BPF_RSH_X: a = bpf_shifted_right(a, x); continue;
        case BPF_NEG: a = 0u - a; continue;
        default: return 0;
        }
    }
}
