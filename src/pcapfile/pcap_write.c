/* The header of a pcap file. */
#include "pcapfile/pcap_write.h"

void pcap_write_header(void *to, const struct pcap_header *h)
{
    const struct {
        u32 magic;
        u16 major, minor;
        u32 zone, accuracy, snaplen, linktype;
    } header = {
        .magic = h->nano ? PCAP_MAGIC_NANO : PCAP_MAGIC_MICRO,
        .major = PCAP_VERSION_MAJOR,
        .minor = PCAP_VERSION_MINOR,
        .snaplen = h->snaplen,
        .linktype = h->linktype | h->linktype_bits,
    };
    _Static_assert(sizeof header == PCAP_HEADER_LEN, "the struct has no padding");
    memcpy(to, &header, sizeof header);
}
