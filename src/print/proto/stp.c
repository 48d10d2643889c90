/*
 * STP, RSTP, MSTP and SPB: bridge protocol data units.  IEEE 802.1D-1998, clause 9; IEEE
 * 802.1Q-2014, clause 14.
 *
 *    0               2       3       4       5
 *   +---------------+-------+-------+-------+-----------------------+
 *   |  protocol 0   |version| type  | flags |   root identifier     |  configuration and rapid
 *   |      13: root path cost, 17: bridge, 25: port                 |  BPDUs
 *   |      27: message age, max age, hello time, forward delay      |
 *   +---------------------------------------------------------------+
 *   | 35: version 1 length (0)  | 36: version 3 length              |  from version 2 and 3 on
 *   | 38: configuration identifier: selector, name, revision,       |
 *   |     digest; 89: internal root path cost, 93: CIST bridge,     |
 *   |     101: remaining hops, 102: 16 bytes for each MST instance  |
 *   +---------------------------------------------------------------+
 *   | version 4 length, auxiliary identifier, agreement             |  from version 4 on
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum {
    PROTOCOL, VERSION = 2, TYPE, TCN_LEN, FLAGS = 4, ROOT_ID, ROOT_COST = 13, BRIDGE_ID = 17,
    PORT_ID = 25, MESSAGE_AGE = 27, MAX_AGE = 29, HELLO_TIME = 31, FORWARD_DELAY = 33,
    CONFIG_LEN = 35, RAPID_LEN,
    V1_LEN = 35, V3_LEN = 36, V3 = 38,
    MCID_NAME = 39, MCID_REVISION = 71, MCID_DIGEST = 73, INTERNAL_COST = 89, CIST_BRIDGE = 93,
    REMAINING_HOPS = 101, INSTANCES, MULTIPLE_LEN = 102,
};

/* A message about one MST instance, from its first byte. */
enum {
    MSTI_FLAGS, MSTI_ROOT_ID, MSTI_COST = 9, MSTI_BRIDGE_PRIORITY = 13, MSTI_PORT_PRIORITY,
    MSTI_HOPS, MSTI_LEN,
};

/* The version 4 part, from its length field. */
enum {
    V4_LEN, AUX_NAME = 3, AUX_REVISION = 35, AUX_DIGEST = 37, AGREEMENT = 53, FORMAT = 55,
    CONVENTION, EDGE_COUNT, AGREEMENT_DIGEST = 67, V4_END = 87,
};

enum { NAME_BYTES = 32, V4_LEN_MIN = 85 };

/* Version 3 parts that are not longer than this hold no MST instance. */
enum { V3_LEN_MIN = 64 };

enum { VERSION_STP, VERSION_RSTP = 2, VERSION_MSTP, VERSION_SPB };
enum { TYPE_CONFIG = 0x00, TYPE_RAPID = 0x02, TYPE_TOPOLOGY_CHANGE = 0x80 };

NAMES(versions,
      (VERSION_STP, "802.1d")
      (VERSION_RSTP, "802.1w")
      (VERSION_MSTP, "802.1s")
      (VERSION_SPB, "802.1aq"));

NAMES(types,
      (TYPE_CONFIG, "Config")
      (TYPE_RAPID, "Rapid STP")
      (TYPE_TOPOLOGY_CHANGE, "Topology Change"));

NAMES(flags,
      (0x01, "Topology change")
      (0x02, "Proposal")
      (0x10, "Learn")
      (0x20, "Forward")
      (0x40, "Agreement")
      (0x80, "Topology change ACK"));

static const char *const port_roles[] = { "Unknown", "Alternate", "Root", "Designated" };

static const char *port_role(u8 flag_byte) { return port_roles[flag_byte >> 2 & 3]; }

/* A bridge identifier as two arguments for "%04x.%pm": its priority, and its address. */
#define BRIDGE(d, v, off) be16_at(d, v, off), bytes_at(d, v, (off) + 2, 6)

/* Times count 1/256 seconds and are shown in hundredths, rounded to even as printf rounds. */
static u32 hundredths(struct dissect *d, struct view v, u32 off)
{
    u32 scaled = be16_at(d, v, off) * 100u, fraction = scaled & 255;
    u32 whole = scaled >> 8;
    return whole + (fraction > 128 || (fraction == 128 && whole % 2 != 0));
}

static void say_timers(struct dissect *d, struct view v)
{
    static const struct {
        u8 off;
        const char *text;
    } timers[] = {
        { MESSAGE_AGE, "\n\tmessage-age" },
        { MAX_AGE, ", max-age" },
        { HELLO_TIME, ", hello-time" },
        { FORWARD_DELAY, ", forwarding-delay" },
    };
    for (size_t i = 0; i < countof(timers); i++) {
        u32 time = hundredths(d, v, timers[i].off);
        say(d, "%s %u.%02us", timers[i].text, time / 100, time % 100);
    }
}

/* A configuration identifier, whose name may be cut short: name, revision, digest. */
static void say_name(struct dissect *d, struct view v, u32 off)
{
    if (!say_until_nul(d, view_sub(v, off, NAME_BYTES)))
        seal(d);
}

/* The words of a digest as arguments for "%08x" four times. */
#define DIGEST(d, v, off)                                                                          \
    be32_at(d, v, off), be32_at(d, v, (off) + 4), be32_at(d, v, (off) + 8), be32_at(d, v, (off) + 12)

static void print_config(struct dissect *d, struct view v)
{
    u8 flag_byte = u8_at(d, v, FLAGS);

    say(d, ", Flags [%s]", flags_of(d, &flags.names, flag_byte, ", ", "none"));
    say(d, ", bridge-id %04x.%pm.%04x, length %u", BRIDGE(d, v, BRIDGE_ID), be16_at(d, v, PORT_ID), v.len);
    if (!verbose(d, 1) || !need(d, v, 0, CONFIG_LEN))
        return;
    say_timers(d, v);
    say(d, "\n\troot-id %04x.%pm, root-pathcost %u", BRIDGE(d, v, ROOT_ID), be32_at(d, v, ROOT_COST));
    if (u8_at(d, v, VERSION) == VERSION_RSTP)
        say(d, ", port-role %s", port_role(flag_byte));
}

static void print_instance(struct dissect *d, struct view v)
{
    u8 flag_byte = u8_at(d, v, MSTI_FLAGS);

    say(d, "\n\tMSTI %u, Flags [%s], port-role %s", be16_at(d, v, MSTI_ROOT_ID) & 0xfffu,
        flags_of(d, &flags.names, flag_byte, ", ", "none"), port_role(flag_byte));
    say(d, "\n\t\tMSTI regional-root-id %04x.%pm, pathcost %u", BRIDGE(d, v, MSTI_ROOT_ID),
        be32_at(d, v, MSTI_COST));
    say_at(d, v, "\n\t\tMSTI bridge-prio %u, port-prio %u, hops %lu",
           u8_at(d, v, MSTI_BRIDGE_PRIORITY) >> 4, u8_at(d, v, MSTI_PORT_PRIORITY) >> 4,
           AT_U8(MSTI_HOPS));
}

/* The agreement of shortest path bridging; `v` begins with the version 4 length. */
static void print_agreement(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\tv4len %lu, AUXMCID Name ", AT_BE16(V4_LEN));
    say_name(d, v, AUX_NAME);
    say(d, ", Rev %u,\n\t\tdigest %08x%08x%08x%08x", be16_at(d, v, AUX_REVISION), DIGEST(d, v, AUX_DIGEST));
    if (!need(d, v, 0, V4_END))
        return;
    u8 agreement = u8_at(d, v, AGREEMENT), format = u8_at(d, v, FORMAT);
    u8 convention = u8_at(d, v, CONVENTION);
    say(d, "\n\tAgreement num %u, Discarded Agreement num %u, Agreement valid-flag %u,", agreement >> 6,
        agreement >> 4 & 3, agreement >> 3 & 1);
    say(d, "\n\tRestricted role-flag: %u, Format id %u cap %u, Convention id %u cap %u,", agreement >> 2 & 1,
        format >> 4, format, convention >> 4, convention); /* as tcpdump: "cap" is the whole byte */
    say(d, "\n\tEdge count %u, Agreement digest %08x%08x%08x%08x%08x", be16_at(d, v, EDGE_COUNT),
        DIGEST(d, v, AGREEMENT_DIGEST), be32_at(d, v, AGREEMENT_DIGEST + 16));
}

static void print_multiple(struct dissect *d, struct view v, u32 v3_len)
{
    u8 flag_byte = u8_at(d, v, FLAGS);

    say(d, ", CIST Flags [%s], length %u", flags_of(d, &flags.names, flag_byte, ", ", "none"), v.len);
    if (!verbose(d, 1))
        return;
    say(d, "\n\tport-role %s, CIST root-id %04x.%pm, CIST ext-pathcost %u", port_role(flag_byte),
        BRIDGE(d, v, ROOT_ID), be32_at(d, v, ROOT_COST));
    say(d, "\n\tCIST regional-root-id %04x.%pm, CIST port-id %04x,", BRIDGE(d, v, BRIDGE_ID),
        be16_at(d, v, PORT_ID));
    say_timers(d, v);
    say(d, "\n\tv3len %u, MCID Name ", v3_len);
    say_name(d, v, MCID_NAME);
    say(d, ", rev %u,\n\t\tdigest %08x%08x%08x%08x, ", be16_at(d, v, MCID_REVISION),
        DIGEST(d, v, MCID_DIGEST));
    say_at(d, v, "CIST int-root-pathcost %lu,", AT_BE32(INTERNAL_COST));
    say(d, "\n\tCIST bridge-id %04x.%pm, ", BRIDGE(d, v, CIST_BRIDGE));
    say_at(d, v, "CIST remaining-hops %lu", AT_U8(REMAINING_HOPS));

    u32 instances = v3_len > V3_LEN_MIN ? (v3_len - V3_LEN_MIN) / MSTI_LEN : 0;
    for (u32 i = 0; repeat(d, i, instances); i++)
        print_instance(d, view_from(v, INSTANCES + i * MSTI_LEN));
}

/* Multiple spanning trees and, in version 4, what follows them. */
static void print_multiple_or_shortest_path(struct dissect *d, struct view v, u8 version)
{
    if (v.len < MULTIPLE_LEN || u8_at(d, v, V1_LEN) != 0 || be16_at(d, v, V3_LEN) > v.len - V3) {
        invalid(d);
        return;
    }
    u32 v3_len = be16_at(d, v, V3_LEN);
    print_multiple(d, v, v3_len);
    if (version != VERSION_SPB)
        return;
    struct view v4 = view_from(v, V3 + v3_len);
    u16 v4_len = be16_at(d, v4, V4_LEN);
    if (v4_len < V4_LEN_MIN || v4_len + 2u > v4.len) {
        invalid(d);
        return;
    }
    if (verbose(d, 1))
        print_agreement(d, v4);
}

void print_stp(struct dissect *d, struct view v)
{
    d->proto = "stp";
    if (v.len < TCN_LEN) {
        invalid(d);
        return;
    }
    u16 protocol = be16_at(d, v, PROTOCOL);
    if (protocol != 0) {
        say(d, "unknown STP version, length %u", v.len);
        return;
    }
    u8 version = u8_at(d, v, VERSION);
    say(d, "STP %s", name_of(d, &versions.names, version, "Unknown STP protocol (0x%02x)"));
    if (name_find(&versions.names, version) == NULL)
        return;
    u8 type = u8_at(d, v, TYPE);
    say(d, ", %s", name_of(d, &types.names, type, "Unknown BPDU Type (0x%02x)"));
    switch (type) {
    case TYPE_CONFIG:
        if (v.len < CONFIG_LEN)
            invalid(d);
        else
            print_config(d, v);
        break;
    case TYPE_RAPID:
        if (version >= VERSION_MSTP)
            print_multiple_or_shortest_path(d, v, version);
        else if (version == VERSION_RSTP && v.len < RAPID_LEN)
            invalid(d);
        else if (version == VERSION_RSTP)
            print_config(d, v);
        break;
    default: break;
    }
}
