/*
 * Babel: a distance-vector routing protocol.  RFC 8966, section 4; authentication: RFC 7298 and RFC
 * 8967; diversity: draft-chroboczek-babel-diversity-routing; delays: RFC 9616; routes by source:
 * RFC 9079.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |   magic 42    |   version 2   |        body length            |
 *   +---------------+---------------+-------------------------------+
 *   |     type      |    length     |  value ...                       TLVs, then those of the
 * trailer
 *   +---------------+---------------+
 */
#include "print/printer.h"

enum { MAGIC, VERSION, BODY_LENGTH, HEADER_LEN = 4, MAGIC_VALUE = 42, VERSION_VALUE = 2 };

enum { TLV_HEADER_LEN = 2, ID_LEN = 8 };

enum tlv_type {
    PAD1,
    PADN,
    ACK_REQUEST,
    ACK,
    HELLO,
    IHU,
    ROUTER_ID,
    NEXT_HOP,
    UPDATE,
    ROUTE_REQUEST,
    SEQNO_REQUEST,
    TS_PC,
    HMAC,
    SOURCE_UPDATE,
    SOURCE_REQUEST,
    SOURCE_SEQNO_REQUEST,
    MAC,
    PACKET_COUNTER,
    CHALLENGE_REQUEST,
    CHALLENGE_REPLY,
};

enum sub_tlv { SUB_PAD1, SUB_PADN, SUB_DIVERSITY, SUB_TIMESTAMP, SUB_MANDATORY = 0x80 };

/* Encodings of addresses, RFC 8966, section 4.1.4. */
enum encoding { AE_WILDCARD, AE_IP4, AE_IP6, AE_LINK_LOCAL };

enum { UPDATE_PREFIX = 0x80, UPDATE_ROUTER_ID = 0x40, UPDATE_UNKNOWN = 0x3f };

static const u8 ip4_mapped[16] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

/* Prefixes that later updates leave out the beginning of. */
struct defaults {
    u8 ip4[16], ip6[16]; /* IPv4 as ::ffff:a.b.c.d */
};

/* What a TLV came to. */
enum outcome { SHOWN, INVALID };

static void say_interval(struct dissect *d, u16 centiseconds)
{
    if (centiseconds == 0)
        say_z(d, "0.0s (bogus)");
    else
        say(d, "%u.%02us", centiseconds / 100, centiseconds % 100);
}

static void say_ip(struct dissect *d, const u8 *address)
{
    if (memcmp(address, ip4_mapped, 12) == 0)
        say_ip4(d, address + 12);
    else
        say_ip6(d, address);
}

static void say_prefix(struct dissect *d, u8 encoding, const u8 *prefix, u32 bits)
{
    if (encoding == AE_IP4)
        say(d, "%pI4/%u", prefix + 12, bits);
    else
        say(d, "%pI6/%u", prefix, bits);
}

/* Reads v.len bytes of an address.  The bytes that it takes, or -1. */
static i32 read_address(struct view v, u8 encoding, u8 address[16])
{
    static const u8 lens[] = { 0, 4, 16, 8 };

    if (encoding >= countof(lens) || v.len < lens[encoding])
        return -1;
    const void *bytes = view_at(v, 0, lens[encoding]);
    if (bytes == NULL)
        return -1;
    memset(address, 0, 16);
    if (encoding == AE_IP4) {
        memcpy(address, ip4_mapped, 12);
    } else if (encoding == AE_LINK_LOCAL) {
        address[0] = 0xfe;
        address[1] = 0x80;
    }
    memcpy(address + 16 - lens[encoding], bytes, lens[encoding]);
    return lens[encoding];
}

/* Reads a prefix of `bits` whose first `omitted` bytes are those of `defaults`.  As read_address().
 */
static i32 read_prefix(struct view v, u8 encoding, u32 bits, u32 omitted, const u8 *defaults,
                       u8 prefix[16])
{
    u32 bytes = (bits + 7) / 8, first = 0, max = 16;

    memset(prefix, 0, 16);
    switch (encoding) {
    case AE_WILDCARD: return bytes > max ? -1 : 0;
    case AE_IP4:
        first = 12;
        max = 4;
        memcpy(prefix, ip4_mapped, 12);
        break;
    case AE_IP6: break;
    case AE_LINK_LOCAL:
        prefix[0] = 0xfe;
        prefix[1] = 0x80;
        omitted = 8;
        break;
    default: return -1;
    }
    if (bytes > max || omitted > max)
        return -1;
    if (encoding != AE_LINK_LOCAL && omitted > 0) {
        if (defaults == NULL)
            return -1;
        memcpy(prefix, defaults, first + omitted);
    }
    u32 len = bytes > omitted ? bytes - omitted : 0;
    if (len > v.len || !view_has(v, 0, len))
        return -1;
    if (len > 0)
        memcpy(prefix + first + omitted, view_at(v, 0, len), len);
    return (i32)len;
}

static void say_microseconds(struct dissect *d, u32 t)
{
    say(d, "%u.%06us", t / 1000000, t % 1000000);
}

/* A sub-TLV's value.  False when it is too short. */
static bool say_sub_tlv(struct dissect *d, struct view v, u8 type, u8 tlv)
{
    switch (type) {
    case SUB_PADN: say_z(d, " sub-padn"); break;
    case SUB_DIVERSITY:
        say_z(d, " sub-diversity");
        if (v.len == 0)
            say_z(d, " empty");
        for (u32 i = 0; i < v.len; i++) {
            u8 channel = u8_at(d, v, i);
            say_z(d, i == 0 ? " " : "-");
            if (channel == 0)
                say_z(d, "reserved");
            else if (channel == 0xff)
                say_z(d, "all");
            else
                say(d, "%u", channel);
        }
        if (tlv != UPDATE && tlv != SOURCE_UPDATE)
            say_z(d, " (bogus)");
        break;
    case SUB_TIMESTAMP:
        say_z(d, " sub-timestamp");
        if (tlv == HELLO) {
            if (v.len < 4)
                return false;
            say_z(d, " ");
            say_microseconds(d, be32_at(d, v, 0));
        } else if (tlv == IHU) {
            if (v.len < 8)
                return false;
            say_z(d, " ");
            say_microseconds(d, be32_at(d, v, 0));
            say_z(d, "|");
            say_microseconds(d, be32_at(d, v, 4));
        } else {
            say_z(d, " (bogus)");
        }
        break;
    default: say(d, " sub-unknown-0x%02x", type); break;
    }
    return true;
}

static void say_sub_tlvs(struct dissect *d, struct view v, u8 tlv)
{
    while (v.len > 0 && !d->sealed) {
        u8 type = u8_at(d, v, 0);
        if (type == SUB_PAD1) {
            say_z(d, " sub-pad1");
            v = view_from(v, 1);
            continue;
        }
        if ((type & SUB_MANDATORY) != 0)
            say_z(d, " (M)");
        u32 len = v.len < TLV_HEADER_LEN ? 0 : u8_at(d, v, 1);
        if (v.len < TLV_HEADER_LEN + len ||
            !say_sub_tlv(d, view_clip(view_from(v, TLV_HEADER_LEN), len), type, tlv)) {
            invalid(d);
            return;
        }
        v = view_from(v, TLV_HEADER_LEN + len);
    }
}

/* -- The TLVs with -v.  `v` begins behind type and length; offsets are those of the RFC, less two.
 */

static enum outcome say_hello(struct dissect *d, struct view v)
{
    enum { UNICAST = 0x8000 };

    say_z(d, "\n\tHello ");
    if (v.len < 6)
        return INVALID;
    u16 interval = be16_at(d, v, 4);
    say_at(d, v, "%sseqno %lu ", (be16_at(d, v, 0) & UNICAST) != 0 ? "(Unicast) " : "", AT_BE16(2));
    if (interval == 0) { /* RFC 8966, section 4.6.5 */
        say_z(d, "unscheduled");
    } else {
        say_z(d, "interval ");
        say_interval(d, interval);
    }
    say_sub_tlvs(d, view_from(v, 6), HELLO);
    return SHOWN;
}

static enum outcome say_ihu(struct dissect *d, struct view v)
{
    u8 address[16];

    say_z(d, "\n\tIHU ");
    if (v.len < 6)
        return INVALID;
    u8 encoding = u8_at(d, v, 0);
    i32 n = read_address(view_from(v, 6), encoding, address);
    if (n < 0) {
        truncated(d);
        return SHOWN;
    }
    if (encoding == AE_WILDCARD)
        say_z(d, "any");
    else
        say_ip(d, address);
    say_at(d, v, " rxcost %lu interval ", AT_BE16(2));
    say_interval(d, be16_at(d, v, 4));
    say_sub_tlvs(d, view_from(v, 6 + (u32)n), IHU);
    return SHOWN;
}

static enum outcome say_next_hop(struct dissect *d, struct view v)
{
    u8 address[16];

    say_z(d, "\n\tNext Hop");
    if (v.len < 2)
        return INVALID;
    u8 encoding = u8_at(d, v, 0);
    if (read_address(view_from(v, 2), encoding, address) < 0)
        return INVALID;
    say_z(d, " ");
    if (encoding == AE_WILDCARD)
        say_z(d, "invalid AE 0");
    else
        say_ip(d, address);
    return SHOWN;
}

static void say_update_flags(struct dissect *d, u8 flags)
{
    say(d, "%s%s%s", (flags & UPDATE_PREFIX) != 0 ? "/prefix" : "",
        (flags & UPDATE_ROUTER_ID) != 0 ? "/id" : "",
        (flags & UPDATE_UNKNOWN) != 0 ? "/unknown" : "");
}

static void say_metric(struct dissect *d, struct view v)
{
    say_at(d, v, " metric %lu seqno %lu interval ", AT_BE16(8), AT_BE16(6));
    if (be16_at(d, v, 4) == UINT16_MAX)
        say_z(d, "infinity");
    else
        say_interval(d, be16_at(d, v, 4));
}

static enum outcome say_update(struct dissect *d, struct view v, struct defaults *defaults)
{
    u8 prefix[16];

    say_z(d, verbose(d, 1) ? "\n\tUpdate" : " update");
    if (v.len < 10)
        return INVALID;
    u8 encoding = u8_at(d, v, 0), flags = u8_at(d, v, 1), bits = u8_at(d, v, 2);
    if (!verbose(d, 1)) {
        say_update_flags(d, flags);
        return SHOWN;
    }
    u8 *own = encoding == AE_IP4 ? defaults->ip4 : defaults->ip6;
    i32 n = read_prefix(view_from(v, 10), encoding, bits, u8_at(d, v, 3), own, prefix);
    if (n < 0)
        return INVALID;
    say_update_flags(d, flags);
    say_z(d, " ");
    if (encoding == AE_WILDCARD)
        say_z(d, "any");
    else
        say_prefix(d, encoding, prefix, bits);
    say_metric(d, v);
    if ((flags & UPDATE_PREFIX) != 0)
        memcpy(own, prefix, 16);
    say_sub_tlvs(d, view_from(v, 10 + (u32)n), UPDATE);
    return SHOWN;
}

static enum outcome say_route_request(struct dissect *d, struct view v)
{
    u8 prefix[16];

    say_z(d, "\n\tRoute Request ");
    if (v.len < 2)
        return INVALID;
    u8 encoding = u8_at(d, v, 0), bits = u8_at(d, v, 1);
    if (read_prefix(view_from(v, 2), encoding, bits, 0, NULL, prefix) < 0)
        return INVALID;
    say_z(d, "for ");
    if (encoding == AE_WILDCARD)
        say_z(d, "any");
    else
        say_prefix(d, encoding, prefix, bits);
    return SHOWN;
}

static enum outcome say_seqno_request(struct dissect *d, struct view v)
{
    u8 prefix[16];

    say_z(d, "\n\tSeqno Request ");
    if (v.len < 14)
        return INVALID;
    u8 encoding = u8_at(d, v, 0), bits = u8_at(d, v, 1);
    if (read_prefix(view_from(v, 14), encoding, bits, 0, NULL, prefix) < 0)
        return INVALID;
    say_at(d, v, "(%lu hops) for ", AT_U8(4));
    if (encoding == AE_WILDCARD)
        say_z(d, "invalid AE 0");
    else
        say_prefix(d, encoding, prefix, bits);
    say_at(d, v, " seqno %lu id ", AT_BE16(2));
    say_colon_hex(d, v, 6, ID_LEN);
    return SHOWN;
}

static enum outcome say_hmac(struct dissect *d, struct view v)
{
    say_z(d, "\n\tHMAC ");
    if (v.len < 18)
        return INVALID;
    say_at(d, v, "key-id %lu digest-%u ", AT_BE16(0), v.len - 2);
    for (u32 i = 2; i < v.len; i++)
        say_at(d, v, "%02lX", AT_U8(i));
    return SHOWN;
}

/* Two prefixes, one of the destination and one of the source.  The bytes that they take, or -1. */
static i32 read_pair(struct view v, u8 encoding, u32 bits, u32 omitted, const u8 *defaults,
                     u32 source_bits, u8 prefix[16], u8 source[16])
{
    i32 n = read_prefix(v, encoding, bits, omitted, defaults, prefix);
    i32 m = n < 0 ? -1 : read_prefix(view_from(v, (u32)n), encoding, source_bits, 0, NULL, source);

    return m < 0 ? -1 : n + m;
}

static enum outcome say_source_update(struct dissect *d, struct view v,
                                      const struct defaults *defaults)
{
    u8 prefix[16], source[16];

    say_z(d, "\n\tSS-Update");
    if (v.len < 10)
        return INVALID;
    u8 encoding = u8_at(d, v, 0), source_bits = u8_at(d, v, 1), bits = u8_at(d, v, 2);
    const u8 *own = encoding == AE_IP4 ? defaults->ip4 : defaults->ip6;
    i32 n = read_pair(view_from(v, 10), encoding, bits, u8_at(d, v, 3), own, source_bits, prefix,
                      source);
    if (n < 0)
        return INVALID;
    say_z(d, " ");
    say_prefix(d, encoding, prefix, bits);
    say_z(d, " from ");
    say_prefix(d, encoding, source, source_bits);
    say_metric(d, v);
    say_sub_tlvs(d, view_from(v, 10 + (u32)n), SOURCE_UPDATE);
    return SHOWN;
}

static void say_pair(struct dissect *d, u8 encoding, const u8 *prefix, u32 bits, const u8 *source,
                     u32 source_bits)
{
    say_z(d, "(");
    say_prefix(d, encoding, prefix, bits);
    say_z(d, ", ");
    say_prefix(d, encoding, source, source_bits);
    say_z(d, ")");
}

static enum outcome say_source_request(struct dissect *d, struct view v)
{
    u8 prefix[16], source[16];

    say_z(d, "\n\tSS-Request ");
    if (v.len < 3)
        return INVALID;
    u8 encoding = u8_at(d, v, 0), bits = u8_at(d, v, 1), source_bits = u8_at(d, v, 2);
    if (read_pair(view_from(v, 3), encoding, bits, 0, NULL, source_bits, prefix, source) < 0)
        return INVALID;
    say_z(d, "for ");
    if (encoding == AE_WILDCARD) {
        say_z(d, "any");
        return SHOWN;
    }
    say_pair(d, encoding, prefix, bits, source, source_bits);
    return SHOWN;
}

static enum outcome say_source_seqno_request(struct dissect *d, struct view v)
{
    u8 prefix[16], source[16];

    say_z(d, "\n\tSS-MH-Request ");
    if (v.len < 14)
        return INVALID;
    u8 encoding = u8_at(d, v, 0), bits = u8_at(d, v, 1), source_bits = u8_at(d, v, 5);
    if (read_pair(view_from(v, 14), encoding, bits, 0, NULL, source_bits, prefix, source) < 0)
        return INVALID;
    say_at(d, v, "(%lu hops) for ", AT_U8(4));
    say_pair(d, encoding, prefix, bits, source, source_bits);
    say_at(d, v, " seqno %lu id ", AT_BE16(2));
    say_colon_hex(d, v, 6, ID_LEN);
    return SHOWN;
}

static enum outcome say_tlv(struct dissect *d, struct view v, u8 type, struct defaults *defaults)
{
    switch (type) {
    case PADN: say(d, "\n\tPad %u", v.len + TLV_HEADER_LEN); return SHOWN;
    case ACK_REQUEST:
        say_z(d, "\n\tAcknowledgment Request ");
        if (v.len < 6)
            return INVALID;
        say_at(d, v, "%04lx ", AT_BE16(2));
        say_interval(d, be16_at(d, v, 4));
        return SHOWN;
    case ACK:
        say_z(d, "\n\tAcknowledgment ");
        if (v.len < 2)
            return INVALID;
        say_at(d, v, "%04lx", AT_BE16(0));
        return SHOWN;
    case HELLO: return say_hello(d, v);
    case IHU: return say_ihu(d, v);
    case ROUTER_ID:
        say_z(d, "\n\tRouter Id");
        if (v.len < 10)
            return INVALID;
        say_z(d, " ");
        say_colon_hex(d, v, 2, ID_LEN);
        return SHOWN;
    case NEXT_HOP: return say_next_hop(d, v);
    case UPDATE: return say_update(d, v, defaults);
    case ROUTE_REQUEST: return say_route_request(d, v);
    case SEQNO_REQUEST: return say_seqno_request(d, v);
    case TS_PC:
        say_z(d, "\n\tTS/PC ");
        if (v.len < 6)
            return INVALID;
        say_at(d, v, "timestamp %lu packetcounter %lu", AT_BE32(2), AT_BE16(0));
        return SHOWN;
    case HMAC: return say_hmac(d, v);
    case SOURCE_UPDATE: return say_source_update(d, v, defaults);
    case SOURCE_REQUEST: return say_source_request(d, v);
    case SOURCE_SEQNO_REQUEST: return say_source_seqno_request(d, v);
    case MAC: say(d, "\n\tMAC len %u", v.len); return SHOWN;
    case PACKET_COUNTER:
        say_z(d, "\n\tPC");
        if (v.len < 4)
            return INVALID;
        say_at(d, v, " value %lu index len %u", AT_BE32(0), v.len - 4);
        return SHOWN;
    case CHALLENGE_REQUEST: say(d, "\n\tChallenge Request len %u", v.len); return SHOWN;
    case CHALLENGE_REPLY: say(d, "\n\tChallenge Reply len %u", v.len); return SHOWN;
    default: say(d, "\n\tUnknown message type %u", type); return SHOWN;
    }
}

/* The same without -v: only what it is, and of an update a little more. */
static enum outcome say_tlv_name(struct dissect *d, struct view v, u8 type,
                                 struct defaults *defaults)
{
    NAMES(names,
          (0, "pad1") (1, "padN") (2, "ack-req") (3, "ack") (4, "hello") (5, "ihu") (6, "router-id")
          (7, "nh") (8, "update") (9, "route-request") (10, "seqno-request") (11, "tspc")
          (12, "hmac") (13, "ss-update") (14, "ss-request") (15, "ss-mh-request") (16, "mac")
          (17, "pc") (18, "challenge_request") (19, "challenge_reply"));

    if (type == UPDATE)
        return say_update(d, v, defaults);
    say(d, " %s", name_of(d, &names.names, type, "unknown"));
    return SHOWN;
}

static bool captured(struct dissect *d, struct view v, u32 n)
{
    if (view_has(v, 0, n))
        return true;
    truncated(d);
    return false;
}

/* A list of TLVs.  False when it is malformed or cut, which it says. */
static bool say_tlvs(struct dissect *d, struct view v, struct defaults *defaults)
{
    while (v.len > 0 && need(d, v, 0, 1)) {
        u8 type = u8_at(d, v, 0);
        if (type == PAD1) {
            say_z(d, verbose(d, 1) ? "\n\tPad 1" : " pad1");
            v = view_from(v, 1);
            continue;
        }
        if (v.len < TLV_HEADER_LEN) {
            invalid(d);
            return false;
        }
        if (!captured(d, v, TLV_HEADER_LEN))
            return false;
        u32 len = u8_at(d, v, 1);
        if (v.len < TLV_HEADER_LEN + len) {
            invalid(d);
            return false;
        }
        if (!captured(d, v, TLV_HEADER_LEN + len))
            return false;
        struct view value = view_clip(view_from(v, TLV_HEADER_LEN), len);
        enum outcome outcome = verbose(d, 1) ? say_tlv(d, value, type, defaults)
                                             : say_tlv_name(d, value, type, defaults);
        if (outcome == INVALID) {
            invalid(d);
            return false;
        }
        v = view_from(v, TLV_HEADER_LEN + len);
    }
    return !d->sealed;
}

void print_babel(struct dissect *d, struct view v)
{
    struct defaults defaults = { .ip4 = { 0 } };

    memcpy(defaults.ip4, ip4_mapped, 16);
    d->proto = "babel";
    say_z(d, "babel");
    if (!captured(d, v, HEADER_LEN))
        return;
    u8 version = u8_at(d, v, VERSION);
    if (u8_at(d, v, MAGIC) != MAGIC_VALUE) {
        say_z(d, " invalid header");
        return;
    }
    say(d, " %u", version);
    if (version != VERSION_VALUE) {
        say_z(d, " unknown version");
        return;
    }
    u32 body_len = be16_at(d, v, BODY_LENGTH);
    say(d, " (%u)", body_len);
    if (HEADER_LEN + body_len > v.len) {
        invalid(d);
        return;
    }
    if (!say_tlvs(d, view_claim(view_from(v, HEADER_LEN), body_len), &defaults))
        return;
    struct view trailer = view_from(v, HEADER_LEN + body_len);
    if (trailer.len > 0) {
        say_z(d, verbose(d, 1) ? "\n\t----" : " |");
        say_tlvs(d, trailer, &defaults);
    }
}
