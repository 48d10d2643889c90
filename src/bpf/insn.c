/* The table of opcodes. */
#include "bpf/insn.h"

const struct bpf_opcode bpf_opcodes[BPF_CODES] = {
#define INSN(name, code, flow, mnemonic, operand, text) \
    [code] = { flow, operand, mnemonic },
#include "bpf/insn.def"
#undef INSN
};
