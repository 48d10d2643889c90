/*
 * VRRP: the virtual router redundancy protocol.  Version 2: RFC 3768, section 5.1; version 3:
 * RFC 5798, section 5.1.
 *
 *    0               1               2               3
 *   +-------+-------+---------------+---------------+---------------+
 *   |version| type  |  router id    |   priority    | address count |
 *   |  v2: auth type, interval      |           checksum            |
 *   |  v3: interval (12 bits), 1/100 s                              |
 *   |                  addresses, 4 or 16 bytes each                |
 *   |                  v2: authentication data (8 bytes)            |
 *   +---------------------------------------------------------------+
 *
 * CARP, OpenBSD's answer, has the same IP protocol number; -T carp tells them apart.
 */
#include "base/ipproto.h"
#include "print/printer.h"
#include "print/proto/carp.h"
#include "print/proto/ip.h"

enum {
    VERSION_TYPE, ROUTER_ID, PRIORITY, COUNT, AUTH_TYPE, INTERVAL_V2, INTERVAL_V3 = 4, CHECKSUM = 6,
    ADDRESSES = 8,
};

enum { TYPE_ADVERTISEMENT = 1, HOP_LIMIT = 255, INTERVAL_V3_MASK = 0x0fff, AUTH_BYTES = 8 };

enum { AUTH_NONE, AUTH_SIMPLE, AUTH_AH };

NAMES(auth_types, (AUTH_NONE, "none") (AUTH_SIMPLE, "simple") (AUTH_AH, "ah"));

static void say_checksum(struct dissect *d, struct view v, u32 version)
{
    if (v.cap < v.len)
        return;
    struct checksum c = { 0 };
    if (version == 3)
        c = pseudo_header(d, IPPROTO_VRRP, v.len);
    checksum_add(&c, v);
    if (checksum_end(&c) != 0)
        say_at(d, v, ", (bad vrrp cksum %lx)", AT_BE16(CHECKSUM));
}

/* Text up to a zero byte, of which not all may be captured. */
static void say_password(struct dissect *d, struct view v)
{
    say_z(d, " auth \"");
    for (u32 i = 0; i < AUTH_BYTES; i++) {
        u8 c = u8_at(d, v, i);
        if (c == '\0')
            break;
        out_visible(d->out, c);
    }
    say_z(d, "\"");
}

static void say_details(struct dissect *d, struct view v, u32 version, u8 auth)
{
    u8 count = u8_at(d, v, COUNT);
    u32 size = d->net.version == 6 ? 16 : 4;

    say_checksum(d, v, version);
    say_z(d, ", addrs");
    if (count > 1)
        say(d, "(%u)", count);
    say_z(d, ":");
    for (u32 i = 0; repeat(d, i, count); i++) {
        const void *address = bytes_at(d, v, ADDRESSES + i * size, size);
        say_z(d, i == 0 ? " " : ",");
        if (size == 4)
            say(d, "%pI4", address);
        else
            say(d, "%pI6", address);
    }
    if (auth == AUTH_SIMPLE)
        say_password(d, view_from(v, ADDRESSES + count * size));
}

void print_vrrp(struct dissect *d, struct view v)
{
    if (d->opt->forced == FORCE_CARP) {
        carp(d, v);
        return;
    }
    d->proto = "vrrp";
    say_z(d, "VRRP");
    u8 first = u8_at(d, v, VERSION_TYPE);
    u32 version = first >> 4, type = first & 15u;
    say(d, "v%u, ", version);
    if (type == TYPE_ADVERTISEMENT)
        say_z(d, "Advertisement");
    else
        say(d, "unknown type (%u)", type);
    if (d->net.hop_limit != HOP_LIMIT)
        say(d, ", (ttl %u)", d->net.hop_limit);
    if (type != TYPE_ADVERTISEMENT || (version != 2 && version != 3))
        return;
    u8 priority = u8_at(d, v, PRIORITY);
    say_at(d, v, ", vrid %lu, prio %u", AT_U8(ROUTER_ID), priority);
    u8 auth = AUTH_NONE;
    if (version == 2) {
        auth = u8_at(d, v, AUTH_TYPE);
        say(d, ", authtype %s", name_of(d, &auth_types.names, auth, "#%u"));
        say_at(d, v, ", intvl %lus", AT_U8(INTERVAL_V2));
    } else {
        say(d, ", intvl %ucs", be16_at(d, v, INTERVAL_V3) & INTERVAL_V3_MASK);
    }
    say(d, ", length %u", v.len);
    if (verbose(d, 1))
        say_details(d, v, version, auth);
}
