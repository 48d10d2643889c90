/*
 * RSVP: the resource reservation protocol, and what MPLS adds to it.  RFC 2205, section 3; the
 * objects: RFC 2747, RFC 2961, RFC 3209, RFC 3473, RFC 4090, RFC 4124, RFC 4875, RFC 5063.
 *
 *    0               1               2               3
 *   +-------+-------+---------------+-------------------------------+
 *   | vers  | flags |     type      |           checksum            |
 *   |     send TTL  |  (reserved)   |            length             |
 *   +---------------+---------------+---------------+---------------+
 *   |        length of all          |     class     |     type      |  objects
 *   |  contents ...                                                 |
 *   +---------------------------------------------------------------+
 */
#include "base/decimal.h"
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/rsvp/rsvp.h"

enum { VERSION_FLAGS, MESSAGE_TYPE, CHECKSUM, TTL = 4, LENGTH = 6, HEADER_LEN = 8 };

enum { OBJECT_LENGTH, OBJECT_CLASS = 2, OBJECT_TYPE, OBJECT_HEADER_LEN };

enum { BUNDLE = 12 };

NAMES(messages,
      (1, "Path") (2, "Resv") (3, "PathErr") (4, "ResvErr") (5, "PathTear") (6, "ResvTear")
      (7, "ResvConf") (BUNDLE, "Bundle") (13, "Acknowledgement") (14, "Hello (Old)") (15, "Refresh")
      (20, "Hello"));

NAMES(message_flags, (0x01, "Refresh reduction capable"));

/* Whether the first `n` bytes are captured; says so otherwise. */
static bool captured(struct dissect *d, struct view v, u32 n)
{
    if (view_has(v, 0, n))
        return true;
    truncated(d);
    return false;
}

u32 rsvp_address_len(u8 type)
{
    return type == 1 || type == 3 ? 4 : type == 2 || type == 4 ? 16 : 0;
}

void rsvp_say_address(struct dissect *d, struct view v, u32 off, u32 len)
{
    if (len == 4)
        say_ip4_at(d, v, off);
    else
        say_ip6_at(d, v, off);
}

/* -- Objects.  Types 7 and 8, 11 to 14 are those of tunnels: RFC 3209, RFC 3476, RFC 4875. */

enum { TUNNEL_IP4 = 7, TUNNEL_IP6, UNI_IP4 = 11, P2MP_IP4 = 13, P2MP_IP6 = 14 };

static enum rsvp_object say_session(struct dissect *d, struct view v, u8 type, const char *indent)
{
    static const u8 mins[] = {
        [1] = 8,        [2] = 20,        [TUNNEL_IP4] = 12, [TUNNEL_IP6] = 36,
        [UNI_IP4] = 12, [P2MP_IP4] = 12, [P2MP_IP6] = 24
    };

    if (type >= countof(mins) || mins[type] == 0)
        return RSVP_UNKNOWN;
    if (v.len < mins[type])
        return RSVP_TOO_SHORT;
    switch (type) {
    case 1:
        say_at(d, v, "%sIPv4 DestAddress: %pI4, Protocol ID: 0x%02lx", indent, AT_ADDRESS(0),
               AT_U8(4));
        say_at(d, v, "%sFlags: [0x%02lx], DestPort %lu", indent, AT_U8(5), AT_BE16(6));
        break;
    case 2:
        say_at(d, v, "%sIPv6 DestAddress: %pI6, Protocol ID: 0x%02lx", indent, AT_ADDRESS(0),
               AT_U8(16));
        say_at(d, v, "%sFlags: [0x%02lx], DestPort %lu", indent, AT_U8(17), AT_BE16(18));
        break;
    case TUNNEL_IP6:
        say_at(d, v, "%sIPv6 Tunnel EndPoint: %pI6, Tunnel ID: 0x%04lx, Extended Tunnel ID: %pI6",
               indent, AT_ADDRESS(0), AT_BE16(18), AT_ADDRESS(20));
        break;
    case P2MP_IP6:
        say_at(d, v, "%sIPv6 P2MP LSP ID: 0x%08lx, Tunnel ID: 0x%04lx, Extended Tunnel ID: %pI6",
               indent, AT_BE32(0), AT_BE16(6), AT_ADDRESS(8));
        break;
    default:
        say_at(d, v, "%sIPv4 %s: %pI4, Tunnel ID: 0x%04lx, Extended Tunnel ID: %pI4", indent,
               type == P2MP_IP4 ? "P2MP LSP ID" : "Tunnel EndPoint", AT_ADDRESS(0), AT_BE16(6),
               AT_ADDRESS(8));
        break;
    }
    return RSVP_SHOWN;
}

static enum rsvp_object say_hop(struct dissect *d, struct view v, u8 type, const char *indent)
{
    u32 len = rsvp_address_len(type);

    if (len == 0)
        return RSVP_UNKNOWN;
    if (v.len < len + 4)
        return RSVP_TOO_SHORT;
    say(d, "%sPrevious/Next Interface: ", indent);
    rsvp_say_address(d, v, 0, len);
    say_at(d, v, ", Logical Interface Handle: 0x%08lx", AT_BE32(len));
    /* TLVs; as tcpdump: of IPv6 also when there are none */
    return len == 16 || v.len > len + 4 ? RSVP_UNKNOWN : RSVP_SHOWN;
}

/* RFC 2747, section 2 */
static enum rsvp_object say_integrity(struct dissect *d, struct view v, u8 type, const char *indent)
{
    enum { FLAGS, KEY = 2, SEQUENCE = 8, DIGEST = 16, INTEGRITY_LEN = 32 };
    NAMES(flag_names, (0x80, "Handshake"));

    if (type != 1)
        return RSVP_UNKNOWN;
    if (v.len < INTEGRITY_LEN)
        return RSVP_TOO_SHORT;
    say_at(d, v, "%sKey-ID 0x%04lx%08lx, Sequence 0x%08lx%08lx, Flags [%s]", indent, AT_BE16(KEY),
           AT_BE32(KEY + 2), AT_BE32(SEQUENCE), AT_BE32(SEQUENCE + 4),
           flags_of(d, &flag_names.names, u8_at(d, v, FLAGS), ", ", "none"));
    say_at(d, v, "%sMD5-sum 0x%08lx%08lx%08lx%08lx  (unchecked)", indent, AT_BE32(DIGEST),
           AT_BE32(DIGEST + 4), AT_BE32(DIGEST + 8), AT_BE32(DIGEST + 12));
    return RSVP_SHOWN;
}

static enum rsvp_object say_time(struct dissect *d, struct view v, u8 type, const char *indent)
{
    if (type != 1)
        return RSVP_UNKNOWN;
    if (v.len < 4)
        return RSVP_TOO_SHORT;
    say_at(d, v, "%sRefresh Period: %lums", indent, AT_BE32(0));
    return RSVP_SHOWN;
}

static enum rsvp_object say_error(struct dissect *d, struct view v, u8 type, const char *indent)
{
    enum {
        ROUTING_PROBLEM = 24,
        NOTIFY_ERROR,
        DIFFSERV_TE_ERROR = 28,
        DIFFSERV_TE_ERROR_OLD = 125
    };
    NAMES(codes,
          (ROUTING_PROBLEM, "Routing Problem")
          (NOTIFY_ERROR, "Notify Error")
          (DIFFSERV_TE_ERROR, "Diffserv TE Error")
          (DIFFSERV_TE_ERROR_OLD, "Diffserv TE Error (Old)"));
    NAMES(routing_problems,
          (1, "Bad EXPLICIT_ROUTE object")
          (2, "Bad strict node")
          (3, "Bad loose node")
          (4, "Bad initial subobject")
          (5, "No route available toward destination")
          (6, "Unacceptable label value")
          (7, "RRO indicated routing loops")
          (8, "non-RSVP-capable router in the path")
          (9, "MPLS label allocation failure")
          (10, "Unsupported L3PID"));
    NAMES(diffserv_problems,
          (1, "Unexpected CT object")
          (2, "Unsupported CT")
          (3, "Invalid CT value")
          (4, "CT/setup priority do not form a configured TE-Class")
          (5, "CT/holding priority do not form a configured TE-Class")
          (6, "CT/setup priority and CT/holding priority do not form a configured TE-Class")
          (7, "Inconsistency between signaled PSC and signaled CT")
          (8, "Inconsistency between signaled PHBs and signaled CT"));
    u32 len = rsvp_address_len(type);

    if (len == 0)
        return RSVP_UNKNOWN;
    if (v.len < len + 4)
        return RSVP_TOO_SHORT;
    u8 code = u8_at(d, v, len + 1);
    say(d, "%sError Node Address: ", indent);
    rsvp_say_address(d, v, 0, len);
    say_at(d, v, ", Flags: [0x%02lx]%sError Code: %s (%u)", AT_U8(len), indent,
           name_of(d, &codes.names, code, "unknown"), code);
    u16 value = be16_at(d, v, len + 2);
    if (code == ROUTING_PROBLEM)
        say(d, ", Error Value: %s (%u)",
            name_of(d, &routing_problems.names, value, "unknown"), value);
    else if (len != 4) /* as tcpdump: nothing else for IPv6 */
        return RSVP_SHOWN;
    else if (code == DIFFSERV_TE_ERROR || code == DIFFSERV_TE_ERROR_OLD)
        say(d, ", Error Value: %s (%u)",
            name_of(d, &diffserv_problems.names, value, "unknown"), value);
    else
        say(d, ", Unknown Error Value (%u)", value);
    return RSVP_SHOWN;
}

static enum rsvp_object say_style(struct dissect *d, struct view v, u8 type, const char *indent)
{
    NAMES(styles, (0x0a, "Fixed Filter") (0x11, "Wildcard Filter") (0x12, "Shared Explicit"));

    if (type != 1)
        return RSVP_UNKNOWN;
    if (v.len < 4)
        return RSVP_TOO_SHORT;
    say_at(d, v, "%sReservation Style: %s, Flags: [0x%02lx]", indent,
           name_of(d, &styles.names, be24_at(d, v, 1), "Unknown"), AT_U8(0));
    return RSVP_SHOWN;
}

/* Filter specifications and sender templates: types 12 and 13 are those of RFC 4875. */
static enum rsvp_object say_p2mp_sender(struct dissect *d, struct view v, u8 type,
                                        const char *indent)
{
    enum { SENDER_IP4 = 12, SENDER_IP6 };
    u32 len = type == SENDER_IP4 ? 4 : 16;

    if (type != SENDER_IP4 && type != SENDER_IP6)
        return RSVP_UNKNOWN;
    if (v.len < 2 * (len + 4))
        return RSVP_TOO_SHORT;
    say(d, "%sIPv%u Tunnel Sender Address: ", indent, type == SENDER_IP4 ? 4u : 6u);
    rsvp_say_address(d, v, 0, len);
    say_at(d, v, ", LSP ID: 0x%04lx%sSub-Group Originator ID: ", AT_BE16(len + 2), indent);
    rsvp_say_address(d, v, len + 4, len);
    /* as tcpdump: of IPv4, the reserved bytes in front of it */
    say_at(d, v, ", Sub-Group ID: 0x%04lx", AT_BE16(len == 4 ? 12 : 38));
    return RSVP_SHOWN;
}

static enum rsvp_object say_filter(struct dissect *d, struct view v, u8 type, const char *indent)
{
    enum { FLOW_LABEL = 3 };

    switch (type) {
    case 1:
    case TUNNEL_IP4:
        if (v.len < 8)
            return RSVP_TOO_SHORT;
        say(d,
            type == 1 ? "%sSource Address: %pI4, Source Port: %u"
                      : "%sSource Address: %pI4, LSP-ID: 0x%04x",
            indent, bytes_at(d, v, 0, 4), be16_at(d, v, 6));
        return RSVP_SHOWN;
    case 2:
        if (v.len < 20)
            return RSVP_TOO_SHORT;
        say_at(d, v, "%sSource Address: %pI6, Source Port: %lu", indent, AT_ADDRESS(0), AT_BE16(18));
        return RSVP_SHOWN;
    case FLOW_LABEL:
        if (v.len < 20)
            return RSVP_TOO_SHORT;
        say_at(d, v, "%sSource Address: %pI6, Flow Label: %lu", indent, AT_ADDRESS(0), AT_BE24(17));
        return RSVP_SHOWN;
    case TUNNEL_IP6: /* as tcpdump: the first four bytes as if of IPv4 */
        if (v.len < 20)
            return RSVP_TOO_SHORT;
        say_at(d, v, "%sSource Address: %pI4, LSP-ID: 0x%04lx", indent, AT_ADDRESS(0), AT_BE16(18));
        return RSVP_SHOWN;
    default: return say_p2mp_sender(d, v, type, indent);
    }
}

static enum rsvp_object say_sender(struct dissect *d, struct view v, u8 type, const char *indent)
{
    switch (type) {
    case 1:
    case TUNNEL_IP4:
        if (v.len < 8)
            return RSVP_TOO_SHORT;
        if (type == 1)
            say_at(d, v, "%sSource Address: %pI4, Source Port: %lu", indent, AT_ADDRESS(0),
                   AT_BE16(6));
        else
            say_at(d, v, "%sIPv4 Tunnel Sender Address: %pI4, LSP-ID: 0x%04lx", indent,
                   AT_ADDRESS(0), AT_BE16(6));
        return RSVP_SHOWN;
    case 2:
        if (v.len < 20)
            return RSVP_TOO_SHORT;
        say_at(d, v, "%sSource Address: %pI6, Source Port: %lu", indent, AT_ADDRESS(0), AT_BE16(18));
        return RSVP_SHOWN;
    default: return say_p2mp_sender(d, v, type, indent);
    }
}

/* An object that is nothing but an address. */
static enum rsvp_object say_only_address(struct dissect *d, struct view v, u8 type,
                                         const char *indent, const char *label4, const char *label6)
{
    if (type != 1 && type != 2)
        return RSVP_UNKNOWN;
    if (v.len < rsvp_address_len(type))
        return RSVP_TOO_SHORT;
    const void *address = bytes_at(d, v, 0, rsvp_address_len(type));
    say_z(d, indent);
    if (type == 1)
        say(d, "%s: %pI4", label4, address);
    else
        say(d, "%s: %pI6", label6, address);
    return RSVP_SHOWN;
}

static enum rsvp_object say_confirm(struct dissect *d, struct view v, u8 type, const char *indent)
{
    return say_only_address(d, v, type, indent, "IPv4 Receiver Address", "IPv6 Receiver Address");
}

static enum rsvp_object say_notify(struct dissect *d, struct view v, u8 type, const char *indent)
{
    return say_only_address(d, v, type, indent, "IPv4 Notify Node Address",
                            "IPv6 Notify Node Address");
}

static enum rsvp_object say_sub_lsp(struct dissect *d, struct view v, u8 type, const char *indent)
{
    return say_only_address(d, v, type, indent, "Sub-LSP destination address",
                            "Sub-LSP destination address");
}

static enum rsvp_object say_hello(struct dissect *d, struct view v, u8 type, const char *indent)
{
    if (type != 1 && type != 2)
        return RSVP_UNKNOWN;
    if (v.len < 8)
        return RSVP_TOO_SHORT;
    say_at(d, v, "%sSource Instance: 0x%08lx, Destination Instance: 0x%08lx", indent, AT_BE32(0),
           AT_BE32(4));
    return RSVP_SHOWN;
}

/* RFC 2961, section 4 */
static enum rsvp_object say_message_id(struct dissect *d, struct view v, u8 type,
                                       const char *indent)
{
    if (type != 1 && type != 2)
        return RSVP_UNKNOWN;
    if (v.len < 4)
        return RSVP_TOO_SHORT;
    say_at(d, v, "%sFlags [0x%02lx], epoch: %lu", indent, AT_U8(0), AT_BE24(1));
    for (v = view_from(v, 4); v.len >= 4 && !d->sealed; v = view_from(v, 4)) {
        u32 id = be32_at(d, v, 0);
        say(d, "%s  Message-ID 0x%08x (%u)", indent, id, id);
    }
    return RSVP_SHOWN;
}

/* RFC 4090, section 4.2 */
static enum rsvp_object say_detour(struct dissect *d, struct view v, u8 type, const char *indent)
{
    if (type != TUNNEL_IP4)
        return RSVP_UNKNOWN;
    for (; v.len >= 8 && !d->sealed; v = view_from(v, 8))
        say_at(d, v, "%sPLR-ID: %pI4, Avoid-Node-ID: %pI4", indent, AT_ADDRESS(0), AT_ADDRESS(4));
    return RSVP_SHOWN;
}

/* RFC 4124, section 6.1 */
static enum rsvp_object say_class_type(struct dissect *d, struct view v, u8 type,
                                       const char *indent)
{
    if (type != 1)
        return RSVP_UNKNOWN;
    if (v.len < 4)
        return RSVP_TOO_SHORT;
    say(d, "%sCT: %u", indent, be32_at(d, v, 0) & 7);
    return RSVP_SHOWN;
}

/* RFC 3473, section 9.1 */
static enum rsvp_object say_restart(struct dissect *d, struct view v, u8 type, const char *indent)
{
    if (type != 1)
        return RSVP_UNKNOWN;
    if (v.len < 8)
        return RSVP_TOO_SHORT;
    say_at(d, v, "%sRestart  Time: %lums, Recovery Time: %lums", indent, AT_BE32(0), AT_BE32(4));
    return RSVP_SHOWN;
}

/* RFC 5063, section 4.2 */
static enum rsvp_object say_capability(struct dissect *d, struct view v, u8 type,
                                       const char *indent)
{
    NAMES(capabilities,
          (0x4, "RecoveryPath Transmit Enabled")
          (0x2, "RecoveryPath Desired")
          (0x1, "RecoveryPath Srefresh Capable"));
    const u32 known = 0x7;

    if (type != 1)
        return RSVP_UNKNOWN;
    if (v.len < 4)
        return RSVP_TOO_SHORT;
    u32 flags = be32_at(d, v, 0);
    if ((flags & ~known) != 0)
        say(d, "%s[reserved=0x%08x must be zero]", indent, flags & ~known);
    say(d, "%sFlags: [%s]", indent, flags_of(d, &capabilities.names, flags & known, ", ", "none"));
    return RSVP_SHOWN;
}

/* RFC 3473, section 7 */
static enum rsvp_object say_admin_status(struct dissect *d, struct view v, u8 type,
                                         const char *indent)
{
    NAMES(flag_names,
          (0x80000000, "Reflect")
          (0x4, "Testing")
          (0x2, "Admin-down")
          (0x1, "Delete-in-progress"));

    if (type != 1)
        return RSVP_UNKNOWN;
    if (v.len < 4)
        return RSVP_TOO_SHORT;
    say(d, "%sFlags [%s]", indent, flags_of(d, &flag_names.names, be32_at(d, v, 0), ", ", "none"));
    return RSVP_SHOWN;
}

/* Juniper's: a count of TLVs, of padding bytes, then TLVs of type 1, length 1. */
static enum rsvp_object say_properties(struct dissect *d, struct view v, u8 type,
                                       const char *indent)
{
    enum { TLV_HEADER_LEN = 2 };
    NAMES(tlvs, (1, "Cos") (2, "Metric 1") (4, "Metric 2") (8, "CCC Status") (16, "Path Type"));

    if (type != 1)
        return RSVP_UNKNOWN;
    if (v.len < 4)
        return RSVP_TOO_SHORT;
    u32 padding = be16_at(d, v, 2);
    say_at(d, v, "%sTLV count: %lu, padding bytes: %u", indent, AT_BE16(0), padding);
    v = view_from(v, 4);
    while (v.len >= TLV_HEADER_LEN + padding && !d->sealed) {
        u8 tlv = u8_at(d, v, 0);
        u32 len = u8_at(d, v, 1);
        say(d, "%s  %s TLV (0x%02x), length: %u", indent, name_of(d, &tlvs.names, tlv, "unknown"), tlv,
            len);
        if (v.len < len)
            return RSVP_TOO_SHORT;
        if (len < TLV_HEADER_LEN) {
            say_z(d, "\n\t  ERROR: property TLV is too short");
            return RSVP_INVALID;
        }
        hexdump(d->out, "\n\t\t", view_sub(v, TLV_HEADER_LEN, len - TLV_HEADER_LEN));
        v = view_from(v, len);
    }
    return RSVP_SHOWN;
}

/* RFC 4090, section 4.1 */
static enum rsvp_object say_fast_reroute(struct dissect *d, struct view v, u8 type,
                                         const char *indent)
{
    enum { SETUP, HOLDING, HOP_LIMIT, BANDWIDTH = 4, INCLUDE = 8, EXCLUDE = 12, INCLUDE_ALL = 16 };

    if (type != 1 && type != TUNNEL_IP4)
        return RSVP_UNKNOWN;
    if (v.len < (type == 1 ? 20u : 16u))
        return RSVP_TOO_SHORT;
    say_at(d, v, "%sSetup Priority: %lu, Holding Priority: %lu, Hop-limit: %lu, Bandwidth: ",
           indent, AT_U8(SETUP), AT_U8(HOLDING), AT_U8(HOP_LIMIT));
    /* rounded where it is stored: some processors (s390x) compute with more digits */
    const float bits = float_from_bits(be32_at(d, v, BANDWIDTH)) * 8;
    out_float_short(d->out, bits / 1000000, 10);
    say_z(d, " Mbps");
    if (type == 1)
        say_at(d, v, "%sInclude-any: 0x%08lx, Exclude-any: 0x%08lx, Include-all: 0x%08lx", indent,
               AT_BE32(INCLUDE), AT_BE32(EXCLUDE), AT_BE32(INCLUDE_ALL));
    else
        say_at(d, v, "%sInclude Colors: 0x%08lx, Exclude Colors: 0x%08lx", indent, AT_BE32(INCLUDE),
               AT_BE32(EXCLUDE));
    return RSVP_SHOWN;
}

/* RFC 3209, section 4.7 */
static enum rsvp_object say_session_attribute(struct dissect *d, struct view v, u8 type,
                                              const char *indent)
{
    enum { SETUP, HOLDING, FLAGS, NAME_LENGTH, NAME };
    NAMES(flag_names,
          (0x01, "Local Protection")
          (0x02, "Label Recording")
          (0x04, "SE Style")
          (0x08, "Bandwidth protection")
          (0x10, "Node protection"));

    if (type != TUNNEL_IP4)
        return RSVP_UNKNOWN;
    if (v.len < NAME)
        return RSVP_TOO_SHORT;
    u32 len = u8_at(d, v, NAME_LENGTH);
    if (v.len < NAME + len)
        return RSVP_TOO_SHORT;
    say(d, "%sSession Name: ", indent);
    for (u32 i = 0; repeat(d, i, len); i++)
        out_visible(d->out, u8_at(d, v, NAME + i));
    u8 flags = u8_at(d, v, FLAGS);
    say_at(d, v, "%sSetup Priority: %lu, Holding Priority: %lu, Flags: [%s] (%#x)", indent,
           AT_U8(SETUP), AT_U8(HOLDING), flags_of(d, &flag_names.names, flags, ", ", "none"), flags);
    return RSVP_SHOWN;
}

/* -- Which object is which */

/* What the types of a class are called. */
NAMES(session_types,
      (1, "IPv4")
      (2, "IPv6")
      (7, "Tunnel IPv4")
      (11, "UNI IPv4")
      (13, "IPv4 P2MP LSP Tunnel")
      (14, "IPv6 P2MP LSP Tunnel"));
NAMES(hop_types, (1, "IPv4") (2, "IPv6") (3, "IPv4 plus opt. TLVs") (4, "IPv6 plus opt. TLVs"));
NAMES(single_type, (1, "1"));
NAMES(flowspec_types, (1, "obsolete") (2, "IntServ"));
NAMES(intserv_types, (2, "IntServ"));
NAMES(filter_types,
      (1, "IPv4")
      (2, "IPv6")
      (3, "IPv6 Flow-label")
      (7, "Tunnel IPv4")
      (12, "IPv4 P2MP LSP Tunnel")
      (13, "IPv6 P2MP LSP Tunnel"));
NAMES(sender_types,
      (1, "IPv4")
      (2, "IPv6")
      (7, "Tunnel IPv4")
      (12, "IPv4 P2MP LSP Tunnel")
      (13, "IPv6 P2MP LSP Tunnel"));
NAMES(address_types, (1, "IPv4") (2, "IPv6"));
NAMES(ip4_type, (1, "IPv4"));
NAMES(tunnel_type, (7, "Tunnel IPv4"));
NAMES(label_types, (1, "Label") (2, "Generalized Label") (3, "Waveband Switching"));
NAMES(request_types,
      (1, "without label range")
      (2, "with ATM label range")
      (3, "with FR label range")
      (4, "Generalized Label"));
NAMES(hello_types, (1, "Hello Request") (2, "Hello Ack"));
NAMES(ack_types, (1, "Message id ack") (2, "Message id nack"));
NAMES(sub_lsp_types, (1, "IPv4 sub-LSP") (2, "IPv6 sub-LSP"));
NAMES(reroute_types, (1, "1") (7, "Tunnel IPv4"));

static const struct object {
    u8 class;
    const char *name;
    const struct names *types;
    rsvp_printer *say; /* NULL: dumped */
} objects[] = {
    { 1, "Session", &session_types.names, say_session },
    { 3, "RSVP Hop", &hop_types.names, say_hop },
    { 4, "Integrity", &no_names, say_integrity },
    { 5, "Time Values", &single_type.names, say_time },
    { 6, "Error Spec", &hop_types.names, say_error },
    { 7, "Scope", &no_names, NULL },
    { 8, "Style", &single_type.names, say_style },
    { 9, "Flowspec", &flowspec_types.names, rsvp_intserv },
    { 10, "FilterSpec", &filter_types.names, say_filter },
    { 11, "Sender Template", &sender_types.names, say_sender },
    { 12, "Sender TSpec", &intserv_types.names, rsvp_intserv },
    { 13, "Adspec", &intserv_types.names, rsvp_intserv },
    { 14, "Policy Data", &no_names, NULL },
    { 15, "Confirm", &address_types.names, say_confirm },
    { 16, "Label", &label_types.names, rsvp_label },
    { 19, "Label Request", &request_types.names, rsvp_label_request },
    { 20, "ERO", &ip4_type.names, rsvp_route },
    { 21, "RRO", &ip4_type.names, rsvp_route },
    { 22, "Hello", &hello_types.names, say_hello },
    { 23, "Message ID", &single_type.names, say_message_id },
    { 24, "Message ID Ack", &ack_types.names, say_message_id },
    { 25, "Message ID List", &single_type.names, say_message_id },
    { 34, "Recovery Label", &label_types.names, rsvp_label },
    { 35, "Upstream Label", &label_types.names, rsvp_label },
    { 36, "Label Set", &single_type.names, rsvp_label_set },
    { 37, "Protection", &no_names, NULL },
    { 50, "Sub-LSP to LSP", &sub_lsp_types.names, say_sub_lsp },
    { 63, "Detour", &tunnel_type.names, say_detour },
    { 66, "Class Type", &single_type.names, say_class_type },
    { 125, "Class Type (old)", &single_type.names, say_class_type },
    { 129, "Suggested Label", &label_types.names, rsvp_label },
    { 130, "Acceptable Label Set", &no_names, NULL },
    { 131, "Restart Capability", &ip4_type.names, say_restart },
    { 134, "Capability", &single_type.names, say_capability },
    { 195, "Notify Request", &address_types.names, say_notify },
    { 196, "Administrative Status", &single_type.names, say_admin_status },
    { 204, "Properties", &single_type.names, say_properties },
    { 205, "Fast Re-Route", &reroute_types.names, say_fast_reroute },
    { 207, "Session Attribute", &tunnel_type.names, say_session_attribute },
    { 229, "Generalized UNI", &single_type.names, rsvp_generalized_uni },
    { 230, "Call-ID", &no_names, NULL },
    { 236, "Call Capability", &no_names, NULL },
};

static const struct object *find(u8 class)
{
    for (size_t i = 0; i < countof(objects); i++)
        if (objects[i].class == class)
            return &objects[i];
    return NULL;
}

/* RFC 2205, section 3.10: what the highest bits of a class say. */
static const char *if_unknown(u8 class)
{
    return class < 0x80 ? "reject" : class < 0xc0 ? "ignore silently" : "ignore and forward";
}

/* The indentation of a bundled message is two columns more. */
struct indents {
    const char *object, *contents;
};

/* An object of v.len bytes, all captured.  False when nothing behind it can be trusted. */
static bool say_object(struct dissect *d, struct view v, const struct indents *in)
{
    const struct object *o = find(u8_at(d, v, OBJECT_CLASS));
    u8 type = u8_at(d, v, OBJECT_TYPE);
    struct view body = view_from(v, OBJECT_HEADER_LEN);
    enum rsvp_object outcome = RSVP_UNKNOWN;

    if (o != NULL && o->say != NULL)
        outcome = o->say(d, body, type, in->contents);
    if (outcome == RSVP_TOO_SHORT) {
        say(d, "%sERROR: object is too short", in->object);
        return false;
    }
    if (outcome == RSVP_INVALID)
        return false;
    if (outcome == RSVP_UNKNOWN || verbose(d, 2))
        hexdump(d->out, "\n\t    ", body);
    return true;
}

static bool say_objects(struct dissect *d, struct view v, const struct indents *in)
{
    while (v.len >= OBJECT_HEADER_LEN) {
        if (!captured(d, v, OBJECT_HEADER_LEN))
            return false;
        u32 len = be16_at(d, v, OBJECT_LENGTH);
        u8 class = u8_at(d, v, OBJECT_CLASS), type = u8_at(d, v, OBJECT_TYPE);
        const struct object *o = find(class);

        if (len % 4 != 0) {
            say(d, "%sERROR: object header size %u not a multiple of 4", in->object, len);
            return false;
        }
        if (len < OBJECT_HEADER_LEN) {
            say(d, "%sERROR: object header too short %u < %u", in->object, len,
                (unsigned)OBJECT_HEADER_LEN);
            return false;
        }
        say(d, "%s%s Object (%u) Flags: [%s if unknown], Class-Type: %s (%u), length: %u",
            in->object, o != NULL ? o->name : "Unknown", class, if_unknown(class),
            o != NULL ? name_of(d, o->types, type, "Unknown") : "Unknown", type, len);
        if (len > v.len) {
            say(d, "%sERROR: object goes past end of objects TLV", in->object);
            return false;
        }
        if (!captured(d, v, len) || !say_object(d, view_clip(v, len), in))
            return false;
        v = view_from(v, len);
    }
    return !d->sealed;
}

static void say_header(struct dissect *d, struct view v, const char *indent)
{
    u8 first = u8_at(d, v, VERSION_FLAGS), type = u8_at(d, v, MESSAGE_TYPE);

    say_at(d, v, "%sRSVPv%u %s Message (%u), Flags: [%s], length: %lu, ttl: %lu, checksum: 0x%04lx",
           indent, first >> 4, name_of(d, &messages.names, type, "unknown, type: %u"), type,
           flags_of(d, &message_flags.names, first & 0xf, ", ", "none"), AT_BE16(LENGTH),
           AT_U8(TTL), AT_BE16(CHECKSUM));
}

/* RFC 2961, section 3.3: messages in a message. */
static void say_bundle(struct dissect *d, struct view v)
{
    static const struct indents deeper = { "\n\t    ", "\n\t      " };

    while (v.len > 0 && captured(d, v, HEADER_LEN)) {
        u8 version = u8_at(d, v, VERSION_FLAGS) >> 4;
        u32 len = be16_at(d, v, LENGTH);
        if (version != 1) {
            say(d, "ERROR: RSVP version %u packet not supported", version);
            return;
        }
        say_header(d, v, "\n\t  ");
        if (len < HEADER_LEN) {
            say(d, "ERROR: common header too short %u < %u", len, (unsigned)HEADER_LEN);
            return;
        }
        if (len > v.len) {
            say(d, "ERROR: common header too large %u > %u", len, v.len);
            return;
        }
        if (!say_objects(d, view_from(view_claim(v, len), HEADER_LEN), &deeper))
            return;
        v = view_from(v, len);
    }
}

void print_rsvp(struct dissect *d, struct view v)
{
    static const struct indents plain = { "\n\t  ", "\n\t    " };

    d->proto = "rsvp";
    if (!captured(d, v, HEADER_LEN))
        return;
    u8 version = u8_at(d, v, VERSION_FLAGS) >> 4, type = u8_at(d, v, MESSAGE_TYPE);
    u32 len = be16_at(d, v, LENGTH);
    if (version != 1) {
        say(d, "ERROR: RSVP version %u packet not supported", version);
        return;
    }
    if (!verbose(d, 1)) {
        say(d, "RSVPv%u %s Message, length: %u", version,
            name_of(d, &messages.names, type, "unknown (%u)"), v.len);
        return;
    }
    say_header(d, v, "\n\t");
    if (len < HEADER_LEN) {
        say(d, "ERROR: common header too short %u < %u", len, (unsigned)HEADER_LEN);
        return;
    }
    struct view body = view_from(view_claim(v, len), HEADER_LEN);
    if (name_find(&messages.names, type) == NULL) {
        hexdump(d->out, "\n\t    ", view_clip(body, body.len));
        return;
    }
    if (type == BUNDLE)
        say_bundle(d, body);
    else
        say_objects(d, body, &plain);
}
