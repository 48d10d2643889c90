/*
 * What the parts of the BGP printer share.
 *
 * Lengths in BGP messages contradict each other freely, and the reference believes the innermost
 * one as long as the segment has the bytes.  So all views here end where the captured segment ends,
 * and their length is what the enclosing header claims: view_claim(), not view_clip().
 *
 * Functions that return bool say false when the message ends too early: the caller writes [|bgp]
 * and goes on with the next message of the segment.
 */
#ifndef PRINT_PROTO_BGP_BGP_H
#define PRINT_PROTO_BGP_BGP_H

#include "print/dissect.h"
#include "print/values.h"

/* Subsequent address families, RFC 4760, section 6.  IANA registry of this name. */
enum bgp_safi {
    SAFI_UNICAST = 1,
    SAFI_MULTICAST = 2,
    SAFI_UNICAST_MULTICAST = 3,
    SAFI_LABELED = 4,
    SAFI_MVPN = 5,
    SAFI_VPLS = 65,
    SAFI_MDT = 66,
    SAFI_VPN_UNICAST = 128,
    SAFI_VPN_MULTICAST = 129,
    SAFI_VPN_UNICAST_MULTICAST = 130,
    SAFI_ROUTE_TARGET = 132,
};

extern const struct names *const bgp_safis;

/* "AFI IPv4 (1), SAFI Unicast (1)" */
void bgp_say_family(struct dissect *d, u16 afi, u8 safi);

/* An AS number: 65536 is 1.0 with -b. */
void bgp_say_as(struct dissect *d, u32 as);
void bgp_out_as(struct dissect *d, struct out *o, u32 as);

/* A route distinguisher (RFC 4364, section 4.2) of 8 bytes, without the "RD: ". */
enum { RD_LEN = 8 };
void bgp_out_rd(struct dissect *d, struct out *o, const void *rd);

/* Several dumps that the printer makes share their form: lines of bytes behind `indent`. */
bool bgp_say_bytes(struct dissect *d, const char *indent, struct view v);

/* The body of an OPEN message, from the version on; v.len is the whole body's. */
void bgp_open(struct dissect *d, struct view v);

/* The body of a NOTIFICATION. */
void bgp_notification(struct dissect *d, struct view v);

/* How a list of path attributes is shown. */
struct bgp_attribute_list {
    const char *indent;             /* before each, with its newline */
    const char *before_flaw, *flaw; /* when one does not fit in; the first if its header does not */
    bool nested;                    /* inside of an attribute */
    u32 behind;                     /* bytes of the message behind the list */
};

/* The path attributes in v.len bytes.  `left` is set to those that the flaw leaves unread. */
bool bgp_attributes(struct dissect *d, struct view v, const struct bgp_attribute_list *list,
                    u32 *left);

/* Extended communities, v.len bytes. */
void bgp_extended_communities(struct dissect *d, struct view v);

/* The attributes MP_REACH_NLRI and MP_UNREACH_NLRI. */
bool bgp_reach(struct dissect *d, struct view v);
bool bgp_unreach(struct dissect *d, struct view v);

/*
 * A list of IPv4 prefixes of v.len bytes, with and without path identifiers (RFC 7911).  `rest` is
 * set to the bytes that an illegal prefix leaves unread.
 */
bool bgp_ip4_routes(struct dissect *d, struct view v, u32 *rest);

#endif
