/*
 * OpenFlow 1.0 and 1.3: switches and their controllers.  Open Networking Foundation, TS-001 and
 * TS-006, section 5 and appendix A.
 *
 *   version 1, type 1, length 2, transaction 4, body; several messages may follow each other
 *
 * Bodies are shown with -v, in v1_0.c and v1_3.c.
 */
#include "print/proto/openflow/openflow.h"

#include "print/hexdump.h"
#include "print/oui.h"

enum { VERSION, TYPE, LENGTH, TRANSACTION = 4, HEADER_LEN = 8 };

enum version { VERSION_1_0 = 1, VERSION_1_3 = 4 };

NAMES(versions,
      (VERSION_1_0, "1.0")
      (2, "1.1")
      (3, "1.2")
      (VERSION_1_3, "1.3")
      (5, "1.4")
      (6, "1.5"));

/* How long messages of each type are: at least, or exactly. */
struct size {
    u8 least;
    bool exact;
};

static const struct size sizes_1_0[] = {
    { 8, false },  { 12, false }, { 8, false },  { 8, false },  { 12, false }, { 8, true },
    { 32, false }, { 8, true },   { 12, true },  { 12, true },  { 18, false }, { 88, true },
    { 64, true },  { 16, false }, { 72, false }, { 32, true },  { 12, false }, { 12, false },
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

void openflow_wrong(struct dissect *d, struct view v)
{
    invalid(d);
    need(d, v, 0, v.len);
}

bool openflow_fits(struct dissect *d, struct view v, u32 length, u32 least)
{
    if (length >= least && length <= v.len)
        return true;
    openflow_wrong(d, v);
    return false;
}

bool openflow_has(struct dissect *d, struct view v, u32 least)
{
    return openflow_fits(d, v, v.len, least);
}

bool openflow_more(struct dissect *d, struct view v, u32 least)
{
    return v.len > 0 && !d->sealed && openflow_has(d, v, least);
}

void openflow_data(struct dissect *d, struct view v)
{
    if (v.len == 0)
        return;
    say(d, "\n\t data (%u octets)", v.len);
    if (verbose(d, 2))
        hexdump_ascii(d->out, "\n\t  ", v);
    need(d, v, 0, v.len);
}

void openflow_bits(struct dissect *d, const char *label, u32 value, u32 digits,
                   const struct names *names, u32 known)
{
    say(d, digits == 4 ? "%s 0x%04x" : "%s 0x%08x", label, value);
    if ((value & known) != 0) /* as tcpdump: of what is known not every bit has a name */
        say(d, " (%s)", flags_of(d, names, value, ", ", ""));
    if ((value & ~known) != 0)
        say_z(d, " (bogus)");
}

void openflow_count(struct dissect *d, const char *label, struct view v, u32 at)
{
    say(d, "%s %llu", label, (unsigned long long)be64_at(d, v, at));
}

void openflow_text(struct dissect *d, struct view v)
{
    say_z(d, "'");
    if (!say_until_nul(d, v))
        seal(d);
    say_z(d, "'");
}

void openflow_fragments(struct dissect *d, u16 flags)
{
    NAMES(handling, (0, "FRAG_NORMAL") (1, "FRAG_DROP") (2, "FRAG_REASM"));

    say(d, "\n\t flags %s", name_of(d, &handling.names, flags, "invalid (0x%04x)"));
}

void openflow_error(struct dissect *d, struct view v, const struct openflow_errors *errors)
{
    enum { ERROR_TYPE, CODE = 2, DATA = 4 };
    u16 type = be16_at(d, v, ERROR_TYPE);
    const struct names *codes = type < errors->n ? errors->codes[type] : &no_names;

    say(d, "\n\t type %s", name_of(d, errors->types, type, "invalid (0x%04x)"));
    say(d, ", code %s", name_of(d, codes, be16_at(d, v, CODE), "invalid (0x%04x)"));
    openflow_data(d, view_from(v, DATA));
}

/* -- vendors */

enum { BIG_SWITCH = 0x005c16c7 };

void openflow_vendor_id(struct dissect *d, const char *label, u32 vendor)
{
    enum { OUI_MAX = 0xffffff };
    NAMES(vendors,
          (BIG_SWITCH, "Big Switch Networks")
          (0x4f4e4600, "ONF Extensions")
          (0xff000001, "Budapest University of Technology and Economics")
          (0xff000002, "NoviFlow")
          (0xff000003, "L3+ Extensions, Vendor Neutral")
          (0xff000004, "L4-L7 Extensions")
          (0xff000005, "Wireless and Mobility Extensions")
          (0xff000006, "Forwarding Abstractions Extensions")
          (0xff000007, "Optical Transport Extensions")
          (0xff000008, "Network Benchmarking Lab, NCTU")
          (0xff000009, "Mobile Packet Core Extensions")
          (0xff00000a, "MPLS-TP OpenFlow Extensions for SPTN"));

    const char *name = vendor <= OUI_MAX ? oui_known(vendor) : NULL;
    if (name == NULL)
        name = name_of(d, &vendors.names, vendor, "unknown");
    say(d, "%s0x%08x (%s)", label, vendor, name);
}

enum big_switch {
    SET_IP_MASK,
    GET_IP_MASK_REQUEST,
    GET_IP_MASK_REPLY,
    SET_MIRRORING,
    GET_MIRRORING_REQUEST,
    GET_MIRRORING_REPLY,
    SHELL_COMMAND,
    SHELL_OUTPUT,
    SHELL_STATUS,
    GET_INTERFACES_REQUEST,
    GET_L2_TABLE_REQUEST = 13,
    VIRTUAL_PORT_REMOVE_REQUEST = 17,
    BW_ENABLE_GET_REQUEST = 19,
    BW_CLEAR_DATA_REQUEST = 21,
    HYBRID_GET_REQUEST = 27,
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
      (SHELL_STATUS, "SHELL_STATUS")
      (GET_INTERFACES_REQUEST, "GET_INTERFACES_REQUEST")
      (10, "GET_INTERFACES_REPLY")
      (11, "SET_PKTIN_SUPPRESSION_REQUEST")
      (12, "SET_L2_TABLE_REQUEST")
      (GET_L2_TABLE_REQUEST, "GET_L2_TABLE_REQUEST")
      (14, "GET_L2_TABLE_REPLY")
      (15, "VIRTUAL_PORT_CREATE_REQUEST")
      (16, "VIRTUAL_PORT_CREATE_REPLY")
      (VIRTUAL_PORT_REMOVE_REQUEST, "VIRTUAL_PORT_REMOVE_REQUEST")
      (18, "BW_ENABLE_SET_REQUEST")
      (BW_ENABLE_GET_REQUEST, "BW_ENABLE_GET_REQUEST")
      (20, "BW_ENABLE_GET_REPLY")
      (BW_CLEAR_DATA_REQUEST, "BW_CLEAR_DATA_REQUEST")
      (22, "BW_CLEAR_DATA_REPLY")
      (23, "BW_ENABLE_SET_REPLY")
      (24, "SET_L2_TABLE_REPLY")
      (25, "SET_PKTIN_SUPPRESSION_REPLY")
      (26, "VIRTUAL_PORT_REMOVE_REPLY")
      (HYBRID_GET_REQUEST, "HYBRID_GET_REQUEST")
      (28, "HYBRID_GET_REPLY")
      (31, "PDU_TX_REQUEST")
      (32, "PDU_TX_REPLY")
      (33, "PDU_RX_REQUEST")
      (34, "PDU_RX_REPLY")
      (35, "PDU_RX_TIMEOUT"));

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
    case SHELL_STATUS:
    case VIRTUAL_PORT_REMOVE_REQUEST:
        if (v.len != 4)
            return false;
        say_at(d, v, type == SHELL_STATUS ? ", status 0x%08lx" : ", vport_no %lu", AT_BE32(0));
        return true;
    case GET_INTERFACES_REQUEST:
    case GET_L2_TABLE_REQUEST:
    case BW_ENABLE_GET_REQUEST:
    case BW_CLEAR_DATA_REQUEST:
    case HYBRID_GET_REQUEST: return v.len == 0;
    default: return true;
    }
}

/* What follows the vendor's number. */
void openflow_big_switch(struct dissect *d, struct view v)
{
    if (!openflow_has(d, v, 4))
        return;
    u32 type = be32_at(d, v, 0);
    say(d, "\n\t subtype %s", name_of(d, &big_switch_types.names, type, "unknown (0x%08x)"));
    v = view_from(v, 4);
    if (say_big_switch_content(d, type, v))
        need(d, v, 0, v.len);
    else
        openflow_wrong(d, v);
}

void openflow_vendor(struct dissect *d, struct view v, printer *big_switch)
{
    u32 vendor = be32_at(d, v, 0);

    openflow_vendor_id(d, ", vendor ", vendor);
    if (vendor != BIG_SWITCH)
        openflow_data(d, view_from(v, 4));
    else
        big_switch(d, view_from(v, 4));
}

/* -- messages */

static void say_body(struct dissect *d, u8 version, u8 type, struct view v)
{
    if (!size_fits(version, type, v.len + HEADER_LEN)) {
        openflow_wrong(d, v);
        return;
    }
    if (!verbose(d, 1))
        need(d, v, 0, v.len);
    else if (version == VERSION_1_0)
        openflow_body_1_0(d, type, v);
    else
        openflow_body_1_3(d, type, v);
}

static const char *type_name(struct dissect *d, u8 version, u8 type)
{
    switch (version) {
    case VERSION_1_0: return name_of(d, openflow_types_1_0, type, "unknown (0x%02x)");
    case VERSION_1_3: return name_of(d, openflow_types_1_3, type, "unknown (0x%02x)");
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
            openflow_wrong(d, v);
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
