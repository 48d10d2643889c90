/*
 * libpcap's machine.  Its header and ours both define struct bpf_insn, laid out alike, so only
 * libpcap_machine.c includes it.
 */
#ifndef SUPPORT_LIBPCAP_MACHINE_H
#define SUPPORT_LIBPCAP_MACHINE_H

#include "base/types.h"

struct bpf_insn;

/* What a program returns for a packet. */
u32 libpcap_run(const struct bpf_insn *program, const u8 *packet, u32 caplen, u32 len);

/* One line of its listing, without the end of line; overwritten by the next call. */
const char *libpcap_list(const struct bpf_insn *insn, u32 at);

#endif
