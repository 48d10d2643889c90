/*
 * BGP-4: extended communities.  RFC 4360 and those named in the table.
 *
 *   +-+-+-----------+---------------+-------------------------------+
 *   |I|T|   type    |   sub-type    |   value, 6 bytes              |
 *   +-+-+-----------+---------------+-------------------------------+
 */
#include "base/decimal.h"
#include "print/printer.h"
#include "print/proto/bgp/bgp.h"
#include "print/proto/l2vpn.h"

enum { TYPE, VALUE = 2, COMMUNITY_LEN = 8 };

NAMES(flag_names, (0x8000, "vendor-specific") (0x4000, "non-transitive"));

typedef void community_printer(struct dissect *d, struct view v);

static void say_as2(struct dissect *d, struct view v)
{
    say(d, "%u:%u (= %pI4)", be16_at(d, v, VALUE), be32_at(d, v, VALUE + 2),
        bytes_at(d, v, VALUE + 2, 4));
}

static void say_address(struct dissect *d, struct view v)
{
    say(d, "%pI4:%u", bytes_at(d, v, VALUE, 4), be16_at(d, v, VALUE + 4));
}

static void say_as4(struct dissect *d, struct view v)
{
    bgp_say_as(d, be32_at(d, v, VALUE));
    say(d, ":%u", be16_at(d, v, VALUE + 4));
}

static void say_id(struct dissect *d, struct view v)
{
    say_ip4_at(d, v, VALUE);
}

static void say_source_as(struct dissect *d, struct view v)
{
    say(d, "AS %u", be16_at(d, v, VALUE));
}

/* RFC 4577, section 4.2.6: area, kind of route, options. */
static void say_ospf_route(struct dissect *d, struct view v)
{
    enum { EXTERNAL = 5, NSSA = 7, METRIC_TYPE_2 = 1 };
    NAMES(kinds,
          (1, "Router")
          (2, "Network")
          (3, "Summary")
          (5, "External")
          (7, "NSSA External")
          (129, "MPLS-VPN Sham"));
    u8 kind = u8_at(d, v, VALUE + 4), options = u8_at(d, v, VALUE + 5);

    say(d, "area:%pI4, router-type:%s, metric-type:%s%s", bytes_at(d, v, VALUE, 4),
        name_of(d, &kinds.names, kind, "unknown (0x%02x)"), (options & METRIC_TYPE_2) != 0 ? "E2" : "",
        kind == EXTERNAL || kind == NSSA ? "E1" : ""); /* as tcpdump: both, when it is E2 */
}

/* RFC 9012, section 5 */
static void say_encapsulation(struct dissect *d, struct view v)
{
    NAMES(tunnels,
          (1, "L2TPv3 over IP") (2, "GRE") (3, "Transmit Tunnel") (4, "IPsec")
          (5, "IP in IP with IPsec") (6, "MPLS in IP with IPsec") (7, "IP in IP") (8, "VXLAN")
          (9, "NVGRE") (10, "MPLS") (11, "MPLS in GRE") (12, "VXLAN GPE") (13, "MPLS in UDP")
          (14, "IPv6") (15, "SR TE") (16, "Bare") (17, "SR"));

    say(d, "Tunnel type: %s",
        name_of(d, &tunnels.names, be16_at(d, v, VALUE + 4), "unknown encaps"));
}

/* draft-ietf-idr-link-bandwidth: bytes per second */
static void say_bandwidth(struct dissect *d, struct view v)
{
    /* rounded where it is stored: some processors (s390x) compute with more digits */
    const float bits = float_from_bits(be32_at(d, v, VALUE + 2)) * 8;
    say_z(d, "bandwidth: ");
    out_float(d->out, bits / 1000000, 3);
    say_z(d, " Mbps");
}

/* RFC 4761, section 3.2.4 */
static void say_layer2_info(struct dissect *d, struct view v)
{
    say(d, "%s Control Flags [0x%02x]:MTU %u",
        name_of(d, l2vpn_encapsulations, u8_at(d, v, VALUE), "unknown encaps"),
        u8_at(d, v, VALUE + 1), be16_at(d, v, VALUE + 2));
}

/* NULL: the value is shown as it is. */
static const struct community {
    u16 type;
    const char *name;
    community_printer *say;
} communities[] = {
    { 0x0002, "target", say_as2 },          /* RFC 4360, section 4 */
    { 0x0003, "origin", say_as2 },          /* RFC 4360, section 5 */
    { 0x0005, "ospf-domain", say_id },      /* RFC 4577 */
    { 0x0009, "source-AS", say_source_as }, /* RFC 6514, section 6 */
    { 0x000a, "l2vpn-id", say_as2 },        /* RFC 6074, section 3.2.2.1 */
    { 0x0102, "target", say_address },
    { 0x0103, "origin", say_address },
    { 0x0105, "ospf-domain", say_id },
    { 0x0107, "ospf-router-id", say_id },        /* RFC 4577 */
    { 0x010b, "vrf-route-import", say_address }, /* RFC 6514, section 7 */
    { 0x0202, "target", say_as4 },               /* RFC 5668 */
    { 0x0203, "origin", say_as4 },
    { 0x0205, "ospf-domain", say_id },
    { 0x0306, "ospf-route-type", say_ospf_route },
    { 0x030c, "encapsulation", say_encapsulation },
    { 0x4004, "link-BW", say_bandwidth },
    /* as older routers of Cisco's have them */
    { 0x8000, "ospf-route-type", say_ospf_route },
    { 0x8001, "ospf-router-id", say_id },
    { 0x8005, "ospf-domain", say_id },
    { 0x800a, "layer2-info", say_layer2_info },
    { 0x8800, "eigrp-general-route (flag, tag)", NULL },
    { 0x8801, "eigrp-route-metric (AS, delay)", NULL },
    { 0x8802, "eigrp-route-metric (reliability, nexthop, bandwidth)", NULL },
    { 0x8803, "eigrp-route-metric (load, MTU)", NULL },
    { 0x8804, "eigrp-external-route (remote-AS, remote-ID)", NULL },
    { 0x8805, "eigrp-external-route (remote-proto, remote-metric)", NULL },
    { 0xf10a, "l2vpn-id", say_address },
};

static const struct community *find(u16 type)
{
    for (size_t i = 0; i < countof(communities); i++)
        if (communities[i].type == type)
            return &communities[i];
    return NULL;
}

static void say_community(struct dissect *d, struct view v)
{
    u16 type = be16_at(d, v, TYPE);
    const struct community *c = find(type);

    say(d, "\n\t    %s (0x%04x), Flags [%s]: ",
        c != NULL ? c->name : "unknown extd community typecode", type,
        flags_of(d, &flag_names.names, type, ", ", "none"));
    if (c != NULL && c->say != NULL)
        c->say(d, v);
    else
        for (u32 i = VALUE; i < COMMUNITY_LEN; i++)
            say(d, "%02x", u8_at(d, v, i));
}

void bgp_extended_communities(struct dissect *d, struct view v)
{
    for (; v.len >= COMMUNITY_LEN; v = view_from(v, COMMUNITY_LEN))
        if (!d->sealed)
            say_community(d, v);
}
