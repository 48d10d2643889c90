/*
 * TCP.  RFC 9293, section 3.1; the ECN bits of the flags: RFC 3168.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |          source port          |       destination port        |
 *   +-------------------------------+-------------------------------+
 *   |                        sequence number                        |
 *   +---------------------------------------------------------------+
 *   |                     acknowledgment number                     |
 *   +-------+-------+---------------+-------------------------------+
 *   |length | zeros |     flags     |            window             |
 *   +-------+-------+---------------+-------------------------------+
 *   |           checksum            |         urgent pointer        |
 *   +-------------------------------+-------------------------------+
 *   |                  options, then the payload                    |
 */
#include "base/ipproto.h"
#include "base/pen.h"
#include "print/printer.h"
#include "print/proto/ip.h"
#include "print/proto/tcp.h"
#include "print/state/sessions.h"

enum {
    SOURCE_PORT,
    DESTINATION_PORT = 2,
    SEQUENCE = 4,
    ACKNOWLEDGMENT = 8,
    TCP_HEADER_LENGTH = 12,
    FLAGS,
    WINDOW,
    CHECKSUM = 16,
    URGENT = 18,
};

/* Room for what is written about a segment, and about its checksum, in one piece. */
enum { SEGMENT_MAX = 96, CHECKSUM_TEXT_MAX = 48 };

/* How much of a reset's payload is shown as text. */
enum { RESET_TEXT_MAX = 30 };

static const char flag_letters[8] = "FSRP.UEW"; /* from the lowest bit on */

static char *pen_flags(char *p, u8 flags)
{
    p = pen_text(p, "Flags [");
    if (flags == TH_ACK)
        return pen_text(p, ".]");
    if (flags == 0)
        return pen_text(p, "none]");
    for (u32 i = 0; i < sizeof flag_letters; i++)
        if ((flags & 1u << i) != 0)
            *p++ = flag_letters[i];
    return pen_char(p, ']');
}

static void say_checksum(struct dissect *d, struct view v)
{
    if (v.cap < v.len)
        return;
    u16 there = be16_at(d, v, CHECKSUM);
    struct checksum c = pseudo_header(d, IPPROTO_TCP, v.len);
    checksum_add(&c, v);
    u16 sum = checksum_end(&c);

    if (!out_room(d->out, CHECKSUM_TEXT_MAX))
        return;
    char *p = pen_hex4(pen_text(d->out->pos, ", cksum 0x"), there);
    if (sum == 0)
        p = pen_text(p, " (correct)");
    else
        p = pen_char(pen_hex4(pen_text(p, " (incorrect -> 0x"), checksum_should_be(there, sum)), ')');
    d->out->pos = p;
}

struct numbers {
    u32 sequence, acknowledgment;
    u32 sack; /* what selective acknowledgments are relative to */
};

static struct tcp_flow *find_flow(struct dissect *d, bool *reversed, bool *fresh)
{
    struct sessions *s = d->sessions;
    u32 size = d->net.version == 4 ? 4 : 16;
    struct tcp_flow_key key =
        tcp_flow_key(d->net.version, bytes_at(d, d->net.src, 0, size),
                     bytes_at(d, d->net.dst, 0, size), d->sport, d->dport, reversed);

    return tcp_flow_find(&s->tcp, &s->memory, s->seed, &key, fresh);
}

/*
 * Where the numbers of this segment's flow began, from this sender's point of view.  A segment that
 * makes a flow known, or begins it anew, shows its own numbers as they are.
 */
static struct numbers follow(struct dissect *d, struct conversation *c, u8 flags, u32 sequence,
                             u32 acknowledgment)
{
    struct tcp_flow *flow = c != NULL ? tcp_flow_at(&d->sessions->tcp, c->flow) : NULL;
    bool reversed, fresh = false;

    if (likely(flow != NULL)) {
        reversed = c->reversed;
    } else {
        flow = find_flow(d, &reversed, &fresh);
        if (flow == NULL)
            return (struct numbers){ 0, 0, 0 };
        if (c != NULL) {
            c->flow = tcp_flow_place(&d->sessions->tcp);
            c->reversed = reversed;
        }
    }
    u32 *sender = reversed ? &flow->acknowledgment : &flow->sequence;
    u32 *receiver = reversed ? &flow->sequence : &flow->acknowledgment;
    if (!fresh && (flags & TH_SYN) == 0)
        return (struct numbers){ *sender, *receiver, *receiver };
    *sender = sequence;
    *receiver = acknowledgment - 1;
    return (struct numbers){ 0, 0, *receiver };
}

/* From the flags to the length.  False when the options are bad. */
static bool say_segment(struct dissect *d, struct view v, u8 flags, u32 header_len,
                        struct numbers start)
{
    struct out *o = d->out;
    u32 sequence = be32_at(d, v, SEQUENCE) - start.sequence;
    u32 acknowledgment = be32_at(d, v, ACKNOWLEDGMENT) - start.acknowledgment;
    u32 length = v.len - header_len;

    if (verbose(d, 1) && !d->opt->no_checksums && !d->net.fragment)
        say_checksum(d, v);
    if (!out_room(o, SEGMENT_MAX))
        return false;
    char *p = o->pos;
    if (verbose(d, 2) || length > 0 || (flags & (TH_SYN | TH_FIN | TH_RST)) != 0) {
        p = pen_dec(pen_text(p, ", seq "), sequence);
        if (length > 0)
            p = pen_dec(pen_char(p, ':'), sequence + length);
    }
    if ((flags & TH_ACK) != 0)
        p = pen_dec(pen_text(p, ", ack "), acknowledgment);
    p = pen_dec(pen_text(p, ", win "), be16_at(d, v, WINDOW));
    if ((flags & TH_URG) != 0)
        p = pen_dec(pen_text(p, ", urg "), be16_at(d, v, URGENT));
    o->pos = p;
    if (header_len > TCP_HEADER_LEN && !tcp_options(d, v, header_len, start.sack))
        return false;
    if (out_room(o, SEGMENT_MAX))
        o->pos = pen_dec(pen_text(o->pos, ", length "), length);
    return true;
}

/* The reason for a reset as text, RFC 9293, section 3.5.3; "!" when cut short, "+" when too long. */
static void say_reset_reason(struct dissect *d, struct view v)
{
    out_text_z(d->out, v.cap < v.len ? " [!RST" : " [RST");
    if (v.len > RESET_TEXT_MAX)
        out_char(d->out, '+');
    out_char(d->out, ' ');
    say_visible(d, v.len > RESET_TEXT_MAX ? view_clip(v, RESET_TEXT_MAX) : v);
    out_char(d->out, ']');
}

static void say_header(struct dissect *d, struct view v, struct conversation *c)
{
    u32 header_len = (u32)(u8_at(d, v, TCP_HEADER_LENGTH) >> 4) * 4;
    u8 flags = u8_at(d, v, FLAGS);

    if (header_len < TCP_HEADER_LEN) {
        say(d, " tcp %u [bad hdr length %u - too short, < %u]", v.len - header_len, header_len,
            (unsigned)TCP_HEADER_LEN);
        return;
    }
    if (d->opt->quick)
        say(d, "tcp %u", v.len - header_len);
    else if (out_room(d->out, SEGMENT_MAX))
        d->out->pos = pen_flags(d->out->pos, flags);
    struct numbers start = { 0, 0, 0 };
    if (!d->opt->quick && !d->opt->absolute_seq && (flags & TH_ACK) != 0)
        start = follow(d, c, flags, be32_at(d, v, SEQUENCE), be32_at(d, v, ACKNOWLEDGMENT));
    if (header_len > v.len) {
        say(d, " [bad hdr length %u - too long, > %u]", header_len, v.len);
        return;
    }
    if (d->opt->quick || !say_segment(d, v, flags, header_len, start) || header_len == v.len)
        return;
    if (v.cap < header_len) {
        say(d, " [remaining caplen(%u) < header length(%u)]", v.cap, header_len);
        seal(d);
        return;
    }
    struct view payload = view_from(v, header_len);
    if ((flags & TH_RST) != 0 && verbose(d, 1))
        say_reset_reason(d, payload);
    else if (d->opt->forced != FORCE_NONE) /* as tcpdump: also when it asks for what TCP has not */
        dispatch_forced_tcp(d, payload);
    else
        dispatch_tcp(d, payload);
}

void print_tcp(struct dissect *d, struct view v)
{
    d->proto = "tcp";
    if (!view_has(v, DESTINATION_PORT, 2)) {
        say_hosts(d);
        out_char(d->out, ':');
        truncated(d);
        return;
    }
    d->sport = be16_at(d, v, SOURCE_PORT);
    d->dport = be16_at(d, v, DESTINATION_PORT);
    struct conversation *c = say_tcp_endpoints(d);
    if (!view_has(v, 0, TCP_HEADER_LEN)) {
        truncated(d);
        return;
    }
    say_header(d, v, c);
}
