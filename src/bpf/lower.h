/*
 * From the tree to the decision graph: what the lowering files share.
 *
 * Lowering works from the exits to the root: a function is given the tests that follow when it
 * holds (`to.yes`) and when it does not (`to.no`), and returns the test that decides.  So `a and b`
 * is a with b as its yes, and no jump is ever patched.
 */
#ifndef BPF_LOWER_H
#define BPF_LOWER_H

#include "base/diag.h"
#include "base/linktype.h"
#include "bpf/filter.h"
#include "bpf/ir.h"
#include "bpf/layout.h"
#include "parser/ast.h"
#include "parser/parser.h"

/* Protocols as link layers are asked for them: EtherTypes, or LLC access points below 256. */
enum { LLC_SAP_MAX = 0xff, LENGTH_MAX = 1500 };

/* What lists have become sets: none, some, or one of ports that is the whole expression. */
enum lower_sets { SETS_NONE, SETS_SOME, SETS_ALL_PORTS };

struct lower {
    struct ir *ir;
    struct diag *diag;
    struct diag *doubt; /* a failure that counts only if BPF_AD_DOUBT is still loaded in the end */
    const struct filter_options *options;
    struct span at;        /* of the primitive that is being lowered */
    u32 leaf_count;        /* primitives in the expression */
    bool sets;             /* lists become sets */
    enum lower_sets made;  /* which did */

    /* Variables for headers behind others of variable length, set at the root; NULL when the link
     * type has none. */
    const struct value *prefix;         /* where the link-layer header begins */
    const struct value *payload;        /* where its payload begins */
    const struct value *payload_value;  /* what `payload` is set to */
    const struct value *unpadded;       /* the same before radiotap's padding is counted in */
    struct transport_place *transports; /* of transport headers: see lower_transport() */

    /* Variables of the plain dialect, set at the root if `wanted`. */
    struct {
        const struct value *protocol;  /* behind the network header; none is above 255 */
        const struct value *transport; /* where that begins */
        const struct value *fragment;  /* not 0 in later fragments, which have no transport header */
        bool wanted;
    } plain;
};

/* The variable for the transport header behind one network header. */
struct transport_place {
    struct transport_place *next;
    struct place network;
    const struct value *variable;
};

/* Where to go. */
struct exits {
    const struct test *yes, *no;
};

static inline struct exits swapped(struct exits to)
{
    return (struct exits){ to.no, to.yes };
}

/* The kernel's random number, which no word of the language asks for: it marks a doubt. */
enum { BPF_AD_DOUBT = 56 };

/*
 * Lowers a whole expression; NULL with a failure in the diag.  `options` as of filter.h.  Lists become sets
 * (bpf/lower_set.h) if `sets`; *made tells which did.  `doubt` gets a failure for an
 * expression that is wrong if any packet gets to a load of BPF_AD_DOUBT.
 */
const struct test *lower_filter(const struct parsed *parsed, const struct filter_options *options, bool sets,
                                struct ir *ir, enum lower_sets *made, struct diag *doubt, struct diag *diag);

/* -- lower.c: small parts */

/* Records a failure at the primitive in work; returns a harmless test. */
const struct test *lower_fail(struct lower *l, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* The same at the address, number or name of a match. */
const struct test *lower_fail_id(struct lower *l, const struct match *m, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* A MAC address where none belongs. */
const struct test *lower_fail_mac(struct lower *l, const struct match *m);

/* The link type for messages, e.g. "Ethernet". */
const char *lower_link_name(const struct lower *l);

/* As lower_fail() where the link type lacks something, which a hint says. */
const struct test *lower_fail_link(struct lower *l, const char *fmt, ...) PRINTF_LIKE(2, 3);

struct reason lower_why(const struct lower *l, const char *what);

const struct value *lower_load(struct lower *l, struct place at, u32 offset, u8 size);

/* value op k, with the reason for it. */
const struct test *lower_is(struct lower *l, enum cmp op, const struct value *value, u32 k,
                            struct exits to, const char *what);

/* The field of `size` bytes at `at` + offset, masked, equals k. */
const struct test *lower_field(struct lower *l, struct place at, u32 offset, u8 size, u32 mask,
                               u32 k, struct exits to, const char *what);

/* The bytes at `at` + offset are those of `bytes`. */
const struct test *lower_bytes(struct lower *l, struct place at, u32 offset, const void *bytes,
                               u32 n, struct exits to, const char *what);

/* Where the network header is in a layout. */
static inline struct place lower_network(const struct layout *at)
{
    return place_add(at->payload, at->network);
}

/* What must hold for the link-layer header of a layout to be there: see `lane` and `geneve`. */
const struct test *lower_has_header(struct lower *l, const struct layout *at, struct exits to);

/* -- one file each: a primitive in a layout */

/* lower_type.c: the link layer says that the payload is of this EtherType or LLC access point. */
const struct test *lower_type(struct lower *l, const struct layout *at, u32 type, struct exits to);

/* lower_proto.c */
const struct test *lower_protocol(struct lower *l, const struct layout *at, enum q_proto proto,
                                  struct exits to);
const struct test *lower_proto(struct lower *l, const struct layout *at, u32 number,
                               enum q_proto proto, struct exits to);
const struct test *lower_proto_match(struct lower *l, const struct layout *at,
                                     const struct match *m, struct exits to);

/* The number of what stands behind `proto` or `protochain`; false after an error. */
bool lower_protocol_number(struct lower *l, const struct match *m, u32 *number);

/* lower_chain.c */
const struct test *lower_protochain(struct lower *l, const struct layout *at, const struct match *m,
                                    struct exits to);

/* lower_host.c: `host` and `net`, of any protocol, and `gateway` */
const struct test *lower_host(struct lower *l, const struct layout *at, const struct match *m,
                              struct exits to);
const struct test *lower_gateway(struct lower *l, const struct layout *at, const struct match *m,
                                 struct exits to);

/* lower_port.c */
const struct test *lower_port(struct lower *l, const struct layout *at, const struct match *m,
                              struct exits to);

/* lower_link.c: addresses and direction of the link layer */

/* Where addresses of six bytes are, from the link-layer header: ADDRESSES_ETHER to ADDRESSES_FC
 * only. */
void lower_mac_offsets(const struct layout *at, u32 *src, u32 *dst);
const struct test *lower_link_host(struct lower *l, const struct layout *at, const struct match *m,
                                   const u8 mac[6], struct exits to);
const struct test *lower_link_host8(struct lower *l, const struct layout *at, const struct match *m,
                                    u32 number, struct exits to);
const struct test *lower_broadcast(struct lower *l, const struct layout *at, enum q_proto proto,
                                   struct exits to);
const struct test *lower_multicast(struct lower *l, const struct layout *at, enum q_proto proto,
                                   struct exits to);
const struct test *lower_direction(struct lower *l, const struct layout *at, bool inbound,
                                   struct exits to);
const struct test *lower_ifindex(struct lower *l, const struct layout *at, u32 index,
                                 struct exits to);
const struct test *lower_byte(struct lower *l, const struct layout *at, const struct ast *n,
                              struct exits to);

/* lower_transport.c: where the transport header is behind an IPv4 header, and whether it is there
 */
struct place lower_behind_ip(struct lower *l, struct place network);
const struct test *lower_first_fragment(struct lower *l, struct place network, struct exits to);

/*
 * The transport header behind an IPv4 or IPv6 header as a place that holds for both: its variable
 * is set by lower_set_transport(), which goes on to `next`.
 */
struct place lower_transport(struct lower *l, struct place network);
const struct test *lower_set_transport(struct lower *l, struct place network, bool ip6,
                                       const struct test *next);

/* lower_plain.c: the plain dialect; all but the first and the last only where at->plain */
void lower_plain_start(struct lower *l, struct layout *at);
struct place lower_plain_transport(struct lower *l, const struct layout *at);
const struct test *lower_plain_first(struct lower *l, struct exits to);
const struct test *lower_plain_proto(struct lower *l, u32 number, struct exits to);
bool lower_plain_passes(u32 number); /* whether a header of this number is passed over */
const struct test *lower_plain_vlan(struct lower *l, const struct layout *at, const struct ast *n,
                                    struct exits to);
const struct test *lower_plain_root(struct lower *l, const struct parsed *parsed, const struct layout *at,
                                    const struct test *next);

/* lower_arith.c */
const struct test *lower_relation(struct lower *l, enum relation relation, const struct value *left,
                                  const struct value *right, struct exits to);
const struct test *lower_compare(struct lower *l, const struct layout *at, const struct ast *n,
                                 struct exits to);

/* lower_wlan.c: 802.11, and what may stand before it */
void lower_wlan_start(struct lower *l, struct layout *at);
const struct test *lower_wlan_root(struct lower *l, const struct layout *at,
                                   const struct test *next);
const struct test *lower_wlan_data(struct lower *l, const struct layout *at, struct exits to);
const struct test *lower_wlan_type(struct lower *l, const struct layout *at, const struct ast *n,
                                   struct exits to);
const struct test *lower_wlan_dir(struct lower *l, const struct layout *at, u32 direction,
                                  struct exits to);
const struct test *lower_wlan_host(struct lower *l, const struct layout *at, enum q_dir dir,
                                   const u8 mac[6], struct exits to);
const struct test *lower_wlan_multicast(struct lower *l, const struct layout *at, struct exits to);

/* lower_odd.c: LLC, ATM, SS7 and packet filter logs */
const struct test *lower_llc(struct lower *l, const struct layout *at, const struct ast *n,
                             struct exits to);
const struct test *lower_cell(struct lower *l, const struct layout *at, enum cell cell,
                              struct exits to);
const struct test *lower_number_field(struct lower *l, const struct layout *at, const struct ast *n,
                                      struct exits to);
const struct test *lower_pf(struct lower *l, const struct layout *at, const struct ast *n,
                            struct exits to);

/* lower_decnet.c */
const struct test *lower_decnet(struct lower *l, const struct layout *at, const struct match *m,
                                struct exits to);

/* lower_tunnel.c: what an encapsulation tests, and the layout behind it */
const struct test *lower_encap(struct lower *l, const struct layout *at,
                               const struct layout *behind, const struct ast *n, struct exits to);
struct layout lower_layout_behind(struct lower *l, const struct layout *at, const struct ast *n);

#endif
