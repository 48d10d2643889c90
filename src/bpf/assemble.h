/*
 * From code in its final order to instructions: distances, long jumps, copies of returns.
 * Private to the module.
 */
#ifndef BPF_ASSEMBLE_H
#define BPF_ASSEMBLE_H

#include "base/arena.h"
#include "bpf/insn.h"

/*
 * One instruction whose targets are indices of other items, always of later ones.  An item that
 * neither jumps nor returns goes on at the next one.
 */
struct item {
    u16 code;
    u32 k;
    u32 yes, no; /* tests: both; ja: yes */
};

/*
 * Lays `count` items out in their order; those that cannot be reached are left out.  Where a test's
 * target is out of reach of its 8 bits, a ja, or a copy of the return that stands there, is put
 * behind it; tests before share it.
 * Returns the instructions, which live in the arena, and sets *made to their number; NULL when they
 * exceed `max` or the arena is full.
 */
const struct bpf_insn *assemble(struct arena *arena, const struct item *items, u32 count, u32 max,
                                u32 *made);

#endif
