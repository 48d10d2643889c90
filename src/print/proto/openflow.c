/*
 * OpenFlow 1.0 and 1.3: switches and their controllers.  Open Networking Foundation, TS-001 and
 * TS-006, section 5 and appendix A.
 *
 *   version 1, type 1, length 2, transaction 4, body; several messages may follow each other
 *
 * The body of echoes, and what Big Switch Networks added, is shown with -v; other bodies are not
 * taken apart.
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum { VERSION, TYPE, LENGTH, TRANSACTION = 4, HEADER_LEN = 8 };

enum version { VERSION_1_0 = 1, VERSION_1_3 = 4 };

NAMES(versions,
      (VERSION_1_0, "1.0")
      (2, "1.1")
      (3, "1.2")
      (VERSION_1_3, "1.3")
      (5, "1.4")
      (6, "1.5"));

enum type { HELLO, ERROR_MESSAGE, ECHO_REQUEST, ECHO_REPLY, VENDOR };

NAMES(types_1_0,
      (HELLO, "HELLO")
      (ERROR_MESSAGE, "ERROR")
      (ECHO_REQUEST, "ECHO_REQUEST")
      (ECHO_REPLY, "ECHO_REPLY")
      (VENDOR, "VENDOR")
      (5, "FEATURES_REQUEST")
      (6, "FEATURES_REPLY")
      (7, "GET_CONFIG_REQUEST")
      (8, "GET_CONFIG_REPLY")
      (9, "SET_CONFIG")
      (10, "PACKET_IN")
      (11, "FLOW_REMOVED")
      (12, "PORT_STATUS")
      (13, "PACKET_OUT")
      (14, "FLOW_MOD")
      (15, "PORT_MOD")
      (16, "STATS_REQUEST")
      (17, "STATS_REPLY")
      (18, "BARRIER_REQUEST")
      (19, "BARRIER_REPLY")
      (20, "QUEUE_GET_CONFIG_REQUEST")
      (21, "QUEUE_GET_CONFIG_REPLY"));

NAMES(types_1_3,
      (HELLO, "HELLO")
      (ERROR_MESSAGE, "ERROR")
      (ECHO_REQUEST, "ECHO_REQUEST")
      (ECHO_REPLY, "ECHO_REPLY")
      (VENDOR, "EXPERIMENTER")
      (5, "FEATURES_REQUEST")
      (6, "FEATURES_REPLY")
      (7, "GET_CONFIG_REQUEST")
      (8, "GET_CONFIG_REPLY")
      (9, "SET_CONFIG")
      (10, "PACKET_IN")
      (11, "FLOW_REMOVED")
      (12, "PORT_STATUS")
      (13, "PACKET_OUT")
      (14, "FLOW_MOD")
      (15, "GROUP_MOD")
      (16, "PORT_MOD")
      (17, "TABLE_MOD")
      (18, "MULTIPART_REQUEST")
      (19, "MULTIPART_REPLY")
      (20, "BARRIER_REQUEST")
      (21, "BARRIER_REPLY")
      (22, "QUEUE_GET_CONFIG_REQUEST")
      (23, "QUEUE_GET_CONFIG_REPLY")
      (24, "ROLE_REQUEST")
      (25, "ROLE_REPLY")
      (26, "GET_ASYNC_REQUEST")
      (27, "GET_ASYNC_REPLY")
      (28, "SET_ASYNC")
      (29, "METER_MOD"));

/* How long messages of each type are: at least, or exactly. */
struct size {
    u8 least;
    bool exact;
};

static const struct size sizes_1_0[] = {
    { 8, false },  { 12, false }, { 8, false },  { 8, false }, { 12, false }, { 8, true },
    { 32, false }, { 8, true },   { 12, true },  { 12, true }, { 18, false }, { 88, true },
    { 64, true },  { 16, false }, { 72, false }, { 32, true }, { 12, false }, { 12, false },
    { 8, true },   { 8, true },   { 12, true },  { 16, false },
};

static const struct size sizes_1_3[] = {
    { 8, false }, { 12, false }, { 8, false }, { 8, false }, { 16, false }, { 8, true },
    { 32, true }, { 8, true },   { 12, true }, { 12, true }, { 8, false },  { 8, false },
    { 80, true }, { 8, false },  { 8, false }, { 8, false }, { 40, true },  { 16, true },
    { 8, false }, { 8, false },  { 8, true },  { 8, true },  { 16, true },  { 8, false },
    { 24, true }, { 24, true },  { 8, true },  { 32, true }, { 32, true },  { 8, false },
};

static bool size_fits(u8 version, u8 type, u32 len)
{
    const struct size *sizes = version == VERSION_1_0 ? sizes_1_0 : sizes_1_3;
    size_t n = version == VERSION_1_0 ? countof(sizes_1_0) : countof(sizes_1_3);

    if ((version != VERSION_1_0 && version != VERSION_1_3) || type >= n)
        return true;
    return sizes[type].exact ? len == sizes[type].least : len >= sizes[type].least;
}

static void say_data(struct dissect *d, struct view v)
{
    if (v.len == 0)
        return;
    say(d, "\n\t data (%u octets)", v.len);
    if (verbose(d, 2))
        hexdump_ascii(d->out, "\n\t  ", v);
    need(d, v, 0, v.len);
}

/* -- vendors */

enum { BIG_SWITCH = 0x005c16c7 };

NAMES(vendors,
      (0x00002320, "Nicira Networks")
      (BIG_SWITCH, "Big Switch Networks")
      (0x4f4e4600, "ONF Extensions"));

enum big_switch {
    SET_IP_MASK,
    GET_IP_MASK_REQUEST,
    GET_IP_MASK_REPLY,
    SET_MIRRORING,
    GET_MIRRORING_REQUEST,
    GET_MIRRORING_REPLY,
    SHELL_COMMAND,
    SHELL_OUTPUT,
};

NAMES(big_switch_types,
      (SET_IP_MASK, "SET_IP_MASK")
      (GET_IP_MASK_REQUEST, "GET_IP_MASK_REQUEST")
      (GET_IP_MASK_REPLY, "GET_IP_MASK_REPLY")
      (SET_MIRRORING, "SET_MIRRORING")
      (GET_MIRRORING_REQUEST, "GET_MIRRORING_REQUEST")
      (GET_MIRRORING_REPLY, "GET_MIRRORING_REPLY")
      (SHELL_COMMAND, "SHELL_COMMAND")
      (SHELL_OUTPUT, "SHELL_OUTPUT")
      (8, "SHELL_STATUS")
      (9, "GET_INTERFACES_REQUEST")
      (10, "GET_INTERFACES_REPLY")
      (11, "SET_PKTIN_SUPPRESSION_REQUEST")
      (12, "SET_L2_TABLE_REQUEST")
      (13, "GET_L2_TABLE_REQUEST")
      (14, "GET_L2_TABLE_REPLY")
      (15, "VIRTUAL_PORT_CREATE_REQUEST")
      (16, "VIRTUAL_PORT_CREATE_REPLY")
      (17, "VIRTUAL_PORT_REMOVE_REQUEST"));

static void say_text(struct dissect *d, struct view v)
{
    say_z(d, ", data '");
    if (say_visible(d, v))
        say_z(d, "'");
    else
        seal(d);
}

/* The content of a subtype.  False when its length is wrong. */
static bool say_big_switch_content(struct dissect *d, u32 type, struct view v)
{
    switch (type) {
    case SET_IP_MASK:
    case GET_IP_MASK_REQUEST:
    case GET_IP_MASK_REPLY:
        if (v.len != 8)
            return false;
        say(d, ", index %u", u8_at(d, v, 0));
        if (type != GET_IP_MASK_REQUEST)
            say(d, ", mask %pI4", bytes_at(d, v, 4, 4));
        return true;
    case SET_MIRRORING:
    case GET_MIRRORING_REQUEST:
    case GET_MIRRORING_REPLY:
        if (v.len != 4)
            return false;
        say(d, ", report_mirror_ports %s", u8_at(d, v, 0) != 0 ? "ON" : "OFF");
        return true;
    case SHELL_COMMAND:
        if (v.len < 4)
            return false;
        say(d, ", service %u", be32_at(d, v, 0));
        say_text(d, view_from(v, 4));
        return true;
    case SHELL_OUTPUT: say_text(d, v); return true;
    default: return true;
    }
}

static void say_wrong(struct dissect *d, struct view v)
{
    invalid(d);
    need(d, v, 0, v.len);
}

/* What follows the vendor's number. */
static void say_big_switch(struct dissect *d, struct view v)
{
    if (v.len < 4) {
        say_wrong(d, v);
        return;
    }
    u32 type = be32_at(d, v, 0);
    say(d, "\n\t subtype %s", name_of(d, &big_switch_types.names, type, "unknown (0x%08x)"));
    v = view_from(v, 4);
    if (say_big_switch_content(d, type, v))
        need(d, v, 0, v.len);
    else
        say_wrong(d, v);
}

static void say_vendor(struct dissect *d, u8 version, struct view v)
{
    u32 vendor = be32_at(d, v, 0);
    const char *name = name_of(d, &vendors.names, vendor, "unknown");

    if (version == VERSION_1_3) {
        say(d, "\n\t experimenter 0x%08x (%s)", vendor, name);
        say(d, ", exp_type 0x%08x", be32_at(d, v, 4));
        say_data(d, view_from(v, 8));
        return;
    }
    say(d, ", vendor 0x%08x (%s)", vendor, name);
    if (vendor != BIG_SWITCH)
        say_data(d, view_from(v, 4));
    else
        say_big_switch(d, view_from(v, 4));
}

/* -- messages */

static void say_body(struct dissect *d, u8 version, u8 type, struct view v)
{
    if (!size_fits(version, type, v.len + HEADER_LEN)) {
        say_wrong(d, v);
        return;
    }
    if (!verbose(d, 1)) {
        need(d, v, 0, v.len);
        return;
    }
    switch (type) {
    case HELLO:
    case ECHO_REQUEST:
    case ECHO_REPLY:
        if (version == VERSION_1_0 || type != HELLO)
            say_data(d, v);
        break;
    case VENDOR: say_vendor(d, version, v); break;
    default: need(d, v, 0, v.len); break;
    }
}

static const char *type_name(struct dissect *d, u8 version, u8 type)
{
    switch (version) {
    case VERSION_1_0: return name_of(d, &types_1_0.names, type, "unknown (0x%02x)");
    case VERSION_1_3: return name_of(d, &types_1_3.names, type, "unknown (0x%02x)");
    default: return name_of(d, &no_names, type, "unknown (0x%02x)");
    }
}

/* Whether the field that ends at `end` is in the segment; says so when it is not. */
static bool in_segment(struct dissect *d, struct view v, u32 end)
{
    if (v.len >= end)
        return true;
    say_z(d, " (end of TCP payload)");
    return false;
}

void print_openflow(struct dissect *d, struct view v)
{
    d->proto = "openflow";
    say_z(d, ": OpenFlow");
    while (v.len > 0 && !d->sealed) {
        u8 version = u8_at(d, v, VERSION);
        say(d, "\n\tversion %s", name_of(d, &versions.names, version, "unknown (0x%02x)"));
        if (!in_segment(d, v, LENGTH))
            return;
        u8 type = u8_at(d, v, TYPE);
        say(d, ", type %s", type_name(d, version, type));
        if (!in_segment(d, v, TRANSACTION))
            return;
        u32 len = be16_at(d, v, LENGTH);
        say(d, ", length %u%s", len, len < HEADER_LEN ? " (too short!)" : "");
        if (!in_segment(d, v, HEADER_LEN))
            return;
        say(d, ", xid 0x%08x", be32_at(d, v, TRANSACTION));
        if (len < HEADER_LEN) {
            invalid(d);
            return;
        }
        bool known = version == VERSION_1_0 || version == VERSION_1_3;
        struct view body = view_claim(view_from(v, HEADER_LEN), len - HEADER_LEN);
        if (body.cap > body.len)
            body = view_clip(body, body.len);
        if (known)
            say_body(d, version, type, body);
        else
            need(d, body, 0, body.len);
        v = view_from(v, len);
    }
}
