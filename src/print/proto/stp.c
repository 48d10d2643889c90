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
    V3_LEN = 36, V3 = 38,
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
    CONVENTION = 57, EDGE_COUNT = 59, AGREEMENT_DIGEST = 67, V4_END = 87,
};

enum { NAME_BYTES = 32, DIGEST_BYTES = 16, AGREEMENT_DIGEST_BYTES = 20, V4_LEN_MIN = 85 };

/* Version 3 parts that are not longer than this hold no MST instance. */
enum { V3_LEN_MIN = 64 };

enum { VERSION_STP, VERSION_RSTP = 2, VERSION_MSTP, VERSION_SPB };
enum { TYPE_CONFIG = 0x00, TYPE_RAPID = 0x02, TYPE_TOPOLOGY_CHANGE = 0x80 };

static const struct name versions[] = {
    { VERSION_STP, "802.1d" },
    { VERSION_RSTP, "802.1w" },
    { VERSION_MSTP, "802.1s" },
    { VERSION_SPB, "802.1aq" },
    NAMES_END
};

static const struct name types[] = {
    { TYPE_CONFIG, "Config" },
    { TYPE_RAPID, "Rapid STP" },
    { TYPE_TOPOLOGY_CHANGE, "Topology Change" },
    NAMES_END
};

static const struct name flags[] = {
    { 0x01, "Topology change" },
    { 0x02, "Proposal" },
    { 0x10, "Learn" },
    { 0x20, "Forward" },
    { 0x40, "Agreement" },
    { 0x80, "Topology change ACK" },
    NAMES_END
};

static const char *const port_roles[] = { "Unknown", "Alternate", "Root", "Designated" };

static const char *port_role(u8 flag_byte) { return port_roles[flag_byte >> 2 & 3]; }

/* A bridge identifier: its priority, and its address. */
static void say_bridge(struct dissect *d, struct view v, u32 off)
{
    say(d, "%04x.%pm", be16_at(d, v, off), bytes_at(d, v, off + 2, 6));
}

/* Times count 1/256 seconds; the reference shows whole and hundredths, cut. */
static void say_time(struct dissect *d, const char *what, struct view v, u32 off)
{
    u16 time = be16_at(d, v, off);
    say(d, "%s %u.%02us", what, time >> 8, (time & 0xffu) * 100 / 256);
}

static void say_timers(struct dissect *d, struct view v)
{
    say_time(d, "\n\tmessage-age", v, MESSAGE_AGE);
    say_time(d, ", max-age", v, MAX_AGE);
    say_time(d, ", hello-time", v, HELLO_TIME);
    say_time(d, ", forwarding-delay", v, FORWARD_DELAY);
}

/* A name field is text up to a zero byte; then a revision and a digest. */
static void say_digest(struct dissect *d, struct view v, u32 off, u32 n)
{
    for (u32 i = 0; i < n; i += 4)
        say(d, "%08x", be32_at(d, v, off + i));
}

static void print_config(struct dissect *d, struct view v)
{
    u8 flag_byte = u8_at(d, v, FLAGS);

    say(d, ", Flags [%s]", flags_of(d, flags, flag_byte, ", ", "none"));
    say_z(d, ", bridge-id ");
    say_bridge(d, v, BRIDGE_ID);
    say(d, ".%04x, length %u", be16_at(d, v, PORT_ID), v.len);
    if (!verbose(d, 1))
        return;
    say_timers(d, v);
    say_z(d, "\n\troot-id ");
    say_bridge(d, v, ROOT_ID);
    say(d, ", root-pathcost %u", be32_at(d, v, ROOT_COST));
    if (u8_at(d, v, VERSION) == VERSION_RSTP)
        say(d, ", port-role %s", port_role(flag_byte));
}

static void print_instance(struct dissect *d, struct view v)
{
    u8 flag_byte = u8_at(d, v, MSTI_FLAGS);

    say(d, "\n\tMSTI %u, Flags [%s], port-role %s", be16_at(d, v, MSTI_ROOT_ID) & 0xfffu,
        flags_of(d, flags, flag_byte, ", ", "none"), port_role(flag_byte));
    say_z(d, "\n\t\tMSTI regional-root-id ");
    say_bridge(d, v, MSTI_ROOT_ID);
    say(d, ", pathcost %u", be32_at(d, v, MSTI_COST));
    say(d, "\n\t\tMSTI bridge-prio %u, port-prio %u, hops %u", u8_at(d, v, MSTI_BRIDGE_PRIORITY) >> 4,
        u8_at(d, v, MSTI_PORT_PRIORITY) >> 4, u8_at(d, v, MSTI_HOPS));
}

/* The agreement of shortest path bridging; `v` begins with the version 4 length. */
static void print_agreement(struct dissect *d, struct view v)
{
    say(d, "\n\tv4len %u, ", be16_at(d, v, V4_LEN));
    say_z(d, "AUXMCID Name ");
    need(d, v, AUX_NAME, NAME_BYTES);
    say_until_nul(d, view_sub(v, AUX_NAME, NAME_BYTES));
    say(d, ", Rev %u,\n\t\tdigest ", be16_at(d, v, AUX_REVISION));
    say_digest(d, v, AUX_DIGEST, DIGEST_BYTES);
    u8 agreement = u8_at(d, v, AGREEMENT);
    say(d, "\n\tAgreement num %u, Discarded Agreement num %u, Agreement valid-flag %u, \n\t",
        agreement >> 6, agreement >> 4 & 3, agreement >> 3 & 1);
    u8 format = u8_at(d, v, FORMAT);
    say(d, "Restricted role-flag: %u, Format id %u cap %u, ", agreement >> 2 & 1, format >> 4, format & 15);
    say(d, "Convention id %u cap %u, \n\tEdge count %u, ", u8_at(d, v, CONVENTION) >> 4,
        u8_at(d, v, CONVENTION + 1), be16_at(d, v, EDGE_COUNT));
    say_z(d, "Agreement digest ");
    say_digest(d, v, AGREEMENT_DIGEST, AGREEMENT_DIGEST_BYTES);
}

static void print_multiple(struct dissect *d, struct view v)
{
    u8 flag_byte = u8_at(d, v, FLAGS);

    say(d, ", CIST Flags [%s], length %u", flags_of(d, flags, flag_byte, ", ", "none"), v.len);
    if (!verbose(d, 1)) {
        return;
    }
    say(d, "\n\tport-role %s, ", port_role(flag_byte));
    say_z(d, "CIST root-id ");
    say_bridge(d, v, ROOT_ID);
    say(d, ", CIST ext-pathcost %u", be32_at(d, v, ROOT_COST));
    say_z(d, "\n\tCIST regional-root-id ");
    say_bridge(d, v, BRIDGE_ID);
    say(d, ", CIST port-id %04x,", be16_at(d, v, PORT_ID));
    say_timers(d, v);

    u16 v3_len = be16_at(d, v, V3_LEN);
    say(d, "\n\tv3len %u, ", v3_len);
    say_z(d, "MCID Name ");
    need(d, v, MCID_NAME, NAME_BYTES);
    say_until_nul(d, view_sub(v, MCID_NAME, NAME_BYTES));
    say(d, ", rev %u,\n\t\tdigest ", be16_at(d, v, MCID_REVISION));
    say_digest(d, v, MCID_DIGEST, DIGEST_BYTES);
    say(d, ", CIST int-root-pathcost %u,", be32_at(d, v, INTERNAL_COST));
    say_z(d, "\n\tCIST bridge-id ");
    say_bridge(d, v, CIST_BRIDGE);
    say(d, ", CIST remaining-hops %u", u8_at(d, v, REMAINING_HOPS));

    u32 instances = v3_len > V3_LEN_MIN ? (u32)(v3_len - V3_LEN_MIN) / MSTI_LEN : 0;
    for (u32 i = 0; repeat(d, i, instances); i++)
        print_instance(d, view_from(v, INSTANCES + i * MSTI_LEN));
}

/* Multiple spanning trees and, in version 4, what follows them. */
static void print_multiple_or_shortest_path(struct dissect *d, struct view v, u8 version)
{
    if (v.len < MULTIPLE_LEN || be16_at(d, v, V3_LEN) > v.len - V3) {
        invalid(d);
        return;
    }
    print_multiple(d, v);
    if (version != VERSION_SPB)
        return;
    struct view v4 = view_from(v, V3 + be16_at(d, v, V3_LEN));
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
    say(d, "STP %s", name_of(d, versions, version, "Unknown STP protocol (0x%02x)"));
    if (name_find(versions, version) == NULL)
        return;
    u8 type = u8_at(d, v, TYPE);
    say(d, ", %s", name_of(d, types, type, "Unknown BPDU Type (0x%02x)"));
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
        else if (v.len < RAPID_LEN)
            invalid(d);
        else
            print_config(d, v);
        break;
    default: break;
    }
}
