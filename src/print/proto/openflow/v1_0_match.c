/*
 * OpenFlow 1.0: which packets a flow is of, and what is done with them.  Open Networking Foundation,
 * TS-001, sections 5.2.3 and 5.2.4.
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
#include "print/proto/openflow/v1_0.h"

#include "base/ethertype.h"
#include "print/proto/ether.h"

/* -- matches */

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

void openflow_match_1_0(struct dissect *d, const char *indent, struct view v)
{
    enum {
        PORT = 4,
        SRC = 6,
        DST = 12,
        VLAN = 18,
        PCP = 20,
        FRAME_TYPE = 22,
        TOS = 24,
        PROTO = 25,
        SRC_ADDRESS = 28,
        DST_ADDRESS = 32,
        SRC_PORT = 36,
        DST_PORT = 38
    };
    enum { ICMP = 1, WILD_BITS = 0x3f, ALL_BITS = 32 };
    u32 wild = be32_at(d, v, 0);

    if ((wild & ~(u32)ALL_WILDCARDS) != 0)
        say(d, "%swildcards 0x%08x (bogus)", indent, wild);
    if ((wild & IN_PORT) == 0)
        say(d, "%smatch in_port %s", indent, openflow_port_1_0(d, be16_at(d, v, PORT)));
    if ((wild & DL_SRC) == 0)
        say(d, "%smatch dl_src %pM", indent, bytes_at(d, v, SRC, 6));
    if ((wild & DL_DST) == 0)
        say(d, "%smatch dl_dst %pM", indent, bytes_at(d, v, DST, 6));
    if ((wild & DL_VLAN) == 0)
        say(d, "%smatch dl_vlan %s", indent, vlan_text(d, be16_at(d, v, VLAN)));
    if ((wild & DL_VLAN_PCP) == 0)
        say(d, "%smatch dl_vlan_pcp %s", indent, priority_text(d, u8_at(d, v, PCP)));
    u16 ethertype = be16_at(d, v, FRAME_TYPE);
    bool is_arp = (wild & DL_TYPE) == 0 && ethertype == ETHERTYPE_ARP;
    bool is_ip = (wild & DL_TYPE) == 0 && ethertype == ETHERTYPE_IP;
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
    need(d, v, 0, OPENFLOW_MATCH_LEN);
}

/* -- actions */

enum { ACTION_MIN = 8 };

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

    if (!openflow_has(d, v, BODY))
        return;
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
        say(d, ", port %s", openflow_port_1_0(d, port));
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
        say(d, ", port %s", openflow_port_1_0(d, be16_at(d, v, 0)));
        say_at(d, v, ", queue_id %lu", AT_BE32(QUEUE));
        break;
    case VENDOR_ACTION: openflow_vendor(d, v, say_big_switch_action); return;
    default: break;
    }
    need(d, v, 0, v.len);
}

void openflow_actions_1_0(struct dissect *d, const char *indent, struct view v)
{
    enum { TYPE, LENGTH = 2, BODY = 4 };

    while (openflow_more(d, v, ACTION_MIN)) {
        u16 type = be16_at(d, v, TYPE);
        say(d, "%saction type %s", indent, name_of(d, &actions.names, type, "invalid (0x%04x)"));
        u32 length = be16_at(d, v, LENGTH);
        say(d, ", len %u", length);
        if (!openflow_fits(d, v, length, ACTION_MIN))
            return;
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
