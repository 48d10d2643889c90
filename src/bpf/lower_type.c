/*
 * What the link layer says about its payload.
 *
 * The question is always asked as an EtherType, or as an LLC service access point when below 256;
 * each spelling has its own answer.
 */
#include "base/ethertype.h"
#include "base/llc.h"
#include "bpf/lower.h"

/* <sys/socket.h> numbers of IPv6, by system; IPv4 is 2 everywhere. */
enum {
    FAMILY_IP = 2,
    FAMILY_IP6_LINUX = 10, FAMILY_IP6_BSD = 24, FAMILY_IP6_FREEBSD = 28, FAMILY_IP6_DARWIN = 30,
    FAMILY_IP6_IPNET = 26,
};

/* PPP protocol numbers, IANA. */
enum {
    PPP_IP = 0x0021, PPP_OSI = 0x0023, PPP_NS = 0x0025, PPP_DECNET = 0x0027, PPP_APPLE = 0x0029,
    PPP_IPX = 0x002b, PPP_VJC = 0x002d, PPP_VJNC = 0x002f, PPP_BRIDGE = 0x0031, PPP_IPV6 = 0x0057,
};

enum { SLL_802_3 = 1, SLL_802_2 = 4 }; /* ETH_P_802_3 and ETH_P_802_2 of <linux/if_ether.h> */

/* The name of the protocol field, for explanations. */
static const char *type_name(const struct layout *at)
{
    switch (at->spelling) {
    case SPELL_ETHER:
    case SPELL_TYPE16: return "EtherType";
    case SPELL_SLL: return "protocol of the cooked header";
    case SPELL_PPP:
    case SPELL_PPP_BSDOS: return "PPP protocol";
    default: return "the link layer's protocol field";
    }
}

static bool is_sap(u32 type)
{
    return type <= LLC_SAP_MAX;
}

static const struct test *always(bool holds, struct exits to)
{
    return holds ? to.yes : to.no;
}

/* The two-byte field at the layout's type. */
static const struct value *type_field(struct lower *l, const struct layout *at)
{
    return lower_load(l, at->type, 0, 2);
}

static const struct test *type_is(struct lower *l, const struct layout *at, u32 type, struct exits to)
{
    return lower_is(l, CMP_EQ, type_field(l, at), type, to, type_name(at));
}

/*
 * SNAP, IEEE 802 clause 10.3:  | aa aa 03 | OUI, 3 bytes | type, 2 bytes |
 *
 * The half with the type goes first: it tells more.
 */
static const struct test *snap(struct lower *l, struct place llc, u32 oui, u32 type, struct exits to)
{
    u32 head = (u32)SAP_SNAP << 24 | (u32)SAP_SNAP << 16 | 0x0300u | oui >> 16;
    to.yes = lower_is(l, CMP_EQ, lower_load(l, llc, 0, 4), head, to, "LLC with SNAP");
    return lower_is(l, CMP_EQ, lower_load(l, llc, 4, 4), (oui & 0xffff) << 16 | type, to, "protocol in SNAP");
}

/* LLC access points: both for protocols that always use the same, else the destination's. */
static const struct test *sap(struct lower *l, struct place llc, u32 type, struct exits to)
{
    if (type == SAP_ISONS || type == SAP_IP || type == SAP_NETBIOS)
        return lower_is(l, CMP_EQ, lower_load(l, llc, 0, 2), type << 8 | type, to, "LLC access points");
    return lower_is(l, CMP_EQ, lower_load(l, llc, 0, 1), type, to, "LLC destination access point");
}

/* An LLC header that is certain to be there. */
static const struct test *llc(struct lower *l, struct place at, u32 type, struct exits to)
{
    if (type == ETHERTYPE_ATALK)
        return snap(l, at, OUI_APPLETALK, type, to);
    if (is_sap(type))
        return sap(l, at, type, to);
    return lower_is(l, CMP_EQ, lower_load(l, at, 6, 2), type, to, "protocol in SNAP");
}

/* An LLC header whose frame may be something else as well, so SNAP is read whole. */
static const struct test *ether_llc(struct lower *l, struct place at, u32 type, struct exits to)
{
    switch (type) {
    case ETHERTYPE_ATALK: return snap(l, at, OUI_APPLETALK, type, to);
    case ETHERTYPE_AARP: return snap(l, at, OUI_ENCAP_ETHER, type, to);
    default: return sap(l, at, type, to);
    }
}

static const struct test *ether(struct lower *l, const struct layout *at, u32 type, struct exits to)
{
    struct exits framed = to;
    bool also_type = type == ETHERTYPE_ATALK || type == ETHERTYPE_AARP || type == SAP_IPX;

    if (!is_sap(type) && !also_type)
        return type_is(l, at, type, to);
    if (type == SAP_IPX) {
        /* Novell's raw frames have no LLC at all: a length, then a checksum of 0xffff. */
        framed.no = lower_is(l, CMP_EQ, lower_load(l, at->payload, 0, 2), 0xffff, to, "IPX without LLC");
        framed.no = sap(l, at->payload, type, framed);
        framed.yes = snap(l, at->payload, OUI_ENCAP_ETHER, ETHERTYPE_IPX, framed);
    } else {
        framed.yes = ether_llc(l, at->payload, type, to);
    }
    struct exits length = { to.no, framed.yes };
    to.no = lower_is(l, CMP_GT, type_field(l, at), LENGTH_MAX, length,
                     "EtherType, or a length, so LLC follows");
    return also_type ? type_is(l, at, type == SAP_IPX ? ETHERTYPE_IPX : type, to) : to.no;
}

/* LAN emulation also sends control frames, which begin with ff 00: ATM Forum af-lane-0021, 3.3. */
static const struct test *ether_frame(struct lower *l, const struct layout *at, u32 type, struct exits to)
{
    if (at->lane) {
        to.yes = ether(l, at, type, to);
        return lower_has_header(l, at, to);
    }
    return ether(l, at, type, to);
}

static const struct test *sll(struct lower *l, const struct layout *at, u32 type, struct exits to)
{
    struct exits framed = to;
    bool also_type = type == ETHERTYPE_ATALK || type == ETHERTYPE_AARP || type == SAP_IPX;

    if (!is_sap(type) && !also_type)
        return type_is(l, at, type, to);
    if (type == SAP_IPX) {
        framed.no = snap(l, at->payload, OUI_ENCAP_ETHER, ETHERTYPE_IPX, to);
        framed.yes = sap(l, at->payload, type, framed);
    } else {
        framed.yes = ether_llc(l, at->payload, type, to);
    }
    framed.no = to.no;
    to.no = type_is(l, at, SLL_802_2, framed);
    if (type == SAP_IPX)
        to.no = type_is(l, at, SLL_802_3, to);
    return also_type ? type_is(l, at, type == SAP_IPX ? ETHERTYPE_IPX : type, to) : to.no;
}

static u32 ppp_number(u32 type)
{
    switch (type) {
    case ETHERTYPE_IP: return PPP_IP;
    case ETHERTYPE_IPV6: return PPP_IPV6;
    case ETHERTYPE_DN: return PPP_DECNET;
    case ETHERTYPE_ATALK: return PPP_APPLE;
    case ETHERTYPE_NS: return PPP_NS;
    case SAP_ISONS: return PPP_OSI;
    case SAP_STP: return PPP_BRIDGE;
    case SAP_IPX: return PPP_IPX;
    default: return type;
    }
}

static const struct test *ppp_bsdos(struct lower *l, const struct layout *at, u32 type, struct exits to)
{
    if (type == ETHERTYPE_IP) {
        to.no = type_is(l, at, PPP_VJNC, to);
        to.no = type_is(l, at, PPP_VJC, to);
    }
    return type_is(l, at, ppp_number(type), to);
}

/* The version in the first byte of the packet's header. */
static const struct test *version(struct lower *l, struct place at, u32 type, struct exits to)
{
    if (type != ETHERTYPE_IP && type != ETHERTYPE_IPV6)
        return to.no;
    return lower_field(l, at, 0, 1, 0xf0, type == ETHERTYPE_IP ? 0x40 : 0x60, to, "IP version");
}

static u32 swap_bytes(u32 x)
{
    return x >> 24 | (x >> 8 & 0xff00) | (x & 0xff00) << 8 | x << 24;
}

/* A word of this machine, as a big-endian load sees it. */
static u32 native(u32 x)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return swap_bytes(x);
#else
    return x;
#endif
}

/*
 * Address families.  A live capture is this machine's; a file may come from any system, and in
 * SPELL_FAMILY_ANY from a machine of either byte order.
 */
static const struct test *family(struct lower *l, const struct layout *at, u32 type, struct exits to)
{
    static const u8 ip6[] = { FAMILY_IP6_BSD, FAMILY_IP6_FREEBSD, FAMILY_IP6_DARWIN };
    static const u8 ip[] = { FAMILY_IP }, ip6_here[] = { FAMILY_IP6_LINUX };
    bool live = l->options->live;
    const struct value *field = lower_load(l, at->type, 0, at->spelling == SPELL_PFLOG ? 1 : 4);
    const u8 *numbers = type == ETHERTYPE_IP ? ip : live ? ip6_here : ip6;
    size_t count = type == ETHERTYPE_IP || live ? 1 : countof(ip6);

    if (type != ETHERTYPE_IP && type != ETHERTYPE_IPV6)
        return to.no;
    for (size_t i = count; i-- > 0;) {
        u32 number = numbers[i];
        if (at->spelling == SPELL_FAMILY_ANY && live)
            number = native(number);
        else if (at->spelling == SPELL_FAMILY_ANY)
            to.no = lower_is(l, CMP_EQ, field, swap_bytes(number), to, "address family");
        to.no = lower_is(l, CMP_EQ, field, number, to, "address family");
    }
    return to.no;
}

static const struct test *arcnet(struct lower *l, const struct layout *at, u32 type, struct exits to)
{
    u32 system; /* system codes: ATA 878.2 */
    switch (type) {
    case ETHERTYPE_IPV6: system = 196; break;
    case ETHERTYPE_IP: system = 212; break;
    case ETHERTYPE_ARP: system = 213; break;
    case ETHERTYPE_REVARP: system = 214; break;
    case ETHERTYPE_ATALK: system = 221; break;
    default: return to.no;
    }
    return lower_is(l, CMP_EQ, lower_load(l, at->type, 0, 1), system, to, "ARCnet system code");
}

/* RFC 2427, section 3: a control byte of 3, then the network layer protocol identifier. */
static const struct test *frame_relay(struct lower *l, const struct layout *at, u32 type, struct exits to)
{
    switch (type) {
    case ETHERTYPE_IP: return type_is(l, at, 0x03cc, to);
    case ETHERTYPE_IPV6: return type_is(l, at, 0x038e, to);
    case SAP_ISONS:
        to.no = type_is(l, at, 0x0383, to);
        to.no = type_is(l, at, 0x0382, to);
        return type_is(l, at, 0x0381, to);
    default: return to.no;
    }
}

static const struct test *ipnet(struct lower *l, const struct layout *at, u32 type, struct exits to)
{
    if (type != ETHERTYPE_IP && type != ETHERTYPE_IPV6)
        return to.no;
    u32 number = type == ETHERTYPE_IP ? FAMILY_IP : FAMILY_IP6_IPNET;
    return lower_is(l, CMP_EQ, lower_load(l, at->type, 0, 1), number, to, "address family");
}

/* The bottom of the label stack, and what the version nibble behind it says: RFC 3032, section 2.1. */
static const struct test *mpls(struct lower *l, const struct layout *at, u32 type, struct exits to)
{
    if (type != ETHERTYPE_IP && type != ETHERTYPE_IPV6)
        return lower_fail(l, "unsupported protocol over mpls");
    to.yes = version(l, lower_network(at), type, to);
    return lower_field(l, lower_network(at), (u32)-2, 1, 0x01, 0x01, to, "bottom of the MPLS labels");
}

const struct test *lower_type(struct lower *l, const struct layout *at, u32 type, struct exits to)
{
    bool has_llc = at->spelling == SPELL_ETHER || at->spelling == SPELL_LLC || at->spelling == SPELL_SLL ||
                   at->spelling == SPELL_WLAN || at->spelling == SPELL_SUNATM;
    if (type > 0xffff)
        return lower_fail(l, "protocol number %u greater than maximum 65535", type);
    if (has_llc && type > LLC_SAP_MAX && type <= LENGTH_MAX)
        return lower_fail(l, "protocol number %u is neither an LLC access point nor an EtherType", type);

    switch (at->spelling) {
    case SPELL_ETHER: return ether_frame(l, at, type, to);
    case SPELL_WLAN:
        to.yes = llc(l, at->type, type, to);
        return lower_wlan_data(l, at, to);
    case SPELL_SUNATM:
        to.yes = llc(l, at->type, type, to);
        return lower_field(l, at->header, 0, 1, 0x0f, 2, to, "traffic type of the ATM cell");
    case SPELL_LLC: return llc(l, at->type, type, to);
    case SPELL_SLL: return sll(l, at, type, to);
    case SPELL_TYPE16: return type_is(l, at, type, to);
    case SPELL_HDLC: return type_is(l, at, type == SAP_ISONS ? 0xfefe : type, to);
    case SPELL_PPP: return type_is(l, at, ppp_number(type), to);
    case SPELL_PPP_BSDOS: return ppp_bsdos(l, at, type, to);
    case SPELL_VERSION: return version(l, at->type, type, to);
    case SPELL_IP4_ONLY: return always(type == ETHERTYPE_IP, to);
    case SPELL_IP6_ONLY: return always(type == ETHERTYPE_IPV6, to);
    case SPELL_FAMILY_ANY:
    case SPELL_FAMILY_BIG:
    case SPELL_PFLOG: return family(l, at, type, to);
    case SPELL_ARCNET: return arcnet(l, at, type, to);
    case SPELL_LTALK: return always(type == ETHERTYPE_ATALK, to);
    case SPELL_FRELAY: return frame_relay(l, at, type, to);
    case SPELL_IPNET: return ipnet(l, at, type, to);
    case SPELL_JUNIPER:
        return lower_field(l, at->header, 0, 4, 0xffffff00, 0x4d474300, to, "Juniper's magic number");
    case SPELL_MPLS: return mpls(l, at, type, to);
    default: return lower_fail(l, "link-layer type filtering not implemented for %s", lower_link_name(l));
    }
}
