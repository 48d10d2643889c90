/* What the protocols of ISO's network layer share. */
#ifndef PRINT_PROTO_ISO_ISO_H
#define PRINT_PROTO_ISO_ISO_H

#include "print/values.h"

/* Network layer protocol identifiers: ISO/IEC TR 9577. */
enum nlpid {
    NLPID_NULL = 0x00,
    NLPID_Q933 = 0x08,
    NLPID_SNAP = 0x80,
    NLPID_CLNP = 0x81,
    NLPID_ESIS = 0x82,
    NLPID_ISIS = 0x83,
    NLPID_IP6 = 0x8e,
    NLPID_FRF15 = 0xb1,
    NLPID_IP = 0xcc,
    NLPID_PPP = 0xcf,
};

extern const struct names *const nlpids;

/* Each prints one packet; false when it makes no sense, and is to be dumped. */
bool clnp(struct dissect *d, struct view v);
void esis(struct dissect *d, struct view v);
bool isis(struct dissect *d, struct view v);

/* An identification of `n` <= 8 bytes at `off`: 1921.6800.1001.00-01. */
void say_iso_id(struct dissect *d, struct view v, u32 off, u32 n);

/* A network service access point of `n` bytes at `off`: 49.0001.1921. */
void say_nsap(struct dissect *d, struct view v, u32 off, u32 n);

/*
 * " (correct)" and the like, for the checksum `sum` at `at`, which covers the first `length` bytes.
 * ISO 8473, annex C; RFC 1008, section 7.
 */
void say_iso_checksum(struct dissect *d, struct view v, u16 sum, u32 at, u32 length);

#endif
