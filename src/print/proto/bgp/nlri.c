/*
 * BGP-4: routes, as they stand in UPDATE messages and in the multiprotocol attributes.  RFC 4271,
 * section 4.3; RFC 4760, sections 3 and 4; the kinds of routes as named at their printers.
 *
 *   reach:   | AFI 2 | SAFI | length | next hops | number of SNPAs | SNPAs | routes |
 *   unreach: | AFI 2 | SAFI | routes |
 *   route:   | [path identifier 4] | bits | [label 3] | [route distinguisher 8] | prefix |
 */
#include "print/printer.h"
#include "print/proto/afi.h"
#include "print/proto/bgp/bgp.h"
#include "print/proto/nsap.h"

/*
 * Printers of a route return its length, or one of these: it is malformed (which they say), it is
 * cut, or the list is used up.
 */
enum { ROUTE_BAD = -1, ROUTE_CUT = -2, ROUTE_END = -3 };

typedef i32 route_printer(struct dissect *d, struct view v);

enum { PREFIX_MAX = NSAP_MAX, LABEL_LEN = 3, LABEL_BITS = 24, RD_BITS = 64, PATH_ID_LEN = 4 };

/* Where the parts of labeled and VPN routes are. */
enum { BITS, LABEL, LABELED_PREFIX = 4, VPN_RD = 4, VPN_PREFIX = 12 };

struct prefix {
    u8 bytes[PREFIX_MAX]; /* zero behind the prefix */
    u32 bits, len;        /* len: bytes that it has in the message */
};

static i32 bad(struct dissect *d)
{
    say_z(d, "\n\t    (illegal prefix length)");
    return ROUTE_BAD;
}

/* Reads the prefix at `off`, whose bits are counted.  False when it is not captured. */
static bool read_prefix(struct view v, u32 off, struct prefix *p)
{
    p->len = (p->bits + 7) / 8;
    const void *bytes = view_at(v, off, p->len);
    if (bytes == NULL)
        return false;
    memset(p->bytes, 0, sizeof p->bytes);
    memcpy(p->bytes, bytes, p->len);
    if (p->bits % 8 != 0)
        p->bytes[p->len - 1] &= (u8)(0xff00u >> p->bits % 8);
    return true;
}

/* The route of unicast: bits and prefix.  Says nothing. */
static i32 read_plain(struct view v, u32 max_bits, struct prefix *p)
{
    int bits = view_byte(v, BITS);

    if (bits < 0)
        return ROUTE_CUT;
    p->bits = (u32)bits;
    if (p->bits > max_bits)
        return ROUTE_BAD;
    if (!read_prefix(v, 1, p))
        return ROUTE_CUT;
    return 1 + p->len > v.len ? ROUTE_CUT : (i32)(1 + p->len);
}

/* A route with a label, and a route distinguisher unless `prefix_at` is LABELED_PREFIX.  Says
 * nothing. */
static i32 read_labeled(struct view v, u32 prefix_at, u32 max_bits, struct prefix *p)
{
    const u32 before = prefix_at == VPN_PREFIX ? LABEL_BITS + RD_BITS : LABEL_BITS;
    int bits = view_byte(v, BITS);

    if (bits < 0)
        return ROUTE_CUT;
    if ((u32)bits < before || (u32)bits - before > max_bits)
        return ROUTE_BAD;
    p->bits = (u32)bits - before;
    return read_prefix(v, prefix_at, p) ? (i32)(prefix_at + p->len) : ROUTE_CUT;
}

static void say_label(struct dissect *d, struct view v)
{
    u32 label = be24_at(d, v, LABEL);

    say(d, ", label:%u %s", label >> 4,
        (label & 1) != 0 ? "(bottom)" : "(BOGUS: Bottom of Stack NOT set!)");
}

static void say_rd(struct dissect *d, struct view v, u32 off)
{
    const void *rd = bytes_at(d, v, off, RD_LEN);

    say_z(d, "RD: ");
    bgp_out_rd(d, d->out, rd);
}

/* -- IPv4 and IPv6, unicast and multicast */

/* RFC 8277: with a label; `max_bits` tells the family. */
static i32 say_labeled(struct dissect *d, struct view v, u32 max_bits)
{
    struct prefix p;

    if (!view_has(v, 0, LABELED_PREFIX))
        return ROUTE_CUT;
    i32 n = read_labeled(v, LABELED_PREFIX, max_bits, &p);
    if (n == ROUTE_BAD)
        return bad(d);
    if (n < 0)
        return n;
    if (max_bits == 32 && (u32)n > v.len) /* as tcpdump: this is not asked for IPv6 */
        return ROUTE_END;
    if (max_bits == 32)
        say(d, "\n\t      %pI4/%u", p.bytes, p.bits);
    else
        say(d, "\n\t      %pI6/%u", p.bytes, p.bits);
    say_label(d, v);
    return n;
}

static i32 say_labeled4(struct dissect *d, struct view v)
{
    return say_labeled(d, v, 32);
}

static i32 say_labeled6(struct dissect *d, struct view v)
{
    return say_labeled(d, v, 128);
}

/* RFC 4364 and RFC 4659: with a label and a route distinguisher. */
static i32 say_vpn(struct dissect *d, struct view v, u32 max_bits)
{
    struct prefix p;
    i32 n = read_labeled(v, VPN_PREFIX, max_bits, &p);

    if (n == ROUTE_BAD)
        return bad(d);
    if (n < 0)
        return n;
    say_z(d, "\n\t      ");
    say_rd(d, v, VPN_RD);
    say_z(d, ", ");
    if (max_bits == 32)
        say(d, "%pI4", p.bytes);
    else if (max_bits == 128)
        say(d, "%pI6", p.bytes);
    else
        out_nsap(d->out, view_over(p.bytes, p.len, p.len));
    say(d, "/%u", p.bits);
    say_label(d, v);
    return n;
}

static i32 say_vpn4(struct dissect *d, struct view v)
{
    return say_vpn(d, v, 32);
}

static i32 say_vpn6(struct dissect *d, struct view v)
{
    return say_vpn(d, v, 128);
}

/* -- NSAP, as IS-IS networks of old had it */

enum { NSAP_BITS_MAX = 152 };

static i32 say_vpn_nsap(struct dissect *d, struct view v)
{
    return say_vpn(d, v, NSAP_BITS_MAX);
}

static i32 say_nsap(struct dissect *d, struct view v)
{
    enum { PREFIX = 4 }; /* as tcpdump: as if a label were in front of it */
    struct prefix p;
    int bits = view_byte(v, BITS);

    if (bits < 0)
        return ROUTE_CUT;
    p.bits = (u32)bits;
    if (p.bits > NSAP_BITS_MAX)
        return bad(d);
    if (!read_prefix(v, PREFIX, &p))
        return ROUTE_CUT;
    say_z(d, "\n\t      ");
    out_nsap(d->out, view_over(p.bytes, p.len, p.len));
    say(d, "/%u", p.bits);
    return (i32)(1 + p.len);
}

/* -- Route target constraints, RFC 4684: an AS and the first bits of an extended community */

enum { ORIGIN_AS = 1, TARGET = 5, ORIGIN_BITS = 32, TARGET_LEN = 8 };

static i32 illegal(struct dissect *d)
{
    say_z(d, "\n\t      (illegal prefix length)");
    return ROUTE_BAD;
}

/* Bytes in pairs. */
static void say_pairs(struct dissect *d, const u8 *bytes, u32 n)
{
    for (u32 i = 0; i < n; i++)
        say(d, "%s%02x", i > 0 && i % 2 == 0 ? " " : "", bytes[i]);
}

static void say_target(struct dissect *d, const struct prefix *target)
{
    const u8 *t = target->bytes, *value = t + 2;

    if (target->len == 0) {
        say_z(d, "route-target: 0:0/0");
        return;
    }
    if (target->bits < 16) {
        say_z(d, "route-target: partial-type: (");
        for (u32 i = 0; i < target->len; i++)
            say(d, "%02x", t[i]);
        say(d, "/%u)", target->bits);
        return;
    }
    switch (load_be16(t)) {
    case 0x0002: say(d, "route-target: %u:%u", load_be16(value), load_be32(value + 2)); break;
    case 0x0102: say(d, "route-target: %pI4:%u", value, load_be16(value + 4)); break;
    case 0x0202:
        say_z(d, "route-target: ");
        bgp_say_as(d, load_be32(value));
        say(d, ":%u", load_be16(value + 4));
        break;
    default:
        say(d, "route target: unknown-type(%02x%02x) (", t[0], t[1]);
        say_pairs(d, t, target->len);
        say(d, "/%u)", target->bits);
        return;
    }
    say(d, "/%u (", target->bits);
    say_pairs(d, t, target->len);
    say_z(d, ")");
}

static i32 say_route_target(struct dissect *d, struct view v)
{
    struct prefix p = { .bits = 0 };
    int bits = view_byte(v, BITS);

    if (bits < 0)
        return ROUTE_CUT;
    if (bits == 0) {
        say_z(d, "\n\t      default route target");
        return 1;
    }
    if (bits < ORIGIN_BITS)
        return illegal(d);
    p.bits = (u32)bits - ORIGIN_BITS;
    if (!need(d, v, ORIGIN_AS, 4))
        return ROUTE_BAD;
    if (p.bits > TARGET_LEN * 8)
        return illegal(d);
    if (!read_prefix(v, TARGET, &p)) {
        seal(d);
        return ROUTE_CUT;
    }
    say_z(d, "\n\t      origin AS: ");
    bgp_say_as(d, be32_at(d, v, ORIGIN_AS));
    say_z(d, ", ");
    say_target(d, &p);
    return (i32)(TARGET + p.len);
}

/* -- Multicast distribution trees, RFC 6037, section 5.4.2 */

enum { MDT_RD = 1, MDT_SENDER = 9, MDT_GROUP = 13, MDT_LEN = 17 };

static i32 say_mdt(struct dissect *d, struct view v)
{
    int bits = view_byte(v, BITS);

    if (bits < 0)
        return ROUTE_CUT;
    if (bits != (MDT_LEN - 1) * 8)
        return bad(d);
    if (!view_has(v, 0, MDT_LEN))
        return ROUTE_CUT;
    say_z(d, "\n\t      ");
    say_rd(d, v, MDT_RD);
    say_at(d, v, ", VPN IP Address: %pI4, MC Group Address: %pI4", AT_ADDRESS(MDT_SENDER),
           AT_ADDRESS(MDT_GROUP));
    return MDT_LEN;
}

/* -- Multicast VPN, RFC 6514, section 4: type, length, route distinguisher and more */

enum { MVPN_TYPE, MVPN_LENGTH, MVPN_RD, MVPN_MORE = 10, MVPN_AFTER_AS = 14 };

enum mvpn_type {
    INTRA_AS_I_PMSI = 1,
    INTER_AS_I_PMSI,
    S_PMSI,
    LEAF,
    SOURCE_ACTIVE,
    SHARED_JOIN,
    SOURCE_JOIN
};

NAMES(mvpn_types,
      (1, "Intra-AS I-PMSI") (2, "Inter-AS I-PMSI") (3, "S-PMSI") (4, "Intra-AS Segment-Leaf")
      (5, "Source-Active") (6, "Shared Tree Join") (7, "Source Tree Join"));

static void say_mvpn_address(struct dissect *d, struct view v, u32 off, u32 bits)
{
    if (bits == 32)
        say_ip4_at(d, v, off);
    else if (bits == 128)
        say_ip6_at(d, v, off);
    else
        say(d, "bogus address length %u", bits);
}

/* The bytes of the address at `off` with its length in bits; 0 when it is cut behind that. */
static u32 mvpn_address_len(struct dissect *d, struct view v, u32 off)
{
    u32 bits = u8_at(d, v, off);

    return view_has(v, off + 1, bits / 8) ? 1 + bits / 8 : 0;
}

static u32 source_and_group_len(struct dissect *d, struct view v, u32 off)
{
    u32 source = mvpn_address_len(d, v, off);

    return source == 0 ? 0 : source + mvpn_address_len(d, v, off + source);
}

static void say_source_and_group(struct dissect *d, struct view v, u32 off)
{
    static const char *const labels[] = { ", Source ", ", Group " };

    for (size_t i = 0; i < countof(labels); i++) {
        u32 len = mvpn_address_len(d, v, off);
        if (len == 0)
            return;
        u32 bits = u8_at(d, v, off);
        if (bits != 0) {
            say_z(d, labels[i]);
            say_mvpn_address(d, v, off + 1, bits);
        }
        off += len;
    }
}

/* What stands behind the length, for types that have it. */
static void say_mvpn_route(struct dissect *d, struct view v, u32 type, u32 originator)
{
    say_z(d, ", ");
    say_rd(d, v, MVPN_RD);
    switch (type) {
    case INTRA_AS_I_PMSI:
        say_z(d, ", Originator ");
        say_mvpn_address(d, v, MVPN_MORE, (u8_at(d, v, MVPN_LENGTH) - (u32)RD_LEN) * 8);
        break;
    case S_PMSI:
        say_source_and_group(d, v, MVPN_MORE);
        say_z(d, ", Originator ");
        say_mvpn_address(d, v, MVPN_MORE, originator * 8);
        break;
    case SOURCE_ACTIVE: say_source_and_group(d, v, MVPN_MORE); break;
    default:
        say_z(d, ", Source-AS ");
        bgp_say_as(d, be32_at(d, v, MVPN_MORE));
        if (type != INTER_AS_I_PMSI)
            say_source_and_group(d, v, MVPN_AFTER_AS);
        break;
    }
}

static i32 say_mvpn(struct dissect *d, struct view v)
{
    if (!view_has(v, 0, MVPN_RD))
        return ROUTE_CUT;
    u32 type = u8_at(d, v, MVPN_TYPE), len = u8_at(d, v, MVPN_LENGTH);
    u32 needed = type == INTER_AS_I_PMSI || type == SHARED_JOIN || type == SOURCE_JOIN
                     ? MVPN_AFTER_AS
                 : type == 0 || type == LEAF || type > SOURCE_JOIN ? MVPN_RD
                                                                   : MVPN_MORE;
    if (!view_has(v, 0, needed))
        return ROUTE_CUT;
    /* as tcpdump: the originator is looked for where the source is, and too long by the
     * distinguisher */
    u32 originator = type == S_PMSI ? len - source_and_group_len(d, v, MVPN_MORE) : 0;
    if (type == S_PMSI && !view_has(v, MVPN_MORE, originator))
        return ROUTE_CUT;
    group(d);
    say(d, "\n\t      Route-Type: %s (%u), length: %u",
        name_of(d, &mvpn_types.names, type, "Unknown"), type, len);
    if (needed != MVPN_RD)
        say_mvpn_route(d, v, type, originator);
    group_end(d);
    return (i32)(MVPN_RD + len);
}

/* -- VPLS, RFC 4761, section 3.2.2, and L2VPN (draft-kompella-ppvpn-l2vpn) */

enum {
    L2VPN_LENGTH,
    L2VPN_RD = 2,
    L2VPN_NEXT_HOP = 10,
    CE_ID = 10,
    BLOCK_OFFSET = 12,
    LABEL_BASE = 14,
    L2VPN_TLVS = 17
};

enum { AUTO_DISCOVERY_LEN = 12, LABEL_BLOCK_MIN = 18 };

/* As tcpdump: so much text about a label block, and no more. */
enum { L2VPN_TEXT_MAX = 163 };

enum { TLV_HEADER_LEN = 3, CIRCUIT_STATUS = 1 };

/* One circuit status vector of `len` bytes; `v` is moved behind it.  False when it is cut. */
static bool say_circuit_status(struct out *o, struct view *v, u32 *left, u32 len)
{
    for (; len > 0; len--, (*left)--) {
        if (*left == 0) {
            out_text_z(o, " (ran past the end)");
            return true;
        }
        int byte = view_byte(*v, 0);
        if (byte < 0)
            return false;
        bool room = out_text(o).len < L2VPN_TEXT_MAX;
        out_hex_pad(o, (u64)byte, 2);
        *v = view_from(*v, room ? 1 : 0); /* as tcpdump: what has no room is not skipped */
    }
    return true;
}

/*
 * `left` bytes of TLVs: type 1, length 2 in bits, value.  False when they are cut.  As tcpdump:
 * their headers do not count, and behind an unknown one the next is looked for where its value is.
 */
static bool say_l2vpn_tlvs(struct dissect *d, struct out *o, struct view v, u32 left)
{
    while (left != 0) {
        if (left < TLV_HEADER_LEN) {
            out_text_z(o, "\n\t\tran past the end");
            return true;
        }
        if (!view_has(v, 0, TLV_HEADER_LEN))
            return false;
        u32 type = u8_at(d, v, 0), bits = be16_at(d, v, 1), len = (bits + 7) / 8;
        v = view_from(v, TLV_HEADER_LEN);
        if (type == CIRCUIT_STATUS) {
            out_format(o, "\n\t\tcircuit status vector (%u) length: %u: 0x", type, bits);
            bool enough = left >= len;
            if (!say_circuit_status(o, &v, &left, len))
                return false;
            if (!enough)
                return true;
            continue;
        }
        out_format(o, "\n\t\tunknown TLV #%u, length: %u", type, bits);
        if (left < len) {
            out_text_z(o, " (ran past the end)");
            return true;
        }
        left -= len;
    }
    return true;
}

static i32 say_l2vpn(struct dissect *d, struct view v)
{
    if (!view_has(v, 0, L2VPN_RD))
        return ROUTE_CUT;
    u32 len = be16_at(d, v, L2VPN_LENGTH);
    if (len == AUTO_DISCOVERY_LEN) {
        if (!view_has(v, L2VPN_RD, len))
            return ROUTE_CUT;
        say_z(d, "\n\t      ");
        say_rd(d, v, L2VPN_RD);
        say_at(d, v, ", BGPNH: %pI4", AT_ADDRESS(L2VPN_NEXT_HOP));
        return (i32)(L2VPN_RD + len);
    }
    if (len < LABEL_BLOCK_MIN || !view_has(v, 0, L2VPN_TLVS))
        return ROUTE_CUT;

    char text[L2VPN_TEXT_MAX];
    struct out o = out_fixed(text, sizeof text);
    out_text_z(&o, "RD: ");
    bgp_out_rd(d, &o, bytes_at(d, v, L2VPN_RD, RD_LEN));
    out_format(&o, ", CE-ID: %u, Label-Block Offset: %u, Label Base %u", be16_at(d, v, CE_ID),
               be16_at(d, v, BLOCK_OFFSET), be24_at(d, v, LABEL_BASE) >> 4);
    if (!say_l2vpn_tlvs(d, &o, view_from(v, L2VPN_TLVS), len - (L2VPN_TLVS - L2VPN_RD)))
        return ROUTE_CUT;
    say_z(d, "\n\t      ");
    out_str(d->out, out_text(&o));
    return (i32)(L2VPN_RD + len);
}

/* -- The families */

enum next_hop { HOP_IP4, HOP_IP6, HOP_VPN4, HOP_VPN6, HOP_NSAP, HOP_VPN_NSAP };

/* The least bytes of a next hop. */
static const u8 hop_min[] = { 4, 16, RD_LEN + 4, RD_LEN + 16, 1, RD_LEN + 1 };

static const struct family {
    u16 afi;
    u8 safi;
    u8 hop;      /* enum next_hop */
    u8 max_bits; /* of a plain prefix, when routes are such; they may have path identifiers */
    route_printer *say;
} families[] = {
    { AFI_IPV4, SAFI_UNICAST, HOP_IP4, 32, NULL },
    { AFI_IPV4, SAFI_MULTICAST, HOP_IP4, 32, NULL },
    { AFI_IPV4, SAFI_UNICAST_MULTICAST, HOP_IP4, 32, NULL },
    { AFI_IPV4, SAFI_LABELED, HOP_IP4, 0, say_labeled4 },
    { AFI_IPV4, SAFI_MVPN, HOP_IP4, 0, say_mvpn },
    { AFI_IPV4, SAFI_MDT, HOP_IP4, 0, say_mdt },
    { AFI_IPV4, SAFI_VPN_UNICAST, HOP_VPN4, 0, say_vpn4 },
    { AFI_IPV4, SAFI_VPN_MULTICAST, HOP_VPN4, 0, say_vpn4 },
    { AFI_IPV4, SAFI_VPN_UNICAST_MULTICAST, HOP_VPN4, 0, say_vpn4 },
    { AFI_IPV4, SAFI_ROUTE_TARGET, HOP_IP4, 0, say_route_target },
    { AFI_IPV6, SAFI_UNICAST, HOP_IP6, 128, NULL },
    { AFI_IPV6, SAFI_MULTICAST, HOP_IP6, 128, NULL },
    { AFI_IPV6, SAFI_UNICAST_MULTICAST, HOP_IP6, 128, NULL },
    { AFI_IPV6, SAFI_LABELED, HOP_IP6, 0, say_labeled6 },
    { AFI_IPV6, SAFI_VPN_UNICAST, HOP_VPN6, 0, say_vpn6 },
    { AFI_IPV6, SAFI_VPN_MULTICAST, HOP_VPN6, 0, say_vpn6 },
    { AFI_IPV6, SAFI_VPN_UNICAST_MULTICAST, HOP_VPN6, 0, say_vpn6 },
    { AFI_NSAP, SAFI_UNICAST, HOP_NSAP, 0, say_nsap },
    { AFI_NSAP, SAFI_MULTICAST, HOP_NSAP, 0, say_nsap },
    { AFI_NSAP, SAFI_UNICAST_MULTICAST, HOP_NSAP, 0, say_nsap },
    { AFI_NSAP, SAFI_VPN_UNICAST, HOP_VPN_NSAP, 0, say_vpn_nsap },
    { AFI_NSAP, SAFI_VPN_MULTICAST, HOP_VPN_NSAP, 0, say_vpn_nsap },
    { AFI_NSAP, SAFI_VPN_UNICAST_MULTICAST, HOP_VPN_NSAP, 0, say_vpn_nsap },
    { AFI_VPLS, SAFI_VPLS, HOP_IP4, 0, say_l2vpn },
    { AFI_L2VPN, SAFI_VPN_UNICAST, HOP_IP4, 0, say_l2vpn },
    { AFI_L2VPN, SAFI_VPN_MULTICAST, HOP_IP4, 0, say_l2vpn },
    { AFI_L2VPN, SAFI_VPN_UNICAST_MULTICAST, HOP_IP4, 0, say_l2vpn },
};

static const struct family *find(u16 afi, u8 safi)
{
    for (size_t i = 0; i < countof(families); i++)
        if (families[i].afi == afi && families[i].safi == safi)
            return &families[i];
    return NULL;
}

/* Whether v.len bytes are a list of prefixes, each behind `before` bytes that are not looked at. */
static bool is_prefix_list(struct view v, u32 before, u32 min_bits, u32 max_bits)
{
    u32 at = 0;

    while (at < v.len) {
        int bits = view_byte(v, at + before);
        if (bits < 0) /* as tcpdump: the end of the packet is no objection */
            return at + before <= v.len;
        if ((u32)bits < min_bits || (u32)bits > max_bits)
            return false;
        at += before + 1 + ((u32)bits + 7) / 8;
    }
    return at <= v.len;
}

/*
 * Whether the routes have path identifiers: only an OPEN message said so, which may be long ago. So
 * it is guessed, from what makes sense only with them.  0.0.0.0/0 counts as no prefix, since it is
 * what the first byte of a small identifier looks like.
 */
static bool has_path_ids(struct view v, u32 max_bits)
{
    return v.len > PATH_ID_LEN && is_prefix_list(v, PATH_ID_LEN, 0, max_bits) &&
           !is_prefix_list(v, 0, 1, max_bits);
}

static i32 say_plain(struct dissect *d, struct view v, u32 max_bits, bool path_ids,
                     const char *indent)
{
    struct prefix p;
    const u32 before = path_ids ? PATH_ID_LEN : 0;
    u32 id = path_ids ? be32_at(d, v, 0) : 0;
    i32 n = read_plain(view_from(v, before), max_bits, &p);

    if (n == ROUTE_BAD)
        return bad(d);
    if (n < 0)
        return n;
    if (max_bits == 32)
        say(d, "%s%pI4/%u", indent, p.bytes, p.bits);
    else
        say(d, "%s%pI6/%u", indent, p.bytes, p.bits);
    if (path_ids)
        say(d, "   Path Id: %u", id);
    return (i32)before + n;
}

bool bgp_ip4_routes(struct dissect *d, struct view v, u32 *rest)
{
    const bool path_ids = has_path_ids(v, 32);

    for (*rest = v.len; v.len > 0 && !d->sealed; *rest = v.len) {
        i32 n = say_plain(d, v, 32, path_ids, "\n\t    ");
        if (n == ROUTE_CUT)
            return false;
        if (n < 0)
            break;
        v = view_from(v, (u32)n);
    }
    return true;
}

/* The routes from `off` on in an attribute, v. */
static bool say_routes(struct dissect *d, struct view v, u32 off, const struct family *f)
{
    const u32 end = v.len;
    const bool path_ids = f->max_bits != 0 && has_path_ids(view_from(v, off), f->max_bits);

    while (off < end && !d->sealed) {
        /* as tcpdump: the length is that of the whole attribute */
        struct view route = view_claim(view_from(v, off), v.len);
        i32 n = f->max_bits != 0 ? say_plain(d, route, f->max_bits, path_ids, "\n\t      ")
                                 : f->say(d, route);
        if (n == ROUTE_CUT)
            return false;
        if (n < 0)
            break;
        off += (u32)n;
    }
    return true;
}

static const struct family *say_attribute_family(struct dissect *d, struct view v)
{
    u16 afi = be16_at(d, v, 0);
    u8 safi = u8_at(d, v, 2);

    say(d, "\n\t    AFI: %s (%u), %sSAFI: %s (%u)", name_of(d, afi_names, afi, "Unknown AFI"), afi,
        safi > 128 ? "vendor specific " : "", name_of(d, bgp_safis, safi, "Unknown SAFI"), safi);
    const struct family *f = find(afi, safi);
    if (f == NULL) {
        say(d, "\n\t    no AFI %u / SAFI %u decoder", afi, safi);
        if (!verbose(d, 2)) /* otherwise every attribute is dumped */
            bgp_say_bytes(d, "\n\t    ", v);
    }
    return f;
}

/* RFC 986 and RFC 1888: addresses of IP in those of OSI. */
static void say_mapped_address(struct dissect *d, struct view v, u32 off)
{
    if (view_has(v, off, 4) && be32_at(d, v, off) == 0x47000601)
        say_at(d, v, " = %pI4", AT_ADDRESS(off + 4));
    else if (view_has(v, off, 3) && be24_at(d, v, off) == 0x350000)
        say_at(d, v, " = %pI6", AT_ADDRESS(off + 3));
}

static void say_next_hops(struct dissect *d, struct view v, u32 len, enum next_hop kind)
{
    const u32 min = hop_min[kind];
    u32 at = 0;

    say_z(d, "\n\t    nexthop: ");
    while (at < len && !d->sealed) {
        if (at > 0)
            say_z(d, ", ");
        if (len - at < min) {
            say_z(d, "invalid len");
            return;
        }
        if (kind == HOP_VPN4 || kind == HOP_VPN6 || kind == HOP_VPN_NSAP) {
            say_rd(d, v, at);
            say_z(d, ", ");
        }
        switch (kind) {
        case HOP_IP4: say_ip4_at(d, v, at); break;
        case HOP_VPN4: say_ip4_at(d, v, at + RD_LEN); break;
        case HOP_IP6: say_ip6_at(d, v, at); break;
        case HOP_VPN6: say_ip6_at(d, v, at + RD_LEN); break;
        case HOP_NSAP: out_nsap(d->out, view_sub(v, at, len - at)); return;
        case HOP_VPN_NSAP:
            out_nsap(d->out, view_sub(v, at + RD_LEN, len - at - RD_LEN));
            say_mapped_address(d, v, at + RD_LEN);
            return;
        }
        at += min;
    }
}

bool bgp_reach(struct dissect *d, struct view v)
{
    enum { FAMILY_LEN = 3, HOPS = 4 };

    if (v.len < FAMILY_LEN || !view_has(v, 0, FAMILY_LEN))
        return false;
    const struct family *f = say_attribute_family(d, v);
    if (f == NULL)
        return true;
    if (v.len < HOPS || !view_has(v, 0, HOPS))
        return false;
    u32 hops_len = u8_at(d, v, FAMILY_LEN), off = HOPS + hops_len;
    if (v.len < off)
        return false;
    if (hops_len > 0)
        say_next_hops(d, view_from(v, HOPS), hops_len, f->hop);
    say(d, ", nh-length: %u", hops_len);

    if (v.len <= off || !view_has(v, off, 1))
        return false;
    u32 snpas = u8_at(d, v, off++);
    if (snpas == 0)
        say_z(d, ", no SNPA");
    else
        say(d, "\n\t    %u SNPA", snpas);
    for (u32 i = 0; repeat(d, i, snpas); i++) {
        if (off >= v.len || !view_has(v, off, 1))
            return false;
        u32 len = u8_at(d, v, off++);
        say(d, "\n\t      %u bytes", len);
        off += len;
        if (off > v.len)
            return false;
    }
    return say_routes(d, v, off, f);
}

bool bgp_unreach(struct dissect *d, struct view v)
{
    enum { ROUTES = 3 };

    if (!view_has(v, 0, ROUTES))
        return false;
    const struct family *f = say_attribute_family(d, v);
    if (f == NULL)
        return true;
    if (v.len == ROUTES)
        say_z(d, "\n\t      End-of-Rib Marker (empty NLRI)");
    return say_routes(d, v, ROUTES, f);
}
