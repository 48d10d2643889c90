/*
 * 802.11 frames.  IEEE 802.11-2016, clause 9: frame control 9.2.4.1, addresses 9.3.2.1, mesh
 * control 9.2.4.7.3.  Numbers are little-endian.
 *
 *    0               1               2               3
 *   +-------+---+---+---------------+-------------------------------+
 *   |subtype|typ|ver|     flags     |      duration, or an id       |
 *   +-------+---+---+---------------+-------------------------------+
 *   |  address 1 (6 bytes), 2 (6), 3 (6)                            |
 *   |  sequence control 2           |  address 4, between systems   |
 *   |  QoS control 2                |  mesh control: flags, TTL, sequence 4, 0 to 3 addresses
 *   +-------------------------------+-------------------------------+
 *
 * Control frames have one or two addresses and nothing else.
 */
#include "print/proto/wlan/wlan.h"

#include "base/ethertype.h"
#include "print/printer.h"
#include "print/proto/llc.h"

enum {
    CONTROL,
    CONTROL_LEN = 2,
    DURATION = 2,
    ADDRESS1 = 4,
    ADDRESS2 = 10,
    ADDRESS3 = 16,
    ADDRESS4 = 24
};

enum { MANAGEMENT_LEN = 24, DATA_LEN = 24, BETWEEN_LEN = 30, QOS_LEN = 2 };

enum type { TYPE_MANAGEMENT, TYPE_CONTROL, TYPE_DATA };

enum control_subtype {
    WRAPPER = 7,
    BLOCK_ACK_REQUEST,
    BLOCK_ACK,
    POWER_SAVE_POLL,
    REQUEST_TO_SEND,
    CLEAR_TO_SEND,
    ACKNOWLEDGMENT,
    CF_END,
    CF_END_ACK,
};

/* Of control frames only. */
enum { BAR_CONTROL = 16, BAR_SEQUENCE = 18 };

/* Bits of a data frame's subtype. */
enum { DATA_CF_ACK = 1, DATA_CF_POLL = 2, DATA_NULL = 4, DATA_QOS = 8 };

/* IEEE 802.11, figure 9-12. */
enum { MESH_FLAGS, MESH_TTL, MESH_SEQUENCE, MESH_ADDRESSES = 6, MESH_EXTENSION = 3 };

/* The length of the header; 0, with a remark, when the frame is of an unknown kind. */
static u32 header_len(struct dissect *d, u16 control)
{
    u32 subtype = wlan_subtype(control);

    switch (wlan_type(control)) {
    case TYPE_MANAGEMENT: return MANAGEMENT_LEN;
    case TYPE_CONTROL:
        switch (subtype) {
        case BLOCK_ACK_REQUEST: return 20;
        case WRAPPER:
        case POWER_SAVE_POLL:
        case REQUEST_TO_SEND:
        case CF_END:
        case CF_END_ACK: return 16;
        case BLOCK_ACK: /* as tcpdump: its other address counts as its body */
        case CLEAR_TO_SEND:
        case ACKNOWLEDGMENT: return 10;
        default: say(d, "unknown 802.11 ctrl frame subtype (%u)", subtype); return 0;
        }
    case TYPE_DATA: {
        bool between = (control & WLAN_TO_DS) != 0 && (control & WLAN_FROM_DS) != 0;
        u32 qos_len = (subtype & DATA_QOS) != 0 ? QOS_LEN : 0;
        return qos_len + (between ? BETWEEN_LEN : DATA_LEN);
    }
    default: say(d, "unknown 802.11 frame type (%u)", wlan_type(control)); return 0;
    }
}

static void say_address(struct dissect *d, const char *label, struct view v, u32 off)
{
    say_at(d, v, "%s:%pM ", label, AT_ADDRESS(off));
}

/* A request for block acknowledgment, which has the same text with and without -e. */
static void say_block_request(struct dissect *d, struct view v)
{
    say_at(d, v, " RA:%pM TA:%pM CTL(%lx) SEQ(%lu) ", AT_ADDRESS(ADDRESS1), AT_ADDRESS(ADDRESS2),
           AT_LE16(BAR_CONTROL), AT_LE16(BAR_SEQUENCE));
}

/* -- what -e adds */

static void say_control_addresses(struct dissect *d, u16 control, struct view v)
{
    switch (wlan_subtype(control)) {
    case BLOCK_ACK_REQUEST: say_block_request(d, v); break;
    case BLOCK_ACK:
    case CLEAR_TO_SEND:
    case ACKNOWLEDGMENT: say_address(d, "RA", v, ADDRESS1); break;
    case POWER_SAVE_POLL:
        say_address(d, "BSSID", v, ADDRESS1);
        say_address(d, "TA", v, ADDRESS2);
        break;
    case REQUEST_TO_SEND:
        say_address(d, "RA", v, ADDRESS1);
        say_address(d, "TA", v, ADDRESS2);
        break;
    case CF_END:
    case CF_END_ACK:
        say_address(d, "RA", v, ADDRESS1);
        say_address(d, "BSSID", v, ADDRESS2);
        break;
    default: break;
    }
}

static void say_data_addresses(struct dissect *d, u16 control, struct view v)
{
    static const char *const free_periods[] = { "", "Ack", "Poll", "Ack/Poll" };
    u32 subtype = wlan_subtype(control);

    if ((subtype & ~(u32)DATA_NULL) != 0)
        say(d, "CF %s%s ", free_periods[subtype & (DATA_CF_ACK | DATA_CF_POLL)],
            (subtype & DATA_QOS) != 0 ? "+QoS" : "");
    switch (control & (WLAN_TO_DS | WLAN_FROM_DS)) {
    case 0:
        say_address(d, "DA", v, ADDRESS1);
        say_address(d, "SA", v, ADDRESS2);
        say_address(d, "BSSID", v, ADDRESS3);
        break;
    case WLAN_FROM_DS:
        say_address(d, "DA", v, ADDRESS1);
        say_address(d, "BSSID", v, ADDRESS2);
        say_address(d, "SA", v, ADDRESS3);
        break;
    case WLAN_TO_DS:
        say_address(d, "BSSID", v, ADDRESS1);
        say_address(d, "SA", v, ADDRESS2);
        say_address(d, "DA", v, ADDRESS3);
        break;
    default:
        say_address(d, "RA", v, ADDRESS1);
        say_address(d, "TA", v, ADDRESS2);
        say_address(d, "DA", v, ADDRESS3);
        say_address(d, "SA", v, ADDRESS4);
        break;
    }
}

static void say_flags(struct dissect *d, u16 control, u16 duration)
{
    NAMES(flags,
          (WLAN_MORE_DATA, "More Data ")
          (WLAN_MORE_FRAGMENTS, "More Fragments ")
          (WLAN_POWER_MANAGEMENT, "Pwr Mgmt ")
          (WLAN_RETRY, "Retry ")
          (WLAN_ORDER, "Strictly Ordered ")
          (WLAN_PROTECTED, "Protected "));

    say_z(d, flags_of(d, &flags.names, control, "", ""));
    if (wlan_type(control) != TYPE_CONTROL || wlan_subtype(control) != POWER_SAVE_POLL)
        say(d, "%uus ", duration);
}

static void say_mesh(struct dissect *d, struct view mesh)
{
    u32 extension = u8_at(d, mesh, MESH_FLAGS) & MESH_EXTENSION;

    say_at(d, mesh, "MeshData (AE %u TTL %lu seq %lu", extension, AT_U8(MESH_TTL),
           AT_LE32(MESH_SEQUENCE));
    for (u32 i = 0; i < extension; i++)
        say_at(d, mesh, " A%u:%pM", 4 + i, AT_ADDRESS(MESH_ADDRESSES + i * ETHER_ADDR_LEN));
    say_z(d, ") ");
}

/* Everything in the header; `mesh` is empty when there is no mesh control. */
static void say_header(struct dissect *d, u16 control, struct view v, struct view mesh)
{
    if (verbose(d, 1))
        say_flags(d, control, le16_at(d, v, DURATION));
    if (mesh.len > 0)
        say_mesh(d, mesh);
    switch (wlan_type(control)) {
    case TYPE_MANAGEMENT:
        say_address(d, "BSSID", v, ADDRESS3);
        say_address(d, "DA", v, ADDRESS1);
        say_address(d, "SA", v, ADDRESS2);
        break;
    case TYPE_CONTROL: say_control_addresses(d, control, v); break;
    case TYPE_DATA: say_data_addresses(d, control, v); break;
    default: break;
    }
}

/* -- what each kind of frame says */

static void say_control(struct dissect *d, u16 control, struct view v)
{
    static const char *const names[] = {
        [WRAPPER] = "Control Wrapper",
        [BLOCK_ACK_REQUEST] = "BAR",
        [BLOCK_ACK] = "BA",
        [POWER_SAVE_POLL] = "Power Save-Poll",
        [REQUEST_TO_SEND] = "Request-To-Send",
        [CLEAR_TO_SEND] = "Clear-To-Send",
        [ACKNOWLEDGMENT] = "Acknowledgment",
        [CF_END] = "CF-End",
        [CF_END_ACK] = "CF-End+CF-Ack",
    };
    u32 subtype = wlan_subtype(control);

    say_z(d, names[subtype]);
    if (subtype == POWER_SAVE_POLL)
        say_at(d, v, " AID(%lx)", AT_LE16(DURATION));
    if (d->opt->link_header)
        return;
    switch (subtype) {
    case BLOCK_ACK_REQUEST: say_block_request(d, v); break;
    case REQUEST_TO_SEND:
        say_z(d, " ");
        say_address(d, "TA", v, ADDRESS2);
        break;
    case WRAPPER:
    case POWER_SAVE_POLL: break;
    default:
        say_z(d, " ");
        say_address(d, "RA", v, ADDRESS1);
        break;
    }
}

/* Data in the clear; returns the length of its LLC header. */
static u32 say_data(struct dissect *d, u16 control, struct view v, struct view payload)
{
    static const u8 destinations[] = { ADDRESS1, ADDRESS3, ADDRESS1, ADDRESS3 };
    static const u8 sources[] = { ADDRESS2, ADDRESS2, ADDRESS3, ADDRESS4 };
    u32 systems = control >> 8 & 3;

    return llc_frame(
        d, payload,
        (struct llc_addresses){ bytes_at(d, v, sources[systems], ETHER_ADDR_LEN),
                                bytes_at(d, v, destinations[systems], ETHER_ADDR_LEN) },
        NULL);
}

/* Mesh control behind a header of `header` bytes; empty when its flags say that there is none. */
static struct view mesh_control(struct dissect *d, struct view v, u32 header)
{
    u8 flags = u8_at(d, v, header);

    if ((flags & ~(u32)MESH_EXTENSION) != 0)
        return view_clip(v, 0);
    u32 addresses = flags & MESH_EXTENSION;
    return view_sub(v, header, MESH_ADDRESSES + addresses * ETHER_ADDR_LEN);
}

u32 wlan_frame(struct dissect *d, struct view v, struct wlan_layout layout)
{
    u32 captured = v.cap;

    d->proto = "802.11";
    v = view_clip(v, v.len < layout.fcs_len ? 0 : v.len - layout.fcs_len);
    if (!view_has(v, CONTROL, CONTROL_LEN)) {
        truncated(d);
        return captured;
    }
    u16 control = le16_at(d, v, CONTROL);
    u32 header = header_len(d, control);
    if (header == 0)
        return 0;
    if (layout.padded)
        header = (header + 3) & ~3u;
    struct view mesh = view_clip(v, 0);
    bool data = wlan_type(control) == TYPE_DATA;
    if (d->opt->mesh && data && (wlan_subtype(control) & DATA_QOS) != 0) {
        if (!view_has(v, header, 1)) {
            truncated(d);
            return header;
        }
        mesh = mesh_control(d, v, header);
        header += mesh.len;
    }
    if (!view_has(v, 0, header)) {
        truncated(d);
        return header;
    }
    if (d->opt->link_header)
        say_header(d, control, v, mesh);

    struct view body = view_from(v, header);
    if (wlan_type(control) == TYPE_CONTROL) {
        say_control(d, control, v);
    } else if (!data) {
        if (!wlan_management(d, control, bytes_at(d, v, ADDRESS2, ETHER_ADDR_LEN), body))
            truncated(d);
    } else if ((wlan_subtype(control) & DATA_NULL) != 0) {
        return header;
    } else if ((control & WLAN_PROTECTED) != 0) {
        say_z(d, "Data");
        if (!wlan_wep(d, body))
            truncated(d);
    } else {
        header += say_data(d, control, v, body);
    }
    return header;
}

void print_wlan(struct dissect *d, struct view v)
{
    u32 header = wlan_frame(d, v, (struct wlan_layout){ false, 0 });

    if (!d->sealed)
        d->link_header_len += header;
}
