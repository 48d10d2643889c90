/*
 * EIGRP: the enhanced interior gateway routing protocol.  RFC 7868, section 6.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |   version 2   |    opcode     |           checksum            |
 *   |                            flags                              |
 *   |                       sequence number                         |
 *   |                   acknowledgment number                       |
 *   |      virtual router id        |       autonomous system       |
 *   +-------------------------------+-------------------------------+
 *   |            type               |    length (with these four)   |  TLVs
 *   |  value ...                                                    |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum {
    VERSION, OPCODE, CHECKSUM, FLAGS = 4, SEQUENCE = 8, ACKNOWLEDGMENT = 12, VIRTUAL_ROUTER = 16, AS = 18,
    HEADER_LEN = 20,
};

enum { TLV_TYPE, TLV_LENGTH = 2, TLV_HEADER_LEN = 4 };

NAMES(opcodes, (1, "Update") (3, "Query") (4, "Reply") (5, "Hello") (6, "IPX SAP") (7, "Probe"));

NAMES(flag_names, (1, "Init") (2, "Conditionally Received") (4, "Restart") (8, "End-of-Table"));

/* From where a route came. */
NAMES(origins,
      (1, "IGRP") (2, "EIGRP") (3, "Static") (4, "RIP") (5, "Hello") (6, "OSPF") (7, "IS-IS")
      (8, "EGP") (9, "BGP") (10, "IDRP") (11, "Connected"));

/* Route values begin with the next hop; those of external routes have their origin next. */
enum {
    ORIGIN_ROUTER, ORIGIN_AS = 4, ORIGIN_TAG = 8, ORIGIN_METRIC = 12, ORIGIN_PROTOCOL = 18,
    ORIGIN_FLAGS, ORIGIN_LEN,
};
enum { NEXT_HOP_LEN = 4, DELAY = 0, BANDWIDTH = 4, MTU = 8, HOPS = 11, RELIABILITY, LOAD, METRIC_LEN = 16 };

/* The same of an AppleTalk route, where it differs. */
enum { APPLE_PROTOCOL = 12, APPLE_FLAGS, APPLE_METRIC, APPLE_ORIGIN_LEN = 16 };

typedef void tlv_printer(struct dissect *d, struct view v);

static void say_parameters(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t    holdtime: %lus, k1 %lu, k2 %lu, k3 %lu, k4 %lu, k5 %lu", AT_BE16(6),
           AT_U8(0), AT_U8(1), AT_U8(2), AT_U8(3), AT_U8(4));
}

static void say_version(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t    IOS version: %lu.%lu, EIGRP version %lu.%lu", AT_U8(0), AT_U8(1),
           AT_U8(2), AT_U8(3));
}

static void say_origin(struct dissect *d, struct view v)
{
    say(d,
        "\n\t      origin-router %pI4, origin-as %u, origin-proto %s, flags [0x%02x], tag 0x%08x, metric %u",
        bytes_at(d, v, ORIGIN_ROUTER, 4), be32_at(d, v, ORIGIN_AS),
        name_of(d, &origins.names, u8_at(d, v, ORIGIN_PROTOCOL), "unknown"), u8_at(d, v, ORIGIN_FLAGS),
        be32_at(d, v, ORIGIN_TAG), be32_at(d, v, ORIGIN_METRIC));
}

static void say_apple_origin(struct dissect *d, struct view v)
{
    say(d,
        "\n\t      origin-router %u, origin-as %u, origin-proto %s, flags [0x%02x], tag 0x%08x, metric %u",
        be32_at(d, v, ORIGIN_ROUTER), be32_at(d, v, ORIGIN_AS),
        name_of(d, &origins.names, u8_at(d, v, APPLE_PROTOCOL), "unknown"), u8_at(d, v, APPLE_FLAGS),
        be32_at(d, v, ORIGIN_TAG), be16_at(d, v, APPLE_METRIC));
}

static void say_metric(struct dissect *d, struct view v)
{
    say_at(d, v,
           "\n\t      delay %u ms, bandwidth %lu Kbps, mtu %lu, hop %lu, reliability %lu, load %lu",
           be32_at(d, v, DELAY) / 100, AT_BE32(BANDWIDTH), AT_BE24(MTU), AT_U8(HOPS),
           AT_U8(RELIABILITY), AT_U8(LOAD));
}

static void say_route(struct dissect *d, struct view v, bool external)
{
    struct view metric = view_from(v, NEXT_HOP_LEN + (external ? ORIGIN_LEN : 0));
    struct view prefix = view_from(metric, METRIC_LEN);
    u32 bits = u8_at(d, prefix, 0), bytes = (bits + 7) / 8;

    if (bits > 32) {
        say(d, "\n\t    illegal prefix length %u", bits);
        return;
    }
    u8 address[4] = { 0 };
    for (u32 i = 0; i < bytes; i++)
        address[i] = u8_at(d, prefix, 1 + i);
    say_z(d, "\n\t    IPv4 prefix: ");
    say_ip4_right(d, address, 15);
    say(d, "/%u, nexthop: ", bits);
    if (be32_at(d, v, 0) == 0)
        say_z(d, "self");
    else
        say_ip4_at(d, v, 0);
    if (external)
        say_origin(d, view_from(v, NEXT_HOP_LEN));
    say_metric(d, metric);
}

static void say_internal(struct dissect *d, struct view v) { say_route(d, v, false); }

static void say_external(struct dissect *d, struct view v) { say_route(d, v, true); }

static void say_apple_route(struct dissect *d, struct view v, bool external)
{
    struct view metric = view_from(v, NEXT_HOP_LEN + (external ? APPLE_ORIGIN_LEN : 0));
    struct view cable = view_from(metric, METRIC_LEN);

    say_at(d, cable, "\n\t     Cable-Range: %lu-%lu, nexthop: ", AT_BE16(0), AT_BE16(2));
    if (be32_at(d, v, 0) == 0)
        say_z(d, "self");
    else
        say_at(d, v, "%lu.%lu", AT_BE16(0), AT_BE16(2));
    if (external)
        say_apple_origin(d, view_from(v, NEXT_HOP_LEN));
    say_metric(d, metric);
}

static void say_apple_internal(struct dissect *d, struct view v) { say_apple_route(d, v, false); }

static void say_apple_external(struct dissect *d, struct view v) { say_apple_route(d, v, true); }

static void say_apple_cable(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t    Cable-range: %lu-%lu, Router-ID %lu", AT_BE16(0), AT_BE16(2), AT_BE32(4));
}

/* A kind of TLV: the least length of its value, and how it is said; NULL dumps it. */
static const struct tlv {
    u16 type;
    const char *name;
    u8 min;
    tlv_printer *say;
} tlvs[] = {
    { 0x0001, "General Parameters", 8, say_parameters },
    { 0x0002, "Authentication", 0, NULL },
    { 0x0003, "Sequence", 0, NULL },
    { 0x0004, "Software Version", 4, say_version },
    { 0x0005, "Next Multicast Sequence", 0, NULL },
    { 0x0102, "IP Internal routes", 22, say_internal },
    { 0x0103, "IP External routes", 42, say_external },
    { 0x0202, "AppleTalk Internal routes", 24, say_apple_internal },
    { 0x0203, "AppleTalk External routes", 40, say_apple_external },
    { 0x0204, "AppleTalk Cable setup", 8, say_apple_cable },
    { 0x0302, "IPX Internal routes", 0, NULL },
    { 0x0303, "IPX External routes", 0, NULL },
};

static const struct tlv *find(u16 type)
{
    for (size_t i = 0; i < countof(tlvs); i++)
        if (tlvs[i].type == type)
            return &tlvs[i];
    return NULL;
}

static void say_tlvs(struct dissect *d, struct view v)
{
    while (v.len > 0) {
        if (!view_has(v, 0, TLV_HEADER_LEN)) {
            truncated(d);
            return;
        }
        u16 type = be16_at(d, v, TLV_TYPE);
        u32 len = be16_at(d, v, TLV_LENGTH);
        if (len < TLV_HEADER_LEN || len > v.len) {
            hexdump(d->out, "\n\t    ", view_from(v, TLV_HEADER_LEN));
            return;
        }
        const struct tlv *t = find(type);
        struct view value = view_sub(v, TLV_HEADER_LEN, len - TLV_HEADER_LEN);
        say(d, "\n\t  %s TLV (0x%04x), length: %u", t != NULL ? t->name : "Unknown", type, len);
        if (!view_has(v, 0, len)) {
            truncated(d);
            return;
        }
        bool too_short = t != NULL && value.len < t->min;
        if (too_short)
            say(d, " (too short, < %u)", t->min + (u32)TLV_HEADER_LEN);
        if (!too_short && t != NULL && t->say != NULL) /* as tcpdump: a prefix may go on behind its TLV */
            t->say(d, view_claim(view_from(v, TLV_HEADER_LEN), value.len));
        if ((t == NULL || t->say == NULL || verbose(d, 2)) && value.len > 0)
            hexdump(d->out, "\n\t    ", value);
        v = view_from(v, len);
    }
}

void print_eigrp(struct dissect *d, struct view v)
{
    d->proto = "eigrp";
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    u8 version = u8_at(d, v, VERSION), opcode = u8_at(d, v, OPCODE);
    if (version != 2) {
        say(d, "EIGRP version %u packet not supported", version);
        return;
    }
    if (!verbose(d, 1)) {
        say(d, "EIGRP %s, length: %u", name_of(d, &opcodes.names, opcode, "unknown (%u)"), v.len);
        return;
    }
    if (v.len < HEADER_LEN) {
        say(d, "EIGRP %s, length: %u (too short, < %u)",
            name_of(d, &opcodes.names, opcode, "unknown, type: %u"),
            v.len, (unsigned)HEADER_LEN);
        return;
    }
    say_at(d, v, "\n\tEIGRP v%u, opcode: %s (%u), chksum: 0x%04lx, Flags: [%s]", version,
           name_of(d, &opcodes.names, opcode, "unknown, type: %u"), opcode, AT_BE16(CHECKSUM),
           flags_of(d, &flag_names.names, be32_at(d, v, FLAGS), ", ", "none"));
    say_at(d, v, "\n\tseq: 0x%08lx, ack: 0x%08lx, VRID: %lu, AS: %lu, length: %u",
           AT_BE32(SEQUENCE), AT_BE32(ACKNOWLEDGMENT), AT_BE16(VIRTUAL_ROUTER), AT_BE16(AS),
           v.len - HEADER_LEN);
    say_tlvs(d, view_from(v, HEADER_LEN));
}
