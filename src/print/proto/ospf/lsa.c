/*
 * Link state advertisements of OSPF version 2.  RFC 2328, appendix A.4; RFC 1584 (group
 * membership), RFC 3101 (NSSA), RFC 4915 (topologies), RFC 5250 (opaque).
 *
 *    0               1               2               3
 *   +-------------------------------+---------------+---------------+
 *   |              age              |    options    |     type      |
 *   |      link state identification, or opaque type and number     |
 *   |                      advertising router                       |
 *   |                       sequence number                         |
 *   |           checksum            |    length (with all this)     |
 *   +-------------------------------+-------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/ospf/ospf.h"

SHARED_NAMES(ospf_lsa_types,
             (LSA_ROUTER, "Router")
             (LSA_NETWORK, "Network")
             (LSA_SUMMARY_NETWORK, "Summary")
             (LSA_SUMMARY_ROUTER, "ASBR Summary")
             (LSA_EXTERNAL, "External")
             (LSA_GROUP, "Multicast Group")
             (LSA_NSSA, "NSSA")
             (LSA_OPAQUE_LINK, "Link Local Opaque")
             (LSA_OPAQUE_AREA, "Area Local Opaque")
             (LSA_OPAQUE_DOMAIN, "Domain Wide Opaque"));

SHARED_NAMES(ospf_opaque_types,
             (OPAQUE_TE, "Traffic Engineering")
             (OPAQUE_GRACE, "Graceful restart")
             (OPAQUE_RI, "Router Information"));

NAMES(topologies, (0, "default") (1, "multicast") (2, "management"));

NAMES(router_flags,
      (0x01, "ABR")
      (0x02, "ASBR")
      (0x04, "Virtual")
      (0x08, "Wildcard")
      (0x10, "Nt")
      (0x80, "Host"));

static const char *topology_name(struct dissect *d, u32 topology)
{
    return name_of(d, &topologies.names, topology, "Unknown");
}

bool ospf_lsa_header(struct dissect *d, struct view v)
{
    u16 length = be16_at(d, v, LSA_LENGTH);

    if (d->sealed)
        return false;
    if (length < LSA_HEADER_LEN) {
        say(d, "\n\t    Bogus length %u < header (%u)", length, (unsigned)LSA_HEADER_LEN);
        return false;
    }
    say_at(d, v, "\n\t  Advertising Router %pI4, seq 0x%08lx, age %lus, length %u",
           AT_ADDRESS(LSA_ROUTER_ID), AT_BE32(LSA_SEQUENCE), AT_BE16(LSA_AGE),
           length - (u32)LSA_HEADER_LEN);
    u8 type = u8_at(d, v, LSA_TYPE);
    const char *name = name_of(d, ospf_lsa_types, type, "unknown");
    switch (type) {
    case LSA_OPAQUE_LINK:
    case LSA_OPAQUE_AREA:
    case LSA_OPAQUE_DOMAIN: {
        u8 opaque = u8_at(d, v, LSA_ID);
        say_at(d, v, "\n\t    %s LSA (%u), Opaque-Type %s LSA (%u), Opaque-ID %lu", name, type,
               name_of(d, ospf_opaque_types, opaque, "unknown"), opaque, AT_BE24(LSA_ID + 1));
        break;
    }
    default: say_at(d, v, "\n\t    %s LSA (%u), LSA-ID: %pI4", name, type, AT_ADDRESS(LSA_ID));
    }
    say(d, "\n\t    Options: [%s]",
        flags_of(d, ospf_options, u8_at(d, v, LSA_OPTIONS), ", ", "none"));
    return true;
}

/*
 * The bodies.  `v` is everything from the body on, of which `v.len` bytes belong to the LSA; as
 * tcpdump, they may read on behind that.  False when the rest makes no sense, or is not dumped.
 */

/* A link of a router, with a metric for each topology. */
enum { LINK_ID, LINK_DATA = 4, LINK_TYPE = 8, LINK_TOPOLOGIES, LINK_METRIC, LINK_LEN = 12 };
enum { TOPOLOGY_LEN = 4 };

static bool say_link_ends(struct dissect *d, struct view v)
{
    if (!need(d, v, 0, LINK_LEN))
        return false;
    const void *id = bytes_at(d, v, LINK_ID, 4), *data = bytes_at(d, v, LINK_DATA, 4);
    u8 type = u8_at(d, v, LINK_TYPE);

    switch (type) {
    case 1: say(d, "\n\t      Neighbor Router-ID: %pI4, Interface Address: %pI4", id, data); break;
    case 2: say(d, "\n\t      Neighbor Network-ID: %pI4, Interface Address: %pI4", id, data); break;
    case 3: say(d, "\n\t      Stub Network: %pI4, Mask: %pI4", id, data); break;
    case 4:
        say(d, "\n\t      Virtual Link: Neighbor Router-ID: %pI4, Interface Address: %pI4", id,
            data);
        break;
    default: say(d, "\n\t      Unknown Router Link Type (%u)", type); return false;
    }
    return true;
}

static bool say_router(struct dissect *d, struct view v)
{
    enum { FLAGS, COUNT = 2, LINKS = 4 };

    say(d, "\n\t    Router LSA Options: [%s]",
        flags_of(d, &router_flags.names, u8_at(d, v, FLAGS), ", ", "none"));
    u16 count = be16_at(d, v, COUNT);
    if (!need(d, v, LINKS, LINK_LEN)) /* as tcpdump: even when there is none */
        return false;
    v = view_from(v, LINKS);
    for (u32 i = 0; repeat(d, i, count); i++) {
        if (!say_link_ends(d, v))
            return false;
        u32 topologies_left = u8_at(d, v, LINK_TOPOLOGIES);
        say_at(d, v, "\n\t\ttopology default (0), metric %lu", AT_BE16(LINK_METRIC));
        v = view_from(v, LINK_LEN);
        for (; topologies_left > 0; topologies_left--) {
            u8 topology = u8_at(d, v, 0);
            say_at(d, v, "\n\t\ttopology %s (%u), metric %lu", topology_name(d, topology), topology,
                   AT_BE16(2));
            v = view_from(v, TOPOLOGY_LEN);
        }
    }
    return true;
}

static bool say_network(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t    Mask %pI4\n\t    Connected Routers:", AT_ADDRESS(0));
    for (v = view_from(v, 4); v.len > 0; v = view_from(v, 4))
        say_at(d, v, "\n\t      %pI4", AT_ADDRESS(0));
    return true;
}

static bool say_summary(struct dissect *d, struct view v, bool network)
{
    const void *mask = bytes_at(d, v, 0, 4);

    if (network)
        say(d, "\n\t    Mask %pI4", mask);
    if (!need(d, v, 4, TOPOLOGY_LEN)) /* as tcpdump: even when there is none */
        return false;
    for (v = view_from(v, 4); v.len > 0; v = view_from(v, TOPOLOGY_LEN)) {
        u32 topology = u8_at(d, v, 0) & 0x7f;
        say_at(d, v, "\n\t\ttopology %s (%u) metric %lu", topology_name(d, topology), topology,
               AT_BE24(1));
    }
    return true;
}

static bool say_external(struct dissect *d, struct view v)
{
    enum { FORWARD = 4, TAG = 8, ROUTE_LEN = 12, TYPE_2 = 0x80, INFINITE = 0xffffff };

    say_at(d, v, "\n\t    Mask %pI4", AT_ADDRESS(0));
    if (!need(d, v, 4, TOPOLOGY_LEN)) /* as tcpdump: even when there is none */
        return false;
    for (v = view_from(v, 4); v.len > 0; v = view_from(v, ROUTE_LEN)) {
        u32 topology = u8_at(d, v, 0) & 0x7f, metric = be24_at(d, v, 1);
        if (!need(d, v, 0, TOPOLOGY_LEN))
            return false;
        say(d, "\n\t\ttopology %s (%u), type %u, metric", topology_name(d, topology), topology,
            (u8_at(d, v, 0) & TYPE_2) != 0 ? 2 : 1);
        if (metric == INFINITE)
            say_z(d, " infinite");
        else
            say(d, " %u", metric);
        if (be32_at(d, v, FORWARD) != 0)
            say_at(d, v, ", forward %pI4", AT_ADDRESS(FORWARD));
        if (be32_at(d, v, TAG) != 0)
            say_at(d, v, ", tag %pI4", AT_ADDRESS(TAG));
    }
    return true;
}

/* RFC 1584, section A.3. */
static bool say_group(struct dissect *d, struct view v)
{
    enum { ROUTER = 1, NETWORK, VERTEX_LEN = 8 };

    for (; v.len > 0; v = view_from(v, VERTEX_LEN)) {
        u32 type = be32_at(d, v, 0);
        switch (type) {
        case ROUTER: say_at(d, v, "\n\t    Router Router-ID %pI4", AT_ADDRESS(4)); break;
        case NETWORK: say_at(d, v, "\n\t    Network Designated Router %pI4", AT_ADDRESS(4)); break;
        default: say(d, "\n\t    unknown VertexType (%u)", type); break;
        }
    }
    return true;
}

static bool say_unknown(struct dissect *d, struct view v)
{
    if (!verbose(d, 2))
        hexdump(d->out, "\n\t    ", view_clip(v, v.len));
    return true;
}

static bool say_opaque(struct dissect *d, struct view v, u8 type)
{
    switch (type) {
    case OPAQUE_TE: return ospf_te(d, v);
    case OPAQUE_GRACE: return ospf_grace(d, v);
    case OPAQUE_RI: return ospf_router_information(d, v);
    default: return say_unknown(d, v);
    }
}

static bool say_body(struct dissect *d, u8 type, u8 opaque, struct view v)
{
    switch (type) {
    case LSA_ROUTER: return say_router(d, v);
    case LSA_NETWORK: return say_network(d, v);
    case LSA_SUMMARY_NETWORK: return say_summary(d, v, true);
    case LSA_SUMMARY_ROUTER: return say_summary(d, v, false);
    case LSA_EXTERNAL:
    case LSA_NSSA: return say_external(d, v);
    case LSA_GROUP: return say_group(d, v);
    case LSA_OPAQUE_LINK:
    case LSA_OPAQUE_AREA:
    case LSA_OPAQUE_DOMAIN: return say_opaque(d, v, opaque);
    default: return true;
    }
}

u32 ospf_lsa(struct dissect *d, struct view v)
{
    if (!ospf_lsa_header(d, v))
        return 0;
    u16 length = be16_at(d, v, LSA_LENGTH);
    struct view body = view_claim(view_from(v, LSA_HEADER_LEN), length - (u32)LSA_HEADER_LEN);
    if (say_body(d, u8_at(d, v, LSA_TYPE), u8_at(d, v, LSA_ID), body) && verbose(d, 2))
        hexdump(d->out, "\n\t    ", view_clip(body, body.len));
    return length;
}
