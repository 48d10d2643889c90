/* The parts of OSPF, versions 2 and 3. */
#ifndef PRINT_PROTO_OSPF_OSPF_H
#define PRINT_PROTO_OSPF_OSPF_H

#include "print/values.h"

/* A packet of version 3, which is the one over IPv6. */
void ospf6(struct dissect *d, struct view v);

enum ospf_type {
    OSPF_HELLO = 1,
    OSPF_DATABASE,
    OSPF_REQUEST,
    OSPF_UPDATE,
    OSPF_ACKNOWLEDGE,
};

/* The names of those. */
extern const struct names *const ospf_types;

/* Version 2: the options of hellos and LSAs. */
extern const struct names *const ospf_options;

/* Types of LSAs with their own identification: RFC 5250. */
enum {
    LSA_ROUTER = 1,
    LSA_NETWORK,
    LSA_SUMMARY_NETWORK,
    LSA_SUMMARY_ROUTER,
    LSA_EXTERNAL,
    LSA_GROUP,
    LSA_NSSA,
    LSA_OPAQUE_LINK = 9,
    LSA_OPAQUE_AREA,
    LSA_OPAQUE_DOMAIN
};
enum { OPAQUE_TE = 1, OPAQUE_GRACE = 3, OPAQUE_RI };

/* The 20 bytes before each LSA. */
enum {
    LSA_AGE,
    LSA_OPTIONS = 2,
    LSA_TYPE,
    LSA_ID,
    LSA_ROUTER_ID = 8,
    LSA_SEQUENCE = 12,
    LSA_CHECKSUM = 16,
    LSA_LENGTH = 18,
    LSA_HEADER_LEN = 20
};

extern const struct names *const ospf_lsa_types, *const ospf_opaque_types;

/* The header at the start of the view.  False when its length is impossible. */
bool ospf_lsa_header(struct dissect *d, struct view v);

/*
 * A whole LSA.  Returns its length, or 0 when nothing behind it makes sense; the text may also be
 * sealed then.
 */
u32 ospf_lsa(struct dissect *d, struct view v);

/*
 * The bodies of opaque LSAs, which begin at the start of the view and whose length is `v.len`.
 * False when the rest of the LSA makes no sense.
 */
bool ospf_te(struct dissect *d, struct view v);
bool ospf_router_information(struct dissect *d, struct view v);
bool ospf_grace(struct dissect *d, struct view v);

#endif
