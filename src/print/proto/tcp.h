/* What the files of the TCP printer share. */
#ifndef PRINT_PROTO_TCP_H
#define PRINT_PROTO_TCP_H

#include "print/dissect.h"

enum { TCP_HEADER_LEN = 20 }; /* without options */

enum tcp_flag {
    TH_FIN = 0x01,
    TH_SYN = 0x02,
    TH_RST = 0x04,
    TH_PUSH = 0x08,
    TH_ACK = 0x10,
    TH_URG = 0x20,
    TH_ECE = 0x40,
    TH_CWR = 0x80,
};

/*
 * Prints ", options [...]" of the segment `v`, whose header has `header_len` > 20 bytes.
 * Selective acknowledgments are shown relative to `base`.  False when an option is bad; then
 * nothing follows on the line.
 */
bool tcp_options(struct dissect *d, struct view v, u32 header_len, u32 base);

#endif
