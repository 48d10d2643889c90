/*
 * PIM version 1, in IGMP messages.  It was never an RFC; the format is that of the Internet drafts
 * of 1995 (draft-ietf-idmr-pim-sm-spec).
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |  0x14 (IGMP)  |     code      |           checksum            |
 *   +-------+-------+---------------+-------------------------------+
 *   |version|                     reserved                          |
 *   |                      depends on the code                      |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/pim.h"

enum { CODE = 1, VERSION = 4, BODY = 8 };

enum code {
    QUERY,
    REGISTER,
    REGISTER_STOP,
    JOIN_PRUNE,
    RP_REACHABLE,
    ASSERT,
    GRAFT,
    GRAFT_ACK,
};

NAMES(codes,
      (0, "Query") (1, "Register") (2, "Register-Stop") (3, "Join/Prune") (4, "RP-reachable")
      (5, "Assert") (6, "Graft") (7, "Graft-ACK"));

NAMES(modes, (0, "Dense-mode") (1, "Sparse-mode") (2, "Sparse-Dense-mode"));

enum { WHOLE_MASK = 0xffffffff };

/* An address behind `text`, and its mask unless that is all ones; `v` begins with the address. */
static void say_masked(struct dissect *d, const char *text, struct view v)
{
    say_at(d, v, "%s%pI4", text, AT_ADDRESS(0));
    if (be32_at(d, v, 4) != WHOLE_MASK)
        say_at(d, v, "/%pI4", AT_ADDRESS(4));
}

/* All of these return false for a message that is cut. */

static bool say_query(struct dissect *d, struct view v)
{
    enum { MODE, HOLD_TIME = 2 };

    if (view_has(v, MODE, 1))
        say(d, " %s", name_of(d, &modes.names, u8_at(d, v, MODE) >> 4, "mode-%u"));
    if (!verbose(d, 1))
        return true;
    say_z(d, " (Hold-time ");
    if (!need(d, v, HOLD_TIME, 2))
        return false;
    say_duration(d, be16_at(d, v, HOLD_TIME));
    say_z(d, ")");
    return true;
}

/* The datagram on its way to the rendezvous point. */
static bool say_register(struct dissect *d, struct view v)
{
    enum { IP_SRC = 12, IP_DST = 16, IP_HEADER = 20 };

    if (!view_has(v, 0, IP_HEADER))
        return false;
    say_at(d, v, " for %pI4 > %pI4", AT_ADDRESS(IP_SRC), AT_ADDRESS(IP_DST));
    return true;
}

static bool say_register_stop(struct dissect *d, struct view v)
{
    if (!need(d, v, 0, 8))
        return false;
    say_at(d, v, " for %pI4 > %pI4", AT_ADDRESS(0), AT_ADDRESS(4));
    return true;
}

static bool say_rp_reachable(struct dissect *d, struct view v)
{
    enum { GROUP, RP = 8, HOLD_TIME = 14 };

    if (!verbose(d, 1))
        return true;
    say_masked(d, " group ", view_from(v, GROUP));
    say_at(d, v, " RP %pI4 hold ", AT_ADDRESS(RP));
    say_duration(d, be16_at(d, v, HOLD_TIME));
    return true;
}

static bool say_assert(struct dissect *d, struct view v)
{
    enum { GROUP, SOURCE = 8, PREFERENCE = 12, METRIC = 16, RP_TREE = 0x80 };

    if (!need(d, v, SOURCE, 4))
        return false;
    say_at(d, v, " for %pI4", AT_ADDRESS(SOURCE));
    say_masked(d, " > ", view_from(v, GROUP));
    if (!need(d, v, METRIC, 4))
        return false;
    u32 preference = be32_at(d, v, PREFERENCE);
    say_at(d, v, " %s pref %u metric %lu", (preference >> 24 & RP_TREE) != 0 ? "RP-tree" : "SPT",
           preference & 0x7fffffff, AT_BE32(METRIC));
    return true;
}

/* A joined or pruned source: flags, mask length, address. */
enum { FLAGS, MASK_LEN, ADDRESS, SOURCE_BYTES = 6 };

static void say_flags(struct dissect *d, struct view v)
{
    enum { SPARSE = 0x01, WILDCARD = 0x80, RP_TREE = 0x40 };
    u8 mask_len = u8_at(d, v, MASK_LEN);

    say(d, "%s %s%s", u8_at(d, v, FLAGS) & SPARSE ? "Sparse" : "Dense",
        mask_len & WILDCARD ? "WC " : "", mask_len & RP_TREE ? "RP" : "SPT");
}

/* Where the parts of a join/prune message stand, up to its first source. */
enum {
    UPSTREAM,
    HOLD_TIME = 6,
    GROUP_COUNT = 11,
    GROUP = 12,
    JOINS = 20,
    PRUNES = 22,
    FIRST_SOURCE = 24,
    ONE_SOURCE = 30,
};

enum { USUAL_HOLD_TIME = 180 };

/* A single source of a single group fits on the line. */
static void say_single(struct dissect *d, struct view v, bool join)
{
    struct view source = view_from(v, FIRST_SOURCE);
    u16 hold = be16_at(d, v, HOLD_TIME);

    say_at(d, v, " RPF %pI4 ", AT_ADDRESS(UPSTREAM));
    if (hold != USUAL_HOLD_TIME) {
        say_z(d, "Hold ");
        say_duration(d, hold);
    }
    say_at(d, source, "%s (%pI4/%u, ", join ? "Join" : "Prune", AT_ADDRESS(ADDRESS),
           u8_at(d, source, MASK_LEN) & 0x3f);
    say_masked(d, "", view_from(v, GROUP));
    say_z(d, ") ");
    say_flags(d, source);
}

static bool say_sources(struct dissect *d, struct view *v, u32 count, const char *what)
{
    for (u32 i = 0; repeat(d, i, count); i++) {
        if (v->len < SOURCE_BYTES || !need(d, *v, 0, SOURCE_BYTES))
            return false;
        say(d, "\n\t%s ", what);
        say_flags(d, *v);
        say(d, " %pI4/%u", bytes_at(d, *v, ADDRESS, 4), u8_at(d, *v, MASK_LEN) & 0x3f);
        *v = view_from(*v, SOURCE_BYTES);
    }
    return true;
}

static bool say_group(struct dissect *d, struct view *v)
{
    if (v->len < 4)
        return false;
    say(d, "\n\tGroup: %pI4", bytes_at(d, *v, 0, 4));
    if (v->len < 8)
        return false;
    if (be32_at(d, *v, 4) != WHOLE_MASK)
        say(d, "/%pI4", bytes_at(d, *v, 4, 4));
    if (v->len < 12)
        return false;
    u16 joins = be16_at(d, *v, 8), prunes = be16_at(d, *v, 10);
    say(d, " joined: %u pruned: %u", joins, prunes);
    *v = view_from(*v, 12);
    return say_sources(d, v, joins, "Join ") && say_sources(d, v, prunes, "Prune");
}

static bool say_join_prune(struct dissect *d, struct view v)
{
    const char *separator = verbose(d, 2) ? "\n" : "";

    if (!verbose(d, 1))
        return true;
    if (view_has(v, 0, ONE_SOURCE) && u8_at(d, v, GROUP_COUNT) == 1) {
        u32 joins = be16_at(d, v, JOINS), prunes = be16_at(d, v, PRUNES);
        if (joins + prunes == 1) {
            say_single(d, v, joins == 1);
            return true;
        }
    }
    if (v.len < HOLD_TIME - 2)
        return false;
    say_z(d, separator);
    say_at(d, v, " Upstream Nbr: %pI4", AT_ADDRESS(UPSTREAM));
    if (v.len < HOLD_TIME + 2)
        return false;
    say_z(d, separator);
    say_z(d, " Hold time: ");
    say_duration(d, be16_at(d, v, HOLD_TIME));
    if (!verbose(d, 2))
        return true;
    if (v.len < GROUP)
        return false;
    u8 groups = u8_at(d, v, GROUP_COUNT);
    v = view_from(v, GROUP);
    for (u32 i = 0; repeat(d, i, groups); i++)
        if (!say_group(d, &v))
            return false;
    return true;
}

static bool say_body(struct dissect *d, u8 code, struct view v)
{
    switch (code) {
    case QUERY: return say_query(d, v);
    case REGISTER: return say_register(d, v);
    case REGISTER_STOP: return say_register_stop(d, v);
    case RP_REACHABLE: return say_rp_reachable(d, v);
    case ASSERT: return say_assert(d, v);
    case JOIN_PRUNE:
    case GRAFT:
    case GRAFT_ACK: return say_join_prune(d, v);
    default: return true;
    }
}

void say_pim_v1(struct dissect *d, struct view v)
{
    d->proto = "pimv1";
    u8 code = u8_at(d, v, CODE);
    say(d, " %s", name_of(d, &codes.names, code, "[type %u]"));
    bool join = code == JOIN_PRUNE || code == GRAFT || code == GRAFT_ACK;
    if (!say_body(d, code, view_from(v, BODY))) {
        truncated(d);
        if (!join)
            return;
    }
    u8 version = u8_at(d, v, VERSION) >> 4;
    if (version != 1)
        say(d, " [v%u]", version);
}
