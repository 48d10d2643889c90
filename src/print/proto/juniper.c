/*
 * What Juniper's routers capture.  LINKTYPE_JUNIPER_*, www.tcpdump.org/linktypes; learnt from their
 * captures.
 *
 *    0               1               2               3
 *   +-----------------------------------------------+---------------+
 *   |                  magic number                 |     flags     |
 *   |   length of extensions        |  extensions: type, length, value ...
 *   |  cookie, as the interface card has it         |  the packet
 *   +---------------------------------------------------------------+
 *
 * The extensions and their length are there when a flag says so.  The first byte of a cookie may
 * say that it is longer than those of the card: it is for a link service, or for an adaptive
 * service, which tells the protocol.
 */
#include "print/printer.h"
#include "print/proto/atm.h"
#include "print/proto/ether.h"
#include "print/proto/llc.h"
#include "print/proto/ppp.h"
#include "print/proto/q922.h"

enum { MAGIC = 0, FLAGS = 3, HEADER_LEN = 4, MAGIC_NUMBER = 0x4d4743 };

enum { INCOMING = 0x01, NO_LINK_HEADER = 0x02, EXTENSIONS = 0x80 };

NAMES(flags,
      (EXTENSIONS, "Ext")(0x40, "Filter")(0x04, "IIF")(NO_LINK_HEADER, "no-L2")(INCOMING, "In"));

/* -- Extensions */

NAMES(extensions,
      (1, "Device Interface Index") (2, "Device Interface Name") (3, "Device Media Type")
      (4, "Logical Interface Index") (5, "Logical Unit Number")
      (6, "Logical Interface Encapsulation") (7, "TTP derived Device Media Type")
      (8, "TTP derived Logical Interface Encapsulation"));

enum {
    NAME = 2,
    MEDIA = 3,
    ENCAPSULATION = 6,
    DERIVED_MEDIA = 7,
    DERIVED_ENCAPSULATION = 8,
    FIRST_BIG_ENDIAN = 128
};

NAMES(media,
      (1, "Ethernet") (2, "FDDI") (3, "Token-Ring") (4, "PPP") (5, "Frame-Relay") (6, "Cisco-HDLC")
      (7, "SMDS-DXI") (8, "ATM-PVC") (9, "PPP-CCC") (10, "Frame-Relay-CCC") (11, "IP-over-IP")
      (12, "GRE") (13, "PIM-Encapsulator") (14, "PIM-Decapsulator") (15, "Cisco-HDLC-CCC")
      (16, "VLAN-CCC") (17, "Multilink-PPP") (18, "Multilink-FR") (19, "Multilink") (20, "LSI")
      (22, "ATM-CCC-Cell-Relay") (23, "IPSEC-over-IP") (24, "GGSN") (27, "PPP-TCC")
      (28, "Frame-Relay-TCC") (29, "Cisco-HDLC-TCC") (30, "Ethernet-CCC")
      (31, "VPN-Loopback-tunnel") (32, "Extended-VLAN-CCC") (33, "Ethernet-over-ATM")
      (34, "Monitor") (35, "Ethernet-TCC") (36, "VLAN-TCC") (37, "Extended-VLAN-TCC")
      (38, "Controller") (39, "Multilink-FR-UNI-NNI") (40, "LinkService") (41, "VPLS")
      (42, "VLAN-VPLS") (43, "Extended-VLAN-VPLS") (44, "Logical-tunnel") (45, "General-Services")
      (46, "Ethernet-VPLS-over-ATM") (48, "Extended FR-CCC") (49, "Extended FR-TCC")
      (50, "Flexible-FrameRelay") (52, "Flexible-Ethernet-Services") (53, "Flow-collection")
      (56, "PPPoE") (57, "PPP-Subordinate") (59, "Dynamic-Flow-Capture") (60, "PIC Peer"));

NAMES(encapsulations,
      (2, "ATM SNAP") (3, "ATM NLPID") (4, "ATM VCMUX") (5, "ATM LLC") (6, "PPP over ATM VCMUX")
      (7, "PPP over ATM LLC") (8, "PPP over FUNI") (9, "CCC over ATM") (10, "FR NLPID")
      (11, "FR SNAP") (12, "FR PPP") (13, "FR CCC") (14, "Ethernet") (17, "PPP") (18, "C-HDLC")
      (19, "PPP CCC") (20, "IPIP") (21, "PIM Null") (22, "GRE NULL") (23, "PPP over GRE")
      (24, "PIMd") (25, "C-HDLC CCC") (26, "CISCO compatible NLPID") (27, "VLAN CCC") (28, "MLPPP")
      (29, "MLFR") (30, "LSI Null") (32, "ATM CCC Cell Relay") (33, "Crypto") (34, "GGSN")
      (35, "ATM VCMUX TCC") (36, "FR TCC") (37, "PPP TCC") (38, "C-HDLC TCC") (39, "Ethernet CCC")
      (40, "VT") (41, "Ethernet over ATM LLC") (42, "Extended VLAN CCC") (43, "ATM SNAP TCC")
      (44, "Monitor") (45, "Ethernet TCC") (46, "VLAN TCC") (47, "Extended VLAN TCC") (48, "MFR")
      (49, "VPLS") (50, "VLAN VPLS") (51, "Extended VLAN VPLS") (52, "General Services")
      (53, "Ethernet VPLS over ATM LLC") (54, "FR CCC") (55, "MLPPP over ATM LLC")
      (56, "Ethernet over ATM CCC") (57, "LT VLAN") (58, "Collector") (59, "Aggregator")
      (60, "LAPD") (61, "PPPoE over ATM LLC") (62, "PPPoE over Ethernet") (63, "PPPoE") (64, "")
      (65, "C-HDLC via dialer"));

/* The value of an extension, unless it is longer than a number. */
static void say_value(struct dissect *d, u8 type, struct view v)
{
    u32 value;

    bool big_endian = type >= FIRST_BIG_ENDIAN;
    switch (v.len) {
    case 1: value = u8_at(d, v, 0); break;
    case 2: value = big_endian ? be16_at(d, v, 0) : le16_at(d, v, 0); break;
    case 3: value = big_endian ? be24_at(d, v, 0) : le24_at(d, v, 0); break;
    case 4: value = big_endian ? be32_at(d, v, 0) : le32_at(d, v, 0); break;
    default: return;
    }
    switch (type) {
    case NAME: return;
    case MEDIA:
    case DERIVED_MEDIA:
        say(d, "%s (%u)", name_of(d, &media.names, value, "Unknown"), value);
        return;
    case ENCAPSULATION:
    case DERIVED_ENCAPSULATION:
        say(d, "%s (%u)", name_of(d, &encapsulations.names, value, "Unknown"), value);
        return;
    default: say(d, "%u", value); return;
    }
}

/* With -vv the extensions are shown.  False: one does not fit, and that has been said. */
static bool say_extensions(struct dissect *d, struct view v)
{
    enum { TYPE, LENGTH, TL_LEN };

    while (v.cap > TL_LEN) {
        u8 type = u8_at(d, v, TYPE), len = u8_at(d, v, LENGTH);
        if (type == 0 || len == 0)
            break;
        if (len > v.cap - TL_LEN) {
            say(d, " [extension_length %u < %u]", v.cap, (u32)TL_LEN + len);
            invalid(d);
            return false;
        }
        if (verbose(d, 2)) {
            say(d, "\n\t  %s Extension TLV #%u, length %u, value ",
                name_of(d, &extensions.names, type, "Unknown"), type, len);
            say_value(d, type, view_sub(v, TL_LEN, len));
        }
        v = view_from(v, TL_LEN + len);
    }
    if (verbose(d, 2))
        say_z(d, "\n\t-----original packet-----\n\t");
    return true;
}

/* -- What cards put in front of a packet */

struct card {
    const char *proto; /* for [|proto] */
    const char *name;  /* NULL: no cookie, and the packet follows */
    u8 cookie_len;
    bool bundles;   /* joins links */
    bool fragments; /* FRF.16 may be there instead of a cookie */
};

struct link {
    struct view all; /* from the magic number on */
    struct view cookie;
    u32 at;       /* of what follows the cookie */
    u32 bundle;   /* of links */
    u16 protocol; /* what follows the cookie, or what the cookie says */
    u8 service;   /* what the cookie is for */
    bool incoming, is_fragment;
};

enum { NO_SERVICE, LINK_SERVICE = 0x54, ADAPTIVE_SERVICE = 0x47 };

static struct view payload_of(const struct link *l)
{
    return view_from(l->all, l->at);
}

/* A packet without the header of its link: IP or nothing that can be told.  False: nothing. */
static bool say_ip_guess(struct dissect *d, struct view v)
{
    u8 first = u8_at(d, v, 0);

    if (d->sealed)
        return true;
    if (first >= 0x45 && first <= 0x4f)
        print_ip(d, v);
    else if (first >= 0x60 && first <= 0x6f)
        print_ip6(d, v);
    else
        return false;
    return true;
}

/* Up to the cookie.  False: everything has been said. */
static bool say_head(struct dissect *d, struct view v, struct link *l)
{
    u8 bits = u8_at(d, v, FLAGS);

    *l = (struct link){ .all = v, .at = HEADER_LEN, .incoming = (bits & INCOMING) != 0 };
    if (d->sealed)
        return false;
    if (be24_at(d, v, MAGIC) != MAGIC_NUMBER) {
        say_z(d, "no magic-number found!");
        l->at = 0;
        return false;
    }
    if (d->opt->link_header)
        say_z(d, l->incoming ? " In " : "Out ");
    if (verbose(d, 2))
        say(d, "\n\tJuniper PCAP Flags [%s]",
            flags_of(d, &flags.names, bits & (EXTENSIONS | 0x40 | 0x04 | NO_LINK_HEADER | INCOMING),
                     ", ", "none"));
    if ((bits & EXTENSIONS) != 0) {
        u16 len = be16_at(d, v, HEADER_LEN);
        if (verbose(d, 2))
            say(d, ", PCAP Extension(s) total length %u", len);
        l->at += 2;
        if (len > 0 && !view_has(v, l->at, len)) {
            seal(d);
            return false;
        }
        if (!say_extensions(d, view_sub(v, l->at, len))) {
            l->at = 0;
            return false;
        }
        l->at += len;
    }
    if ((bits & NO_LINK_HEADER) == 0)
        return true;
    enum { UNKNOWN_LEN = 4 };
    if (d->opt->link_header)
        say_z(d, "no-L2-hdr, ");
    l->at += UNKNOWN_LEN;
    if (!say_ip_guess(d, payload_of(l)))
        say_z(d, "no IP-hdr found!");
    return false;
}

enum { COOKIE_MAX = 8 };

/* How long the cookie is, which its first byte tells as well. */
static u8 cookie_len(const struct card *card, struct link *l, u8 first)
{
    enum { LINK_MORE = 2, FRAGMENT = 0xc0 };

    if (card->fragments && (first & FRAGMENT) == FRAGMENT) { /* FRF.16 */
        l->is_fragment = true;
        return 0;
    }
    if (first != LINK_SERVICE && first != ADAPTIVE_SERVICE)
        return card->cookie_len;
    l->service = first;
    return first == LINK_SERVICE ? card->cookie_len + LINK_MORE : COOKIE_MAX;
}

/* Of cards that join links: which bundle it is, and for an adaptive service the protocol. */
static void read_bundle(struct dissect *d, struct view cookie, struct link *l)
{
    enum { PROTOCOL = 5, PROTOCOL_MASK = 0x70, BUNDLE = 6, BUNDLE_SHIFT = 3, BUNDLE_MASK = 0xfff };

    switch (l->service) {
    case LINK_SERVICE: l->bundle = u8_at(d, cookie, 1); break;
    case ADAPTIVE_SERVICE:
        l->bundle = be16_at(d, cookie, BUNDLE) >> BUNDLE_SHIFT & BUNDLE_MASK;
        l->protocol = u8_at(d, cookie, PROTOCOL) & PROTOCOL_MASK;
        break;
    default: l->bundle = u8_at(d, cookie, 0); break;
    }
}

/* The cookie.  False: everything has been said. */
static bool say_cookie(struct dissect *d, const struct card *card, struct link *l)
{
    u8 len = cookie_len(card, l, u8_at(d, l->all, l->at));

    if (d->opt->link_header)
        say(d, "%s-PIC, cookie-len %u", card->name, len);
    if (len > COOKIE_MAX) {
        l->at += len;
        invalid(d);
        return false;
    }
    l->cookie = view_sub(l->all, l->at, len);
    if (!need(d, l->all, l->at, len))
        return false;
    if (d->opt->link_header) {
        say_z(d, len > 0 ? ", cookie 0x" : "");
        say_bytes_hex(d, l->cookie);
        say_z(d, ": ");
    }
    l->at += len;
    l->protocol = be16_at(d, l->all, l->at);
    if (card->bundles)
        read_bundle(d, view_from(l->all, l->at - len), l);
    return !d->sealed;
}

/* Everything up to what the card has of its own.  False: everything has been said. */
static bool say_start(struct dissect *d, struct view v, const struct card *card, struct link *l)
{
    d->proto = card->proto;
    bool more = say_head(d, v, l);
    if (more && card->name != NULL)
        more = say_cookie(d, card, l);
    if (!d->sealed)
        d->link_header_len += l->at;
    return more;
}

/* With -e, in front of what the card says. */
static void say_place(struct dissect *d, const struct link *l)
{
    if (d->opt->link_header)
        say(d, "hlen %u, proto 0x%04x, ", l->at, l->protocol);
}

/* What stands behind the cookie and is not of the packet either. */
static void skip_more(struct dissect *d, struct link *l, u32 n)
{
    l->at += n;
    if (!d->sealed)
        d->link_header_len += n;
}

/* Puts back what a printer of links has added: as tcpdump, the dump begins with its header. */
static void restore_header(struct dissect *d, u32 len)
{
    if (!d->sealed)
        d->link_header_len = len;
}

/* -- Cards that join links */

/* The protocols of adaptive services.  False: none of them. */
static bool say_service_packet(struct dissect *d, u16 protocol, struct view v)
{
    enum { IP4, IP6 = 0x10, MPLS = 0x20, ISO = 0x30 };

    switch (protocol) {
    case IP4: print_ip(d, v); return true;
    case IP6: print_ip6(d, v); return true;
    case MPLS: print_mpls(d, v); return true;
    case ISO: print_isoclns(d, v); return true;
    default: return false;
    }
}

void print_juniper_mlppp(struct dissect *d, struct view v)
{
    static const struct card card = {
        .proto = "juniper_mlppp", .name = "MLPPP", .cookie_len = 2, .bundles = true
    };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    say_place(d, &l);
    if (d->opt->link_header)
        say(d, "Bundle-ID %u: ", l.bundle);
    if (!say_service_packet(d, l.protocol, payload_of(&l)))
        print_ppp(d, payload_of(&l));
}

/* A control byte and the identifier of a protocol. */
enum { PROTOCOL_LEN = 2 };
enum {
    LLC_ISO = 0xfefe,
    UI_Q933 = 0x0308,
    UI_IP6 = 0x038e,
    UI_IP = 0x03cc,
    UI = 0x03,
    UI_PADDED = 0x0300
};

static void say_unknown(struct dissect *d, const struct link *l)
{
    say(d, "unknown protocol 0x%04x, length %u", l->protocol, payload_of(l).len);
}

void print_juniper_mlfr(struct dissect *d, struct view v)
{
    static const struct card card = {
        .proto = "juniper_mlfr", .name = "MLFR", .cookie_len = 2, .bundles = true
    };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    if (l.service != ADAPTIVE_SERVICE)
        skip_more(d, &l, PROTOCOL_LEN);
    say_place(d, &l);
    if (d->opt->link_header)
        say(d, "Bundle-ID %u, ", l.bundle);
    switch (l.protocol) {
    case UI:
    case UI_PADDED: print_isoclns(d, payload_of(&l)); break;
    case UI_Q933:
    case UI_IP:
    case UI_IP6: print_isoclns(d, view_from(v, l.at - 1)); break;
    default: say_unknown(d, &l); break;
    }
}

void print_juniper_mfr(struct dissect *d, struct view v)
{
    static const struct card card = {
        .proto = "juniper_mfr", .name = "MFR", .cookie_len = 4, .bundles = true, .fragments = true
    };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    if (l.service == LINK_SERVICE)
        skip_more(d, &l, PROTOCOL_LEN);
    say_place(d, &l);
    if (l.is_fragment) {
        u32 header_len = d->link_header_len;
        print_mfr(d, payload_of(&l));
        restore_header(d, header_len);
        return;
    }
    if (l.service == ADAPTIVE_SERVICE) {
        say_service_packet(d, l.protocol, payload_of(&l));
        return;
    }
    if (d->opt->link_header)
        say(d, "Bundle-ID %u, ", l.bundle);
    switch (l.protocol) {
    case UI_Q933:
    case UI_IP:
    case UI_IP6: print_isoclns(d, view_from(v, l.at - 1)); break; /* as tcpdump: a byte early */
    case LLC_ISO: print_isoclns(d, view_from(v, l.at + 1)); break;
    default: say_unknown(d, &l); break;
    }
}

/* -- Services */

NAMES(encryptions,
      (1, "ESP ENCR-AUTH")(2, "ESP ENCR-AH AUTH")(3, "ESP AUTH")(4, "AH AUTH")(5, "ESP ENCR"));

void print_juniper_es(struct dissect *d, struct view v)
{
    enum { INDEX, TTL = 2, TYPE, SPI, SOURCE = 8, DESTINATION = 12, HEAD_LEN = 16 };
    enum { FIRST_WITH_TUNNEL = 3 };
    static const struct card card = { .proto = "juniper_es", .name = "ES" };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    say_place(d, &l);
    struct view p = payload_of(&l);
    if (!need(d, p, 0, HEAD_LEN))
        return;
    u8 type = u8_at(d, p, TYPE);
    const char *name = name_find(&encryptions.names, type);
    if (name == NULL) {
        say(d, "ES Invalid type %u, length %u", type, p.len);
        return;
    }
    struct view packet = view_from(p, type >= FIRST_WITH_TUNNEL ? HEAD_LEN : 0);
    if (d->opt->link_header) {
        say(d, "ES SA, index %u, ttl %u type %s (%u)", be16_at(d, p, INDEX), u8_at(d, p, TTL), name,
            type);
        if (type >= FIRST_WITH_TUNNEL)
            say(d, ", spi %u, Tunnel %pI4 > %pI4", be32_at(d, p, SPI), bytes_at(d, p, SOURCE, 4),
                bytes_at(d, p, DESTINATION, 4));
        say(d, ", length %u\n", packet.len);
    }
    print_ip(d, packet);
}

NAMES(mobile_protocols, (1, "Null")(2, "IPv4")(6, "IPv6"));

void print_juniper_ggsn(struct dissect *d, struct view v)
{
    enum { PROTOCOL = 2, VLAN = 4 };
    enum { IP4 = 2, IP6 = 6 };
    static const struct card card = { .proto = "juniper_ggsn", .name = "GGSN", .cookie_len = 8 };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    say_place(d, &l);
    u8 protocol = u8_at(d, l.cookie, PROTOCOL);
    if (d->opt->link_header)
        say(d, "proto %s (%u), vlan %u: ", name_of(d, &mobile_protocols.names, protocol, "Unknown"),
            protocol, be16_at(d, l.cookie, VLAN));
    switch (protocol) {
    case IP4: print_ip(d, payload_of(&l)); break;
    case IP6: print_ip6(d, payload_of(&l)); break;
    default:
        if (!d->opt->link_header)
            say(d, "unknown GGSN proto (%u)", protocol);
    }
}

void print_juniper_services(struct dissect *d, struct view v)
{
    enum { SERVICE, SERVICE_FLAGS, SET = 2, INPUT = 5, HEAD_LEN = 8 };
    static const struct card card = { .proto = "juniper_services", .name = "AS", .cookie_len = 8 };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    say_place(d, &l);
    struct view p = payload_of(&l);
    if (!need(d, p, 0, HEAD_LEN))
        return;
    if (d->opt->link_header)
        say(d, "service-id %u flags 0x%02x service-set-id 0x%04x iif %u: ", u8_at(d, p, SERVICE),
            u8_at(d, p, SERVICE_FLAGS), be16_at(d, p, SET), be24_at(d, p, INPUT));
    say_ip_guess(d, p);
}

void print_juniper_monitor(struct dissect *d, struct view v)
{
    enum { TYPE, INPUT = 2, SERVICE = 4, HEAD_LEN = 8 };
    static const struct card card = { .proto = "juniper_monitor",
                                      .name = "MONITOR",
                                      .cookie_len = 8 };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    say_place(d, &l);
    struct view p = payload_of(&l);
    if (!need(d, p, 0, HEAD_LEN))
        return;
    if (d->opt->link_header)
        say(d, "service-id %u, iif %u, pkt-type %u: ", be32_at(d, p, SERVICE), be16_at(d, p, INPUT),
            u8_at(d, p, TYPE));
    say_ip_guess(d, p);
}

/* -- ATM */

/* LLC, or ISO behind a control byte.  False: neither. */
static bool say_atm_packet(struct dissect *d, struct view v)
{
    enum { FRAME_ISO = 0xfefe03, FRAME_SNAP = 0xaaaa03 };
    u32 first = be24_at(d, v, 0);

    if (first == FRAME_ISO || first == FRAME_SNAP)
        llc_frame(d, v, (struct llc_addresses){ NULL, NULL }, NULL);
    else if (first >> 16 == UI)
        print_isoclns(d, view_from(v, 1));
    else
        return false;
    return true;
}

void print_juniper_atm1(struct dissect *d, struct view v)
{
    enum { CELL = 0x80 };
    static const struct card card = { .proto = "juniper_atm1", .name = "ATM1", .cookie_len = 4 };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    say_place(d, &l);
    struct view p = payload_of(&l);
    if (u8_at(d, l.cookie, 0) == CELL)
        atm_oam(d, p, 0);
    else if (!say_atm_packet(d, p))
        say_ip_guess(d, p);
}

/* PPP without anything in front of the number of its protocol. */
static bool is_ppp(u16 protocol)
{
    switch (protocol) {
    case PPP_IP:
    case PPP_OSI:
    case PPP_MULTILINK:
    case PPP_IPV6:
    case PPP_MPLS_UNICAST:
    case PPP_MPLS_MULTICAST:
    case PPP_IPCP:
    case PPP_OSICP:
    case PPP_IPV6CP:
    case PPP_MPLSCP:
    case PPP_LCP:
    case PPP_PAP:
    case PPP_CHAP: return true;
    default: return false;
    }
}

void print_juniper_atm2(struct dissect *d, struct view v)
{
    enum { GAP = 3, GAP_MASK = 0x3f, CELL = 7, CELL_MASK = 0x70 };
    enum { CONTROL_WORD = 0x08000000, WORD_LEN = 4 };
    static const struct card card = { .proto = "juniper_atm2", .name = "ATM2", .cookie_len = 8 };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    struct view p = payload_of(&l);
    bool is_cell = (u8_at(d, l.cookie, CELL) & CELL_MASK) != 0;
    u32 word = be32_at(d, p, 0);
    if (d->sealed)
        return;
    if (is_cell && d->opt->link_header)
        say(d, "control-word 0x%08x ", word);
    if (is_cell && (word == 0 || word == CONTROL_WORD))
        skip_more(d, &l, WORD_LEN);
    say_place(d, &l);
    if (is_cell) {
        atm_oam(d, view_claim(payload_of(&l), p.len),
                0); /* as tcpdump: its length counts the word */
        return;
    }
    u32 first = be24_at(d, p, 0);
    if (first >> 16 != UI && say_atm_packet(d, p))
        return;
    if (!l.incoming && (u8_at(d, l.cookie, GAP) & GAP_MASK) != 0)
        ether_frame(d, p);
    else if (first >> 16 == UI)
        print_isoclns(d, view_from(p, 1));
    else if (is_ppp((u16)(first >> 8)))
        print_ppp(d, p);
    else
        say_ip_guess(d, p);
}

/* -- Ethernet, PPP and the like */

void print_juniper_pppoe(struct dissect *d, struct view v)
{
    static const struct card card = { .proto = "juniper_pppoe", .name = "PPPoE" };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    say_place(d, &l);
    ether_frame(d, payload_of(&l));
}

void print_juniper_pppoe_atm(struct dissect *d, struct view v)
{
    enum { TYPE_LEN = 2 };
    static const struct card card = { .proto = "juniper_pppoe_atm", .name = "PPPoE ATM" };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    say_place(d, &l);
    if (!dispatch_ether(d, l.protocol, view_from(payload_of(&l), TYPE_LEN)))
        say(d, "unknown ethertype 0x%04x", l.protocol);
}

void print_juniper_ether(struct dissect *d, struct view v)
{
    static const struct card card = { .proto = "juniper_ether" };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    say_place(d, &l);
    u32 header_len = ether_frame(d, payload_of(&l));
    if (!d->sealed)
        d->link_header_len += header_len;
}

void print_juniper_ppp(struct dissect *d, struct view v)
{
    static const struct card card = { .proto = "juniper_ppp" };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    say_place(d, &l);
    print_ppp(d, payload_of(&l));
}

void print_juniper_frelay(struct dissect *d, struct view v)
{
    static const struct card card = { .proto = "juniper_frelay" };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    say_place(d, &l);
    frame_relay_frame(d, payload_of(&l));
}

void print_juniper_chdlc(struct dissect *d, struct view v)
{
    static const struct card card = { .proto = "juniper_chdlc" };
    struct link l;

    if (!say_start(d, v, &card, &l))
        return;
    say_place(d, &l);
    struct view p = payload_of(&l);
    if (chdlc_frame(d, p) == 0 && p.len > 0) /* not captured */
        restore_header(d, 0);
}
