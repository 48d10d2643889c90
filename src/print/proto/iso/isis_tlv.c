/*
 * The TLVs of IS-IS: ISO 10589, clause 9; RFC 1195, RFC 5120 (topologies), RFC 5301 to 5308, RFC
 * 5310 (cryptography), RFC 6232 (purges), RFC 7602, RFC 7981 (capabilities), RFC 8202 (instances),
 * RFC 8667.
 */
#include "print/hexdump.h"
#include "print/oui.h"
#include "print/printer.h"
#include "print/proto/iso/isis.h"
#include "print/proto/iso/iso.h"

enum tlv {
    AREAS = 1,
    IS_REACH,
    ES_NEIGHBORS,
    PARTITION_DIS,
    PREFIX_NEIGHBORS,
    IS_NEIGHBORS,
    INSTANCE,
    PADDING,
    LSP_ENTRIES,
    AUTHENTICATION,
    CHECKSUM = 12,
    PURGE_ORIGINATOR,
    BUFFER_SIZE,
    EXTENDED_IS_REACH = 22,
    IS_ALIAS = 24,
    DECNET = 42,
    IP_INTERNAL = 128,
    PROTOCOLS,
    IP_EXTERNAL,
    INTER_DOMAIN,
    IP_ADDRESSES,
    TE_ROUTER = 134,
    EXTENDED_IP_REACH,
    HOSTNAME = 137,
    RISK_GROUP,
    MT_PORT_CAPABILITY = 143,
    MT_CAPABILITY,
    RESTART = 211,
    MT_IS_REACH = 222,
    TOPOLOGIES = 229,
    IP6_ADDRESSES = 232,
    MT_IP_REACH = 235,
    IP6_REACH,
    MT_IP6_REACH,
    P2P_STATE = 240,
    HELLO_SEQUENCE,
    CAPABILITY,
    VENDOR = 250,
};

NAMES(tlvs,
      (AREAS, "Area address(es)")
      (IS_REACH, "IS Reachability")
      (ES_NEIGHBORS, "ES Neighbor(s)")
      (PARTITION_DIS, "Partition DIS")
      (PREFIX_NEIGHBORS, "Prefix Neighbors")
      (IS_NEIGHBORS, "IS Neighbor(s)")
      (INSTANCE, "Instance Identifier")
      (PADDING, "Padding")
      (LSP_ENTRIES, "LSP entries")
      (AUTHENTICATION, "Authentication")
      (CHECKSUM, "Checksum")
      (PURGE_ORIGINATOR, "Purge Originator Identifier")
      (BUFFER_SIZE, "LSP Buffersize")
      (EXTENDED_IS_REACH, "Extended IS Reachability")
      (IS_ALIAS, "IS Alias ID")
      (DECNET, "DECnet Phase IV")
      (66, "Lucent Proprietary")
      (IP_INTERNAL, "IPv4 Internal Reachability")
      (PROTOCOLS, "Protocols supported")
      (IP_EXTERNAL, "IPv4 External Reachability")
      (INTER_DOMAIN, "Inter-Domain Information Type")
      (IP_ADDRESSES, "IPv4 Interface address(es)")
      (133, "IPv4 authentication (deprecated)")
      (TE_ROUTER, "Traffic Engineering Router ID")
      (EXTENDED_IP_REACH, "Extended IPv4 Reachability")
      (HOSTNAME, "Hostname")
      (RISK_GROUP, "Shared Risk Link Group")
      (MT_PORT_CAPABILITY, "Multi-Topology-Aware Port Capability")
      (MT_CAPABILITY, "Multi-Topology Capability")
      (176, "Nortel Proprietary")
      (177, "Nortel Proprietary")
      (RESTART, "Restart Signaling")
      (MT_IS_REACH, "Multi Topology IS Reachability")
      (TOPOLOGIES, "Multi Topology")
      (IP6_ADDRESSES, "IPv6 Interface address(es)")
      (MT_IP_REACH, "Multi-Topology IPv4 Reachability")
      (IP6_REACH, "IPv6 reachability")
      (MT_IP6_REACH, "Multi-Topology IP6 Reachability")
      (P2P_STATE, "Point-to-point Adjacency State")
      (HELLO_SEQUENCE, "Hello PDU Sequence Number")
      (CAPABILITY, "IS-IS Router Capability")
      (VENDOR, "Vendor Private"));

/* What the functions below print is one value: its length is v.len, and more may be captured. */

static void say_areas(struct dissect *d, struct view v)
{
    while (v.len > 0 && !d->sealed) {
        u32 length = u8_at(d, v, 0);
        v = view_from(v, 1);
        if (v.len < length || !need(d, v, 0, length))
            return;
        say(d, "\n\t      Area address (length: %u): ", length);
        say_nsap(d, v, 0, length);
        v = view_from(v, length);
    }
}

/* -- metrics of four kinds, each in a byte: the first one always counts */

enum { METRIC_MASK = 0x3f, METRIC_EXTERNAL = 0x40, METRIC_UNUSED = 0x80, METRICS_LEN = 4 };

static const char *metric_kind(u8 metric)
{
    return (metric & METRIC_EXTERNAL) != 0 ? "External" : "Internal";
}

static void say_metrics(struct dissect *d, struct view v, const char *indent)
{
    static const char *const names[METRICS_LEN] = { [1] = "Delay", "Expense", "Error" };

    for (u32 i = 1; i < METRICS_LEN; i++) {
        u8 metric = u8_at(d, v, i);
        if ((metric & METRIC_UNUSED) == 0)
            say(d, "%s%s Metric: %u, %s", indent, names[i], metric & METRIC_MASK,
                metric_kind(metric));
    }
}

static void say_metric_block(struct dissect *d, struct view v)
{
    u8 metric = u8_at(d, v, 0);

    say(d, ", Default Metric: %u, %s", metric & METRIC_MASK, metric_kind(metric));
    say_metrics(d, v, "\n\t\t  ");
}

static void say_is_reach(struct dissect *d, struct view v)
{
    enum { ENTRY_LEN = METRICS_LEN + NODE_ID_LEN };
    NAMES(virtual, (0, "IsNotVirtual") (1, "IsVirtual"));

    if (v.len < 1)
        return;
    say(d, "\n\t      %s", name_of(d, &virtual.names, u8_at(d, v, 0), "bogus virtual flag 0x%02x"));
    for (v = view_from(v, 1); v.len >= ENTRY_LEN && !d->sealed; v = view_from(v, ENTRY_LEN)) {
        if (!want(d, v, 0, ENTRY_LEN))
            return;
        say_z(d, "\n\t      IS Neighbor: ");
        say_iso_id(d, v, METRICS_LEN, NODE_ID_LEN);
        say_metric_block(d, v);
    }
}

static void say_es_neighbors(struct dissect *d, struct view v)
{
    enum { ENTRY_LEN = METRICS_LEN + SYSTEM_ID_LEN };

    for (; v.len >= ENTRY_LEN && !d->sealed; v = view_from(v, ENTRY_LEN)) {
        if (!want(d, v, 0, ENTRY_LEN))
            return;
        say_z(d, "\n\t      ES Neighbor: ");
        say_iso_id(d, v, METRICS_LEN, SYSTEM_ID_LEN);
        say_metric_block(d, v);
    }
}

static void say_partition(struct dissect *d, struct view v)
{
    for (; v.len >= SYSTEM_ID_LEN && want(d, v, 0, SYSTEM_ID_LEN);
         v = view_from(v, SYSTEM_ID_LEN)) {
        say_z(d, "\n\t      ");
        say_iso_id(d, v, 0, SYSTEM_ID_LEN);
    }
}

static void say_prefix_neighbors(struct dissect *d, struct view v)
{
    if (v.len < METRICS_LEN || !want(d, v, 0, METRICS_LEN))
        return;
    say_z(d, "\n\t      Metric Block");
    say_metric_block(d, v);
    v = view_from(v, METRICS_LEN);
    while (v.len > 0 && !d->sealed) {
        u32 semi_octets = u8_at(d, v, 0);
        v = view_from(v, 1);
        if (semi_octets < 2) {
            say(d, "\n\t\tAddress: prefix length %u < 2", semi_octets);
            return;
        }
        if (v.len < semi_octets / 2 || !need(d, v, 0, semi_octets / 2))
            return;
        say_z(d, "\n\t\tAddress: ");
        say_nsap(d, v, 0, semi_octets / 2);
        say(d, "/%u", semi_octets * 4);
        v = view_from(v, semi_octets / 2);
    }
}

static void say_is_neighbors(struct dissect *d, struct view v)
{
    for (; v.len >= 6 && want(d, v, 0, 6); v = view_from(v, 6)) {
        say_z(d, "\n\t      SNPA: ");
        say_iso_id(d, v, 0, 6);
    }
}

static void say_instance(struct dissect *d, struct view v)
{
    if (v.len < 4)
        return;
    u32 topologies = (v.len - 2) / 2;
    say_at(d, v, "\n\t      Instance ID: %lu, ITIDs(%u)%s", AT_BE16(0), topologies,
           topologies > 0 ? ": " : "");
    for (u32 i = 0; repeat(d, i, topologies); i++)
        say_at(d, v, "%lu%s", AT_BE16(2 + i * 2), i + 1 < topologies ? ", " : "");
}

static void say_lsp_entries(struct dissect *d, struct view v)
{
    enum { LIFETIME, ID = 2, SEQUENCE = 10, SUM = 14, ENTRY_LEN = 16 };

    for (; v.len >= ENTRY_LEN && !d->sealed; v = view_from(v, ENTRY_LEN)) {
        if (!want(d, v, ID, LSP_ID_LEN))
            return;
        say_z(d, "\n\t      lsp-id: ");
        say_iso_id(d, v, ID, LSP_ID_LEN);
        say_at(d, v, ", seq: 0x%08lx", AT_BE32(SEQUENCE));
        say_at(d, v, ", lifetime: %5lus", AT_BE16(LIFETIME));
        say_at(d, v, ", chksum: 0x%04lx", AT_BE16(SUM));
    }
}

/* -- authentication */

static void say_authentication(struct dissect *d, struct view v)
{
    enum { SIMPLE = 1, GENERIC = 3, MD5 = 54, PRIVATE = 255, MD5_VALUE_LEN = 17 };
    NAMES(types,
          (SIMPLE, "simple text password")
          (GENERIC, "Generic Crypto key-id")
          (MD5, "HMAC-MD5 password")
          (PRIVATE, "Routing Domain private password"));

    if (v.len < 1)
        return;
    u8 type = u8_at(d, v, 0);
    say(d, "\n\t      %s: ", name_of(d, &types.names, type, "unknown Authentication type 0x%02x"));
    switch (type) {
    case SIMPLE:
        if (!say_until_nul(d, view_sub(v, 1, v.len - 1)))
            seal(d);
        break;
    case MD5:
        for (u32 i = 1; i < v.len; i++)
            say_at(d, v, "%02lx", AT_U8(i));
        if (v.len != MD5_VALUE_LEN)
            say_z(d, ", (invalid subTLV) ");
        say_z(d, " (unchecked)");
        break;
    case GENERIC:
        if (v.len < 3)
            return;
        say_at(d, v, "%lu, password: ", AT_BE16(1));
        for (u32 i = 3; i < v.len; i++)
            say_at(d, v, "%02lx", AT_U8(i));
        break;
    default: hexdump(d->out, "\n\t\t  ", view_sub(v, 1, v.len - 1)); break;
    }
}

static void say_checksum(struct dissect *d, struct view v, struct view pdu)
{
    if (v.len < 2 || !want(d, v, 0, 2))
        return;
    u16 sum = be16_at(d, v, 0);
    say(d, "\n\t      checksum: 0x%04x ", sum);
    say_iso_checksum(d, pdu, sum, view_offset(pdu, v), pdu.len);
}

static void say_purge_originator(struct dissect *d, struct view v)
{
    if (v.len < 1)
        return;
    u8 systems = u8_at(d, v, 0);
    if (systems == 0) {
        say_z(d, " No system IDs supplied");
        return;
    }
    if (v.len < SYSTEM_ID_LEN + 1 || !want(d, v, 1, SYSTEM_ID_LEN))
        return;
    say_z(d, "\n\t      Purge Originator System-ID: ");
    say_iso_id(d, v, 1, SYSTEM_ID_LEN);
    if (systems < 2 || v.len < 2 * SYSTEM_ID_LEN + 1)
        return;
    if (!want(d, v, SYSTEM_ID_LEN + 1,
              2 * SYSTEM_ID_LEN + 1)) /* as tcpdump: twice as much as is read */
        return;
    say_z(d, "\n\t      Received from System-ID: ");
    say_iso_id(d, v, SYSTEM_ID_LEN + 1, SYSTEM_ID_LEN);
}

/* -- reachability of RFC 1195 */

/* False when it does not end with an entry. */
static bool say_ip_reach(struct dissect *d, struct view v)
{
    enum { ADDRESS = METRICS_LEN, MASK = 8, ENTRY_LEN = 12, DOWN = 0x80 };

    for (; v.len > 0 && !d->sealed; v = view_from(v, ENTRY_LEN)) {
        if (v.len < ENTRY_LEN) {
            say(d, "short IPv4 Reachability (%u vs %u)", v.len, (unsigned)ENTRY_LEN);
            return false;
        }
        if (!view_has(v, 0, ENTRY_LEN))
            return false;
        u32 mask = be32_at(d, v, MASK), bits = 0;
        while (bits < 32 && (mask & 0x80000000u >> bits) != 0)
            bits++;
        if (bits < 32 && mask << bits != 0) {
            say_at(d, v, "\n\t      IPv4 prefix: %pI4 mask %pI4", AT_ADDRESS(ADDRESS),
                   AT_ADDRESS(MASK));
        } else {
            say_z(d, "\n\t      IPv4 prefix: ");
            say_ip4_right(d, bytes_at(d, v, ADDRESS, 4), 15);
            say(d, "/%u", bits);
        }
        u8 metric = u8_at(d, v, 0);
        say(d, ", Distribution: %s, Metric: %u, %s", (metric & DOWN) != 0 ? "down" : "up",
            metric & METRIC_MASK, metric_kind(metric));
        say_metrics(d, v, "\n\t        ");
    }
    return true;
}

static void say_protocols(struct dissect *d, struct view v)
{
    say_z(d, "\n\t      NLPID(s): ");
    for (u32 i = 0; i < v.len; i++) {
        u8 protocol = u8_at(d, v, i);
        say(d, "%s (0x%02x)", name_of(d, nlpids, protocol, "unknown"), protocol);
        if (i + 1 < v.len)
            say_z(d, ", ");
    }
}

static void say_inter_domain(struct dissect *d, struct view v)
{
    enum { AS_NUMBER = 2 };
    NAMES(types, (0, "Reserved") (1, "Routing-Domain Specific") (AS_NUMBER, "AS Number Tag"));

    if (v.len < 1)
        return;
    u8 type = u8_at(d, v, 0);
    say(d, "\n\t      Inter-Domain Information Type: %s",
        name_of(d, &types.names, type, "Unknown (0x%02x)"));
    if (type != AS_NUMBER)
        hexdump(d->out, "\n\t      ", view_sub(v, 1, v.len - 1));
    else if (v.len >= 3)
        say_at(d, v, "AS Number: %lu", AT_BE16(1));
}

static void say_addresses(struct dissect *d, struct view v)
{
    for (; v.len >= 4 && !d->sealed; v = view_from(v, 4))
        say_at(d, v, "\n\t      IPv4 interface address: %pI4", AT_ADDRESS(0));
}

static void say_addresses6(struct dissect *d, struct view v)
{
    for (; v.len >= 16 && !d->sealed; v = view_from(v, 16))
        say_at(d, v, "\n\t      IPv6 interface address: %pI6", AT_ADDRESS(0));
}

static void say_hostname(struct dissect *d, struct view v)
{
    say_z(d, "\n\t      Hostname: ");
    if (!say_until_nul(d, view_clip(v, v.len)))
        seal(d);
}

static void say_risk_group(struct dissect *d, struct view v)
{
    enum { NUMBERED = 1, FLAGS = NODE_ID_LEN, LOCAL, REMOTE = 12, GROUPS = 16 };

    if (v.len < FLAGS || !want(d, v, 0, FLAGS))
        return;
    say_z(d, "\n\t      IS Neighbor: ");
    say_iso_id(d, v, 0, NODE_ID_LEN);
    if (v.len < LOCAL)
        return;
    say(d, ", Flags: [%s]", (u8_at(d, v, FLAGS) & NUMBERED) != 0 ? "numbered" : "unnumbered");
    if (v.len < REMOTE)
        return;
    say_at(d, v, "\n\t      IPv4 interface address: %pI4", AT_ADDRESS(LOCAL));
    if (v.len < GROUPS)
        return;
    say_at(d, v, "\n\t      IPv4 neighbor address: %pI4", AT_ADDRESS(REMOTE));
    for (v = view_from(v, GROUPS); v.len >= 4 && !d->sealed; v = view_from(v, 4))
        say_at(d, v, "\n\t      Link-ID: 0x%08lx", AT_BE32(0));
}

static void say_restart(struct dissect *d, struct view v)
{
    enum { FLAGS, HOLD_TIME, NEIGHBOR = 3 };
    NAMES(flags,
          (1, "Restart Request")
          (2, "Restart Acknowledgement")
          (4, "Suppress adjacency advertisement"));

    if (v.len < 1 || !want(d, v, FLAGS, 1))
        return;
    say(d, "\n\t      Flags [%s]", flags_of(d, &flags.names, u8_at(d, v, FLAGS), ", ", "none"));
    if (v.len < NEIGHBOR || !want(d, v, HOLD_TIME, 2))
        return;
    say_at(d, v, ", Remaining holding time %lus", AT_BE16(HOLD_TIME));
    if (v.len == NEIGHBOR + SYSTEM_ID_LEN && want(d, v, NEIGHBOR, SYSTEM_ID_LEN)) {
        say_z(d, ", for ");
        say_iso_id(d, v, NEIGHBOR, SYSTEM_ID_LEN);
    }
}

/* -- topologies */

void isis_topology(struct dissect *d, struct view v)
{
    enum { PROPRIETARY = 4095, ID_MASK = 0xfff };
    NAMES(names,
          (0, "IPv4 unicast")
          (1, "In-Band Management")
          (2, "IPv6 unicast")
          (3, "Multicast")
          (PROPRIETARY, "Development, Experimental or Proprietary"));
    NAMES(flags, (0x4000, "ATT bit set") (0x8000, "Overload bit set"));
    u16 bits = be16_at(d, v, 0), id = bits & ID_MASK;

    say(d, "\n\t      %s Topology (0x%03x), Flags: [%s]",
        name_of(d, &names.names, id, "Reserved for IETF Consensus"), id,
        flags_of(d, &flags.names, bits, ", ", "none"));
}

static void say_topologies(struct dissect *d, struct view v)
{
    for (; v.len > 0 && !d->sealed; v = view_from(v, 2)) {
        if (v.len < 2) {
            say_z(d, "\n\t      invalid MT-ID");
            return;
        }
        isis_topology(d, v);
    }
}

static void say_topology_reach(struct dissect *d, struct view v, enum isis_reach kind)
{
    if (v.len < 2) {
        abandon(d);
        return;
    }
    isis_topology(d, v);
    isis_reach(d, view_from(v, 2), kind);
}

/* -- the others */

static void say_p2p_state(struct dissect *d, struct view v)
{
    enum { STATE, LOCAL_CIRCUIT, NEIGHBOR = 5, NEIGHBOR_CIRCUIT = 11 };
    NAMES(states, (0, "Up") (1, "Initializing") (2, "Down"));

    if (v.len < 1)
        return;
    u8 state = u8_at(d, v, STATE);
    say(d, "\n\t      Adjacency State: %s (%u)", name_of(d, &states.names, state, "unknown"), state);
    u32 left = v.len - LOCAL_CIRCUIT;
    if (left > 4) { /* as tcpdump: of the right length is too short */
        say_at(d, v, "\n\t      Extended Local circuit-ID: 0x%08lx", AT_BE32(LOCAL_CIRCUIT));
        left -= 4;
    }
    if (left >= SYSTEM_ID_LEN && want(d, v, NEIGHBOR, SYSTEM_ID_LEN)) {
        say_z(d, "\n\t      Neighbor System-ID: ");
        say_iso_id(d, v, NEIGHBOR, SYSTEM_ID_LEN);
        left -= SYSTEM_ID_LEN;
    }
    if (left >= 4) /* as tcpdump: whatever came before */
        say_at(d, v, "\n\t      Neighbor Extended Local circuit-ID: 0x%08lx",
               AT_BE32(NEIGHBOR_CIRCUIT));
}

/* RFC 8667, section 3.1: ranges of labels. */
static void say_segment_capabilities(struct dissect *d, struct view v)
{
    enum { FLAGS, RANGE, SIDS = 4, SID = 1, LEAST = 5 };
    NAMES(flags, (0x80, "ipv4") (0x40, "ipv6"));
    u32 left = v.len - SIDS; /* as tcpdump: below zero when it is too short */

    say_at(d, v, ", Flags [%s], Range %lu",
           flags_of(d, &flags.names, u8_at(d, v, FLAGS), ", ", "None"), AT_BE24(RANGE));
    v = view_from(v, SIDS);
    while (left >= LEAST && !d->sealed) {
        u8 type = u8_at(d, v, ISIS_TYPE), length = u8_at(d, v, ISIS_LENGTH);
        v = view_from(v, ISIS_TLV_HEADER_LEN);
        left -= ISIS_TLV_HEADER_LEN;
        if (length > left)
            return;
        if (type != SID)
            hexdump(d->out, "\n\t\t  ", view_sub(v, 0, length));
        else if (length == 3)
            say_at(d, v, ", SID value %lu", AT_BE24(0));
        else if (length == 4)
            say_at(d, v, ", SID value %lu", AT_BE32(0));
        else
            say(d, ", Unknown SID length%u", length);
        v = view_from(v, length);
        left -= length;
    }
}

static void say_capability(struct dissect *d, struct view v)
{
    enum { ROUTER, FLAGS = 4, SUBTLVS, SEGMENTS = 2 };
    NAMES(flags, (1, "S bit") (2, "D bit"));
    NAMES(subtlvs, (SEGMENTS, "SR-Capabilities"));

    if (v.len < SUBTLVS) {
        say(d, " [object length %u < %u]", v.len, (unsigned)SUBTLVS);
        invalid(d);
        return;
    }
    say_at(d, v, "\n\t      Router-ID %pI4", AT_ADDRESS(ROUTER));
    say(d, ", Flags [%s]", flags_of(d, &flags.names, u8_at(d, v, FLAGS), ", ", "none"));
    for (v = view_from(v, SUBTLVS); v.len >= ISIS_TLV_HEADER_LEN && !d->sealed;) {
        u8 type = u8_at(d, v, ISIS_TYPE), length = u8_at(d, v, ISIS_LENGTH);
        v = view_from(v, ISIS_TLV_HEADER_LEN);
        say(d, "\n\t\t%s subTLV #%u, length: %u", name_of(d, &subtlvs.names, type, "unknown"), type,
            length);
        if (length > v.len || !view_has(v, 0, length))
            return;
        if (type == SEGMENTS)
            say_segment_capabilities(d, view_claim(v, length));
        else
            hexdump(d->out, "\n\t\t", view_sub(v, 0, length));
        v = view_from(v, length);
    }
}

static void say_vendor(struct dissect *d, struct view v)
{
    if (v.len < 3)
        return;
    u32 vendor = be24_at(d, v, 0);
    say(d, "\n\t      Vendor: %s (%u)", oui_name(vendor), vendor);
    if (v.len > 3)
        hexdump(d->out, "\n\t\t", view_sub(v, 3, v.len - 3));
}

static void say_port_capability(struct dissect *d, struct view v)
{
    if (v.len < 2)
        return;
    u16 topology = be16_at(d, v, 0);
    say(d, "\n\t       RES: %u, MTID(s): %u", topology >> 12, topology & 0xfff);
    isis_port_capability(d, view_from(v, 2));
}

static void say_mt_capability(struct dissect *d, struct view v)
{
    if (v.len < 2)
        return;
    u16 topology = be16_at(d, v, 0);
    say(d, "\n\t      O: %u, RES: %u, MTID(s): %u", topology >> 15, topology >> 12 & 7,
        topology & 0xfff);
    isis_capability(d, view_from(v, 2));
}

/* What became of a value: printed, to be dumped, or the end of the packet's text. */
enum outcome { PRINTED, UNKNOWN, OVER };

static enum outcome say_value(struct dissect *d, u8 type, struct view v, struct view pdu)
{
    switch (type) {
    case AREAS: say_areas(d, v); break;
    case IS_REACH: say_is_reach(d, v); break;
    case ES_NEIGHBORS: say_es_neighbors(d, v); break;
    case PARTITION_DIS: say_partition(d, v); break;
    case PREFIX_NEIGHBORS: say_prefix_neighbors(d, v); break;
    case IS_NEIGHBORS: say_is_neighbors(d, v); break;
    case INSTANCE: say_instance(d, v); break;
    case PADDING: break;
    case LSP_ENTRIES: say_lsp_entries(d, v); break;
    case AUTHENTICATION: say_authentication(d, v); break;
    case CHECKSUM: say_checksum(d, v, pdu); break;
    case PURGE_ORIGINATOR: say_purge_originator(d, v); break;
    case BUFFER_SIZE:
        if (v.len >= 2)
            say_at(d, v, "\n\t      LSP Buffersize: %lu", AT_BE16(0));
        break;
    case EXTENDED_IS_REACH: isis_reach(d, v, REACH_IS); break;
    case IS_ALIAS: isis_reach(d, v, REACH_ALIAS); break;
    case MT_IS_REACH: say_topology_reach(d, v, REACH_IS); break;
    case IP_INTERNAL:
    case IP_EXTERNAL: return say_ip_reach(d, v) ? PRINTED : OVER;
    case EXTENDED_IP_REACH: isis_reach(d, v, REACH_IP4); break;
    case MT_IP_REACH: say_topology_reach(d, v, REACH_IP4); break;
    case IP6_REACH: isis_reach(d, v, REACH_IP6); break;
    case MT_IP6_REACH: say_topology_reach(d, v, REACH_IP6); break;
    case PROTOCOLS: say_protocols(d, v); break;
    case INTER_DOMAIN: say_inter_domain(d, v); break;
    case IP_ADDRESSES: say_addresses(d, v); break;
    case IP6_ADDRESSES: say_addresses6(d, v); break;
    case TE_ROUTER:
        if (v.len >= 4)
            say_at(d, v, "\n\t      Traffic Engineering Router ID: %pI4", AT_ADDRESS(0));
        break;
    case HOSTNAME: say_hostname(d, v); break;
    case RISK_GROUP: say_risk_group(d, v); break;
    case RESTART: say_restart(d, v); break;
    case TOPOLOGIES: say_topologies(d, v); break;
    case P2P_STATE: say_p2p_state(d, v); break;
    case HELLO_SEQUENCE:
        if (v.len >= 4)
            say_at(d, v, "\n\t      Sequence number: %lu", AT_BE32(0));
        break;
    case CAPABILITY: say_capability(d, v); break;
    case MT_PORT_CAPABILITY: say_port_capability(d, v); break;
    case MT_CAPABILITY: say_mt_capability(d, v); break;
    case VENDOR: say_vendor(d, v); break;
    default: return UNKNOWN;
    }
    return PRINTED;
}

void isis_tlvs(struct dissect *d, struct view pdu, u32 at, u32 end)
{
    /* The packet may end before the length that it tells. */
    while (at < end && at != pdu.len && !d->sealed) {
        if (end - at < ISIS_TLV_HEADER_LEN || !want(d, pdu, at, ISIS_TLV_HEADER_LEN)) {
            abandon(d);
            return;
        }
        u8 type = u8_at(d, pdu, at + ISIS_TYPE), length = u8_at(d, pdu, at + ISIS_LENGTH);
        at += ISIS_TLV_HEADER_LEN;
        say(d, "\n\t    %s TLV #%u, length: %u", name_of(d, &tlvs.names, type, "unknown"), type, length);
        if (length > end - at || at + length > pdu.len) {
            abandon(d);
            return;
        }
        enum outcome outcome = say_value(d, type, view_claim(view_from(pdu, at), length),
                                         view_claim(pdu, end < pdu.len ? end : pdu.len));
        if (outcome == OVER)
            return;
        struct view value = view_sub(pdu, at, length);
        if (verbose(d, 2))
            hexdump(d->out, "\n\t      ", value);
        else if (outcome == UNKNOWN)
            hexdump(d->out, "\n\t\t", value);
        at += length;
    }
}
