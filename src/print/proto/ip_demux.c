/* What follows an IP header of either version. */
#include "print/proto/ip.h"

#include "base/ipproto.h"
#include "print/printer.h"
#include "print/proto/ip6.h"
#include "print/proto/ip_options.h"
#include "print/state/sessions.h"

enum { IP_HEADER_LEN = 20, IP_PROTOCOL = 9, IP_ADDRESSES = 12, IP6_NEXT_HEADER = 6, IP6_ADDRESSES = 8 };

static void say_address(struct dissect *d, struct view address)
{
    if (d->net.version == 6)
        say_ip6_at(d, address, 0);
    else
        say_ip4_at(d, address, 0);
}

void say_net_source(struct dissect *d)
{
    say_address(d, d->net.src);
}

void say_net_destination(struct dissect *d)
{
    say_address(d, d->net.dst);
}

void say_hosts(struct dissect *d)
{
    say_net_source(d);
    out_text_z(d->out, " > ");
    say_net_destination(d);
}

bool hosts_said(const struct dissect *d, u8 protocol)
{
    u32 at = d->net.version == 6 ? IP6_NEXT_HEADER : IP_PROTOCOL;

    return view_byte(d->net.header, at) != protocol;
}

/* The usual case, numbers: text that was made for a packet before.  NULL when it is another. */
static struct conversation *say_numeric_endpoints(struct dissect *d, u8 protocol)
{
    const struct net_info *net = &d->net;
    const void *hosts = net->version == 6   ? view_at(net->header, IP6_ADDRESSES, 2 * 16)
                        : net->version == 4 ? view_at(net->header, IP_ADDRESSES, 2 * 4)
                                            : NULL;

    if (hosts == NULL || !d->opt->numeric || hosts_said(d, protocol) || !out_room(d->out, ENDS_TEXT_MAX))
        return NULL;
    struct conversation *c =
        conversation_find(&d->sessions->conversations, net->version, hosts, d->sport, d->dport);
    d->out->pos = conversation_text(c, d->out->pos, protocol == IPPROTO_TCP);
    return c;
}

static void say_endpoints(struct dissect *d, bool hosts, void (*say_port)(struct dissect *, u16))
{
    if (hosts) {
        say_address(d, d->net.src);
        out_char(d->out, '.');
    }
    say_port(d, d->sport);
    out_text_z(d->out, " > ");
    if (hosts) {
        say_address(d, d->net.dst);
        out_char(d->out, '.');
    }
    say_port(d, d->dport);
    out_text_z(d->out, ": ");
}

struct conversation *say_tcp_endpoints(struct dissect *d)
{
    struct conversation *c = say_numeric_endpoints(d, IPPROTO_TCP);

    if (unlikely(c == NULL))
        say_endpoints(d, !hosts_said(d, IPPROTO_TCP), say_tcp_port);
    return c;
}

void say_udp_endpoints(struct dissect *d)
{
    if (unlikely(say_numeric_endpoints(d, IPPROTO_UDP) == NULL))
        say_endpoints(d, !hosts_said(d, IPPROTO_UDP), say_udp_port);
}

static struct view final_destination(const struct dissect *d)
{
    if (d->net.version == 6)
        return ip6_final_destination(d->net.header);
    int first = view_byte(d->net.header, 0);
    u32 header_len = first < 0 ? 0 : ((u32)first & 15) * 4;
    return header_len > IP_HEADER_LEN ? ip_final_destination(d->net.header, header_len, d->net.dst)
                                      : d->net.dst;
}

/* as tcpdump: ports of SCTP and DCCP are always numbers, and their hosts are said again */
static void say_port_number(struct dissect *d, u16 port)
{
    out_dec(d->out, port);
}

void say_port_numbers(struct dissect *d)
{
    say_endpoints(d, true, say_port_number);
}

/* An address of IPv4 is not worth the way through the sum of any number of bytes. */
static void add_address(struct checksum *c, struct view address)
{
    if (address.cap == 4)
        checksum_add32(c, load_be32(view_at(address, 0, 4)));
    else
        checksum_add(c, address);
}

struct checksum pseudo_header(const struct dissect *d, u8 protocol, u32 length)
{
    struct checksum c = { 0 };

    add_address(&c, d->net.src);
    add_address(&c, final_destination(d));
    checksum_add16(&c, protocol);
    checksum_add32(&c, d->net.version == 6 ? length : length & UINT16_MAX);
    return c;
}

static void say_unknown(struct dissect *d, struct view v, u8 protocol)
{
    if (protocol == IPPROTO_NONE) {
        say_z(d, "no next header");
        return;
    }
    if (protocol == IPPROTO_ND)
        say_z(d, " nd");
    else
        say_ip_protocol(d, protocol);
    say(d, " %u", v.len);
}

/*
 * Why a protocol cannot follow this version of IP; "" when the other version's protocol is unknown
 * here, NULL when there is nothing wrong.
 */
static const char *misplaced(const struct dissect *d, u8 protocol)
{
    bool v6 = d->net.version == 6;

    switch (protocol) {
    case IPPROTO_ICMP: return v6 ? "[ICMP requires IPv4]" : NULL;
    case IPPROTO_IGMP: return v6 ? "[IGMP requires IPv4]" : NULL;
    case IPPROTO_ICMPV6: return v6 ? NULL : "[ICMPv6 requires IPv6]";
    case IPPROTO_ETHERNET: return v6 ? NULL : "[Ethernet requires IPv6]";
    case IPPROTO_MOBILITY_OLD:
    case IPPROTO_MOBILITY: /* as tcpdump: known in a chain of IPv6 headers only, not behind AH */
        return v6 && d->net.protocol == protocol ? NULL : "";
    default: return NULL;
    }
}

void ip_demux(struct dissect *d, struct view v, u8 protocol)
{
    const char *flaw = misplaced(d, protocol);

    if (flaw == NULL) {
        if (!dispatch_ip_protocol(d, protocol, v))
            say_unknown(d, v, protocol);
    } else if (*flaw == '\0') {
        say_unknown(d, v, protocol);
    } else {
        say_z(d, flaw);
        invalid(d);
    }
}
