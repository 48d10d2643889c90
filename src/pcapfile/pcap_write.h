/*
 * Encoding pcap: bytes of headers into memory that the caller owns, in this machine's byte order.
 */
#ifndef PCAPFILE_PCAP_WRITE_H
#define PCAPFILE_PCAP_WRITE_H

#include "base/mem.h"
#include "base/packet.h"
#include "base/time.h"
#include "pcapfile/pcap.h"

struct pcap_header {
    u32 linktype;      /* LINKTYPE_ number */
    u32 linktype_bits; /* FCS bits, as struct savefile has them; else 0 */
    u32 snaplen;       /* bytes */
    bool nano;         /* nanoseconds instead of microseconds */
};

/* More whole seconds than these do not fit into a field of nanoseconds. */
enum { PCAP_CARRIED_NANO_MAX = 3 };

/* Writes the PCAP_HEADER_LEN bytes of a file's header to `to`. */
void pcap_write_header(void *to, const struct pcap_header *h);

/*
 * Whether a record can say what `p` says.  False for times before 1970 or after 2106-02-07, the
 * range of its 32-bit seconds, and only for those.
 */
static inline bool pcap_can_hold(const struct packet *p)
{
    i64 ns = p->ts_ns - (i64)p->carried_s * NS_PER_SECOND;
    return ns >= 0 && ns < ((i64)1 << 32) * NS_PER_SECOND;
}

/* Bytes of data in a packet's record: what a file's own snapshot length hides is copied all the same. */
static inline u32 pcap_data_len(const struct packet *p) { return p->caplen + p->beyond; }

/*
 * Writes the PCAP_RECORD_LEN bytes that precede the packet's data.  Of a time that pcap cannot hold
 * the lowest 32 bits of the seconds are written; nanoseconds are cut to microseconds, not rounded.
 * Whole seconds that stood in the field of fractions are put there again, if they fit.
 */
static inline void pcap_write_record(void *to, const struct packet *p, bool nano)
{
    u32 fields[4];
    if (likely(p->ts_ns >= 0)) {
        u64 ns = (u64)p->ts_ns;
        fields[0] = (u32)(ns / NS_PER_SECOND);
        fields[1] = (u32)(ns % NS_PER_SECOND);
    } else {
        fields[0] = (u32)seconds_from_ns(p->ts_ns, &fields[1]);
    }
    if (!nano)
        fields[1] /= 1000;
    if (unlikely(p->carried_s != 0) && (!nano || p->carried_s <= PCAP_CARRIED_NANO_MAX)) {
        fields[0] -= p->carried_s;
        fields[1] += p->carried_s * (nano ? 1000000000u : 1000000u);
    }
    fields[2] = pcap_data_len(p);
    fields[3] = p->len;
    memcpy(to, fields, sizeof fields);
}

#endif
