/*
 * AppleTalk: LocalTalk frames, datagrams (DDP), transactions (ATP) and names (NBP).  Inside
 * AppleTalk, second edition, chapters 1, 4, 9 and 7.
 *
 *   LLAP    destination 1, source 1, type 1
 *   DDP     length 2; destination socket 1, source socket 1, type 1: in LocalTalk frames of type 1
 *           length 2, checksum 2; destination network 2, source network 2, destination node 1,
 *           source node 1, destination socket 1, source socket 1, type 1
 *   ATP     control 1, bitmap or sequence 1, transaction 2, user bytes 4
 *   NBP     function 4 bits, tuples 4 bits; id 1
 *           tuple: network 2, node 1, socket 1, enumerator 1; object, type, zone: length 1, text
 */
#include "print/proto/atalk.h"

#include "print/printer.h"

enum { LLAP_DESTINATION, LLAP_SOURCE, LLAP_TYPE, LLAP_LEN };

enum llap_type { LLAP_SHORT_DDP = 1, LLAP_DDP };

enum { SHORT_DESTINATION = 2, SHORT_SOURCE, SHORT_TYPE, SHORT_LEN };

enum {
    DESTINATION_NETWORK = 4,
    SOURCE_NETWORK = 6,
    DESTINATION_NODE = 8,
    SOURCE_NODE,
    DESTINATION_SOCKET,
    SOURCE_SOCKET,
    TYPE,
    LONG_LEN
};

enum ddp_type { DDP_RTMP = 1, DDP_NBP, DDP_ATP, DDP_ECHO, DDP_RTMP_REQUEST, DDP_EIGRP = 88 };

NAMES(ddp_types,
      (DDP_RTMP, "rtmp")
      (DDP_ECHO, "echo")
      (DDP_RTMP_REQUEST, "rtmpReq")
      (22, "IP")
      (23, "ARP")
      (75, "KLAP"));

enum { ALL_NODES = 255 };

NAMES(sockets,
      (1, "rtmp")
      (2, "nis")
      (4, "echo")
      (6, "zip"));

/* Where a datagram comes from, which the tuples of names repeat. */
struct origin {
    u16 network;
    u8 node, socket;
};

static const char *socket_name(struct dissect *d, u8 socket)
{
    return name_of(d, d->opt->numeric ? &no_names : &sockets.names, socket, "%u");
}

/* A node; 255 stands for all of the network. */
static void say_node(struct dissect *d, u32 network, u32 node)
{
    say(d, node == ALL_NODES ? "%u" : "%u.%u", network, node);
}

/* -- transactions */

enum { ATP_CONTROL, ATP_BITMAP, ATP_ID, ATP_USER = 4, ATP_LEN = 8 };

enum { ATP_FUNCTION = 0xc0, ATP_REQUEST = 0x40, ATP_RESPONSE = 0x80, ATP_RELEASE = 0xc0 };

enum { ATP_EXACTLY_ONCE = 0x20, ATP_END = 0x10, ATP_STATUS = 0x08 };

NAMES(atp_flags,
      (ATP_EXACTLY_ONCE, "XO")
      (ATP_END, "EOM")
      (ATP_STATUS, "STS"));

static void say_atp_flags(struct dissect *d, u8 flags, const char *space)
{
    if (flags != 0)
        say(d, "%s[%s]", space, flags_of(d, &atp_flags.names, flags, ",", ""));
}

/* The packets that are still missing: <0-3>, or each that is set. */
static void say_atp_bitmap(struct dissect *d, u32 bits)
{
    u32 highest = 0;

    say_z(d, "<");
    if ((bits & (bits + 1)) == 0) {
        while (bits >> (highest + 1) != 0)
            highest++;
        say(d, highest == 0 ? "0" : "0-%u", highest);
    } else {
        const char *comma = "";
        for (u32 i = 0; i < 8; i++) {
            if ((bits >> i & 1) != 0) {
                say(d, "%s%u", comma, i);
                comma = ",";
            }
        }
    }
    say_z(d, ">");
}

static void say_atp(struct dissect *d, struct view v)
{
    if (!view_has(v, 0, ATP_LEN)) {
        truncated(d);
        return;
    }
    u8 control = u8_at(d, v, ATP_CONTROL), bitmap = u8_at(d, v, ATP_BITMAP);
    u16 id = be16_at(d, v, ATP_ID);
    u32 length = v.len - ATP_LEN;

    switch (control & ATP_FUNCTION) {
    case ATP_REQUEST:
        say(d, " atp-req%c %u", (control & ATP_EXACTLY_ONCE) != 0 ? ' ' : '*', id);
        say_atp_bitmap(d, bitmap);
        if (length != 0)
            say(d, " [len=%u]", length);
        say_atp_flags(d, control & (ATP_END | ATP_STATUS), " ");
        break;
    case ATP_RESPONSE:
        say(d, " atp-resp%c%u:%u (%u)", (control & ATP_END) != 0 ? '*' : ' ', id, bitmap, length);
        say_atp_flags(d, control & (ATP_EXACTLY_ONCE | ATP_STATUS), " ");
        break;
    case ATP_RELEASE:
        say(d, " atp-rel  %u", id);
        say_atp_bitmap(d, bitmap);
        if (length != 0)
            say(d, " [len=%u]", length);
        say_atp_flags(d, control & (ATP_EXACTLY_ONCE | ATP_END | ATP_STATUS), "");
        break;
    default: say(d, " atp-0x%x  %u (%u)", control, id, length); break;
    }
    u32 user = be32_at(d, v, ATP_USER);
    if (user != 0)
        say(d, " 0x%x", user);
}

/* -- names */

enum { NBP_CONTROL, NBP_ID, NBP_LEN, NBP_MIN = 10, NBP_COUNT = 0x0f };

enum nbp_function { NBP_BROADCAST = 1, NBP_LOOKUP, NBP_REPLY };

enum { TUPLE_NETWORK, TUPLE_NODE = 2, TUPLE_SOCKET, TUPLE_ENUMERATOR, TUPLE_LEN, NAME_MAX = 32 };

/* A counted string at the start of `*v`, which then begins behind it.  False when it is cut. */
static bool say_string(struct dissect *d, struct view *v)
{
    if (v->cap == 0) {
        truncated(d);
        return false;
    }
    u32 len = u8_at(d, *v, 0);
    *v = view_from(*v, 1);
    if (len > NAME_MAX) {
        say(d, "[len=%u]", len);
        return false;
    }
    for (u32 i = 0; i < len; i++) {
        int c = view_byte(*v, i);
        if (c < 0) {
            truncated(d);
            return false;
        }
        out_visible(d->out, (u8)c);
    }
    *v = view_from(*v, len);
    return true;
}

/* The three names of a tuple, in `*v` until behind them. */
static bool say_names(struct dissect *d, struct view *v)
{
    say_z(d, " \"");
    if (!say_string(d, v))
        return false;
    say_z(d, ":");
    if (!say_string(d, v))
        return false;
    say_z(d, "@");
    if (!say_string(d, v))
        return false;
    say_z(d, "\"");
    return true;
}

/* What is asked for.  One tuple is usual, so another number is said. */
static void say_question(struct dissect *d, struct view v, u32 count, struct origin from)
{
    struct view names = view_from(v, TUPLE_LEN);

    if (!view_has(v, 0, TUPLE_LEN)) {
        truncated(d);
        return;
    }
    say_names(d, &names);
    if (count != 1)
        say(d, " [ntup=%u]", count);
    u8 enumerator = u8_at(d, v, TUPLE_ENUMERATOR), socket = u8_at(d, v, TUPLE_SOCKET);
    if (enumerator != 0)
        say(d, " [enum=%u]", enumerator);
    u32 network = be16_at(d, v, TUPLE_NETWORK), node = u8_at(d, v, TUPLE_NODE);
    if (network != from.network || node != from.node || socket != from.socket) {
        say_z(d, " [addr=");
        say_node(d, network, node);
        say(d, ".%u]", socket);
    }
}

/* A name that is known.  False when the tuple is cut. */
static bool say_answer(struct dissect *d, struct view *v, struct origin from)
{
    struct view tuple = *v;

    if (!view_has(tuple, 0, TUPLE_LEN)) {
        truncated(d);
        return false;
    }
    *v = view_from(tuple, TUPLE_LEN);
    bool complete = say_names(d, v);
    u8 enumerator = u8_at(d, tuple, TUPLE_ENUMERATOR), socket = u8_at(d, tuple, TUPLE_SOCKET);
    if (enumerator != 1)
        say(d, "(%u)", enumerator);
    if (socket != from.socket)
        say(d, " %u", socket);
    u32 network = be16_at(d, tuple, TUPLE_NETWORK), node = u8_at(d, tuple, TUPLE_NODE);
    if (network != from.network || node != from.node) {
        say_z(d, " [addr=");
        say_node(d, network, node);
        say_z(d, "]");
    }
    return complete;
}

static void say_nbp(struct dissect *d, struct view v, struct origin from)
{
    if (v.len < NBP_MIN) {
        say(d, " truncated-nbp %u", v.len);
        return;
    }
    if (!view_has(v, 0, NBP_LEN)) {
        truncated(d);
        return;
    }
    u8 control = u8_at(d, v, NBP_CONTROL), id = u8_at(d, v, NBP_ID);
    u32 count = control & NBP_COUNT;
    struct view tuples = view_from(v, NBP_LEN);

    switch (control >> 4) {
    case NBP_BROADCAST:
    case NBP_LOOKUP:
        say(d, " nbp-%s %u:", control >> 4 == NBP_LOOKUP ? "lkup" : "brRq", id);
        say_question(d, tuples, count, from);
        break;
    case NBP_REPLY:
        say(d, " nbp-reply %u:", id);
        while (count-- > 0 && say_answer(d, &tuples, from))
            ;
        break;
    default: say(d, " nbp-0x%x  %u (%u)", control, id, tuples.len); break;
    }
}

/* -- datagrams */

static void say_payload_of(struct dissect *d, u8 type, struct view v, struct origin from)
{
    switch (type) {
    case DDP_NBP: say_nbp(d, v, from); break;
    case DDP_ATP: say_atp(d, v); break;
    case DDP_EIGRP: print_eigrp(d, v); break;
    default: say(d, " at-%s %u", name_of(d, &ddp_types.names, type, "#%u"), v.len); break;
    }
}

/* Whether a header of `len` bytes is captured, called `name` when it is not; its packet is `proto`. */
static bool whole(struct dissect *d, struct view v, u32 len, const char *name, const char *proto)
{
    d->proto = name;
    if (v.len < len) {
        say(d, " [|%s %u]", name, v.len);
        return false;
    }
    if (!view_has(v, 0, len)) {
        truncated(d);
        return false;
    }
    d->proto = proto;
    return true;
}

/* `end` stands behind the addresses. */
static void say_datagram(struct dissect *d, struct view v, const char *end)
{
    struct origin from = { be16_at(d, v, SOURCE_NETWORK), u8_at(d, v, SOURCE_NODE),
                           u8_at(d, v, SOURCE_SOCKET) };

    say_node(d, from.network, from.node);
    say(d, ".%s > ", socket_name(d, from.socket));
    say_node(d, be16_at(d, v, DESTINATION_NETWORK), u8_at(d, v, DESTINATION_NODE));
    say(d, ".%s:%s", socket_name(d, u8_at(d, v, DESTINATION_SOCKET)), end);
    u8 type = u8_at(d, v, TYPE);
    say_payload_of(d, type, view_from(v, LONG_LEN), from);
}

void print_atalk(struct dissect *d, struct view v)
{
    if (!d->opt->link_header)
        say_z(d, "AT ");
    if (whole(d, v, LONG_LEN, "ddp", "atalk"))
        say_datagram(d, v, " ");
}

/* In frames with an EtherType. */
void print_atalk_ether(struct dissect *d, struct view v)
{
    if (verbose(d, 1))
        say_z(d, "et1 ");
    print_atalk(d, v);
}

static void say_short_datagram(struct dissect *d, struct view v, u8 source, u8 destination)
{
    struct origin from = { 0, source, u8_at(d, v, SHORT_SOURCE) };

    say_node(d, 0, source);
    say(d, ".%s > ", socket_name(d, from.socket));
    say_node(d, 0, destination);
    say(d, ".%s:", socket_name(d, u8_at(d, v, SHORT_DESTINATION)));
    say_payload_of(d, u8_at(d, v, SHORT_TYPE), view_from(v, SHORT_LEN), from);
}

/*
 * What is skipped behind a header that is too short: all of it where the capture ends first, or where
 * there is nothing of it.
 */
static u32 skipped(struct view frame, struct view payload, u32 header_len)
{
    return payload.len != 0 && payload.len < header_len ? payload.len : frame.len;
}

/* Returns how many bytes -x, -X and -A skip. */
static u32 say_frame(struct dissect *d, struct view v)
{
    if (!whole(d, v, LLAP_LEN, "llap", "llap"))
        return v.len;
    u8 destination = u8_at(d, v, LLAP_DESTINATION), source = u8_at(d, v, LLAP_SOURCE);
    u8 type = u8_at(d, v, LLAP_TYPE);
    struct view payload = view_from(v, LLAP_LEN);

    switch (type) {
    case LLAP_SHORT_DDP:
        if (!whole(d, payload, SHORT_LEN, "sddp", "llap"))
            return skipped(v, payload, SHORT_LEN);
        say_short_datagram(d, payload, source, destination);
        return LLAP_LEN + SHORT_LEN;
    case LLAP_DDP:
        if (!whole(d, payload, LONG_LEN, "ddp", "llap"))
            return skipped(v, payload, LONG_LEN);
        say_datagram(d, payload, "");
        return LLAP_LEN + LONG_LEN;
    default:
        say(d, "%u > %u at-lap#%u %u", source, destination, type, payload.len);
        return LLAP_LEN;
    }
}

void print_ltalk(struct dissect *d, struct view v)
{
    u32 header_len = say_frame(d, v);

    if (!d->sealed)
        d->link_header_len += header_len;
}

/* LocalTalk frames in UDP, as gateways carry them. */
bool is_kip(const struct dissect *d, struct view v)
{
    (void)d;
    return view_byte(v, LLAP_TYPE) == LLAP_DDP;
}

void print_kip(struct dissect *d, struct view v)
{
    if (verbose(d, 1))
        say_z(d, "kip ");
    say_frame(d, v);
}
