/* One packet on its way from a source to a printer or a file. */
#ifndef BASE_PACKET_H
#define BASE_PACKET_H

#include "base/str.h"
#include "base/types.h"

/* Seen by the network card as coming in or going out; savefiles mostly do not say. */
enum packet_direction { PACKET_DIRECTION_UNKNOWN, PACKET_IN, PACKET_OUT };

/* Kernel metadata that a filter may ask for and that is not among the bytes (live packets only). */
struct packet_meta {
    u16 vlan_tci;      /* the 802.1Q tag that the kernel took off, host byte order */
    u16 vlan_tpid;     /* its EtherType, host byte order */
    bool vlan_present; /* whether the two above mean anything */
    u8 pkttype;        /* PACKET_HOST and so on, <linux/if_packet.h> */
    u16 protocol;      /* sll_protocol, host byte order */
    u16 hatype;        /* ARPHRD_ number of the interface */
    u32 ifindex;       /* the kernel's number of the interface */
};

/*
 * Everything a packet points to is borrowed from its source and valid until the source's next
 * call.  Time is signed nanoseconds since 1970-01-01 00:00 UTC.
 *
 * A pcap record counts seconds and, beside them, micro- or nanoseconds.  Nothing keeps a writer from
 * putting a whole second or more into the second field, which tcpdump prints as it stands.  `ts_ns`
 * is the sum all the same; `carried_s` says how many of its seconds came from that field, so that
 * seconds - carried_s and fraction + carried_s are what the file said.
 * A time beyond the year 2262, which only a damaged pcapng file has, is PACKET_TIME_BEYOND.
 */
#define PACKET_TIME_BEYOND INT64_MAX

struct packet {
    i64 ts_ns;
    u32 caplen, len; /* bytes at `data`; bytes on the wire.  caplen <= len is NOT promised */
    const u8 *data;
    u16 linktype;  /* LINKTYPE_ number, base/linktype.h */
    u8 direction;  /* enum packet_direction */
    u8 headroom;   /* bytes before `data` that whoever has the packet may overwrite */
    u16 carried_s; /* whole seconds in the file's field of fractions; 0 in any sound packet */
    u32 interface; /* index into the source's interfaces, 0 for a source with one */
    struct packet_meta meta;
    u32 beyond; /* bytes at data + caplen that its file has, though past its own snapshot length */
    struct str comment; /* of a pcapng packet, the first of them; empty when it has none */
    struct str record;  /* the packet as it stood in its savefile, headers included; empty if live */
};

#endif
