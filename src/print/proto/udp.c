/*
 * UDP.  RFC 768.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |          source port          |       destination port        |
 *   +-------------------------------+-------------------------------+
 *   |            length             |           checksum            |
 *   +-------------------------------+-------------------------------+
 */
#include "base/ipproto.h"
#include "print/printer.h"
#include "print/proto/ip.h"

enum { SOURCE_PORT, DESTINATION_PORT = 2, LENGTH = 4, CHECKSUM = 6, HEADER_LEN = 8 };

/* `v` is the datagram, whose length is that of header and payload. */
static void say_checksum(struct dissect *d, struct view v)
{
    u16 there = be16_at(d, v, CHECKSUM);

    if (there == 0 && d->net.version == 4) { /* RFC 8200, section 8.1: IPv6 has no such thing */
        out_text_z(d->out, "[no cksum] ");
        return;
    }
    if (v.cap < v.len)
        return;
    struct checksum c = pseudo_header(d, IPPROTO_UDP, v.len);
    checksum_add(&c, v);
    u16 sum = checksum_end(&c);
    if (sum == 0)
        out_text_z(d->out, "[udp sum ok] ");
    else
        say(d, "[bad udp cksum 0x%04x -> 0x%04x!] ", there, checksum_should_be(there, sum));
}

/* A datagram that nobody decodes; `claimed` is the payload's length by the UDP header. */
static void say_length(struct dissect *d, u32 claimed, u32 length)
{
    if (claimed > length && !d->net.fragment) {
        say(d, "UDP, bad length %u > %u", claimed, length);
        return;
    }
    out_text_z(d->out, "UDP, length ");
    out_dec(d->out, claimed);
}

/* As tcpdump with -T: the checksum is not looked at, and RPC puts its own numbers for the ports. */
static void say_forced(struct dissect *d, struct view payload)
{
    if (d->opt->forced != FORCE_RPC && registry_has_forced_udp(d->opt->forced))
        say_udp_endpoints(d);
    dispatch_forced_udp(d, payload);
}

/* A datagram whose length field is captured; d->sport and d->dport are set. */
static void say_datagram(struct dissect *d, struct view v)
{
    u32 claimed = be16_at(d, v, LENGTH);

    if (claimed == 0 && v.len > UINT16_MAX)
        claimed = v.len; /* a packet that the network card is going to cut into pieces */
    u32 len = claimed < v.len ? claimed : v.len;
    struct view payload = view_from(view_claim(v, len), HEADER_LEN);
    if (d->opt->forced != FORCE_NONE && claimed >= HEADER_LEN && view_has(v, 0, HEADER_LEN)) {
        say_forced(d, payload);
        return;
    }
    say_udp_endpoints(d);
    if (claimed < HEADER_LEN) {
        say(d, "truncated-udplength %u", claimed);
        return;
    }
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    if (!d->opt->quick && dispatch_udp_plain(d, payload))
        return;
    /* as tcpdump: the checksum of IPv4 wants one more -v than that of IPv6 */
    if (verbose(d, d->net.version == 4 ? 2 : 1) && !d->opt->no_checksums && !d->net.fragment)
        say_checksum(d, view_clip(v, len));
    if (d->opt->quick || !dispatch_udp(d, payload))
        say_length(d, claimed - HEADER_LEN, payload.len);
}

void print_udp(struct dissect *d, struct view v)
{
    d->proto = "udp";
    if (!view_has(v, DESTINATION_PORT, 2)) {
        if (!hosts_said(d, IPPROTO_UDP)) {
            say_hosts(d);
            out_text_z(d->out, ": ");
        }
        truncated(d);
        return;
    }
    d->sport = be16_at(d, v, SOURCE_PORT);
    d->dport = be16_at(d, v, DESTINATION_PORT);
    if (v.len < HEADER_LEN) {
        say_udp_endpoints(d);
        say(d, "truncated-udp %u", v.len);
        return;
    }
    if (!view_has(v, LENGTH, 2)) {
        say_udp_endpoints(d);
        truncated(d);
        return;
    }
    say_datagram(d, v);
}
