/* libpcap's machine behind our types. */
#include "libpcap_machine.h"

#include <pcap/pcap.h>

u32 libpcap_run(const struct bpf_insn *program, const u8 *packet, u32 caplen, u32 len)
{
    return bpf_filter(program, packet, len, caplen);
}

const char *libpcap_list(const struct bpf_insn *insn, u32 at)
{
    return bpf_image(insn, (int)at);
}
