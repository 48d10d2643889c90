/*
 * Encapsulations: what they test, and where headers are behind them.
 *
 * Behind a tunnel in UDP the place of the inner headers depends on the packet, so variables hold
 * it.  When the packet is not of the kind, they are set to the start of the packet: an expression
 * such as `geneve or ip` still has a meaning, if not a useful one, since every word on the right of
 * `geneve` speaks about what it contains.
 */
#include "base/ethertype.h"
#include "base/ipproto.h"
#include "bpf/lower.h"

enum { VLAN_TAG = 4, VLAN_ID_MASK = 0x0fff, MPLS_LABEL = 4, MPLS_SHIFT = 12, MPLS_BOTTOM = 2 };
enum { PPP_MPLS = 0x0281, PPPOE_SESSION = 2, PPPOE_HEADER = 6, PPP_HEADER = 2 };
enum { AD_VLAN_TAG = 44, AD_VLAN_TAG_PRESENT = 48 }; /* <linux/filter.h> */
enum { IP_PROTOCOL = 9, IP6_NEXT = 6, UDP_DST = 2, UDP_HEADER = 8 };

/* RFC 8926, section 3.4, and RFC 7348, section 5; both have the identifier in bytes 4 to 6. */
enum {
    PORT_GENEVE = 6081, GENEVE_VERSION_MASK = 0xc0, GENEVE_OPTIONS_MASK = 0x3f, GENEVE_TYPE = 2,
    PORT_VXLAN = 4789, VXLAN_FLAG_I = 0x08,
    TUNNEL_HEADER = 8, TUNNEL_ID = 4, TUNNEL_ID_SHIFT = 8,
};

enum { LANE_HEADER = 6, ETHER_TYPE = 12, ETHER_HEADER = 14 };

/* Sets a variable of the layout behind.  Nothing is set on the way out: nobody would read it. */
static const struct test *let(struct lower *l, const struct value *variable, const struct value *value,
                              const struct test *next)
{
    if (next->op == CMP_LEAF)
        return next;
    return ir_let(l->ir, variable, value, next, lower_why(l, "where the headers behind begin"));
}

/* -- VLAN */

/* A kernel that takes the tag off the packet keeps it as metadata. */
static bool has_metadata(const struct lower *l, const struct layout *at)
{
    return l->options->live && at->link->linktype == LINKTYPE_EN10MB && at->vlans == 0 && !at->inner;
}

static const struct test *vlan_id(struct lower *l, const struct value *tag, u32 id, struct exits to)
{
    tag = ir_alu(l->ir, ALU_AND, tag, ir_const(l->ir, VLAN_ID_MASK));
    return lower_is(l, CMP_EQ, tag, id, to, "VLAN identifier");
}

static const struct test *vlan(struct lower *l, const struct layout *at, const struct layout *behind,
                               const struct ast *n, struct exits to)
{
    struct exits tagged = to, meta = to;
    if (at->labels > 0)
        return lower_fail(l, "no VLAN match after MPLS");
    if ((at->features & FEATURE_VLAN) == 0)
        return lower_fail(l, "no VLAN support for %s", at->ppp ? "PPP" : lower_link_name(l));

    if (at->plain)
        return lower_plain_vlan(l, at, n, to);
    if (has_metadata(l, at)) {
        /* The variable says whether the tag still stands in the packet. */
        const struct value *shift = behind->type.base;
        const struct value *in_packet = ir_const(l->ir, VLAN_TAG);
        tagged.yes = let(l, shift, in_packet, to.yes);
        tagged.no = let(l, shift, in_packet, to.no);
        meta.yes = let(l, shift, ir_const(l->ir, 0), to.yes);
        meta.no = tagged.no;
    }
    if (n->encap.has_number) {
        tagged.yes = vlan_id(l, lower_load(l, lower_network(at), 0, 2), n->encap.number, tagged);
        meta.yes = vlan_id(l, ir_meta(l->ir, AD_VLAN_TAG), n->encap.number, meta);
    }
    tagged.no = lower_type(l, at, ETHERTYPE_8021Q9100, tagged);
    tagged.no = lower_type(l, at, ETHERTYPE_8021QINQ, tagged);
    meta.no = lower_type(l, at, ETHERTYPE_8021Q, tagged);
    if (!has_metadata(l, at))
        return meta.no;
    return lower_is(l, CMP_EQ, ir_meta(l->ir, AD_VLAN_TAG_PRESENT), 0, swapped(meta),
                    "the kernel took a VLAN tag off");
}

/* -- MPLS and PPPoE */

static const struct test *mpls(struct lower *l, const struct layout *at, const struct ast *n, struct exits to)
{
    if ((at->features & FEATURE_MPLS) == 0)
        return lower_fail(l, "no MPLS support for %s", lower_link_name(l));
    if (n->encap.has_number)
        to.yes = lower_field(l, at->payload, MPLS_LABEL * (u32)at->labels, 4, 0xffffffffu << MPLS_SHIFT,
                             n->encap.number << MPLS_SHIFT, to, "MPLS label");
    if (at->labels > 0) /* RFC 3032, section 2.1: the last label before was not the bottom */
        return lower_field(l, at->payload, MPLS_LABEL * (at->labels - 1u) + MPLS_BOTTOM, 1, 1, 0, to,
                           "bottom of the MPLS labels");
    return lower_type(l, at, at->spelling == SPELL_PPP ? PPP_MPLS : ETHERTYPE_MPLS, to);
}

static const struct test *pppoes(struct lower *l, const struct layout *at, const struct ast *n,
                                 struct exits to)
{
    if (n->encap.has_number)
        to.yes = lower_field(l, at->payload, PPPOE_SESSION, 2, 0xffff, n->encap.number, to, "PPPoE session");
    return lower_type(l, at, ETHERTYPE_PPPOES, to);
}

/* -- tunnels in UDP */

/* UDP to a port over IPv4 or IPv6, then what `inner` tests; the transport variable is set. */
static const struct test *udp_to(struct lower *l, const struct layout *at, u32 port, struct exits to)
{
    struct place network = lower_network(at), udp = lower_transport(l, network);
    struct exits four = to, six = to;

    to.yes = lower_field(l, udp, UDP_DST, 2, 0xffff, port, to, "UDP port of the tunnel");
    four.yes = lower_set_transport(l, network, false, to.yes);
    four.yes = lower_first_fragment(l, network, four);
    four.yes = lower_field(l, network, IP_PROTOCOL, 1, 0xff, IPPROTO_UDP, four, "UDP");
    six.yes = lower_set_transport(l, network, true, to.yes);
    six.yes = lower_field(l, network, IP6_NEXT, 1, 0xff, IPPROTO_UDP, six, "UDP");
    four.no = lower_type(l, at, ETHERTYPE_IPV6, six);
    return lower_type(l, at, ETHERTYPE_IP, four);
}

static const struct test *tunnel_id(struct lower *l, struct place tunnel, const struct ast *n,
                                    struct exits to)
{
    if (!n->encap.has_number)
        return to.yes;
    return lower_field(l, tunnel, TUNNEL_ID, 4, 0xffffffffu << TUNNEL_ID_SHIFT,
                       n->encap.number << TUNNEL_ID_SHIFT, to, "identifier of the tunnel");
}

static const struct test *vxlan(struct lower *l, const struct layout *at, const struct layout *behind,
                                const struct ast *n, struct exits to)
{
    struct place udp = lower_transport(l, lower_network(at)), tunnel = place_add(udp, UDP_HEADER);
    const struct value *inner = ir_alu(l->ir, ALU_ADD, tunnel.base,
                                       ir_const(l->ir, tunnel.k + TUNNEL_HEADER));

    to.no = let(l, behind->header.base, ir_const(l->ir, 0), to.no);
    to.yes = let(l, behind->header.base, inner, to.yes);
    to.yes = tunnel_id(l, tunnel, n, to);
    to.yes = lower_field(l, tunnel, 0, 1, VXLAN_FLAG_I, VXLAN_FLAG_I, to, "VXLAN with a valid identifier");
    return udp_to(l, at, PORT_VXLAN, to);
}

/*
 * Geneve says in an EtherType what it carries; 0x6558 is an Ethernet frame, whose own type then
 * counts.  Its options make the header longer, in words.
 *
 * Values and tests are made one after the other, never two in one list of arguments: in which order a
 * compiler makes those differs between processors, and so would the program.
 */
static const struct test *geneve(struct lower *l, const struct layout *at, const struct layout *behind,
                                 const struct ast *n, struct exits to)
{
    struct ir *ir = l->ir;
    struct place udp = lower_transport(l, lower_network(at)), tunnel = place_add(udp, UDP_HEADER);
    const struct value *type = behind->type.base, *header = behind->header.base;
    const struct value *payload = behind->payload.base, *zero = ir_const(ir, 0);

    to.no = let(l, type, zero, let(l, header, zero, let(l, payload, zero, to.no)));

    const struct value *mask = ir_const(ir, GENEVE_OPTIONS_MASK);
    const struct value *words = ir_alu(ir, ALU_AND, lower_load(l, tunnel, 0, 1), mask);
    const struct value *options = ir_alu(ir, ALU_LSH, words, ir_const(ir, 2));
    const struct value *behind_options = ir_alu(ir, ALU_ADD, tunnel.base, options);
    const struct value *end = ir_alu(ir, ALU_ADD, behind_options, ir_const(ir, tunnel.k + TUNNEL_HEADER));
    const struct value *outer_type = ir_alu(ir, ALU_ADD, tunnel.base, ir_const(ir, tunnel.k + GENEVE_TYPE));
    const struct value *inner_payload = ir_alu(ir, ALU_ADD, header, ir_const(ir, ETHER_HEADER));
    const struct value *inner_type = ir_alu(ir, ALU_ADD, header, ir_const(ir, ETHER_TYPE));
    const struct test *other = let(l, type, outer_type, let(l, payload, header, to.yes));
    struct exits frame = {
        .yes = let(l, type, inner_type, let(l, payload, inner_payload, to.yes)),
        .no = other,
    };
    to.yes = lower_field(l, tunnel, GENEVE_TYPE, 2, 0xffff, ETHERTYPE_TEB, frame, "an Ethernet frame inside");
    to.yes = let(l, header, end, to.yes);
    to.yes = tunnel_id(l, tunnel, n, to);
    to.yes = lower_field(l, tunnel, 0, 1, GENEVE_VERSION_MASK, 0, to, "version of Geneve");
    return udp_to(l, at, PORT_GENEVE, to);
}

const struct test *lower_encap(struct lower *l, const struct layout *at, const struct layout *behind,
                               const struct ast *n, struct exits to)
{
    switch (n->encap.kind) {
    case ENCAP_VLAN: return vlan(l, at, behind, n, to);
    case ENCAP_MPLS: return mpls(l, at, n, to);
    case ENCAP_PPPOED: return lower_type(l, at, ETHERTYPE_PPPOED, to);
    case ENCAP_PPPOES: return pppoes(l, at, n, to);
    case ENCAP_GENEVE: return geneve(l, at, behind, n, to);
    default: return vxlan(l, at, behind, n, to);
    }
}

/* An Ethernet header inside something else. */
static struct layout ethernet_at(const struct layout *at, struct place header)
{
    return (struct layout){
        .link = at->link, .spelling = SPELL_ETHER, .addresses = ADDRESSES_ETHER, .header = header,
        .type = place_add(header, ETHER_TYPE), .payload = place_add(header, ETHER_HEADER), .network = 0,
        .osi = 3, .features = FEATURE_VLAN | FEATURE_MPLS | FEATURE_LLC, .inner = true,
    };
}

struct layout lower_layout_behind(struct lower *l, const struct layout *at, const struct ast *n)
{
    struct layout next = *at;

    if (n->kind == AST_CELL && n->cell == CELL_LANE) {
        next = ethernet_at(at, (struct place){ NULL, LANE_HEADER });
        next.lane = true;
        return next;
    }
    if (n->kind != AST_ENCAP || (at->plain && n->encap.kind == ENCAP_VLAN))
        return next;
    next.plain = at->plain && n->encap.kind == ENCAP_PPPOED;
    switch (n->encap.kind) {
    case ENCAP_VLAN:
        if (has_metadata(l, at))
            next.type.base = next.payload.base = ir_variable(l->ir);
        else
            next.type = place_add(at->type, VLAN_TAG), next.payload = place_add(at->payload, VLAN_TAG);
        next.vlans++;
        break;
    case ENCAP_MPLS:
        next.spelling = SPELL_MPLS;
        next.network += MPLS_LABEL;
        next.osi += MPLS_LABEL;
        next.labels++;
        break;
    case ENCAP_PPPOES:
        next.spelling = SPELL_PPP;
        next.addresses = ADDRESSES_NONE;
        next.header = next.type = place_add(lower_network(at), PPPOE_HEADER);
        next.payload = place_add(next.header, PPP_HEADER);
        next.network = next.osi = 0;
        next.features = FEATURE_MPLS;
        next.ppp = next.inner = true;
        next.lane = next.geneve = false;
        break;
    case ENCAP_VXLAN: next = ethernet_at(at, (struct place){ ir_variable(l->ir), 0 }); break;
    case ENCAP_GENEVE:
        next = ethernet_at(at, (struct place){ ir_variable(l->ir), 0 });
        next.type = (struct place){ ir_variable(l->ir), 0 };
        next.payload = (struct place){ ir_variable(l->ir), 0 };
        next.geneve = true;
        break;
    default: break;
    }
    return next;
}
