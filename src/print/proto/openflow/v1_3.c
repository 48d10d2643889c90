/*
 * OpenFlow 1.3: what its messages say.  Open Networking Foundation, TS-006, section 7.  Those about
 * flows and statistics are not taken apart.
 */
#include "print/proto/openflow/openflow.h"

enum type {
    PORT_MOD = 16,
    TABLE_MOD,
    QUEUE_GET_CONFIG_REQUEST = 22,
    ROLE_REQUEST = 24,
    ROLE_REPLY,
    GET_ASYNC_REPLY = 27,
    SET_ASYNC,
};

SHARED_NAMES(openflow_types_1_3,
      (OPENFLOW_HELLO, "HELLO")
      (OPENFLOW_ERROR, "ERROR")
      (OPENFLOW_ECHO_REQUEST, "ECHO_REQUEST")
      (OPENFLOW_ECHO_REPLY, "ECHO_REPLY")
      (OPENFLOW_VENDOR, "EXPERIMENTER")
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
      (15, "GROUP_MOD")
      (PORT_MOD, "PORT_MOD")
      (TABLE_MOD, "TABLE_MOD")
      (18, "MULTIPART_REQUEST")
      (19, "MULTIPART_REPLY")
      (20, "BARRIER_REQUEST")
      (21, "BARRIER_REPLY")
      (QUEUE_GET_CONFIG_REQUEST, "QUEUE_GET_CONFIG_REQUEST")
      (23, "QUEUE_GET_CONFIG_REPLY")
      (ROLE_REQUEST, "ROLE_REQUEST")
      (ROLE_REPLY, "ROLE_REPLY")
      (26, "GET_ASYNC_REQUEST")
      (GET_ASYNC_REPLY, "GET_ASYNC_REPLY")
      (SET_ASYNC, "SET_ASYNC")
      (29, "METER_MOD"));

NAMES(ports,
      (0xffffff00, "MAX")
      (0xfffffff8, "IN_PORT")
      (0xfffffff9, "TABLE")
      (0xfffffffa, "NORMAL")
      (0xfffffffb, "FLOOD")
      (0xfffffffc, "ALL")
      (0xfffffffd, "CONTROLLER")
      (0xfffffffe, "LOCAL")
      (0xffffffff, "ANY"));

static const char *port_name(struct dissect *d, u32 port)
{
    return name_of(d, &ports.names, port, "%u");
}

/* -- errors */

NAMES(errors,
      (0, "HELLO_FAILED")
      (1, "BAD_REQUEST")
      (2, "BAD_ACTION")
      (3, "BAD_INSTRUCTION")
      (4, "BAD_MATCH")
      (5, "FLOW_MOD_FAILED")
      (6, "GROUP_MOD_FAILED")
      (7, "PORT_MOD_FAILED")
      (8, "TABLE_MOD_FAILED")
      (9, "QUEUE_OP_FAILED")
      (10, "SWITCH_CONFIG_FAILED")
      (11, "ROLE_REQUEST_FAILED")
      (12, "METER_MOD_FAILED")
      (13, "TABLE_FEATURES_FAILED")
      (0xffff, "EXPERIMENTER"));

NAMES(hello_codes, (0, "INCOMPATIBLE") (1, "EPERM"));
NAMES(request_codes,
      (0, "BAD_VERSION")
      (1, "BAD_TYPE")
      (2, "BAD_MULTIPART")
      (3, "BAD_EXPERIMENTER")
      (4, "BAD_EXP_TYPE")
      (5, "EPERM")
      (6, "BAD_LEN")
      (7, "BUFFER_EMPTY")
      (8, "BUFFER_UNKNOWN")
      (9, "BAD_TABLE_ID")
      (10, "IS_SLAVE")
      (11, "BAD_PORT")
      (12, "BAD_PACKET")
      (13, "MULTIPART_BUFFER_OVERFLOW"));
NAMES(action_codes,
      (0, "BAD_TYPE")
      (1, "BAD_LEN")
      (2, "BAD_EXPERIMENTER")
      (3, "BAD_EXP_TYPE")
      (4, "BAD_OUT_PORT")
      (5, "BAD_ARGUMENT")
      (6, "EPERM")
      (7, "TOO_MANY")
      (8, "BAD_QUEUE")
      (9, "BAD_OUT_GROUP")
      (10, "MATCH_INCONSISTENT")
      (11, "UNSUPPORTED_ORDER")
      (12, "BAD_TAG")
      (13, "BAD_SET_TYPE")
      (14, "BAD_SET_LEN")
      (15, "BAD_SET_ARGUMENT"));
NAMES(instruction_codes,
      (0, "UNKNOWN_INST")
      (1, "UNSUP_INST")
      (2, "BAD_TABLE_ID")
      (3, "UNSUP_METADATA")
      (4, "UNSUP_METADATA_MASK")
      (5, "BAD_EXPERIMENTER")
      (6, "BAD_EXP_TYPE")
      (7, "BAD_LEN")
      (8, "EPERM"));
NAMES(match_codes,
      (0, "BAD_TYPE")
      (1, "BAD_LEN")
      (2, "BAD_TAG")
      (3, "BAD_DL_ADDR_MASK")
      (4, "BAD_NW_ADDR_MASK")
      (5, "BAD_WILDCARDS")
      (6, "BAD_FIELD")
      (7, "BAD_VALUE")
      (8, "BAD_MASK")
      (9, "BAD_PREREQ")
      (10, "DUP_FIELD")
      (11, "EPERM"));
NAMES(flow_codes,
      (0, "UNKNOWN")
      (1, "TABLE_FULL")
      (2, "BAD_TABLE_ID")
      (3, "OVERLAP")
      (4, "EPERM")
      (5, "BAD_TIMEOUT")
      (6, "BAD_COMMAND")
      (7, "BAD_FLAGS"));
NAMES(group_codes,
      (0, "GROUP_EXISTS")
      (1, "INVALID_GROUP")
      (2, "WEIGHT_UNSUPPORTED")
      (3, "OUT_OF_GROUPS")
      (4, "OUT_OF_BUCKETS")
      (5, "CHAINING_UNSUPPORTED")
      (6, "WATCH_UNSUPPORTED")
      (7, "LOOP")
      (8, "UNKNOWN_GROUP")
      (9, "CHAINED_GROUP")
      (10, "BAD_TYPE")
      (11, "BAD_COMMAND")
      (12, "BAD_BUCKET")
      (13, "BAD_MATCH")
      (14, "EPERM"));
NAMES(port_codes,
      (0, "BAD_PORT")
      (1, "BAD_HW_ADDR")
      (2, "BAD_CONFIG")
      (3, "BAD_ADVERTISE")
      (4, "EPERM"));
NAMES(table_codes, (0, "BAD_TABLE") (1, "BAD_CONFIG") (2, "EPERM"));
NAMES(queue_codes, (0, "BAD_PORT") (1, "BAD_QUEUE") (2, "EPERM"));
NAMES(config_codes, (0, "BAD_FLAGS") (1, "BAD_LEN") (2, "EPERM"));
NAMES(role_codes, (0, "STALE") (1, "UNSUP") (2, "BAD_ROLE"));
NAMES(meter_codes,
      (0, "UNKNOWN")
      (1, "METER_EXISTS")
      (2, "INVALID_METER")
      (3, "UNKNOWN_METER")
      (4, "BAD_COMMAND")
      (5, "BAD_FLAGS")
      (6, "BAD_RATE")
      (7, "BAD_BURST")
      (8, "BAD_BAND")
      (9, "BAD_BAND_VALUE")
      (10, "OUT_OF_METERS")
      (11, "OUT_OF_BANDS"));
NAMES(feature_codes,
      (0, "BAD_TABLE")
      (1, "BAD_METADATA")
      (2, "BAD_TYPE")
      (3, "BAD_LEN")
      (4, "BAD_ARGUMENT")
      (5, "EPERM"));

static const struct names *const codes[] = {
    &hello_codes.names, &request_codes.names, &action_codes.names, &instruction_codes.names,
    &match_codes.names, &flow_codes.names,    &group_codes.names,  &port_codes.names,
    &table_codes.names, &queue_codes.names,   &config_codes.names, &role_codes.names,
    &meter_codes.names, &feature_codes.names,
};

/* -- ports */

NAMES(port_configs, (0x01, "PORT_DOWN") (0x04, "NO_RECV") (0x20, "NO_FWD") (0x40, "NO_PACKET_IN"));
NAMES(port_states, (1, "LINK_DOWN") (2, "BLOCKED") (4, "LIVE"));
NAMES(port_features,
      (0x0001, "10MB_HD")
      (0x0002, "10MB_FD")
      (0x0004, "100MB_HD")
      (0x0008, "100MB_FD")
      (0x0010, "1GB_HD")
      (0x0020, "1GB_FD")
      (0x0040, "10GB_FD")
      (0x0080, "40GB_FD")
      (0x0100, "100GB_FD")
      (0x0200, "1TB_FD")
      (0x0400, "OTHER")
      (0x0800, "COPPER")
      (0x1000, "FIBER")
      (0x2000, "AUTONEG")
      (0x4000, "PAUSE")
      (0x8000, "PAUSE_ASYM"));
enum { PORT_CONFIG_BITS = 0x65, PORT_STATE_BITS = 7, PORT_FEATURE_BITS = 0xffff };

static void say_port(struct dissect *d, struct view v)
{
    enum {
        NUMBER,
        ADDRESS = 8,
        NAME = 16,
        NAME_LEN = 16,
        CONFIG = 32,
        STATE = 36,
        FEATURES = 40,
        SPEED = 56,
        MAX_SPEED = 60,
        PORT_LEN = 64
    };
    static const char *const features[] = { "\n\t   curr", "\n\t   advertised", "\n\t   supported",
                                            "\n\t   peer" };

    say(d, "\n\t  port_no %s", port_name(d, be32_at(d, v, NUMBER)));
    say_at(d, v, ", hw_addr %pM", AT_ADDRESS(ADDRESS));
    say_z(d, ", name ");
    openflow_text(d, view_sub(v, NAME, NAME_LEN));
    if (!verbose(d, 2)) {
        need(d, v, CONFIG, PORT_LEN - CONFIG);
        return;
    }
    openflow_bits(d, "\n\t   config", be32_at(d, v, CONFIG), 8, &port_configs.names,
                  PORT_CONFIG_BITS);
    openflow_bits(d, "\n\t   state", be32_at(d, v, STATE), 8, &port_states.names, PORT_STATE_BITS);
    for (u32 i = 0; i < countof(features); i++)
        openflow_bits(d, features[i], be32_at(d, v, FEATURES + i * 4), 8, &port_features.names,
                      PORT_FEATURE_BITS);
    say_at(d, v, "\n\t   curr_speed %lukbps", AT_BE32(SPEED));
    say_at(d, v, "\n\t   max_speed %lukbps", AT_BE32(MAX_SPEED));
}

static void say_port_status(struct dissect *d, struct view v)
{
    enum { REASON, PORT = 8 };
    NAMES(reasons, (0, "ADD") (1, "DELETE") (2, "MODIFY"));

    /* as tcpdump: 0x02x is written, not the number */
    say(d, "\n\t reason %s", name_of(d, &reasons.names, u8_at(d, v, REASON), "invalid (0x02x)"));
    if (need(d, v, 0, PORT))
        say_port(d, view_from(v, PORT));
}

static void say_port_mod(struct dissect *d, struct view v)
{
    enum { NUMBER, ADDRESS = 8, CONFIG = 16, MASK = 20, ADVERTISE = 24, PAD = 28 };

    say(d, "\n\t port_no %s", port_name(d, be32_at(d, v, NUMBER)));
    say_at(d, v, ", hw_addr %pM", AT_ADDRESS(ADDRESS));
    openflow_bits(d, "\n\t  config", be32_at(d, v, CONFIG), 8, &port_configs.names,
                  PORT_CONFIG_BITS);
    openflow_bits(d, "\n\t  mask", be32_at(d, v, MASK), 8, &port_configs.names, PORT_CONFIG_BITS);
    openflow_bits(d, "\n\t  advertise", be32_at(d, v, ADVERTISE), 8, &port_features.names,
                  PORT_FEATURE_BITS);
    need(d, v, PAD, 4);
}

/* -- the rest */

static void say_hello_elements(struct dissect *d, struct view v)
{
    enum { TYPE, LENGTH = 2, BODY = 4, VERSION_BITMAP = 1, BITMAP_LEN = 8, KNOWN_VERSIONS = 0x3f };
    NAMES(elements, (VERSION_BITMAP, "VERSIONBITMAP"));
    NAMES(versions,
          (0x01, "1.0")
          (0x02, "1.1")
          (0x04, "1.2")
          (0x08, "1.3")
          (0x10, "1.4")
          (0x20, "1.5"));

    while (openflow_more(d, v, BODY)) {
        u16 type = be16_at(d, v, TYPE);
        say(d, "\n\t type %s", name_of(d, &elements.names, type, "unknown (0x%04x)"));
        u32 length = be16_at(d, v, LENGTH);
        say(d, ", length %u", length);
        if (!openflow_fits(d, v, length, BODY))
            return;
        if (type == VERSION_BITMAP && length == BITMAP_LEN) {
            openflow_bits(d, ", bitmap", be32_at(d, v, BODY), 8, &versions.names, KNOWN_VERSIONS);
        } else {
            if (type == VERSION_BITMAP)
                say_z(d, " (bogus)");
            need(d, v, 0, length);
        }
        v = view_from(v, length);
    }
}

static void say_features_reply(struct dissect *d, struct view v)
{
    enum { DATAPATH, BUFFERS = 8, TABLES = 12, AUXILIARY = 13, CAPABILITIES = 16, RESERVED = 20 };
    NAMES(capabilities,
          (0x001, "FLOW_STATS")
          (0x002, "TABLE_STATS")
          (0x004, "PORT_STATS")
          (0x008, "GROUP_STATS")
          (0x020, "IP_REASM")
          (0x040, "QUEUE_STATS")
          (0x100, "PORT_BLOCKED"));

    say_at(d, v, "\n\t dpid 0x%08lx%08lx", AT_BE32(DATAPATH), AT_BE32(DATAPATH + 4));
    say_at(d, v, ", n_buffers %lu", AT_BE32(BUFFERS));
    say_at(d, v, ", n_tables %lu", AT_U8(TABLES));
    say_at(d, v, ", auxiliary_id %lu", AT_U8(AUXILIARY));
    need(d, v, 0, CAPABILITIES);
    openflow_bits(d, "\n\t capabilities", be32_at(d, v, CAPABILITIES), 8, &capabilities.names,
                  0x16f);
    need(d, v, RESERVED, 4);
}

static void say_config(struct dissect *d, struct view v)
{
    NAMES(lens, (0xffe5, "MAX") (0xffff, "NO_BUFFER"));

    openflow_fragments(d, be16_at(d, v, 0));
    say(d, ", miss_send_len %s", name_of(d, &lens.names, be16_at(d, v, 2), "%u"));
}

static void say_experimenter(struct dissect *d, struct view v)
{
    openflow_vendor_id(d, "\n\t experimenter ", be32_at(d, v, 0));
    say_at(d, v, ", exp_type 0x%08lx", AT_BE32(4));
    openflow_data(d, view_from(v, 8));
}

static void say_table_mod(struct dissect *d, struct view v)
{
    enum { TABLE, CONFIG = 4 };
    NAMES(tables, (0xfe, "MAX") (0xff, "ALL"));

    say(d, "\n\t table_id %s", name_of(d, &tables.names, u8_at(d, v, TABLE), "%u"));
    say_at(d, v, ", config 0x%08lx", AT_BE32(CONFIG));
}

static void say_role(struct dissect *d, struct view v)
{
    enum { ROLE, GENERATION = 8 };
    NAMES(roles, (0, "NOCHANGE") (1, "EQUAL") (2, "MASTER") (3, "SLAVE"));

    say(d, "\n\t role %s", name_of(d, &roles.names, be32_at(d, v, ROLE), "invalid (0x%08x)"));
    say_at(d, v, ", generation_id 0x%08lx%08lx", AT_BE32(GENERATION), AT_BE32(GENERATION + 4));
}

/* Which messages a controller gets as equal or master [EM], and which as slave [S]. */
static void say_async(struct dissect *d, struct view v)
{
    enum { BITS = 7 };
    NAMES(packet_reasons, (1, "NO_MATCH") (2, "ACTION") (4, "INVALID_TTL"));
    NAMES(other_reasons, (1, "ADD") (2, "DELETE") (4, "MODIFY")); /* as tcpdump: of flows as well */
    static const char *const labels[] = { "\n\t packet_in_mask", "\n\t port_status_mask",
                                          "\n\t flow_removed_mask" };

    for (u32 i = 0; i < 2 * countof(labels); i++) {
        const struct names *reasons = i < 2 ? &packet_reasons.names : &other_reasons.names;
        u32 mask = be32_at(d, v, i * 4);
        say(d, "%s[%s]", labels[i / 2], i % 2 == 0 ? "EM" : "S");
        openflow_bits(d, "", mask, 8, reasons, BITS);
    }
}

void openflow_body_1_3(struct dissect *d, u8 type, struct view v)
{
    static const struct openflow_errors error_names = { &errors.names, codes, countof(codes) };

    switch (type) {
    case OPENFLOW_HELLO: say_hello_elements(d, v); break;
    case OPENFLOW_ERROR: openflow_error(d, v, &error_names); break;
    case OPENFLOW_ECHO_REQUEST:
    case OPENFLOW_ECHO_REPLY: openflow_data(d, v); break;
    case OPENFLOW_VENDOR: say_experimenter(d, v); break;
    case OPENFLOW_FEATURES_REPLY: say_features_reply(d, v); break;
    case OPENFLOW_GET_CONFIG_REPLY:
    case OPENFLOW_SET_CONFIG: say_config(d, v); break;
    case OPENFLOW_PORT_STATUS: say_port_status(d, v); break;
    case PORT_MOD: say_port_mod(d, v); break;
    case TABLE_MOD: say_table_mod(d, v); break;
    case QUEUE_GET_CONFIG_REQUEST:
        say(d, "\n\t port %s", port_name(d, be32_at(d, v, 0)));
        need(d, v, 0, v.len);
        break;
    case ROLE_REQUEST:
    case ROLE_REPLY: say_role(d, v); break;
    case GET_ASYNC_REPLY:
    case SET_ASYNC: say_async(d, v); break;
    default: need(d, v, 0, v.len); break;
    }
}
