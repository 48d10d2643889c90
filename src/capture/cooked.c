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
#include "base/linktype.h"

enum { MAC_ADDRESSES_BYTES = 12, LL_ADDRESS_BYTES = 8, CAN_ID_BYTES = 4 };

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

/* Lengthens `p` at its front by `n` bytes, whose place is returned. */
static u8 *grow(const struct frame *frame, struct packet *p, u32 n)
{
    u8 *front = frame->data - (frame->data - p->data) - n;
    p->data = front;
    p->caplen += n;
    p->len += n;
    return front;
}

static void restore_ethernet_tag(const struct frame *frame, struct packet *p)
{
    if (!p->meta.vlan_present || p->caplen < MAC_ADDRESSES_BYTES)
        return;
    u8 *front = grow(frame, p, VLAN_TAG_BYTES);
    memmove(front, front + VLAN_TAG_BYTES, MAC_ADDRESSES_BYTES);
    store_be16(front + MAC_ADDRESSES_BYTES, p->meta.vlan_tpid);
    store_be16(front + MAC_ADDRESSES_BYTES + 2, p->meta.vlan_tci);
}

/*
 * The header's protocol field.  With a tag it says that a tag follows, and the tag's second half
 * and the real protocol come first in the payload, as they would on the wire.
 */
static u16 protocol_and_tag(const struct frame *frame, struct packet *p)
{
    if (!p->meta.vlan_present)
        return p->meta.protocol;
    u8 *front = grow(frame, p, VLAN_TAG_BYTES);
    store_be16(front, p->meta.vlan_tci);
    store_be16(front + 2, p->meta.protocol);
    return p->meta.vlan_tpid;
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
    store_be16(to + 14, protocol);
}

static void put_sll2(u8 *to, const struct sockaddr_ll *from, u16 protocol)
{
    store_be16(to, protocol);
    store_be16(to + 2, 0);
    store_be32(to + 4, (u32)from->sll_ifindex);
    store_be16(to + 8, from->sll_hatype);
    to[10] = from->sll_pkttype;
    to[11] = from->sll_halen;
    put_address(to + 12, from);
}

static void add_header(enum framing framing, const struct frame *frame, struct packet *p)
{
    u16 protocol = protocol_and_tag(frame, p);
    u8 *front = grow(frame, p, framing_header_bytes(framing));
    if (framing == FRAMING_SLL2)
        put_sll2(front, frame->from, protocol);
    else
        put_sll(front, frame->from, protocol);
}

static void swap_can_id(const struct frame *frame, const struct packet *p)
{
    u32 id;
    if (p->caplen < CAN_ID_BYTES)
        return;
    memcpy(&id, frame->data, CAN_ID_BYTES);
    store_be32(frame->data, id);
}

void framing_apply(enum framing framing, const struct frame *frame, struct packet *p)
{
    switch (framing) {
    case FRAMING_NONE: break;
    case FRAMING_ETHERNET: restore_ethernet_tag(frame, p); break;
    case FRAMING_CAN: swap_can_id(frame, p); break;
    case FRAMING_SLL:
    case FRAMING_SLL2: add_header(framing, frame, p); break;
    }
}
