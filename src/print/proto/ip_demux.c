/* What follows an IP header of either version. */
#include "print/proto/ip.h"

#include "base/ipproto.h"
#include "print/printer.h"

static const struct name protocols[] = {
    { IPPROTO_TCP, "TCP" },
    { IPPROTO_UDP, "UDP" },
    { IPPROTO_ICMP, "ICMP" },
    { IPPROTO_ICMPV6, "ICMPv6" },
    { IPPROTO_HOPOPTS, "Options" },
    { IPPROTO_IGMP, "IGMP" },
    { IPPROTO_IPV4, "IPIP" },
    { IPPROTO_EGP, "EGP" },
    { IPPROTO_PIGP, "IGRP" },
    { IPPROTO_DCCP, "DCCP" },
    { IPPROTO_IPV6, "IPv6" },
    { IPPROTO_ROUTING, "Routing" },
    { IPPROTO_FRAGMENT, "Fragment" },
    { IPPROTO_RSVP, "RSVP" },
    { IPPROTO_GRE, "GRE" },
    { IPPROTO_ESP, "ESP" },
    { IPPROTO_AH, "AH" },
    { IPPROTO_MOBILE, "Mobile IP" },
    { IPPROTO_MOBILITY_OLD, "Mobile IP (old)" },
    { IPPROTO_EIGRP, "EIGRP" },
    { IPPROTO_OSPF, "OSPF" },
    { IPPROTO_PIM, "PIM" },
    { IPPROTO_IPCOMP, "Compressed IP" },
    { IPPROTO_VRRP, "VRRP" },
    { IPPROTO_PGM, "PGM" },
    { IPPROTO_SCTP, "SCTP" },
    { IPPROTO_MOBILITY, "Mobility" },
    { IPPROTO_ETHERNET, "Ethernet" },
    NAMES_END
};

const char *ip_protocol_name(u8 protocol)
{
    const char *name = name_find(protocols, protocol);
    return name != NULL ? name : "unknown";
}

static void say_address(struct dissect *d, struct view address)
{
    if (d->net.version == 6)
        say_ip6_at(d, address, 0);
    else
        say_ip4_at(d, address, 0);
}

void say_hosts(struct dissect *d)
{
    say_address(d, d->net.src);
    out_text_z(d->out, " > ");
    say_address(d, d->net.dst);
}

void say_tcp_endpoints(struct dissect *d)
{
    say_address(d, d->net.src);
    out_char(d->out, '.');
    say_tcp_port(d, d->sport);
    out_text_z(d->out, " > ");
    say_address(d, d->net.dst);
    out_char(d->out, '.');
    say_tcp_port(d, d->dport);
    out_text_z(d->out, ": ");
}

void say_udp_endpoints(struct dissect *d)
{
    say_address(d, d->net.src);
    out_char(d->out, '.');
    say_udp_port(d, d->sport);
    out_text_z(d->out, " > ");
    say_address(d, d->net.dst);
    out_char(d->out, '.');
    say_udp_port(d, d->dport);
    out_text_z(d->out, ": ");
}

void say_ip_protocol(struct dissect *d, u8 protocol)
{
    if (!d->opt->numeric && d->names != NULL && d->names->ip_protocol != NULL) {
        struct str name = d->names->ip_protocol(d->names->context, protocol);
        if (name.len > 0) {
            out_char(d->out, ' ');
            out_str(d->out, name);
            return;
        }
    }
    out_text_z(d->out, " ip-proto-");
    out_dec(d->out, protocol);
}

struct checksum pseudo_header(const struct dissect *d, u8 protocol, u32 length)
{
    struct checksum c = { 0 };

    checksum_add(&c, d->net.src);
    checksum_add(&c, d->net.dst);
    checksum_add16(&c, protocol);
    checksum_add32(&c, length);
    return c;
}

/* Some protocols exist under one version only. */
static bool belongs(struct dissect *d, u8 protocol)
{
    if (protocol == IPPROTO_ICMPV6 && d->net.version != 6) {
        say_z(d, "[ICMPv6 requires IPv6]");
        invalid(d);
        return false;
    }
    if (protocol == IPPROTO_ETHERNET && d->net.version != 6) {
        say_z(d, "[Ethernet requires IPv6]");
        invalid(d);
        return false;
    }
    return true;
}

void ip_demux(struct dissect *d, struct view v, u8 protocol)
{
    if (!belongs(d, protocol) || dispatch_ip_protocol(d, protocol, v))
        return;
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
