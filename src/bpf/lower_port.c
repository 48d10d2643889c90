/* Ports and port ranges of TCP, UDP and SCTP over IPv4 and IPv6. */
#include "base/ethertype.h"
#include "base/ipproto.h"
#include "bpf/lower_set.h"

enum { PORT_MAX = 65535, SRC_PORT = 0, DST_PORT = 2 };
enum { IP_PROTOCOL = 9 };
enum { IP6_NEXT = 6, IP6_HEADER = 40 };

struct ports {
    u32 low, high; /* both inclusive */
    /* Instead of these two, when a list was written, by field: */
    struct interval *set[SET_FIELDS];
    u32 set_count[SET_FIELDS];
    bool is_set;
    u8 protocols[3]; /* of the IP header, `count` of them */
    u32 count;
};

static const struct test *fail_direction(struct lower *l, enum q_dir dir)
{
    static const char *const words[] = {
        [DIR_ADDR1] = "'addr1' and 'address1' are not valid qualifiers",
        [DIR_ADDR2] = "'addr2' and 'address2' are not valid qualifiers",
        [DIR_ADDR3] = "'addr3' and 'address3' are not valid qualifiers",
        [DIR_ADDR4] = "'addr4' and 'address4' are not valid qualifiers",
        [DIR_RA] = "'ra' is not a valid qualifier",
        [DIR_TA] = "'ta' is not a valid qualifier",
    };
    return lower_fail(l, "%s for ports", words[dir]);
}

/* One port field. */
static const struct test *field(struct lower *l, struct place transport, u32 offset,
                                const struct ports *p, struct exits to)
{
    const struct value *port = lower_load(l, transport, offset, 2);
    const char *what = offset == SRC_PORT ? "source port" : "destination port";
    if (p->is_set) {
        enum set_field which = offset == SRC_PORT ? SET_SRC : SET_DST;
        for (u32 i = 0; i < p->set_count[which]; i++)
            p->set[which][i].to = to.yes;
        return set_decide(l, port, p->set[which], p->set_count[which], to.no, what);
    }
    if (p->low == p->high)
        return lower_is(l, CMP_EQ, port, p->low, to, what);
    to.yes = lower_is(l, CMP_GT, port, p->high, swapped(to), what);
    return lower_is(l, CMP_GE, port, p->low, to, what);
}

/* Both port fields as the direction asks. */
static const struct test *fields(struct lower *l, struct place transport, enum q_dir dir,
                                 const struct ports *p, struct exits to)
{
    switch (dir) {
    case DIR_SRC: return field(l, transport, SRC_PORT, p, to);
    case DIR_DST: return field(l, transport, DST_PORT, p, to);
    case DIR_AND: to.yes = field(l, transport, DST_PORT, p, to); break;
    default: to.no = field(l, transport, DST_PORT, p, to); break;
    }
    return field(l, transport, SRC_PORT, p, to);
}

/* The transport protocol is one that was asked for. */
static const struct test *protocols(struct lower *l, const struct value *field, const struct ports *p,
                                    struct exits to, const char *what)
{
    for (u32 i = p->count; i-- > 0;)
        to.no = lower_is(l, CMP_EQ, field, p->protocols[i], to, what);
    return to.no;
}

/* All tests of a list: what it asks of the ports exists once, for IPv4 and IPv6. */
static const struct test *shared_ports(struct lower *l, const struct layout *at,
                                       const struct ports *p, struct exits to)
{
    struct place network = lower_network(at);
    struct exits four = to, six = to;

    to.yes = fields(l, lower_transport(l, network), DIR_OR, p, to);
    four.yes = lower_first_fragment(
        l, network, (struct exits){ lower_set_transport(l, network, false, to.yes), to.no });
    six.yes = lower_set_transport(l, network, true, to.yes);
    four.yes = protocols(l, lower_load(l, network, IP_PROTOCOL, 1), p, four, "protocol of the IPv4 header");
    six.yes = protocols(l, lower_load(l, network, IP6_NEXT, 1), p, six, "next header of the IPv6 header");
    four.no = lower_type(l, at, ETHERTYPE_IPV6, six);
    return lower_type(l, at, ETHERTYPE_IP, four);
}

static const struct test *over_ip4(struct lower *l, struct place network, enum q_dir dir,
                                   const struct ports *p, struct exits to)
{
    to.yes = fields(l, lower_behind_ip(l, network), dir, p, to);
    to.yes = lower_first_fragment(l, network, to);
    return protocols(l, lower_load(l, network, IP_PROTOCOL, 1), p, to, "protocol of the IPv4 header");
}

static const struct test *over_ip6(struct lower *l, struct place network, enum q_dir dir,
                                   const struct ports *p, struct exits to)
{
    to.yes = fields(l, place_add(network, IP6_HEADER), dir, p, to);
    return protocols(l, lower_load(l, network, IP6_NEXT, 1), p, to, "next header of the IPv6 header");
}

/* The tests of all protocols, which share those of the ports; or of each on its own, as libpcap has them. */
static const struct test *over(struct lower *l, struct place network, bool ip6, enum q_dir dir,
                               const struct ports *p, struct exits to)
{
    struct ports one = *p;

    if (!l->ir->as_written)
        return ip6 ? over_ip6(l, network, dir, p, to) : over_ip4(l, network, dir, p, to);
    one.count = 1;
    for (u32 i = p->count; i-- > 0;) {
        one.protocols[0] = p->protocols[i];
        to.no = ip6 ? over_ip6(l, network, dir, &one, to) : over_ip4(l, network, dir, &one, to);
    }
    return to.no;
}

/* All tests of a match. */
static const struct test *ports(struct lower *l, const struct layout *at, enum q_dir dir,
                                const struct ports *p, struct exits to)
{
    struct place network = lower_network(at);
    struct exits four = to;

    if (at->plain) {
        to.yes = fields(l, lower_plain_transport(l, at), dir, p, to);
        to.yes = lower_plain_first(l, to);
        return protocols(l, l->plain.protocol, p, to, "protocol behind the network header");
    }
    four.no = lower_type(l, at, ETHERTYPE_IPV6, (struct exits){ over(l, network, true, dir, p, to), to.no });
    /* Where the link layer cannot tell the two apart, the packet may still be the other one. */
    struct exits in_four = { to.yes, at->spelling == SPELL_JUNIPER ? four.no : to.no };
    four.yes = over(l, network, false, dir, p, in_four);
    return lower_type(l, at, ETHERTYPE_IP, four);
}

/* The protocols that a qualifier stands for; false after an error. */
static bool set_protocols(struct lower *l, const struct match *m, struct ports *p)
{
    switch (m->proto) {
    case Q_TCP: p->protocols[0] = IPPROTO_TCP; break;
    case Q_UDP: p->protocols[0] = IPPROTO_UDP; break;
    case Q_SCTP: p->protocols[0] = IPPROTO_SCTP; break;
    case Q_ANY:
        p->protocols[0] = IPPROTO_TCP;
        p->protocols[1] = IPPROTO_UDP;
        p->protocols[2] = IPPROTO_SCTP;
        p->count = 3;
        return true;
    default:
        lower_fail(l, "illegal qualifier of '%s'", m->type == TYPE_PORT ? "port" : "portrange");
        return false;
    }
    p->count = 1;
    return true;
}

static bool in_range(struct lower *l, const struct match *m, u32 port)
{
    if (port > PORT_MAX)
        lower_fail_id(l, m, "illegal port number %u > 65535", port);
    return port <= PORT_MAX;
}

/* A service as the resolver knows it. */
struct service {
    u32 port;
    u8 only;          /* the one protocol that it is registered for, or 0 */
    const char *text; /* its name */
};

/* Looks a service name up, or reads a number; false when it is unknown. */
static bool find_service(struct lower *l, enum q_proto wanted, struct str name,
                         struct service *found)
{
    static const struct {
        u8 proto, transport, number;
        const char *text;
    } rows[] = {
        { Q_TCP, TRANSPORT_TCP, IPPROTO_TCP, "tcp" },
        { Q_UDP, TRANSPORT_UDP, IPPROTO_UDP, "udp" },
        { Q_SCTP, TRANSPORT_SCTP, IPPROTO_SCTP, "sctp" },
    };
    const struct resolver *names = l->options->names;
    u16 numbers[countof(rows)];
    bool known[countof(rows)];
    u64 digits;

    if (str_to_u64(name, UINT32_MAX, &digits)) {
        *found = (struct service){ .port = (u32)digits };
        return true;
    }
    for (size_t i = 0; i < countof(rows); i++) {
        known[i] = names != NULL && names->find_port != NULL &&
                   names->find_port(names->context, name, (enum transport)rows[i].transport,
                                    &numbers[i]);
        if (known[i] && wanted == rows[i].proto) {
            *found = (struct service){ .port = numbers[i] };
            return true;
        }
    }
    bool both = known[0] && known[1] && numbers[0] == numbers[1]; /* good for SCTP as well */
    size_t first = known[0] ? 0 : known[1] ? 1 : 2;
    if (known[first])
        *found = (struct service){ numbers[first], both ? 0 : rows[first].number,
                                   rows[first].text };
    return known[first];
}

/*
 * Without a protocol in the expression, a service that is registered for TCP or for UDP only
 * restricts the match to that; with another one there, it does not fit.
 */
static bool restrict_to(struct lower *l, const struct match *m, const struct service *s,
                        struct ports *p)
{
    if (s->only == 0)
        return true;
    if (m->proto != Q_ANY) {
        lower_fail_id(l, m, "port '%pS' is %s", (const void *)&m->id.text, s->text);
        return false;
    }
    p->protocols[0] = s->only;
    p->count = 1;
    return true;
}

static bool single(struct lower *l, const struct match *m, struct ports *p)
{
    struct service s;
    if (!find_service(l, m->proto, m->id.text, &s)) {
        lower_fail_id(l, m, "unknown port '%pS'", (const void *)&m->id.text);
        if (is_digit(m->id.text.p[0]) && str_find(m->id.text, '-') < m->id.text.len)
            diag_hint(l->diag, "a range is written \"portrange %pS\"", (const void *)&m->id.text);
        return false;
    }
    p->low = p->high = s.port;
    return restrict_to(l, m, &s, p);
}

/*
 * `80-90`, `http-https`, `80-https`.  A service name may hold dashes itself: the first cut with
 * known names on both sides counts.  Ends that are not registered for the same protocol restrict
 * nothing.
 */
static bool range(struct lower *l, const struct match *m, struct ports *p)
{
    struct str text = m->id.text;
    for (size_t dash = 0; dash < text.len; dash++) {
        struct service low, high;
        if (text.p[dash] != '-' || !find_service(l, m->proto, str_make(text.p, dash), &low) ||
            !find_service(l, m->proto, str_from(text, dash + 1), &high))
            continue;
        p->low = low.port;
        p->high = high.port;
        return low.only != high.only || restrict_to(l, m, &low, p);
    }
    lower_fail_id(l, m, "unknown port in range '%pS'", (const void *)&text);
    if (str_find(text, '-') == text.len)
        diag_hint(l->diag, "a range has two ends; a single one is written \"port %pS\"",
                  (const void *)&text);
    return false;
}

const struct test *lower_port(struct lower *l, const struct layout *at, const struct match *m,
                              struct exits to)
{
    struct ports p = { .low = 0 };

    if (m->dir > DIR_AND)
        return fail_direction(l, m->dir);
    if (!set_protocols(l, m, &p))
        return to.no;
    switch (m->id.kind) {
    case OPERAND_NUMBER: p.low = p.high = m->id.number; break;
    case OPERAND_IP4:
        if (m->id.mask_kind != MASK_NONE)
            return lower_fail_id(l, m, "Mask syntax for networks only");
        return lower_fail_id(l, m, "illegal port number %pS > 65535", (const void *)&m->id.text);
    case OPERAND_NAME:
        if (m->type == TYPE_PORT ? !single(l, m, &p) : !range(l, m, &p))
            return to.no;
        break;
    case OPERAND_IP6: return lower_fail_id(l, m, "invalid qualifier against IPv6 address");
    case OPERAND_MAC: return lower_fail_mac(l, m);
    default: return lower_fail_id(l, m, "ARCnet address used in non-arc expression");
    }
    if (!in_range(l, m, p.low) || !in_range(l, m, p.high))
        return to.no;
    if (p.low > p.high) {
        u32 low = p.high;
        p.high = p.low;
        p.low = low;
    }
    return ports(l, at, m->dir, &p, to);
}

bool set_port_interval(const struct match *m, u32 *low, u32 *high)
{
    struct str text = m->id.text;
    size_t dash = str_find(text, '-');
    u64 from, to;

    *low = *high = m->id.number;
    if (m->id.kind == OPERAND_NUMBER)
        return m->id.number <= PORT_MAX;
    if (m->type != TYPE_PORTRANGE || m->id.kind != OPERAND_NAME || dash == text.len ||
        !str_to_u64(str_make(text.p, dash), PORT_MAX, &from) ||
        !str_to_u64(str_from(text, dash + 1), PORT_MAX, &to))
        return false;
    *low = (u32)(from < to ? from : to);
    *high = (u32)(from < to ? to : from);
    return true;
}

const struct test *set_lower_port(struct lower *l, const struct set *set, struct exits to)
{
    struct ports p = { .is_set = true };

    for (enum set_field f = SET_SRC; f < SET_FIELDS; f++)
        p.set[f] = arena_new(l->ir->arena, struct interval, set->count);
    if (l->ir->arena->full || !set_protocols(l, set->first, &p))
        return to.no;
    for (u32 i = 0; i < set->count; i++) {
        struct interval range = { .to = NULL };
        set_port_interval(set->members[i], &range.low, &range.high);
        for (enum set_field f = SET_SRC; f < SET_FIELDS; f++)
            if (set_asks(set->members[i], f))
                p.set[f][p.set_count[f]++] = range;
    }
    bool apart = set->at->plain || set->at->spelling == SPELL_JUNIPER;
    return apart ? ports(l, set->at, DIR_OR, &p, to) : shared_ports(l, set->at, &p, to);
}
