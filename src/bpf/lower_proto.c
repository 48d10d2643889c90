/* Protocols: as words that stand alone, and behind `proto`. */
#include "base/ethertype.h"
#include "base/ipproto.h"
#include "base/llc.h"
#include "bpf/lower.h"
#include "parser/names.h"

enum { IP_PROTOCOL = 9, IP6_NEXT = 6, IP6_FRAGMENT_NEXT = 40 };
enum { ISIS_TYPE = 4, ISIS_TYPE_MASK = 0x1f }; /* ISO/IEC 10589, 9.5: three bits are reserved */
enum { ISO_ESIS = 0x82, ISO_ISIS = 0x83, ISO_CLNP = 0x81 };

/* Behind the tags in the plain dialect, unless it is them that are asked for. */
static const struct test *link_proto(struct lower *l, const struct layout *at, u32 number, struct exits to)
{
    struct layout outer = *at;
    bool tag = number == ETHERTYPE_8021Q || number == ETHERTYPE_8021QINQ || number == ETHERTYPE_8021Q9100;
    if (at->plain && tag)
        outer.type.base = outer.payload.base = NULL;
    return lower_type(l, &outer, number, to);
}

/* IPv4 with this protocol; `other` decides about what is not IPv4. */
static const struct test *ip_proto(struct lower *l, const struct layout *at, u32 number, struct exits to,
                                   const struct test *other)
{
    if (l->ir->as_written || at->spelling == SPELL_JUNIPER) /* as lower_host.c has it */
        to.no = other;
    if (at->plain && !lower_plain_passes(number)) {
        to.yes = lower_plain_proto(l, number, to);
        return lower_type(l, at, ETHERTYPE_IP, to);
    }
    to.yes = lower_is(l, CMP_EQ, lower_load(l, lower_network(at), IP_PROTOCOL, 1), number, to,
                      "protocol of the IPv4 header");
    to.no = other;
    return lower_type(l, at, ETHERTYPE_IP, to);
}

/* IPv6 with this next header, also behind one fragment header. */
static const struct test *ip6_proto(struct lower *l, const struct layout *at, u32 number, struct exits to)
{
    const struct value *next = lower_load(l, lower_network(at), IP6_NEXT, 1);
    struct exits fragment = to;
    if (at->plain && !lower_plain_passes(number)) {
        to.yes = lower_plain_proto(l, number, to);
        return lower_type(l, at, ETHERTYPE_IPV6, to);
    }
    fragment.yes = lower_is(l, CMP_EQ, lower_load(l, lower_network(at), IP6_FRAGMENT_NEXT, 1), number, to,
                            "next header of the IPv6 fragment header");
    to.no = lower_is(l, CMP_EQ, next, IPPROTO_FRAGMENT, fragment, "an IPv6 fragment header");
    to.yes = lower_is(l, CMP_EQ, next, number, to, "next header of the IPv6 header");
    to.no = fragment.no;
    return lower_type(l, at, ETHERTYPE_IPV6, to);
}

/* OSI: the network layer protocol identifier. */
static const struct test *iso_proto(struct lower *l, const struct layout *at, u32 number, struct exits to)
{
    if (at->spelling == SPELL_FRELAY) /* the identifier itself is what the link layer has */
        return lower_is(l, CMP_EQ, lower_load(l, at->type, 0, 2), 0x0300 | number, to, "OSI protocol");
    to.yes = lower_is(l, CMP_EQ, lower_load(l, place_add(at->payload, at->osi), 0, 1), number, to,
                      "OSI network layer protocol");
    return lower_type(l, at, SAP_ISONS, to);
}

static const struct test *isis_proto(struct lower *l, const struct layout *at, u32 number, struct exits to)
{
    to.yes = lower_field(l, place_add(at->payload, at->osi), ISIS_TYPE, 1, ISIS_TYPE_MASK, number, to,
                         "type of the IS-IS packet");
    return iso_proto(l, at, ISO_ISIS, to);
}

const struct test *lower_proto(struct lower *l, const struct layout *at, u32 number, enum q_proto proto,
                               struct exits to)
{
    if ((proto == Q_ANY || proto == Q_IP || proto == Q_IP6 || proto == Q_ISO) && number > 255)
        return lower_fail(l, "protocol number %u greater than maximum 255", number);
    if (proto == Q_ISIS && number > ISIS_TYPE_MASK)
        return lower_fail(l, "IS-IS packet type %u greater than maximum %u", number, (u32)ISIS_TYPE_MASK);
    bool plain = at->plain && !lower_plain_passes(number);
    switch (proto) {
    case Q_ANY:
        if (plain)
            return lower_plain_proto(l, number, to);
        return ip_proto(l, at, number, to, ip6_proto(l, at, number, to));
    case Q_LINK: return link_proto(l, at, number, to);
    case Q_IP: return ip_proto(l, at, number, to, to.no);
    case Q_IP6: return ip6_proto(l, at, number, to);
    case Q_ISO: return iso_proto(l, at, number, to);
    case Q_ISIS: return isis_proto(l, at, number, to);
    default: return lower_fail(l, "'%s proto' is bogus", ast_proto_text(proto));
    }
}

/* What a word means that stands alone: a protocol number below another one. */
struct abbreviation {
    u8 proto;      /* enum q_proto: what the number belongs to */
    u16 number;
};

static const struct abbreviation abbreviations[Q_PROTO_COUNT] = {
    [Q_IP] = { Q_LINK, ETHERTYPE_IP },         [Q_IP6] = { Q_LINK, ETHERTYPE_IPV6 },
    [Q_ARP] = { Q_LINK, ETHERTYPE_ARP },       [Q_RARP] = { Q_LINK, ETHERTYPE_REVARP },
    [Q_ATALK] = { Q_LINK, ETHERTYPE_ATALK },   [Q_AARP] = { Q_LINK, ETHERTYPE_AARP },
    [Q_DECNET] = { Q_LINK, ETHERTYPE_DN },     [Q_LAT] = { Q_LINK, ETHERTYPE_LAT },
    [Q_SCA] = { Q_LINK, ETHERTYPE_SCA },       [Q_MOPRC] = { Q_LINK, ETHERTYPE_MOPRC },
    [Q_MOPDL] = { Q_LINK, ETHERTYPE_MOPDL },   [Q_STP] = { Q_LINK, SAP_STP },
    [Q_IPX] = { Q_LINK, SAP_IPX },             [Q_NETBEUI] = { Q_LINK, SAP_NETBIOS },
    [Q_ISO] = { Q_LINK, SAP_ISONS },           [Q_TCP] = { Q_ANY, IPPROTO_TCP },
    [Q_UDP] = { Q_ANY, IPPROTO_UDP },          [Q_SCTP] = { Q_ANY, IPPROTO_SCTP },
    [Q_PIM] = { Q_ANY, IPPROTO_PIM },          [Q_AH] = { Q_ANY, IPPROTO_AH },
    [Q_ESP] = { Q_ANY, IPPROTO_ESP },          [Q_ICMP] = { Q_IP, IPPROTO_ICMP },
    [Q_IGMP] = { Q_IP, IPPROTO_IGMP },         [Q_IGRP] = { Q_IP, IPPROTO_PIGP },
    [Q_VRRP] = { Q_IP, IPPROTO_VRRP },         [Q_CARP] = { Q_IP, IPPROTO_CARP },
    [Q_ICMP6] = { Q_IP6, IPPROTO_ICMPV6 },     [Q_ESIS] = { Q_ISO, ISO_ESIS },
    [Q_ISIS] = { Q_ISO, ISO_ISIS },            [Q_CLNP] = { Q_ISO, ISO_CLNP },
};

/* IS-IS packet types, ISO/IEC 10589, 9.5 to 9.13, by word; 0 ends a list. */
static const struct {
    u8 word;
    u8 types[6];
} isis_words[] = {
    { Q_L1, { 15, 17, 18, 24, 26 } }, { Q_L2, { 16, 17, 20, 25, 27 } }, { Q_IIH, { 15, 16, 17 } },
    { Q_LSP, { 18, 20 } },            { Q_SNP, { 24, 25, 26, 27 } },    { Q_CSNP, { 24, 25 } },
    { Q_PSNP, { 26, 27 } },
};

const struct test *lower_protocol(struct lower *l, const struct layout *at, enum q_proto proto,
                                  struct exits to)
{
    for (size_t i = 0; i < countof(isis_words); i++) {
        if (isis_words[i].word != proto)
            continue;
        for (u32 n = 0; isis_words[i].types[n] != 0; n++)
            to.no = isis_proto(l, at, isis_words[i].types[n], to);
        return to.no;
    }
    if (proto == Q_LINK)
        return lower_fail(l, "link layer applied in wrong context");
    if (proto == Q_RADIO)
        return lower_fail(l, "'radio' is not a valid protocol type");
    return lower_proto(l, at, abbreviations[proto].number, (enum q_proto)abbreviations[proto].proto, to);
}

bool lower_protocol_number(struct lower *l, const struct match *m, u32 *number)
{
    const struct resolver *names = l->options->names;
    struct str name = m->id.text;
    u8 found;

    switch (m->id.kind) {
    case OPERAND_NUMBER: *number = m->id.number; return true;
    case OPERAND_NAME: break;
    default: lower_fail_id(l, m, "'%pS' is not a protocol", (const void *)&m->id.text); return false;
    }
    switch (m->proto) {
    case Q_LINK:
        if (name_value(NAMES_ETHER_PROTO, name, number))
            return true;
        lower_fail_id(l, m, "unknown ether proto '%pS'", (const void *)&name);
        return false;
    case Q_ISO:
        if (name_value(NAMES_ISO_PROTO, name, number))
            return true;
        lower_fail_id(l, m, "unknown osi proto '%pS'", (const void *)&name);
        return false;
    case Q_ANY:
    case Q_IP:
    case Q_IP6:
        if (names != NULL && names->find_ip_protocol != NULL &&
            names->find_ip_protocol(names->context, name, &found)) {
            *number = found;
            return true;
        }
        lower_fail_id(l, m, "unknown ip proto '%pS'", (const void *)&name);
        return false;
    default: lower_fail_id(l, m, "unknown protocol: %pS", (const void *)&name); return false;
    }
}

const struct test *lower_proto_match(struct lower *l, const struct layout *at, const struct match *m,
                                     struct exits to)
{
    u32 number;
    if (!lower_protocol_number(l, m, &number))
        return to.no;
    return lower_proto(l, at, number, m->proto, to);
}
