/* The table of opcodes. */
#include "bpf/insn.h"

const struct bpf_opcode bpf_opcodes[BPF_CODES] = {
#define INSN(name, code, flow, mnemonic, operand, text) \
    [code] = { code, flow, operand, mnemonic, text },
#include "bpf/insn.def"
#undef INSN
};
