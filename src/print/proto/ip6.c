/*
 * IPv6.  RFC 8200; the traffic class as RFC 2474 and RFC 3168 divide it.
 *
 *    0               1               2               3
 *   +-------+---------------+---------------------------------------+
 *   |version| traffic class |              flow label               |
 *   +-------+---------------+-------+---------------+---------------+
 *   |        payload length         |  next header  |   hop limit   |
 *   +-------------------------------+---------------+---------------+
 *   |                  source address (16 bytes)                    |
 *   |                destination address (16 bytes)                 |
 *   +---------------------------------------------------------------+
 *   |             extension headers, then the payload               |
 */
#include "base/ipproto.h"
#include "print/printer.h"
#include "print/proto/ip.h"
#include "print/proto/ip6.h"

enum {
    VERSION_CLASS_FLOW,
    PAYLOAD_LENGTH = 4,
    NEXT_HEADER = 6,
    HOP_LIMIT,
    SOURCE = 8,
    DESTINATION = 24,
    HEADER_LEN = 40,
};

enum { CLASS = 0x0ff00000, CLASS_SHIFT = 20, FLOW = 0x000fffff };

/* A payload length that claims more than is there. */
#define MISSING "truncated-ip6 - %u bytes missing!"

/* Where we are among the headers. */
struct chain {
    struct view rest; /* what has not been printed */
    u32 len, taken;   /* of the payload, as the headers say; what extension headers took of it */
    u8 next;          /* what the rest begins with */
    bool hop_by_hop;  /* hop-by-hop options were met */
};

/* What -v tells, in parentheses. */
static void say_header(struct dissect *d, struct view v)
{
    struct out *o = d->out;
    u32 class_flow = be32_at(d, v, VERSION_CLASS_FLOW);
    u8 next = u8_at(d, v, NEXT_HEADER);

    out_char(o, '(');
    if ((class_flow & CLASS) != 0) {
        out_text_z(o, "class 0x");
        out_hex_pad(o, (class_flow & CLASS) >> CLASS_SHIFT, 2);
        out_text_z(o, ", ");
    }
    if ((class_flow & FLOW) != 0) {
        out_text_z(o, "flowlabel 0x");
        out_hex_pad(o, class_flow & FLOW, 5);
        out_text_z(o, ", ");
    }
    out_text_z(o, "hlim ");
    out_dec(o, u8_at(d, v, HOP_LIMIT));
    if (likely(next == IPPROTO_TCP)) {
        out_text_z(o, ", next-header TCP (6) payload length: ");
    } else {
        out_text_z(o, ", next-header ");
        out_text_z(o, ip_protocol_name(next));
        out_text_z(o, " (");
        out_dec(o, next);
        out_text_z(o, ") payload length: ");
    }
    out_dec(o, be16_at(d, v, PAYLOAD_LENGTH));
    out_text_z(o, ") ");
}

/* Transport protocols put ports between the addresses, so they say them themselves. */
static bool says_hosts(u8 protocol)
{
    return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP || protocol == IPPROTO_SCTP ||
           protocol == IPPROTO_DCCP;
}

static bool is_extension(u8 header)
{
    return header == IPPROTO_HOPOPTS || header == IPPROTO_DSTOPTS || header == IPPROTO_FRAGMENT ||
           header == IPPROTO_ROUTING;
}

/* Hop-by-hop options; in a jumbogram they tell its length. */
static u32 say_hop_by_hop(struct dissect *d, struct chain *c)
{
    struct ip6_jumbo jumbo = { .payload_len = be16_at(d, d->net.header, PAYLOAD_LENGTH) };
    bool is_jumbo = jumbo.payload_len == 0;
    u32 size = ip6_hop_by_hop(d, c->rest, &jumbo);

    if (!is_jumbo)
        return size;
    if (jumbo.payload_len == 0) {
        say_z(d, "[No valid Jumbo Payload Hop-by-Hop option found]");
        invalid(d);
        return 0;
    }
    if (size != 0) {
        if (jumbo.payload_len > c->rest.len)
            say(d, MISSING, jumbo.payload_len - c->rest.len);
        else
            c->rest = view_clip(c->rest, jumbo.payload_len);
        c->len = jumbo.payload_len;
    }
    return size;
}

/* The extension header that comes next; its length, or 0 to end the packet. */
static u32 say_extension(struct dissect *d, struct chain *c)
{
    bool first = view_offset(d->net.header, c->rest) == HEADER_LEN;

    switch (c->next) {
    case IPPROTO_DSTOPTS: return ip6_destination(d, c->rest);
    case IPPROTO_ROUTING: return ip6_routing(d, c->rest);
    case IPPROTO_FRAGMENT:
        d->net.fragment = true;
        return ip6_fragment(d, c->rest);
    default: break;
    }
    if (first)
        return say_hop_by_hop(d, c);
    say_z(d, c->hop_by_hop ? "[The Hop-by-Hop Options header was already found]"
                           : "[The Hop-by-Hop Options header don't follow the IPv6 header]");
    invalid(d);
    return 0;
}

/* Extension headers and what follows them. */
static void say_chain(struct dissect *d, struct view rest, u32 len)
{
    struct chain c = { rest, len, 0, d->net.protocol, false };

    while (is_extension(c.next)) {
        u32 size = say_extension(d, &c);
        if (size == 0 || (c.next == IPPROTO_FRAGMENT && c.rest.cap <= size))
            return;
        c.hop_by_hop |= c.next == IPPROTO_HOPOPTS;
        c.next = u8_at(d, c.rest, 0);
        d->proto = "ip6";
        c.rest = view_from(c.rest, size);
        c.taken += size;
    }
    if (c.taken > c.len) {
        truncated(d);
        return;
    }
    d->net.protocol = c.next;
    ip_demux(d, view_clip(c.rest, c.len - c.taken), c.next);
}

/* The headers after the fixed one, whose payload has `len` bytes. */
static void say_content(struct dissect *d, u32 len)
{
    struct view rest = view_from(d->net.header, HEADER_LEN);
    u8 next = d->net.protocol;

    if (!says_hosts(next)) {
        say_hosts(d);
        out_text_z(d->out, ": ");
    }
    if (is_extension(next))
        say_chain(d, rest, len);
    else
        ip_demux(d, view_clip(rest, len), next);
}

/* A header that is captured and whose version is 6. */
static void say_packet(struct dissect *d, struct view v)
{
    u32 payload_len = be16_at(d, v, PAYLOAD_LENGTH), there = v.len - HEADER_LEN;
    u8 next = u8_at(d, v, NEXT_HEADER);
    bool big_tcp = payload_len == 0 && next != IPPROTO_HOPOPTS && there > UINT16_MAX;

    if (payload_len > there) /* as tcpdump: what follows has the lengths of the whole packet */
        say(d, MISSING, payload_len - there);
    if (verbose(d, 1))
        say_header(d, v);
    if (big_tcp) {
        if (verbose(d, 1))
            say(d, "[real length %u, presumed BIG TCP] ", v.len);
        payload_len = there;
    }
    /* as tcpdump: without a length, extension headers may use all there is */
    if (payload_len != 0)
        v = view_clip(v, payload_len + HEADER_LEN);
    d->net = (struct net_info){
        .version = 6,
        .hop_limit = u8_at(d, v, HOP_LIMIT),
        .protocol = next,
        .header = v,
        .src = view_sub(v, SOURCE, 16),
        .dst = view_sub(v, DESTINATION, 16),
    };
    say_content(d, payload_len);
}

void print_ip6(struct dissect *d, struct view v)
{
    d->proto = "ip6";
    if (v.len >= HEADER_LEN && !view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    if (!d->opt->link_header)
        out_text_z(d->out, "IP6 ");
    if (v.len < HEADER_LEN) {
        say(d, " [length %u < %u]", v.len, (unsigned)HEADER_LEN);
        invalid(d);
        return;
    }
    u32 version = u8_at(d, v, VERSION_CLASS_FLOW) >> 4;
    if (version != 6) {
        say(d, "version error: %u != 6", version);
        return;
    }
    if (!descend(d))
        return;
    bool inner = d->net.version != 0;
    struct net_info outer;
    if (inner)
        outer = d->net;
    say_packet(d, v);
    if (inner)
        d->net = outer;
    else
        d->net.version = 0;
    ascend(d);
}
