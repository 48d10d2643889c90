/*
 * The IPv6 routing headers of type 0 (RFC 2460, deprecated by RFC 5095), 2 (RFC 6275, section 6.4)
 * and 4, segment routing (RFC 8754), which may have TLVs behind the addresses.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |  next header  | length, 8s -1 |     type      | segments left |
 *   +---------------+---------------+---------------+---------------+
 *   |  reserved;  type 4: last entry, flags, tag (2)                |
 *   +---------------------------------------------------------------+
 *   |                   addresses, 16 bytes each                    |
 */
#include "print/proto/ip6.h"

#include "base/ipproto.h"
#include "print/printer.h"

enum {
    NEXT_HEADER,
    HEADER_LENGTH,
    TYPE,
    SEGMENTS_LEFT,
    RESERVED,
    LAST_ENTRY = 4,
    FLAGS,
    TAG,
    ADDRESSES = 8,
    ADDRESS_LEN = 16,
};

enum { TYPE_SOURCE = 0, TYPE_MOBILE = 2, TYPE_SEGMENT = 4 };

enum { IP6_NEXT_HEADER = 6, IP6_DESTINATION = 24, IP6_HEADER_LEN = 40 };

static void say_addresses(struct dissect *d, struct view v, u32 count)
{
    for (u32 i = 0; repeat(d, i, count); i++)
        say(d, ", [%u]%pI6", i, bytes_at(d, v, ADDRESSES + i * ADDRESS_LEN, ADDRESS_LEN));
}

/* The addresses of a header whose length is `units` of eight bytes, less the first. */
static bool addresses(struct dissect *d, struct view v, u32 units)
{
    if (units % 2 != 0) {
        say(d, " (invalid length %u)", units);
        invalid(d);
        return false;
    }
    say_addresses(d, v, units / 2);
    say_z(d, ") ");
    return true;
}

static bool source_route(struct dissect *d, struct view v, u32 units)
{
    u32 reserved = be32_at(d, v, RESERVED);

    if (reserved != 0 || verbose(d, 1))
        say(d, ", rsv=0x%x", reserved);
    return addresses(d, v, units);
}

/* RFC 8754, section 2.1.2, from the beginning of the TLV; the digest takes a multiple of eight bytes. */
static void say_digest(struct dissect *d, struct view v)
{
    enum { FLAGS_AT = 2, KEY_ID = 4, DIGEST = 8, NOT_THE_DESTINATION = 0x80 };

    say_at(d, v, ", D=%u, HMAC-key-ID=0x%08lx, HMAC=0x", u8_at(d, v, FLAGS_AT) / NOT_THE_DESTINATION,
           AT_BE32(KEY_ID));
    for (u32 at = DIGEST; repeat(d, at, v.len); at += 4)
        say_at(d, v, "%08lx", AT_BE32(at));
}

/* What stands behind the segments, in the words of tcpdump 5.0.  False when a length is wrong. */
static bool say_tlvs(struct dissect *d, struct view v)
{
    enum { TLV_TYPE, TLV_LENGTH, TLV_HEADER_LEN, PAD1 = 0, PADN = 4, HMAC = 5, DIGEST_UNIT = 8 };
    NAMES(names, (PAD1, "Pad1") (PADN, "PadN") (HMAC, "HMAC"));

    while (v.len > 0 && !d->sealed) {
        u8 type = u8_at(d, v, TLV_TYPE);
        say(d, ", TLV-type=%s(%u)", name_of(d, &names.names, type, "Unknown"), type);
        if (type == PAD1) {
            v = view_from(v, 1);
            continue;
        }
        u32 length = u8_at(d, v, TLV_LENGTH), size = TLV_HEADER_LEN + length;
        say(d, ", TLV-len=%u", length);
        if (type == HMAC) /* as tcpdump: taken as well when the length is that of the digest alone */
            size = (size + DIGEST_UNIT - 1) / DIGEST_UNIT * DIGEST_UNIT;
        if (size > v.len) {
            invalid(d);
            return false;
        }
        if (!need(d, v, 0, size))
            return false;
        if (type == HMAC && verbose(d, 1))
            say_digest(d, view_clip(v, size));
        v = view_from(v, size);
    }
    return true;
}

static bool segment_route(struct dissect *d, struct view v, u32 units)
{
    say_at(d, v, ", last-entry=%lu", AT_U8(LAST_ENTRY));
    u32 flags = u8_at(d, v, FLAGS);
    if (flags != 0 || verbose(d, 1))
        say(d, ", flags=0x%0x", flags);
    say_at(d, v, ", tag=%lx", AT_BE16(TAG));
    u32 segments = u8_at(d, v, LAST_ENTRY) + 1u;
    if (units % 2 == 0 || segments * 2 > units) /* as tcpdump 4.99.3: whatever the last entry is */
        return addresses(d, v, units);
    say_addresses(d, v, segments);
    u32 end = segments * ADDRESS_LEN;
    if (!say_tlvs(d, view_sub(v, ADDRESSES + end, units * 8 - end)))
        return false;
    say_z(d, ") ");
    return true;
}

u32 ip6_routing(struct dissect *d, struct view v)
{
    if (!view_has(v, NEXT_HEADER, 1)) {
        truncated(d);
        return 0;
    }
    d->proto = "rt6";
    say_z(d, "RT6");
    u32 units = u8_at(d, v, HEADER_LENGTH);
    say(d, " (len=%u", units);
    u32 type = u8_at(d, v, TYPE);
    say(d, ", type=%u", type);
    if (type == TYPE_SOURCE)
        say_z(d, " [Deprecated]");
    say_at(d, v, ", segleft=%lu", AT_U8(SEGMENTS_LEFT));

    bool good = false;
    switch (type) {
    case TYPE_SOURCE:
    case TYPE_MOBILE: good = source_route(d, v, units); break;
    case TYPE_SEGMENT: good = segment_route(d, v, units); break;
    default:
        say_z(d, " (unknown type)");
        invalid(d);
        break;
    }
    return good ? (units + 1) * 8 : 0;
}

/*
 * The last address of a routing header, or `otherwise`.  As tcpdump: segments are listed backwards,
 * so theirs is the first, taken even from a header without any; and how many are left to visit
 * makes no difference.
 */
static struct view last_address(struct view v, struct view otherwise)
{
    int units = view_byte(v, HEADER_LENGTH), type = view_byte(v, TYPE);
    u32 count = units < 0 ? 0 : (u32)units / 2;

    if (type == TYPE_SEGMENT)
        count = 1;
    else if (type != TYPE_SOURCE && type != TYPE_MOBILE)
        count = 0;
    if (count == 0 || !view_has(v, ADDRESSES + (count - 1) * ADDRESS_LEN, ADDRESS_LEN))
        return otherwise;
    return view_sub(v, ADDRESSES + (count - 1) * ADDRESS_LEN, ADDRESS_LEN);
}

struct view ip6_final_destination(struct view v)
{
    struct view destination = view_sub(v, IP6_DESTINATION, ADDRESS_LEN);
    int next = view_byte(v, IP6_NEXT_HEADER);
    struct view rest = view_from(v, IP6_HEADER_LEN);

    while (next == IPPROTO_HOPOPTS || next == IPPROTO_DSTOPTS || next == IPPROTO_FRAGMENT ||
           next == IPPROTO_MOBILITY || next == IPPROTO_MOBILITY_OLD) {
        int units = next == IPPROTO_FRAGMENT ? 0 : view_byte(rest, HEADER_LENGTH);
        next = view_byte(rest, NEXT_HEADER);
        rest = view_from(rest, (u32)(units + 1) * 8);
    }
    return next == IPPROTO_ROUTING ? last_address(rest, destination) : destination;
}
