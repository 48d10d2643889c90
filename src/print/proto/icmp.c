/*
 * ICMP: control messages of IPv4.  RFC 792, 950 (address mask), 1256 (router discovery), 1812
 * (unreachable codes), 4884 (extensions), 8335 (extended echo).
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |     type      |     code      |           checksum            |
 *   +---------------+---------------+-------------------------------+
 *   |                depends on the type (4 bytes)                  |
 *   |  errors: the datagram that caused them, as much as was sent   |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

#include "base/ipproto.h"
#include "print/proto/icmp_ext.h"

enum { TYPE, CODE, CHECKSUM, ID = 4, SEQUENCE = 6, BODY = 8 };
enum { POINTER = 4, GATEWAY = 4, NEXT_HOP_MTU = 6, MASK = 8 };
enum { ORIGINATE = 8, RECEIVE = 12, TRANSMIT = 16 };
enum { ADDRESS_COUNT = 4, ENTRY_WORDS, LIFETIME, ENTRIES = 8, ENTRY_BYTES = 8 };
enum { PROBED_SEQUENCE = 6, PROBED_STATE = 7 }; /* RFC 8335, section 3 */

/* In the quoted IPv4 header. */
enum { IP_HEADER_WORDS, IP_LENGTH = 2, IP_PROTOCOL = 9, IP_DST = 16 };
enum { DST_PORT = 2 };

enum type {
    ECHO_REPLY = 0,
    UNREACHABLE = 3,
    SOURCE_QUENCH = 4,
    REDIRECT = 5,
    ECHO_REQUEST = 8,
    ROUTER_ADVERTISEMENT = 9,
    ROUTER_SOLICITATION = 10,
    TIME_EXCEEDED = 11,
    PARAMETER_PROBLEM = 12,
    TIMESTAMP = 13,
    TIMESTAMP_REPLY = 14,
    INFORMATION_REQUEST = 15,
    INFORMATION_REPLY = 16,
    MASK_REQUEST = 17,
    MASK_REPLY = 18,
    EXTENDED_ECHO_REQUEST = 42,
    EXTENDED_ECHO_REPLY = 43,
};

/* Messages of which the name is all that is shown. */
NAMES(types,
      (SOURCE_QUENCH, "source quench")
      (ROUTER_SOLICITATION, "router solicitation")
      (INFORMATION_REQUEST, "information request")
      (INFORMATION_REPLY, "information reply")
      (MASK_REQUEST, "address mask request"));

enum { PROTOCOL_UNREACHABLE = 2, PORT_UNREACHABLE, FRAGMENTATION_NEEDED };

/* What cannot be reached, and why: the text on both sides of the quoted destination. */
static const struct {
    const char *what, *why;
} unreachables[] = {
    { "net ", "" },
    { "host ", "" },
    [5] = { "", " - source route failed" },
    { "net ", " - unknown" },
    { "host ", " - unknown" },
    { "", " - source host isolated" },
    { "net ", " - admin prohibited" },
    { "host ", " - admin prohibited" },
    { "net ", " - tos prohibited" },
    { "host ", " - tos prohibited" },
    { "host ", " - admin prohibited filter" },
    { "host ", " - host precedence violation" },
    { "host ", " - precedence cutoff" },
};

/* A redirect by its code: for which datagrams, and whose router it is. */
static const struct {
    const char *scope, *router;
} redirects[] = {
    { "", "net " },
    { "", "host " },
    { "-tos", "net " },
    { "-tos", "host " },
};

NAMES(probe_results,
      (0, "No error")
      (1, "Malformed Query")
      (2, "No Such Interface")
      (3, "No Such Table Entry")
      (4, "Multiple Interfaces Satisfy Query"));

NAMES(probe_states,
      (0, "Reserved") (1, "Incomplete") (2, "Reachable") (3, "Stale") (4, "Delay") (5, "Probe")
      (6, "Failed"));

/* Those of the functions below that look before they read return false for a cut message. */

static bool say_port_unreachable(struct dissect *d, struct view quoted)
{
    if (!view_has(quoted, IP_PROTOCOL, 1))
        return false;
    u8 protocol = u8_at(d, quoted, IP_PROTOCOL);
    u32 transport = (u8_at(d, quoted, IP_HEADER_WORDS) & 15u) * 4;
    u16 port = be16_at(d, quoted, transport + DST_PORT);

    say_ip4_at(d, quoted, IP_DST);
    switch (protocol) {
    case IPPROTO_TCP:
        say_z(d, " tcp port ");
        say_tcp_port(d, port);
        break;
    case IPPROTO_UDP:
        say_z(d, " udp port ");
        say_udp_port(d, port);
        break;
    default: say(d, " protocol %u port %u", protocol, port);
    }
    say_z(d, " unreachable");
    return true;
}

static bool say_unreachable(struct dissect *d, struct view v, struct view quoted)
{
    u8 code = u8_at(d, v, CODE);

    if (code == PORT_UNREACHABLE)
        return say_port_unreachable(d, quoted);
    if (code < countof(unreachables) && unreachables[code].what != NULL)
        say_z(d, unreachables[code].what);
    say_ip4_at(d, quoted, IP_DST);
    if (code == PROTOCOL_UNREACHABLE) {
        say(d, " protocol %u unreachable", u8_at(d, quoted, IP_PROTOCOL));
        return true;
    }
    say_z(d, " unreachable");
    if (code == FRAGMENTATION_NEEDED) {
        u16 mtu = be16_at(d, v, NEXT_HOP_MTU);
        say_z(d, " - need to frag");
        if (mtu != 0)
            say(d, " (mtu %u)", mtu);
    } else if (code < countof(unreachables)) {
        say_z(d, unreachables[code].why);
    } else {
        say(d, " - #%u", code);
    }
    return true;
}

static void say_redirect(struct dissect *d, struct view v, struct view quoted)
{
    u8 code = u8_at(d, v, CODE);

    say_z(d, "redirect");
    if (code < countof(redirects))
        say_z(d, redirects[code].scope);
    else
        say(d, "-#%u", code);
    say(d, " %pI4 to ", bytes_at(d, quoted, IP_DST, 4));
    if (code < countof(redirects))
        say_z(d, redirects[code].router);
    say_ip4_at(d, v, GATEWAY);
}

static bool say_time_exceeded(struct dissect *d, struct view v, struct view quoted)
{
    u8 code = u8_at(d, v, CODE);

    if (!view_has(quoted, IP_DST, 4)) /* as tcpdump, although the address is not shown */
        return false;
    switch (code) {
    case 0: say_z(d, "time exceeded in-transit"); break;
    case 1: say_z(d, "ip reassembly time exceeded"); break;
    default: say(d, "time exceeded-#%u", code);
    }
    return true;
}

/* Seconds as hours, minutes and seconds, the larger units only when needed. */
static void say_lifetime(struct dissect *d, u32 seconds)
{
    if (seconds < 60)
        say(d, "%u", seconds);
    else if (seconds < 3600)
        say(d, "%u:%02u", seconds / 60, seconds % 60);
    else
        say(d, "%u:%02u:%02u", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

static bool say_router_advertisement(struct dissect *d, struct view v)
{
    if (!view_has(v, 0, ENTRIES))
        return false;
    u8 count = u8_at(d, v, ADDRESS_COUNT);
    u8 words = u8_at(d, v, ENTRY_WORDS);

    say_z(d, "router advertisement lifetime ");
    say_lifetime(d, be16_at(d, v, LIFETIME));
    say(d, " %u:", count);
    if (words != ENTRY_BYTES / 4) {
        say(d, " [size %u]", words);
        return true;
    }
    for (u32 i = 0; i < count; i++) {
        u32 at = ENTRIES + i * ENTRY_BYTES;
        if (!view_has(v, at, ENTRY_BYTES))
            return false;
        say(d, " {%pI4 %u}", bytes_at(d, v, at, 4), be32_at(d, v, at + 4));
    }
    return true;
}

/* Milliseconds since midnight UT, RFC 792. */
static void say_time_of_day(struct dissect *d, const char *label, u32 ms)
{
    say(d, "%s %02u:%02u:%02u.%03u", label, ms / 3600000, ms / 60000 % 60, ms / 1000 % 60,
        ms % 1000);
}

static bool say_timestamp_reply(struct dissect *d, struct view v)
{
    if (!view_has(v, 0, TRANSMIT + 4))
        return false;
    say(d, "time stamp reply id %u seq %u:", be16_at(d, v, ID), be16_at(d, v, SEQUENCE));
    say_time_of_day(d, " org", be32_at(d, v, ORIGINATE));
    say_time_of_day(d, ", recv", be32_at(d, v, RECEIVE));
    say_time_of_day(d, ", xmit", be32_at(d, v, TRANSMIT));
    return true;
}

static void say_echo(struct dissect *d, struct view v, const char *text)
{
    struct out *o = d->out;
    u16 id = be16_at(d, v, ID), sequence = be16_at(d, v, SEQUENCE);

    out_text_z(o, text);
    out_text_z(o, ", id ");
    out_dec(o, id);
    out_text_z(o, ", seq ");
    out_dec(o, sequence);
}

static bool say_message(struct dissect *d, u8 type, struct view v)
{
    struct view quoted = view_from(v, BODY);

    switch (type) {
    case ECHO_REQUEST: say_echo(d, v, "echo request"); break;
    case ECHO_REPLY: say_echo(d, v, "echo reply"); break;
    case UNREACHABLE: return say_unreachable(d, v, quoted);
    case REDIRECT: say_redirect(d, v, quoted); break;
    case ROUTER_ADVERTISEMENT: return say_router_advertisement(d, v);
    case TIME_EXCEEDED: return say_time_exceeded(d, v, quoted);
    case PARAMETER_PROBLEM:
        if (u8_at(d, v, CODE) != 0)
            say(d, "parameter problem - code %u", u8_at(d, v, CODE));
        else
            say(d, "parameter problem - octet %u", u8_at(d, v, POINTER));
        break;
    case TIMESTAMP:
        say(d, "time stamp query id %u seq %u", be16_at(d, v, ID), be16_at(d, v, SEQUENCE));
        break;
    case TIMESTAMP_REPLY: return say_timestamp_reply(d, v);
    case MASK_REPLY: say(d, "address mask is 0x%08x", be32_at(d, v, MASK)); break;
    case EXTENDED_ECHO_REQUEST:
    case EXTENDED_ECHO_REPLY:
        say(d, "extended echo %s, id %u, seq %u",
            type == EXTENDED_ECHO_REQUEST ? "request" : "reply", be16_at(d, v, ID),
            u8_at(d, v, PROBED_SEQUENCE));
        break;
    default: say_z(d, name_of(d, &types.names, type, "type-#%u"));
    }
    return true;
}

static void say_bad_checksum(struct dissect *d, struct view v)
{
    struct checksum sum = { 0 };

    if (!view_has(v, 0, v.len))
        return;
    checksum_add(&sum, v);
    u16 rest = checksum_end(&sum);
    if (rest == 0)
        return;
    u16 found = be16_at(d, v, CHECKSUM);
    say(d, " (wrong icmp cksum %x (->%x)!)", found, checksum_should_be(found, rest));
}

/* The datagram that an error is about, as far as its own length goes; extensions follow it. */
static void say_quoted(struct dissect *d, struct view quoted)
{
    say_z(d, "\n\t");
    quoted = view_clip(quoted, be16_at(d, quoted, IP_LENGTH));
    if (!need(d, quoted, IP_LENGTH, 2)) /* as tcpdump: a length that does not reach behind itself */
        return;
    print_ip(d, quoted);
    d->proto = "icmp";
}

static void say_probe_result(struct dissect *d, struct view v)
{
    u8 code = u8_at(d, v, CODE), state = u8_at(d, v, PROBED_STATE);

    say(d, "\n\tCode %u (%s), State %u (%s), active %u ipv4 %u ipv6 %u", code,
        name_of(d, &probe_results.names, code, "Unknown"), state >> 5,
        name_of(d, &probe_states.names, state >> 5, "Unknown"), state >> 2 & 1,
        state >> 1 & 1, state & 1);
}

static void say_details(struct dissect *d, u8 type, struct view v)
{
    if (!d->net.fragment)
        say_bad_checksum(d, v);
    switch (type) {
    case UNREACHABLE:
    case TIME_EXCEEDED:
    case PARAMETER_PROBLEM:
        say_quoted(d, view_from(v, BODY));
        say_icmp_multipart(d, v);
        break;
    case REDIRECT:
    case SOURCE_QUENCH: say_quoted(d, view_from(v, BODY)); break;
    case EXTENDED_ECHO_REQUEST: say_icmp_interface_query(d, v); break;
    case EXTENDED_ECHO_REPLY: say_probe_result(d, v); break;
    }
}

void print_icmp(struct dissect *d, struct view v)
{
    d->proto = "icmp";
    if (!need(d, v, TYPE, CHECKSUM)) /* the type and the code */
        return;
    group(d); /* as tcpdump: a cut message says nothing but that it is cut */
    u8 type = u8_at(d, v, TYPE);
    out_text_z(d->out, "ICMP ");
    if (!say_message(d, type, v)) {
        out_withdraw(d->out);
        truncated(d);
        return;
    }
    out_text_z(d->out, ", length ");
    out_dec(d->out, v.len);
    group_end(d);
    if (verbose(d, 1))
        say_details(d, type, v);
}
