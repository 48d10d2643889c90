/* The two sets of names that IP's protocols have: in -v lines, and for those that nobody prints. */
#include "base/ipproto.h"
#include "print/printer.h"
#include "print/proto/ip.h"

NAMES(protocols,
      (IPPROTO_TCP, "TCP")
      (IPPROTO_UDP, "UDP")
      (IPPROTO_ICMP, "ICMP")
      (IPPROTO_ICMPV6, "ICMPv6")
      (IPPROTO_HOPOPTS, "Options")
      (IPPROTO_IGMP, "IGMP")
      (IPPROTO_IPV4, "IPIP")
      (IPPROTO_EGP, "EGP")
      (IPPROTO_PIGP, "IGRP")
      (IPPROTO_DCCP, "DCCP")
      (IPPROTO_IPV6, "IPv6")
      (IPPROTO_ROUTING, "Routing")
      (IPPROTO_FRAGMENT, "Fragment")
      (IPPROTO_RSVP, "RSVP")
      (IPPROTO_GRE, "GRE")
      (IPPROTO_ESP, "ESP")
      (IPPROTO_AH, "AH")
      (IPPROTO_MOBILE, "Mobile IP")
      (IPPROTO_MOBILITY_OLD, "Mobile IP (old)")
      (IPPROTO_EIGRP, "EIGRP")
      (IPPROTO_OSPF, "OSPF")
      (IPPROTO_PIM, "PIM")
      (IPPROTO_IPCOMP, "Compressed IP")
      (IPPROTO_VRRP, "VRRP")
      (IPPROTO_PGM, "PGM")
      (IPPROTO_SCTP, "SCTP")
      (IPPROTO_MOBILITY, "Mobility")
      (IPPROTO_ETHERNET, "Ethernet"));

const char *ip_protocol_name(u8 protocol)
{
    const char *name = name_find(&protocols.names, protocol);
    return name != NULL ? name : "unknown";
}

/* IANA "Protocol Numbers", keywords in lower case; as tcpdump, some newer ones are missing. */
static const char *const keywords[256] = {
    "hopopt", "icmp", "igmp", "ggp", "ipencap", "st", "tcp", "cbt", "egp", "igp", "bbn-rcc-mon",
    "nvp-ii", "pup", "argus", "emcon", "xnet", "chaos", "udp", "mux", "dcn-meas", "hmp", "prm",
    "xns-idp", "trunk-1", "trunk-2", "leaf-1", "leaf-2", "rdp", "irtp", "iso-tp4", "netblt",
    "mfe-nsp", "merit-inp", "dccp", "3pc", "idpr", "xtp", "ddp", "idpr-cmtp", "tp++", "il",
    "ipv6", "sdrp", "ipv6-route", "ipv6-frag", "idrp", "rsvp", "gre", "dsr", "bna", "esp", "ah",
    "i-nlsp", "swipe", "narp", "mobile", "tlsp", "skip", "ipv6-icmp", "ipv6-nonxt", "ipv6-opts",
    NULL, "cftp", NULL, "sat-expak", "kryptolan", "rvd", "ippc", NULL, "sat-mon", "visa", "ipcv",
    "cpnx", "rspf", "wsn", "pvp", "br-sat-mon", "sun-nd", "wb-mon", "wb-expak", "iso-ip", "vmtp",
    "secure-vmtp", "vines", "ttp", "nsfnet-igp", "dgp", "tcf", "eigrp", "ospf", "sprite-rpc",
    "larp", "mtp", "ax.25", "ipip", "micp", "scc-sp", "etherip", "encap", NULL, "gmtp", "ifmp",
    "pnni", "pim", "aris", "scps", "qnx", "a/n", "ipcomp", "snp", "compaq-peer", "ipx-in-ip",
    "vrrp", "pgm", NULL, "l2tp", "ddx", "iatp", "stp", "srp", "uti", "smp", "sm", "ptp", "isis",
    "fire", "crtp", "crudp", "sscopmce", "iplt", "sps", "pipe", "sctp", "fc", "rsvp-e2e-ignore",
    [135] = "mobility-header",
    [136] = "udplite",
    [137] = "mpls-in-ip",
    [138] = "manet",
    [139] = "hip",
    [140] = "shim6",
    [141] = "wesp",
    [142] = "rohc",
    [253] = "exptest-253",
    [254] = "exptest-254",
    [255] = "reserved",
};

const char *ip_protocol_keyword(u8 protocol) { return keywords[protocol]; }

void say_ip_protocol(struct dissect *d, u8 protocol)
{
    if (!d->opt->numeric && keywords[protocol] != NULL)
        say(d, " %s", keywords[protocol]);
    else
        say(d, " ip-proto-%u", protocol);
}
