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
    out_text_z(o, ", next-header ");
    out_text_z(o, ip_protocol_name(next));
    out_text_z(o, " (");
    out_dec(o, next);
    out_text_z(o, ") payload length: ");
    out_dec(o, be16_at(d, v, PAYLOAD_LENGTH));
    out_text_z(o, ") ");
}

/* Transport protocols put ports between the addresses, so they say them themselves. */
static bool says_hosts(u8 protocol)
{
    return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP || protocol == IPPROTO_SCTP ||
           protocol == IPPROTO_DCCP;
}

/* The headers after the fixed one. */
static void say_content(struct dissect *d, struct view v)
{
    u8 next = u8_at(d, v, NEXT_HEADER);

    if (!says_hosts(next)) {
        say_hosts(d);
        out_text_z(d->out, ": ");
    }
    d->net.protocol = next;
    ip_demux(d, view_from(v, HEADER_LEN), next);
}

static void say_packet(struct dissect *d, struct view v)
{
    u32 total = be16_at(d, v, PAYLOAD_LENGTH) + HEADER_LEN;

    if (v.len < total) {
        out_text_z(d->out, "truncated-ip6 - ");
        out_dec(d->out, total - v.len);
        out_text_z(d->out, " bytes missing!");
        total = v.len;
    }
    if (verbose(d, 1))
        say_header(d, v);
    v = view_clip(v, total);
    d->net = (struct net_info){
        .version = 6,
        .hop_limit = u8_at(d, v, HOP_LIMIT),
        .protocol = u8_at(d, v, NEXT_HEADER),
        .header = v,
        .src = view_sub(v, SOURCE, 16),
        .dst = view_sub(v, DESTINATION, 16),
    };
    say_content(d, v);
}

void print_ip6(struct dissect *d, struct view v)
{
    d->proto = "ip6";
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    if (v.len < HEADER_LEN) {
        say(d, "truncated-ip6 %u", v.len);
        return;
    }
    if (!d->opt->link_header)
        out_text_z(d->out, "IP6 ");
    u32 version = u8_at(d, v, VERSION_CLASS_FLOW) >> 4;
    if (version != 6) {
        say(d, "version error: %u != 6", version);
        return;
    }
    if (!descend(d))
        return;
    struct net_info outer = d->net;
    say_packet(d, v);
    d->net = outer;
    ascend(d);
}
