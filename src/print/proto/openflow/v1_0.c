/* OpenFlow 1.0: what its messages say.  Open Networking Foundation, TS-001, sections 5.2 to 5.5. */
#include "print/proto/openflow/v1_0.h"

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

enum { PHY_PORT_LEN = 48 };

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

const char *openflow_port_1_0(struct dissect *d, u16 port)
{
    return name_of(d, &ports.names, port, "%u");
}

static const char *buffer_text(struct dissect *d, u32 buffer)
{
    NAMES(names, (0xffffffff, "NONE"));

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

    for (; openflow_more(d, v, PHY_PORT_LEN); v = view_from(v, PHY_PORT_LEN)) {
        say(d, "\n\t  port_no %s", openflow_port_1_0(d, be16_at(d, v, NUMBER)));
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

    say(d, "\n\t port_no %s", openflow_port_1_0(d, be16_at(d, v, NUMBER)));
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

/* -- flows and packets */

static void say_flow_mod(struct dissect *d, struct view v)
{
    enum {
        COOKIE = OPENFLOW_MATCH_LEN,
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

    openflow_match_1_0(d, "\n\t ", v);
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
        say(d, ", out_port %s", openflow_port_1_0(d, be16_at(d, v, OUT_PORT)));
    openflow_bits(d, ", flags", be16_at(d, v, FLAGS), 4, &flag_names.names, 7);
    openflow_actions_1_0(d, "\n\t ", view_from(v, ACTIONS));
}

static void say_flow_removed(struct dissect *d, struct view v)
{
    enum {
        COOKIE = OPENFLOW_MATCH_LEN,
        PRIORITY = 48,
        REASON = 50,
        SECONDS = 52,
        NANOSECONDS = 56,
        IDLE = 60,
        PACKETS = 64,
        BYTES = 72
    };
    NAMES(reasons, (0, "IDLE_TIMEOUT") (1, "HARD_TIMEOUT") (2, "DELETE"));

    openflow_match_1_0(d, "\n\t ", v);
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
    say(d, ", in_port %s", openflow_port_1_0(d, be16_at(d, v, PORT)));
    say(d, ", reason %s", name_of(d, &reasons.names, u8_at(d, v, REASON), "invalid (0x%02x)"));
    if (need(d, v, REASON, FRAME - REASON))
        say_frame(d, view_from(v, FRAME));
}

static void say_packet_out(struct dissect *d, struct view v)
{
    enum { BUFFER, PORT = 4, ACTIONS_LEN = 6, ACTIONS = 8 };

    say_at(d, v, "\n\t buffer_id 0x%08lx", AT_BE32(BUFFER));
    say(d, ", in_port %s", openflow_port_1_0(d, be16_at(d, v, PORT)));
    u32 length = be16_at(d, v, ACTIONS_LEN);
    v = view_from(v, ACTIONS);
    if (!openflow_fits(d, v, length, 0))
        return;
    openflow_actions_1_0(d, "\n\t ", view_clip(v, length));
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
    case STATS_REQUEST: openflow_stats_request_1_0(d, v); break;
    case STATS_REPLY: openflow_stats_reply_1_0(d, v); break;
    case QUEUE_GET_CONFIG_REQUEST:
        say(d, "\n\t port %s", openflow_port_1_0(d, be16_at(d, v, 0)));
        need(d, v, 0, v.len);
        break;
    case QUEUE_GET_CONFIG_REPLY:
        say(d, "\n\t port %s", openflow_port_1_0(d, be16_at(d, v, 0)));
        if (need(d, v, 0, QUEUES_AT))
            openflow_queues_1_0(d, view_from(v, QUEUES_AT));
        break;
    default: need(d, v, 0, v.len); break;
    }
}
