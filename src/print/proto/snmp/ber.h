/*
 * Elements of ASN.1 in the basic encoding rules (ITU-T X.690), as far as SNMP uses them, and their
 * text.
 */
#ifndef PRINT_PROTO_SNMP_BER_H
#define PRINT_PROTO_SNMP_BER_H

#include "print/dissect.h"

enum ber_type {
    BER_OTHER, /* said in full when it is read, apart from its bytes */
    BER_NULL,
    BER_OID,
    BER_INTEGER,
    BER_UNSIGNED,
    BER_UNSIGNED64,
    BER_STRING,
    BER_SEQUENCE,
    BER_ADDRESS,
    BER_EXCEPTION, /* what stands for a value in version 2: an exception or a surprise */
    BER_PDU,
};

struct ber {
    enum ber_type type;
    u8 id;            /* the number behind class and form */
    i32 integer;      /* of BER_INTEGER */
    u64 number;       /* of BER_UNSIGNED and BER_UNSIGNED64 */
    /*
     * The content, all of it captured and within the enclosing element.  It is the length that ends
     * it: what is captured goes on.
     */
    struct view data;
    u32 size;         /* header and content, bytes */
};

/*
 * Reads the element that `v` begins with; v.len is what the enclosing element has room for.  False
 * when there is none, after saying why.
 */
bool ber_read(struct dissect *d, struct view v, struct ber *element);

/* Prints an element that ber_read() has read. */
void ber_say(struct dissect *d, const struct ber *element);

/* The bytes of an element as "_0a_ff". */
void ber_say_octets(struct dissect *d, const struct ber *element);

#endif
