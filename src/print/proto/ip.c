/*
 * IPv4.  RFC 791; the type of service byte as RFC 2474 and RFC 3168 divide it.
 *
 *    0               1               2               3
 *   +-------+-------+---------------+-------------------------------+
 *   |version|length |type of service|          total length         |
 *   +-------+-------+---------------+-----+-------------------------+
 *   |         identification        |flags|     fragment offset     |
 *   +---------------+---------------+-----+-------------------------+
 *   |  time to live |   protocol    |        header checksum        |
 *   +---------------+---------------+-------------------------------+
 *   |                         source address                        |
 *   +---------------------------------------------------------------+
 *   |                      destination address                      |
 *   +---------------------------------------------------------------+
 *   |                          options ...                          |
 */
#include "print/proto/ip.h"

#include "base/ipproto.h"
#include "base/pen.h"
#include "print/printer.h"
#include "print/proto/ip_options.h"

enum {
    VERSION_LENGTH,
    TOS,
    TOTAL_LENGTH,
    ID = 4,
    FRAGMENT = 6,
    TTL = 8,
    PROTOCOL,
    CHECKSUM,
    SOURCE = 12,
    DESTINATION = 16,
    OPTIONS = 20,
    HEADER_LEN = 20,
};

enum { RESERVED_FLAG = 0x8000, DONT_FRAGMENT = 0x4000, MORE_FRAGMENTS = 0x2000, OFFSET = 0x1fff };

NAMES(flags, (MORE_FRAGMENTS, "+") (DONT_FRAGMENT, "DF") (RESERVED_FLAG, "rsvd"));

/* Explicit congestion notification, the two low bits of the type of service. */
static const char *const ecn[] = { "", ",ECT(1)", ",ECT(0)", ",CE" };

/* Room for the header's text up to its flags. */
enum { HEADER_TEXT_MAX = 96 };

static void say_flags(struct dissect *d, u32 fragment)
{
    fragment &= RESERVED_FLAG | DONT_FRAGMENT | MORE_FRAGMENTS;
    if (fragment == DONT_FRAGMENT)
        out_text_z(d->out, "DF");
    else if (fragment == 0)
        out_text_z(d->out, "none");
    else
        out_text_z(d->out, flags_of(d, &flags.names, fragment, ", ", "none"));
}

static void say_checksum(struct dissect *d, struct view header)
{
    struct checksum c = { 0 };

    checksum_add(&c, header);
    u16 sum = checksum_end(&c);
    if (sum == 0)
        return;
    u16 there = be16_at(d, header, CHECKSUM);
    say(d, ", bad cksum %x (->%x)!", there, checksum_should_be(there, sum));
}

/*
 * A packet that the network card is going to cut into pieces has no total length: any TCP packet,
 * or one longer than the field can say.
 */
static bool is_offloaded(struct view v, u32 total, u8 protocol)
{
    return total == 0 && (protocol == IPPROTO_TCP || v.len > UINT16_MAX);
}

static void say_total_length(struct dissect *d, struct view v)
{
    u32 total = be16_at(d, v, TOTAL_LENGTH);

    if (is_offloaded(v, total, d->net.protocol))
        say(d, "%u [was 0, presumed %s]", v.len, v.len > UINT16_MAX ? "BIG TCP" : "TSO");
    else
        out_dec(d->out, total);
}

static char *pen_first_half(char *p, u32 tos, u32 ttl, u32 id, u32 offset)
{
    p = pen_text(p, "(tos 0x");
    p = tos < 16 ? pen_char(p, pen_hex_digits[tos]) : pen_hex2(p, tos);
    if ((tos & 3) != 0)
        p = pen_bytes(p, ecn[tos & 3], strlen(ecn[tos & 3]));
    if (ttl >= 1)
        p = pen_dec(pen_text(p, ", ttl "), ttl);
    p = pen_dec(pen_text(p, ", id "), id);
    p = pen_dec(pen_text(p, ", offset "), offset);
    return pen_text(p, ", flags [");
}

static void say_protocol(struct dissect *d, u8 protocol)
{
    struct out *o = d->out;

    switch (protocol) {
    case IPPROTO_TCP: out_text_z(o, "], proto TCP (6), length "); return;
    case IPPROTO_UDP: out_text_z(o, "], proto UDP (17), length "); return;
    default: break;
    }
    out_text_z(o, "], proto ");
    out_text_z(o, ip_protocol_name(protocol));
    out_text_z(o, " (");
    out_dec(o, protocol);
    out_text_z(o, "), length ");
}

/* What -v tells, in parentheses.  False when the options are cut. */
static bool say_header(struct dissect *d, struct view v, struct view header)
{
    struct out *o = d->out;
    u32 fragment = be16_at(d, v, FRAGMENT);
    bool whole = true;

    if (out_room(o, HEADER_TEXT_MAX))
        o->pos = pen_first_half(o->pos, u8_at(d, v, TOS), u8_at(d, v, TTL), be16_at(d, v, ID),
                                (fragment & OFFSET) * 8);
    say_flags(d, fragment);
    say_protocol(d, u8_at(d, v, PROTOCOL));
    say_total_length(d, v);
    if (header.len > HEADER_LEN) {
        out_text_z(o, ", options (");
        whole = ip_options(d, view_from(v, OPTIONS), header.len - HEADER_LEN);
        if (!whole)
            out_text_z(o, " [truncated-option]");
        out_char(o, ')');
    }
    if (!d->opt->no_checksums && header.cap == header.len)
        say_checksum(d, header);
    if (d->opt->one_line)
        out_text_z(o, ") ");
    else
        out_text_z(o, ")\n    ");
    return whole;
}

/* The payload, or for later fragments only whose it is. */
static void say_content(struct dissect *d, struct view v, struct view header)
{
    u8 protocol = d->net.protocol;

    if ((be16_at(d, v, FRAGMENT) & OFFSET) != 0) {
        if (d->opt->very_quick)
            return;
        say_hosts(d);
        out_char(d->out, ':');
        say_ip_protocol(d, protocol);
        return;
    }
    if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP && protocol != IPPROTO_SCTP &&
        protocol != IPPROTO_DCCP) {
        say_hosts(d);
        out_text_z(d->out, ": ");
    }
    if (header.cap < header.len) {
        say(d, " [remaining caplen(%u) < header length(%u)]", header.cap, header.len);
        seal(d);
        return;
    }
    ip_demux(d, view_from(v, header.len), protocol);
}

/* A header whose fixed part is captured and whose version is 4. */
static void say_packet(struct dissect *d, struct view v)
{
    u32 header_len = (u8_at(d, v, VERSION_LENGTH) & 15u) * 4;
    u32 total = be16_at(d, v, TOTAL_LENGTH);

    if (header_len < HEADER_LEN) {
        say(d, " [header length %u < %u]", header_len, (unsigned)HEADER_LEN);
        invalid(d);
        return;
    }
    bool offloaded = is_offloaded(v, total, u8_at(d, v, PROTOCOL));
    if (offloaded)
        total = v.len;
    else if (v.len < total) /* as tcpdump: what follows has the lengths of the whole packet */
        say(d, "truncated-ip - %u bytes missing! ", total - v.len);
    if (total < header_len) {
        say(d, "[total length %u < header length %u]", total, header_len);
        invalid(d);
        return;
    }
    v = view_clip(v, total);
    struct view header = view_clip(v, header_len);
    u32 fragment = be16_at(d, v, FRAGMENT);
    d->net = (struct net_info){
        .version = 4,
        .fragment = (fragment & (MORE_FRAGMENTS | OFFSET)) != 0,
        .hop_limit = u8_at(d, v, TTL),
        .protocol = u8_at(d, v, PROTOCOL),
        .header = v,
        .src = view_sub(v, SOURCE, 4),
        .dst = view_sub(v, DESTINATION, 4),
    };
    if (verbose(d, 1) && !say_header(d, v, header)) {
        say_hosts(d);
        out_text_z(d->out, ": ");
        truncated(d);
        return;
    }
    say_content(d, v, header);
}

void print_ip(struct dissect *d, struct view v)
{
    d->proto = "ip";
    u32 version = u8_at(d, v, VERSION_LENGTH) >> 4;
    if (d->sealed)
        return;
    if (version != 4) {
        say(d, "IP%u%s", version, version == 6 ? ", wrong link-layer encapsulation" : "");
        invalid(d);
        return;
    }
    if (!d->opt->link_header)
        out_text_z(d->out, "IP ");
    if (v.len < HEADER_LEN) {
        say(d, " [length %u < %u]", v.len, (unsigned)HEADER_LEN);
        invalid(d);
        return;
    }
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    if (!descend(d))
        return;
    bool inner = d->net.version != 0;
    struct net_info outer;
    if (unlikely(inner))
        outer = d->net;
    say_packet(d, v);
    if (unlikely(inner))
        d->net = outer;
    else
        d->net.version = 0;
    ascend(d);
}
