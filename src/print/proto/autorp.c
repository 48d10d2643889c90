/*
 * Auto-RP: Cisco's announcement of rendezvous points of PIM.  Cisco's draft "Auto-RP: automatic
 * distribution of group-to-RP mappings".
 *
 *    0               1               2               3
 *   +-------+-------+---------------+-------------------------------+
 *   |version| type  |   RP count    |           hold time           |
 *   |                           reserved                            |
 *   +---------------------------------------------------------------+
 *   |                      RP address                               |  for each RP:
 *   |      PIM      |  group count  |
 *   +---------------+---------------+
 *   |     flags     |  mask length  |     group prefix (4)          |  for each of its groups
 *   +---------------+---------------+-------------------------------+
 */
#include "print/printer.h"

enum { VERSION_TYPE, COUNT, HOLD_TIME, HEADER_LEN = 8 };
enum { RP_ADDRESS, RP_PIM = 4, RP_GROUPS, RP_LEN };
enum { GROUP_FLAGS, GROUP_MASK, GROUP_PREFIX, GROUP_LEN = 6 };

enum { PIM_VERSIONS = 0x03, NEGATIVE = 0x01, BIDIRECTIONAL = 0x02, GROUP_RESERVED = 0xfc };

NAMES(types, (0x11, "candidate-advert") (0x12, "mapping"));

static void say_groups(struct dissect *d, struct view v, u32 count)
{
    for (u32 i = 0; repeat(d, i, count); i++, v = view_from(v, GROUP_LEN)) {
        if (!want(d, v, 0, GROUP_LEN))
            return;
        u8 flags = u8_at(d, v, GROUP_FLAGS);
        say(d, "%c%s%pI4/%u", i == 0 ? ' ' : ',', (flags & NEGATIVE) != 0 ? "!" : "",
            bytes_at(d, v, GROUP_PREFIX, 4), u8_at(d, v, GROUP_MASK));
        if ((flags & BIDIRECTIONAL) != 0)
            say_z(d, " bidir");
        if ((flags & GROUP_RESERVED) != 0)
            say(d, "[rsvd=0x%02x]", flags & GROUP_RESERVED);
    }
}

/* A rendezvous point and its groups; what follows them. */
static struct view say_rp(struct dissect *d, struct view v)
{
    static const char *const versions[] = { "PIMv?", "PIMv1", "PIMv2", "PIMv1+2" };

    if (!want(d, v, RP_ADDRESS, 4))
        return v;
    say(d, " RP %pI4", bytes_at(d, v, RP_ADDRESS, 4));
    if (!want(d, v, RP_PIM, 1))
        return v;
    u8 pim = u8_at(d, v, RP_PIM);
    say(d, " %s", versions[pim & PIM_VERSIONS]);
    if ((pim & ~PIM_VERSIONS) != 0)
        say(d, " [rsvd=0x%02x]", pim & ~PIM_VERSIONS);
    if (!want(d, v, RP_GROUPS, 1))
        return v;
    u32 groups = u8_at(d, v, RP_GROUPS);
    v = view_from(v, RP_LEN);
    say_groups(d, v, groups);
    return view_from(v, groups * GROUP_LEN);
}

static void say_message(struct dissect *d, struct view v)
{
    if (v.len < HEADER_LEN) {
        truncated(d);
        return;
    }
    say_z(d, " auto-rp ");
    say(d, "%s", name_of(d, &types.names, u8_at(d, v, VERSION_TYPE), "type-0x%02x"));
    u32 count = u8_at(d, v, COUNT);
    say_z(d, " Hold ");
    u32 hold_time = be16_at(d, v, HOLD_TIME);
    if (hold_time != 0)
        say_duration(d, hold_time);
    else
        say_z(d, "FOREVER");
    v = view_from(v, HEADER_LEN);
    for (u32 i = 0; repeat(d, i, count); i++)
        v = say_rp(d, v);
}

void print_autorp(struct dissect *d, struct view v)
{
    d->proto = "cisco_autorp";
    say_message(d, view_clip(v, v.len)); /* UDP's length may leave bytes out */
    resume(d);
}
