/*
 * The plain dialect: words mean what people think that they mean.
 *
 *   - `tcp`, `port 80`, `host ...` are found under VLAN tags, and behind the extension headers of IPv6;
 *   - tcp[...] and its like read the header of TCP over IPv6 as well;
 *   - `vlan` asks whether there is a tag, and moves nothing, so the order of words does not matter.
 *
 * The places are found once, before the expression, and kept in variables.  Both searches are unrolled:
 * a kernel takes no loops.  What is behind MPLS, PPPoE and tunnels has the meaning of the other dialect.
 */
#include "base/ethertype.h"
#include "base/ipproto.h"
#include "bpf/lower.h"

enum { TAGS_MAX = 3, TAG = 4, VLAN_ID_MASK = 0x0fff, EXTENSIONS_MAX = 6 };
enum { AD_VLAN_TAG = 44, AD_VLAN_TAG_PRESENT = 48 }; /* <linux/filter.h> */
enum { IP_FRAGMENT = 6, IP_FRAGMENT_MASK = 0x1fff, IP_PROTOCOL = 9, IP6_NEXT = 6, IP6_HEADER = 40 };
enum { EXTENSION_NEXT = 0, EXTENSION_LENGTH = 1 };
enum { FRAGMENT_OFFSET = 2, FRAGMENT_MASK = 0xfff8, FRAGMENT_HEADER = 8 };
enum { NO_PROTOCOL = 0x100 }; /* what `protocol` is where there is no IP */

static const char tag_says[] = "EtherType of a VLAN tag";

/* Whether the link type's header may hold tags that are looked under. */
static bool has_tags(const struct layout *at)
{
    return at->spelling == SPELL_ETHER && (at->features & FEATURE_VLAN) != 0;
}

void lower_plain_start(struct lower *l, struct layout *at)
{
    if (!l->options->plain || at->spelling == SPELL_NONE || at->spelling == SPELL_JUNIPER)
        return;
    at->plain = true;
    l->plain.protocol = ir_variable(l->ir);
    l->plain.transport = ir_variable(l->ir);
    l->plain.fragment = ir_variable(l->ir);
    if (has_tags(at))
        at->type.base = at->payload.base = ir_variable(l->ir);
}

struct place lower_plain_transport(struct lower *l, const struct layout *at)
{
    l->plain.wanted = true;
    return (struct place){ l->plain.transport, lower_network(at).k };
}

const struct test *lower_plain_first(struct lower *l, struct exits to)
{
    l->plain.wanted = true;
    return lower_is(l, CMP_EQ, l->plain.fragment, 0, to, "the first fragment");
}

const struct test *lower_plain_proto(struct lower *l, u32 number, struct exits to)
{
    l->plain.wanted = true;
    return lower_is(l, CMP_EQ, l->plain.protocol, number, to, "protocol behind the network header");
}

bool lower_plain_passes(u32 number)
{
    return number == IPPROTO_HOPOPTS || number == IPPROTO_ROUTING || number == IPPROTO_DSTOPTS ||
           number == IPPROTO_FRAGMENT;
}

/* -- VLAN tags */

static const struct test *is_tag(struct lower *l, const struct layout *at, u32 i, struct exits to)
{
    static const u16 types[] = { ETHERTYPE_8021Q, ETHERTYPE_8021QINQ, ETHERTYPE_8021Q9100 };
    const struct value *type = ir_load(l->ir, 2, NULL, at->type.k + TAG * i);

    for (size_t n = countof(types); n-- > 0;)
        to.no = lower_is(l, CMP_EQ, type, types[n], to, tag_says);
    return to.no;
}

/* Tag i of the packet, or one behind it, has the identifier; without one asked for, that it is there. */
static const struct test *tag(struct lower *l, const struct layout *at, const struct ast *n, u32 i,
                              struct exits to)
{
    if (n->encap.has_number) {
        const struct value *id = ir_load(l->ir, 2, NULL, at->payload.k + TAG * i);
        struct exits found = { to.yes, i + 1 < TAGS_MAX ? tag(l, at, n, i + 1, to) : to.no };
        id = ir_alu(l->ir, ALU_AND, id, ir_const(l->ir, VLAN_ID_MASK));
        to.yes = lower_is(l, CMP_EQ, id, n->encap.number, found, "VLAN identifier");
    }
    return is_tag(l, at, i, to);
}

const struct test *lower_plain_vlan(struct lower *l, const struct layout *at, const struct ast *n,
                                    struct exits to)
{
    struct exits meta = { to.yes, tag(l, at, n, 0, to) };

    if (!l->options->live || at->link->linktype != LINKTYPE_EN10MB)
        return meta.no;
    if (n->encap.has_number) { /* the kernel has taken off the outer tag; others stand in the packet */
        const struct value *mask = ir_const(l->ir, VLAN_ID_MASK);
        const struct value *id = ir_alu(l->ir, ALU_AND, ir_meta(l->ir, AD_VLAN_TAG), mask);
        meta.yes = lower_is(l, CMP_EQ, id, n->encap.number, meta, "VLAN identifier");
    }
    return lower_is(l, CMP_EQ, ir_meta(l->ir, AD_VLAN_TAG_PRESENT), 0, swapped(meta),
                    "the kernel took a VLAN tag off");
}

/* Sets the variable by which the headers behind the tags are moved. */
static const struct test *find_tags(struct lower *l, const struct layout *at, const struct test *next)
{
    struct reason why = lower_why(l, "VLAN tags before the network header");
    const struct test *more = ir_let(l->ir, at->type.base, ir_const(l->ir, TAG * TAGS_MAX), next, why);

    for (u32 i = TAGS_MAX; i-- > 0;) {
        struct exits to = { more, ir_let(l->ir, at->type.base, ir_const(l->ir, TAG * i), next, why) };
        more = is_tag(l, at, i, to);
    }
    return more;
}

/* -- transport headers */

/* What every way to `next` sets. */
static const struct test *found(struct lower *l, const struct value *protocol, const struct value *transport,
                                const struct value *fragment, const struct test *next)
{
    struct reason why = lower_why(l, "where the transport header begins");
    next = ir_let(l->ir, l->plain.fragment, fragment, next, why);
    next = ir_let(l->ir, l->plain.transport, transport, next, why);
    return ir_let(l->ir, l->plain.protocol, protocol, next, why);
}

/* RFC 8200, section 4: headers that only say where the next one is.  `left` more of them may come. */
static const struct test *extensions(struct lower *l, const struct layout *at, const struct value *number,
                                     const struct value *offset, u32 left, const struct test *next)
{
    static const u8 kinds[] = { IPPROTO_HOPOPTS, IPPROTO_DSTOPTS, IPPROTO_ROUTING };
    struct ir *ir = l->ir;
    struct reason why = lower_why(l, "the next extension header");
    u32 k = lower_network(at).k;
    const struct value *zero = ir_const(ir, 0);

    if (left == 0)
        return found(l, ir_const(ir, NO_PROTOCOL), zero, zero, next);
    const struct value *number_behind = ir_load(ir, 1, offset, k + EXTENSION_NEXT);
    const struct value *one = ir_const(ir, 1);
    const struct value *units = ir_alu(ir, ALU_ADD, ir_load(ir, 1, offset, k + EXTENSION_LENGTH), one);
    const struct value *behind = ir_alu(ir, ALU_ADD, offset, ir_alu(ir, ALU_LSH, units, ir_const(ir, 3)));
    const struct value *behind_fragment = ir_alu(ir, ALU_ADD, offset, ir_const(ir, FRAGMENT_HEADER));
    const struct value *place = ir_variable(ir);
    const struct test *more = extensions(l, at, number_behind, place, left - 1, next);

    struct exits later = { found(l, number_behind, zero, ir_const(ir, 1), next),
                           ir_let(ir, place, behind_fragment, more, why) };
    const struct value *piece = ir_load(ir, 2, offset, k + FRAGMENT_OFFSET);
    struct exits to = { lower_is(l, CMP_SET, piece, FRAGMENT_MASK, later, "offset of the IPv6 fragment"),
                        found(l, number, offset, zero, next) };
    to.no = lower_is(l, CMP_EQ, number, IPPROTO_FRAGMENT, to, "an IPv6 fragment header");
    to.yes = ir_let(ir, place, behind, more, why);
    for (size_t i = countof(kinds); i-- > 0;)
        to.no = lower_is(l, CMP_EQ, number, kinds[i], to, "an IPv6 extension header");
    return to.no;
}

static const struct test *find_transport(struct lower *l, const struct layout *at, const struct test *next)
{
    struct ir *ir = l->ir;
    struct place network = lower_network(at);
    const struct value *zero = ir_const(ir, 0), *six = ir_const(ir, IP6_HEADER);
    const struct value *mask = ir_const(ir, IP_FRAGMENT_MASK);
    const struct value *piece = ir_alu(ir, ALU_AND, lower_load(l, network, IP_FRAGMENT, 2), mask);
    struct exits to = { NULL, found(l, ir_const(ir, NO_PROTOCOL), zero, zero, next) };

    if (network.base != NULL)
        six = ir_alu(ir, ALU_ADD, network.base, six);
    to.yes = extensions(l, at, lower_load(l, network, IP6_NEXT, 1), six, EXTENSIONS_MAX + 1, next);
    to.no = lower_type(l, at, ETHERTYPE_IPV6, to);
    const struct value *behind_ip = lower_behind_ip(l, network).base;
    to.yes = found(l, lower_load(l, network, IP_PROTOCOL, 1), behind_ip, piece, next);
    return lower_type(l, at, ETHERTYPE_IP, to);
}

/* Whether a primitive looks behind the link-layer header. */
static bool looks_inside(const struct ast *n)
{
    switch (n->kind) {
    case AST_LENGTH:
    case AST_BYTE:
    case AST_INBOUND:
    case AST_OUTBOUND:
    case AST_IFINDEX: return false;
    case AST_BROADCAST:
    case AST_MULTICAST: return n->proto != Q_ANY && n->proto != Q_LINK;
    case AST_MATCH: return n->match.proto != Q_LINK || n->match.type != TYPE_HOST;
    case AST_ENCAP: return n->encap.kind != ENCAP_VLAN;
    default: return true;
    }
}

const struct test *lower_plain_root(struct lower *l, const struct parsed *parsed, const struct layout *at,
                                    const struct test *next)
{
    bool inside = false;

    if (!at->plain)
        return next;
    for (u32 i = 0; i < parsed->leaf_count && !inside; i++)
        inside = looks_inside(parsed->leaves[i]);
    if (l->plain.wanted)
        next = find_transport(l, at, next);
    return inside && has_tags(at) ? find_tags(l, at, next) : next;
}
