/*
 * IPv6 hop-by-hop and destination options.  RFC 8200, section 4.2; router alert: RFC 2711; jumbo
 * payload: RFC 2675; home address: RFC 6275, section 6.3.
 *
 *    0               1               2
 *   +---------------+---------------+- - - - - - - - - - - - - - - -+
 *   |  next header  | length, 8s -1 | options: type, length, data   |
 *   +---------------+---------------+- - - - - - - - - - - - - - - -+
 *
 * As tcpdump, hop-by-hop options are looked at whether they are shown or not, and what is wrong
 * with them is told.
 */
#include "print/proto/ip6.h"

#include "print/printer.h"

enum { NEXT_HEADER, HEADER_LENGTH, OPTIONS };

enum { TYPE, LENGTH, DATA };

enum {
    OPT_PAD1 = 0x00,
    OPT_PADN = 0x01,
    OPT_ROUTER_ALERT = 0x05,
    OPT_JUMBO = 0xc2,
    OPT_HOME_ADDRESS = 0xc9,
};

enum { ALERT_LEN = 2, JUMBO_LEN = 4, ADDRESS_LEN = 16, JUMBO_MIN = 65536 };

/* Sub-options behind the address of a home address option. */
static bool sub_options(struct dissect *d, struct view v, u32 length)
{
    for (u32 size; length > 0; length -= size, v = view_from(v, size)) {
        u8 type = u8_at(d, v, TYPE);
        size = 1;
        if (type != OPT_PAD1) {
            if (length < DATA)
                return false;
            size = u8_at(d, v, LENGTH) + DATA;
        }
        if (size > length)
            return false;
        if (type == OPT_PAD1)
            say_z(d, ", pad1");
        else if (type == OPT_PADN)
            say_z(d, ", padn");
        else
            say(d, ", sopt_type 0x%02x: len=%u", type, size - DATA);
    }
    return true;
}

static bool router_alert(struct dissect *d, struct view v, u32 room)
{
    if (room < DATA + ALERT_LEN) {
        say_z(d, "(rtalert: trunc)");
        return false;
    }
    if (u8_at(d, v, LENGTH) != ALERT_LEN) {
        say_at(d, v, "(rtalert: invalid len %lu)", AT_U8(LENGTH));
        return false;
    }
    if (verbose(d, 1))
        say_at(d, v, "(rtalert: 0x%04lx) ", AT_BE16(DATA));
    return true;
}

/* Why a jumbo payload option does not count, or "". */
static const char *accept_jumbo(struct ip6_jumbo *jumbo, u32 payload_len)
{
    if (jumbo->seen)
        return " - already seen";
    jumbo->seen = true;
    if (!jumbo->allowed)
        return " - not a hop-by-hop option";
    if (jumbo->payload_len != 0)
        return " - payload len != 0";
    if (payload_len < JUMBO_MIN)
        return " - < 65536";
    jumbo->payload_len = payload_len;
    return "";
}

static bool jumbo_payload(struct dissect *d, struct view v, u32 room, struct ip6_jumbo *jumbo)
{
    if (room < DATA + JUMBO_LEN) {
        say_z(d, "(jumbo: trunc)");
        return false;
    }
    if (u8_at(d, v, LENGTH) != JUMBO_LEN) {
        say_at(d, v, "(jumbo: invalid len %lu)", AT_U8(LENGTH));
        return false;
    }
    u32 payload_len = be32_at(d, v, DATA);
    const char *flaw = accept_jumbo(jumbo, payload_len);
    if (verbose(d, 1))
        say(d, "(jumbo: %u%s) ", payload_len, flaw);
    return true;
}

static bool home_address(struct dissect *d, struct view v, u32 room)
{
    if (room < DATA + ADDRESS_LEN) {
        say_z(d, "(homeaddr: trunc)");
        return false;
    }
    u32 size = u8_at(d, v, LENGTH);
    if (size < ADDRESS_LEN) {
        say(d, "(homeaddr: invalid len %u)", size);
        return false;
    }
    if (!verbose(d, 1))
        return true;
    say_z(d, "(homeaddr: ");
    say_ip6_at(d, v, DATA);
    if (!sub_options(d, view_from(v, DATA + ADDRESS_LEN), size - ADDRESS_LEN))
        return false;
    say_z(d, ")");
    return true;
}

static bool option(struct dissect *d, struct view v, u32 room, struct ip6_jumbo *jumbo)
{
    u8 type = u8_at(d, v, TYPE);

    switch (type) {
    case OPT_ROUTER_ALERT: return router_alert(d, v, room);
    case OPT_JUMBO: return jumbo_payload(d, v, room, jumbo);
    case OPT_HOME_ADDRESS: return home_address(d, v, room);
    default: break;
    }
    if (!verbose(d, 1))
        return true;
    if (type == OPT_PAD1)
        say_z(d, "(pad1)");
    else if (type == OPT_PADN)
        say_z(d, "(padn)");
    else
        say_at(d, v, "(opt_type 0x%02x: len=%lu)", type, AT_U8(LENGTH));
    return true;
}

/* The `room` bytes of options at the start of `v`. */
static bool options(struct dissect *d, struct view v, u32 room, struct ip6_jumbo *jumbo)
{
    for (u32 size; room > 0; room -= size, v = view_from(v, size)) {
        size = 1;
        if (u8_at(d, v, TYPE) != OPT_PAD1) {
            if (room < DATA)
                return false;
            size = u8_at(d, v, LENGTH) + DATA;
        }
        if (size > room || !option(d, v, room, jumbo))
            return false;
    }
    if (verbose(d, 1))
        say_z(d, " ");
    return true;
}

static u32 header(struct dissect *d, struct view v, const char *name, struct ip6_jumbo *jumbo)
{
    u32 size = (u8_at(d, v, HEADER_LENGTH) + 1u) * 8;

    if (d->sealed)
        return 0;
    if (!view_has(v, 0, size)) {
        truncated(d);
        return 0;
    }
    say_z(d, name);
    if (!jumbo->allowed && !verbose(d, 1))
        return size;
    if (!options(d, view_from(v, OPTIONS), size - OPTIONS, jumbo)) {
        truncated(d);
        return 0;
    }
    return size;
}

u32 ip6_hop_by_hop(struct dissect *d, struct view v, struct ip6_jumbo *jumbo)
{
    d->proto = "hbhopt";
    jumbo->allowed = true;
    return header(d, v, "HBH ", jumbo);
}

u32 ip6_destination(struct dissect *d, struct view v)
{
    struct ip6_jumbo none = { 0 };

    d->proto = "dstopt";
    return header(d, v, "DSTOPT ", &none);
}
