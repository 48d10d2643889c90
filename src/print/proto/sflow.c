/*
 * sFlow version 5: samples of traffic and counters of interfaces.  sflow.org, "sFlow Version 5",
 * section 5; all fields have 32 bits or are made of such.
 *
 *   +---------------------------------------------------------------+
 *   | version | address type | agent address (4 or 16 bytes)        |
 *   | agent id | sequence number | uptime | number of samples       |
 *   +---------------------------------------------------------------+
 *   sample:  type, length, then by type a header with the number of its records, and
 *   record:  enterprise and type, length, data
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum { VERSION, ADDRESS_TYPE = 4, ADDRESS = 8 };
enum { VERSION_5 = 5, TYPE_IP4 = 1, TYPE_IP6 = 2, LEN_WITH_IP4 = 28, LEN_WITH_IP6 = 40 };

/* From behind the address. */
enum { AGENT_ID, SEQUENCE = 4, UPTIME = 8, SAMPLES = 12, REST_LEN = 16 };

enum { ITEM_TYPE, ITEM_LENGTH = 4, ITEM_HEADER_LEN = 8 };

enum { FORMAT_MASK = 0x0fff, FLOW_ENTERPRISE_SHIFT = 12, COUNTER_ENTERPRISE_SHIFT = 20 };

enum sample { FLOW = 1, COUNTERS, EXPANDED_FLOW, EXPANDED_COUNTERS };

NAMES(samples,
      (FLOW, "flow sample")
      (COUNTERS, "counter sample")
      (EXPANDED_FLOW, "expanded flow sample")
      (EXPANDED_COUNTERS, "expanded counter sample"));

enum flow_record {
    RAW_PACKET = 1, ETHERNET_FRAME, IP4_DATA, IP6_DATA, SWITCH_DATA = 1001, VLAN_TUNNEL = 1012,
};

NAMES(flow_records,
      (RAW_PACKET, "Raw packet")
      (ETHERNET_FRAME, "Ethernet frame")
      (IP4_DATA, "IPv4 Data")
      (IP6_DATA, "IPv6 Data")
      (SWITCH_DATA, "Extended Switch data")
      (1002, "Extended Router data")
      (1003, "Extended Gateway data")
      (1004, "Extended User data")
      (1005, "Extended URL data")
      (1006, "Extended MPLS data")
      (1007, "Extended NAT data")
      (1008, "Extended MPLS tunnel")
      (1009, "Extended MPLS VC")
      (1010, "Extended MPLS FEC")
      (1011, "Extended MPLS LVP FEC")
      (VLAN_TUNNEL, "Extended VLAN Tunnel"));

NAMES(protocols, (1, "Ethernet") (11, "IPv4") (12, "IPv6"));

enum counter_record { GENERIC = 1, ETHERNET, TOKEN_RING, BASE_VG, VLAN, PROCESSOR = 1001 };

NAMES(directions, (0, "unknown") (1, "full-duplex") (2, "half-duplex") (3, "in") (4, "out"));

enum { STATUS_ADMIN = 1, STATUS_OPERATION = 2 };

#define LL(value) ((unsigned long long)(value))

/* What prints the data of a record; false when it is too short. */
typedef bool handler(struct dissect *d, struct view v);

static bool generic(struct dissect *d, struct view v)
{
    if (v.len < 88)
        return false;
    u32 direction = be32_at(d, v, 16), status = be32_at(d, v, 20);

    say(d, "\n\t      ifindex %u, iftype %u, ifspeed %llu, ifdirection %u (%s)", be32_at(d, v, 0),
        be32_at(d, v, 4), LL(be64_at(d, v, 8)), direction,
        name_of(d, &directions.names, direction, "Unknown"));
    say(d, "\n\t      ifstatus %u, adminstatus: %s, operstatus: %s", status,
        (status & STATUS_ADMIN) != 0 ? "up" : "down",
        (status & STATUS_OPERATION) != 0 ? "up" : "down");
    say(d,
        "\n\t      In octets %llu, unicast pkts %u, multicast pkts %u, broadcast pkts %u, discards %u",
        LL(be64_at(d, v, 24)), be32_at(d, v, 32), be32_at(d, v, 36), be32_at(d, v, 40),
        be32_at(d, v, 44));
    say_at(d, v, "\n\t      In errors %lu, unknown protos %lu", AT_BE32(48), AT_BE32(52));
    say(d,
        "\n\t      Out octets %llu, unicast pkts %u, multicast pkts %u, broadcast pkts %u, discards %u",
        LL(be64_at(d, v, 56)), be32_at(d, v, 64), be32_at(d, v, 68), be32_at(d, v, 72),
        be32_at(d, v, 76));
    say_at(d, v, "\n\t      Out errors %lu, promisc mode %lu", AT_BE32(80), AT_BE32(84));
    return true;
}

static bool ethernet(struct dissect *d, struct view v)
{
    if (v.len < 52)
        return false;
    say_at(d, v,
           "\n\t      align errors %lu, fcs errors %lu, single collision %lu, multiple collision %lu, "
           "test error %lu", AT_BE32(0), AT_BE32(4), AT_BE32(8), AT_BE32(12), AT_BE32(16));
    say_at(d, v,
           "\n\t      deferred %lu, late collision %lu, excessive collision %lu, mac trans error %lu",
           AT_BE32(20), AT_BE32(24), AT_BE32(28), AT_BE32(32));
    say_at(d, v,
           "\n\t      carrier error %lu, frames too long %lu, mac receive errors %lu, symbol errors %lu",
           AT_BE32(36), AT_BE32(40), AT_BE32(44), AT_BE32(48));
    return true;
}

static bool base_vg(struct dissect *d, struct view v)
{
    if (v.len < 80)
        return false;
    say(d, "\n\t      in high prio frames %u, in high prio octets %llu", be32_at(d, v, 0),
        LL(be64_at(d, v, 4)));
    say(d, "\n\t      in norm prio frames %u, in norm prio octets %llu", be32_at(d, v, 12),
        LL(be64_at(d, v, 16)));
    say_at(d, v,
           "\n\t      in ipm errors %lu, oversized %lu, in data errors %lu, null addressed frames %lu",
           AT_BE32(24), AT_BE32(28), AT_BE32(32), AT_BE32(36));
    say(d, "\n\t      out high prio frames %u, out high prio octets %llu, trans into frames %u",
        be32_at(d, v, 40), LL(be64_at(d, v, 44)), be32_at(d, v, 52));
    say(d,
        "\n\t      in hc high prio octets %llu, in hc norm prio octets %llu, "
        "out hc high prio octets %llu",
        LL(be64_at(d, v, 56)), LL(be64_at(d, v, 64)), LL(be64_at(d, v, 72)));
    return true;
}

static bool vlan(struct dissect *d, struct view v)
{
    if (v.len < 28)
        return false;
    say(d,
        "\n\t      vlan_id %u, octets %llu, unicast_pkt %u, multicast_pkt %u, broadcast_pkt %u, "
        "discards %u",
        be32_at(d, v, 0), LL(be64_at(d, v, 4)), be32_at(d, v, 12), be32_at(d, v, 16),
        be32_at(d, v, 20), be32_at(d, v, 24));
    return true;
}

static bool processor(struct dissect *d, struct view v)
{
    if (v.len < 28)
        return false;
    say(d, "\n\t      5sec %u, 1min %u, 5min %u, total_mem %llu, total_mem %llu", be32_at(d, v, 0),
        be32_at(d, v, 4), be32_at(d, v, 8), LL(be64_at(d, v, 12)), LL(be64_at(d, v, 20)));
    return true;
}

static bool raw_packet(struct dissect *d, struct view v)
{
    if (v.len < 16)
        return false;
    u32 protocol = be32_at(d, v, 0);
    say_at(d, v, "\n\t      protocol %s (%u), length %lu, stripped bytes %lu, header_size %lu",
           name_of(d, &protocols.names, protocol, "Unknown"), protocol, AT_BE32(4), AT_BE32(8),
           AT_BE32(12));
    return true;
}

static bool ethernet_frame(struct dissect *d, struct view v)
{
    if (v.len < 24)
        return false;
    say_at(d, v, "\n\t      frame len %lu, type %lu", AT_BE32(0), AT_BE32(20));
    return true;
}

static bool switch_data(struct dissect *d, struct view v)
{
    if (v.len < 16)
        return false;
    say_at(d, v, "\n\t      src vlan %lu, src pri %lu, dst vlan %lu, dst pri %lu", AT_BE32(0),
           AT_BE32(4), AT_BE32(8), AT_BE32(12));
    return true;
}

static bool name_only(struct dissect *d, struct view v)
{
    (void)d;
    (void)v;
    return true;
}

static const struct {
    u32 type;
    const char *name;
    handler *say;
} counter_records[] = {
    { GENERIC, "Generic counter", generic },
    { ETHERNET, "Ethernet counter", ethernet },
    { TOKEN_RING, "Token ring counter", name_only },
    { BASE_VG, "100 BaseVG counter", base_vg },
    { VLAN, "Vlan counter", vlan },
    { PROCESSOR, "Processor counter", processor },
};

/* Data that has no printer; more -v leaves it out. */
static void dump(struct dissect *d, const char *indent, struct view v)
{
    if (!verbose(d, 2))
        hexdump(d->out, indent, v);
}

/*
 * The data of a record, `len` bytes long; as tcpdump, it may use what follows them.  False when it is
 * too short.
 */
static bool say_flow_record(struct dissect *d, u32 word, struct view data, u32 len)
{
    u32 enterprise = word >> FLOW_ENTERPRISE_SHIFT, type = word & FORMAT_MASK;

    if (enterprise != 0)
        return true;
    switch (type) {
    case RAW_PACKET: return raw_packet(d, data);
    case ETHERNET_FRAME: return ethernet_frame(d, data);
    case SWITCH_DATA: return switch_data(d, data);
    default:
        if (name_find(&flow_records.names, type) == NULL)
            dump(d, "\n\t\t", view_clip(data, len));
        return true;
    }
}

/* The beginning of a record: its type and enterprise.  False when what is left cannot hold it. */
static bool say_record_header(struct dissect *d, struct view v, bool flow, u32 *word, u32 *len)
{
    *word = be32_at(d, v, ITEM_TYPE);
    *len = be32_at(d, v, ITEM_LENGTH);
    u32 type = *word & FORMAT_MASK;

    if (flow) {
        u32 enterprise = *word >> FLOW_ENTERPRISE_SHIFT;
        say(d, "\n\t    enterprise %u %s (%u) length %u", enterprise,
            enterprise == 0 ? name_of(d, &flow_records.names, type, "Unknown") : "Unknown", type, *len);
    } else {
        u32 enterprise = *word >> COUNTER_ENTERPRISE_SHIFT;
        const char *name = "Unknown";
        for (size_t i = 0; i < countof(counter_records); i++)
            if (enterprise == 0 && counter_records[i].type == type)
                name = counter_records[i].name;
        say(d, "\n\t    enterprise %u, %s (%u) length %u", enterprise, name, type, *len);
    }
    return *len <= view_from(v, ITEM_HEADER_LEN).len;
}

static bool say_counter_record(struct dissect *d, u32 word, struct view data, u32 len)
{
    if (word >> COUNTER_ENTERPRISE_SHIFT != 0)
        return true;
    for (size_t i = 0; i < countof(counter_records); i++)
        if (counter_records[i].type == (word & FORMAT_MASK))
            return counter_records[i].say(d, data);
    dump(d, "\n\t\t", view_clip(data, len));
    return true;
}

/* `count` records at the front of `v`.  False when one of them does not fit. */
static bool say_records(struct dissect *d, struct view v, u32 count, bool flow)
{
    for (u32 i = 0; repeat(d, i, count); i++) {
        u32 word, len;

        if (v.len < ITEM_HEADER_LEN || !say_record_header(d, v, flow, &word, &len))
            return false;
        struct view data = view_from(v, ITEM_HEADER_LEN);
        if (flow ? !say_flow_record(d, word, data, len) : !say_counter_record(d, word, data, len))
            return false;
        v = view_from(v, ITEM_HEADER_LEN + len);
    }
    return true;
}

/*
 * The header of a sample and its records.  As tcpdump, they may go beyond the sample's length.  False when
 * they do not fit into the packet.
 */
static bool say_sample(struct dissect *d, u32 type, struct view v)
{
    enum { SOURCE = 4, SOURCE_TYPE_SHIFT = 24, SOURCE_INDEX_MASK = 0xffffff };
    static const u8 lengths[] = { 0, 32, 12, 44, 16 };
    u32 header_len = lengths[type];

    if (v.len < header_len)
        return false;
    if (!need(d, v, 0, header_len))
        return true;
    bool expanded = type == EXPANDED_FLOW || type == EXPANDED_COUNTERS;
    u32 source = be32_at(d, v, SOURCE);
    say_at(d, v, " seqnum %lu, type %u, idx %u", AT_BE32(0),
           expanded ? source : source >> SOURCE_TYPE_SHIFT,
           expanded ? be32_at(d, v, SOURCE + 4) : source & SOURCE_INDEX_MASK);
    struct view rest = view_from(v, SOURCE + (expanded ? 8 : 4));
    if (type == FLOW || type == EXPANDED_FLOW)
        say_at(d, rest, ", rate %lu, pool %lu, drops %lu", AT_BE32(0), AT_BE32(4), AT_BE32(8));
    if (type == FLOW)
        say_at(d, rest, ", input %lu output %lu", AT_BE32(12), AT_BE32(16));
    u32 count = be32_at(d, v, header_len - 4);
    say(d, type == FLOW ? " records %u" : ", records %u", count);
    return say_records(d, view_from(v, header_len), count, type == FLOW || type == EXPANDED_FLOW);
}

static void say_samples(struct dissect *d, struct view v, u32 count)
{
    for (u32 i = 0; repeat(d, i, count) && v.len > 0; i++) {
        u32 type = be32_at(d, v, ITEM_TYPE) & FORMAT_MASK, len = be32_at(d, v, ITEM_LENGTH);

        if (v.len < ITEM_HEADER_LEN) {
            invalid(d);
            return;
        }
        say(d, "\n\t%s (%u), length %u,", name_of(d, &samples.names, type, "Unknown"), type, len);
        if (type == 0 || len == 0)
            return;
        v = view_from(v, ITEM_HEADER_LEN);
        if (len > v.len) {
            invalid(d);
            need(d, v, 0, v.len);
            return;
        }
        if (!need(d, v, 0, len))
            return;
        if (type > EXPANDED_COUNTERS) {
            dump(d, "\n\t    ", view_clip(v, len));
        } else if (!say_sample(d, type, v)) {
            invalid(d);
            need(d, v, 0, v.len);
            return;
        }
        v = view_from(v, len);
    }
}

/* The first line, behind the version. */
static void say_agent(struct dissect *d, struct view v, bool is_ip4, struct view rest)
{
    u32 agent = be32_at(d, rest, AGENT_ID);

    if (is_ip4)
        say_at(d, v, ", IPv4 agent %pI4, agent-id %u", AT_ADDRESS(ADDRESS), agent);
    else
        say_at(d, v, ", IPv6 agent %pI6, agent-id %u", AT_ADDRESS(ADDRESS), agent);
}

void print_sflow(struct dissect *d, struct view v)
{
    d->proto = "sflow";
    u32 version = be32_at(d, v, VERSION), type = be32_at(d, v, ADDRESS_TYPE);

    if ((type == TYPE_IP4 && v.len < LEN_WITH_IP4) || (type == TYPE_IP6 && v.len < LEN_WITH_IP6)) {
        say(d, "sFlowv%u [length %u < %u]", version, v.len, (unsigned)LEN_WITH_IP4); /* as tcpdump */
        invalid(d);
        return;
    }
    if (!need(d, v, 0, LEN_WITH_IP4))
        return;
    if (version != VERSION_5) {
        say(d, "sFlow version %u packet not supported", version);
        return;
    }
    struct view rest = view_from(v, ADDRESS + (type == TYPE_IP4 ? 4 : 16));
    if (!need(d, rest, 0, verbose(d, 1) ? REST_LEN : SEQUENCE))
        return;
    say(d, "sFlowv%u", version);
    say_agent(d, v, type == TYPE_IP4, rest);
    if (!verbose(d, 1)) {
        say(d, ", length %u", v.len);
        return;
    }
    u32 count = be32_at(d, rest, SAMPLES);
    say_at(d, rest, ", seqnum %lu, uptime %lu, samples %u, length %u", AT_BE32(SEQUENCE),
           AT_BE32(UPTIME), count, v.len);
    u32 header_len = type == TYPE_IP4 ? LEN_WITH_IP4 : LEN_WITH_IP6;
    if (v.len < header_len) { /* a type that is unknown */
        say(d, " [tlen %u < %u]", v.len, header_len);
        invalid(d);
        return;
    }
    say_samples(d, view_from(v, header_len), count);
}
