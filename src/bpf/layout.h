/*
 * Where headers are: of a link type, and at a place in the expression.
 *
 * Lowering threads a layout through the expression from left to right.  Most primitives leave it
 * as it is; `vlan`, `mpls`, `pppoes`, `geneve`, `vxlan` and `lane` hand a changed copy to everything
 * on their right, which is the most surprising rule of the language.
 */
#ifndef BPF_LAYOUT_H
#define BPF_LAYOUT_H

#include "base/types.h"
#include "bpf/ir.h"

/* How the protocol of the payload is spelt. */
enum spelling {
    SPELL_NONE,       /* not at all: no primitive that needs a protocol */
    SPELL_ETHER,      /* EtherType, or a length and LLC behind it: IEEE 802.3, 3.2.6 */
    SPELL_LLC,        /* LLC, mostly with SNAP */
    SPELL_WLAN,       /* LLC behind an 802.11 data header */
    SPELL_SUNATM,     /* LLC in cells of one traffic type */
    SPELL_TYPE16,     /* an EtherType, whatever its value */
    SPELL_SLL,        /* sll_protocol: an EtherType, or a number of Linux for LLC */
    SPELL_HDLC,       /* EtherTypes, but OSI is 0xfefe */
    SPELL_PPP,        /* PPP protocol numbers: RFC 1661, section 2 */
    SPELL_PPP_BSDOS,  /* the same, where IP may be VJ-compressed */
    SPELL_VERSION,    /* none: the first four bits of the IP header */
    SPELL_IP4_ONLY, SPELL_IP6_ONLY,
    SPELL_FAMILY_ANY, /* an address family in 4 bytes, in the order of some machine */
    SPELL_FAMILY_BIG, /* an address family in 4 bytes, big-endian */
    SPELL_PFLOG,      /* an address family in a byte */
    SPELL_ARCNET, SPELL_LTALK, SPELL_FRELAY, SPELL_IPNET,
    SPELL_JUNIPER,    /* unknown: any payload will do behind the magic number */
    SPELL_MPLS,       /* none: the bottom label, then the first four bits */
};

/* What precedes the link-layer header. */
enum prefix { PREFIX_NONE, PREFIX_RADIOTAP, PREFIX_AVS, PREFIX_PRISM, PREFIX_PPI, PREFIX_PFLOG };

/* Where link-layer addresses are. */
enum addresses {
    ADDRESSES_NONE, ADDRESSES_ETHER, ADDRESSES_FDDI, ADDRESSES_RING, ADDRESSES_FC, ADDRESSES_WLAN,
    ADDRESSES_ARCNET, ADDRESSES_MSTP,
};

/* How a packet tells whether it came in or went out. */
enum direction {
    DIRECTION_NONE, DIRECTION_SLL, DIRECTION_SLL2, DIRECTION_SLIP, DIRECTION_PPPD, DIRECTION_IPNET,
    DIRECTION_PFLOG, DIRECTION_JUNIPER, DIRECTION_BRCM, DIRECTION_DSA,
};

/* What else the words of the language mean on a link type. */
enum {
    FEATURE_VLAN = 1, FEATURE_MPLS = 2, FEATURE_LLC = 4, FEATURE_WLAN = 8, FEATURE_ATM = 16,
    FEATURE_SS7 = 32, FEATURE_PF = 64, FEATURE_IFINDEX = 128,
};

struct link_row {
    u16 linktype;
    u8 spelling, prefix, addresses, direction, features;
    u32 header, type, payload, network, osi; /* see link.def */
};

/*
 * The row of a link type; one that has only a header at 0 when nothing more is known of it.
 * `*fallback` is used for that.
 */
const struct link_row *link_find(u32 linktype, struct link_row *fallback);

/* A place in the packet: k bytes behind base, which is NULL for the start of the packet. */
struct place {
    const struct value *base;
    u32 k; /* modulo 2^32 */
};

struct layout {
    const struct link_row *link; /* of the packet; what stands inside a tunnel may differ: */
    enum spelling spelling;
    enum addresses addresses;
    struct place header;  /* link[0] */
    struct place type;    /* the protocol field, or the LLC header */
    struct place payload; /* LLC included */
    u32 network, osi;     /* from payload */
    u8 features;          /* FEATURE_*, of the innermost link layer */
    u8 labels;            /* MPLS labels passed */
    u8 vlans;             /* VLAN tags passed */
    bool lane;            /* behind `lane`: what is not a control frame is Ethernet */
    bool geneve;          /* behind `geneve`: there may be no link layer at all */
    bool ppp;             /* behind `pppoes` */
    bool inner;           /* behind any other link layer */
    bool plain;           /* the plain dialect, and not behind anything: see lower_plain.c */
};

/* The place n bytes (modulo 2^32) further. */
static inline struct place place_add(struct place p, u32 n)
{
    return (struct place){ p.base, p.k + n };
}

#endif
