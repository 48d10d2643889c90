/* A program as text, byte for byte as tcpdump lists it with -d, -dd and -ddd. */
#ifndef BPF_LIST_H
#define BPF_LIST_H

#include "base/out.h"
#include "bpf/insn.h"

/* -d: one line per instruction, "(002) ret      #262144", lines ended. */
void bpf_list(struct out *to, const struct bpf_insn *program, u32 n);

/* One line of it, without the end of line; `at` is its index. */
void bpf_list_insn(struct out *to, const struct bpf_insn *insn, u32 at);

/* How an absolute load of kernel metadata is listed, such as "vlanp"; `ad` is what is added to BPF_AD_OFF.
 * NULL when there is none of this number. */
const char *bpf_metadata_name(u32 ad);

/* -dd: a fragment of C, "{ 0x28, 0, 0, 0x0000000c }," */
void bpf_list_c(struct out *to, const struct bpf_insn *program, u32 n);

/* -ddd: decimal numbers, the count on the first line. */
void bpf_list_decimal(struct out *to, const struct bpf_insn *program, u32 n);

#endif
