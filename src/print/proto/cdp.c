/*
 * CDP: the Cisco discovery protocol.  Cisco publishes the format in the LAN switching documents
 * ("Cisco Discovery Protocol Version 2") only; newer fields are known from captures.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |   version     |  time to live |           checksum            |
 *   +---------------+---------------+-------------------------------+
 *   |        field type             |    length (with these four)   |
 *   |  value ...                                                    |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum { VERSION, TTL, CHECKSUM, HEADER_LEN = 4 };

enum { FIELD_TYPE, FIELD_LENGTH = 2, FIELD_HEADER_LEN = 4 };

enum { DEVICE_ID = 1 };

NAMES(capabilities,
      (0x01, "Router")
      (0x02, "Transparent Bridge")
      (0x04, "Source Route Bridge")
      (0x08, "L2 Switch")
      (0x10, "L3 capable")
      (0x20, "IGMP snooping")
      (0x40, "L1 capable"));

/* An address: kind and length of its protocol, the protocol, its length, itself. */
enum { PROTOCOL_KIND, PROTOCOL_LEN, PROTOCOL = 2, ADDRESS_LEN_BYTES = 2 };
enum { KIND_NLPID = 1, KIND_8022 = 2, NLPID_IP = 0xcc };

static const u8 ip6_protocol[] = { 0xaa, 0xaa, 0x03, 0, 0, 0, 0x86, 0xdd };

enum { PREFIX_BYTES = 5 };

static void say_quoted(struct dissect *d, struct view v)
{
    say_z(d, "'");
    if (!say_visible(d, v))
        seal(d);
    say_z(d, "'");
}

/* Lines of text, each indented. */
static void say_lines(struct dissect *d, struct view v)
{
    say_z(d, "\n\t  ");
    for (u32 i = 0; i < v.len; i++) {
        u8 c = u8_at(d, v, i);
        if (c == '\n')
            say_z(d, "\n\t  ");
        else
            out_visible(d->out, c);
    }
}

static void say_bytes(struct dissect *d, struct view v)
{
    for (u32 i = 0; repeat(d, i, v.len); i++)
        say(d, " %02x", u8_at(d, v, i));
}

static bool is_ip6(struct view v, u8 kind, u32 protocol_len)
{
    const void *p = view_at(v, PROTOCOL, sizeof ip6_protocol);

    return kind == KIND_8022 && protocol_len == sizeof ip6_protocol && p != NULL &&
           memcmp(p, ip6_protocol, sizeof ip6_protocol) == 0;
}

/* What is wrong with the rest of a value, which is all to be captured nevertheless. */
static bool say_flaw(struct dissect *d, struct view v, const char *flaw)
{
    say(d, " (not enough space for %s)", flaw);
    need(d, v, 0, v.len);
    return false;
}

/*
 * The address at the beginning of `*all`, which is moved behind it; `number` counts down to 1.
 * False after a flaw.
 */
static bool say_address(struct dissect *d, struct view *all, u32 number)
{
    struct view v = *all;

    if (v.len < PROTOCOL)
        return say_flaw(d, v, "PT+PL");
    u8 kind = u8_at(d, v, PROTOCOL_KIND);
    u32 protocol_len = u8_at(d, v, PROTOCOL_LEN);
    if (v.len < PROTOCOL + protocol_len + ADDRESS_LEN_BYTES)
        return say_flaw(d, v, "P+AL");
    struct view address = view_from(v, PROTOCOL + protocol_len);
    u32 len = be16_at(d, address, 0);
    bool nlpid = kind == KIND_NLPID && protocol_len == 1;

    address = view_from(address, ADDRESS_LEN_BYTES);
    if (nlpid && u8_at(d, v, PROTOCOL) == NLPID_IP && len == 4) {
        if (address.len < len)
            return say_flaw(d, v, "A");
        say(d, "IPv4 (%u) %pI4", number, bytes_at(d, address, 0, 4));
    } else if (is_ip6(v, kind, protocol_len) && len == 16) {
        if (address.len < len)
            return say_flaw(d, v, "A");
        say(d, "IPv6 (%u) %pI6", number, bytes_at(d, address, 0, 16));
    } else {
        say(d, "pt=0x%02x, pl=%u, pb=", kind, protocol_len);
        say_bytes(d, view_sub(v, PROTOCOL, protocol_len));
        say(d, ", al=%u, a=", len);
        if (address.len < len)
            return say_flaw(d, v, "A");
        say_bytes(d, view_clip(address, len));
    }
    *all = view_from(address, len);
    return true;
}

static void say_addresses(struct dissect *d, struct view v)
{
    if (v.len < 4) {
        say_flaw(d, v, "num");
        return;
    }
    u32 count = be32_at(d, v, 0);
    v = view_from(v, 4);
    for (u32 i = 0; repeat(d, i, count); i++) {
        if (i > 0)
            say_z(d, " ");
        if (!say_address(d, &v, count - i))
            return;
    }
    if (v.len > 0) /* as tcpdump: whether they were captured or not */
        say(d, " (%u bytes of stray data)", v.len);
}

static void say_capabilities(struct dissect *d, struct view v)
{
    u32 bits = be32_at(d, v, 0);

    say(d, "(0x%08x): %s", bits, flags_of(d, &capabilities.names, bits, ", ", "none"));
}

static void say_prefixes(struct dissect *d, struct view v)
{
    if (v.len % PREFIX_BYTES != 0) {
        say(d, " [length %u is not a multiple of %u]", v.len, (unsigned)PREFIX_BYTES);
        need(d, v, 0, v.len);
        return;
    }
    say(d, " IPv4 Prefixes (%u):", v.len / PREFIX_BYTES);
    for (; v.len > 0 && !d->sealed; v = view_from(v, PREFIX_BYTES))
        say(d, " %pI4/%u", bytes_at(d, v, 0, 4), u8_at(d, v, 4));
}

static void say_vlan(struct dissect *d, struct view v) { say(d, "%u", be16_at(d, v, 0)); }

static void say_duplex(struct dissect *d, struct view v)
{
    say_z(d, u8_at(d, v, 0) != 0 ? "full" : "half");
}

static void say_voice_vlan(struct dissect *d, struct view v)
{
    u8 application = u8_at(d, v, 0);

    say(d, "app %u, vlan %u", application, be16_at(d, v, 1));
}

static void say_voice_request(struct dissect *d, struct view v)
{
    if (v.len == 3)
        say_voice_vlan(d, v);
    else
        say(d, "unknown 0x%04x", be16_at(d, v, 0));
}

/*
 * The nearest hundredth of a watt.  The reference divides in binary floating point, which decides about
 * halves: up when the quotient was rounded up to 53 bits, down when it was rounded down.
 */
static u32 centiwatts(u32 milliwatts)
{
    u32 cents = milliwatts / 10, rest = milliwatts % 10;

    if (rest != 5)
        return cents + (rest > 5);
    u64 dividend = milliwatts;
    while (dividend / 1000 < (u64)1 << 52)
        dividend <<= 1;
    u32 remainder = (u32)(dividend % 1000);
    if (remainder == 0) /* a true half: to the even one */
        return cents + (cents & 1);
    return cents + (remainder > 500);
}

static void say_power(struct dissect *d, struct view v)
{
    u32 cents = centiwatts(v.len == 1   ? u8_at(d, v, 0)
                           : v.len == 2 ? be16_at(d, v, 0)
                                        : be24_at(d, v, 0));

    say(d, "%u.%02uW", cents / 100, cents % 100);
}

static void say_mtu(struct dissect *d, struct view v) { say(d, "%u bytes", be32_at(d, v, 0)); }

static void say_byte(struct dissect *d, struct view v) { say(d, "0x%02x", u8_at(d, v, 0)); }

static void say_location(struct dissect *d, struct view v)
{
    say(d, "0x%02x", u8_at(d, v, 0));
    if (v.len > 1) {
        say_z(d, "/");
        if (!say_visible(d, view_from(v, 1)))
            seal(d);
    }
}

static void say_nothing(struct dissect *d, struct view v)
{
    need(d, v, 0, v.len);
}

#define UNKNOWN "unknown field type"

/* A kind of field; `min` and `max` are the lengths of its value, max 0 for any. */
static const struct field {
    u16 type;
    const char *name;
    u16 min, max;
    void (*say)(struct dissect *d, struct view v);
} fields[] = {
    { 0, UNKNOWN, 0, 0, say_nothing },
    { DEVICE_ID, "Device-ID", 0, 0, say_quoted },
    { 2, "Address", 0, 0, say_addresses },
    { 3, "Port-ID", 0, 0, say_quoted },
    { 4, "Capability", 4, 4, say_capabilities },
    { 5, "Version String", 0, 0, say_lines },
    { 6, "Platform", 0, 0, say_quoted },
    { 7, "Prefixes", 0, 0, say_prefixes },
    { 8, "Protocol-Hello option", 0, 0, say_nothing },
    { 9, "VTP Management Domain", 0, 0, say_quoted },
    { 10, "Native VLAN ID", 2, 2, say_vlan },
    { 11, "Duplex", 1, 1, say_duplex },
    { 12, UNKNOWN, 0, 0, say_nothing },
    { 13, UNKNOWN, 0, 0, say_nothing },
    { 14, "ATA-186 VoIP VLAN assignment", 3, 3, say_voice_vlan },
    { 15, "ATA-186 VoIP VLAN request", 2, 3, say_voice_request },
    { 16, "power consumption", 1, 3, say_power },
    { 17, "MTU", 4, 4, say_mtu },
    { 18, "AVVID trust bitmap", 1, 1, say_byte },
    { 19, "AVVID untrusted ports CoS", 1, 1, say_byte },
    { 20, "System Name", 0, 0, say_quoted },
    { 21, "System Object ID (not decoded)", 0, 0, say_nothing },
    { 22, "Management Addresses", 4, UINT16_MAX, say_addresses },
    { 23, "Physical Location", 1, UINT16_MAX, say_location },
};

static const struct field *find(u16 type)
{
    for (size_t i = 0; i < countof(fields); i++)
        if (fields[i].type == type)
            return &fields[i];
    return NULL;
}

static void dump(struct dissect *d, struct view v)
{
    if (v.len > 0 && need(d, v, 0, v.len))
        hexdump(d->out, "\n\t  ", v);
}

static void say_field(struct dissect *d, u16 type, struct view value)
{
    const struct field *f = find(type);
    bool malformed = f != NULL && f->max != 0 && (value.len < f->min || value.len > f->max);

    if (verbose(d, 1))
        say(d, "\n\t%s (0x%02x), value length: %u byte%s: ", f != NULL ? f->name : UNKNOWN,
            type, value.len, value.len == 1 ? "" : "s");
    else if (type == DEVICE_ID)
        say_z(d, ", Device-ID ");
    if (malformed) {
        say_z(d, " (malformed TLV)");
        dump(d, value);
        return;
    }
    if (verbose(d, 1) ? f != NULL : type == DEVICE_ID)
        f->say(d, value);
    else
        dump(d, value);
}

void print_cdp(struct dissect *d, struct view v)
{
    u32 length = v.len;

    d->proto = "cdp";
    if (v.len < HEADER_LEN) {
        say(d, " (packet length %u < %u)", v.len, (unsigned)HEADER_LEN);
        invalid(d);
        need(d, v, 0, v.len);
        return;
    }
    u8 version = u8_at(d, v, VERSION), ttl = u8_at(d, v, TTL);
    say(d, "CDPv%u, ttl: %us", version, ttl);
    u16 checksum = be16_at(d, v, CHECKSUM);
    if (verbose(d, 1))
        say(d, ", checksum: 0x%04x (unverified), length %u", checksum, length);
    for (v = view_from(v, HEADER_LEN); v.len > 0 && !d->sealed;) {
        if (v.len < FIELD_HEADER_LEN) {
            say(d, " (remaining packet length %u < %u)", v.len, (unsigned)FIELD_HEADER_LEN);
            break;
        }
        u16 type = be16_at(d, v, FIELD_TYPE);
        u32 len = be16_at(d, v, FIELD_LENGTH);
        if (len < FIELD_HEADER_LEN) {
            const struct field *f = find(type);
            const char *name = f != NULL ? f->name : UNKNOWN;
            if (verbose(d, 1))
                say(d, "\n\t%s (0x%02x), TLV length: %u byte%s (too short)", name, type, len,
                    len == 1 ? "" : "s");
            else
                say(d, ", %s TLV length %u too short", name, len);
            break;
        }
        if (len > v.len) {
            say(d, " (TLV length %u > %u)", len, v.len);
            break;
        }
        say_field(d, type, view_sub(v, FIELD_HEADER_LEN, len - FIELD_HEADER_LEN));
        v = view_from(v, len);
    }
    if (v.len > 0) { /* the walk has stopped at a flaw */
        invalid(d);
        need(d, v, 0, v.len);
    } else if (!verbose(d, 1)) {
        say(d, ", length %u", length);
    }
}
