/*
 * ARP, RARP and InARP: addresses of one layer for those of another.  RFC 826, 903, 2390.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |         hardware type         |         protocol type         |
 *   +---------------+---------------+-------------------------------+
 *   | hardware size | protocol size |           operation           |
 *   +---------------+---------------+-------------------------------+
 *   |  sender hardware address, sender protocol address,            |
 *   |  target hardware address, target protocol address (variable)  |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/arp.h"

#include "base/ethertype.h"
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/ether.h"
#include "print/proto/q922.h"

enum { HARDWARE_TYPE, PROTOCOL_TYPE = 2, HARDWARE_SIZE = 4, PROTOCOL_SIZE, OPERATION, HEADER = 8 };

enum { IP_SIZE = 4 };

NAMES(hardware_types,
      (HARDWARE_ETHERNET, "Ethernet")
      (6, "TokenRing")
      (7, "ArcNet")
      (HARDWARE_FRAME_RELAY, "FrameRelay")
      (HARDWARE_ATM, "ATM")
      (23, "Strip")
      (24, "IEEE 1394")
      (32, "InfiniBand"));

NAMES(operations,
      (ARP_REQUEST, "Request")
      (ARP_REPLY, "Reply")
      (ARP_REVERSE_REQUEST, "Reverse Request")
      (ARP_REVERSE_REPLY, "Reverse Reply")
      (ARP_INVERSE_REQUEST, "Inverse Request")
      (ARP_INVERSE_REPLY, "Inverse Reply")
      (ARP_NAK, "NACK Reply"));

void arp_say_operation(struct dissect *d, u16 operation)
{
    out_text_z(d->out, name_of(d, &operations.names, operation, "Unknown (%u)"));
    out_char(d->out, ' ');
}

const char *arp_protocol_name(struct dissect *d, u16 protocol)
{
    const char *name = ethertype_name(protocol);
    return name != NULL ? name : name_of(d, &no_names, protocol, "Unknown Protocol (0x%04x)");
}

bool arp_is_ip(u16 protocol) { return protocol == ETHERTYPE_IP || protocol == ETHERTYPE_TRAIL; }

void arp_say_hardware(struct dissect *d, u16 type, struct view address)
{
    if (address.len == 0) {
        out_text_z(d->out, "<empty>");
    } else if (type == HARDWARE_FRAME_RELAY) {
        say_q922(d, address);
    } else if (type != HARDWARE_ATM && address.len == ETHER_ADDR_LEN) {
        say_mac_at(d, address, 0);
    } else {
        for (u32 i = 0; repeat(d, i, address.len); i++)
            say(d, "%s%02x", i > 0 ? ":" : "", u8_at(d, address, i));
    }
}

void arp_say_ip(struct dissect *d, u16 protocol, struct view address, const char *flaw)
{
    if (!arp_is_ip(protocol))
        out_text_z(d->out, "<wrong proto type>");
    else if (address.len != IP_SIZE)
        out_text_z(d->out, flaw);
    else
        say_ip4_at(d, address, 0);
}

static bool all_zero(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < v.cap; i++)
        if (u8_at(d, v, i) != 0)
            return false;
    return true;
}

/* The header and the four addresses behind it. */
struct arp {
    u16 hardware, protocol, operation;
    struct view sender_hardware, sender_ip, target_hardware, target_ip;
};

static void say_sender(struct dissect *d, const struct arp *a)
{
    arp_say_hardware(d, a->hardware, a->sender_hardware);
}

static void say_target(struct dissect *d, const struct arp *a)
{
    arp_say_hardware(d, a->hardware, a->target_hardware);
}

static void say_ip(struct dissect *d, const struct arp *a, struct view address)
{
    arp_say_ip(d, a->protocol, address, "<wrong len>");
}

/* What is asked or told.  False for an operation that nobody knows. */
static bool say_message(struct dissect *d, const struct arp *a)
{
    struct out *o = d->out;

    arp_say_operation(d, a->operation);
    switch (a->operation) {
    case ARP_REQUEST:
        out_text_z(o, "who-has ");
        say_ip(d, a, a->target_ip);
        if (!all_zero(d, a->target_hardware)) {
            out_text_z(o, " (");
            say_target(d, a);
            out_char(o, ')');
        }
        out_text_z(o, " tell ");
        say_ip(d, a, a->sender_ip);
        return true;
    case ARP_REPLY:
        say_ip(d, a, a->sender_ip);
        out_text_z(o, " is-at ");
        say_sender(d, a);
        return true;
    case ARP_REVERSE_REQUEST:
    case ARP_INVERSE_REQUEST:
        out_text_z(o, "who-is ");
        say_target(d, a);
        out_text_z(o, " tell ");
        say_sender(d, a);
        return true;
    case ARP_REVERSE_REPLY:
        say_target(d, a);
        out_text_z(o, " at ");
        say_ip(d, a, a->target_ip);
        return true;
    case ARP_INVERSE_REPLY:
        say_sender(d, a);
        out_text_z(o, " at ");
        say_ip(d, a, a->sender_ip);
        return true;
    default: return false;
    }
}

void print_arp(struct dissect *d, struct view v)
{
    d->proto = "arp";
    if (!need(d, v, 0, HEADER))
        return;
    struct arp a = { be16_at(d, v, HARDWARE_TYPE), be16_at(d, v, PROTOCOL_TYPE),
                     be16_at(d, v, OPERATION), { 0 }, { 0 }, { 0 }, { 0 } };
    u32 hardware_size = u8_at(d, v, HARDWARE_SIZE), ip_size = u8_at(d, v, PROTOCOL_SIZE);

    if (a.hardware == HARDWARE_ATM) {
        arp_atm(d, v);
        return;
    }
    if (!need(d, v, 0, HEADER + 2 * (hardware_size + ip_size)))
        return;
    a.sender_hardware = view_sub(v, HEADER, hardware_size);
    a.sender_ip = view_sub(v, HEADER + hardware_size, ip_size);
    a.target_hardware = view_sub(v, HEADER + hardware_size + ip_size, hardware_size);
    a.target_ip = view_sub(v, HEADER + 2 * hardware_size + ip_size, ip_size);

    if (!d->opt->link_header)
        out_text_z(d->out, "ARP, ");
    bool odd = !arp_is_ip(a.protocol) || ip_size != IP_SIZE || hardware_size == 0;
    if (odd || verbose(d, 1))
        say(d, "%s (len %u), %s (len %u)%s",
            name_of(d, &hardware_types.names, a.hardware, "Unknown Hardware (%u)"), hardware_size,
            arp_protocol_name(d, a.protocol), ip_size, verbose(d, 1) ? ", " : "");
    if (!odd || verbose(d, 1)) {
        if (!say_message(d, &a)) {
            hexdump_ascii(d->out, "\n\t", view_clip(v, v.len)); /* as tcpdump: even with -q or -x */
            return;
        }
    }
    out_text_z(d->out, ", length ");
    out_dec(d->out, v.len);
}
