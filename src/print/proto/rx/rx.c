/*
 * rx: the remote procedure calls of AFS.  Zeldovich, "Rx protocol specification" of OpenAFS; rx.h
 * there.
 *
 *    0               1               2               3
 *   +---------------------------------------------------------------+
 *   |                             epoch                             |
 *   |                 connection id                     |  channel  |
 *   |                          call number                          |
 *   |                        sequence number                        |
 *   |                         serial number                         |
 *   |     type      |     flags     |  user status  |security index |
 *   |             spare             |          service id           |
 *   |  a call: operation ...                                        |
 *   +---------------------------------------------------------------+
 *
 * A reply does not say what it replies to: calls are remembered (print/state/rpc_calls.h).
 */
#include "print/proto/rx/rx.h"

#include "base/port.h"
#include "print/printer.h"
#include "print/state/sessions.h"

enum {
    CONNECTION = 4,
    CALL = 8,
    SEQUENCE = 12,
    SERIAL = 16,
    TYPE = 20,
    FLAGS,
    SECURITY = 23,
    SERVICE = 26,
    HEADER_LEN = 28,
};

enum { TYPE_DATA = 1, TYPE_ACK, TYPE_ABORT = 4 };

enum { CLIENT_INITIATED = 1 };

NAMES(types,
      (1, "data") (2, "ack") (3, "busy") (4, "abort") (5, "ackall") (6, "challenge") (7, "response")
      (8, "debug") (9, "params") (13, "version"));

/* One bit means two things. */
enum { OF_ACK = 64, OF_DATA = 128 };

NAMES(flags,
      (1, "<client-init>") (2, "<req-ack>") (4, "<last-pckt>") (8, "<more-pckts>")
      (16, "<free-pckt>") (OF_DATA, "<jumbogram>") (OF_ACK, "<slow-start>"));

/* With -v: where the packet belongs. */
static void say_header(struct dissect *d, struct view v)
{
    enum { TWO_MEANINGS = 32 };
    u8 all = u8_at(d, v, FLAGS), type = u8_at(d, v, TYPE), bits = all & (TWO_MEANINGS - 1);

    if (verbose(d, 2))
        say(d, " cid %08x call# %u", be32_at(d, v, CONNECTION), be32_at(d, v, CALL));
    say(d, " seq %u ser %u", be32_at(d, v, SEQUENCE), be32_at(d, v, SERIAL));
    if (verbose(d, 3))
        say(d, " secindex %u serviceid %u", u8_at(d, v, SECURITY), be16_at(d, v, SERVICE));
    if (!verbose(d, 2))
        return;
    if ((all & TWO_MEANINGS) != 0 && type == TYPE_DATA)
        bits |= OF_DATA;
    if ((all & TWO_MEANINGS) != 0 && type == TYPE_ACK)
        bits |= OF_ACK;
    if (bits != 0)
        say(d, " %s", flags_of(d, &flags.names, bits, ",", ""));
}

/*
 * An acknowledgement of packets, in rx's words:
 *
 *      buffer space, maximum skew                  16 bits each
 *      first packet, previous packet, serial       32 bits each
 *      reason, number of those that follow          8 bits each
 *      for each packet from the first on           8 bits, 1: it came
 *      three bytes, then maximum MTU, ...          32 bits each; not all versions have them
 */
enum { BUFFER_SPACE, MAX_SKEW = 2, FIRST = 4, REASON_SERIAL = 12, REASON = 16, COUNT, ACKS };

NAMES(reasons,
      (1, "ack requested") (2, "duplicate packet") (3, "out of sequence") (4, "exceeds window")
      (5, "no buffer space") (6, "ping") (7, "ping response") (8, "delay") (9, "idle"));

/* The packets that came, or did not, as ranges. */
static void say_ranges(struct dissect *d, struct view acks, u32 first, u8 wanted, const char *title)
{
    bool any = false;

    for (u32 i = 0; i < acks.cap; i++) {
        if (view_byte(acks, i) != wanted)
            continue;
        u32 from = i;
        while (i + 1 < acks.cap && view_byte(acks, i + 1) == wanted)
            i++;
        say(d, "%s%u", any ? "," : title, first + from);
        any = true;
        if (i > from)
            say(d, "-%u", first + i);
    }
}

static void say_ack(struct dissect *d, struct view v)
{
    static const char *const further[] = { " ifmtu", " maxmtu", " rwind", " maxpackets" };

    d->proto = "ack";
    if (!view_has(v, 0, ACKS)) {
        truncated(d);
        return;
    }
    u32 first = be32_at(d, v, FIRST), n = u8_at(d, v, COUNT);
    if (verbose(d, 3))
        say(d, " bufspace %u maxskew %u", be16_at(d, v, BUFFER_SPACE), be16_at(d, v, MAX_SKEW));
    say(d, " first %u serial %u reason %s", first, be32_at(d, v, REASON_SERIAL),
        name_of(d, &reasons.names, u8_at(d, v, REASON), "#%u"));
    if (!view_has(v, ACKS, n)) {
        truncated(d);
        return;
    }
    say_ranges(d, view_sub(v, ACKS, n), first, 1, " acked ");
    say_ranges(d, view_sub(v, ACKS, n), first, 0, " nacked ");
    struct view rest = view_from(v, ACKS + n + 3);
    for (u32 i = 0; i < countof(further) && verbose(d, 2) && view_has(rest, 4 * i, 4); i++)
        say(d, "%s %u", further[i], be32_at(d, rest, 4 * i));
}

/* What identifies a call. As tcpdump, the addresses are where they are in IPv4, for IPv6 as well.
 */
static struct rpc_call key_of(struct dissect *d, struct view v, bool is_reply)
{
    enum { SOURCE = 12, DESTINATION = 16 };
    struct rpc_call call = { .xid = be32_at(d, v, CALL), .ip_version = 4 };

    call.port = is_reply ? d->sport : d->dport;
    call.service = be16_at(d, v, SERVICE);
    memcpy(call.client, bytes_at(d, d->net.header, is_reply ? DESTINATION : SOURCE, 4), 4);
    memcpy(call.server, bytes_at(d, d->net.header, is_reply ? SOURCE : DESTINATION, 4), 4);
    return call;
}

/* The text of an operation, and its name alone when it is of the service or of ubik. */
static const char *find_call(const struct rx_service *s, u32 operation, bool *ubik)
{
    const char *text = s->ubik ? name_find(rx_ubik_calls, operation) : NULL;

    *ubik = text != NULL;
    return *ubik ? text : name_find(s->calls, operation);
}

static void say_operation(struct dissect *d, const struct rx_service *s, const char *direction,
                          u32 operation)
{
    bool ubik;
    const char *text = find_call(s, operation, &ubik);
    u32 n = 0;

    say(d, " %s%s %s", s->name, ubik ? " ubik" : "", direction);
    if (text == NULL) {
        say(d, " op#%u", operation);
        return;
    }
    while (text[n] != '\0' && text[n] != '%' && text[n] != ' ')
        n++;
    say(d, " %.*s", (int)n, text);
}

static void say_call(struct dissect *d, struct view v)
{
    const struct rx_service *s = rx_service_at((u16)d->dport);
    bool ubik;
    struct view body = view_from(v, HEADER_LEN);

    if (s == NULL || v.len <= HEADER_LEN)
        return;
    struct rpc_call call = key_of(d, v, false);
    call.procedure = be32_at(d, body, 0);
    if (d->sealed)
        return;
    rpc_call_add(&d->sessions->rx, &call);
    say_operation(d, s, "call", call.procedure);
    const char *text = find_call(s, call.procedure, &ubik);
    if (text == NULL)
        return;
    while (*text != '\0' && *text != '%' && *text != ' ')
        text++;
    rx_say_fields(d, view_from(body, 4), s, ubik, text);
}

NAMES(file_errors,
      (101, "salvage volume") (102, "no such vnode") (103, "no such volume") (104, "volume exist")
      (105, "no service") (106, "volume offline") (107, "voline online") (108, "diskfull")
      (109, "diskquota exceeded") (110, "volume busy") (111, "volume moved") (112, "AFS IO error")
      (0xffffff9c, "restarting fileserver"));

static void say_abort(struct dissect *d, struct view body, const struct rx_service *s,
                      u32 operation)
{
    enum { VOTE_BEACON = 10000 };

    if (s->port == PORT_AFS_FILE)
        say(d, " error %s", name_of(d, &file_errors.names, be32_at(d, body, 0), "#%d"));
    else if (s->ubik && operation == VOTE_BEACON)
        rx_say_fields(d, body, s, true, " vote yes until%t");
    else
        rx_say_fields(d, body, s, false, " errcode%d");
}

static void say_reply(struct dissect *d, struct view v, bool aborted)
{
    const struct rx_service *s = rx_service_at((u16)d->sport);
    struct view body = view_from(v, HEADER_LEN);
    bool ubik;

    if (s == NULL || (v.len <= HEADER_LEN && !s->empty_replies))
        return;
    struct rpc_call call = key_of(d, v, true);
    if (!rpc_call_find(&d->sessions->rx, &call))
        return;
    say_operation(d, s, "reply", call.procedure);
    if (aborted) {
        say_abort(d, body, s, call.procedure);
        return;
    }
    find_call(s, call.procedure, &ubik);
    const char *text = name_find(ubik ? rx_ubik_replies : s->replies, call.procedure);
    if (text != NULL)
        rx_say_fields(d, body, s, ubik, text);
}

void print_rx(struct dissect *d, struct view v)
{
    d->proto = "rx";
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        say(d, " (%u)", v.len);
        return;
    }
    u8 type = u8_at(d, v, TYPE);
    bool from_client = (u8_at(d, v, FLAGS) & CLIENT_INITIATED) != 0;
    bool is_first = type == TYPE_DATA && be32_at(d, v, SEQUENCE) == 1;
    say(d, " rx %s", name_of(d, &types.names, type, "type %u"));
    if (verbose(d, 1))
        say_header(d, v);
    if (is_first && from_client)
        say_call(d, v);
    else if ((is_first || type == TYPE_ABORT) && !from_client)
        say_reply(d, v, type == TYPE_ABORT);
    else if (type == TYPE_ACK)
        say_ack(d, view_from(v, HEADER_LEN));
    say(d, " (%u)", v.len);
}
