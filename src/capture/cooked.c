/*
 * Cooked headers (www.tcpdump.org/linktypes: LINUX_SLL, LINUX_SLL2, NETLINK, CAN_SOCKETCAN) and
 * VLAN tags.
 *
 *   SLL    packet type 2 | ARPHRD 2 | address length 2 | address 8 | protocol 2
 *   SLL2   protocol 2 | reserved 2 | interface 4 | ARPHRD 2 | packet type 1 | address length 1 |
 *          address 8
 *
 * All fields are in network byte order.
 */
#include "capture/cooked.h"

#include <string.h>

#include "base/bytes.h"
#include "base/checksum.h"
#include "base/ethertype.h"
#include "base/linktype.h"

enum {
    MAC_ADDRESSES_BYTES = 12,
    LL_ADDRESS_BYTES = 8,
    CAN_ID_BYTES = 4,
    SLL_PROTOCOL_AT = 14,
    SLL2_PROTOCOL_AT = 0,
    IP_HEADER_MIN = 20,
    IP6_HEADER = 40,
};

enum framing framing_of(u16 linktype, bool cooked)
{
    if (cooked)
        return linktype == LINKTYPE_LINUX_SLL2 ? FRAMING_SLL2 : FRAMING_SLL;
    switch (linktype) {
    case LINKTYPE_EN10MB:
    case LINKTYPE_DOCSIS: return FRAMING_ETHERNET;
    case LINKTYPE_CAN_SOCKETCAN: return FRAMING_CAN;
    default: return FRAMING_NONE;
    }
}

u32 framing_header_bytes(enum framing framing)
{
    return framing == FRAMING_SLL ? SLL_BYTES : framing == FRAMING_SLL2 ? SLL2_BYTES : 0;
}

/*
 * Whether `n` bytes at `data` begin as a packet of `protocol` does, of which `len` were on the wire.
 * Only asked when they may be a tag instead; of protocols without a rule, a tag is the better guess.
 */
static bool plausible(u16 protocol, const u8 *data, u32 n, u32 len)
{
    u32 header = (data[0] & 0xfu) * 4;
    struct checksum sum = { 0 };
    switch (protocol) {
    case ETHERTYPE_IP:
        if (n < header || header < IP_HEADER_MIN || data[0] >> 4 != 4)
            return false;
        checksum_add(&sum, view_over(data, header, header));
        return checksum_end(&sum) == 0;
    case ETHERTYPE_IPV6:
        return n >= IP6_HEADER && data[0] >> 4 == 6 && (u32)load_be16(data + 4) + IP6_HEADER <= len;
    default: return false;
    }
}

u16 framing_inner_protocol(const struct frame *frame, u16 reported)
{
    if (frame->caplen < VLAN_TAG_BYTES || load_be16(frame->data + 2) != reported ||
        plausible(reported, frame->data, frame->caplen, frame->len))
        return reported;
    return ETHERTYPE_8021Q;
}

/* Lengthens `p` at its front by `n` bytes of the ring's headroom, whose place is returned. */
static u8 *grow(struct packet *p, u32 n)
{
    u8 *front = (u8 *)(uintptr_t)p->data - n; /* the ring is ours to write */
    p->data = front;
    p->caplen += n;
    p->len += n;
    return front;
}

/* The kernel leaves what it likes behind the address. */
static void put_address(u8 *to, const struct sockaddr_ll *from)
{
    u32 n = from->sll_halen < LL_ADDRESS_BYTES ? from->sll_halen : LL_ADDRESS_BYTES;
    memset(to, 0, LL_ADDRESS_BYTES);
    memcpy(to, from->sll_addr, n);
}

static void put_sll(u8 *to, const struct sockaddr_ll *from, u16 protocol)
{
    store_be16(to, from->sll_pkttype);
    store_be16(to + 2, from->sll_hatype);
    store_be16(to + 4, from->sll_halen);
    put_address(to + 6, from);
    store_be16(to + SLL_PROTOCOL_AT, protocol);
}

static void put_sll2(u8 *to, const struct sockaddr_ll *from, u16 protocol)
{
    store_be16(to + SLL2_PROTOCOL_AT, protocol);
    store_be16(to + 2, 0);
    store_be32(to + 4, (u32)from->sll_ifindex);
    store_be16(to + 8, from->sll_hatype);
    to[10] = from->sll_pkttype;
    to[11] = from->sll_halen;
    put_address(to + 12, from);
}

void framing_header(enum framing framing, const struct frame *frame, struct packet *p)
{
    if (framing == FRAMING_SLL)
        put_sll(grow(p, SLL_BYTES), frame->from, p->meta.protocol);
    else if (framing == FRAMING_SLL2)
        put_sll2(grow(p, SLL2_BYTES), frame->from, p->meta.protocol);
}

/* Opens a gap of a tag's size behind the first `n` bytes and returns its place. */
static u8 *open_gap(struct packet *p, u32 n)
{
    u8 *front = grow(p, VLAN_TAG_BYTES);
    memmove(front, front + VLAN_TAG_BYTES, n);
    return front + n;
}

static void tag_ethernet(struct packet *p)
{
    if (p->caplen < MAC_ADDRESSES_BYTES)
        return;
    u8 *gap = open_gap(p, MAC_ADDRESSES_BYTES);
    store_be16(gap, p->meta.vlan_tpid);
    store_be16(gap + 2, p->meta.vlan_tci);
}

/*
 * The header's protocol field says that a tag follows; the tag's number and the real protocol come
 * first in the payload, as they do on the wire.
 */
static void tag_cooked(struct packet *p, u32 header_bytes, u32 protocol_at)
{
    u8 *gap = open_gap(p, header_bytes);
    store_be16(gap - header_bytes + protocol_at, p->meta.vlan_tpid);
    store_be16(gap, p->meta.vlan_tci);
    store_be16(gap + 2, p->meta.protocol);
}

static void swap_can_id(struct packet *p)
{
    u32 id;
    if (p->caplen < CAN_ID_BYTES)
        return;
    memcpy(&id, p->data, CAN_ID_BYTES);
    store_be32((u8 *)(uintptr_t)p->data, id);
}

void framing_tag(enum framing framing, struct packet *p)
{
    bool tagged = p->meta.vlan_present;
    switch (framing) {
    case FRAMING_NONE: break;
    case FRAMING_CAN: swap_can_id(p); break;
    case FRAMING_ETHERNET:
        if (tagged)
            tag_ethernet(p);
        break;
    case FRAMING_SLL:
        if (tagged)
            tag_cooked(p, SLL_BYTES, SLL_PROTOCOL_AT);
        break;
    case FRAMING_SLL2:
        if (tagged)
            tag_cooked(p, SLL2_BYTES, SLL2_PROTOCOL_AT);
        break;
    }
}
