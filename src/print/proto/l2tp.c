/*
 * L2TP version 2: PPP in UDP, with control messages made of attribute-value pairs (AVPs).  RFC 2661,
 * sections 3.1 (header), 4.1 (AVP), 4.4 (their meaning); PPP disconnect cause: RFC 3145.
 *
 *    0               1               2               3
 *   +---------------+-------+-------+-------------------------------+
 *   |T L     S   O P|       |version|       length (if L)           |
 *   |           tunnel id           |          session id           |
 *   |         Ns (if S)             |          Nr (if S)            |
 *   |      offset size (if O)       |      offset pad ...           |
 *   +---------------------------------------------------------------+
 *
 *   +-+-+-------+-------------------+-------------------------------+
 *   |M|H|       |   length (10)     |            vendor             |
 *   |           attribute           |  value ...                    |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/ppp.h"

enum { FLAGS, LENGTH = 2 };

enum { HAS_TYPE = 0x8000, HAS_LENGTH = 0x4000, HAS_SEQUENCE = 0x0800, HAS_OFFSET = 0x0200 };
enum { VERSION_MASK = 0x0f, VERSION_L2F = 1, VERSION_L2TP = 2 };

NAMES(header_flags,
      (HAS_TYPE, "T")
      (HAS_LENGTH, "L")
      (HAS_SEQUENCE, "S")
      (HAS_OFFSET, "O")
      (0x0100, "P"));

enum { AVP_LENGTH, AVP_VENDOR = 2, AVP_ATTRIBUTE = 4, AVP_HEADER_LEN = 6 };
enum { AVP_MANDATORY = 0x8000, AVP_HIDDEN = 0x4000, AVP_LENGTH_MASK = 0x3ff };

/* RFC 2661, section 3.2 */
NAMES(messages,
      (1, "SCCRQ") (2, "SCCRP") (3, "SCCCN") (4, "StopCCN") (6, "HELLO") (7, "OCRQ") (8, "OCRP")
      (9, "OCCN") (10, "ICRQ") (11, "ICRP") (12, "ICCN") (14, "CDN") (15, "WEN") (16, "SLI"));

NAMES(proxy_types,
      (0, "Reserved")
      (1, "Textual")
      (2, "CHAP")
      (3, "PAP")
      (4, "No Auth")
      (5, "MS-CHAPv1"));

NAMES(disconnect_sides, (0, "global error") (1, "at peer") (2, "at local"));

/* What prints the value `v` of an attribute. */
typedef void handler(struct dissect *d, struct view v);

/* Whether the value has `n` bytes more; says so when not. */
static bool enough(struct dissect *d, struct view v, u32 n)
{
    if (v.len >= n)
        return true;
    say_z(d, "AVP too short");
    return false;
}

static void text(struct dissect *d, struct view v) { say_visible(d, v); }

static void octets(struct dissect *d, struct view v)
{
    for (u32 i = 0; repeat(d, i, v.len); i++)
        out_hex_pad(d->out, u8_at(d, v, i), 2);
}

static void octets8(struct dissect *d, struct view v)
{
    if (enough(d, v, 8))
        octets(d, view_clip(v, 8));
}

static void octets16(struct dissect *d, struct view v)
{
    if (enough(d, v, 16))
        octets(d, view_clip(v, 16));
}

static void number16(struct dissect *d, struct view v)
{
    if (enough(d, v, 2))
        say_at(d, v, "%lu", AT_BE16(0));
}

static void number32(struct dissect *d, struct view v)
{
    if (enough(d, v, 4))
        say_at(d, v, "%lu", AT_BE32(0));
}

static void obsolete(struct dissect *d, struct view v)
{
    (void)v;
    say_z(d, "obsolete");
}

/* " text", if there is any. */
static void say_message(struct dissect *d, struct view v)
{
    if (v.len == 0)
        return;
    say_z(d, " ");
    say_visible(d, v);
}

static void message_type(struct dissect *d, struct view v)
{
    if (enough(d, v, 2))
        say_z(d, name_of(d, &messages.names, be16_at(d, v, 0), "MSGTYPE-#%u"));
}

static void result_code(struct dissect *d, struct view v)
{
    enum { ERROR = 2, MESSAGE = 4 };

    if (!enough(d, v, ERROR))
        return;
    say_at(d, v, "%lu", AT_BE16(0));
    if (v.len == ERROR)
        return;
    if (v.len < MESSAGE) {
        say_z(d, " AVP too short");
        return;
    }
    say_at(d, v, "/%lu", AT_BE16(ERROR));
    say_message(d, view_from(v, MESSAGE));
}

static void protocol_version(struct dissect *d, struct view v)
{
    if (enough(d, v, 2))
        say_at(d, v, "%lu.%lu", AT_U8(0), AT_U8(1));
}

/* Two bits of 32: asynchronous, and synchronous framing or digital access. */
static void say_capability(struct dissect *d, struct view v, const char *lower)
{
    enum { ASYNCHRONOUS = 2, LOWER = 1 };

    if (!enough(d, v, 4))
        return;
    u32 bits = be32_at(d, v, 0);
    if ((bits & ASYNCHRONOUS) != 0)
        say_z(d, "A");
    if ((bits & LOWER) != 0)
        say_z(d, lower);
}

static void framing(struct dissect *d, struct view v) { say_capability(d, v, "S"); }

static void bearer(struct dissect *d, struct view v) { say_capability(d, v, "D"); }

static void q931_cause(struct dissect *d, struct view v)
{
    enum { CAUSE_MESSAGE = 2, ADVISORY = 3 };

    if (!enough(d, v, ADVISORY))
        return;
    say_at(d, v, "%lu, %02lx", AT_BE16(0), AT_U8(CAUSE_MESSAGE));
    say_message(d, view_from(v, ADVISORY));
}

static void proxy_type(struct dissect *d, struct view v)
{
    if (enough(d, v, 2))
        say_z(d, name_of(d, &proxy_types.names, be16_at(d, v, 0), "AuthType-#%u"));
}

static void proxy_id(struct dissect *d, struct view v)
{
    if (enough(d, v, 2))
        say_at(d, v, "%lu", AT_U8(1));
}

enum { RESERVED_LEN = 2 }; /* before the counters and maps of 32 bits */

static void call_errors(struct dissect *d, struct view v)
{
    static const char *const counters[] = {
        "CRCErr", "FrameErr", "HardOver", "BufOver", "Timeout", "AlignErr"
    };

    if (!enough(d, v, RESERVED_LEN))
        return;
    v = view_from(v, RESERVED_LEN);
    for (u32 i = 0; i < countof(counters) && enough(d, v, 4); i++, v = view_from(v, 4))
        say_at(d, v, "%s=%lu ", counters[i], AT_BE32(0));
}

static void character_maps(struct dissect *d, struct view v)
{
    static const char *const directions[] = { "send", "recv" };

    if (!enough(d, v, RESERVED_LEN))
        return;
    v = view_from(v, RESERVED_LEN);
    for (u32 i = 0; i < countof(directions) && enough(d, v, 4); i++, v = view_from(v, 4))
        say_at(d, v, "%s=%08lx ", directions[i], AT_BE32(0));
}

static void disconnect_cause(struct dissect *d, struct view v)
{
    enum { CONTROL_PROTOCOL = 2, SIDE = 4, MESSAGE };

    if (!enough(d, v, MESSAGE))
        return;
    say_at(d, v, "%04lx, %04lx %s", AT_BE16(0), AT_BE16(CONTROL_PROTOCOL),
           name_of(d, &disconnect_sides.names, u8_at(d, v, SIDE), "Direction-#%u"));
    say_message(d, view_from(v, MESSAGE));
}

/* RFC 2661, section 4.4; a NULL handler: the name is all. */
static const struct {
    const char *name;
    handler *say;
} attributes[] = {
    { "MSGTYPE", message_type },      { "RESULT_CODE", result_code },
    { "PROTO_VER", protocol_version }, { "FRAMING_CAP", framing },
    { "BEARER_CAP", bearer },         { "TIE_BREAKER", octets8 },
    { "FIRM_VER", number16 },         { "HOST_NAME", text },
    { "VENDOR_NAME", text },          { "ASSND_TUN_ID", number16 },
    { "RECV_WIN_SIZE", number16 },    { "CHALLENGE", octets },
    { "Q931_CC", q931_cause },        { "CHALLENGE_RESP", octets16 },
    { "ASSND_SESS_ID", number16 },    { "CALL_SER_NUM", number32 },
    { "MINIMUM_BPS", number32 },      { "MAXIMUM_BPS", number32 },
    { "BEARER_TYPE", bearer },        { "FRAMING_TYPE", framing },
    { "PACKET_PROC_DELAY", obsolete }, { "CALLED_NUMBER", text },
    { "CALLING_NUMBER", text },       { "SUB_ADDRESS", text },
    { "TX_CONN_SPEED", number32 },    { "PHY_CHANNEL_ID", number32 },
    { "INI_RECV_LCP", octets },       { "LAST_SENT_LCP", octets },
    { "LAST_RECV_LCP", octets },      { "PROXY_AUTH_TYPE", proxy_type },
    { "PROXY_AUTH_NAME", text },      { "PROXY_AUTH_CHAL", octets },
    { "PROXY_AUTH_ID", proxy_id },    { "PROXY_AUTH_RESP", octets },
    { "CALL_ERRORS", call_errors },   { "ACCM", character_maps },
    { "RANDOM_VECTOR", octets },      { "PRIVATE_GRP_ID", text },
    { "RX_CONN_SPEED", number32 },    { "SEQ_REQUIRED", NULL },
    [46] = { "PPP_DISCON_CC", disconnect_cause },
};

/* An attribute of RFC 2661; vendors have their own. */
static void say_attribute(struct dissect *d, u32 attribute, bool hidden, struct view v)
{
    bool known = attribute < countof(attributes) && attributes[attribute].name != NULL;

    if (known)
        say(d, "%s(", attributes[attribute].name);
    else
        say(d, "AVP-#%u(", attribute);
    if (hidden)
        say_z(d, "???");
    else if (known && attributes[attribute].say != NULL)
        attributes[attribute].say(d, v);
    say_z(d, ")");
}

/* The pairs in `v`. */
static void say_avps(struct dissect *d, struct view v)
{
    while (v.len > 0 && !d->sealed) {
        say_z(d, " ");
        u16 word = be16_at(d, v, AVP_LENGTH);
        u32 len = word & AVP_LENGTH_MASK;
        if (len < AVP_HEADER_LEN || len > v.len || !view_has(v, 0, len)) {
            truncated(d);
            return;
        }
        u16 vendor = be16_at(d, v, AVP_VENDOR), attribute = be16_at(d, v, AVP_ATTRIBUTE);
        struct view value = view_sub(v, AVP_HEADER_LEN, len - AVP_HEADER_LEN);
        if ((word & AVP_MANDATORY) != 0)
            say_z(d, "*");
        if ((word & AVP_HIDDEN) != 0)
            say_z(d, "?");
        if (vendor == 0) {
            say_attribute(d, attribute, (word & AVP_HIDDEN) != 0, value);
        } else {
            say(d, "VENDOR%04x:ATTR%04x(", vendor, attribute);
            octets(d, value);
            say_z(d, ")");
        }
        v = view_from(v, len);
    }
}

/* Behind the header: `at` is its length, `claimed` that of the message or 0 without such a field. */
static void say_content(struct dissect *d, u16 flags, struct view v, u32 at, u32 claimed)
{
    if ((flags & HAS_LENGTH) != 0) {
        if (v.len < claimed) {
            say(d, " Length %u larger than packet", claimed);
            return;
        }
        if (claimed < at) {
            say(d, " Length %u smaller than header length", claimed);
            return;
        }
        v = view_claim(v, claimed); /* as tcpdump: what is captured may go on */
    } else if (v.len < at) {
        say(d, " Packet length %u smaller than header length", v.len);
        return;
    }
    if ((flags & HAS_TYPE) == 0) {
        say_z(d, " {");
        print_ppp(d, view_from(v, at));
        say_z(d, "}");
    } else if ((flags & HAS_LENGTH) == 0) {
        say_z(d, " No length");
    } else if (claimed == at) {
        say_z(d, " ZLB");
    } else {
        say_avps(d, view_from(v, at));
    }
}

void print_l2tp(struct dissect *d, struct view v)
{
    d->proto = "l2tp";
    u16 flags = be16_at(d, v, FLAGS);
    u32 version = flags & VERSION_MASK;

    if (version != VERSION_L2TP) {
        say_z(d, version == VERSION_L2F ? " l2f:" : " Unknown Version, neither L2F(1) nor L2TP(2)");
        return;
    }
    say(d, " l2tp:[%s]", flags_of(d, &header_flags.names, flags, "", ""));
    u32 at = LENGTH, claimed = 0;
    if ((flags & HAS_LENGTH) != 0) {
        claimed = be16_at(d, v, at);
        at += 2;
    }
    say_at(d, v, "(%lu/", AT_BE16(at));
    say_at(d, v, "%lu)", AT_BE16(at + 2));
    at += 4;
    if ((flags & HAS_SEQUENCE) != 0) {
        say_at(d, v, "Ns=%lu,", AT_BE16(at));
        say_at(d, v, "Nr=%lu", AT_BE16(at + 2));
        at += 4;
    }
    if ((flags & HAS_OFFSET) != 0) {
        at += 2 + be16_at(d, v, at);
        if (!d->sealed && !view_has(v, 0, at)) {
            truncated(d);
            return;
        }
    }
    say_content(d, flags, v, at, claimed);
}
