/*
 * Cisco Auto-RP: which rendezvous points serve which groups.  Cisco,
 * ftp://ftpeng.cisco.com/ipmulticast/specs/pim-autorp-spec01.txt.
 *
 *   version 4 bits, type 4 bits; number of points 1, holdtime 2, reserved 4; of each point:
 *   address 4; reserved 6 bits, PIM versions 2 bits; number of groups 1; of each group:
 *   reserved 6 bits, bidirectional 1 bit, negative 1 bit; mask length 1, address 4
 */
#include "print/printer.h"

enum { TYPE, COUNT, HOLDTIME, HEADER_LEN = 8 };

enum { POINT_VERSIONS = 4, POINT_COUNT, POINT_LEN, VERSIONS_MASK = 3 };

enum { GROUP_FLAGS, GROUP_MASK_LEN, GROUP_ADDRESS, GROUP_LEN = 6 };

enum { NEGATIVE = 1, BIDIRECTIONAL = 2, FLAGS_MASK = 3 };

NAMES(types, (0x11, "candidate-advert") (0x12, "mapping"));

static const char *const versions[] = { "PIMv?", "PIMv1", "PIMv2", "PIMv1+2" };

static void say_group(struct dissect *d, struct view v, char separator)
{
    u8 flags = u8_at(d, v, GROUP_FLAGS);

    say_at(d, v, "%c%s%pI4/%lu", separator, (flags & NEGATIVE) != 0 ? "!" : "",
           AT_ADDRESS(GROUP_ADDRESS), AT_U8(GROUP_MASK_LEN));
    if ((flags & BIDIRECTIONAL) != 0)
        say_z(d, " bidir");
    if ((flags & ~FLAGS_MASK) != 0)
        say(d, "[rsvd=0x%02x]", flags & ~FLAGS_MASK);
}

/* A rendezvous point and its groups, which are taken off `v`.  False when they do not fit. */
static bool say_point(struct dissect *d, struct view *v)
{
    if (v->len < POINT_VERSIONS)
        return false;
    say_at(d, *v, " RP %pI4", AT_ADDRESS(0));
    if (v->len < POINT_COUNT)
        return false;
    u8 flags = u8_at(d, *v, POINT_VERSIONS);
    if (d->sealed)
        return true;
    say(d, " %s", versions[flags & VERSIONS_MASK]);
    if ((flags & ~VERSIONS_MASK) != 0)
        say(d, " [rsvd=0x%02x]", flags & ~VERSIONS_MASK);
    if (v->len < POINT_LEN)
        return false;
    u32 groups = u8_at(d, *v, POINT_COUNT);
    *v = view_from(*v, POINT_LEN);
    for (u32 i = 0; repeat(d, i, groups); i++) {
        if (v->len < GROUP_LEN)
            return false;
        say_group(d, *v, i == 0 ? ' ' : ',');
        *v = view_from(*v, GROUP_LEN);
    }
    return true;
}

void print_auto_rp(struct dissect *d, struct view v)
{
    d->proto = "cisco_autorp";
    if (v.len < HEADER_LEN) {
        truncated(d);
        return;
    }
    say_z(d, " auto-rp ");
    say(d, "%s", name_of(d, &types.names, u8_at(d, v, TYPE), "type-0x%02x"));
    u32 points = u8_at(d, v, COUNT);
    say_z(d, " Hold ");
    u16 holdtime = be16_at(d, v, HOLDTIME);
    if (d->sealed)
        return;
    if (holdtime != 0)
        say_duration(d, holdtime);
    else
        say_z(d, "FOREVER");
    v = view_from(v, HEADER_LEN);
    for (u32 i = 0; repeat(d, i, points); i++) {
        if (!say_point(d, &v)) {
            truncated(d);
            return;
        }
    }
}
