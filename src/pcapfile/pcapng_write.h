/*
 * Encoding pcapng: blocks into memory that the caller owns, in this machine's byte order.
 *
 * Each function returns the size of its block in bytes; the block is complete only if that is <=
 * `room`, so a call with room 0 measures.  A size is always a multiple of four.  Texts longer than
 * 65,535 bytes, the format's limit, are cut; times before 1970 become 1970.  A written file is: one
 * section block, one interface block for each interface, then packets, names and statistics in any
 * order.
 */
#ifndef PCAPFILE_PCAPNG_WRITE_H
#define PCAPFILE_PCAPNG_WRITE_H

#include "base/packet.h"
#include "base/str.h"
#include "pcapfile/pcapng.h"

/* Who wrote the file; empty texts are left out. */
struct pcapng_section {
    struct str hardware, os, application, comment;
};

struct pcapng_interface {
    u16 linktype;    /* LINKTYPE_ number */
    u32 snaplen;     /* bytes */
    bool nano;       /* unit of its packets' time stamps: nano- or microseconds */
    bool fcs_known;  /* how long frame check sequences are: */
    u8 fcs_bits;     /* 0: packets have none */
    struct str name, description, filter, os, hardware; /* empty ones are left out */
};

#define PCAPNG_UNKNOWN UINT64_MAX

/* Counters of one interface up to `ts_ns`; PCAPNG_UNKNOWN ones are left out. */
struct pcapng_statistics {
    u32 interface;
    bool nano;                    /* as in that interface's block */
    i64 ts_ns, start_ns, end_ns;  /* now; capture's start and end */
    u64 received, dropped_by_interface, accepted, dropped_by_os, delivered;
};

/* One address and its name. */
struct pcapng_name {
    const u8 *address;
    u32 address_len; /* 4 (IPv4), 6 (EUI-48), 8 (EUI-64) or 16 (IPv6) bytes */
    struct str name;
};

size_t pcapng_write_section(u8 *to, size_t room, const struct pcapng_section *s);
size_t pcapng_write_interface(u8 *to, size_t room, const struct pcapng_interface *i);
size_t pcapng_write_statistics(u8 *to, size_t room, const struct pcapng_statistics *s);
size_t pcapng_write_names(u8 *to, size_t room, const struct pcapng_name *names, u32 count);

/* What a packet block says beside the packet: p->comment, p->direction, p->interface. */
struct pcapng_extra {
    struct str comment; /* a further comment, e.g. of the person who copies; may be empty */
    u64 drops;          /* packets lost since the previous one; 0 is left out */
};

/*
 * A packet as three pieces, for writers that leave the data where they are:
 *
 *     head, PCAPNG_HEAD_LEN bytes | p->caplen bytes at p->data | tail, at most PCAPNG_TAIL_MAX
 *
 * `nano` is the unit of the packet's interface; `extra` may be NULL.  The tail knows its own size,
 * which pcapng_write_tail() returns and pcapng_write_head() has to be told.
 */
enum { PCAPNG_HEAD_LEN = 28, PCAPNG_TAIL_MAX = 2 * (4 + 65536) + 64 };
size_t pcapng_write_tail(u8 *to, size_t room, const struct packet *p, const struct pcapng_extra *extra);
void pcapng_write_head(u8 *to, const struct packet *p, bool nano, size_t tail_len);

/* The whole packet block in one piece. */
size_t pcapng_write_packet(u8 *to, size_t room, const struct packet *p, bool nano,
                           const struct pcapng_extra *extra);

#endif
