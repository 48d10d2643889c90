/*
 * ERSPAN: frames of a mirrored port, sent elsewhere.  draft-foschiano-erspan-03, section 4.  As
 * tcpdump 5.0; releases before do not decode it.
 *
 *    0                             2                             4
 *   +-------+-----------------------+-----+---+-+-------------------+
 *   |  ver  |        VLAN           | cos |en |t|    session        |  types II and III
 *   +-------+---------------+-------+-----+---+-+-------------------+
 *   |       reserved        |            index                      |  type II
 *   +-----------------------+---------------------------------------+
 *   |                         time stamp                            |  type III; its `en` is the
 *   |        security group         |P| type | hardware | D |gra|O|  |  fate of the frame, and O
 *   |  O: platform specific, 8 bytes                                |  announces the last field
 *   +---------------------------------------------------------------+
 */
#include "print/proto/erspan.h"

#include "print/printer.h"
#include "print/proto/ether.h"

enum { VERSION_VLAN, SESSION = 2, INDEX = 4, II_LEN = 8 };
enum { TIMESTAMP = 4, III_FLAGS = 10, III_LEN = 12, PLATFORM_LEN = 8 };

enum { VERSION_SHIFT = 12, VLAN_MASK = 0x0fff, INDEX_MASK = 0xfffff };
enum { COS_SHIFT = 13, EN_SHIFT = 11, EN_MASK = 3, CUT = 0x0400, SESSION_MASK = 0x03ff };
enum { FRAME_TYPE_SHIFT = 10, FRAME_TYPE_MASK = 31, PLATFORM_PRESENT = 1 };
enum { VERSION_II = 1, VERSION_III };

/* How the mirrored frame was tagged. */
enum { UNTAGGED, ISL, DOT1Q, TAG_KEPT };

static const char *const fates[] = { "Good/unknown", "Short", "Oversized", "Bad" };

NAMES(frame_types, (0, "Ethernet") (2, "IP"));

static void say_cos(struct dissect *d, u16 word)
{
    say(d, " cos %u", (u32)word >> COS_SHIFT);
    if ((word & CUT) != 0)
        say_z(d, " truncated");
}

static bool is_version(struct dissect *d, struct view v, u32 expected)
{
    u32 version = (u32)be16_at(d, v, VERSION_VLAN) >> VERSION_SHIFT;

    if (version != expected)
        say(d, "erspan unknown version %u", version);
    return version == expected;
}

static void say_ii(struct dissect *d, struct view v)
{
    if (!is_version(d, v, VERSION_II))
        return;
    u32 vlan = be16_at(d, v, VERSION_VLAN) & VLAN_MASK;
    u16 word = be16_at(d, v, SESSION);

    say(d, "erspan type2 session %u", word & SESSION_MASK);
    switch (word >> EN_SHIFT & EN_MASK) {
    case ISL: say(d, " isl %u", vlan); break;
    case DOT1Q: say(d, " vlan %u", vlan); break;
    case TAG_KEPT: say_z(d, " vlan payload"); break;
    default: break;
    }
    say_cos(d, word);
    say(d, " index %u: ", be32_at(d, v, INDEX) & INDEX_MASK);
    ether_frame(d, view_from(v, II_LEN));
}

void erspan_i_ii(struct dissect *d, struct view v, bool sequenced)
{
    d->proto = "erspan";
    if (sequenced) {
        say_ii(d, v);
        return;
    }
    say_z(d, "erspan type1: ");
    ether_frame(d, v);
}

void erspan_iii(struct dissect *d, struct view v)
{
    d->proto = "erspan";
    if (!is_version(d, v, VERSION_III))
        return;
    u16 word = be16_at(d, v, SESSION);
    say(d, "erspan type3 session %u bso %s", word & SESSION_MASK, fates[word >> EN_SHIFT & EN_MASK]);
    say_cos(d, word);
    u16 bits = be16_at(d, v, III_FLAGS);
    u32 type = bits >> FRAME_TYPE_SHIFT & FRAME_TYPE_MASK;
    say(d, " ft %s", name_of(d, &frame_types.names, type, "unknown (%u)"));
    u32 len = III_LEN + ((bits & PLATFORM_PRESENT) != 0 ? PLATFORM_LEN : 0);
    if (!need(d, v, 0, len))
        return;
    say_z(d, ": ");
    switch (type) {
    case 0: ether_frame(d, view_from(v, len)); break;
    case 2: print_ip(d, view_from(v, len)); break;
    default: say_payload(d, view_from(v, len)); break;
    }
}
