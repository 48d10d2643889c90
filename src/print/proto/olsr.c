/*
 * OLSR: the optimized link state routing protocol of meshes.  RFC 3626, section 3.3, and what the
 * OLSR daemon adds to it: link qualities, names, smart gateways.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |        packet length          |       sequence number         |
 *   +---------------+---------------+-------------------------------+
 *   |     type      |     vtime     |         message size          |  messages
 *   |                 originator (4 or 16 bytes)                    |
 *   |  time to live |   hop count   |       sequence number         |
 *   +---------------+---------------+-------------------------------+
 */
#include "base/decimal.h"
#include "print/hexdump.h"
#include "print/printer.h"

enum { PACKET_LENGTH, PACKET_SEQUENCE = 2, PACKET_HEADER_LEN = 4 };

/* Behind ORIGINATOR come `address_len` bytes, then the offsets of the second row. */
enum { TYPE, VTIME, SIZE, ORIGINATOR = 4 };
enum { MESSAGE_TTL, HOPS, SEQUENCE, BEHIND_ORIGINATOR = 4 };

enum message { HELLO = 1, TC, MID, HNA, POWERINFO = 128, NAMESERVICE = 130, HELLO_LQ = 201, TC_LQ };

NAMES(messages,
      (HELLO, "Hello") (TC, "TC") (MID, "MID") (HNA, "HNA") (POWERINFO, "Powerinfo")
      (NAMESERVICE, "Nameservice") (HELLO_LQ, "Hello-LQ") (TC_LQ, "TC-LQ"));

/* What OLSR over IPv4 and over IPv6 is about. */
static u32 address_len(const struct dissect *d)
{
    return d->net.version == 6 ? 16 : 4;
}

static void say_address(struct dissect *d, struct view v, u32 off)
{
    if (address_len(d) == 16)
        say_ip6_at(d, v, off);
    else
        say_ip4_at(d, v, off);
}

/* RFC 3626, section 18.3: a time as mantissa and exponent. */
static void say_seconds(struct dissect *d, u8 code)
{
    out_float(d->out, (float)((16 + (code >> 4)) * (1u << (code & 0xf))) / 256, 3);
    say_z(d, "s");
}

static bool cut(struct dissect *d)
{
    truncated(d);
    return false;
}

/* A quality is a fraction of 255; it is shown with two places. */
static void say_quality(struct dissect *d, const char *label, u8 quality)
{
    u32 hundredths = (quality * 4000u + 51) / 102;

    say(d, ", %s %u.%02u%%", label, hundredths / 100, hundredths % 100);
}

/* Neighbors with their qualities, v.len bytes.  False when they are cut. */
static bool say_quality_neighbors(struct dissect *d, struct view v)
{
    const u32 len = address_len(d), entry = len + 4;

    for (; v.len >= entry && !d->sealed; v = view_from(v, entry)) {
        if (!view_has(v, 0, entry))
            return false;
        say_z(d, "\n\t      neighbor ");
        say_address(d, v, 0);
        say_quality(d, "link-quality", u8_at(d, v, len));
        say_quality(d, "neighbor-link-quality", u8_at(d, v, len + 1));
    }
    return true;
}

/* As tcpdump: these are of IPv4, always. */
static bool say_neighbors(struct dissect *d, struct view v)
{
    say_z(d, "\n\t      neighbor\n\t\t");
    for (; v.len >= 4 && !d->sealed; v = view_from(v, 4))
        say_at(d, v, "%pI4 ", AT_ADDRESS(0));
    return true;
}

static bool say_hello(struct dissect *d, struct view v, bool with_quality)
{
    enum { HTIME = 2, WILLINGNESS, HELLO_LEN, CODE = 0, LINK_LENGTH = 2, LINK_LEN = 4 };
    static const char *const links[] = { "Unspecified", "Asymmetric", "Symmetric", "Lost" };
    NAMES(neighbors, (0, "Not-Neighbor") (1, "Symmetric") (2, "Symmetric-MPR"));

    if (v.len < HELLO_LEN || !view_has(v, 0, HELLO_LEN))
        return false;
    say_z(d, "\n\t  hello-time ");
    say_seconds(d, u8_at(d, v, HTIME));
    say_at(d, v, ", MPR willingness %lu", AT_U8(WILLINGNESS));
    for (v = view_from(v, HELLO_LEN); v.len >= LINK_LEN && !d->sealed;) {
        if (!view_has(v, 0, LINK_LEN))
            return false;
        u32 len = be16_at(d, v, LINK_LENGTH);
        u8 code = u8_at(d, v, CODE);
        bool fits = len >= LINK_LEN && len <= v.len;
        say(d, "\n\t    link-type %s, neighbor-type %s, len %u%s", links[code & 3],
            name_of(d, &neighbors.names, code >> 2, "Unknown"), len,
            fits ? "" : " (invalid)");
        if (!fits)
            break;
        struct view list = view_claim(view_from(v, LINK_LEN), len - LINK_LEN);
        if (!view_has(list, 0, list.len) ||
            !(with_quality ? say_quality_neighbors(d, list) : say_neighbors(d, list)))
            return false;
        v = view_from(v, len);
    }
    return true;
}

static bool say_topology(struct dissect *d, struct view v, bool with_quality)
{
    enum { ANSN, TC_LEN = 4 };

    if (v.len < TC_LEN || !view_has(v, 0, TC_LEN))
        return false;
    say_at(d, v, "\n\t    advertised neighbor seq 0x%04lx", AT_BE16(ANSN));
    struct view list = view_from(v, TC_LEN);
    return with_quality ? say_quality_neighbors(d, list) : say_neighbors(d, list);
}

static bool say_interfaces(struct dissect *d, struct view v)
{
    const u32 len = address_len(d);

    for (; v.len >= len && !d->sealed; v = view_from(v, len)) {
        if (!view_has(v, 0, len))
            return false;
        say_z(d, "\n\t  interface address ");
        say_address(d, v, 0);
    }
    return true;
}

static u32 first_bits(u8 byte)
{
    u32 bits = 0;

    while (bits < 8 && (byte & 0x80 >> bits) != 0)
        bits++;
    return bits;
}

/* As tcpdump: of IPv4, a huge number when bits are set behind the first; of IPv6, nothing of
 * the octet that has such bits, and what follows the mask's end is not looked at. */
static u32 mask_bits(struct dissect *d, struct view v, u32 off, u32 len)
{
    u32 octet = 0;

    while (octet < len && u8_at(d, v, off + octet) == UINT8_MAX)
        octet++;
    if (octet == len)
        return len * 8;

    u8 last = u8_at(d, v, off + octet);
    u32 bits = first_bits(last);
    if (len == 4)
        return be32_at(d, v, off) << (octet * 8 + bits) != 0 ? UINT32_MAX : octet * 8 + bits;
    return octet * 8 + ((u8)(last << bits) == 0 ? bits : 0);
}

/* The daemon's: where a default route's mask would be, what the gateway can do. */
enum { GATEWAY_ZERO = 4, GATEWAY_FLAGS, GATEWAY_UP, GATEWAY_DOWN };

static bool is_gateway(struct dissect *d, struct view v)
{
    return be32_at(d, v, 0) == 0 && u8_at(d, v, GATEWAY_ZERO) == 0 &&
           u8_at(d, v, GATEWAY_FLAGS) != 0;
}

static u32 gateway_speed(u8 code)
{
    u32 speed = (code >> 3) + 1u;

    if (code == 0)
        return 0;
    if (code == UINT8_MAX)
        return 320000000;
    for (u32 i = code & 7; i > 0; i--)
        speed *= 10;
    return speed;
}

static void say_gateway(struct dissect *d, struct view v)
{
    u8 flags = u8_at(d, v, GATEWAY_FLAGS);
    bool with_speed = (flags & 0x01) != 0;

    say(d, "Smart-Gateway:%s%s%s%s%s %u/%u", with_speed ? " LINKSPEED" : "",
        (flags & 0x02) != 0 ? " IPV4" : "", (flags & 0x04) != 0 ? " IPV4-NAT" : "",
        (flags & 0x08) != 0 ? " IPV6" : "", (flags & 0x10) != 0 ? " IPv6-PREFIX" : "",
        with_speed ? gateway_speed(u8_at(d, v, GATEWAY_UP)) : 0,
        with_speed ? gateway_speed(u8_at(d, v, GATEWAY_DOWN)) : 0);
}

static bool say_networks(struct dissect *d, struct view v)
{
    const u32 len = address_len(d), entry = 2 * len;

    say(d, "\n\t  Advertised networks (total %u)", v.len / entry);
    for (u32 i = 0; v.len >= entry && !d->sealed; i++, v = view_from(v, entry)) {
        if (!view_has(v, 0, entry))
            return false;
        if (len == 16)
            say_z(d, "\n\t    #0: "); /* as tcpdump: never counted */
        else
            say_z(d, i % 4 == 0 ? "\n\t    " : ", ");
        if (len == 4 && is_gateway(d, v)) {
            say_gateway(d, v);
            continue;
        }
        say_address(d, v, 0);
        say(d, "/%u", mask_bits(d, v, len, len));
    }
    return true;
}

static bool say_names(struct dissect *d, struct view v)
{
    enum {
        NAMES_VERSION,
        ENTRIES = 2,
        NAMES_LEN = 4,
        NAME_TYPE = 0,
        NAME_LENGTH = 2,
        NAME_HEADER_LEN = 4
    };
    const u32 address = address_len(d);

    if (v.len < NAMES_LEN)
        return false;
    u32 entries = be16_at(d, v, ENTRIES);
    bool fit = entries > 0 && entries * (NAME_HEADER_LEN + address) <= v.len;
    say_at(d, v, "\n\t  Version %lu, Entries %u%s", AT_BE16(NAMES_VERSION), entries,
           fit ? "" : " (invalid)");
    v = view_from(v, NAMES_LEN);
    for (u32 i = 0; fit && v.len >= NAME_HEADER_LEN && repeat(d, i, entries); i++) {
        u16 type = be16_at(d, v, NAME_TYPE);
        u32 len = be16_at(d, v, NAME_LENGTH), padded = (len + 3) & ~3u;
        v = view_from(v, NAME_HEADER_LEN);
        fit = len > 0 && address + len <= v.len;
        say(d, "\n\t    #%u: type %#06x, length %u%s", i, type, len, fit ? "" : " (invalid)");
        if (!fit)
            return true;
        if (address + padded > v.len || !view_has(v, 0, address + padded))
            return false;
        say_z(d, ", address ");
        say_address(d, v, 0);
        say_z(d, ", name \"");
        say_visible(d, view_sub(v, address, len));
        say_z(d, "\"");
        v = view_from(v, address + padded);
    }
    return true;
}

static bool say_body(struct dissect *d, struct view v, u8 type)
{
    switch (type) {
    case HELLO: return say_hello(d, v, false);
    case HELLO_LQ: return say_hello(d, v, true);
    case TC: return say_topology(d, v, false);
    case TC_LQ: return say_topology(d, v, true);
    case MID: return say_interfaces(d, v);
    case HNA: return say_networks(d, v);
    case NAMESERVICE: return say_names(d, v);
    default: hexdump(d->out, "\n\t    ", view_clip(v, v.len)); return true;
    }
}

/* Returns the size of the message, or 0 when nothing is shown behind it; `max` is the packet's. */
static u32 say_message(struct dissect *d, struct view v, u32 max)
{
    const u32 behind = ORIGINATOR + address_len(d), header = behind + BEHIND_ORIGINATOR;

    if (!view_has(v, 0, header))
        return cut(d);
    u8 type = u8_at(d, v, TYPE);
    u32 len = be16_at(d, v, SIZE);
    bool fits = len >= header && len <= max;
    if (type == 0 || len == 0)
        return 0;
    say(d, "\n\t%s Message (%#04x), originator ", name_of(d, &messages.names, type, "Unknown"), type);
    say_address(d, v, ORIGINATOR);
    say_at(d, v, ", ttl %lu, hop %lu\n\t  vtime ", AT_U8(behind + MESSAGE_TTL),
           AT_U8(behind + HOPS));
    say_seconds(d, u8_at(d, v, VTIME));
    say_at(d, v, ", msg-seq 0x%04lx, length %u%s", AT_BE16(behind + SEQUENCE), len,
           fits ? "" : " (invalid)");
    if (!fits)
        return 0;
    if (!say_body(d, view_from(view_claim(v, len), header), type))
        return cut(d);
    return len;
}

void print_olsr(struct dissect *d, struct view v)
{
    d->proto = "olsr";
    say(d, "OLSRv%u", d->net.version == 6 ? 6u : 4u);
    if (v.len < PACKET_HEADER_LEN || !view_has(v, 0, PACKET_HEADER_LEN)) {
        truncated(d);
        return;
    }
    u32 len = be16_at(d, v, PACKET_LENGTH);
    if (len > v.len)
        len = v.len;
    say_at(d, v, ", seq 0x%04lx, length %u", AT_BE16(PACKET_SEQUENCE), len);
    if (!verbose(d, 1))
        return;
    for (v = view_from(view_claim(v, len), PACKET_HEADER_LEN); v.len > 0 && !d->sealed;) {
        u32 used = say_message(d, v, len);
        if (used == 0)
            return;
        v = view_from(v, used);
    }
}
