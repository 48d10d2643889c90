/* What the versions of OpenFlow have in common. */
#ifndef PRINT_PROTO_OPENFLOW_OPENFLOW_H
#define PRINT_PROTO_OPENFLOW_OPENFLOW_H

#include "print/printer.h"

/*
 * The body of a message with -v: `v` begins behind the header, and v.len is what the header says
 * less its own length, which suits the type.
 */
void openflow_body_1_0(struct dissect *d, u8 type, struct view v);
void openflow_body_1_3(struct dissect *d, u8 type, struct view v);

/* The name of a type. */
extern const struct names *const openflow_types_1_0, *const openflow_types_1_3;

/* Messages of both versions. */
enum openflow_type {
    OPENFLOW_HELLO,
    OPENFLOW_ERROR,
    OPENFLOW_ECHO_REQUEST,
    OPENFLOW_ECHO_REPLY,
    OPENFLOW_VENDOR,
    OPENFLOW_FEATURES_REPLY = 6,
    OPENFLOW_GET_CONFIG_REPLY = 8,
    OPENFLOW_SET_CONFIG,
    OPENFLOW_PACKET_IN,
    OPENFLOW_FLOW_REMOVED,
    OPENFLOW_PORT_STATUS,
    OPENFLOW_PACKET_OUT,
    OPENFLOW_FLOW_MOD,
};

/* The lines of an error: type and code, by the tables of the version. */
struct openflow_errors {
    const struct names *types, *const *codes; /* codes by type */
    u32 n;                                    /* of tables */
};
void openflow_error(struct dissect *d, struct view v, const struct openflow_errors *errors);

/*
 * A label and "0x00000003 (A, B)", then "(bogus)" when bits beyond `known` are set; `digits` is 4
 * or 8.
 */
void openflow_bits(struct dissect *d, const char *label, u32 value, u32 digits,
                   const struct names *names, u32 known);

/* A label and the number of 64 bits at `at`. */
void openflow_count(struct dissect *d, const char *label, struct view v, u32 at);

/* Text up to a zero byte, between quotes; v.len bytes are its place. */
void openflow_text(struct dissect *d, struct view v);

/* A label, the number of the vendor, and its name. */
void openflow_vendor_id(struct dissect *d, const char *label, u32 vendor);

/* What a vendor of version 1.0 put behind its number: data, or what `big_switch` says about theirs.
 */
void openflow_vendor(struct dissect *d, struct view v, printer *big_switch);
printer openflow_big_switch; /* a message of theirs, behind the number */

/* "flags FRAG_NORMAL"; the line goes on. */
void openflow_fragments(struct dissect *d, u16 flags);

/* Bytes that nobody takes apart, with -vv in hexadecimal. */
void openflow_data(struct dissect *d, struct view v);

/* Says that it is invalid; the text is sealed unless all of it is captured. */
void openflow_wrong(struct dissect *d, struct view v);

/* Whether `v` has room for `least` bytes; else it is wrong. */
bool openflow_has(struct dissect *d, struct view v, u32 least);

/* Whether a part of `v` may have `length` bytes, of which `least` are always there; else it is wrong. */
bool openflow_fits(struct dissect *d, struct view v, u32 length, u32 least);

/* Whether a list that fills `v` has another element, of at least `least` bytes. */
bool openflow_more(struct dissect *d, struct view v, u32 least);

#endif
