/*
 * What the printers of the payloads of IKE version 1 and 2 share.
 *
 * Payloads form a chain: each names the type of the next and says its own length.  As tcpdump,
 * nothing but the end of the packet bounds most of them, and where a payload holds others the next
 * one is looked for where these ended.
 */
#ifndef PRINT_PROTO_ISAKMP_ISAKMP_H
#define PRINT_PROTO_ISAKMP_ISAKMP_H

#include "print/printer.h"

/* The generic header of a payload: RFC 2408, section 3.2; RFC 7296, section 3.2. */
enum { PAYLOAD_NEXT, PAYLOAD_CRITICAL, PAYLOAD_LENGTH, GENERIC_LEN = 4 };

enum isakmp_payload_type {
    PAYLOAD_NONE,
    PAYLOAD_SA,
    PAYLOAD_P,
    PAYLOAD_T,
    PAYLOAD_KE,
    PAYLOAD_ID,
    PAYLOAD_CERT,
    PAYLOAD_CR,
    PAYLOAD_HASH,
    PAYLOAD_SIG,
    PAYLOAD_NONCE,
    PAYLOAD_N,
    PAYLOAD_D,
    PAYLOAD_VID,
    PAYLOAD_V2SA = 33,
    PAYLOAD_V2KE,
    PAYLOAD_V2ID_I,
    PAYLOAD_V2ID_R,
    PAYLOAD_V2CERT,
    PAYLOAD_V2CR,
    PAYLOAD_V2AUTH,
    PAYLOAD_V2NONCE,
    PAYLOAD_V2N,
    PAYLOAD_V2D,
    PAYLOAD_V2VID,
    PAYLOAD_V2TS_I,
    PAYLOAD_V2TS_R,
    PAYLOAD_V2E,
    PAYLOAD_V2CP,
    PAYLOAD_V2EAP,
};

struct isakmp_payload {
    u8 type;             /* as the payload before it, or the header, names it */
    u8 proto;            /* protocol of the proposal around it, 0 outside of one */
    u8 depth;            /* of nesting: what the payloads inside are indented by */
    bool v2;             /* the message is of IKE version 2 */
    bool initiator;      /* ... and from the one who began */
    u32 len;             /* by its generic header, at least 5; all of it is captured */
    struct view v;       /* from the generic header to the end of the packet */
    struct view cookies; /* of the message: the initiator's, the responder's */
};

/* Returns how far behind the payload's start the next one begins, or 0 when nothing is to follow.
 */
typedef u32 isakmp_printer(struct dissect *d, struct isakmp_payload p);

isakmp_printer isakmp_v1_sa, isakmp_v1_proposal, isakmp_v1_transform, isakmp_v1_key_exchange,
    isakmp_v1_identification, isakmp_v1_certificate, isakmp_v1_opaque, isakmp_v1_nonce,
    isakmp_v1_notify, isakmp_v1_delete;
isakmp_printer isakmp_v2_sa, isakmp_v2_key_exchange, isakmp_v2_identification, isakmp_v2_auth,
    isakmp_v2_nonce, isakmp_v2_notify, isakmp_v2_vendor, isakmp_v2_opaque, isakmp_v2_encrypted;

/*
 * The payloads from the start of `v` on, the first of the given type, indented by depth + 1.
 * Returns how many bytes they took, or 0 when they broke off.
 */
u32 isakmp_payloads(struct dissect *d, struct isakmp_payload around, u8 first, struct view v);

/* Begins the line of a payload that is nested so deep, up to its bracket. */
void isakmp_open(struct dissect *d, u32 depth);

/* "sa", or "#49". */
const char *isakmp_payload_name(struct dissect *d, u8 type);
const char *isakmp_protocol_name(struct dissect *d, u8 protocol);

/* Says that a payload is cut, " [|name]"; returns 0. */
u32 isakmp_cut(struct dissect *d, const char *name);

/* The bytes of a payload in hexadecimal, with -vvv; false when they are not all captured. */
bool isakmp_say_rest(struct dissect *d, struct view v);

/* The first ten bytes, dots, and the last twenty: what -v shows of everything up to the end. */
void isakmp_say_ends(struct dissect *d, struct view v);

/* The attributes of a transform, and what is known about their values. */
struct isakmp_attribute {
    const char *text; /* NULL: it has no name */
    const char *const *values;
    u32 count; /* of values */
};

struct isakmp_attributes {
    const struct isakmp_attribute *rows;
    u32 count;
};

extern const struct isakmp_attributes isakmp_ike_attributes, isakmp_ipsec_attributes,
    isakmp_v2_attributes;

/*
 * The attributes from offset `at` up to `end`.  Returns where they ended, which is one byte behind
 * `end` when the last one is longer than the room for it.
 */
u32 isakmp_say_attributes(struct dissect *d, struct view v, u32 at, u32 end,
                          const struct isakmp_attributes *known);

/* Diffie-Hellman groups by number: RFC 2409, section 6; RFC 3526. */
enum { ISAKMP_GROUPS = 19 };
extern const char *const isakmp_groups[ISAKMP_GROUPS];

/* Transforms of ESP, which IKE version 2 took over: RFC 2407, section 4.4.4. */
enum { ISAKMP_CIPHERS = 13 };
extern const char *const isakmp_ciphers[ISAKMP_CIPHERS];

#endif
