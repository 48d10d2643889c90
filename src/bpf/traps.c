/* The traps, and how an expression is searched for them. */
#include "bpf/traps.h"

#include "base/linktype.h"

/* What an expression has in it. */
struct signs {
    bool moved;        /* headers have been moved by a word on the left */
    bool moves_others; /* and something stands on the right of it */
    bool negated_move; /* under a `not` */
    bool vlan, tunnel;
    bool accesses;     /* tcp[...] and its like */
    bool ports;
    bool protocols;    /* tcp, udp, icmp6: words that look behind the network header */
    bool hosts;        /* addresses without a protocol: ARP as well */
    bool broadcast;
    bool length;
};

static bool has_transport_access(const struct arith *a)
{
    if (a == NULL)
        return false;
    if (a->kind == ARITH_LOAD && a->proto >= Q_TCP && a->proto <= Q_CARP && a->proto != Q_ICMP6)
        return true;
    return has_transport_access(a->a) || has_transport_access(a->b);
}

static bool has_length(const struct arith *a)
{
    return a != NULL && (a->kind == ARITH_LEN || has_length(a->a) || has_length(a->b));
}

static bool is_negated(const struct ast *n)
{
    bool negated = false;
    for (n = n->up; n != NULL; n = n->up)
        negated = negated != (n->kind == AST_NOT);
    return negated;
}

static void look_at_match(const struct match *m, struct signs *s)
{
    s->ports |= m->type == TYPE_PORT || m->type == TYPE_PORTRANGE;
    s->protocols |= m->type == TYPE_PROTO && m->proto != Q_LINK;
    s->hosts |= (m->type == TYPE_HOST || m->type == TYPE_NET) && m->proto == Q_ANY &&
                (m->id.kind == OPERAND_IP4 || m->id.kind == OPERAND_NAME);
}

static void look_at(const struct ast *n, struct signs *s, bool plain)
{
    switch (n->kind) {
    case AST_ENCAP:
        s->vlan |= n->encap.kind == ENCAP_VLAN;
        s->tunnel |= n->encap.kind == ENCAP_GENEVE || n->encap.kind == ENCAP_VXLAN;
        if (n->encap.kind == ENCAP_PPPOED || (plain && n->encap.kind == ENCAP_VLAN))
            break;
        s->moved = true;
        s->negated_move |= is_negated(n);
        break;
    case AST_COMPARE:
        s->accesses |= has_transport_access(n->compare.left) || has_transport_access(n->compare.right);
        s->length |= has_length(n->compare.left) || has_length(n->compare.right);
        break;
    case AST_LENGTH: s->length = true; break;
    case AST_MATCH: look_at_match(&n->match, s); break;
    case AST_PROTOCOL: s->protocols |= n->proto >= Q_TCP && n->proto <= Q_ESP; break;
    case AST_BROADCAST: s->broadcast = true; break;
    default: break;
    }
}

static const struct trap order = { "order",
    "vlan, mpls, pppoes, geneve and vxlan move the headers for every word on their right, even under "
    "`not` and behind `or`: write them last if that is not meant." };
static const struct trap negated = { "negation",
    "Under `not`, a word that moves headers does so all the same: `not vlan and ip` looks for IPv4 "
    "behind a tag that is not there; write `ip and not vlan`. With --filter-dialect=plain both mean"
    " the same." };
static const struct trap tags = { "tags",
    "Packets in VLAN tags or tunnels are not looked into; `vlan and ...` does that, and --filter-"
    "dialect=plain looks under tags by itself." };
static const struct trap extensions = { "ip6-extensions",
    "Behind IPv6 extension headers nothing is found: a port or a protocol is looked for right "
    "behind the IPv6 header (a protocol also behind one fragment header). `ip6 protochain tcp` "
    "follows the chain, and so does --filter-dialect=plain." };
static const struct trap fragments = { "fragments",
    "Only the first fragment of a packet has ports and the like: later ones do not match, and "
    "are not excluded by `not`." };
static const struct trap accesses = { "ip4-only",
    "tcp[...], udp[...] and their like look at IPv4 only; of IPv6, `ip6[40 + n]` reads byte n of "
    "what follows the header. With --filter-dialect=plain they look at both." };
static const struct trap metadata = { "tag-metadata",
    "Live, the kernel may have taken the tag off the packet and kept it beside it; --live shows the "
    "program for that." };
static const struct trap and_or = { "and-or",
    "`and` and `or` bind equally, from left to right: use brackets where both are." };
static const struct trap arp = { "arp",
    "`host` and `net` with an IPv4 address also match ARP and RARP that ask for it; `ip host` does "
    "not." };
static const struct trap lengths = { "length",
    "The length is that of the packet on the wire with its link-layer header, and live, of what the "
    "network card has put together: often more than the MTU." };
static const struct trap tunnels = { "tunnels",
    "Tunnels are known by their UDP port: 6081 for geneve, 4789 for vxlan." };

const struct trap trap_never = { "never",
    "No packet can match: what the words ask for contradicts itself." };

/* Whether brackets are missing: a list directly in one of the other kind, at its left end. */
static bool mixes(const struct parsed *parsed)
{
    const struct ast *n = parsed->root;
    return n != NULL && (n->kind == AST_AND || n->kind == AST_OR) &&
           (n->list.first->kind == AST_AND || n->list.first->kind == AST_OR) &&
           n->list.first->kind != n->kind && n->list.first->at.beg == n->list.first->list.first->at.beg;
}

u32 find_traps(const struct parsed *parsed, const struct filter_options *options, const struct trap **traps)
{
    struct signs s = { .moved = false };
    u32 n = 0;

    for (u32 i = 0; i < parsed->leaf_count; i++) {
        s.moves_others |= s.moved;
        look_at(parsed->leaves[i], &s, options->plain);
    }
    bool ethernet = options->linktype == LINKTYPE_EN10MB, plain = options->plain;
    if (s.moves_others)
        traps[n++] = &order;
    if (s.negated_move && s.moves_others && !plain)
        traps[n++] = &negated;
    if (mixes(parsed))
        traps[n++] = &and_or;
    if (!s.moved && ethernet && !plain && (s.ports || s.protocols || s.hosts))
        traps[n++] = &tags;
    if ((s.ports || s.protocols) && !plain)
        traps[n++] = &extensions;
    if (s.ports || s.accesses)
        traps[n++] = &fragments;
    if (s.accesses && !plain)
        traps[n++] = &accesses;
    if (s.vlan && !options->live && !plain)
        traps[n++] = &metadata;
    if (s.hosts)
        traps[n++] = &arp;
    if (s.length)
        traps[n++] = &lengths;
    if (s.tunnel)
        traps[n++] = &tunnels;
    return n;
}
