/*
 * ICMPv6: errors, echo, neighbour discovery and what else grew on it.  RFC 4443, 2710 (MLD), 4861
 * (neighbour discovery), 6275 (mobility); the parts with formats of their own are in this folder.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |     type      |     code      |           checksum            |
 *   +---------------+---------------+-------------------------------+
 *   |                depends on the type (4 bytes)                  |
 *   |  errors: the packet that caused them, as much as was sent     |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/icmp6/icmp6.h"

#include "base/ipproto.h"
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/ip.h"

enum { TYPE, CODE, CHECKSUM, ID = 4, SEQUENCE = 6, BODY = 8 };
enum { MTU = 4, POINTER = 4 };

/* Neighbour discovery. */
enum { TARGET = 8, REDIRECT_DESTINATION = 24 };
enum { HOP_LIMIT = 4, RA_FLAGS, ROUTER_LIFETIME, REACHABLE_TIME = 8, RETRANS_TIMER = 12 };
enum { RS_OPTIONS = 8, RA_OPTIONS = 16, NEIGHBOR_OPTIONS = 24, REDIRECT_OPTIONS = 40 };
enum { NA_FLAGS = 4 };

/* MLD, version 1: the length tells it from version 2. */
enum { MAX_DELAY = 4, GROUP = 8, MLD1_LENGTH = 24, MLD2_LENGTH = 28 };

enum { HOME_AGENTS = 8, PREFIX_FLAGS = 6, PREFIX_OPTIONS = 8 };

/* In the quoted IPv6 header. */
enum { IP6_NEXT = 6, IP6_SRC = 8, IP6_DST = 24, IP6_HEADER = 40 };
enum { DST_PORT = 2 };

enum type {
    UNREACHABLE = 1,
    TOO_BIG,
    TIME_EXCEEDED,
    PARAMETER_PROBLEM,
    ECHO_REQUEST = 128,
    ECHO_REPLY,
    LISTENER_QUERY,
    LISTENER_REPORT,
    LISTENER_DONE,
    ROUTER_SOLICITATION,
    ROUTER_ADVERTISEMENT,
    NEIGHBOR_SOLICITATION,
    NEIGHBOR_ADVERTISEMENT,
    REDIRECT,
    ROUTER_RENUMBERING,
    NODE_QUERY,
    NODE_REPLY,
    INVERSE_SOLICITATION,
    INVERSE_ADVERTISEMENT,
    LISTENER_REPORT_V2,
    HOME_AGENT_REQUEST,
    HOME_AGENT_REPLY,
    PREFIX_SOLICITATION,
    PREFIX_ADVERTISEMENT,
    RPL = 155,
};

NAMES(types,
      (UNREACHABLE, "destination unreachable")
      (TOO_BIG, "packet too big")
      (TIME_EXCEEDED, "time exceeded in-transit")
      (PARAMETER_PROBLEM, "parameter problem")
      (ECHO_REQUEST, "echo request")
      (ECHO_REPLY, "echo reply")
      (LISTENER_QUERY, "multicast listener query")
      (LISTENER_REPORT, "multicast listener report")
      (LISTENER_DONE, "multicast listener done")
      (ROUTER_SOLICITATION, "router solicitation")
      (ROUTER_ADVERTISEMENT, "router advertisement")
      (NEIGHBOR_SOLICITATION, "neighbor solicitation")
      (NEIGHBOR_ADVERTISEMENT, "neighbor advertisement")
      (REDIRECT, "redirect")
      (ROUTER_RENUMBERING, "router renumbering")
      (NODE_QUERY, "who-are-you request")
      (NODE_REPLY, "who-are-you reply")
      (INVERSE_SOLICITATION, "inverse neighbor solicitation")
      (INVERSE_ADVERTISEMENT, "inverse neighbor advertisement")
      (LISTENER_REPORT_V2, "multicast listener report v2")
      (HOME_AGENT_REQUEST, "ha discovery request")
      (HOME_AGENT_REPLY, "ha discovery reply")
      (PREFIX_SOLICITATION, "mobile router solicitation")
      (PREFIX_ADVERTISEMENT, "mobile router advertisement")
      (RPL, "RPL")
      (200, "mtrace response")
      (201, "mtrace message"));

NAMES(ra_flags,
      (0x80, "managed")
      (0x40, "other stateful")
      (0x20, "home agent")
      (0x02, "ipv6 only"));

/* RFC 4191, section 2.1: two bits of a byte of flags. */
static const char *const preferences[] = { "medium", "high", "rsv", "low" };

NAMES(na_flags, (0x80000000, "router") (0x40000000, "solicited") (0x20000000, "override"));

/* What became of a message. */
enum result {
    SHOWN,  /* its length may follow */
    CUT,    /* "[|icmp6]" is still to be said */
    OPAQUE, /* without -vv a dump is still to follow */
};

/*
 * Finds the TCP or UDP header behind the quoted IPv6 header and its extension headers.  False when
 * it is not captured, or not there: another protocol, or a later fragment.
 */
static bool find_transport(struct dissect *d, struct view quoted, u8 *protocol, struct view *v)
{
    enum { FRAGMENT_OFFSET = 2, OFFSET = 0xfff8, FRAGMENT_BYTES = 8, NEXT = 0, LENGTH = 1 };
    u32 at = IP6_HEADER;

    if (!view_has(quoted, IP6_NEXT, 1))
        return false;
    *protocol = u8_at(d, quoted, IP6_NEXT);
    for (;;) {
        struct view header = view_from(quoted, at);
        switch (*protocol) {
        case IPPROTO_FRAGMENT:
            if (!view_has(header, FRAGMENT_OFFSET, 2) ||
                (be16_at(d, header, FRAGMENT_OFFSET) & OFFSET) != 0)
                return false;
            at += FRAGMENT_BYTES;
            break;
        case IPPROTO_HOPOPTS:
        case IPPROTO_DSTOPTS:
        case IPPROTO_ROUTING:
            if (!view_has(header, LENGTH, 1))
                return false;
            at += 8u * (u8_at(d, header, LENGTH) + 1u);
            break;
        case IPPROTO_TCP:
        case IPPROTO_UDP: *v = header; return view_has(header, DST_PORT, 2);
        default: return false;
        }
        *protocol = u8_at(d, header, NEXT);
    }
}

static enum result say_port_unreachable(struct dissect *d, struct view quoted)
{
    u8 protocol;
    struct view transport;

    say_z(d, ", unreachable port");
    if (!find_transport(d, quoted, &protocol, &transport))
        return CUT;
    u16 port = be16_at(d, transport, DST_PORT);
    say_at(d, quoted, ", %pI6 ", AT_ADDRESS(IP6_DST));
    if (protocol == IPPROTO_TCP) {
        say_z(d, "tcp port ");
        say_tcp_port(d, port);
    } else {
        say_z(d, "udp port ");
        say_udp_port(d, port);
    }
    return SHOWN;
}

static enum result say_unreachable(struct dissect *d, struct view v)
{
    enum { BEYOND_SCOPE = 2 };
    struct view quoted = view_from(v, BODY);
    u8 code = u8_at(d, v, CODE);

    switch (code) {
    case 0: say_z(d, ", unreachable route"); break;
    case 1: say_z(d, ",  unreachable prohibited"); break;
    case BEYOND_SCOPE: say_z(d, ", beyond scope"); break;
    case 3: say_z(d, ", unreachable address"); break;
    case 4: return say_port_unreachable(d, quoted);
    default: say(d, ", unknown unreach code (%u)", code); return OPAQUE;
    }
    say_at(d, quoted, " %pI6", AT_ADDRESS(IP6_DST));
    if (code == BEYOND_SCOPE)
        say_at(d, quoted, ", source address %pI6", AT_ADDRESS(IP6_SRC));
    return SHOWN;
}

static enum result say_time_exceeded(struct dissect *d, struct view v)
{
    u8 code = u8_at(d, v, CODE);

    switch (code) {
    case 0: say_at(d, v, " for %pI6", AT_ADDRESS(BODY + IP6_DST)); break;
    case 1: say_z(d, " (reassembly)"); break;
    default: say(d, ", unknown code (%u)", code);
    }
    return SHOWN;
}

static enum result say_parameter_problem(struct dissect *d, struct view v)
{
    static const char *const what[] = { "erroneous", "next header", "option",
                                        "incomplete header chain" };
    u8 code = u8_at(d, v, CODE);

    if (!view_has(v, BODY + IP6_DST, 16)) /* as tcpdump, although the address is not shown */
        return CUT;
    if (code < countof(what))
        say_at(d, v, ", %s - octet %lu", what[code], AT_BE32(POINTER));
    else
        say(d, ", code-#%u", code);
    return SHOWN;
}

static enum result say_listener(struct dissect *d, struct view v)
{
    if (!view_has(v, 0, MLD1_LENGTH))
        return SHOWN; /* as tcpdump: nothing is said of a short one */
    say_at(d, v, "max resp delay: %lu addr: %pI6", AT_BE16(MAX_DELAY), AT_ADDRESS(GROUP));
    return SHOWN;
}

static enum result say_listener_query(struct dissect *d, struct view v)
{
    if (v.len == MLD1_LENGTH)
        return say_listener(d, v);
    if (v.len < MLD2_LENGTH) {
        say(d, " unknown-version (len %u) ", v.len);
        return SHOWN;
    }
    say_z(d, " v2");
    say_mld2_query(d, v);
    return SHOWN;
}

/* Options are a matter of -v. */
static enum result say_options(struct dissect *d, struct view v, u32 at)
{
    return !verbose(d, 1) || say_nd_options(d, v, at) ? SHOWN : CUT;
}

static enum result say_router_advertisement(struct dissect *d, struct view v)
{
    if (!verbose(d, 1))
        return SHOWN;
    if (!need(d, v, RETRANS_TIMER, 4))
        return SHOWN;
    u8 flags = u8_at(d, v, RA_FLAGS);
    say_at(d, v,
           "\n\thop limit %lu, Flags [%s], pref %s, router lifetime %lus, reachable time %lums, "
           "retrans timer %lums", AT_U8(HOP_LIMIT),
           flags_of(d, &ra_flags.names, flags, ", ", "none"), preferences[flags >> 3 & 3],
           AT_BE16(ROUTER_LIFETIME), AT_BE32(REACHABLE_TIME), AT_BE32(RETRANS_TIMER));
    return say_options(d, v, RA_OPTIONS);
}

static enum result say_neighbor_advertisement(struct dissect *d, struct view v)
{
    say_at(d, v, ", tgt is %pI6", AT_ADDRESS(TARGET));
    if (!verbose(d, 1))
        return SHOWN;
    say(d, ", Flags [%s]", flags_of(d, &na_flags.names, be32_at(d, v, NA_FLAGS), ", ", "none"));
    return say_options(d, v, NEIGHBOR_OPTIONS);
}

static enum result say_redirect(struct dissect *d, struct view v)
{
    if (!need(d, v, REDIRECT_DESTINATION, 16))
        return SHOWN;
    say_at(d, v, ", %pI6", AT_ADDRESS(REDIRECT_DESTINATION));
    say_at(d, v, " to %pI6", AT_ADDRESS(TARGET));
    return say_options(d, v, REDIRECT_OPTIONS);
}

static enum result say_home_agents(struct dissect *d, struct view v)
{
    if (!verbose(d, 1))
        return SHOWN;
    say_at(d, v, ", id 0x%04lx", AT_BE16(ID));
    for (u32 at = HOME_AGENTS; at < v.len && !d->sealed; at += 16)
        say_at(d, v, ", %pI6", AT_ADDRESS(at));
    return SHOWN;
}

/* RFC 6275, section 6.8: the flags of a router advertisement. */
static enum result say_prefix_advertisement(struct dissect *d, struct view v)
{
    enum { MANAGED = 0x8000, OTHER = 0x4000 };

    if (!verbose(d, 1))
        return SHOWN;
    say_at(d, v, ", id 0x%04lx", AT_BE16(ID));
    u16 flags = be16_at(d, v, PREFIX_FLAGS);
    if ((flags & (MANAGED | OTHER)) != 0)
        say(d, " %s%s", flags & MANAGED ? "M" : "", flags & OTHER ? "O" : "");
    return say_options(d, v, PREFIX_OPTIONS);
}

static enum result say_message(struct dissect *d, u8 type, struct view v)
{
    switch (type) {
    case UNREACHABLE: return say_unreachable(d, v);
    case TOO_BIG: say_at(d, v, ", mtu %lu", AT_BE32(MTU)); return SHOWN;
    case TIME_EXCEEDED: return say_time_exceeded(d, v);
    case PARAMETER_PROBLEM: return say_parameter_problem(d, v);
    case ECHO_REQUEST:
    case ECHO_REPLY:
        say_at(d, v, ", id %lu, seq %lu", AT_BE16(ID), AT_BE16(SEQUENCE));
        return SHOWN;
    case LISTENER_QUERY: return say_listener_query(d, v);
    case LISTENER_REPORT:
    case LISTENER_DONE: return say_listener(d, v);
    case ROUTER_SOLICITATION: return say_options(d, v, RS_OPTIONS);
    case ROUTER_ADVERTISEMENT: return say_router_advertisement(d, v);
    case NEIGHBOR_SOLICITATION:
        say_at(d, v, ", who has %pI6", AT_ADDRESS(TARGET));
        return say_options(d, v, NEIGHBOR_OPTIONS);
    case NEIGHBOR_ADVERTISEMENT: return say_neighbor_advertisement(d, v);
    case REDIRECT: return say_redirect(d, v);
    case ROUTER_RENUMBERING: say_router_renumbering(d, v); return SHOWN;
    case NODE_QUERY:
    case NODE_REPLY: say_node_information(d, v); return SHOWN;
    case INVERSE_SOLICITATION:
    case INVERSE_ADVERTISEMENT: return SHOWN;
    case LISTENER_REPORT_V2: say_mld2_report(d, v); return SHOWN;
    case HOME_AGENT_REQUEST:
    case PREFIX_SOLICITATION: say_at(d, v, ", id 0x%04lx", AT_BE16(ID)); return SHOWN;
    case HOME_AGENT_REPLY: return say_home_agents(d, v);
    case PREFIX_ADVERTISEMENT: return say_prefix_advertisement(d, v);
    case RPL: say_rpl(d, v); return SHOWN;
    default: say(d, ", length %u", v.len); return OPAQUE;
    }
}

/* Types of which -v says the length in front of what it adds. */
static bool length_goes_first(u8 type)
{
    switch (type) {
    case ROUTER_SOLICITATION:
    case ROUTER_ADVERTISEMENT:
    case NEIGHBOR_SOLICITATION:
    case NEIGHBOR_ADVERTISEMENT:
    case REDIRECT:
    case HOME_AGENT_REPLY:
    case PREFIX_ADVERTISEMENT: return true;
    default: return false;
    }
}

static void say_checksum(struct dissect *d, struct view v)
{
    if (!view_has(v, 0, v.len))
        return;
    struct checksum sum = pseudo_header(d, IPPROTO_ICMPV6, v.len);
    checksum_add(&sum, v);
    u16 rest = checksum_end(&sum), found = be16_at(d, v, CHECKSUM);
    if (rest != 0)
        say(d, "[bad icmp6 cksum 0x%04x -> 0x%04x!] ", found, checksum_should_be(found, rest));
    else
        say_z(d, "[icmp6 sum ok] ");
}

void print_icmp6(struct dissect *d, struct view v)
{
    struct out *o = d->out;

    d->proto = "icmp6";
    if (v.len == 0) {
        say_z(d, "ICMP6, length 0");
        invalid(d);
        return;
    }
    if (!need(d, v, TYPE, 1))
        return;
    u8 type = u8_at(d, v, TYPE);
    if (verbose(d, 1) && !d->net.fragment)
        say_checksum(d, v);
    out_text_z(o, "ICMP6, ");
    out_text_z(o, name_of(d, &types.names, type, "unknown icmp6 type (%u)"));
    if (verbose(d, 1) && length_goes_first(type)) {
        out_text_z(o, ", length ");
        out_dec(o, v.len);
    }
    if (!need(d, v, CODE, 1))
        return;
    switch (say_message(d, type, v)) {
    case SHOWN:
        if (!verbose(d, 1)) {
            out_text_z(o, ", length ");
            out_dec(o, v.len);
        }
        break;
    case CUT: truncated(d); break;
    case OPAQUE:
        if (!verbose(d, 2))
            hexdump(o, "\n\t", view_clip(v, v.len));
        break;
    }
}
