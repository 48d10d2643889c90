/*
 * OSPF version 3, for IPv6.  RFC 5340, appendix A; RFC 5613 (link-local signalling), RFC 7166
 * (authentication trailer).
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |    version    |     type      |            length             |
 *   |                           router id                           |
 *   |                            area id                            |
 *   |           checksum            |   instance    |       0       |
 *   +-------------------------------+---------------+---------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/ospf/ospf.h"

enum { VERSION, TYPE, LENGTH, ROUTER = 4, AREA = 8, INSTANCE = 14, HEADER_LEN = 16 };

enum { OPTION_LLS = 0x200 };

NAMES(options,
      (0x001, "V6")
      (0x002, "External")
      (0x004, "Deprecated")
      (0x008, "NSSA")
      (0x010, "Router")
      (0x020, "Demand Circuit")
      (0x100, "AFs Support")
      (OPTION_LLS, "LLS")
      (0x400, "Authentication Trailer"));

NAMES(database_flags, (0x04, "Init") (0x02, "More") (0x01, "Master") (0x10, "IPv6 MTU"));

/* Bodies of packets: offsets from their start. */
enum {
    INTERFACE,
    PRIORITY = 4,
    HELLO_OPTIONS,
    HELLO_INTERVAL = 8,
    DEAD_INTERVAL = 10,
    DESIGNATED = 12,
    BACKUP = 16,
    NEIGHBORS = 20
};
enum {
    DATABASE_OPTIONS = 1,
    MTU = 4,
    DATABASE_FLAGS = 7,
    DATABASE_SEQUENCE,
    DATABASE_HEADERS = 12
};

/* Abandons the text unless the `n` bytes at the start are part of the view, and captured. */
static bool whole(struct dissect *d, struct view v, u32 n)
{
    if (v.len >= n && view_has(v, 0, n))
        return true;
    abandon(d);
    return false;
}

/* -- link state advertisements */

/* The function of an LSA; its type has the scope above that. */
enum {
    ROUTER_LSA = 1,
    NETWORK_LSA,
    INTER_AREA_PREFIX_LSA,
    INTER_AREA_ROUTER_LSA,
    EXTERNAL_LSA,
    NSSA_LSA = 7,
    LINK_LSA,
    INTRA_AREA_PREFIX_LSA,
    TE_LSA,
    GRACE_LSA,
};

enum { SCOPE_MASK = 0x6000, TRANSITIVE = 0x8000, FUNCTION_MASK = 0x1fff };
enum { SCOPE_LINK = 0, SCOPE_AREA = 0x2000, SCOPE_DOMAIN = 0x4000 };

NAMES(lsa_functions,
      (ROUTER_LSA, "Router")
      (NETWORK_LSA, "Network")
      (INTER_AREA_PREFIX_LSA, "Inter-Area Prefix")
      (INTER_AREA_ROUTER_LSA, "Inter-Area Router")
      (EXTERNAL_LSA, "External")
      (6, "Deprecated")
      (NSSA_LSA, "NSSA")
      (LINK_LSA, "Link")
      (INTRA_AREA_PREFIX_LSA, "Intra-Area Prefix")
      (TE_LSA, "Intra-Area TE")
      (GRACE_LSA, "Grace")
      (12, "Router Information")
      (13, "Inter-AS-TE")
      (14, "Layer 1 VPN"));

NAMES(scopes, (SCOPE_LINK, "Link Local") (SCOPE_AREA, "Area Local") (SCOPE_DOMAIN, "Domain Wide"));

NAMES(router_flags,
      (0x01, "ABR")
      (0x02, "External")
      (0x04, "Virtual-Link Endpoint")
      (0x08, "Deprecated")
      (0x10, "NSSA Translator"));

NAMES(prefix_options,
      (0x01, "No Unicast")
      (0x02, "Local address")
      (0x04, "Deprecated")
      (0x08, "Propagate")
      (0x10, "Down")
      (0x20, "N-bit"));

enum { FORWARDING = 2, TAGGED = 1 };

NAMES(external_flags, (0x80, "External Type 2") (FORWARDING, "Forwarding") (TAGGED, "Tag"));

static void say_options(struct dissect *d, const char *before, u32 value)
{
    say(d, "%s%s]", before, flags_of(d, &options.names, value, ", ", "none"));
}

/* What an LSA is: the text that headers and requests share. */
static void say_lsa_type(struct dissect *d, u16 type, const void *id)
{
    say(d, "\n\t    %s LSA (%u), %s Scope%s, LSA-ID %pi4",
        name_of(d, &lsa_functions.names, type & FUNCTION_MASK, "Unknown"), type & FUNCTION_MASK,
        name_of(d, &scopes.names, type & SCOPE_MASK, "Unknown"),
        (type & TRANSITIVE) != 0 ? ", transitive" : "", id);
}

/* False when the header is cut, or its length impossible. */
static bool say_lsa_header(struct dissect *d, struct view v)
{
    if (v.len < LSA_HEADER_LEN)
        abandon(d);
    u16 length = be16_at(d, v, LSA_LENGTH);

    if (d->sealed)
        return false;
    if (length < LSA_HEADER_LEN) {
        say(d, "\n\t\t  Bogus length %u < header (%u)", length, (unsigned)LSA_HEADER_LEN);
        return false;
    }
    say_at(d, v, "\n\t  Advertising Router %pI4, seq 0x%08lx, age %lus, length %u",
           AT_ADDRESS(LSA_ROUTER_ID), AT_BE32(LSA_SEQUENCE), AT_BE16(LSA_AGE),
           length - (u32)LSA_HEADER_LEN);
    say_lsa_type(d, be16_at(d, v, LSA_OPTIONS), bytes_at(d, v, LSA_ID, 4));
    return !d->sealed;
}

/*
 * A prefix takes as many words as it needs.  Returns what follows it; abandons the text when it is
 * impossible.
 */
static struct view say_prefix(struct dissect *d, struct view v)
{
    enum { PREFIX_LEN, PREFIX_OPTIONS, PREFIX_METRIC, PREFIX = 4 };
    u8 address[16] = { 0 };

    if (!whole(d, v, PREFIX))
        return v;
    u32 bits = u8_at(d, v, PREFIX_LEN);
    if (bits > 128) {
        say(d, " bogus prefixlen /%u", bits);
        abandon(d);
        return v;
    }
    u32 bytes = (bits + 31) / 32 * 4;
    if (v.len < PREFIX + bytes)
        abandon(d);
    memcpy(address, bytes_at(d, v, PREFIX, bytes), bytes);
    say(d, "\n\t\t%pI6/%u", address, bits);
    u8 flags = u8_at(d, v, PREFIX_OPTIONS);
    if (flags != 0)
        say(d, ", Options [%s]", flags_of(d, &prefix_options.names, flags, ", ", "none"));
    say_at(d, v, ", metric %lu", AT_BE16(PREFIX_METRIC));
    return view_from(v, PREFIX + bytes);
}

/* As many as `count`; in an LSA that is too short for them the text ends. */
static void say_prefixes(struct dissect *d, struct view v, u32 count)
{
    for (u32 i = 0; repeat(d, i, count); i++)
        v = say_prefix(d, v);
}

/* The bodies: their length is v.len. */

static void say_router(struct dissect *d, struct view v)
{
    enum {
        LINK_TYPE,
        LINK_METRIC = 2,
        LINK_INTERFACE = 4,
        LINK_NEIGHBOR = 8,
        LINK_ROUTER = 12,
        LINK_LEN = 16
    };

    if (v.len < 4)
        abandon(d);
    say(d, "\n\t      Options [%s]",
        flags_of(d, &options.names, be32_at(d, v, 0) & 0xffffff, ", ", "none"));
    say(d, ", RLA-Flags [%s]", flags_of(d, &router_flags.names, u8_at(d, v, 0), ", ", "none"));
    for (v = view_from(v, 4); v.len > 0 && !d->sealed; v = view_from(v, LINK_LEN)) {
        if (!whole(d, v, LINK_LEN))
            return;
        u8 type = u8_at(d, v, LINK_TYPE);
        const void *router = bytes_at(d, v, LINK_ROUTER, 4);
        switch (type) {
        case 1: say(d, "\n\t      Neighbor Router-ID %pI4", router); break;
        case 2: say(d, "\n\t      Neighbor Network-ID %pI4", router); break;
        case 4: say(d, "\n\t      Virtual Link: Neighbor Router-ID %pI4", router); break;
        default: say(d, "\n\t      Unknown Router Links Type 0x%02x", type); return;
        }
        say_at(d, v, "\n\t      Neighbor Interface-ID %pI4, Interface %pI4, metric %lu",
               AT_ADDRESS(LINK_NEIGHBOR), AT_ADDRESS(LINK_INTERFACE), AT_BE16(LINK_METRIC));
    }
}

static void say_network(struct dissect *d, struct view v)
{
    if (v.len < 4)
        abandon(d);
    say(d, "\n\t      Options [%s]",
        flags_of(d, &options.names, be32_at(d, v, 0) & 0xffffff, ", ", "none"));
    say_z(d, "\n\t      Connected Routers:");
    for (v = view_from(v, 4); v.len > 0 && !d->sealed; v = view_from(v, 4)) {
        if (v.len < 4)
            abandon(d);
        say_at(d, v, "\n\t\t%pI4", AT_ADDRESS(0));
    }
}

static void say_inter_area_prefix(struct dissect *d, struct view v)
{
    if (v.len < 4)
        abandon(d);
    say(d, ", metric %u", be32_at(d, v, 0) & 0xffffff);
    for (v = view_from(v, 4); v.len > 0 && !d->sealed;)
        v = say_prefix(d, v);
}

static void say_external(struct dissect *d, struct view v)
{
    if (v.len < 4)
        abandon(d);
    if (!need(d, v, 0, 4))
        return;
    u8 flags = u8_at(d, v, 0);
    say(d, "\n\t     Flags [%s]", flags_of(d, &external_flags.names, flags, ", ", "none"));
    say_at(d, v, " metric %lu", AT_BE24(1));
    struct view prefix = view_from(v, 4);
    v = say_prefix(d, prefix);
    if ((flags & FORWARDING) != 0) {
        if (v.len < 16)
            abandon(d);
        say_at(d, v, " forward %pI6", AT_ADDRESS(0));
        v = view_from(v, 16);
    }
    if ((flags & TAGGED) != 0) {
        if (v.len < 4)
            abandon(d);
        say_at(d, v, " tag %pI4", AT_ADDRESS(0));
        v = view_from(v, 4);
    }
    if (u8_at(d, prefix, 2) != 0) { /* as tcpdump: half of the referenced type */
        if (v.len < 4)
            abandon(d);
        say_at(d, v, " RefLSID: %pI4", AT_ADDRESS(0));
    }
}

static void say_link(struct dissect *d, struct view v)
{
    enum { LINK_ADDRESS = 4, LINK_PREFIX_COUNT = 20, LINK_PREFIXES = 24 };

    if (!whole(d, v, 4))
        return;
    say(d, "\n\t      Options [%s]",
        flags_of(d, &options.names, be32_at(d, v, 0) & 0xffffff, ", ", "none"));
    if (v.len < LINK_PREFIXES) {
        abandon(d);
        return;
    }
    u32 count = be32_at(d, v, LINK_PREFIX_COUNT);
    say_at(d, v, "\n\t      Priority %lu, Link-local address %pI6, Prefixes %u:", AT_U8(0),
           AT_ADDRESS(LINK_ADDRESS), count);
    say_prefixes(d, view_from(v, LINK_PREFIXES), count);
}

static void say_intra_area_prefix(struct dissect *d, struct view v)
{
    enum { PREFIX_COUNT, REFERENCED_TYPE = 2, REFERENCED_ID = 4, PREFIXES = 12 };
    enum { COUNTED = 6 }; /* as tcpdump: the referenced identifiers do not count */

    if (v.len < REFERENCED_ID || !view_has(v, 0, PREFIXES)) {
        abandon(d);
        return;
    }
    say_lsa_type(d, be16_at(d, v, REFERENCED_TYPE), bytes_at(d, v, REFERENCED_ID, 4));
    if (v.len < COUNTED) {
        abandon(d);
        return;
    }
    u16 count = be16_at(d, v, PREFIX_COUNT);
    say(d, "\n\t      Prefixes %u:", count);
    say_prefixes(d, view_claim(view_from(v, PREFIXES), v.len - COUNTED), count);
}

static void say_lsa_body(struct dissect *d, u16 type, struct view v)
{
    switch (type) {
    case SCOPE_AREA | ROUTER_LSA: say_router(d, v); break;
    case SCOPE_AREA | NETWORK_LSA: say_network(d, v); break;
    case SCOPE_AREA | INTER_AREA_PREFIX_LSA: say_inter_area_prefix(d, v); break;
    case SCOPE_DOMAIN | EXTERNAL_LSA: say_external(d, v); break;
    case SCOPE_LINK | LINK_LSA: say_link(d, v); break;
    case SCOPE_AREA | INTRA_AREA_PREFIX_LSA: say_intra_area_prefix(d, v); break;
    case SCOPE_LINK | TE_LSA: /* as tcpdump: not with the scope that RFC 5329 gives it */
        if (!ospf_te(d, v))
            abandon(d);
        break;
    case SCOPE_LINK | GRACE_LSA:
        if (!ospf_grace(d, v))
            abandon(d);
        break;
    default: hexdump(d->out, "\n\t      ", view_clip(v, v.len)); break;
    }
}

/* -- packets */

/* `v` ends where the header says that the packet ends. */
static void say_hello(struct dissect *d, struct view v)
{
    say_options(d, "\n\tOptions [", be24_at(d, v, HELLO_OPTIONS));
    say_at(d, v, "\n\t  Hello Timer %lus, Dead Timer %lus, Interface-ID %pI4, Priority %lu",
           AT_BE16(HELLO_INTERVAL), AT_BE16(DEAD_INTERVAL), AT_ADDRESS(INTERFACE), AT_U8(PRIORITY));
    if (be32_at(d, v, DESIGNATED) != 0)
        say_at(d, v, "\n\t  Designated Router %pI4", AT_ADDRESS(DESIGNATED));
    if (be32_at(d, v, BACKUP) != 0)
        say_at(d, v, ", Backup Designated Router %pI4", AT_ADDRESS(BACKUP));
    if (!verbose(d, 2))
        return;
    say_z(d, "\n\t  Neighbor List:");
    for (v = view_from(v, NEIGHBORS); v.len > 0; v = view_from(v, 4))
        say_at(d, v, "\n\t    %pI4", AT_ADDRESS(0));
}

static void say_database(struct dissect *d, struct view v)
{
    say_options(d, "\n\tOptions [", be24_at(d, v, DATABASE_OPTIONS));
    say(d, ", DD Flags [%s]",
        flags_of(d, &database_flags.names, u8_at(d, v, DATABASE_FLAGS), ", ", "none"));
    say_at(d, v, ", MTU %lu, DD-Sequence 0x%08lx", AT_BE16(MTU), AT_BE32(DATABASE_SEQUENCE));
    if (!verbose(d, 2))
        return;
    for (v = view_from(v, DATABASE_HEADERS); v.len > 0; v = view_from(v, LSA_HEADER_LEN))
        if (!say_lsa_header(d, v))
            return;
}

static void say_request(struct dissect *d, struct view v)
{
    enum { REQUEST_TYPE = 2, REQUEST_ID = 4, REQUEST_ROUTER = 8, REQUEST_LEN = 12 };

    if (!verbose(d, 2))
        return;
    for (; v.len > 0 && want(d, v, 0, REQUEST_LEN); v = view_from(v, REQUEST_LEN)) {
        say_at(d, v, "\n\t  Advertising Router %pI4", AT_ADDRESS(REQUEST_ROUTER));
        say_lsa_type(d, be16_at(d, v, REQUEST_TYPE), bytes_at(d, v, REQUEST_ID, 4));
    }
}

static void say_update(struct dissect *d, struct view v)
{
    if (!verbose(d, 2))
        return;
    u32 count = be32_at(d, v, 0);
    v = view_from(v, 4);
    for (u32 i = 0; repeat(d, i, count) && v.len > 0; i++) {
        if (!say_lsa_header(d, v)) {
            abandon(d);
            return;
        }
        u16 length = be16_at(d, v, LSA_LENGTH);
        if (v.len < length) {
            abandon(d);
            return;
        }
        say_lsa_body(d, be16_at(d, v, LSA_OPTIONS),
                     view_claim(view_from(v, LSA_HEADER_LEN), length - (u32)LSA_HEADER_LEN));
        v = view_from(v, length);
    }
}

static void say_acknowledge(struct dissect *d, struct view v)
{
    if (!verbose(d, 2))
        return;
    for (; v.len > 0; v = view_from(v, LSA_HEADER_LEN))
        if (!say_lsa_header(d, v))
            return;
}

/* -- what follows the packet's own length */

enum {
    TRAILER_TYPE,
    TRAILER_LENGTH = 2,
    TRAILER_ASSOCIATION = 6,
    TRAILER_SEQUENCE = 8,
    TRAILER_DIGEST = 16
};

NAMES(trailer_types, (1, "HMAC"));

static bool has_lls(struct dissect *d, u8 type, struct view body)
{
    switch (type) {
    case OSPF_HELLO: return (be24_at(d, body, HELLO_OPTIONS) & OPTION_LLS) != 0;
    case OSPF_DATABASE: return (be24_at(d, body, DATABASE_OPTIONS) & OPTION_LLS) != 0;
    default: return false;
    }
}

/* Returns what follows the block. */
static struct view say_lls(struct dissect *d, struct view v)
{
    enum { CHECKSUM, DATA_LEN = 2, LLS_HEADER_LEN = 4 };

    if (v.len < LLS_HEADER_LEN)
        abandon(d);
    say_at(d, v, "\n\tLLS Checksum 0x%04lx", AT_BE16(CHECKSUM));
    u16 length = be16_at(d, v, DATA_LEN);
    say(d, ", Data Length %u", length);
    if (length < LLS_HEADER_LEN || length > v.len || !view_has(v, 0, length))
        abandon(d);
    return view_from(v, length);
}

static void say_trailer(struct dissect *d, struct view v)
{
    if (v.len == 0 || d->sealed)
        return;
    if (v.len < TRAILER_DIGEST)
        abandon(d);
    say(d, "\n\tAuthentication Type %s",
        name_of(d, &trailer_types.names, be16_at(d, v, TRAILER_TYPE), "unknown (0x%04x)"));
    u16 length = be16_at(d, v, TRAILER_LENGTH);
    say(d, ", Length %u", length);
    if (length < TRAILER_DIGEST || length > v.len)
        abandon(d);
    say_at(d, v, ", SAID %lu", AT_BE16(TRAILER_ASSOCIATION));
    say_at(d, v, ", CSN 0x%08lx", AT_BE32(TRAILER_SEQUENCE));
    say_at(d, v, ":%08lx", AT_BE32(TRAILER_SEQUENCE + 4));
    if (whole(d, v, length) && verbose(d, 2))
        hexdump(d->out, "\n\tAuthentication Data ",
                view_sub(v, TRAILER_DIGEST, length - (u32)TRAILER_DIGEST));
}

static void say_body(struct dissect *d, u8 type, struct view v)
{
    switch (type) {
    case OSPF_HELLO: say_hello(d, v); break;
    case OSPF_DATABASE: say_database(d, v); break;
    case OSPF_REQUEST: say_request(d, v); break;
    case OSPF_UPDATE: say_update(d, v); break;
    case OSPF_ACKNOWLEDGE: say_acknowledge(d, v); break;
    default: break;
    }
}

static void say_packet(struct dissect *d, struct view v)
{
    d->proto = "ospf3";
    u8 type = u8_at(d, v, TYPE), version = u8_at(d, v, VERSION);
    say(d, "OSPFv%u, %s, length %u", version, name_of(d, ospf_types, type, "unknown packet type (%u)"),
        v.len);
    if (!verbose(d, 1) || name_find(ospf_types, type) == NULL)
        return;
    u16 length = be16_at(d, v, LENGTH);
    if (length > v.len) {
        say(d, " [len %u]", length);
        return;
    }
    say_at(d, v, "\n\tRouter-ID %pI4", AT_ADDRESS(ROUTER));
    if (be32_at(d, v, AREA) != 0)
        say_at(d, v, ", Area %pI4", AT_ADDRESS(AREA));
    else
        say_z(d, ", Backbone Area");
    u8 instance = u8_at(d, v, INSTANCE);
    if (instance != 0)
        say(d, ", Instance %u", instance);
    if (version != 3)
        return;
    struct view body = view_claim(view_from(v, HEADER_LEN),
                                  length > HEADER_LEN ? length - (u32)HEADER_LEN : 0);
    say_body(d, type, body);
    struct view rest = view_from(v, length);
    if (rest.len > 0 && has_lls(d, type, body))
        rest = say_lls(d, rest);
    say_trailer(d, rest);
}

void ospf6(struct dissect *d, struct view v)
{
    say_packet(d, v);
    resume(d);
}
