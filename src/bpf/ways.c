/* How many instructions packets run through: jumps lead forward, so one sweep from the end tells. */
#include "bpf/ways.h"

/* What the ways are from an instruction with these two successors. */
static struct ways join(struct ways yes, struct ways no)
{
    return (struct ways){ .shortest = 1 + (yes.shortest < no.shortest ? yes.shortest : no.shortest),
                          .longest = 1 + (yes.longest > no.longest ? yes.longest : no.longest) };
}

struct ways bpf_ways(const struct bpf_insn *insns, u32 count, struct arena *arena)
{
    struct arena_mark mark = arena_mark(arena);
    struct ways *from = arena_raw(arena, struct ways, count);

    if (from == NULL)
        return (struct ways){ 0, 0 };
    for (u32 i = count; i-- > 0;) {
        const struct bpf_insn *insn = &insns[i];
        const struct ways *next = &from[i + 1];
        switch (bpf_flow(insn->code)) {
        case BPF_FLOW_RETURN: from[i] = (struct ways){ 1, 1 }; break;
        case BPF_FLOW_TEST: from[i] = join(next[insn->jt], next[insn->jf]); break;
        case BPF_FLOW_JUMP: from[i] = join(next[insn->k], next[insn->k]); break;
        default: from[i] = join(*next, *next); break;
        }
    }
    struct ways all = from[0];
    arena_rewind(arena, mark);
    return all;
}
