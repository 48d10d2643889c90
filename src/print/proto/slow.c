/*
 * Slow protocols: link aggregation control and its markers.  IEEE 802.1AX-2008, clauses 5.4.2 and
 * 5.5.3; subtypes: IEEE 802.3-2012, annex 57A.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |    subtype    |    version    |     type      |    length     |
 *   |  value ...                                                    |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/slow.h"

#include "base/ethertype.h"
#include "print/hexdump.h"
#include "print/printer.h"

enum { SUBTYPE, VERSION, HEADER_LEN };

enum subtype { LACP = 1, MARKER, OAM };

static const char *const subtypes[] = { [LACP] = "LACP", [MARKER] = "MARKER", [OAM] = "OAM" };

enum { TLV_TYPE, TLV_LENGTH, TLV_HEADER_LEN };

enum lacp_tlv { TERMINATOR, ACTOR, PARTNER, COLLECTOR };

enum { MARKER_INFORMATION = 1 };

/* Of an actor or a partner, from the beginning of the value. */
enum {
    SYSTEM_PRIORITY,
    SYSTEM = 2,
    KEY = 8,
    PORT_PRIORITY = 10,
    PORT = 12,
    STATE = 14,
    ACTOR_LEN = 18
};

/* Of a marker. */
enum { REQUEST_PORT, REQUEST_SYSTEM = 2, TRANSACTION = 8, MARKER_LEN = 14 };

enum { COLLECTOR_LEN = 14 };

/* A type of TLV, with its length; 0: any. */
struct tlv {
    const char *name;
    u8 len;
    void (*say)(struct dissect *d, struct view v);
};

static void say_actor(struct dissect *d, struct view v)
{
    NAMES(states,
          (0x01, "Activity") (0x02, "Timeout") (0x04, "Aggregation") (0x08, "Synchronization")
          (0x10, "Collecting") (0x20, "Distributing") (0x40, "Default") (0x80, "Expired"));

    say_at(d, v, "\n\t  System %pM, System Priority %lu, Key %lu, Port %lu, Port Priority %lu",
           AT_ADDRESS(SYSTEM), AT_BE16(SYSTEM_PRIORITY), AT_BE16(KEY), AT_BE16(PORT),
           AT_BE16(PORT_PRIORITY));
    say(d, "\n\t  State Flags [%s]", flags_of(d, &states.names, u8_at(d, v, STATE), ", ", "none"));
}

static void say_collector(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t  Max Delay %lu", AT_BE16(0));
}

static void say_marker(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t  Request System %pM, Request Port %lu, Request Transaction ID 0x%08lx",
           AT_ADDRESS(REQUEST_SYSTEM), AT_BE16(REQUEST_PORT), AT_BE32(TRANSACTION));
}

static const struct tlv lacp_tlvs[] = {
    [TERMINATOR] = { "Terminator", 0, NULL },
    [ACTOR] = { "Actor Information", ACTOR_LEN, say_actor },
    [PARTNER] = { "Partner Information", ACTOR_LEN, say_actor },
    [COLLECTOR] = { "Collector Information", COLLECTOR_LEN, say_collector },
};

static const struct tlv marker_tlvs[] = {
    [TERMINATOR] = { "Terminator", 0, NULL },
    [MARKER_INFORMATION] = { "Marker Information", MARKER_LEN, say_marker },
};

static const struct tlv unknown = { "Unknown", 0, NULL };

static void say_tlv(struct dissect *d, const struct tlv *t, struct view v)
{
    if (t->len != 0 && v.len != t->len)
        say(d, "\n\t    ERROR: illegal length - should be %u", t->len + (unsigned)TLV_HEADER_LEN);
    else if (t->say != NULL)
        t->say(d, v);
    if (verbose(d, 2) || t->say == NULL)
        hexdump(d->out, "\n\t  ", view_clip(v, v.len));
}

/* False when the packet ends before one of them. */
static bool say_tlvs(struct dissect *d, u8 subtype, struct view v)
{
    const struct tlv *tlvs = subtype == LACP ? lacp_tlvs : marker_tlvs;
    u32 count = subtype == LACP ? countof(lacp_tlvs) : countof(marker_tlvs);

    while (v.len > 0 && !d->sealed) {
        if (v.len < TLV_HEADER_LEN)
            return false;
        u8 type = u8_at(d, v, TLV_TYPE);
        u32 len = u8_at(d, v, TLV_LENGTH);
        const struct tlv *t = type < count ? &tlvs[type] : &unknown;
        say(d, "\n\t%s TLV (0x%02x), length %u", t->name, type, len);
        if (type == TERMINATOR)
            return true;
        if (len < TLV_HEADER_LEN) {
            say_z(d, "\n\t    ERROR: illegal length - should be >= 2");
            return true;
        }
        if (len > v.len)
            return false;
        if (!need(d, v, 0, len))
            return true;
        say_tlv(d, t, view_sub(v, TLV_HEADER_LEN, len - TLV_HEADER_LEN));
        v = view_from(v, len);
    }
    return true;
}

/* False when the packet ends too early. */
static bool say_packet(struct dissect *d, struct view v)
{
    if (v.len < 1)
        return false;
    u8 subtype = u8_at(d, v, SUBTYPE);
    const char *name = name_in(d, subtypes, countof(subtypes), subtype, "unknown (%u)");
    bool versioned = subtype == LACP || subtype == MARKER;

    if (versioned) {
        if (v.len < HEADER_LEN)
            return false;
        u8 version = u8_at(d, v, VERSION);
        if (version != 1) {
            say(d, "%s version %u packet not supported", name, version);
            return true;
        }
        say(d, "%sv%u, length %u", name, version, v.len);
    } else {
        say(d, "%s, length %u", name, v.len);
    }
    if (subtypes[subtype < countof(subtypes) ? subtype : 0] == NULL) {
        hexdump(d->out, "\n\t", view_clip(v, v.len));
        return true;
    }
    if (!verbose(d, 1))
        return true;
    return versioned ? say_tlvs(d, subtype, view_from(v, HEADER_LEN))
                     : slow_oam(d, view_from(v, VERSION));
}

void print_slow(struct dissect *d, struct view v)
{
    d->proto = "slow";
    if (!say_packet(d, v))
        say_z(d, verbose(d, 1) ? "\n\t\t packet is too short" : " (packet is too short)");
}
