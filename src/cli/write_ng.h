/*
 * Packets into a pcapng file, in one of two ways:
 *
 *   made      section and interface blocks of our own, packets encoded one by one
 *   copied    from a pcapng file: blocks and records as they stand, so nothing that we do not know
 * is lost; a file begins with the section that is open in the input at that moment
 */
#ifndef CLI_WRITE_NG_H
#define CLI_WRITE_NG_H

#include "cli/write_pcap.h"
#include "pcapfile/pcapng_write.h"
#include "pcapfile/savefile.h"

struct ng_output {
    struct pcapng_section section;             /* made: who writes; both: the comment */
    const struct pcapng_interface *interfaces; /* made; borrowed */
    u32 interface_count;
    /*
     * Made: the only interface once more, without a limit to what a packet has.  It comes into the file
     * with the first packet that is longer than its savefile allows, and is counted from then on.  NULL:
     * none will.
     */
    const struct pcapng_interface *unlimited;
    const struct savefile *copied; /* where records come from; NULL: made */
};

whole_records ng_whole_records;

/* Whether this build has any of it. */
bool ng_output_exists(void);

/* What a file begins with. */
bool ng_output_begin(const struct ng_output *o, struct writer *w);

/* Adds packets; as pcap_output_packets(). */
enum write_result ng_output_packets(struct ng_output *o, struct writer *w,
                                    const struct packet *batch, u32 n, u32 *done);

/* Bytes that a packet adds to the file. */
u64 ng_output_size(const struct ng_output *o, const struct packet *p);

/* Copied: a block of the input that is no packet. */
bool ng_output_block(const struct ng_output *o, struct writer *w,
                     const struct savefile_block *block);

/* Made: what an interface counted. */
bool ng_output_statistics(struct writer *w, const struct pcapng_statistics *s);

#endif
