/* OpenFlow 1.0: statistics and queues.  Open Networking Foundation, TS-001, sections 5.3.4 and 5.3.5. */
#include "print/proto/openflow/v1_0.h"

enum {
    FLOW_STATS_MIN = 88,
    TABLE_STATS_LEN = 64,
    PORT_STATS_LEN = 104,
    QUEUE_STATS_LEN = 32,
    QUEUE_MIN = 8,
    PROPERTY_MIN = 8,
};

NAMES(tables, (0xfe, "EMERG") (0xff, "ALL"));

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
    if (!openflow_has(d, v, 4))
        return;
    openflow_vendor_id(d, ", vendor ", be32_at(d, v, 0));
    openflow_data(d, view_from(v, 4));
}

static const char *queue_name(struct dissect *d, u32 queue)
{
    NAMES(names, (0xffffffff, "ALL"));

    return name_of(d, &names.names, queue, "%u");
}

void openflow_stats_request_1_0(struct dissect *d, struct view v)
{
    enum { BODY = 4, TABLE = OPENFLOW_MATCH_LEN, OUT_PORT = 42, QUEUE = 4, FLOW_LEN = 44, PORT_LEN = 8 };
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
        openflow_match_1_0(d, "\n\t ", v);
        say(d, "\n\t table_id %s", name_of(d, &tables.names, u8_at(d, v, TABLE), "%u"));
        say(d, ", out_port %s", openflow_port_1_0(d, be16_at(d, v, OUT_PORT)));
        break;
    case PORTS:
        say(d, "\n\t port_no %s", openflow_port_1_0(d, be16_at(d, v, 0)));
        need(d, v, 0, PORT_LEN);
        break;
    case QUEUES:
        say(d, "\n\t port_no %s", openflow_port_1_0(d, be16_at(d, v, 0)));
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

    while (openflow_more(d, v, FLOW_STATS_MIN)) {
        u32 length = be16_at(d, v, LENGTH);
        say(d, "\n\t length %u", length);
        if (!openflow_fits(d, v, length, FLOW_STATS_MIN))
            return;
        say(d, ", table_id %s", name_of(d, &tables.names, u8_at(d, v, TABLE), "%u"));
        openflow_match_1_0(d, "\n\t  ", view_from(v, MATCH));
        say_at(d, v, "\n\t  duration_sec %lu", AT_BE32(SECONDS));
        say_at(d, v, ", duration_nsec %lu", AT_BE32(NANOSECONDS));
        say_at(d, v, ", priority %lu", AT_BE16(PRIORITY));
        say_at(d, v, ", idle_timeout %lu", AT_BE16(IDLE));
        say_at(d, v, ", hard_timeout %lu", AT_BE16(HARD));
        say_at(d, v, ", cookie 0x%08lx%08lx", AT_BE32(COOKIE), AT_BE32(COOKIE + 4));
        openflow_count(d, ", packet_count", v, PACKETS);
        openflow_count(d, ", byte_count", v, BYTES);
        openflow_actions_1_0(d, "\n\t  ", view_sub(v, FLOW_STATS_MIN, length - FLOW_STATS_MIN));
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

    for (; openflow_more(d, v, TABLE_STATS_LEN); v = view_from(v, TABLE_STATS_LEN)) {
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

    for (; openflow_more(d, v, PORT_STATS_LEN); v = view_from(v, PORT_STATS_LEN)) {
        say(d, "\n\t  port_no %s", openflow_port_1_0(d, be16_at(d, v, 0)));
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

    for (; openflow_more(d, v, QUEUE_STATS_LEN); v = view_from(v, QUEUE_STATS_LEN)) {
        say(d, "\n\t  port_no %s", openflow_port_1_0(d, be16_at(d, v, 0)));
        say_at(d, v, ", queue_id %lu", AT_BE32(QUEUE));
        openflow_count(d, ", tx_bytes", v, BYTES);
        openflow_count(d, ", tx_packets", v, PACKETS);
        openflow_count(d, ", tx_errors", v, ERRORS);
    }
}

void openflow_stats_reply_1_0(struct dissect *d, struct view v)
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
    default: need(d, v, 0, v.len); break;
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

    while (openflow_more(d, v, PROPERTY_MIN)) {
        u16 type = be16_at(d, v, TYPE);
        say(d, "\n\t   property %s", name_of(d, &properties.names, type, "invalid (0x%04x)"));
        u32 length = be16_at(d, v, LENGTH);
        say(d, ", len %u", length);
        if (!openflow_fits(d, v, length, PROPERTY_MIN))
            return;
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

void openflow_queues_1_0(struct dissect *d, struct view v)
{
    enum { QUEUE, LENGTH = 4, PROPERTIES = QUEUE_MIN };

    while (openflow_more(d, v, QUEUE_MIN)) {
        say_at(d, v, "\n\t  queue_id %lu", AT_BE32(QUEUE));
        u32 length = be16_at(d, v, LENGTH);
        say(d, ", len %u", length);
        if (!openflow_fits(d, v, length, QUEUE_MIN))
            return;
        struct view properties = view_sub(v, PROPERTIES, length - QUEUE_MIN);
        if (verbose(d, 2))
            say_properties(d, properties);
        else
            need(d, properties, 0, properties.len);
        v = view_from(v, length);
    }
}
