/*
 * ARP on ATM.  RFC 2225, section 8.4.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |       hardware type, 19       |         protocol type         |
 *   +---------------+---------------+-------------------------------+
 *   | sender number | sender subadr |           operation           |
 *   +---------------+---------------+---------------+---------------+
 *   | sender IP len | target number | target subadr | target IP len |
 *   +---------------+---------------+---------------+---------------+
 *   |  sender number, subaddress, IP; target number, subaddress, IP |
 *   +---------------------------------------------------------------+
 *
 * The six low bits of the four ATM fields are a length, the next one says whether it is a number of
 * E.164 or an address of the ATM Forum.
 */
#include "print/proto/arp.h"

#include "print/hexdump.h"
#include "print/printer.h"

enum {
    HARDWARE_TYPE,
    PROTOCOL_TYPE = 2,
    SENDER_NUMBER = 4,
    SENDER_SUBADDRESS,
    OPERATION,
    SENDER_IP = 8,
    TARGET_NUMBER,
    TARGET_SUBADDRESS,
    TARGET_IP,
    HEADER,
};

enum { LENGTH_BITS = 0x3f, IP_SIZE = 4 };

struct party {
    struct view number, subaddress, ip;
};

static void say_number(struct dissect *d, const struct party *p)
{
    if (p->number.len == 0) {
        say_z(d, "<No address>");
        return;
    }
    arp_say_hardware(d, HARDWARE_ATM, p->number);
    if (p->subaddress.len > 0) {
        say_z(d, ",");
        arp_say_hardware(d, HARDWARE_ATM, p->subaddress);
    }
}

static void say_sender_ip(struct dissect *d, u16 protocol, const struct party *p)
{
    arp_say_ip(d, protocol, p->ip, "<wrong splen>");
}

/* False for an operation that nobody knows. */
static bool say_message(struct dissect *d, u16 operation, u16 protocol, const struct party *sender,
                        const struct party *target)
{
    arp_say_operation(d, operation);
    switch (operation) {
    case ARP_REQUEST:
        say_z(d, "who-has ");
        arp_say_ip(d, protocol, target->ip, "<wrong tplen>");
        if (target->number.len > 0) {
            say_z(d, " (");
            say_number(d, target);
            say_z(d, ")");
        }
        say_z(d, " tell ");
        say_sender_ip(d, protocol, sender);
        return true;
    case ARP_REPLY:
        say_sender_ip(d, protocol, sender);
        say_z(d, " is-at ");
        say_number(d, sender);
        return true;
    case ARP_INVERSE_REQUEST:
        say_z(d, "who-is ");
        say_number(d, target);
        say_z(d, " tell ");
        say_number(d, sender);
        return true;
    case ARP_INVERSE_REPLY:
        say_number(d, sender);
        say_z(d, "at ");
        say_sender_ip(d, protocol, sender);
        return true;
    case ARP_NAK:
        say_z(d, "for ");
        say_sender_ip(d, protocol, sender);
        return true;
    default: return false;
    }
}

static u32 size_of(const struct party *p)
{
    return p->number.len + p->subaddress.len + p->ip.len;
}

/* Cuts the next `n` bytes off the front of `*rest`. */
static struct view take(struct view *rest, u32 n)
{
    struct view v = view_clip(*rest, n);
    *rest = view_from(*rest, n);
    return v;
}

static struct party take_party(struct dissect *d, struct view v, struct view *rest, u32 number_at,
                               u32 subaddress_at, u32 ip_at)
{
    struct party p;
    p.number = take(rest, u8_at(d, v, number_at) & LENGTH_BITS);
    p.subaddress = take(rest, u8_at(d, v, subaddress_at) & LENGTH_BITS);
    p.ip = take(rest, u8_at(d, v, ip_at));
    return p;
}

void arp_atm(struct dissect *d, struct view v)
{
    if (!need(d, v, 0, HEADER))
        return;
    u16 protocol = be16_at(d, v, PROTOCOL_TYPE);
    struct view rest = view_from(v, HEADER);
    struct party sender =
        take_party(d, v, &rest, SENDER_NUMBER, SENDER_SUBADDRESS, SENDER_IP);
    struct party target =
        take_party(d, v, &rest, TARGET_NUMBER, TARGET_SUBADDRESS, TARGET_IP);

    if (!need(d, v, 0, HEADER + size_of(&sender) + size_of(&target)))
        return;
    if (!d->opt->link_header)
        say_z(d, "ARP, ");
    bool odd = !arp_is_ip(protocol) || sender.ip.len != IP_SIZE || target.ip.len != IP_SIZE;
    if (odd || verbose(d, 1))
        say(d, "ATM, %s (len %u/%u)%s", arp_protocol_name(d, protocol), sender.ip.len,
            target.ip.len, verbose(d, 1) ? ", " : "");
    if (!odd || verbose(d, 1)) {
        if (!say_message(d, be16_at(d, v, OPERATION), protocol, &sender, &target)) {
            hexdump_ascii(d->out, "\n\t", view_clip(v, v.len)); /* as tcpdump: even with -q or -x */
            return;
        }
    }
    say(d, ", length %u", v.len);
}
