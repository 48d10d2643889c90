/*
 * IGRP: Cisco's interior gateway routing protocol, the ancestor of EIGRP.  Hedrick, "An
 * Introduction to IGRP", Rutgers University, 1991.
 *
 *    0               1               2               3
 *   +-------+-------+---------------+-------------------------------+
 *   |version|opcode |    edition    |      autonomous system        |
 *   |       interior routes         |         system routes         |
 *   |       exterior routes         |           checksum            |
 *   +-------------------------------+-------------------------------+
 *   |  route: network 3, delay 3, bandwidth 3, MTU 2, reliability 1, load 1, hops 1
 */
#include "print/printer.h"

enum {
    OPCODE,
    EDITION,
    AS,
    INTERIOR = 4,
    SYSTEM = 6,
    EXTERIOR = 8,
    CHECKSUM = 10,
    HEADER_LEN = 12
};

enum { NETWORK, DELAY = 3, BANDWIDTH = 6, MTU = 9, RELIABILITY = 11, LOAD, HOPS, ROUTE_LEN };

/* A delay that means: not reachable. */
enum { INACCESSIBLE = 0xffffff };

NAMES(opcodes, (1, "update") (2, "request"));

enum kind { KIND_INTERIOR, KIND_SYSTEM, KIND_EXTERIOR };

/* Of a network only three bytes are told: of interior ones the last three. */
static void say_network(struct dissect *d, struct view v, enum kind kind)
{
    u8 a = u8_at(d, v, NETWORK), b = u8_at(d, v, NETWORK + 1), c = u8_at(d, v, NETWORK + 2);

    switch (kind) {
    case KIND_INTERIOR: say(d, " *.%u.%u.%u", a, b, c); break;
    case KIND_SYSTEM: say(d, " %u.%u.%u.0", a, b, c); break;
    case KIND_EXTERIOR: say(d, " X%u.%u.%u.0", a, b, c); break;
    }
}

static void say_metrics(struct dissect *d, struct view v)
{
    u32 delay = be24_at(d, v, DELAY), bandwidth = be24_at(d, v, BANDWIDTH),
        metric = bandwidth + delay;

    if (metric > INACCESSIBLE || delay == INACCESSIBLE)
        metric = INACCESSIBLE;
    say_at(d, v, " d=%u b=%u r=%lu l=%lu M=%u mtu=%lu in %lu hops", delay * 10,
           bandwidth == 0 ? 0 : 10000000 / bandwidth, AT_U8(RELIABILITY), AT_U8(LOAD), metric,
           AT_BE16(MTU), AT_U8(HOPS));
}

/* Steps over `count` routes.  False when they are fewer. */
static bool say_routes(struct dissect *d, struct view *v, u32 count, enum kind kind)
{
    for (u32 i = 0; repeat(d, i, count); i++) {
        if (v->len < ROUTE_LEN)
            return false;
        say_network(d, *v, kind);
        if (!need(d, *v, 0, ROUTE_LEN))
            return true;
        say_metrics(d, *v);
        *v = view_from(*v, ROUTE_LEN);
    }
    return true;
}

void print_igrp(struct dissect *d, struct view v)
{
    d->proto = "igrp";
    say_z(d, "igrp:");
    u8 first = u8_at(d, v, OPCODE);
    u16 interior = be16_at(d, v, INTERIOR), system = be16_at(d, v, SYSTEM),
        exterior = be16_at(d, v, EXTERIOR);

    say_at(d, v, " %s V%u edit=%lu AS=%lu (%u/%u/%u)",
           name_of(d, &opcodes.names, first & 0xf, "op-#%u"), first >> 4, AT_U8(EDITION),
           AT_BE16(AS), interior, system, exterior);
    if (!need(d, v, 0, HEADER_LEN))
        return;
    if (verbose(d, 1))
        say_at(d, v, " checksum=0x%04lx", AT_BE16(CHECKSUM));
    v = view_from(v, HEADER_LEN);
    if (!say_routes(d, &v, interior, KIND_INTERIOR) || !say_routes(d, &v, system, KIND_SYSTEM) ||
        !say_routes(d, &v, exterior, KIND_EXTERIOR)) {
        invalid(d);
        return;
    }
    if (v.len == 0)
        return;
    if (v.len >= ROUTE_LEN && need(d, v, NETWORK, DELAY))
        say(d, " [extra bytes %u]", v.len);
    invalid(d);
}
