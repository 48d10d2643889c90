/* The table of opcodes. */
#include "bpf/insn.h"

/* Room for every class, size, mode and operation that instruction classes 0 to 7 can spell. */
enum { CODES = 256 };

static const struct bpf_opcode opcodes[CODES] = {
#define INSN(name, code, flow, mnemonic, operand, text) \
    [code] = { code, flow, operand, mnemonic, text },
#include "bpf/insn.def"
#undef INSN
};

const struct bpf_opcode *bpf_opcode(u16 code)
{
    return code < CODES && opcodes[code].mnemonic != NULL ? &opcodes[code] : NULL;
}
