/* The tree as an expression that says everything. */
#include "base/format.h"
#include "lexer/lexer.h"
#include "parser/names.h"
#include "parser/parser.h"

static const char *const proto_texts[Q_PROTO_COUNT] = {
    [Q_ANY] = "",          [Q_LINK] = "link",       [Q_IP] = "ip",         [Q_IP6] = "ip6",
    [Q_ARP] = "arp",       [Q_RARP] = "rarp",       [Q_TCP] = "tcp",       [Q_UDP] = "udp",
    [Q_SCTP] = "sctp",     [Q_ICMP] = "icmp",       [Q_ICMP6] = "icmp6",   [Q_IGMP] = "igmp",
    [Q_IGRP] = "igrp",     [Q_PIM] = "pim",         [Q_VRRP] = "vrrp",     [Q_CARP] = "carp",
    [Q_AH] = "ah",         [Q_ESP] = "esp",         [Q_ATALK] = "atalk",   [Q_AARP] = "aarp",
    [Q_DECNET] = "decnet", [Q_LAT] = "lat",         [Q_SCA] = "sca",       [Q_MOPRC] = "moprc",
    [Q_MOPDL] = "mopdl",   [Q_STP] = "stp",         [Q_IPX] = "ipx",       [Q_NETBEUI] = "netbeui",
    [Q_ISO] = "iso",       [Q_ESIS] = "esis",       [Q_ISIS] = "isis",     [Q_CLNP] = "clnp",
    [Q_L1] = "l1",         [Q_L2] = "l2",           [Q_IIH] = "iih",       [Q_LSP] = "lsp",
    [Q_SNP] = "snp",       [Q_CSNP] = "csnp",       [Q_PSNP] = "psnp",     [Q_RADIO] = "radio",
};

static const char *const dir_texts[] = {
    [DIR_ANY] = "",           [DIR_SRC] = "src ",     [DIR_DST] = "dst ",     [DIR_OR] = "src or dst ",
    [DIR_AND] = "src and dst ", [DIR_ADDR1] = "addr1 ", [DIR_ADDR2] = "addr2 ", [DIR_ADDR3] = "addr3 ",
    [DIR_ADDR4] = "addr4 ",   [DIR_RA] = "ra ",       [DIR_TA] = "ta ",
};

static const char *const type_texts[] = {
    [TYPE_ANY] = "",         [TYPE_HOST] = "host ",   [TYPE_NET] = "net ",
    [TYPE_PORT] = "port ",   [TYPE_PORTRANGE] = "portrange ", [TYPE_PROTO] = "proto ",
    [TYPE_PROTOCHAIN] = "protochain ", [TYPE_GATEWAY] = "gateway ",
};

static const char *const relation_texts[] = {
    [REL_EQ] = "=", [REL_NE] = "!=", [REL_LT] = "<", [REL_LE] = "<=", [REL_GT] = ">", [REL_GE] = ">=",
};

static const char *const op_texts[] = {
    [ARITH_ADD] = "+", [ARITH_SUB] = "-", [ARITH_MUL] = "*", [ARITH_DIV] = "/", [ARITH_MOD] = "%",
    [ARITH_AND] = "&", [ARITH_OR] = "|",  [ARITH_XOR] = "^", [ARITH_LSH] = "<<", [ARITH_RSH] = ">>",
};

const char *ast_proto_text(enum q_proto proto)
{
    return proto_texts[proto];
}

/* "tcp ", or nothing when no protocol is said. */
static void dump_proto(enum q_proto proto, struct out *to)
{
    out_format(to, "%s%s", proto_texts[proto], proto != Q_ANY ? " " : "");
}

/* A name, with a backslash when it would not be read as one without. */
static void dump_name(struct str name, struct out *to)
{
    out_format(to, "%s%pS", lex_whole(name).kind == TOKEN_NAME && name.p[0] != '\\' ? "" : "\\",
               (const void *)&name);
}

static void dump_arith(const struct arith *a, struct out *to)
{
    switch (a->kind) {
    case ARITH_NUMBER: out_dec(to, a->number); break;
    case ARITH_LEN: out_text_z(to, "len"); break;
    case ARITH_NEGATE:
        out_text_z(to, "(-");
        dump_arith(a->a, to);
        out_char(to, ')');
        break;
    case ARITH_LOAD:
        out_format(to, "%s[", proto_texts[a->proto]);
        dump_arith(a->a, to);
        out_format(to, ":%u]", a->size);
        break;
    case ARITH_BINARY:
        out_char(to, '(');
        dump_arith(a->a, to);
        out_format(to, " %s ", op_texts[a->op]);
        dump_arith(a->b, to);
        out_char(to, ')');
        break;
    }
}

static void dump_field(const struct ast *n, struct out *to)
{
    static const u16 words[] = {
        [FIELD_VPI] = WORD_VPI,   [FIELD_VCI] = WORD_VCI,   [FIELD_SIO] = WORD_SIO,
        [FIELD_OPC] = WORD_OPC,   [FIELD_DPC] = WORD_DPC,   [FIELD_SLS] = WORD_SLS,
        [FIELD_HSIO] = WORD_HSIO, [FIELD_HOPC] = WORD_HOPC, [FIELD_HDPC] = WORD_HDPC,
        [FIELD_HSLS] = WORD_HSLS,
    };
    out_format(to, "%s %s %u", lex_word_text((enum word)words[n->field.field]),
               relation_texts[n->field.relation], n->field.number);
}

static void dump_cell(enum cell cell, struct out *to)
{
    static const u16 words[] = {
        [CELL_LANE] = WORD_LANE,       [CELL_METAC] = WORD_METAC,   [CELL_BCC] = WORD_BCC,
        [CELL_OAM] = WORD_OAM,         [CELL_OAMF4] = WORD_OAMF4,   [CELL_OAMF4SC] = WORD_OAMF4SC,
        [CELL_OAMF4EC] = WORD_OAMF4EC, [CELL_SC] = WORD_SC,         [CELL_ILMIC] = WORD_ILMIC,
        [CELL_CONNECTMSG] = WORD_CONNECTMSG, [CELL_METACONNECT] = WORD_METACONNECT,
        [CELL_FISU] = WORD_FISU,       [CELL_LSSU] = WORD_LSSU,     [CELL_MSU] = WORD_MSU,
        [CELL_HFISU] = WORD_HFISU,     [CELL_HLSSU] = WORD_HLSSU,   [CELL_HMSU] = WORD_HMSU,
    };
    out_text_z(to, lex_word_text((enum word)words[cell]));
}

static void dump_pf(const struct ast *n, struct out *to)
{
    static const u16 words[] = {
        [PF_IFNAME] = WORD_ON,    [PF_RULESET] = WORD_RSET,  [PF_RULE] = WORD_RNR,
        [PF_SUBRULE] = WORD_SRNR, [PF_REASON] = WORD_REASON, [PF_ACTION] = WORD_ACTION,
    };
    out_format(to, "%s ", lex_word_text((enum word)words[n->pf.field]));
    if (n->pf.field == PF_IFNAME || n->pf.field == PF_RULESET)
        dump_name(n->pf.name, to);
    else if (n->pf.field == PF_ACTION)
        out_text_z(to, name_of_value(NAMES_PF_ACTIONS, n->pf.number));
    else
        out_dec(to, n->pf.number);
}

static void dump_wlan(const struct ast *n, struct out *to)
{
    static const u8 subtypes[] = { NAMES_WLAN_MGT, NAMES_WLAN_CTL, NAMES_WLAN_DATA };
    u32 type = n->wlan.value & 0x0cu, subtype = n->wlan.value & 0xf0u;
    const char *name = name_of_value(NAMES_WLAN_TYPE, type);
    if (name != NULL)
        out_format(to, "link type %s", name);
    else
        out_format(to, "link type 0x%02x", type);
    if ((n->wlan.mask & 0xf0) == 0)
        return;
    name = type / 4 < countof(subtypes) ? name_of_value((enum name_list)subtypes[type / 4], subtype) : NULL;
    if (name != NULL)
        out_format(to, " subtype %s", name);
    else
        out_format(to, " subtype 0x%02x", subtype);
}

static void dump_llc(const struct ast *n, struct out *to)
{
    out_text_z(to, "llc");
    if (n->llc.class == 0)
        return;
    if (n->llc.class == 'S' || n->llc.class == 'U')
        out_format(to, " %s", name_of_value(n->llc.class == 'S' ? NAMES_LLC_S : NAMES_LLC_U, n->llc.value));
    else
        out_format(to, " %c", n->llc.class);
}

static void dump_encap(const struct ast *n, struct out *to)
{
    static const u16 words[] = {
        [ENCAP_VLAN] = WORD_VLAN,     [ENCAP_MPLS] = WORD_MPLS,     [ENCAP_PPPOED] = WORD_PPPOED,
        [ENCAP_PPPOES] = WORD_PPPOES, [ENCAP_GENEVE] = WORD_GENEVE, [ENCAP_VXLAN] = WORD_VXLAN,
    };
    out_text_z(to, lex_word_text((enum word)words[n->encap.kind]));
    if (n->encap.has_number)
        out_format(to, " %u", n->encap.number);
}

static void dump_match(const struct match *m, struct out *to)
{
    dump_proto(m->proto, to);
    out_format(to, "%s%s", dir_texts[m->dir], type_texts[m->type]);
    if (m->id.kind == OPERAND_NAME)
        dump_name(m->id.text, to);
    else
        out_str(to, m->id.text);
}

static void dump_leaf(const struct ast *n, struct out *to)
{
    switch (n->kind) {
    case AST_COMPARE:
        dump_arith(n->compare.left, to);
        out_format(to, " %s ", relation_texts[n->compare.relation]);
        dump_arith(n->compare.right, to);
        break;
    case AST_MATCH: dump_match(&n->match, to); break;
    case AST_PROTOCOL: out_text_z(to, proto_texts[n->proto]); break;
    case AST_BROADCAST:
    case AST_MULTICAST:
        dump_proto(n->proto, to);
        out_text_z(to, n->kind == AST_BROADCAST ? "broadcast" : "multicast");
        break;
    case AST_LENGTH:
        out_format(to, "%s %u", n->length.greater ? "greater" : "less", n->length.number);
        break;
    case AST_BYTE: out_format(to, "byte %u %c %u", n->byte.offset, n->byte.op, n->byte.number); break;
    case AST_INBOUND: out_text_z(to, "inbound"); break;
    case AST_OUTBOUND: out_text_z(to, "outbound"); break;
    case AST_IFINDEX: out_format(to, "ifindex %u", n->number); break;
    case AST_ENCAP: dump_encap(n, to); break;
    case AST_PF: dump_pf(n, to); break;
    case AST_WLAN: dump_wlan(n, to); break;
    case AST_WLAN_DIR: out_format(to, "link dir %u", n->number); break;
    case AST_LLC: dump_llc(n, to); break;
    case AST_FIELD: dump_field(n, to); break;
    case AST_CELL: dump_cell(n->cell, to); break;
    default: break;
    }
}

/*
 * Chains such as `a and b or c and d ...` nest to the left as deep as the text is long, so that
 * side is walked down and up again; everything else is no deeper than the brackets in the text.
 */
static void dump(const struct ast *top, struct out *to)
{
    const struct ast *at = top;

    for (; at->kind == AST_AND || at->kind == AST_OR; at = at->list.first)
        if (at != top || at->up != NULL)
            out_char(to, '(');
    if (at->kind == AST_NOT) {
        out_text_z(to, "not ");
        dump(at->child, to);
    } else {
        dump_leaf(at, to);
    }
    for (; at != top; at = at->up) {
        for (const struct ast *next = at->next; next != NULL; next = next->next) {
            out_text_z(to, at->up->kind == AST_AND ? " and " : " or ");
            dump(next, to);
        }
        if (at->up != top || at->up->up != NULL)
            out_char(to, ')');
    }
}

void ast_dump(const struct ast *root, struct out *to)
{
    if (root != NULL)
        dump(root, to);
}
