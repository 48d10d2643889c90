/*
 * DECnet phase IV: the routing layer (DNA Routing Layer Functional Specification 2.0.0, sections 8
 * and 9) and the network services protocol in it (DNA NSP Functional Specification 4.0.1, chapter
 * 6).  Numbers are little-endian.
 *
 *    0               1               2               3
 *   +-------------------------------+---------------+
 *   |       length behind it        | 0x80 + n, and n - 1 bytes: padding, optional
 *   +---------------+---------------+---------------+
 *   |     flags     |  a message of routers, or the header of a packet, short or long, and NSP
 *   +---------------+
 *
 *   NSP:  flags (1)  destination link (2)  source link (2)  what the flags say
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum { LENGTH_LEN = 2, PACKET_MIN = 6, PADDING = 0x80 };

enum routing_flags {
    CONTROL = 0x01,
    FORMAT = 0x07,
    SHORT = 0x02,
    LONG = 0x06,
    RETURN_REQUEST = 0x08,
    RETURNING = 0x10,
    INTRA_ETHERNET = 0x20,
    FUTURE = 0x40,
};

/* Messages of routers: the flags less the bits that tell nothing. */
enum { MESSAGE = 0x0f };
enum message {
    INIT = 0x01,
    VERIFICATION = 0x03,
    TEST = 0x05,
    LEVEL_1_ROUTING = 0x07,
    LEVEL_2_ROUTING = 0x09,
    ROUTER_HELLO = 0x0b,
    ENDNODE_HELLO = 0x0d,
};

/* Where the two headers have what is shown. */
struct header {
    u8 len, destination, source, visits;
};
static const struct header short_header = { 6, 1, 3, 5 }, long_header = { 21, 7, 15, 18 };

/* NSP: the kind of a message and, by that, its subkind. */
enum nsp_flags { KIND = 0x0c, DATA = 0x00, ACK = 0x04, NSP_CONTROL = 0x08, SUBKIND = 0x70 };
enum nsp_fields { NSP_FLAGS, DESTINATION_LINK, SOURCE_LINK = 3, NSP_MIN = 5 };

static void say_wrong_length(struct dissect *d, const char *what, u32 length, const char *relation,
                             u32 limit)
{
    say(d, " (%s %u %s %u)", what, length, relation, limit);
    invalid(d);
}

/* Whether a message has its `len` bytes and all are captured; says what is wrong otherwise. */
static bool is_whole(struct dissect *d, struct view v, u32 len)
{
    if (v.len >= len)
        return need(d, v, 0, len);
    invalid(d);
    return false;
}

/* A dump whatever the options ask for. */
static void say_unknown(struct dissect *d, const char *what, struct view v)
{
    say_z(d, what);
    hexdump_ascii(d->out, "\n\t", view_clip(v, v.len));
}

/* A node's address has six bits of area and ten of node. */
static void say_node(struct dissect *d, struct view v, u32 at)
{
    u16 address = le16_at(d, v, at);

    say(d, "%u.%u", address >> 10, address & 0x3ff);
}

static void say_node_type(struct dissect *d, u8 info)
{
    NAMES(types, (1, "l2rout ") (2, "l1rout ") (3, "endnode "));

    say_z(d, name_of(d, &types.names, info & 3, "reserved-ntype? "));
}

/* -- Messages of routers.  `v` begins with the flags. */

static void say_init(struct dissect *d, struct view v)
{
    enum { SOURCE = 1, INFO = 3, BLOCK_SIZE, VERSION = 6, HELLO = 9, INIT_LEN = 12 };
    enum { VERIFY = 4, BLOCKING = 8 };

    say_z(d, "init ");
    if (!is_whole(d, v, INIT_LEN))
        return;
    u8 info = u8_at(d, v, INFO);
    say_node_type(d, info);
    say(d, "%s%ssrc ", (info & VERIFY) != 0 ? "verif " : "", (info & BLOCKING) != 0 ? "blo " : "");
    say_node(d, v, SOURCE);
    say_at(d, v, "blksize %lu vers %lu eco %lu ueco %lu hello %lu", AT_LE16(BLOCK_SIZE),
           AT_U8(VERSION), AT_U8(VERSION + 1), AT_U8(VERSION + 2), AT_LE16(HELLO));
}

/* The part that the two hellos share; their lengths differ. */
static bool say_hello(struct dissect *d, struct view v, u32 len)
{
    enum { VERSION = 1, SOURCE = 8, INFO = 10, BLOCK_SIZE };
    enum { VERIFY = 4, NO_MULTICAST = 0x20, BLOCKING = 0x40 };

    if (!is_whole(d, v, len))
        return false;
    u8 info = u8_at(d, v, INFO);
    say_node_type(d, info);
    say(d, "%s%s%s", (info & VERIFY) != 0 ? "verif " : "",
        (info & NO_MULTICAST) != 0 ? "nomcast " : "", (info & BLOCKING) != 0 ? "blo " : "");
    say_at(d, v, "vers %lu eco %lu ueco %lu src ", AT_U8(VERSION), AT_U8(VERSION + 1),
           AT_U8(VERSION + 2));
    say_node(d, v, SOURCE);
    say_at(d, v, " blksize %lu ", AT_LE16(BLOCK_SIZE));
    return true;
}

/* What nodes or areas are reached through the sender; a checksum of two bytes stands behind. */
static void say_routes(struct dissect *d, struct view v, const char *what)
{
    enum { COUNT, FIRST = 2, COST_AND_HOPS = 4, ROUTE_LEN = 6, COUNT_MAX = 1024 };

    /* as tcpdump: only the first of the segment's costs, and the next segment right behind it */
    for (; v.len > ROUTE_LEN && need(d, v, 0, ROUTE_LEN); v = view_from(v, ROUTE_LEN)) {
        u32 count = le16_at(d, v, COUNT), first = le16_at(d, v, FIRST);
        u16 info = le16_at(d, v, COST_AND_HOPS);
        if (count > COUNT_MAX)
            return;
        say(d, "{%s %u-%u cost %u hops %u} ", what, first, first + count, info & 0x1ffu,
            info >> 10 & 0x1fu);
    }
}

static void say_control(struct dissect *d, struct view v)
{
    enum { SOURCE = 1, VALUE = 3, CHECK_LEN, ROUTES = 4 };
    enum { PRIORITY = 13, ROUTER_TIMER = 15, ROUTER_HELLO_LEN = 18 };
    enum { ROUTER = 26, TIMER = 28, TEST_DATA = 31, ENDNODE_HELLO_LEN };
    u8 message = u8_at(d, v, 0) & MESSAGE;

    switch (message) {
    case INIT: say_init(d, v); break;
    case VERIFICATION:
    case TEST:
        say_z(d, message == TEST ? "test " : "verification ");
        if (!is_whole(d, v, CHECK_LEN))
            break;
        say_z(d, "src ");
        say_node(d, v, SOURCE);
        say_at(d, v, message == TEST ? " data %lo" : " fcnval %lo", AT_U8(VALUE));
        break;
    case LEVEL_1_ROUTING:
    case LEVEL_2_ROUTING:
        say_z(d, message == LEVEL_1_ROUTING ? "lev-1-routing " : "lev-2-routing ");
        if (!is_whole(d, v, ROUTES))
            break;
        say_z(d, "src ");
        say_node(d, v, SOURCE);
        say_z(d, " ");
        say_routes(d, view_from(v, ROUTES), message == LEVEL_1_ROUTING ? "ids" : "areas");
        break;
    case ROUTER_HELLO:
        say_z(d, "router-hello ");
        if (say_hello(d, v, ROUTER_HELLO_LEN))
            say_at(d, v, "pri %lu hello %lu", AT_U8(PRIORITY), AT_LE16(ROUTER_TIMER));
        break;
    case ENDNODE_HELLO:
        say_z(d, "endnode-hello ");
        if (!say_hello(d, v, ENDNODE_HELLO_LEN))
            break;
        say_z(d, "rtr ");
        say_node(d, v, ROUTER);
        say_at(d, v, " hello %lu data %lo", AT_LE16(TIMER), AT_U8(TEST_DATA));
        break;
    default:
        say_unknown(d, "unknown control message", v);
        need(d, v, 0, v.len);
    }
}

/* -- NSP */

/* Two numbers that may precede the rest; the second one's name depends on the message. */
enum {
    NUMBER_MASK = 0xfff,
    HAS_NUMBER = 0x8000,
    NEGATIVE = 0x1000,
    CROSS = 0x2000,
    CROSS_NAK = HAS_NUMBER | CROSS | NEGATIVE,
    FIRST_NUMBER = NSP_MIN
};

/* What acknowledgements there are from FIRST_NUMBER on.  Returns the offset behind them. */
static u32 say_numbers(struct dissect *d, struct view v, const char *second, const char *second_nak)
{
    u32 at = FIRST_NUMBER;
    u16 number = le16_at(d, v, at);

    if ((number & HAS_NUMBER) == 0)
        return at;
    say(d, "%s %u ", (number & NEGATIVE) != 0 ? "nak" : "ack", number & NUMBER_MASK);
    at += 2;
    if (v.len < at + 2)
        return at;
    number = le16_at(d, v, at);
    if ((number & (HAS_NUMBER | CROSS)) == 0)
        return at;
    bool negative = (number & CROSS_NAK) == CROSS_NAK;
    say(d, "%s %u ", negative ? second_nak : second, number & NUMBER_MASK);
    return at + 2;
}

static void say_segment(struct dissect *d, struct view v, const char *second,
                        const char *second_nak)
{
    u32 at = v.len < FIRST_NUMBER + 2 ? FIRST_NUMBER : say_numbers(d, v, second, second_nak);

    if (v.len < at + 2)
        invalid(d);
    else
        say(d, "seg %u ", le16_at(d, v, at) & NUMBER_MASK);
}

static void say_link_service(struct dissect *d, struct view v)
{
    enum { SERVICE_FLAGS = 11, SERVICE_VALUE, LINK_SERVICE_LEN };
    enum { WHAT = 0x0c, DATA_REQUEST = 0x00, INTERRUPT_REQUEST = 0x04, MODIFIER = 0x03 };

    if (v.len < LINK_SERVICE_LEN) {
        invalid(d);
        return;
    }
    say_segment(d, v, "ackdat", "nakdat");
    u8 flags = u8_at(d, v, SERVICE_FLAGS), value = u8_at(d, v, SERVICE_VALUE);
    switch (flags & WHAT) {
    case DATA_REQUEST: {
        NAMES(modifiers, (0, "") (1, "donotsend-data ") (2, "send-data "));
        say(d, "dat seg count %u ", value);
        const char *modifier = name_find(&modifiers.names, flags & MODIFIER);
        if (modifier != NULL)
            say_z(d, modifier);
        else
            say(d, "reserved-fcmod? %x", flags);
        break;
    }
    case INTERRUPT_REQUEST: say(d, "intr req count %u ", value); break;
    default: say(d, "reserved-fcval-int? %x", flags);
    }
}

static void say_links(struct dissect *d, struct view v, const char *message)
{
    say_z(d, message);
    say_at(d, v, "%lu>%lu ", AT_LE16(SOURCE_LINK), AT_LE16(DESTINATION_LINK));
}

static void say_reserved(struct dissect *d, struct view v, const char *what)
{
    say_z(d, what);
    say_at(d, v, "? %lx %lu > %lu", AT_U8(NSP_FLAGS), AT_LE16(SOURCE_LINK),
           AT_LE16(DESTINATION_LINK));
}

static void say_data(struct dissect *d, struct view v, u8 flags)
{
    enum { LINK_SERVICE = 0x10, INTERRUPT = 0x30, BEGIN_OR_END = 0x60 };

    switch (flags & SUBKIND) {
    case LINK_SERVICE:
        say_links(d, v, "link-service ");
        say_link_service(d, v);
        break;
    case INTERRUPT:
        say_z(d, "intr ");
        say_segment(d, v, "ackdat", "nakdat");
        break;
    default:
        if ((flags & SUBKIND & ~BEGIN_OR_END) != 0) {
            say_reserved(d, v, "reserved-subtype");
            break;
        }
        say_links(d, v, "data ");
        say_segment(d, v, "oack", "onak");
    }
}

static void say_ack(struct dissect *d, struct view v, u8 flags)
{
    enum { DATA_ACK = 0x00, OTHER_ACK = 0x10, CONNECT_ACK = 0x20, TWO_NUMBERS = 9 };

    switch (flags & SUBKIND) {
    case DATA_ACK:
    case OTHER_ACK:
        say_links(d, v, (flags & SUBKIND) == DATA_ACK ? "data-ack " : "ils-ack ");
        if (!is_whole(d, v, TWO_NUMBERS))
            break;
        if ((flags & SUBKIND) == DATA_ACK)
            say_numbers(d, v, "oack", "onak");
        else
            say_numbers(d, v, "ackdat", "nakdat");
        break;
    case CONNECT_ACK: say_at(d, v, "conn-ack %lu", AT_LE16(DESTINATION_LINK)); break;
    default: say_reserved(d, v, "reserved-acktype");
    }
}

/* The services and the version that a node asks for, and the size of its segments. */
static void say_connect(struct dissect *d, struct view v)
{
    enum { SERVICES = 5, INFO, SEGMENT_SIZE, FLOW = 0x0c };
    NAMES(flows, (0x04, "seg ") (0x08, "msg "));
    NAMES(versions, (0, "ver 3.2 ") (1, "ver 3.1 ") (2, "ver 4.0 ") (3, "ver 4.1 "));
    u8 services = u8_at(d, v, SERVICES), info = u8_at(d, v, INFO);

    say_z(d, name_of(d, &flows.names, services & FLOW, ""));
    say_z(d, name_of(d, &versions.names, info & 3, ""));
    say_at(d, v, "segsize %lu ", AT_LE16(SEGMENT_SIZE));
}

static void say_reason(struct dissect *d, struct view v)
{
    enum { REASON = NSP_MIN };
    NAMES(reasons,
          (0, "object rejected connect")
          (1, "insufficient resources")
          (2, "unrecognized node name")
          (3, "node is shutting down")
          (4, "unrecognized object")
          (5, "invalid object name format")
          (6, "object too busy")
          (7, "protocol error discovered")
          (8, "third party abort")
          (9, "user abort")
          (10, "invalid node name format")
          (11, "local node shutting down")
          (32, "insufficient local resources")
          (33, "insufficient remote user resources")
          (34, "invalid access control information")
          (36, "bad ACCOUNT information")
          (38, "no response from object")
          (39, "node unreachable")
          (41, "no link terminate")
          (42, "disconnect complete")
          (43, "bad image data in connect")
          (54, "cryptographic service mismatch"));

    say(d, "%s ", name_of(d, &reasons.names, le16_at(d, v, REASON), "reason-%u"));
}

/* How much optional data follows its length. */
static void say_option_length(struct dissect *d, struct view v, u32 at)
{
    u8 length = u8_at(d, v, at);

    if (length != 0)
        say(d, "optlen %u ", length);
}

static void say_nsp_control(struct dissect *d, struct view v, u8 flags)
{
    enum {
        CONNECT = 0x10,
        CONFIRM = 0x20,
        DISCONNECT = 0x30,
        DISCONNECT_CONFIRM = 0x40,
        CONNECT_AGAIN = 0x60
    };
    enum { CONNECT_LEN = 9, CONFIRM_DATA = 9, DISCONNECT_DATA = 7 };

    switch (flags & SUBKIND) {
    case CONNECT:
    case CONNECT_AGAIN:
        say_links(d, v, (flags & SUBKIND) == CONNECT ? "conn-initiate " : "retrans-conn-initiate ");
        if (is_whole(d, v, CONNECT_LEN))
            say_connect(d, v);
        break;
    case CONFIRM:
        say_links(d, v, "conn-confirm ");
        if (!is_whole(d, v, CONFIRM_DATA + 1))
            break;
        say_connect(d, v);
        say_option_length(d, v, CONFIRM_DATA);
        break;
    case DISCONNECT:
        say_links(d, v, "disconn-initiate ");
        if (!is_whole(d, v, DISCONNECT_DATA + 1))
            break;
        say_reason(d, v);
        say_option_length(d, v, DISCONNECT_DATA);
        break;
    case DISCONNECT_CONFIRM:
        say_links(d, v, "disconn-confirm ");
        say_reason(d, v);
        break;
    default: say_reserved(d, v, "reserved-ctltype");
    }
}

static void say_nsp(struct dissect *d, struct view v)
{
    if (v.len < NSP_MIN) {
        say_wrong_length(d, "nsplen", v.len, "<", NSP_MIN);
        return;
    }
    if (!need(d, v, 0, NSP_MIN))
        return;
    u8 flags = u8_at(d, v, NSP_FLAGS);
    switch (flags & KIND) {
    case DATA: say_data(d, v, flags); break;
    case ACK: say_ack(d, v, flags); break;
    case NSP_CONTROL: say_nsp_control(d, v, flags); break;
    default: say_reserved(d, v, "reserved-type");
    }
}

/* -- The routing layer */

/* A packet from node to node; `length` is what the field before it says. */
static void say_routed(struct dissect *d, struct view v, const struct header *h, u32 length)
{
    u8 flags = u8_at(d, v, 0);

    if (v.len < h->len && h == &long_header) {
        say_wrong_length(d, "length", v.len, "<", h->len);
        return;
    }
    if (!need(d, v, 0, h->len))
        return;
    say_node(d, v, h->source);
    say_z(d, " > ");
    say_node(d, v, h->destination);
    say(d, " %u ", length);
    if (verbose(d, 1)) {
        say(d, "%s%s%s", (flags & RETURN_REQUEST) != 0 ? "RQR " : "",
            (flags & RETURNING) != 0 ? "RTS " : "", (flags & INTRA_ETHERNET) != 0 ? "IE " : "");
        u8 visits = u8_at(d, v, h->visits);
        say(d, "%u hops ", h == &short_header ? (visits & 0x3fu) + 1 : visits);
    }
    /* as tcpdump: what padding leaves is not compared with a short header */
    say_nsp(d, view_claim(view_from(v, h->len), v.len - h->len));
}

void print_decnet(struct dissect *d, struct view v)
{
    d->proto = "decnet";
    if (v.len < PACKET_MIN) {
        say_wrong_length(d, "length", v.len, "<", PACKET_MIN);
        return;
    }
    u32 length = le16_at(d, v, 0);
    if (length < PACKET_MIN) {
        say_wrong_length(d, "pktlen", length, "<", PACKET_MIN);
        return;
    }
    if (length > v.len) { /* as tcpdump: which counts itself */
        say_wrong_length(d, "pktlen", length, ">", v.len);
        return;
    }
    struct view shown = view_clip(v, length); /* as tcpdump: the field itself counts here */
    struct view packet = view_claim(view_from(v, LENGTH_LEN), length);
    u8 flags = u8_at(d, packet, 0);
    if ((flags & PADDING) != 0) {
        u32 padding = flags & ~PADDING & 0xff;
        if (verbose(d, 1))
            say(d, "[pad:%u] ", padding);
        if (length < padding + 2) {
            say_wrong_length(d, "length", length, "<", padding + 2);
            return;
        }
        shown = view_from(shown, padding);
        packet = view_from(packet, padding);
        flags = u8_at(d, packet, 0);
    }
    if ((flags & FUTURE) != 0)
        say_unknown(d, "future-version-decnet", shown);
    else if ((flags & CONTROL) != 0)
        say_control(d, packet);
    else if ((flags & FORMAT) == SHORT)
        say_routed(d, packet, &short_header, length);
    else if ((flags & FORMAT) == LONG)
        say_routed(d, packet, &long_header, length);
    else
        say_unknown(d, "unknown message flags under mask", shown);
}
