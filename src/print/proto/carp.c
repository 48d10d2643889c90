/*
 * CARP: the common address redundancy protocol.  OpenBSD, ip_carp.h(9) and carp(4).
 *
 *    0               1               2               3
 *   +-------+-------+---------------+---------------+---------------+
 *   |version| type  |  virtual host |  demotion     | counter words |
 *   |     pad       |  base         |           checksum            |
 *   |                     counter (8 bytes)                         |
 *   |                     digest (20 bytes)                         |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/carp.h"

#include "print/printer.h"

enum { VERSION_TYPE, VIRTUAL_HOST, SKEW, COUNTER_WORDS, BASE = 5, CHECKSUM, COUNTER = 8 };

enum { VERSION = 2, TYPE_ADVERTISE = 1, HOP_LIMIT = 255 };

static void say_checksum(struct dissect *d, struct view v)
{
    if (v.cap < v.len)
        return;
    struct checksum c = { 0 };
    checksum_add(&c, v);
    if (checksum_end(&c) != 0)
        say(d, " (bad carp cksum %x!)", be16_at(d, v, CHECKSUM));
}

void carp(struct dissect *d, struct view v)
{
    d->proto = "carp";
    u8 first = u8_at(d, v, VERSION_TYPE);
    u32 version = first >> 4, type = first & 15u;

    say(d, "CARPv%u-%s %u: ", version, type == TYPE_ADVERTISE ? "advertise" : "unknown", v.len);
    if (d->net.hop_limit != HOP_LIMIT)
        say(d, "[ttl=%u!] ", d->net.hop_limit);
    if (version != VERSION || type != TYPE_ADVERTISE)
        return;
    say(d, "vhid=%u advbase=%u advskew=%u authlen=%u ", u8_at(d, v, VIRTUAL_HOST), u8_at(d, v, BASE),
        u8_at(d, v, SKEW), u8_at(d, v, COUNTER_WORDS));
    if (verbose(d, 1))
        say_checksum(d, v);
    say(d, "counter=%llu", (unsigned long long)be64_at(d, v, COUNTER));
}
