/* Hosts and networks: IPv4 with ARP and RARP, IPv6, DECnet; names of them; `gateway`. */
#include "base/bytes.h"
#include "base/ethertype.h"
#include "bpf/lower_set.h"

enum { IP_SRC = 12, IP_DST = 16, ARP_SPA = 14, ARP_TPA = 24, IP6_SRC = 8, IP6_DST = 24 };
enum { IP6_WORDS = 4 };

/* How many addresses a name has, usually and at most: as many as fit the largest answer of DNS. */
enum { ADDRESSES_FEW = 64, ADDRESSES_MANY = 4096 };

/* An address and its mask, in host byte order; IPv4 uses the first word only. */
struct target {
    bool ip6;
    u32 address[IP6_WORDS], mask[IP6_WORDS];
};

static const struct test *fail_direction(struct lower *l, enum q_dir dir)
{
    static const char *const words[] = {
        [DIR_ADDR1] = "'addr1' and 'address1' are", [DIR_ADDR2] = "'addr2' and 'address2' are",
        [DIR_ADDR3] = "'addr3' and 'address3' are", [DIR_ADDR4] = "'addr4' and 'address4' are",
        [DIR_RA] = "'ra' is", [DIR_TA] = "'ta' is",
    };
    return lower_fail(l, "%s not %s for addresses other than 802.11 MAC addresses", words[dir],
                      dir == DIR_RA || dir == DIR_TA ? "a valid qualifier" : "valid qualifiers");
}

/* "host" or "net", for messages. */
static const char *type_word(const struct match *m)
{
    return m->type == TYPE_NET ? "net" : "host";
}

/* An address of one family with the word of another. */
static const struct test *fail_family(struct lower *l, const struct match *m, const char *word,
                                      const char *family)
{
    lower_fail(l, "'%s' modifier applied to %s %s", ast_proto_text(m->proto), word, type_word(m));
    if (m->proto == Q_IP || m->proto == Q_IP6)
        diag_hint(l->diag, "an %s address goes with \"%s\"", family, word);
    return l->ir->reject;
}

static const struct test *fail_link_address(struct lower *l, const struct match *m)
{
    lower_fail_id(l, m, "illegal link layer address");
    diag_hint(l->diag, "an IP address goes without \"ether\"");
    return l->ir->reject;
}

/* One address field of the network header against the target. */
static const struct test *field(struct lower *l, const struct layout *at, u32 offset,
                                const struct target *t, struct exits to)
{
    struct place header = lower_network(at);
    const char *what = offset == IP_SRC   ? "IPv4 source address"
                       : offset == IP_DST ? "IPv4 destination address"
                       : offset == ARP_SPA ? "protocol address of the ARP sender"
                                           : "protocol address of the ARP target";
    if (!t->ip6)
        return lower_field(l, header, offset, 4, t->mask[0], t->address[0], to, what);
    what = offset == IP6_SRC ? "IPv6 source address" : "IPv6 destination address";
    for (u32 i = IP6_WORDS; i-- > 0;)
        if (t->mask[i] != 0)
            to.yes = lower_field(l, header, offset + 4 * i, 4, t->mask[i], t->address[i], to, what);
    return to.yes;
}

/*
 * Both fields as the direction asks, in a packet of the given EtherType; of others `next` decides.  It is
 * asked about packets of this type, too, unless the primitive is alone: others may ask what the type was, and
 * ARP and RARP must not share their tests then.
 */
static const struct test *fields(struct lower *l, const struct layout *at, u32 type, u32 src, u32 dst,
                                 enum q_dir dir, const struct target *t, struct exits to,
                                 const struct test *next)
{
    if (l->leaf_count > 1 || l->ir->as_written || at->spelling == SPELL_JUNIPER)
        to.no = next;
    switch (dir) {
    case DIR_SRC: to.yes = field(l, at, src, t, to); break;
    case DIR_DST: to.yes = field(l, at, dst, t, to); break;
    case DIR_AND: {
        struct exits both = { field(l, at, dst, t, to), to.no };
        to.yes = field(l, at, src, t, both);
        break;
    }
    default: {
        struct exits either = { to.yes, field(l, at, dst, t, to) };
        to.yes = field(l, at, src, t, either);
        break;
    }
    }
    to.no = next;
    return lower_type(l, at, type, to);
}

/* One address of the match. */
static const struct test *target(struct lower *l, const struct layout *at, const struct match *m,
                                 const struct target *t, struct exits to)
{
    const struct test *next = to.no;

    if (m->dir > DIR_AND)
        return fail_direction(l, m->dir);
    if (t->ip6) {
        if (m->proto != Q_ANY && m->proto != Q_IP6)
            return fail_family(l, m, "ip6", "IPv6");
        return fields(l, at, ETHERTYPE_IPV6, IP6_SRC, IP6_DST, m->dir, t, to, next);
    }
    switch (m->proto) {
    case Q_ANY:
        if (at->labels == 0) { /* nobody resolves addresses inside MPLS */
            next = fields(l, at, ETHERTYPE_REVARP, ARP_SPA, ARP_TPA, m->dir, t, to, next);
            next = fields(l, at, ETHERTYPE_ARP, ARP_SPA, ARP_TPA, m->dir, t, to, next);
        }
        return fields(l, at, ETHERTYPE_IP, IP_SRC, IP_DST, m->dir, t, to, next);
    case Q_IP: return fields(l, at, ETHERTYPE_IP, IP_SRC, IP_DST, m->dir, t, to, next);
    case Q_ARP: return fields(l, at, ETHERTYPE_ARP, ARP_SPA, ARP_TPA, m->dir, t, to, next);
    case Q_RARP: return fields(l, at, ETHERTYPE_REVARP, ARP_SPA, ARP_TPA, m->dir, t, to, next);
    case Q_IP6: return fail_family(l, m, "ip", "IPv4");
    default: return lower_fail(l, "'%s' modifier applied to %s", ast_proto_text(m->proto), type_word(m));
    }
}

/* An IPv4 operand: its address and mask.  False after an error. */
static bool read_ip4(struct lower *l, const struct match *m, struct target *t)
{
    const struct operand *id = &m->id;
    u32 mask = id->kind == OPERAND_IP4 && id->parts > 0 ? 0xffffffffu << 8 * (4u - id->parts) : 0xffffffffu;
    u32 address = id->number;

    if (id->kind == OPERAND_IP4 && id->parts == 0) {
        lower_fail_id(l, m, "invalid IPv4 address '%pS'", (const void *)&id->text);
        return false;
    }
    switch (id->mask_kind) {
    case MASK_LENGTH:
        if (id->mask > 32) {
            lower_fail_id(l, m, "mask length must be <= 32");
            return false;
        }
        mask = id->mask > 0 ? 0xffffffffu << (32 - id->mask) : 0;
        break;
    case MASK_ADDRESS:
        if (id->mask_parts == 0) {
            lower_fail_id(l, m, "invalid IPv4 address in '%pS'", (const void *)&id->text);
            return false;
        }
        mask = id->mask;
        break;
    case MASK_NONE:
        if (id->kind == OPERAND_NUMBER && m->type == TYPE_NET)
            while (address != 0 && address >> 24 == 0) { /* `net 10` is 10.0.0.0/8 */
                address <<= 8;
                mask <<= 8;
            }
        break;
    }
    if (id->mask_kind != MASK_NONE && (address & ~mask) != 0) {
        u8 bytes[4];
        store_be32(bytes, address & mask);
        lower_fail_id(l, m, "non-network bits set in \"%pS\"", (const void *)&id->text);
        diag_hint(l->diag, "the network begins at %pI4; a single address is a \"host\"", bytes);
        return false;
    }
    if (id->mask_kind != MASK_NONE && m->type != TYPE_NET) {
        lower_fail_id(l, m, "Mask syntax for networks only");
        return false;
    }
    t->ip6 = false;
    t->address[0] = address & mask;
    t->mask[0] = mask;
    return true;
}

static bool read_ip6(struct lower *l, const struct match *m, struct target *t)
{
    const struct operand *id = &m->id;
    u32 bits = id->mask_kind == MASK_LENGTH ? id->mask : 128;
    bool stray = false;

    if (bits > 128) {
        lower_fail_id(l, m, "mask length must be <= 128");
        return false;
    }
    t->ip6 = true;
    for (u32 i = 0; i < IP6_WORDS; i++) {
        u32 left = bits > 32 * i ? bits - 32 * i : 0; /* bits of the mask in this word and behind */
        t->mask[i] = left >= 32 ? 0xffffffffu : left > 0 ? 0xffffffffu << (32 - left) : 0;
        t->address[i] = load_be32(id->bytes + 4 * i);
        stray = stray || (t->address[i] & ~t->mask[i]) != 0;
    }
    if (stray) {
        lower_fail_id(l, m, "non-network bits set in \"%pS\"", (const void *)&id->text);
        return false;
    }
    if (bits != 128 && m->type != TYPE_NET) {
        lower_fail_id(l, m, "Mask syntax for networks only");
        return false;
    }
    return true;
}

/* A network from /etc/networks: leading zero bytes are not part of it. */
static const struct test *named_net(struct lower *l, const struct layout *at, const struct match *m,
                                    struct exits to)
{
    const struct resolver *names = l->options->names;
    struct target t = { .ip6 = false, .mask = { 0xffffffffu } };

    if (names == NULL || names->find_net == NULL ||
        !names->find_net(names->context, m->id.text, &t.address[0]))
        return lower_fail_id(l, m, "unknown network '%pS'", (const void *)&m->id.text);
    while (t.address[0] != 0 && t.address[0] >> 24 == 0) {
        t.address[0] <<= 8;
        t.mask[0] <<= 8;
    }
    return target(l, at, m, &t, to);
}

struct targets {
    struct target *items; /* in the arena */
    u32 count;
};

static bool suits(const struct match *m, const struct resolved *r)
{
    if (r->length != 16)
        return m->proto != Q_IP6;
    return (m->proto == Q_ANY || m->proto == Q_IP6) && m->type != TYPE_GATEWAY;
}

/* Asks for the addresses of a name; `few` takes them when they are as few as usual. */
static const struct resolved *ask(struct lower *l, struct str name, struct resolved few[ADDRESSES_FEW],
                                  u32 *count)
{
    const struct resolver *names = l->options->names;
    struct resolved *many;

    *count = 0;
    if (names == NULL || names->find_host == NULL)
        return few;
    *count = names->find_host(names->context, name, few, ADDRESSES_FEW);
    if (*count < ADDRESSES_FEW ||
        (many = arena_new(l->ir->arena, struct resolved, ADDRESSES_MANY)) == NULL)
        return few;
    *count = names->find_host(names->context, name, many, ADDRESSES_MANY);
    return many;
}

/* The addresses of a host name that suit the match; none after an error. */
static struct targets resolve(struct lower *l, const struct match *m)
{
    struct resolved few[ADDRESSES_FEW];
    u32 count;
    const struct resolved *all = ask(l, m->id.text, few, &count);
    struct targets found = { arena_new(l->ir->arena, struct target, count), 0 };

    for (u32 i = 0; found.items != NULL && i < count; i++) {
        if (!suits(m, &all[i]))
            continue;
        struct target *t = &found.items[found.count++];
        t->ip6 = all[i].length == 16;
        for (u32 w = 0; w < (t->ip6 ? IP6_WORDS : 1); w++) {
            t->address[w] = load_be32(all[i].bytes + 4 * w);
            t->mask[w] = 0xffffffffu;
        }
    }
    if (found.count == 0)
        lower_fail_id(l, m, "unknown host '%pS'%s", (const void *)&m->id.text,
                   count > 0 ? " for specified address family" : "");
    return found;
}

static const struct test *named_host(struct lower *l, const struct layout *at, const struct match *m,
                                     struct exits to)
{
    switch (m->proto) {
    case Q_ANY:
    case Q_IP:
    case Q_IP6:
    case Q_ARP:
    case Q_RARP: break;
    case Q_DECNET: return lower_fail_id(l, m, "unknown decnet host name '%pS'", (const void *)&m->id.text);
    default: return lower_fail(l, "'%s' modifier applied to host", ast_proto_text(m->proto));
    }
    struct targets found = resolve(l, m);
    for (u32 i = found.count; i-- > 0;)
        to.no = target(l, at, m, &found.items[i], to);
    return to.no;
}

/* `ether host NAME` */
static const struct test *named_link_host(struct lower *l, const struct layout *at, const struct match *m,
                                          struct exits to)
{
    const struct resolver *names = l->options->names;
    u8 mac[6];
    if (names == NULL || names->find_mac == NULL || !names->find_mac(names->context, m->id.text, mac))
        return lower_fail_id(l, m, "unknown ether host '%pS'", (const void *)&m->id.text);
    return lower_link_host(l, at, m, mac, to);
}

const struct test *lower_host(struct lower *l, const struct layout *at, const struct match *m,
                              struct exits to)
{
    struct target t = { .ip6 = false };

    if (m->proto == Q_DECNET && m->id.kind <= OPERAND_IP4 && m->id.kind != OPERAND_NAME)
        return m->dir > DIR_AND ? fail_direction(l, m->dir) : lower_decnet(l, at, m, to);
    if (m->proto == Q_LINK && m->type == TYPE_NET)
        return lower_fail(l, "link-layer modifier applied to net");
    switch (m->id.kind) {
    case OPERAND_MAC:
        if (m->type != TYPE_HOST || m->proto != Q_LINK)
            return lower_fail_mac(l, m);
        return lower_link_host(l, at, m, m->id.bytes, to);
    case OPERAND_MAC8:
        if (m->type != TYPE_HOST || m->proto != Q_LINK)
            return lower_fail_id(l, m, "ARCnet address used in non-arc expression");
        return lower_link_host8(l, at, m, m->id.number, to);
    case OPERAND_NAME:
        if (m->type == TYPE_NET)
            return named_net(l, at, m, to);
        return m->proto == Q_LINK ? named_link_host(l, at, m, to) : named_host(l, at, m, to);
    case OPERAND_IP6:
        if (m->proto == Q_LINK)
            return fail_link_address(l, m);
        return read_ip6(l, m, &t) ? target(l, at, m, &t, to) : to.no;
    default:
        if (m->proto == Q_LINK)
            return fail_link_address(l, m);
        return read_ip4(l, m, &t) ? target(l, at, m, &t, to) : to.no;
    }
}

/* A packet of the EtherType that has none of the addresses in either field. */
static const struct test *none_of(struct lower *l, const struct layout *at, u32 type, u32 src, u32 dst,
                                  struct targets found, struct exits to)
{
    for (u32 i = found.count; i-- > 0;) {
        struct exits free = { to.no, to.yes };
        free.no = field(l, at, dst, &found.items[i], free);
        to.yes = field(l, at, src, &found.items[i], free);
    }
    return lower_type(l, at, type, to);
}

/* gateway NAME: its Ethernet address is there, none of its IPv4 addresses. */
const struct test *lower_gateway(struct lower *l, const struct layout *at, const struct match *m,
                                 struct exits to)
{
    const struct resolver *names = l->options->names;
    struct match part = *m;
    u8 mac[6];

    if (m->proto != Q_ANY && m->proto != Q_IP && m->proto != Q_ARP && m->proto != Q_RARP)
        return lower_fail(l, "illegal modifier of 'gateway'");
    if (m->id.kind != OPERAND_NAME)
        return lower_fail_id(l, m, "'gateway' requires a name");
    if (at->addresses == ADDRESSES_NONE)
        return lower_fail(l, "'gateway' supported only on ethernet/FDDI/token ring/802.11/Fibre Channel");
    if (names == NULL || names->find_mac == NULL || !names->find_mac(names->context, m->id.text, mac))
        return lower_fail_id(l, m, "unknown ether host '%pS'", (const void *)&m->id.text);
    struct targets found = resolve(l, m);
    struct exits none = to;
    if (m->proto == Q_ANY || m->proto == Q_RARP)
        none.no = none_of(l, at, ETHERTYPE_REVARP, ARP_SPA, ARP_TPA, found, none);
    if (m->proto == Q_ANY || m->proto == Q_ARP)
        none.no = none_of(l, at, ETHERTYPE_ARP, ARP_SPA, ARP_TPA, found, none);
    if (m->proto == Q_ANY || m->proto == Q_IP)
        none.no = none_of(l, at, ETHERTYPE_IP, IP_SRC, IP_DST, found, none);
    part.proto = Q_LINK;
    part.type = TYPE_HOST;
    part.dir = DIR_OR;
    to.yes = none.no;
    return lower_link_host(l, at, &part, mac, to);
}
