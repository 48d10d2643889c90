/* Filters on cooked sockets: offsets and header fields. */
#include "capture/cooked_program.h"

#include <string.h>

/* A field of a cooked header that the kernel has as metadata.  Loads have to match it exactly. */
struct field {
    enum framing framing;
    u16 load; /* opcode */
    u32 at;
    u32 metadata;
};

static const struct field fields[] = {
    { FRAMING_SLL, BPF_LD_H_ABS, 0, BPF_AD_PKTTYPE },
    { FRAMING_SLL, BPF_LD_B_ABS, 1, BPF_AD_PKTTYPE },
    { FRAMING_SLL, BPF_LD_H_ABS, 2, BPF_AD_HATYPE },
    { FRAMING_SLL, BPF_LD_H_ABS, 14, BPF_AD_PROTOCOL },
    { FRAMING_SLL2, BPF_LD_H_ABS, 0, BPF_AD_PROTOCOL },
    { FRAMING_SLL2, BPF_LD_W_ABS, 4, BPF_AD_IFINDEX },
    { FRAMING_SLL2, BPF_LD_H_ABS, 8, BPF_AD_HATYPE },
    { FRAMING_SLL2, BPF_LD_B_ABS, 10, BPF_AD_PKTTYPE },
};

static bool load_field(enum framing framing, struct bpf_insn *insn)
{
    for (size_t i = 0; i < countof(fields); i++) {
        const struct field *f = &fields[i];
        if (f->framing == framing && f->load == insn->code && f->at == insn->k) {
            insn->k = BPF_AD_OFF + f->metadata;
            return true;
        }
    }
    return false;
}

/* False when the instruction cannot be changed to fit. */
static bool translate(enum framing framing, u32 header, struct bpf_insn *insn)
{
    bool absolute = false;
    switch (insn->code) {
    case BPF_LD_LEN:
    case BPF_LDX_LEN: return false; /* the header's bytes are missing from it */
    case BPF_LD_W_ABS:
    case BPF_LD_H_ABS:
    case BPF_LD_B_ABS: absolute = true; break;
    case BPF_LD_W_IND:
    case BPF_LD_H_IND:
    case BPF_LD_B_IND:
    case BPF_LDX_MSH: break;
    default: return true;
    }
    if (absolute && insn->k >= BPF_LL_OFF)
        return true; /* metadata already */
    if (insn->k < header)
        return absolute && load_field(framing, insn);
    insn->k -= header;
    return true;
}

bool cooked_program(enum framing framing, const struct bpf_insn *from, u32 n, struct bpf_insn *to)
{
    u32 header = framing_header_bytes(framing);
    memcpy(to, from, n * sizeof(*to));
    for (u32 i = 0; header > 0 && i < n; i++)
        if (!translate(framing, header, &to[i]))
            return false;
    return true;
}
