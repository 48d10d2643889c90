/*
 * LDP: the label distribution protocol of MPLS.  RFC 5036, section 3; pseudowires: RFC 4447, their
 * connectivity verification: RFC 5085; fault tolerance: RFC 3479 and RFC 3478.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |           version             |  length, without these four   |
 *   |                       LDP identifier: router                  |
 *   |       and label space         |                                  messages
 *   +-+-----------------------------+-------------------------------+
 *   |U|          type               |     length of the rest        |
 *   |                          message ID                           |
 *   +-+-+---------------------------+-------------------------------+
 *   |U|F|        type               |            length             |  TLVs
 *   +-+-+---------------------------+-------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/afi.h"
#include "print/proto/l2vpn.h"

enum { VERSION, PDU_LENGTH = 2, ROUTER = 4, LABEL_SPACE = 8, HEADER_LEN = 10, NOT_COUNTED = 4 };

enum { MESSAGE_TYPE, MESSAGE_LENGTH = 2, MESSAGE_ID = 4, MESSAGE_HEADER_LEN = 8 };

enum { TLV_TYPE, TLV_LENGTH = 2, TLV_HEADER_LEN = 4 };

enum {
    UNKNOWN_BIT = 0x8000,
    FORWARD_BIT = 0x4000,
    MESSAGE_TYPE_MASK = 0x7fff,
    TLV_TYPE_MASK = 0x3fff
};

enum message {
    LABEL_REQUEST = 0x0401,
    LABEL_RELEASE = 0x0403,
    LABEL_ABORT_REQUEST = 0x0404,
};

NAMES(messages,
      (0x0001, "Notification")
      (0x0100, "Hello")
      (0x0200, "Initialization")
      (0x0201, "Keepalive")
      (0x0300, "Address")
      (0x0301, "Address Withdraw")
      (0x0400, "Label Mapping")
      (0x0401, "Label Request")
      (0x0402, "Label Withdraw")
      (0x0403, "Label Release")
      (0x0404, "Label Abort Request"));

/* The value of a TLV, v.len bytes.  False when it is cut: the rest of the message is not shown. */
typedef bool tlv_printer(struct dissect *d, struct view v);

/* Says that a TLV is too short for what it should hold; printing goes on behind it. */
static bool too_short(struct dissect *d, u32 len, u32 min)
{
    say(d, " [tlv length %u < %u] (invalid)", len, min);
    return true;
}

static bool say_hello(struct dissect *d, struct view v)
{
    if (v.len < 4)
        return too_short(d, v.len, 4);
    u16 flags = be16_at(d, v, 2);
    say_at(d, v, "\n\t      Hold Time: %lus, Flags: [%s Hello%s]", AT_BE16(0),
           (flags & 0x8000) != 0 ? "Targeted" : "Link",
           (flags & 0x4000) != 0 ? ", Request for targeted Hellos" : "");
    return true;
}

static bool say_transport4(struct dissect *d, struct view v)
{
    if (v.len < 4)
        return too_short(d, v.len, 4);
    say_at(d, v, "\n\t      IPv4 Transport Address: %pI4", AT_ADDRESS(0));
    return true;
}

static bool say_transport6(struct dissect *d, struct view v)
{
    if (v.len < 16)
        return too_short(d, v.len, 16);
    say_at(d, v, "\n\t      IPv6 Transport Address: %pI6", AT_ADDRESS(0));
    return true;
}

static bool say_sequence(struct dissect *d, struct view v)
{
    if (v.len < 4)
        return too_short(d, v.len, 4);
    say_at(d, v, "\n\t      Sequence Number: %lu", AT_BE32(0));
    return true;
}

static bool say_addresses(struct dissect *d, struct view v)
{
    if (v.len < 2)
        return too_short(d, v.len, 2);
    u16 family = be16_at(d, v, 0);
    say(d, "\n\t      Address Family: %s, addresses",
        name_of(d, afi_names, family, "Unknown (%u)"));
    v = view_from(v, 2);
    if (family == AFI_IPV4)
        for (; v.len >= 4 && !d->sealed; v = view_from(v, 4))
            say_at(d, v, " %pI4", AT_ADDRESS(0));
    else if (family == AFI_IPV6)
        for (; v.len >= 16 && !d->sealed; v = view_from(v, 16))
            say_at(d, v, " %pI6", AT_ADDRESS(0));
    return true;
}

static bool say_session(struct dissect *d, struct view v)
{
    if (v.len < 8)
        return too_short(d, v.len, 8);
    u16 flags = be16_at(d, v, 6); /* as tcpdump: the flags are at 4 */
    say_at(d, v,
           "\n\t      Version: %lu, Keepalive: %lus, Flags: [Downstream %s, Loop Detection %s]",
           AT_BE16(0), AT_BE16(2), (flags & 0x8000) != 0 ? "On Demand" : "Unsolicited",
           (flags & 0x4000) != 0 ? "Enabled" : "Disabled");
    return true;
}

static bool say_fault_tolerance(struct dissect *d, struct view v)
{
    if (v.len < 12)
        return too_short(d, v.len, 12);
    u16 flags = be16_at(d, v, 0);
    say(d,
        "\n\t      Flags: [%sReconnect, %sSave State, %sAll-Label Protection, %s Checkpoint, "
        "%sRe-Learn State]",
        (flags & 0x8000) != 0 ? "" : "No ", (flags & 0x8) != 0 ? "" : "Don't ",
        (flags & 0x4) != 0 ? "" : "No ",
        (flags & 0x2) != 0 ? "Sequence Numbered Label" : "All Labels",
        (flags & 0x1) != 0 ? "" : "Don't ");
    u32 reconnect = be32_at(d, v, 4);
    if (reconnect != 0)
        say(d, ", Reconnect Timeout: %ums", reconnect);
    u32 recovery = be32_at(d, v, 8);
    if (recovery != 0)
        say(d, ", Recovery Time: %ums", recovery);
    return true;
}

static bool say_label(struct dissect *d, struct view v)
{
    if (v.len < 4)
        return too_short(d, v.len, 4);
    say(d, "\n\t      Label: %u", be32_at(d, v, 0) & 0xfffff);
    return true;
}

static bool say_status(struct dissect *d, struct view v)
{
    if (v.len < 8)
        return too_short(d, v.len, 8);
    u32 status = be32_at(d, v, 0);
    say(d, "\n\t      Status: 0x%02x, Flags: [%s and %s forward]", status & 0x3fffffff,
        (status & 0x80000000) != 0 ? "Fatal error" : "Advisory Notification",
        (status & 0x40000000) != 0 ? "do" : "don't");
    u32 cause = be32_at(d, v, 4);
    if (cause != 0)
        say(d, ", causing Message ID: 0x%08x", cause);
    return true;
}

static bool say_mtu(struct dissect *d, struct view v)
{
    if (v.len < 2)
        return too_short(d, v.len, 2);
    say_at(d, v, "\n\t      MTU: %lu", AT_BE16(0));
    return true;
}

/* -- Forwarding equivalence classes */

enum { FEC_WILDCARD = 1, FEC_PREFIX, FEC_HOST, FEC_PSEUDOWIRE = 128 };

/* RFC 4447, section 5.2 */
enum {
    PW_TYPE,
    PW_INFO_LENGTH = 2,
    PW_GROUP = 3,
    PW_ID = 7,
    PW_MIN = 7,
    PW_PARAMETERS = 11,
    PW_ID_LEN = 4,
    CONTROL_WORD = 0x8000,
};

enum {
    PARAMETER_MTU = 1,
    PARAMETER_DESCRIPTION = 3,
    PARAMETER_VCCV = 12,
    PARAMETER_HEADER_LEN = 2
};

NAMES(parameters,
      (PARAMETER_MTU, "MTU")
      (PARAMETER_DESCRIPTION, "Description")
      (PARAMETER_VCCV, "VCCV"));

NAMES(control_channels,
      (0x01, "PWE3 control word")
      (0x02, "MPLS Router Alert Label")
      (0x04, "MPLS inner label TTL = 1"));

NAMES(verifications, (0x01, "ICMP Ping") (0x02, "LSP Ping") (0x04, "BFD"));

/* An address prefix behind its length in bits.  False when it is cut. */
static bool say_prefix(struct dissect *d, struct view v, u16 family)
{
    const u32 max = family == AFI_IPV4 ? 32 : 128;
    u8 address[16] = { 0 };

    if (v.len == 0 || !view_has(v, 0, 1))
        return false;
    u32 bits = u8_at(d, v, 0), bytes = (bits + 7) / 8;
    if (bits > max) {
        say(d, ": %s prefix (invalid length)", family == AFI_IPV4 ? "IPv4" : "IPv6");
        return true;
    }
    if (1 + bytes > v.len || !view_has(v, 1, bytes))
        return false;
    if (bytes > 0)
        memcpy(address, view_at(v, 1, bytes), bytes);
    if (bits % 8 != 0)
        address[bytes - 1] &= (u8)(0xff00u >> bits % 8);
    if (family == AFI_IPV4)
        say(d, ": IPv4 prefix %pI4/%u", address, bits);
    else
        say(d, ": IPv6 prefix %pI6/%u", address, bits);
    return true;
}

static void say_parameter(struct dissect *d, struct view v, u8 type)
{
    struct view value = view_from(v, PARAMETER_HEADER_LEN);

    switch (type) {
    case PARAMETER_MTU: say_at(d, value, ": %lu", AT_BE16(0)); break;
    case PARAMETER_DESCRIPTION:
        say_z(d, ": ");
        say_visible(d, view_clip(value, value.len));
        break;
    case PARAMETER_VCCV: {
        u8 channels = u8_at(d, value, 0), types = u8_at(d, value, 1);
        say(d, "\n\t\t  Control Channels (0x%02x) = [%s]", channels,
            flags_of(d, &control_channels.names, channels, ", ", "none"));
        say(d, "\n\t\t  CV Types (0x%02x) = [%s]", types,
            flags_of(d, &verifications.names, types, ", ", "none"));
        break;
    }
    default: hexdump(d->out, "\n\t\t  ", view_clip(value, value.len)); break;
    }
}

static bool say_pseudowire(struct dissect *d, struct view v)
{
    if (v.len < PW_MIN)
        return too_short(d, v.len, PW_MIN);
    u32 type = be16_at(d, v, PW_TYPE), info_len = u8_at(d, v, PW_INFO_LENGTH);
    const char *name = name_of(d, pseudowire_types, type & ~(u32)CONTROL_WORD, "Unknown");
    const char *word = (type & CONTROL_WORD) != 0 ? "" : "no ";
    if (info_len == 0) { /* no identifier: all of the group */
        say_at(d, v, ": %s, %scontrol word, group-ID %lu, VC-info-length: %u", name, word,
               AT_BE32(PW_GROUP), info_len);
        return true;
    }
    if (v.len < PW_PARAMETERS)
        return too_short(d, v.len, PW_PARAMETERS);
    say_at(d, v, ": %s, %scontrol word, group-ID %lu, VC-ID %lu, VC-info-length: %u", name, word,
           AT_BE32(PW_GROUP), AT_BE32(PW_ID), info_len);
    if (info_len < PW_ID_LEN) {
        say_z(d, " (invalid, < 4");
        return true;
    }
    v = view_from(v, PW_PARAMETERS);
    info_len -= PW_ID_LEN;
    if (v.len < info_len)
        return too_short(d, v.len, info_len);
    v = view_claim(v, info_len);
    while (v.len > PARAMETER_HEADER_LEN && !d->sealed) {
        u8 parameter = u8_at(d, v, 0), len = u8_at(d, v, 1);
        if (len < PARAMETER_HEADER_LEN || len > v.len)
            break;
        say(d, "\n\t\tInterface Parameter: %s (0x%02x), len %u",
            name_of(d, &parameters.names, parameter, "Unknown"), parameter, len);
        say_parameter(d, view_claim(v, len), parameter);
        v = view_from(v, len);
    }
    return true;
}

static bool say_fec(struct dissect *d, struct view v)
{
    NAMES(classes,
          (FEC_WILDCARD, "Wildcard")
          (FEC_PREFIX, "Prefix")
          (FEC_HOST, "Host address")
          (FEC_PSEUDOWIRE, "Martini VC"));

    if (v.len < 1)
        return too_short(d, v.len, 1);
    u8 class = u8_at(d, v, 0);
    say(d, "\n\t      %s FEC (0x%02x)", name_of(d, &classes.names, class, "Unknown"), class);
    v = view_from(v, 1);
    if (class == FEC_PSEUDOWIRE)
        return say_pseudowire(d, v);
    if (class != FEC_PREFIX)
        return true;
    if (v.len < 2)
        return too_short(d, v.len, 2);
    u16 family = be16_at(d, v, 0);
    if (family == AFI_IPV4 || family == AFI_IPV6)
        return say_prefix(d, view_from(v, 2), family);
    say(d, ": Address family %u prefix", family);
    return true;
}

/* -- */

/* NULL: the value is dumped. */
static const struct tlv {
    u16 type;
    const char *name;
    tlv_printer *say;
} tlvs[] = {
    { 0x0100, "FEC", say_fec },
    { 0x0101, "Address List", say_addresses },
    { 0x0103, "Hop Count", NULL },
    { 0x0104, "Path Vector", NULL },
    { 0x0200, "Generic Label", say_label },
    { 0x0201, "ATM Label", NULL },
    { 0x0202, "Frame-Relay Label", NULL },
    { 0x0300, "Status", say_status },
    { 0x0301, "Extended Status", NULL },
    { 0x0302, "Returned PDU", NULL },
    { 0x0303, "Returned Message", NULL },
    { 0x0400, "Common Hello Parameters", say_hello },
    { 0x0401, "IPv4 Transport Address", say_transport4 },
    { 0x0402, "Configuration Sequence Number", say_sequence },
    { 0x0403, "IPv6 Transport Address", say_transport6 },
    { 0x0500, "Common Session Parameters", say_session },
    { 0x0501, "ATM Session Parameters", NULL },
    { 0x0502, "Frame-Relay Session Parameters", NULL },
    { 0x0503, "Fault-Tolerant Session Parameters", say_fault_tolerance },
    { 0x0600, "Label Request Message ID", NULL },
    { 0x0601, "MTU", say_mtu },
};

static const struct tlv *find(u16 type)
{
    for (size_t i = 0; i < countof(tlvs); i++)
        if (tlvs[i].type == type)
            return &tlvs[i];
    return NULL;
}

/* Returns the TLV's length with its header, or 0 when nothing behind it is to be shown. */
static u32 say_tlv(struct dissect *d, struct view v)
{
    if (!need(d, v, 0, TLV_HEADER_LEN))
        return 0;
    u16 word = be16_at(d, v, TLV_TYPE), type = word & TLV_TYPE_MASK;
    u32 len = be16_at(d, v, TLV_LENGTH);
    const struct tlv *t = find(type);
    struct view value = view_claim(view_from(v, TLV_HEADER_LEN), len);

    if (TLV_HEADER_LEN + len > v.len) {
        say_z(d, "\n\t\t TLV contents go past end of message");
        return 0;
    }
    say(d, "\n\t    %s TLV (0x%04x), length: %u, Flags: [%s and %s forward if unknown]",
        t != NULL ? t->name : "Unknown", type, len,
        (word & UNKNOWN_BIT) != 0 ? "continue processing" : "ignore",
        (word & FORWARD_BIT) != 0 ? "do" : "don't");
    if (t != NULL && t->say != NULL) {
        if (!t->say(d, value))
            seal(d);
    } else if (!verbose(d, 2)) {
        hexdump(d->out, "\n\t      ", view_clip(value, len));
    }
    return TLV_HEADER_LEN + len;
}

static void say_tlvs(struct dissect *d, struct view v)
{
    while (v.len >= TLV_HEADER_LEN && !d->sealed) {
        u32 used = say_tlv(d, v);
        if (used == 0)
            return;
        v = view_from(v, used);
    }
}

/* Returns the message's length with its header, or 0 when the rest of the PDU is not shown. */
static u32 say_message(struct dissect *d, struct view v)
{
    if (!need(d, v, 0, MESSAGE_HEADER_LEN))
        return 0;
    u16 word = be16_at(d, v, MESSAGE_TYPE), type = word & MESSAGE_TYPE_MASK;
    u32 len = be16_at(d, v, MESSAGE_LENGTH);
    const char *name = name_of(d, &messages.names, type, "Unknown");

    if (len < MESSAGE_HEADER_LEN - NOT_COUNTED) {
        say(d, "\n\t  %s Message (0x%04x), length: %u (too short, < %u)", name, type, len,
            MESSAGE_HEADER_LEN - NOT_COUNTED);
        return 0;
    }
    say_at(d, v,
           "\n\t  %s Message (0x%04x), length: %u, Message ID: 0x%08lx, Flags: [%s if unknown]",
           name, type, len, AT_BE32(MESSAGE_ID),
           (word & UNKNOWN_BIT) != 0 ? "continue processing" : "ignore");
    if (!need(d, v, 0, len))
        return 0;
    struct view body = view_from(view_claim(v, NOT_COUNTED + len), MESSAGE_HEADER_LEN);
    bool plain = type == LABEL_REQUEST || type == LABEL_RELEASE || type == LABEL_ABORT_REQUEST;
    bool known = name_find(&messages.names, type) != NULL;
    if (known && !plain)
        say_tlvs(d, body);
    if (verbose(d, 2)) /* as tcpdump: these are four too many */
        hexdump(d->out, "\n\t  ", view_clip(body, len));
    else if (!known || plain)
        hexdump(d->out, "\n\t  ", view_clip(body, body.len));
    return NOT_COUNTED + len;
}

/* Returns the PDU's length with its header, or 0 when there is nothing to show behind it. */
static u32 say_pdu(struct dissect *d, struct view v)
{
    if (!need(d, v, 0, HEADER_LEN))
        return 0;
    const char *indent = verbose(d, 1) ? "\n\t" : "";
    u16 version = be16_at(d, v, VERSION);
    u32 len = be16_at(d, v, PDU_LENGTH);

    if (version != 1) {
        say(d, "%sLDP version %u packet not supported", indent, version);
        return 0;
    }
    if (len < HEADER_LEN - NOT_COUNTED) {
        say(d, "%sLDP, pdu-length: %u (too short, < %u)", indent, len, HEADER_LEN - NOT_COUNTED);
        return 0;
    }
    say_at(d, v, "%sLDP, Label-Space-ID: %pI4:%lu, pdu-length: %u", indent, AT_ADDRESS(ROUTER),
           AT_BE16(LABEL_SPACE), len);
    if (!verbose(d, 1))
        return 0;
    struct view rest = view_from(v, HEADER_LEN);
    /* as tcpdump: a message that is longer than this goes around zero, and on to what follows */
    for (u32 left = len - (HEADER_LEN - NOT_COUNTED); left != 0 && !d->sealed;) {
        u32 used = say_message(d, rest);
        if (used == 0)
            return 0;
        rest = view_from(rest, used);
        left -= used;
    }
    return NOT_COUNTED + len;
}

void print_ldp(struct dissect *d, struct view v)
{
    d->proto = "ldp";
    while (v.len > HEADER_LEN + MESSAGE_HEADER_LEN && !d->sealed) {
        u32 used = say_pdu(d, v);
        if (used == 0)
            return;
        if (used > v.len) {
            say(d, " [remaining length %u < %u] (invalid)", v.len, used);
            return;
        }
        v = view_from(v, used);
    }
}
