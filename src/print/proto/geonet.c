/*
 * GeoNetworking of intelligent transport systems, with the Basic Transport Protocol on it.  ETSI TS
 * 102 636-4-1 and 102 636-5-1, versions 1.1.1; messages: ETSI TS 102 637.  And CALM FAST, ISO 29281.
 *
 *    0               1               2               3
 *   +-------+-------+-------+-------+---------------+---------------+
 *   |version| next  | type  |subtype|   reserved    |     flags     |
 *   |        payload length         | traffic class |   hop limit   |
 *   |  source position (28 bytes): address (8), time, latitude, longitude, ...
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum {
    VERSION_NEXT, TYPE, PAYLOAD_LENGTH = 4, HOP_LIMIT = 7, ADDRESS, LATITUDE = 20, LONGITUDE = 24,
    HEADER_LEN = 36,
};

enum { ADDRESS_BYTES = 8 };

NAMES(next_headers, (0, "Any") (1, "BTP-A") (2, "BTP-B") (3, "IPv6"));

enum type { ANY, BEACON, UNICAST, ANYCAST, BROADCAST, TOPOLOGY, LOCATION, TYPES };
enum { MULTI_HOP = 1, SUBTYPES = 3 };

static const char *const types[TYPES][SUBTYPES] = {
    [ANYCAST] = { "GeoAnycastCircle", "GeoAnycastRect", "GeoAnycastElipse" },
    [BROADCAST] = { "GeoBroadcastCircle", "GeoBroadcastRect", "GeoBroadcastElipse" },
    [TOPOLOGY] = { "TopoScopeBcast-SH", "TopoScopeBcast-MH" },
    [LOCATION] = { "LocService-Request", "LocService-Reply" },
};

enum { BTP_LEN = 4, MULTI_HOP_LEN = 32 };

static const char *type_name(u32 type, u32 subtype)
{
    static const char *const plain[] = { "Any", "Beacon", "GeoUnicast" };

    if (type < countof(plain))
        return plain[type];
    if (type < TYPES && subtype < SUBTYPES && types[type][subtype] != NULL)
        return types[type][subtype];
    return "Unknown";
}

/* " (what 1 < 2) (invalid)", about the length of `v`.  False. */
static bool too_short(struct dissect *d, const char *what, struct view v, u32 least)
{
    say(d, " (%s %u < %u)", what, v.len, least);
    invalid(d);
    return false;
}

/*
 * The transport header, and that of the message.  As tcpdump, both kinds of transport look alike.
 * False when there is no room.
 */
static bool say_transport(struct dissect *d, struct view v)
{
    enum { DESTINATION, SOURCE = 2, MESSAGE_VERSION = 4, MESSAGE_TYPE, BODY_LEN = 2 };
    NAMES(messages,
          (0, "CAM") (1, "DENM") (101, "TPEGM") (102, "TSPDM") (103, "VPM") (104, "SRM")
          (105, "SLAM") (106, "ecoCAM") (107, "ITM") (150, "SA"));

    if (v.len < BTP_LEN)
        return too_short(d, "BTP length", v, BTP_LEN);
    say_at(d, v, "; BTP Dst:%lu", AT_BE16(DESTINATION));
    say_at(d, v, " Src:%lu", AT_BE16(SOURCE));
    if (v.len < BTP_LEN + BODY_LEN)
        return true;
    say_at(d, v, "; ItsPduHeader v:%lu", AT_U8(MESSAGE_VERSION));
    u8 type = u8_at(d, v, MESSAGE_TYPE);
    say(d, " t:%u-%s", type, name_of(d, &messages.names, type, "unknown (%u)"));
    return true;
}

/* As tcpdump, the payload is dumped whatever else is, and says when it is cut. */
static void dump(struct dissect *d, struct view v)
{
    hexdump_ascii(d->out, "\n\t", v);
    need(d, v, 0, v.len);
}

static void say_source(struct dissect *d)
{
    if (d->link != NULL)
        say(d, "src:%pM; ", (const void *)(d->link + 6));
}

void print_geonet(struct dissect *d, struct view v)
{
    d->proto = "geonet";
    say_z(d, "GeoNet ");
    say_source(d);
    if (v.len < HEADER_LEN) {
        too_short(d, "common header length", v, HEADER_LEN);
        return;
    }
    if (!need(d, v, 0, HOP_LIMIT + 1))
        return;
    u32 version = (u32)u8_at(d, v, VERSION_NEXT) >> 4, next = u8_at(d, v, VERSION_NEXT) & 15u;
    u32 type = (u32)u8_at(d, v, TYPE) >> 4, subtype = u8_at(d, v, TYPE) & 15u;

    say_at(d, v, "v:%u NH:%u-%s HT:%u-%u-%s HopLim:%lu Payload:%lu ", version, next,
           name_of(d, &next_headers.names, next, "Unknown"), type, subtype,
           type_name(type, subtype), AT_U8(HOP_LIMIT), AT_BE16(PAYLOAD_LENGTH));
    if (!need(d, v, ADDRESS, ADDRESS_BYTES))
        return;
    say_z(d, "GN_ADDR:");
    for (u32 i = 0; i < ADDRESS_BYTES; i++)
        say(d, i == 0 ? "%02x" : ":%02x", u8_at(d, v, ADDRESS + i));
    say_z(d, " ");
    say_at(d, v, "lat:%lu ", AT_BE32(LATITUDE));
    say_at(d, v, "lon:%lu", AT_BE32(LONGITUDE));

    struct view rest = view_from(v, HEADER_LEN);
    if (!need(d, v, 0, HEADER_LEN))
        return;
    if (type == ANY || type == BEACON || (type == TOPOLOGY && subtype <= MULTI_HOP)) {
        if (type == TOPOLOGY && subtype == MULTI_HOP) {
            if (rest.len < MULTI_HOP_LEN) {
                say(d, " (header size %u > %u)", (unsigned)MULTI_HOP_LEN, rest.len);
                invalid(d);
                return;
            }
            if (!need(d, rest, 0, MULTI_HOP_LEN))
                return;
            rest = view_from(rest, MULTI_HOP_LEN);
        }
        if (next == 1 || next == 2) {
            if (!say_transport(d, rest))
                return;
            rest = view_from(rest, BTP_LEN);
        }
    }
    if (verbose(d, 1))
        dump(d, rest);
}

void print_calm_fast(struct dissect *d, struct view v)
{
    enum { SOURCE_REF, DESTINATION_REF, LEN };

    d->proto = "calm_fast";
    say_z(d, "CALM FAST ");
    say_source(d);
    if (v.len < LEN) {
        too_short(d, "length", v, LEN);
        need(d, v, 0, v.len);
        return;
    }
    say_at(d, v, "SrcNwref:%lu; ", AT_U8(SOURCE_REF));
    say_at(d, v, "DstNwref:%lu; ", AT_U8(DESTINATION_REF));
    if (verbose(d, 1))
        dump(d, view_from(v, LEN));
}
