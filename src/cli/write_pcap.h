/* Packets into a pcap file. */
#ifndef CLI_WRITE_PCAP_H
#define CLI_WRITE_PCAP_H

#include "cli/write.h"
#include "pcapfile/pcap_write.h"

struct pcap_output {
    struct pcap_header header;
    bool copies; /* the packets' records are this file's as they stand, and need no encoding */
};

/* What became of packets. */
enum write_result {
    WRITE_OK,
    WRITE_FAILED,   /* the writer has */
    WRITE_LINKTYPE, /* the format cannot say a packet's link type */
    WRITE_TIME,     /* nor its time */
};

whole_records pcap_whole_records;

/* The file's header. */
bool pcap_output_begin(const struct pcap_output *o, struct writer *w);

/* Adds packets; `*done`: how many of them, all unless the result says otherwise. */
enum write_result pcap_output_packets(const struct pcap_output *o, struct writer *w,
                                      const struct packet *batch, u32 n, u32 *done);

#endif
