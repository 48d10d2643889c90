/*
 * The tree of a filter expression.
 *
 *      tcp port 80 or 443 and not host a
 *
 *      AND  +-- OR  +-- MATCH tcp port 80
 *           |       +-- MATCH tcp port 443       (inherited: "tcp port" was not written again)
 *           +-- NOT --- MATCH host a
 *
 * Every node is complete: qualifiers that a word inherits from its left are filled in, and so are
 * those that nobody wrote (`src or dst`, `host`), so nobody needs to look around.  Only the
 * protocol may stay open (Q_ANY), because what that means depends on the link type.  Nodes live in
 * the arena given to the parser; names point into the text.
 */
#ifndef PARSER_AST_H
#define PARSER_AST_H

#include "base/diag.h"
#include "base/str.h"
#include "base/types.h"

/* Protocols as qualifiers; order matters only for the names in ast_dump.c. */
enum q_proto {
    Q_ANY, /* not said */
    Q_LINK,
    Q_IP, Q_IP6, Q_ARP, Q_RARP,
    Q_TCP, Q_UDP, Q_SCTP, Q_ICMP, Q_ICMP6, Q_IGMP, Q_IGRP, Q_PIM, Q_VRRP, Q_CARP, Q_AH, Q_ESP,
    Q_ATALK, Q_AARP, Q_DECNET, Q_LAT, Q_SCA, Q_MOPRC, Q_MOPDL, Q_STP, Q_IPX, Q_NETBEUI,
    Q_ISO, Q_ESIS, Q_ISIS, Q_CLNP,
    Q_L1, Q_L2, Q_IIH, Q_LSP, Q_SNP, Q_CSNP, Q_PSNP, /* kinds of IS-IS packets */
    Q_RADIO,
    Q_PROTO_COUNT
};

enum q_dir {
    DIR_ANY, /* of TYPE_PROTO and what follows it: they have no direction */
    DIR_SRC, DIR_DST, DIR_OR, DIR_AND,
    DIR_ADDR1, DIR_ADDR2, DIR_ADDR3, DIR_ADDR4, DIR_RA, DIR_TA, /* 802.11 */
};

enum q_type {
    TYPE_ANY, /* in the parser only: not said yet */
    TYPE_HOST, TYPE_NET, TYPE_PORT, TYPE_PORTRANGE, TYPE_PROTO, TYPE_PROTOCHAIN, TYPE_GATEWAY,
};

/* What qualifiers apply to: an address, a number or a name. */
enum operand_kind {
    OPERAND_NUMBER, /* number */
    OPERAND_NAME,   /* text */
    OPERAND_IP4,    /* number, parts */
    OPERAND_IP6,    /* bytes */
    OPERAND_MAC,    /* the first 6 of bytes */
    OPERAND_MAC8,   /* number below 256 */
};

enum mask_kind { MASK_NONE, MASK_LENGTH, MASK_ADDRESS };

struct operand {
    enum operand_kind kind;
    enum mask_kind mask_kind; /* `/24` or `mask 255.0`; of IP addresses only */
    struct span at;
    struct str text;          /* as written */
    u32 number;               /* of OPERAND_IP4: host byte order, left-aligned when parts < 4 */
    u32 mask;                 /* MASK_LENGTH: bits, not checked; MASK_ADDRESS: left-aligned */
    u8 parts, mask_parts;     /* numbers with dots that were written, 2 to 4; 0 when one is too big */
    u8 bytes[16];             /* network byte order */
};

struct match {
    enum q_proto proto;
    enum q_dir dir;
    enum q_type type;
    bool inherited; /* the qualifiers were not written here */
    struct operand id;
};

enum relation { REL_EQ, REL_NE, REL_LT, REL_LE, REL_GT, REL_GE };

enum arith_kind {
    ARITH_NUMBER, /* number */
    ARITH_LEN,    /* length of the packet */
    ARITH_LOAD,   /* proto[a : size] */
    ARITH_NEGATE, /* -a */
    ARITH_BINARY, /* a op b */
};

enum arith_op {
    ARITH_ADD, ARITH_SUB, ARITH_MUL, ARITH_DIV, ARITH_MOD, ARITH_AND, ARITH_OR, ARITH_XOR,
    ARITH_LSH, ARITH_RSH,
};

struct arith {
    enum arith_kind kind;
    enum arith_op op;
    enum q_proto proto;
    struct span at;
    u32 number;
    u32 size;        /* ARITH_LOAD: as written, 1 if not; not checked */
    u32 depth;       /* of the tree below, bounded by the parser */
    const struct arith *a, *b;
};

/* Fields that are compared with numbers: `vpi 5`, `sio > 3`, `opc (1 or 2)`. */
enum field {
    FIELD_VPI, FIELD_VCI,
    FIELD_SIO, FIELD_OPC, FIELD_DPC, FIELD_SLS, FIELD_HSIO, FIELD_HOPC, FIELD_HDPC, FIELD_HSLS,
};

/* Kinds of ATM cells and of SS7 signal units that have a word of their own. */
enum cell {
    CELL_LANE, CELL_METAC, CELL_BCC, CELL_OAM, CELL_OAMF4, CELL_OAMF4SC, CELL_OAMF4EC, CELL_SC,
    CELL_ILMIC, CELL_CONNECTMSG, CELL_METACONNECT,
    CELL_FISU, CELL_LSSU, CELL_MSU, CELL_HFISU, CELL_HLSSU, CELL_HMSU,
};

enum encap { ENCAP_VLAN, ENCAP_MPLS, ENCAP_PPPOED, ENCAP_PPPOES, ENCAP_GENEVE, ENCAP_VXLAN };

enum pf_field { PF_IFNAME, PF_RULESET, PF_RULE, PF_SUBRULE, PF_REASON, PF_ACTION };

enum ast_kind {
    AST_AND, AST_OR,   /* list */
    AST_NOT,           /* child */
    AST_COMPARE,       /* compare */
    AST_MATCH,         /* match */
    AST_PROTOCOL,      /* proto: the word alone */
    AST_BROADCAST,     /* proto */
    AST_MULTICAST,     /* proto */
    AST_LENGTH,        /* `less` and `greater`: length */
    AST_BYTE,          /* byte */
    AST_INBOUND, AST_OUTBOUND,
    AST_IFINDEX,       /* number */
    AST_ENCAP,         /* encap */
    AST_PF,            /* pf */
    AST_WLAN,          /* wlan: frame type and subtype */
    AST_WLAN_DIR,      /* number: the two direction bits */
    AST_LLC,           /* llc */
    AST_FIELD,         /* field */
    AST_CELL,          /* cell */
};

struct ast {
    enum ast_kind kind;
    struct span at;
    u32 leaf;                /* of a node without children: its place in struct parsed.leaves */
    struct ast *next, *prev; /* siblings, left to right */
    struct ast *up;          /* the node above, NULL for the root */
    union {
        struct { struct ast *first, *last; u32 count; } list; /* two or more */
        struct ast *child;
        struct match match;
        enum q_proto proto;
        struct { enum relation relation; const struct arith *left, *right; } compare;
        struct { bool greater; u32 number; } length;
        struct { u32 offset, number; char op; } byte; /* op is one of < > = & | */
        struct { enum encap kind; bool has_number; u32 number; } encap;
        struct { enum pf_field field; u32 number; struct str name; } pf;
        struct { u8 value, mask; } wlan; /* of the first byte of frame control */
        struct { char class; u8 value; } llc; /* 0 any; i s u classes; S U one PDU, its control byte */
        struct { enum field field; enum relation relation; u32 number; } field;
        enum cell cell;
        u32 number;
    };
};

/* A whole expression. */
struct parsed {
    struct ast *root;    /* NULL: the empty expression, which accepts everything */
    struct ast **leaves; /* nodes without children in the order of the text */
    u32 leaf_count;
};

#endif
