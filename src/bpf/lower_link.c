/* Addresses and direction of the link layer. */
#include "base/ethertype.h"
#include "bpf/lower.h"

enum { MAC_BYTES = 6 };
enum { IP_DST = 16, IP6_DST = 24 };

/* <linux/if_packet.h> and <linux/filter.h> */
enum { PACKET_OUTGOING = 4, AD_PKTTYPE = 4, AD_IFINDEX = 8 };

struct address_row {
    u8 src, dst; /* from the link-layer header */
};

/* Where addresses of six bytes are. */
static const struct address_row rows[] = {
    [ADDRESSES_ETHER] = { 6, 0 }, [ADDRESSES_FDDI] = { 7, 1 }, [ADDRESSES_RING] = { 8, 2 },
    [ADDRESSES_FC] = { 10, 2 },
};

static bool has_mac48(const struct layout *at)
{
    return at->addresses >= ADDRESSES_ETHER && at->addresses <= ADDRESSES_WLAN;
}

void lower_mac_offsets(const struct layout *at, u32 *src, u32 *dst)
{
    *src = rows[at->addresses].src;
    *dst = rows[at->addresses].dst;
}

static const struct test *mac(struct lower *l, const struct layout *at, u32 offset, const u8 bytes[6],
                              struct exits to)
{
    return lower_bytes(l, at->header, offset, bytes, MAC_BYTES, to,
                       offset == rows[at->addresses].src ? "source address of the frame"
                                                         : "destination address of the frame");
}

const struct test *lower_link_host(struct lower *l, const struct layout *at, const struct match *m,
                                   const u8 bytes[6], struct exits to)
{
    if (!has_mac48(at))
        return lower_fail_link(l, "ethernet addresses supported only on ethernet/FDDI/token ring/802.11/"
                                  "ATM LANE/Fibre Channel");
    if (at->addresses == ADDRESSES_WLAN)
        return lower_wlan_host(l, at, m->dir, bytes, to);
    u32 src = rows[at->addresses].src, dst = rows[at->addresses].dst;
    struct exits other = to;
    switch (m->dir) {
    case DIR_SRC: to.yes = mac(l, at, src, bytes, to); break;
    case DIR_DST: to.yes = mac(l, at, dst, bytes, to); break;
    case DIR_AND:
        other.yes = mac(l, at, dst, bytes, to);
        to.yes = mac(l, at, src, bytes, other);
        break;
    case DIR_OR:
        other.no = mac(l, at, dst, bytes, to);
        to.yes = mac(l, at, src, bytes, other);
        break;
    default:
        return lower_fail(l, "'addr1' to 'addr4', 'ra' and 'ta' are only supported on 802.11 link layers");
    }
    return lower_has_header(l, at, to);
}

const struct test *lower_link_host8(struct lower *l, const struct layout *at, const struct match *m,
                                    u32 number, struct exits to)
{
    static const u8 arcnet[] = { 0, 1 }, mstp[] = { 4, 3 }; /* source, destination */
    const u8 *offsets = at->addresses == ADDRESSES_ARCNET ? arcnet : mstp;
    const char *what = "link-layer address";

    if (at->addresses != ADDRESSES_ARCNET && at->addresses != ADDRESSES_MSTP)
        return lower_fail_link(l, "aid supported only on ARCnet");
    const struct value *src = lower_load(l, at->header, offsets[0], 1);
    const struct value *dst = lower_load(l, at->header, offsets[1], 1);
    switch (m->dir) {
    case DIR_SRC: return lower_is(l, CMP_EQ, src, number, to, what);
    case DIR_DST: return lower_is(l, CMP_EQ, dst, number, to, what);
    case DIR_AND: to.yes = lower_is(l, CMP_EQ, dst, number, to, what); break;
    case DIR_OR: to.no = lower_is(l, CMP_EQ, dst, number, to, what); break;
    default:
        return lower_fail(l, "'addr1' to 'addr4', 'ra' and 'ta' are only supported on 802.11 link layers");
    }
    return lower_is(l, CMP_EQ, src, number, to, what);
}

/* ip broadcast: the host part of the address is all zeros or all ones. */
static const struct test *ip_broadcast(struct lower *l, const struct layout *at, struct exits to)
{
    u32 host = ~l->options->netmask;
    if (!l->options->netmask_known || host == 0)
        return lower_fail(l, "netmask not known, so 'ip broadcast' not supported");
    struct place network = lower_network(at);
    struct exits zeros = { to.yes, lower_field(l, network, IP_DST, 4, host, host, to,
                                               "host part of the address, all ones") };
    to.yes = lower_field(l, network, IP_DST, 4, host, 0, zeros, "host part of the address, all zeros");
    return lower_type(l, at, ETHERTYPE_IP, to);
}

const struct test *lower_broadcast(struct lower *l, const struct layout *at, enum q_proto proto,
                                   struct exits to)
{
    static const u8 all[MAC_BYTES] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
    struct match m = { .proto = Q_LINK, .dir = DIR_DST, .type = TYPE_HOST };

    switch (proto) {
    case Q_ANY:
    case Q_LINK:
        if (at->addresses == ADDRESSES_ARCNET)
            return lower_link_host8(l, at, &m, 0, to);
        if (at->addresses == ADDRESSES_MSTP)
            return lower_link_host8(l, at, &m, 0xff, to);
        if (at->addresses == ADDRESSES_NONE)
            return lower_fail(l, "not a broadcast link");
        return lower_link_host(l, at, &m, all, to);
    case Q_IP: return ip_broadcast(l, at, to);
    default: return lower_fail(l, "only link-layer/IP broadcast filters supported");
    }
}

static const struct test *link_multicast(struct lower *l, const struct layout *at, struct exits to)
{
    struct match m = { .proto = Q_LINK, .dir = DIR_DST, .type = TYPE_HOST };

    switch (at->addresses) {
    case ADDRESSES_ARCNET: return lower_link_host8(l, at, &m, 0, to);
    case ADDRESSES_ETHER:
    case ADDRESSES_FDDI:
    case ADDRESSES_RING:
    case ADDRESSES_FC:
        to.yes = lower_is(l, CMP_SET, lower_load(l, at->header, rows[at->addresses].dst, 1), 1, to,
                          "group bit of the destination address");
        return lower_has_header(l, at, to);
    case ADDRESSES_WLAN: return lower_wlan_multicast(l, at, to);
    default:
        return lower_fail_link(l, "link-layer multicast filters supported only on ethernet/FDDI/token ring/"
                                  "ARCNET/802.11/ATM LANE/Fibre Channel");
    }
}

const struct test *lower_multicast(struct lower *l, const struct layout *at, enum q_proto proto,
                                   struct exits to)
{
    switch (proto) {
    case Q_ANY:
    case Q_LINK: return link_multicast(l, at, to);
    case Q_IP: /* 224.0.0.0/4 */
        to.yes = lower_field(l, lower_network(at), IP_DST, 1, 0xf0, 0xe0, to, "IPv4 multicast address");
        return lower_type(l, at, ETHERTYPE_IP, to);
    case Q_IP6: /* ff00::/8 */
        to.yes = lower_field(l, lower_network(at), IP6_DST, 1, 0xff, 0xff, to, "IPv6 multicast address");
        return lower_type(l, at, ETHERTYPE_IPV6, to);
    default:
        return lower_fail_link(l, "link-layer multicast filters supported only on ethernet/FDDI/token ring/"
                                  "ARCNET/802.11/ATM LANE/Fibre Channel");
    }
}

/* What a savefile lacks. */
static const struct test *hint_live(struct lower *l)
{
    diag_hint(l->diag, "the kernel knows it of live packets: see --live");
    return l->ir->reject;
}

const struct test *lower_direction(struct lower *l, const struct layout *at, bool inbound,
                                   struct exits to)
{
    const struct place start = { NULL, 0 };
    const char *what = "direction of the packet";

    switch (at->link->direction) {
    case DIRECTION_SLL: /* sll_pkttype */
        return lower_field(l, start, 0, 2, 0xffff, PACKET_OUTGOING, inbound ? swapped(to) : to, what);
    case DIRECTION_SLL2:
        return lower_field(l, start, 10, 1, 0xff, PACKET_OUTGOING, inbound ? swapped(to) : to, what);
    case DIRECTION_SLIP:
    case DIRECTION_PPPD: /* 0 is received, 1 sent */
        return lower_field(l, start, 0, 1, 0xff, inbound ? 0 : 1, to, what);
    case DIRECTION_IPNET: /* 2 is received, 1 sent */
        return lower_field(l, start, 2, 2, 0xffff, inbound ? 2 : 1, to, what);
    case DIRECTION_PFLOG: /* PF_IN, PF_OUT */
        return lower_field(l, start, 60, 1, 0xff, inbound ? 1 : 2, to, what);
    case DIRECTION_JUNIPER: /* set when the packet came in */
        return lower_is(l, CMP_SET, lower_load(l, start, 3, 1), 1, inbound ? to : swapped(to), what);
    case DIRECTION_BRCM: /* the opcode of the tag: 0 from the switch, 1 to it */
        return lower_field(l, start, 12, 1, 0xe0, inbound ? 0x00 : 0x20, to, what);
    case DIRECTION_DSA: /* the tag's mode: 0 to the processor, 1 from it */
        return lower_field(l, start, 12, 1, 0xc0, inbound ? 0x00 : 0x40, to, what);
    default: break;
    }
    if (l->options->live)
        return lower_is(l, CMP_EQ, ir_meta(l->ir, AD_PKTTYPE), PACKET_OUTGOING, inbound ? swapped(to) : to,
                        what);
    lower_fail(l, "%s is not supported on %s when reading savefiles", inbound ? "inbound" : "outbound",
               lower_link_name(l));
    return hint_live(l);
}

const struct test *lower_ifindex(struct lower *l, const struct layout *at, u32 index, struct exits to)
{
    const struct place start = { NULL, 0 };
    if ((at->link->features & FEATURE_IFINDEX) != 0)
        return lower_field(l, start, 4, 4, 0xffffffff, index, to, "interface index");
    if (l->options->live)
        return lower_is(l, CMP_EQ, ir_meta(l->ir, AD_IFINDEX), index, to, "interface index");
    lower_fail(l, "ifindex not supported on %s when reading savefiles", lower_link_name(l));
    return hint_live(l);
}

/* byte N op K */
const struct test *lower_byte(struct lower *l, const struct layout *at, const struct ast *n, struct exits to)
{
    const struct value *byte = lower_load(l, at->header, n->byte.offset, 1);
    u32 k = n->byte.number;
    const char *what = "byte of the packet";

    switch (n->byte.op) {
    case '=': to.yes = lower_is(l, CMP_EQ, byte, k, to, what); break;
    case '<': to.yes = lower_is(l, CMP_GE, byte, k, swapped(to), what); break;
    case '>': to.yes = lower_is(l, CMP_GT, byte, k, to, what); break;
    case '&': to.yes = lower_is(l, CMP_SET, byte, k, to, what); break;
    default: /* with any other number at least one bit is set */
        if (k == 0)
            to.yes = lower_is(l, CMP_EQ, byte, 0, swapped(to), what);
        break;
    }
    return lower_has_header(l, at, to);
}
