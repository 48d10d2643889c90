/* Resource records of DNS: names of types and classes, and the data of a record. */
#ifndef PRINT_PROTO_DNS_RR_H
#define PRINT_PROTO_DNS_RR_H

#include "print/dissect.h"
#include "print/values.h"

enum dns_type {
    DNS_A = 1,
    DNS_NS = 2,
    DNS_CNAME = 5,
    DNS_SOA = 6,
    DNS_PTR = 12,
    DNS_MX = 15,
    DNS_TXT = 16,
    DNS_AAAA = 28,
    DNS_SRV = 33,
    DNS_A6 = 38,
    DNS_DNAME = 39,
    DNS_OPT = 41,
    DNS_UNSPECA = 104,
    DNS_TSIG = 250,
    DNS_URI = 256,
};

enum { DNS_IN = 1 };

/* Write " A", " Type65", and " CHAOS", nothing for the Internet class. */
void dns_say_type(struct dissect *d, u16 type);
void dns_say_class(struct dissect *d, u16 class);

/* The parts of a record in front of its data. */
struct dns_record {
    u16 type, class; /* class: for OPT the size of datagrams; without mDNS's flag */
    u16 flags;       /* OPT: the lower half of the time to live */
    u32 data, length; /* where the data is in the message, and how long */
};

/*
 * The data of a record, with a blank in front; nothing for types that are only named.  False when
 * it is cut or malformed.
 */
bool dns_say_data(struct dissect *d, struct view message, const struct dns_record *r);

/* An OPT record's options (RFC 6891) from `at` to `end`.  False when they are cut. */
bool dns_say_options(struct dissect *d, struct view message, u32 at, u32 end);

#endif
