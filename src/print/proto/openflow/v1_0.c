/*
 * OpenFlow 1.0: what its messages say.  Open Networking Foundation, TS-001, sections 5.2 to 5.5.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |                           wildcards                           |   a match: 40 bytes
 *   |            in_port            |         dl_src (6) ...        |
 *   |                     dl_dst (6) ...                            |
 *   |            dl_vlan            |  dl_vlan_pcp  |               |
 *   |            dl_type            |    nw_tos     |   nw_proto    |
 *   |                               |          nw_src ...           |
 *   |          nw_dst ...           |            tp_src             |
 *   |            tp_dst             |
 *   +-------------------------------+
 */
#include "print/proto/openflow/openflow.h"

#include "base/ethertype.h"
#include "print/proto/ether.h"

enum type {
    PORT_MOD = 15,
    STATS_REQUEST,
    STATS_REPLY,
    QUEUE_GET_CONFIG_REQUEST = 20,
    QUEUE_GET_CONFIG_REPLY,
};

SHARED_NAMES(openflow_types_1_0,
      (OPENFLOW_HELLO, "HELLO")
      (OPENFLOW_ERROR, "ERROR")
      (OPENFLOW_ECHO_REQUEST, "ECHO_REQUEST")
      (OPENFLOW_ECHO_REPLY, "ECHO_REPLY")
      (OPENFLOW_VENDOR, "VENDOR")
      (5, "FEATURES_REQUEST")
      (OPENFLOW_FEATURES_REPLY, "FEATURES_REPLY")
      (7, "GET_CONFIG_REQUEST")
      (OPENFLOW_GET_CONFIG_REPLY, "GET_CONFIG_REPLY")
      (OPENFLOW_SET_CONFIG, "SET_CONFIG")
      (OPENFLOW_PACKET_IN, "PACKET_IN")
      (OPENFLOW_FLOW_REMOVED, "FLOW_REMOVED")
      (OPENFLOW_PORT_STATUS, "PORT_STATUS")
      (OPENFLOW_PACKET_OUT, "PACKET_OUT")
      (OPENFLOW_FLOW_MOD, "FLOW_MOD")
      (PORT_MOD, "PORT_MOD")
      (STATS_REQUEST, "STATS_REQUEST")
      (STATS_REPLY, "STATS_REPLY")
      (18, "BARRIER_REQUEST")
      (19, "BARRIER_REPLY")
      (QUEUE_GET_CONFIG_REQUEST, "QUEUE_GET_CONFIG_REQUEST")
      (QUEUE_GET_CONFIG_REPLY, "QUEUE_GET_CONFIG_REPLY"));

/* Lengths of structures. */
enum {
    MATCH_LEN = 40,
    ACTION_MIN = 8,
    PHY_PORT_LEN = 48,
    FLOW_STATS_MIN = 88,
    TABLE_STATS_LEN = 64,
    PORT_STATS_LEN = 104,
    QUEUE_STATS_LEN = 32,
    QUEUE_MIN = 8,
    PROPERTY_MIN = 8,
};

enum { NO_BUFFER = 0xffffffff, ALL_QUEUES = 0xffffffff };

NAMES(ports,
      (0xff00, "MAX")
      (0xfff8, "IN_PORT")
      (0xfff9, "TABLE")
      (0xfffa, "NORMAL")
      (0xfffb, "FLOOD")
      (0xfffc, "ALL")
      (0xfffd, "CONTROLLER")
      (0xfffe, "LOCAL")
      (0xffff, "NONE"));

NAMES(tables, (0xfe, "EMERG") (0xff, "ALL"));

static const char *port_name(struct dissect *d, u16 port)
{
    return name_of(d, &ports.names, port, "%u");
}

static const char *buffer_text(struct dissect *d, u32 buffer)
{
    NAMES(names, (NO_BUFFER, "NONE"));

    return name_of(d, &names.names, buffer, "0x%08x");
}

/* -- errors */

NAMES(errors,
      (0, "HELLO_FAILED")
      (1, "BAD_REQUEST")
      (2, "BAD_ACTION")
      (3, "FLOW_MOD_FAILED")
      (4, "PORT_MOD_FAILED")
      (5, "QUEUE_OP_FAILED"));

NAMES(hello_codes, (0, "INCOMPATIBLE") (1, "EPERM"));
NAMES(request_codes,
      (0, "BAD_VERSION")
      (1, "BAD_TYPE")
      (2, "BAD_STAT")
      (3, "BAD_VENDOR")
      (4, "BAD_SUBTYPE")
      (5, "EPERM")
      (6, "BAD_LEN")
      (7, "BUFFER_EMPTY")
      (8, "BUFFER_UNKNOWN"));
NAMES(action_codes,
      (0, "BAD_TYPE")
      (1, "BAD_LEN")
      (2, "BAD_VENDOR")
      (3, "BAD_VENDOR_TYPE")
      (4, "BAD_OUT_PORT")
      (5, "BAD_ARGUMENT")
      (6, "EPERM")
      (7, "TOO_MANY")
      (8, "BAD_QUEUE"));
NAMES(flow_codes,
      (0, "ALL_TABLES_FULL")
      (1, "OVERLAP")
      (2, "EPERM")
      (3, "BAD_EMERG_TIMEOUT")
      (4, "BAD_COMMAND")
      (5, "UNSUPPORTED"));
NAMES(port_codes, (0, "BAD_PORT") (1, "BAD_HW_ADDR"));
NAMES(queue_codes, (0, "BAD_PORT") (1, "BAD_QUEUE") (2, "EPERM"));

static const struct names *const codes[] = { &hello_codes.names,  &request_codes.names,
                                             &action_codes.names, &flow_codes.names,
                                             &port_codes.names,   &queue_codes.names };

/* -- ports */

NAMES(port_configs,
      (0x01, "PORT_DOWN")
      (0x02, "NO_STP")
      (0x04, "NO_RECV")
      (0x08, "NO_RECV_STP")
      (0x10, "NO_FLOOD")
      (0x20, "NO_FWD")
      (0x40, "NO_PACKET_IN"));
NAMES(port_features,
      (0x001, "10MB_HD")
      (0x002, "10MB_FD")
      (0x004, "100MB_HD")
      (0x008, "100MB_FD")
      (0x010, "1GB_HD")
      (0x020, "1GB_FD")
      (0x040, "10GB_FD")
      (0x080, "COPPER")
      (0x100, "FIBER")
      (0x200, "AUTONEG")
      (0x400, "PAUSE")
      (0x800, "PAUSE_ASYM"));
enum { PORT_CONFIG_BITS = 0x7f, PORT_FEATURE_BITS = 0xfff };

static void say_features(struct dissect *d, const char *label, struct view v, u32 at)
{
    openflow_bits(d, label, be32_at(d, v, at), 8, &port_features.names, PORT_FEATURE_BITS);
}

static void say_port_state(struct dissect *d, u32 state)
{
    enum { LINK_DOWN = 1, STP = 0x300 };
    NAMES(stp,
          (0x000, "STP_LISTEN")
          (0x100, "STP_LEARN")
          (0x200, "STP_FORWARD")
          (0x300, "STP_BLOCK"));

    say(d, "\n\t   state 0x%08x (%s%s)%s", state, name_of(d, &stp.names, state & STP, ""),
        (state & LINK_DOWN) != 0 ? ", LINK_DOWN" : "",
        (state & ~(u32)(STP | LINK_DOWN)) != 0 ? " (bogus)" : "");
}

/* Descriptions of physical ports, to the end. */
static void say_ports(struct dissect *d, struct view v)
{
    enum { NUMBER, ADDRESS = 2, NAME = 8, NAME_LEN = 16, CONFIG = 24, STATE = 28 };
    static const char *const features[] = { "\n\t   curr", "\n\t   advertised", "\n\t   supported",
                                            "\n\t   peer" };

    for (; v.len > 0 && !d->sealed; v = view_from(v, PHY_PORT_LEN)) {
        if (v.len < PHY_PORT_LEN) {
            openflow_wrong(d, v);
            return;
        }
        say(d, "\n\t  port_no %s", port_name(d, be16_at(d, v, NUMBER)));
        say_at(d, v, ", hw_addr %pM", AT_ADDRESS(ADDRESS));
        say_z(d, ", name ");
        openflow_text(d, view_sub(v, NAME, NAME_LEN));
        if (!verbose(d, 2)) {
            need(d, v, CONFIG, PHY_PORT_LEN - CONFIG);
            continue;
        }
        openflow_bits(d, "\n\t   config", be32_at(d, v, CONFIG), 8, &port_configs.names,
                      PORT_CONFIG_BITS);
        say_port_state(d, be32_at(d, v, STATE));
        for (u32 i = 0; i < countof(features); i++)
            say_features(d, features[i], v, STATE + 4 + i * 4);
    }
}

static void say_port_mod(struct dissect *d, struct view v)
{
    enum { NUMBER, ADDRESS = 2, CONFIG = 8, MASK = 12, ADVERTISE = 16, PAD = 20 };

    say(d, "\n\t port_no %s", port_name(d, be16_at(d, v, NUMBER)));
    say_at(d, v, ", hw_addr %pM", AT_ADDRESS(ADDRESS));
    openflow_bits(d, "\n\t config", be32_at(d, v, CONFIG), 8, &port_configs.names,
                  PORT_CONFIG_BITS);
    openflow_bits(d, "\n\t mask", be32_at(d, v, MASK), 8, &port_configs.names, PORT_CONFIG_BITS);
    say_features(d, "\n\t advertise", v, ADVERTISE);
    need(d, v, PAD, 4);
}

static void say_features_reply(struct dissect *d, struct view v)
{
    enum { DATAPATH, BUFFERS = 8, TABLES = 12, CAPABILITIES = 16, ACTIONS = 20, PORTS = 24 };
    NAMES(capabilities,
          (0x01, "FLOW_STATS")
          (0x02, "TABLE_STATS")
          (0x04, "PORT_STATS")
          (0x08, "STP")
          (0x10, "RESERVED")
          (0x20, "IP_REASM")
          (0x40, "QUEUE_STATS")
          (0x80, "ARP_MATCH_IP"));
    NAMES(action_bits,
          (0x001, "OUTPUT")
          (0x002, "SET_VLAN_VID")
          (0x004, "SET_VLAN_PCP")
          (0x008, "STRIP_VLAN")
          (0x010, "SET_DL_SRC")
          (0x020, "SET_DL_DST")
          (0x040, "SET_NW_SRC")
          (0x080, "SET_NW_DST")
          (0x100, "SET_NW_TOS")
          (0x200, "SET_TP_SRC")
          (0x400, "SET_TP_DST")
          (0x800, "ENQUEUE"));

    say_at(d, v, "\n\t dpid 0x%08lx%08lx", AT_BE32(DATAPATH), AT_BE32(DATAPATH + 4));
    say_at(d, v, ", n_buffers %lu", AT_BE32(BUFFERS));
    say_at(d, v, ", n_tables %lu", AT_U8(TABLES));
    openflow_bits(d, "\n\t capabilities", be32_at(d, v, CAPABILITIES), 8, &capabilities.names,
                  0xef);
    openflow_bits(d, "\n\t actions", be32_at(d, v, ACTIONS), 8, &action_bits.names, 0xfff);
    say_ports(d, view_from(v, PORTS));
}

/* -- matches */

enum wildcard {
    IN_PORT = 0x001,
    DL_VLAN = 0x002,
    DL_SRC = 0x004,
    DL_DST = 0x008,
    DL_TYPE = 0x010,
    NW_PROTO = 0x020,
    TP_SRC = 0x040,
    TP_DST = 0x080,
    NW_SRC_SHIFT = 8, /* six bits: how many of the address are wild */
    NW_DST_SHIFT = 14,
    DL_VLAN_PCP = 0x100000,
    NW_TOS = 0x200000,
    ALL_WILDCARDS = 0x3fffff,
};

static const char *vlan_text(struct dissect *d, u16 vlan)
{
    enum { NO_VLAN = 0xffff, VLAN_MAX = 4094 };
    NAMES(names, (NO_VLAN, "NONE"));

    return name_of(d, &names.names, vlan, vlan == 0 || vlan > VLAN_MAX ? "%u (bogus)" : "%u");
}

static const char *priority_text(struct dissect *d, u8 priority)
{
    return name_of(d, &no_names, priority, priority > 7 ? "%u (bogus)" : "%u");
}

/* A line for each field that is not wild, behind `indent`. */
static void say_match(struct dissect *d, const char *indent, struct view v)
{
    enum {
        PORT = 4,
        SRC = 6,
        DST = 12,
        VLAN = 18,
        PCP = 20,
        ETHERTYPE = 22,
        TOS = 24,
        PROTO = 25,
        SRC_ADDRESS = 28,
        DST_ADDRESS = 32,
        SRC_PORT = 36,
        DST_PORT = 38
    };
    enum { ARP = 0x0806, IP = 0x0800, ICMP = 1, WILD_BITS = 0x3f, ALL_BITS = 32 };
    u32 wild = be32_at(d, v, 0);

    if ((wild & ~(u32)ALL_WILDCARDS) != 0)
        say(d, "%swildcards 0x%08x (bogus)", indent, wild);
    if ((wild & IN_PORT) == 0)
        say(d, "%smatch in_port %s", indent, port_name(d, be16_at(d, v, PORT)));
    if ((wild & DL_SRC) == 0)
        say(d, "%smatch dl_src %pM", indent, bytes_at(d, v, SRC, 6));
    if ((wild & DL_DST) == 0)
        say(d, "%smatch dl_dst %pM", indent, bytes_at(d, v, DST, 6));
    if ((wild & DL_VLAN) == 0)
        say(d, "%smatch dl_vlan %s", indent, vlan_text(d, be16_at(d, v, VLAN)));
    if ((wild & DL_VLAN_PCP) == 0)
        say(d, "%smatch dl_vlan_pcp %s", indent, priority_text(d, u8_at(d, v, PCP)));
    u16 ethertype = be16_at(d, v, ETHERTYPE);
    bool is_arp = (wild & DL_TYPE) == 0 && ethertype == ARP;
    bool is_ip = (wild & DL_TYPE) == 0 && ethertype == IP;
    if ((wild & DL_TYPE) == 0)
        say(d, "%smatch dl_type 0x%04x", indent, ethertype);
    if ((wild & NW_TOS) == 0)
        say(d, "%smatch nw_tos 0x%02x", indent, u8_at(d, v, TOS));
    u8 protocol = u8_at(d, v, PROTO);
    if ((wild & NW_PROTO) == 0)
        say(d, "%smatch %s %u", indent, is_arp ? "arp_opcode" : "nw_proto", protocol);
    u32 src_wild = wild >> NW_SRC_SHIFT & WILD_BITS, dst_wild = wild >> NW_DST_SHIFT & WILD_BITS;
    if (src_wild < ALL_BITS)
        say(d, "%smatch nw_src %pI4/%u", indent, bytes_at(d, v, SRC_ADDRESS, 4),
            ALL_BITS - src_wild);
    if (dst_wild < ALL_BITS)
        say(d, "%smatch nw_dst %pI4/%u", indent, bytes_at(d, v, DST_ADDRESS, 4),
            ALL_BITS - dst_wild);
    bool icmp = is_ip && (wild & NW_PROTO) == 0 && protocol == ICMP;
    if ((wild & TP_SRC) == 0)
        say(d, "%smatch %s %u", indent, icmp ? "icmp_type" : "tp_src", be16_at(d, v, SRC_PORT));
    if ((wild & TP_DST) == 0)
        say(d, "%smatch %s %u", indent, icmp ? "icmp_code" : "tp_dst", be16_at(d, v, DST_PORT));
    need(d, v, 0, MATCH_LEN);
}

/* -- actions */

enum action {
    OUTPUT,
    SET_VLAN_VID,
    SET_VLAN_PCP,
    STRIP_VLAN,
    SET_DL_SRC,
    SET_DL_DST,
    SET_NW_SRC,
    SET_NW_DST,
    SET_NW_TOS,
    SET_TP_SRC,
    SET_TP_DST,
    ENQUEUE,
    VENDOR_ACTION = 0xffff,
};

NAMES(actions,
      (OUTPUT, "OUTPUT")
      (SET_VLAN_VID, "SET_VLAN_VID")
      (SET_VLAN_PCP, "SET_VLAN_PCP")
      (STRIP_VLAN, "STRIP_VLAN")
      (SET_DL_SRC, "SET_DL_SRC")
      (SET_DL_DST, "SET_DL_DST")
      (SET_NW_SRC, "SET_NW_SRC")
      (SET_NW_DST, "SET_NW_DST")
      (SET_NW_TOS, "SET_NW_TOS")
      (SET_TP_SRC, "SET_TP_SRC")
      (SET_TP_DST, "SET_TP_DST")
      (ENQUEUE, "ENQUEUE")
      (VENDOR_ACTION, "VENDOR"));

static bool action_length_fits(u16 type, u32 length)
{
    switch (type) {
    case OUTPUT:
    case SET_VLAN_VID:
    case SET_VLAN_PCP:
    case STRIP_VLAN:
    case SET_NW_SRC:
    case SET_NW_DST:
    case SET_NW_TOS:
    case SET_TP_SRC:
    case SET_TP_DST: return length == 8;
    case SET_DL_SRC:
    case SET_DL_DST:
    case ENQUEUE: return length == 16;
    case VENDOR_ACTION: return length % 8 == 0;
    default: return true;
    }
}

/* What Big Switch Networks have a switch do, behind their number. */
static void say_big_switch_action(struct dissect *d, struct view v)
{
    enum { SUBTYPE, BODY = 4, MIRROR = 1, DESTINATION = 0, TAG = 4, STAGE = 8, MIRROR_LEN = 12 };
    NAMES(subtypes, (MIRROR, "MIRROR") (2, "SET_TUNNEL_DST") (4, "CHECKSUM"));
    NAMES(stages, (0, "INGRESS") (1, "EGRESS"));

    if (v.len < BODY) {
        openflow_wrong(d, v);
        return;
    }
    u32 subtype = be32_at(d, v, SUBTYPE);
    say(d, "\n\t  subtype %s", name_of(d, &subtypes.names, subtype, "unknown (0x%08x)"));
    v = view_from(v, BODY);
    if (subtype != MIRROR) {
        need(d, v, 0, v.len);
        return;
    }
    if (v.len != MIRROR_LEN) {
        openflow_wrong(d, v);
        return;
    }
    say_at(d, v, ", dest_port %lu", AT_BE32(DESTINATION));
    u32 tag = be32_at(d, v, TAG);
    if (tag == 0) {
        say_z(d, ", vlan_tag none");
    } else if (tag >> 16 == ETHERTYPE_8021Q) {
        say_z(d, ", vlan_tag 802.1Q (");
        say_vlan_tag(d, (u16)tag);
        say_z(d, ")");
    } else {
        say(d, ", vlan_tag unknown (0x%04x)", tag >> 16);
    }
    say(d, ", copy_stage %s", name_of(d, &stages.names, u8_at(d, v, STAGE), "unknown (%u)"));
    need(d, v, 0, MIRROR_LEN);
}

/* What follows type and length. */
static void say_action(struct dissect *d, u16 type, struct view v)
{
    enum { CONTROLLER = 0xfffd, QUEUE = 8 };

    switch (type) {
    case OUTPUT: {
        u16 port = be16_at(d, v, 0);
        say(d, ", port %s", port_name(d, port));
        if (port == CONTROLLER)
            say_at(d, v, ", max_len %lu", AT_BE16(2));
        break;
    }
    case SET_VLAN_VID: say(d, ", vlan_vid %s", vlan_text(d, be16_at(d, v, 0))); break;
    case SET_VLAN_PCP: say(d, ", vlan_pcp %s", priority_text(d, u8_at(d, v, 0))); break;
    case SET_DL_SRC:
    case SET_DL_DST: say_at(d, v, ", dl_addr %pM", AT_ADDRESS(0)); break;
    case SET_NW_SRC:
    case SET_NW_DST: say_at(d, v, ", nw_addr %pI4", AT_ADDRESS(0)); break;
    case SET_NW_TOS: say_at(d, v, ", nw_tos 0x%02lx", AT_U8(0)); break;
    case SET_TP_SRC:
    case SET_TP_DST: say_at(d, v, ", tp_port %lu", AT_BE16(0)); break;
    case ENQUEUE:
        say(d, ", port %s", port_name(d, be16_at(d, v, 0)));
        say_at(d, v, ", queue_id %lu", AT_BE32(QUEUE));
        break;
    case VENDOR_ACTION: openflow_vendor(d, v, say_big_switch_action); return;
    default: break;
    }
    need(d, v, 0, v.len);
}

/* Actions to the end, each on a line behind `indent`. */
static void say_actions(struct dissect *d, const char *indent, struct view v)
{
    enum { TYPE, LENGTH = 2, BODY = 4 };

    while (v.len > 0 && !d->sealed) {
        if (v.len < ACTION_MIN) {
            openflow_wrong(d, v);
            return;
        }
        u16 type = be16_at(d, v, TYPE);
        say(d, "%saction type %s", indent, name_of(d, &actions.names, type, "invalid (0x%04x)"));
        u32 length = be16_at(d, v, LENGTH);
        say(d, ", len %u", length);
        if (length < ACTION_MIN || length > v.len) {
            openflow_wrong(d, v);
            return;
        }
        struct view body = view_sub(v, BODY, length - BODY);
        if (action_length_fits(type, length)) {
            say_action(d, type, body);
        } else {
            say_z(d, " (bogus)");
            need(d, body, 0, body.len);
        }
        v = view_from(v, length);
    }
}

/* -- flows and packets */

static void say_flow_mod(struct dissect *d, struct view v)
{
    enum {
        COOKIE = MATCH_LEN,
        COMMAND = 48,
        IDLE = 50,
        HARD = 52,
        PRIORITY = 54,
        BUFFER = 56,
        OUT_PORT = 60,
        FLAGS = 62,
        ACTIONS = 64
    };
    enum { ADD, MODIFY, MODIFY_STRICT, DELETE, DELETE_STRICT };
    NAMES(commands,
          (ADD, "ADD")
          (MODIFY, "MODIFY")
          (MODIFY_STRICT, "MODIFY_STRICT")
          (DELETE, "DELETE")
          (DELETE_STRICT, "DELETE_STRICT"));
    NAMES(flag_names, (1, "SEND_FLOW_REM") (2, "CHECK_OVERLAP") (4, "EMERG"));

    say_match(d, "\n\t ", v);
    say_at(d, v, "\n\t cookie 0x%08lx%08lx", AT_BE32(COOKIE), AT_BE32(COOKIE + 4));
    u16 command = be16_at(d, v, COMMAND);
    say(d, ", command %s", name_of(d, &commands.names, command, "invalid (0x%04x)"));
    if (be16_at(d, v, IDLE) != 0)
        say_at(d, v, ", idle_timeout %lu", AT_BE16(IDLE));
    if (be16_at(d, v, HARD) != 0)
        say_at(d, v, ", hard_timeout %lu", AT_BE16(HARD));
    say_at(d, v, ", priority %lu", AT_BE16(PRIORITY));
    if (command <= MODIFY_STRICT)
        say(d, ", buffer_id %s", buffer_text(d, be32_at(d, v, BUFFER)));
    if (command == DELETE || command == DELETE_STRICT)
        say(d, ", out_port %s", port_name(d, be16_at(d, v, OUT_PORT)));
    openflow_bits(d, ", flags", be16_at(d, v, FLAGS), 4, &flag_names.names, 7);
    say_actions(d, "\n\t ", view_from(v, ACTIONS));
}

static void say_flow_removed(struct dissect *d, struct view v)
{
    enum {
        COOKIE = MATCH_LEN,
        PRIORITY = 48,
        REASON = 50,
        SECONDS = 52,
        NANOSECONDS = 56,
        IDLE = 60,
        PACKETS = 64,
        BYTES = 72
    };
    NAMES(reasons, (0, "IDLE_TIMEOUT") (1, "HARD_TIMEOUT") (2, "DELETE"));

    say_match(d, "\n\t ", v);
    say_at(d, v, "\n\t cookie 0x%08lx%08lx", AT_BE32(COOKIE), AT_BE32(COOKIE + 4));
    say_at(d, v, ", priority %lu", AT_BE16(PRIORITY));
    say(d, ", reason %s", name_of(d, &reasons.names, u8_at(d, v, REASON), "unknown (0x%02x)"));
    say_at(d, v, ", duration_sec %lu", AT_BE32(SECONDS));
    say_at(d, v, ", duration_nsec %lu", AT_BE32(NANOSECONDS));
    say_at(d, v, ", idle_timeout %lu", AT_BE16(IDLE));
    openflow_count(d, ", packet_count", v, PACKETS);
    openflow_count(d, ", byte_count", v, BYTES);
}

/* A frame that a switch hands to its controller, or back. */
static void say_frame(struct dissect *d, struct view v)
{
    if (v.len == 0)
        return;
    say(d, "\n\t data (%u octets)", v.len);
    if (!verbose(d, 3)) {
        need(d, v, 0, v.len);
        return;
    }
    say_z(d, ", frame decoding below\n");
    if (descend(d)) {
        const struct print_options *opt = d->opt;
        struct print_options brief = *opt;
        brief.verbosity = 0;
        d->opt = &brief;
        print_ether(d, v);
        d->opt = opt;
        ascend(d);
    }
}

static void say_packet_in(struct dissect *d, struct view v)
{
    enum { BUFFER, TOTAL = 4, PORT = 6, REASON = 8, FRAME = 10 };
    NAMES(reasons, (0, "NO_MATCH") (1, "ACTION"));

    say(d, "\n\t buffer_id %s", buffer_text(d, be32_at(d, v, BUFFER)));
    say_at(d, v, ", total_len %lu", AT_BE16(TOTAL));
    say(d, ", in_port %s", port_name(d, be16_at(d, v, PORT)));
    say(d, ", reason %s", name_of(d, &reasons.names, u8_at(d, v, REASON), "invalid (0x%02x)"));
    if (need(d, v, REASON, FRAME - REASON))
        say_frame(d, view_from(v, FRAME));
}

static void say_packet_out(struct dissect *d, struct view v)
{
    enum { BUFFER, PORT = 4, ACTIONS_LEN = 6, ACTIONS = 8 };

    say_at(d, v, "\n\t buffer_id 0x%08lx", AT_BE32(BUFFER));
    say(d, ", in_port %s", port_name(d, be16_at(d, v, PORT)));
    u32 length = be16_at(d, v, ACTIONS_LEN);
    v = view_from(v, ACTIONS);
    if (length > v.len) {
        openflow_wrong(d, v);
        return;
    }
    say_actions(d, "\n\t ", view_clip(v, length));
    say_frame(d, view_from(v, length));
}

static void say_port_status(struct dissect *d, struct view v)
{
    enum { REASON, PORT = 8 };
    NAMES(reasons, (0, "ADD") (1, "DELETE") (2, "MODIFY"));

    say(d, "\n\t reason %s", name_of(d, &reasons.names, u8_at(d, v, REASON), "invalid (0x%02x)"));
    if (need(d, v, 0, PORT))
        say_ports(d, view_from(v, PORT));
}

static void say_config(struct dissect *d, struct view v)
{
    openflow_fragments(d, be16_at(d, v, 0));
    say_at(d, v, ", miss_send_len %lu", AT_BE16(2));
}

/* -- statistics */

enum stats { DESCRIPTION, FLOWS, AGGREGATE, TABLES, PORTS, QUEUES, VENDOR_STATS = 0xffff };

NAMES(stats_types,
      (DESCRIPTION, "DESC")
      (FLOWS, "FLOW")
      (AGGREGATE, "AGGREGATE")
      (TABLES, "TABLE")
      (PORTS, "PORT")
      (QUEUES, "QUEUE")
      (VENDOR_STATS, "VENDOR"));

/* Type and flags.  Returns the type. */
static u16 say_stats_head(struct dissect *d, struct view v, u16 known_flags)
{
    enum { TYPE, FLAGS = 2 };
    NAMES(flag_names, (1, "MORE"));
    u16 type = be16_at(d, v, TYPE);

    say(d, "\n\t type %s", name_of(d, &stats_types.names, type, "invalid (0x%04x)"));
    openflow_bits(d, ", flags", be16_at(d, v, FLAGS), 4, &flag_names.names, known_flags);
    return type;
}

static void say_vendor_stats(struct dissect *d, struct view v)
{
    if (v.len < 4) {
        openflow_wrong(d, v);
        return;
    }
    openflow_vendor_id(d, ", vendor ", be32_at(d, v, 0));
    openflow_data(d, view_from(v, 4));
}

static const char *queue_name(struct dissect *d, u32 queue)
{
    NAMES(names, (ALL_QUEUES, "ALL"));

    return name_of(d, &names.names, queue, "%u");
}

static void say_stats_request(struct dissect *d, struct view v)
{
    enum { BODY = 4, TABLE = MATCH_LEN, OUT_PORT = 42, QUEUE = 4, FLOW_LEN = 44, PORT_LEN = 8 };
    static const u8 lens[] = { 0, FLOW_LEN, FLOW_LEN, 0, PORT_LEN, PORT_LEN };
    u16 type = say_stats_head(d, v, 0);

    v = view_from(v, BODY);
    if (type < countof(lens) && v.len != lens[type]) {
        openflow_wrong(d, v);
        return;
    }
    switch (type) {
    case FLOWS:
    case AGGREGATE:
        say_match(d, "\n\t ", v);
        say(d, "\n\t table_id %s", name_of(d, &tables.names, u8_at(d, v, TABLE), "%u"));
        say(d, ", out_port %s", port_name(d, be16_at(d, v, OUT_PORT)));
        break;
    case PORTS:
        say(d, "\n\t port_no %s", port_name(d, be16_at(d, v, 0)));
        need(d, v, 0, PORT_LEN);
        break;
    case QUEUES:
        say(d, "\n\t port_no %s", port_name(d, be16_at(d, v, 0)));
        say(d, ", queue_id %s", queue_name(d, be32_at(d, v, QUEUE)));
        break;
    case VENDOR_STATS: say_vendor_stats(d, v); break;
    default: break;
    }
}

static void say_description(struct dissect *d, struct view v)
{
    static const struct {
        char label[12];
        u16 len;
    } texts[] = { { "mfr_desc", 256 },
                  { "hw_desc", 256 },
                  { "sw_desc", 256 },
                  { "serial_num", 32 },
                  { "dp_desc", 256 } };
    enum { DESCRIPTION_LEN = 1056 };

    if (v.len != DESCRIPTION_LEN) {
        openflow_wrong(d, v);
        return;
    }
    for (u32 i = 0; i < countof(texts); i++) {
        say(d, "\n\t  %s ", texts[i].label);
        openflow_text(d, view_clip(v, texts[i].len));
        v = view_from(v, texts[i].len);
    }
}

static void say_flow_stats(struct dissect *d, struct view v)
{
    enum {
        LENGTH,
        TABLE = 2,
        MATCH = 4,
        SECONDS = 44,
        NANOSECONDS = 48,
        PRIORITY = 52,
        IDLE = 54,
        HARD = 56,
        COOKIE = 64,
        PACKETS = 72,
        BYTES = 80
    };

    while (v.len > 0 && !d->sealed) {
        if (v.len < FLOW_STATS_MIN) {
            openflow_wrong(d, v);
            return;
        }
        u32 length = be16_at(d, v, LENGTH);
        say(d, "\n\t length %u", length);
        if (length < FLOW_STATS_MIN || length > v.len) {
            openflow_wrong(d, v);
            return;
        }
        say(d, ", table_id %s", name_of(d, &tables.names, u8_at(d, v, TABLE), "%u"));
        say_match(d, "\n\t  ", view_from(v, MATCH));
        say_at(d, v, "\n\t  duration_sec %lu", AT_BE32(SECONDS));
        say_at(d, v, ", duration_nsec %lu", AT_BE32(NANOSECONDS));
        say_at(d, v, ", priority %lu", AT_BE16(PRIORITY));
        say_at(d, v, ", idle_timeout %lu", AT_BE16(IDLE));
        say_at(d, v, ", hard_timeout %lu", AT_BE16(HARD));
        say_at(d, v, ", cookie 0x%08lx%08lx", AT_BE32(COOKIE), AT_BE32(COOKIE + 4));
        openflow_count(d, ", packet_count", v, PACKETS);
        openflow_count(d, ", byte_count", v, BYTES);
        say_actions(d, "\n\t  ", view_sub(v, FLOW_STATS_MIN, length - FLOW_STATS_MIN));
        v = view_from(v, length);
    }
}

static void say_aggregate(struct dissect *d, struct view v)
{
    enum { AGGREGATE_LEN = 24 };

    if (v.len != AGGREGATE_LEN) {
        openflow_wrong(d, v);
        return;
    }
    openflow_count(d, "\n\t packet_count", v, 0);
    openflow_count(d, ", byte_count", v, 8);
    say_at(d, v, ", flow_count %lu", AT_BE32(16));
    need(d, v, 0, AGGREGATE_LEN);
}

static void say_tables(struct dissect *d, struct view v)
{
    enum {
        NAME = 4,
        NAME_LEN = 32,
        WILDCARDS = 36,
        ENTRIES = 40,
        ACTIVE = 44,
        LOOKUPS = 48,
        MATCHED = 56
    };
    NAMES(wildcards,
          (IN_PORT, "IN_PORT")
          (DL_VLAN, "DL_VLAN")
          (DL_SRC, "DL_SRC")
          (DL_DST, "DL_DST")
          (DL_TYPE, "DL_TYPE")
          (NW_PROTO, "NW_PROTO")
          (TP_SRC, "TP_SRC")
          (TP_DST, "TP_DST")
          (DL_VLAN_PCP, "DL_VLAN_PCP")
          (NW_TOS, "NW_TOS"));

    for (; v.len > 0 && !d->sealed; v = view_from(v, TABLE_STATS_LEN)) {
        if (v.len < TABLE_STATS_LEN) {
            openflow_wrong(d, v);
            return;
        }
        say(d, "\n\t table_id %s", name_of(d, &tables.names, u8_at(d, v, 0), "%u"));
        say_z(d, ", name ");
        openflow_text(d, view_sub(v, NAME, NAME_LEN));
        openflow_bits(d, "\n\t  wildcards", be32_at(d, v, WILDCARDS), 8, &wildcards.names,
                      ALL_WILDCARDS);
        say_at(d, v, "\n\t  max_entries %lu", AT_BE32(ENTRIES));
        say_at(d, v, ", active_count %lu", AT_BE32(ACTIVE));
        openflow_count(d, ", lookup_count", v, LOOKUPS);
        openflow_count(d, ", matched_count", v, MATCHED);
    }
}

static void say_port_stats(struct dissect *d, struct view v)
{
    static const char *const labels[] = { ", rx_packets",  ", tx_packets", ", rx_bytes",
                                          ", tx_bytes",    ", rx_dropped", ", tx_dropped",
                                          ", rx_errors",   ", tx_errors",  ", rx_frame_err",
                                          ", rx_over_err", ", rx_crc_err", ", collisions" };
    enum { COUNTERS = 8 };

    for (; v.len > 0 && !d->sealed; v = view_from(v, PORT_STATS_LEN)) {
        if (v.len < PORT_STATS_LEN) {
            openflow_wrong(d, v);
            return;
        }
        say(d, "\n\t  port_no %s", port_name(d, be16_at(d, v, 0)));
        if (!verbose(d, 2)) {
            need(d, v, 0, PORT_STATS_LEN);
            continue;
        }
        for (u32 i = 0; i < countof(labels); i++)
            openflow_count(d, labels[i], v, COUNTERS + i * 8);
    }
}

static void say_queue_stats(struct dissect *d, struct view v)
{
    enum { QUEUE = 4, BYTES = 8, PACKETS = 16, ERRORS = 24 };

    for (; v.len > 0 && !d->sealed; v = view_from(v, QUEUE_STATS_LEN)) {
        if (v.len < QUEUE_STATS_LEN) {
            openflow_wrong(d, v);
            return;
        }
        say(d, "\n\t  port_no %s", port_name(d, be16_at(d, v, 0)));
        say_at(d, v, ", queue_id %lu", AT_BE32(QUEUE));
        openflow_count(d, ", tx_bytes", v, BYTES);
        openflow_count(d, ", tx_packets", v, PACKETS);
        openflow_count(d, ", tx_errors", v, ERRORS);
    }
}

static void say_stats_reply(struct dissect *d, struct view v)
{
    enum { BODY = 4 };
    u16 type = say_stats_head(d, v, 1);

    v = view_from(v, BODY);
    switch (type) {
    case DESCRIPTION: say_description(d, v); break;
    case FLOWS: say_flow_stats(d, v); break;
    case AGGREGATE: say_aggregate(d, v); break;
    case TABLES: say_tables(d, v); break;
    case PORTS: say_port_stats(d, v); break;
    case QUEUES: say_queue_stats(d, v); break;
    case VENDOR_STATS: say_vendor_stats(d, v); break;
    default: break;
    }
}

/* -- queues */

static void say_properties(struct dissect *d, struct view v)
{
    enum {
        TYPE,
        LENGTH = 2,
        RATE = 8,
        NO_PROPERTY = 0,
        MIN_RATE = 1,
        RATE_LEN = 16,
        RATE_MAX = 1000
    };
    NAMES(properties, (NO_PROPERTY, "NONE") (MIN_RATE, "MIN_RATE"));

    while (v.len > 0 && !d->sealed) {
        if (v.len < PROPERTY_MIN) {
            openflow_wrong(d, v);
            return;
        }
        u16 type = be16_at(d, v, TYPE);
        say(d, "\n\t   property %s", name_of(d, &properties.names, type, "invalid (0x%04x)"));
        u32 length = be16_at(d, v, LENGTH);
        say(d, ", len %u", length);
        if (length < PROPERTY_MIN || length > v.len) {
            openflow_wrong(d, v);
            return;
        }
        struct view property = view_clip(v, length);
        v = view_from(v, length);
        if (!need(d, property, 0, PROPERTY_MIN))
            return;
        if ((type == NO_PROPERTY && length != PROPERTY_MIN) ||
            (type == MIN_RATE && length != RATE_LEN)) {
            say_z(d, " (bogus)");
        } else if (type == MIN_RATE) {
            u32 rate = be16_at(d, property, RATE); /* in tenths of a percent */
            if (rate > RATE_MAX)
                say_z(d, ", rate disabled");
            else
                say(d, ", rate %u.%u%%", rate / 10, rate % 10);
        }
        need(d, property, 0, length);
    }
}

static void say_queues(struct dissect *d, struct view v)
{
    enum { QUEUE, LENGTH = 4, PROPERTIES = QUEUE_MIN };

    while (v.len > 0 && !d->sealed) {
        if (v.len < QUEUE_MIN) {
            openflow_wrong(d, v);
            return;
        }
        say_at(d, v, "\n\t  queue_id %lu", AT_BE32(QUEUE));
        u32 length = be16_at(d, v, LENGTH);
        say(d, ", len %u", length);
        if (length < QUEUE_MIN || length > v.len) {
            openflow_wrong(d, v);
            return;
        }
        struct view properties = view_sub(v, PROPERTIES, length - QUEUE_MIN);
        if (verbose(d, 2))
            say_properties(d, properties);
        else
            need(d, properties, 0, properties.len);
        v = view_from(v, length);
    }
}

void openflow_body_1_0(struct dissect *d, u8 type, struct view v)
{
    static const struct openflow_errors error_names = { &errors.names, codes, countof(codes) };
    enum { QUEUES_AT = 8 };

    switch (type) {
    case OPENFLOW_HELLO:
    case OPENFLOW_ECHO_REQUEST:
    case OPENFLOW_ECHO_REPLY: openflow_data(d, v); break;
    case OPENFLOW_ERROR: openflow_error(d, v, &error_names); break;
    case OPENFLOW_VENDOR: openflow_vendor(d, v, openflow_big_switch); break;
    case OPENFLOW_FEATURES_REPLY: say_features_reply(d, v); break;
    case OPENFLOW_GET_CONFIG_REPLY:
    case OPENFLOW_SET_CONFIG: say_config(d, v); break;
    case OPENFLOW_PACKET_IN: say_packet_in(d, v); break;
    case OPENFLOW_FLOW_REMOVED: say_flow_removed(d, v); break;
    case OPENFLOW_PORT_STATUS: say_port_status(d, v); break;
    case OPENFLOW_PACKET_OUT: say_packet_out(d, v); break;
    case OPENFLOW_FLOW_MOD: say_flow_mod(d, v); break;
    case PORT_MOD: say_port_mod(d, v); break;
    case STATS_REQUEST: say_stats_request(d, v); break;
    case STATS_REPLY: say_stats_reply(d, v); break;
    case QUEUE_GET_CONFIG_REQUEST:
        say(d, "\n\t port %s", port_name(d, be16_at(d, v, 0)));
        need(d, v, 0, v.len);
        break;
    case QUEUE_GET_CONFIG_REPLY:
        say(d, "\n\t port %s", port_name(d, be16_at(d, v, 0)));
        if (need(d, v, 0, QUEUES_AT))
            say_queues(d, view_from(v, QUEUES_AT));
        break;
    default: need(d, v, 0, v.len); break;
    }
}
