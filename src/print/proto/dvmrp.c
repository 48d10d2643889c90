/*
 * DVMRP: the multicast routing of the MBone, in IGMP messages.  RFC 1075 (version 1), and
 * draft-ietf-idmr-dvmrp-v3 for what mrouted made of it.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |  0x13 (IGMP)  |     code      |           checksum            |
 *   +---------------+---------------+---------------+---------------+
 *   |            reserved           | minor version | major version |
 *   |                      depends on the code                      |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/dvmrp.h"

#include "print/printer.h"

enum { CODE = 1, MINOR = 6, MAJOR, HEADER };

enum code {
    PROBE = 1,
    REPORT,
    ASK_NEIGHBORS,
    NEIGHBORS,
    ASK_NEIGHBORS2,
    NEIGHBORS2,
    PRUNE,
    GRAFT,
    GRAFT_ACK,
};

/* Neighbours and their networks. */
enum { FLAG_TUNNEL = 1, FLAG_SOURCE_ROUTE = 2, FLAG_DOWN = 16, FLAG_DISABLED = 32, FLAG_QUERIER = 64 };

NAMES(interface_flags,
      (FLAG_TUNNEL, "/tunnel")
      (FLAG_SOURCE_ROUTE, "/srcrt")
      (FLAG_QUERIER, "/querier")
      (FLAG_DISABLED, "/disabled")
      (FLAG_DOWN, "/down"));

/* All of these return false for a message that is cut. */

static bool say_probe(struct dissect *d, struct view v)
{
    enum { GENERATION_BYTES = 4, NEIGHBOR_BYTES = 4 };

    if (v.len < GENERATION_BYTES) {
        say(d, " [full length %u < %u]", v.len, (unsigned)GENERATION_BYTES);
        invalid(d);
        return true;
    }
    say_z(d, verbose(d, 2) ? "\n\t" : " ");
    if (!need(d, v, 0, GENERATION_BYTES))
        return false;
    say_at(d, v, "genid %lu", AT_BE32(0));
    if (!verbose(d, 2))
        return true;
    for (v = view_from(v, GENERATION_BYTES); v.len > 0; v = view_from(v, NEIGHBOR_BYTES)) {
        if (v.len < NEIGHBOR_BYTES) {
            say(d, "[remaining length %u < %u]", v.len, (unsigned)NEIGHBOR_BYTES);
            invalid(d);
            return true;
        }
        if (!need(d, v, 0, NEIGHBOR_BYTES))
            return false;
        say_at(d, v, "\n\tneighbor %pI4", AT_ADDRESS(0));
    }
    return true;
}

/* The bytes of a mask that are not zero, at most three behind the first, which is always 255. */
static u32 mask_width(const u8 mask[4])
{
    u32 width = 1;
    for (u32 i = 1; i < 4; i++)
        if (mask[i] != 0)
            width = i + 1;
    return width;
}

static void say_too_short(struct dissect *d, u32 length, u32 least)
{
    say(d, " [length %u < %u]", length, least);
    invalid(d);
}

/* Routes by mask: of each origin as many bytes as its mask has, and a metric. */
static bool say_report(struct dissect *d, struct view v)
{
    enum { METRIC = 0x7f, LAST = 0x80 };

    while (v.len > 0) {
        u8 mask[4] = { 255 }, origin[4] = { 0 };
        if (v.len < 3) {
            say_too_short(d, v.len, 3);
            return true;
        }
        if (!need(d, v, 0, 3))
            return false;
        memcpy(mask + 1, bytes_at(d, v, 0, 3), 3);
        u32 width = mask_width(mask);
        say(d, "\n\tMask %pI4", mask);
        v = view_from(v, 3);
        for (u8 metric = 0; (metric & LAST) == 0;) {
            if (v.len < width + 1) {
                say_z(d, "\n\t  [Truncated Report]");
                invalid(d);
                return true;
            }
            if (!need(d, v, 0, width + 1))
                return false;
            memcpy(origin, bytes_at(d, v, 0, width), width);
            metric = u8_at(d, v, width);
            say(d, "\n\t  %pI4 metric %u", origin, metric & METRIC);
            v = view_from(v, width + 1);
        }
    }
    return true;
}

/* The answer of version 1: an interface, its metric and threshold, its neighbours. */
static bool say_neighbors(struct dissect *d, struct view v)
{
    enum { LOCAL, OLD_METRIC = 4, THRESHOLD, COUNT, OLD_HEADER };

    while (v.len > 0) {
        if (v.len < OLD_HEADER) {
            say_too_short(d, v.len, OLD_HEADER);
            return true;
        }
        if (!need(d, v, 0, OLD_HEADER))
            return false;
        const void *local = bytes_at(d, v, LOCAL, 4);
        u8 metric = u8_at(d, v, OLD_METRIC), threshold = u8_at(d, v, THRESHOLD);
        u8 count = u8_at(d, v, COUNT);
        v = view_from(v, OLD_HEADER);
        for (u32 i = 0; repeat(d, i, count); i++) {
            if (v.len < 4) {
                say_too_short(d, v.len, 4);
                return true;
            }
            say(d, " [%pI4 ->", local);
            if (!need(d, v, 0, 4))
                return false;
            say_at(d, v, " %pI4, (%u/%u)]", AT_ADDRESS(0), metric, threshold);
            v = view_from(v, 4);
        }
    }
    return true;
}

/* The answer of version 2: flags as well. */
static bool say_neighbors2(struct dissect *d, struct view v)
{
    enum { LOCAL, METRIC = 4, THRESHOLD, FLAGS, COUNT, ENTRY_HEADER };

    while (v.len > 0) {
        if (v.len < ENTRY_HEADER) {
            say_too_short(d, v.len, ENTRY_HEADER);
            return true;
        }
        if (!need(d, v, 0, ENTRY_HEADER))
            return false;
        const void *local = bytes_at(d, v, LOCAL, 4);
        u8 metric = u8_at(d, v, METRIC), threshold = u8_at(d, v, THRESHOLD);
        u8 flags = u8_at(d, v, FLAGS), count = u8_at(d, v, COUNT);
        v = view_from(v, ENTRY_HEADER);
        for (u32 i = 0; repeat(d, i, count); i++) {
            if (v.len == 0) {
                say_z(d, " [invalid ncount]");
                invalid(d);
                return true;
            }
            if (v.len < 4) {
                say_too_short(d, v.len, 4);
                return true;
            }
            say(d, " [%pI4 -> ", local);
            if (!need(d, v, 0, 4))
                return false;
            say_at(d, v, "%pI4 (%u/%u", AT_ADDRESS(0), metric, threshold);
            say(d, "%s)]", flags_of(d, &interface_flags.names, flags, "", ""));
            v = view_from(v, 4);
        }
    }
    return true;
}

static bool say_source_and_group(struct dissect *d, struct view v)
{
    if (!need(d, v, 0, 8))
        return false;
    say_at(d, v, " src %pI4 grp %pI4", AT_ADDRESS(0), AT_ADDRESS(4));
    return true;
}

static bool say_prune(struct dissect *d, struct view v)
{
    enum { LIFETIME = 8 };

    if (!say_source_and_group(d, v))
        return false;
    say_z(d, " timer ");
    if (!need(d, v, LIFETIME, 4))
        return false;
    say_duration(d, be32_at(d, v, LIFETIME));
    return true;
}

static bool say_body(struct dissect *d, u8 code, struct view v, struct view header)
{
    switch (code) {
    case PROBE: say_z(d, " Probe"); return !verbose(d, 1) || say_probe(d, v);
    case REPORT: say_z(d, " Report"); return !verbose(d, 2) || say_report(d, v);
    case ASK_NEIGHBORS: say_z(d, " Ask-neighbors(old)"); return true;
    case NEIGHBORS: say_z(d, " Neighbors(old)"); return say_neighbors(d, v);
    case ASK_NEIGHBORS2: say_z(d, " Ask-neighbors2"); return true;
    case NEIGHBORS2:
        say_z(d, " Neighbors2");
        say_at(d, header, " (v %lu.%lu):", AT_U8(MAJOR), AT_U8(MINOR));
        return say_neighbors2(d, v);
    case PRUNE: say_z(d, " Prune"); return say_prune(d, v);
    case GRAFT: say_z(d, " Graft"); return say_source_and_group(d, v);
    case GRAFT_ACK: say_z(d, " Graft-ACK"); return say_source_and_group(d, v);
    default: say(d, " [type %u]", code); return true;
    }
}

void say_dvmrp(struct dissect *d, struct view v)
{
    d->proto = "dvmrp";
    if (v.len < HEADER) {
        say(d, " [len %u]", v.len);
        return;
    }
    if (!say_body(d, u8_at(d, v, CODE), view_from(v, HEADER), v))
        truncated(d);
}
