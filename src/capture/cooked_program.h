/*
 * Filters on cooked sockets; private to this module.
 *
 * A filter for a cooked link type expects a header that we make only afterwards: what the kernel
 * filters begins with the network header, and what the cooked header would say is metadata there.
 *
 *      filter sees     |== cooked header ==|== network header ...
 *      kernel sees                         |== network header ...    + SKF_AD_ metadata
 */
#ifndef CAPTURE_COOKED_PROGRAM_H
#define CAPTURE_COOKED_PROGRAM_H

#include "bpf/insn.h"
#include "capture/cooked.h"

/*
 * Copies `n` instructions to `to`, changed so that they do the same on what the kernel sees.  For
 * framings without a header nothing is changed.  False when that is not possible, because the
 * program looks at a part of the header that is not metadata, or at the packet's length.
 */
bool cooked_program(enum framing framing, const struct bpf_insn *from, u32 n, struct bpf_insn *to);

#endif
