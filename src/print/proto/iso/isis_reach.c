/*
 * Neighbours and prefixes in IS-IS, and what their sub-TLVs say about links: RFC 5305 (traffic
 * engineering), RFC 5307 (GMPLS), RFC 4124, RFC 5029, RFC 5130 (tags), RFC 5308 (IPv6), RFC 6329
 * (bridging), RFC 8667 (segment routing).
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/gmpls.h"
#include "print/proto/iso/isis.h"
#include "print/proto/iso/iso.h"

enum { TE_PRIORITIES = 8 };

/* -- about links.  `v` is the value, whose length is at least what the table says */

static void say_identifiers(struct dissect *d, struct view v)
{
    say_at(d, v, ", 0x%08lx", AT_BE32(0));
    if (v.len == 8)
        say_at(d, v, ", 0x%08lx", AT_BE32(4));
}

static void say_address(struct dissect *d, struct view v)
{
    say_at(d, v, ", %pI4", AT_ADDRESS(0));
}

static void say_link_bandwidth(struct dissect *d, struct view v)
{
    say_bandwidth(d, ", ", v, 0, "");
}

static void say_unreserved(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < TE_PRIORITIES; i++) {
        say(d, "\n\t          TE-Class %u: ", i);
        say_bandwidth(d, "", v, i * 4, "");
    }
}

static void say_constraints(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t        Bandwidth Constraints Model ID: %s (%lu)",
           name_of(d, gmpls_bandwidth_models, u8_at(d, v, 0), "unknown"), AT_U8(0));
    /* As tcpdump: without the three reserved bytes that stand in between. */
    for (u32 i = 0; i < (v.len - 1) / 4; i++) {
        say(d, "\n\t          Bandwidth constraint CT%u: ", i);
        say_bandwidth(d, "", v, 1 + i * 4, "");
    }
}

static void say_te_metric(struct dissect *d, struct view v)
{
    say_at(d, v, ", %lu", AT_BE24(0));
}

NAMES(link_attributes,
      (0x01, "Local Protection Available")
      (0x02, "Link excluded from local protection path")
      (0x04, "Local maintenance required"));

static void say_attributes(struct dissect *d, struct view v)
{
    if (v.len != 2)
        return;
    u16 attributes = be16_at(d, v, 0);
    say(d, ", [ %s ] (0x%04x)", flags_of(d, &link_attributes.names, attributes, ", ", "Unknown"),
        attributes);
}

static void say_protection(struct dissect *d, struct view v)
{
    say_at(d, v, ", %s, Priority %lu",
           flags_of(d, gmpls_link_protection, u8_at(d, v, 0), ", ", "none"), AT_U8(1));
}

/* RFC 5307, section 1.3: what follows depends on the kind of switching. */
static void say_switching_specific(struct dissect *d, u8 kind, struct view v)
{
    enum { MINIMUM, MTU = 4, INDICATION = 4, PACKET_LEN = 6, TDM_LEN = 8 };
    enum { PACKET_FIRST = 1, PACKET_LAST = 4, TDM = 100 };
    NAMES(indications, (0, "Standard SONET/SDH") (1, "Arbitrary SONET/SDH"));
    bool packet = kind >= PACKET_FIRST && kind <= PACKET_LAST;

    if (!packet && kind != TDM) {
        if (v.len > 0)
            hexdump(d->out, "\n\t\t    ", v);
        return;
    }
    if (v.len < (packet ? PACKET_LEN : TDM_LEN))
        return;
    say_bandwidth(d, "\n\t          Min LSP Bandwidth: ", v, MINIMUM, "");
    if (packet)
        say_at(d, v, "\n\t          Interface MTU: %lu", AT_BE16(MTU));
    else
        say(d, "\n\t          Indication %s",
            name_of(d, &indications.names, u8_at(d, v, INDICATION), "Unknown (%u)"));
}

static void say_switching(struct dissect *d, struct view v)
{
    enum { ENCODING = 1, BANDWIDTHS = 4, SWITCHING_LEN = 36 };

    say(d, "\n\t          Interface Switching Capability:%s",
        name_of(d, gmpls_switching, u8_at(d, v, 0), "Unknown"));
    say(d, ", LSP Encoding: %s", name_of(d, gmpls_encodings, u8_at(d, v, ENCODING), "Unknown"));
    say_z(d, "\n\t          Max LSP Bandwidth:");
    for (u32 i = 0; i < TE_PRIORITIES; i++) {
        say(d, "\n\t            priority level %u: ", i);
        say_bandwidth(d, "", v, BANDWIDTHS + i * 4, "");
    }
    say_switching_specific(d, u8_at(d, v, 0), view_sub(v, SWITCHING_LEN, v.len - SWITCHING_LEN));
}

static void say_spb_metric(struct dissect *d, struct view v)
{
    say_at(d, v, ", LM: %lu", AT_BE24(0));
    say_at(d, v, ", P: %lu", AT_U8(3));
    say_at(d, v, ", P-ID: %lu", AT_BE16(4));
}

NAMES(adjacency_flags,
      (0x80, "Address family IPv6")
      (0x40, "Backup")
      (0x20, "Value")
      (0x10, "Local significance")
      (0x08, "Set of adjacencies")
      (0x04, "Persistent"));

static void say_lan_adjacency(struct dissect *d, struct view v)
{
    enum { FLAGS, WEIGHT, NEIGHBOR, SID = 8, LABEL_FLAGS = 0x30 };
    u8 flags = u8_at(d, v, FLAGS);

    say(d, "\n\t          Flags: [%s]", flags_of(d, &adjacency_flags.names, flags, ", ", "none"));
    say_at(d, v, "\n\t          Weight: %lu", AT_U8(WEIGHT));
    if (!need(d, v, NEIGHBOR, SYSTEM_ID_LEN))
        return;
    say_z(d, "\n\t          Neighbor System-ID: ");
    say_iso_id(d, v, NEIGHBOR, SYSTEM_ID_LEN);
    switch (flags & LABEL_FLAGS) {
    case 0:
        if (v.len < SID + 4)
            abandon(d);
        say_at(d, v, "\n\t          Index: %lu", AT_BE32(SID));
        break;
    case LABEL_FLAGS: say_at(d, v, "\n\t          Label: %lu", AT_BE24(SID)); break;
    default: invalid(d); break;
    }
}

/* Sub-TLVs: without a function they are dumped, unless they have a name alone. */
struct subtlv {
    u8 type, least;
    const char *name;
    void (*say)(struct dissect *d, struct view v);
};

static const struct subtlv link_subtlvs[] = {
    { 3, 4, "Administrative groups", say_identifiers },
    { 4, 4, "Link Local/Remote Identifier", say_identifiers },
    { 5, 4, "Link Remote Identifier", say_identifiers },
    { 6, 4, "IPv4 interface address", say_address },
    { 8, 4, "IPv4 neighbor address", say_address },
    { 9, 4, "Maximum link bandwidth", say_link_bandwidth },
    { 10, 4, "Reservable link bandwidth", say_link_bandwidth },
    { 11, 32, "Unreserved bandwidth", say_unreserved },
    { 12, 1, "Bandwidth Constraints (old)", say_constraints },
    { 18, 3, "Traffic Engineering Metric", say_te_metric },
    { 19, 2, "Link Attribute", say_attributes },
    { 20, 2, "Link Protection Type", say_protection },
    { 21, 36, "Interface Switching Capability", say_switching },
    { 22, 1, "Bandwidth Constraints", say_constraints },
    { 29, 6, "SPB Metric", say_spb_metric },
    { 32, 8, "LAN Adjacency Segment Identifier", say_lan_adjacency },
    { 250, 0, "Reserved for cisco specific extensions", NULL },
    { 251, 0, "Reserved for cisco specific extensions", NULL },
    { 252, 0, "Reserved for cisco specific extensions", NULL },
    { 253, 0, "Reserved for cisco specific extensions", NULL },
    { 254, 0, "Reserved for cisco specific extensions", NULL },
    { 255, 0, "Reserved for future expansion", NULL },
};

/* -- about prefixes */

/* As tcpdump: what is cut in them is said twice. */
static bool want_twice(struct dissect *d, struct view v, u32 off, u32 n)
{
    if (view_has(v, off, n))
        return true;
    if (!d->sealed)
        truncated(d);
    abandon(d);
    return false;
}

static void say_tags(struct dissect *d, struct view v)
{
    for (; v.len >= 4 && !d->sealed; v = view_from(v, 4))
        say_at(d, v, ", 0x%08lx (=%lu)", AT_BE32(0), AT_BE32(0));
}

static void say_long_tags(struct dissect *d, struct view v)
{
    for (; v.len >= 8 && !d->sealed; v = view_from(v, 8))
        say_at(d, v, ", 0x%08lx%08lx", AT_BE32(0), AT_BE32(4));
}

NAMES(prefix_sid_flags,
      (0x80, "Readvertisement")
      (0x40, "Node")
      (0x20, "No-PHP")
      (0x10, "Explicit NULL")
      (0x08, "Value")
      (0x04, "Local"));

NAMES(algorithms, (0, "SPF") (1, "strict-SPF"));

static void say_prefix_sid(struct dissect *d, struct view v)
{
    enum { FLAGS, ALGORITHM, SID, VALUE_FLAG = 0x08 };
    u8 flags = u8_at(d, v, FLAGS), algorithm = u8_at(d, v, ALGORITHM);

    if (!want_twice(d, view_clip(v, v.len), SID, (flags & VALUE_FLAG) != 0 ? 3 : 4))
        return;
    say(d, ", Flags [%s], Algo %s (%u)", flags_of(d, &prefix_sid_flags.names, flags, ", ", "None"),
        name_of(d, &algorithms.names, algorithm, "Unknown"), algorithm);
    if ((flags & VALUE_FLAG) != 0)
        say_at(d, v, ", label %lu", AT_BE24(SID));
    else
        say_at(d, v, ", index %lu", AT_BE32(SID));
}

static const struct subtlv prefix_subtlvs[] = {
    { 1, 4, "32-Bit Administrative tag", say_tags },
    { 2, 8, "64-Bit Administrative tag", say_long_tags },
    { 3, 0, "Prefix SID", say_prefix_sid },
    { 117, 4, "Management Prefix Color", say_tags },
};

static const struct subtlv *find(const struct subtlv *table, size_t n, u8 type)
{
    for (size_t i = 0; i < n; i++)
        if (table[i].type == type)
            return &table[i];
    return NULL;
}

/* The header of a sub-TLV. */
static void say_subtlv_name(struct dissect *d, const struct subtlv *s, u8 type, u8 length)
{
    say(d, "\n\t        %s subTLV #%u, length: %u", s != NULL ? s->name : "unknown", type, length);
}

static void say_unknown(struct dissect *d, struct view v)
{
    hexdump(d->out, "\n\t\t    ", view_clip(v, v.len));
}

/* `sum` bytes of them; v.len is what is left of the TLV.  False when that is not enough for them.
 */
static bool say_link_subtlvs(struct dissect *d, struct view v, u32 sum)
{
    while (sum > 0 && !d->sealed) {
        if (!want(d, v, 0, ISIS_TLV_HEADER_LEN))
            return true;
        if (v.len < ISIS_TLV_HEADER_LEN) {
            say_z(d, "\n\t        Remaining data in TLV shorter than a subTLV header");
            return false;
        }
        if (sum < ISIS_TLV_HEADER_LEN) {
            say_z(d, "\n\t        Remaining data in subTLVs shorter than a subTLV header");
            return true;
        }
        u8 type = u8_at(d, v, ISIS_TYPE), length = u8_at(d, v, ISIS_LENGTH);
        const struct subtlv *s = find(link_subtlvs, countof(link_subtlvs), type);
        v = view_from(v, ISIS_TLV_HEADER_LEN);
        sum -= ISIS_TLV_HEADER_LEN;
        say_subtlv_name(d, s, type, length);
        if (length > sum) {
            say_z(d, " (remaining data in subTLVs shorter than the current subTLV)");
            return true;
        }
        if (length > v.len) {
            say_z(d, " (> remaining tlv length)");
            return false;
        }
        if (!want(d, v, 0, length))
            return true;
        if (s == NULL || s->say == NULL)
            say_unknown(d, view_claim(v, length));
        else if (length >= s->least)
            s->say(d, view_claim(v, length));
        v = view_from(v, length);
        sum -= length;
    }
    return true;
}

static void say_prefix_subtlvs(struct dissect *d, struct view v, u32 sum)
{
    while (sum > 0 && !d->sealed) {
        u8 type = u8_at(d, v, ISIS_TYPE), length = u8_at(d, v, ISIS_LENGTH);
        const struct subtlv *s = find(prefix_subtlvs, countof(prefix_subtlvs), type);
        v = view_from(v, ISIS_TLV_HEADER_LEN);
        say_subtlv_name(d, s, type, length);
        if (!want_twice(d, v, 0, length))
            return;
        if (s == NULL)
            say_unknown(d, view_claim(v, length));
        else if (length >= s->least)
            s->say(d, view_claim(v, length));
        v = view_from(v, length);
        sum -= ISIS_TLV_HEADER_LEN + (u32)length; /* as tcpdump: even below zero */
    }
}

/* -- the entries.  Each returns its length; the text is abandoned when it is cut. */

static u32 say_neighbor(struct dissect *d, struct view v, enum isis_reach kind)
{
    u32 at = NODE_ID_LEN;

    if (v.len < NODE_ID_LEN || !want(d, v, 0, NODE_ID_LEN)) {
        abandon(d);
        return 0;
    }
    say_z(d, "\n\t      IS Neighbor: ");
    say_iso_id(d, v, 0, NODE_ID_LEN);
    if (kind == REACH_IS) {
        if (v.len < at + 3 || !want(d, v, at, 3)) {
            abandon(d);
            return 0;
        }
        say_at(d, v, ", Metric: %lu", AT_BE24(at));
        at += 3;
    }
    if (v.len < at + 1 || !want(d, v, at, 1)) {
        abandon(d);
        return 0;
    }
    u8 sum = u8_at(d, v, at);
    at++;
    if (sum == 0) {
        say_z(d, ", no sub-TLVs present");
        return at;
    }
    say(d, ", sub-TLVs present (%u)", sum);
    return say_link_subtlvs(d, view_from(v, at), sum) ? at + sum : v.len;
}

/* Zeros follow the bytes that a prefix has. */
static void copy_prefix(struct dissect *d, struct view v, u32 bits, u8 address[16])
{
    u32 bytes = (bits + 7) / 8;

    memset(address, 0, 16);
    if (view_has(v, 0, bytes))
        memcpy(address, bytes_at(d, v, 0, bytes), bytes);
}

static u32 say_prefix(struct dissect *d, struct view v, enum isis_reach kind)
{
    enum { METRIC, STATUS = 4, IP6_BITS, BITS_MASK = 0x3f, DOWN = 0x80, EXTERNAL = 0x40 };
    bool ip6 = kind == REACH_IP6;
    u32 at = ip6 ? 6 : 5, most = ip6 ? 128 : 32;
    u8 address[16];

    if (!need(d, v, 0, at))
        return 0;
    u8 status = u8_at(d, v, STATUS);
    u32 bits = ip6 ? u8_at(d, v, IP6_BITS) : status & BITS_MASK;
    if (bits > most) {
        say(d, "\n\t      IPv%u prefix: bad bit length %u", ip6 ? 6 : 4, bits);
        abandon(d);
        return 0;
    }
    u32 bytes = (bits + 7) / 8;
    if (!need(d, v, at, bytes))
        return 0;
    copy_prefix(d, view_from(v, at), bits, address);
    say_z(d, ip6 ? "\n\t      IPv6 prefix: " : "\n\t      IPv4 prefix: ");
    if (ip6)
        say_ip6(d, address);
    else
        say_ip4_right(d, address, 15);
    say(d, "/%u", bits);
    at += bytes;
    say_at(d, v, ", Distribution: %s, Metric: %lu", (status & DOWN) != 0 ? "down" : "up",
           AT_BE32(METRIC));
    if (ip6)
        say_z(d, (status & EXTERNAL) != 0 ? ", External" : ", Internal");
    if ((status & (ip6 ? 0x20 : 0x40)) == 0)
        return at;
    say_z(d, ", sub-TLVs present");
    if (!need(d, v, at, 1))
        return 0;
    u8 sum = u8_at(d, v, at);
    at++;
    say(d, " (%u)", sum);
    say_prefix_subtlvs(d, view_from(v, at), sum);
    return at + sum;
}

void isis_reach(struct dissect *d, struct view v, enum isis_reach kind)
{
    bool neighbors = kind == REACH_IS || kind == REACH_ALIAS;

    while (v.len > 0 && !d->sealed) {
        u32 length = neighbors ? say_neighbor(d, v, kind) : say_prefix(d, v, kind);
        if (length > v.len) {
            say(d, " [remaining tlv length %u < %u]", v.len, length);
            invalid(d);
            return;
        }
        v = view_from(v, length);
    }
}
