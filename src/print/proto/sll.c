/*
 * Linux cooked captures: what the kernel knows about a packet in place of its link header.
 * LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2, www.tcpdump.org/linktypes.
 *
 *   version 1   packet type 2, ARPHRD type 2, address length 2, address 8, protocol 2
 *   version 2   protocol 2, reserved 2, interface index 4, ARPHRD type 2, packet type 1,
 *               address length 1, address 8
 */
#include "base/ethertype.h"
#include "base/linktype.h"
#include "base/llc.h"
#include "print/printer.h"
#include "print/proto/ether.h"
#include "print/proto/llc.h"

enum { V1_TYPE, V1_HARDWARE = 2, V1_ADDRESS_LEN = 4, V1_ADDRESS = 6, V1_PROTOCOL = 14, V1_LEN = 16 };

enum {
    V2_PROTOCOL,
    V2_INTERFACE = 4,
    V2_HARDWARE = 8,
    V2_TYPE = 10,
    V2_ADDRESS_LEN,
    V2_ADDRESS,
    V2_LEN = 20,
};

enum { TAG, TAGGED_TYPE = 2, TAG_LEN = 4 };

/* Protocols that are no EtherTypes: <linux/if_ether.h>. */
enum { PROTOCOL_8023 = 0x0001, PROTOCOL_8022 = 0x0004 };

/* <linux/if_arp.h> */
enum { ARPHRD_IEEE80211_RADIOTAP = 803 };

NAMES(types, (0, "In") (1, "B") (2, "M") (3, "P") (4, "Out"));

struct cooked {
    u16 type, hardware, protocol;
    u16 address_len;
    struct view address; /* 8 bytes */
    bool has_interface;
    u32 interface;
    u32 length; /* of header and payload */
};

/* What -e shows, and a packet that nobody decodes, less its tags. */
static void say_header(struct dissect *d, const struct cooked *c, u32 tags_len)
{
    if (c->has_interface)
        say(d, "ifindex %u ", c->interface);
    else
        say(d, "%3s ", name_of(d, &types.names, c->type, "?"));
    if (c->address_len == ETHER_ADDR_LEN) {
        say_mac_at(d, c->address, 0);
        say_z(d, " ");
    }
    if (d->opt->quick)
        return;
    const char *name = ethertype_name(c->protocol);
    if (c->protocol == PROTOCOL_8023)
        say_z(d, "802.3");
    else if (c->protocol == PROTOCOL_8022)
        say_z(d, "802.2");
    else
        say(d, "ethertype %s (0x%04x)",
            name != NULL && c->protocol > ETHER_LENGTH_MAX ? name : "Unknown", c->protocol);
    say(d, ", length %u: ", c->length - tags_len);
}

/* A protocol number below the EtherTypes. */
static u32 say_old_protocol(struct dissect *d, u16 protocol, struct view v)
{
    switch (protocol) {
    case PROTOCOL_8023: dispatch_llc(d, SAP_IPX, SAP_IPX, v); return 0;
    case PROTOCOL_8022: break;
    default: say_payload(d, v); return 0;
    }
    bool known;
    u32 header_len = llc_frame(d, v, (struct llc_addresses){ NULL, NULL }, &known);
    return known ? header_len : 0;
}

/* The payload.  Returns the bytes of headers before what is in it. */
static u32 say_content(struct dissect *d, const struct cooked *c, struct view v)
{
    u16 protocol = c->protocol;
    struct view rest = v;

    while (protocol == ETHERTYPE_8021Q) {
        if (!view_has(rest, 0, TAG_LEN)) {
            d->proto = "vlan";
            truncated(d);
            return v.cap;
        }
        if (d->opt->link_header) {
            say_vlan_tag(d, be16_at(d, rest, TAG));
            say_z(d, ", ");
        }
        protocol = be16_at(d, rest, TAGGED_TYPE);
        if (protocol <= ETHER_LENGTH_MAX)
            protocol = PROTOCOL_8022;
        const char *name = ethertype_name(protocol);
        if (!d->opt->quick)
            say(d, "ethertype %s, ", name != NULL ? name : "Unknown");
        rest = view_from(rest, TAG_LEN);
    }
    u32 header_len = view_offset(v, rest);
    if (protocol <= ETHER_LENGTH_MAX)
        return header_len + say_old_protocol(d, protocol, rest);
    if (!dispatch_ether(d, protocol, rest)) {
        if (!d->opt->link_header)
            say_header(d, c, header_len);
        say_payload(d, rest);
    }
    return header_len;
}

static void say_packet(struct dissect *d, const struct cooked *c, struct view payload)
{
    if (d->opt->link_header)
        say_header(d, c, 0);
    if (c->hardware == ARPHRD_IEEE80211_RADIOTAP) {
        dispatch_link(d, LINKTYPE_IEEE802_11_RADIO, payload);
        return;
    }
    u32 header_len = say_content(d, c, payload);
    if (!d->sealed)
        d->link_header_len += header_len;
}

void print_sll(struct dissect *d, struct view v)
{
    d->proto = "sll";
    if (!need(d, v, 0, V1_LEN))
        return;
    struct cooked c = { .type = be16_at(d, v, V1_TYPE),
                        .hardware = be16_at(d, v, V1_HARDWARE),
                        .protocol = be16_at(d, v, V1_PROTOCOL),
                        .address_len = be16_at(d, v, V1_ADDRESS_LEN),
                        .address = view_from(v, V1_ADDRESS),
                        .length = v.len };

    d->link_header_len += V1_LEN;
    say_packet(d, &c, view_from(v, V1_LEN));
}

/* The interface and the direction, which stand before every packet. */
static void say_interface(struct dissect *d, const struct cooked *c)
{
    struct str name = STR_EMPTY;

    if (d->names != NULL && d->names->interface != NULL)
        name = d->names->interface(d->names->context, c->interface);
    if (name.len == 0)
        name = str_of("?");
    say(d, "%-5.*s %-3s ", (int)name.len, name.p, name_of(d, &types.names, c->type, "?"));
}

void print_sll2(struct dissect *d, struct view v)
{
    d->proto = "sll2";
    if (!need(d, v, 0, V2_LEN))
        return;
    struct cooked c = { .type = u8_at(d, v, V2_TYPE),
                        .hardware = be16_at(d, v, V2_HARDWARE),
                        .protocol = be16_at(d, v, V2_PROTOCOL),
                        .address_len = u8_at(d, v, V2_ADDRESS_LEN),
                        .address = view_from(v, V2_ADDRESS),
                        .has_interface = true,
                        .interface = be32_at(d, v, V2_INTERFACE),
                        .length = v.len };

    d->link_header_len += V2_LEN;
    say_interface(d, &c);
    say_packet(d, &c, view_from(v, V2_LEN));
}
