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
        say_at(d, v, " (bad carp cksum %lx!)", AT_BE16(CHECKSUM));
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
    say_at(d, v, "vhid=%lu advbase=%lu advskew=%lu authlen=%lu ", AT_U8(VIRTUAL_HOST), AT_U8(BASE),
           AT_U8(SKEW), AT_U8(COUNTER_WORDS));
    if (verbose(d, 1))
        say_checksum(d, v);
    say(d, "counter=%llu", (unsigned long long)be64_at(d, v, COUNTER));
}
