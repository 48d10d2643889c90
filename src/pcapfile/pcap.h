/*
 * The pcap format's numbers, draft-ietf-opsawg-pcap.
 *
 *   file header                                  record header
 *    0  magic                                     0  seconds since 1970
 *    4  version: major, minor (16 bits each)      4  micro- or nanoseconds
 *    8  zone, unused                              8  captured length
 *   12  accuracy, unused                         12  length on the wire
 *   16  snapshot length                         (16  interface, protocol, packet type: only in files
 *   20  link type, with bits about the FCS           of Kuznetzov's modified format, 8 bytes)
 *
 * All in the byte order of the machine that wrote the file, which the magic number shows.
 */
#ifndef PCAPFILE_PCAP_H
#define PCAPFILE_PCAP_H

enum {
    PCAP_HEADER_LEN = 24,
    PCAP_RECORD_LEN = 16,
    PCAP_RECORD_LEN_MODIFIED = 24,
    PCAP_VERSION_MAJOR = 2,
    PCAP_VERSION_MINOR = 4,
    PCAP_SNAPLEN_MAX = 262144, /* what is meant where a snapshot length is 0 or negative */
};

#define PCAP_MAGIC_MICRO    0xa1b2c3d4u
#define PCAP_MAGIC_NANO     0xa1b23c4du
#define PCAP_MAGIC_MODIFIED 0xa1b2cd34u

/* Of the last header field: the link type, and what it may say about frame check sequences. */
#define PCAP_LINKTYPE_MASK 0x03ffffffu
#define PCAP_FCS_PRESENT   0x04000000u /* the length in the four highest bits counts */
enum { PCAP_FCS_SHIFT = 28, PCAP_FCS_UNIT_BITS = 16 };

#endif
