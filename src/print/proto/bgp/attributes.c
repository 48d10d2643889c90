/*
 * BGP-4: path attributes.  RFC 4271, sections 4.3 and 5; the later ones as named in the table.
 *
 *   +-+-+-+-+-------+---------------+---------------+---------------+
 *   |O|T|P|E|       |     type      |  length, one byte, or two with E
 *   +-+-+-+-+-------+---------------+---------------+---------------+
 */
#include "print/printer.h"
#include "print/proto/bgp/bgp.h"

enum { FLAGS, TYPE, LENGTH, SHORT_HEADER_LEN, LONG_HEADER_LEN };

enum { OPTIONAL = 0x80, TRANSITIVE = 0x40, PARTIAL = 0x20, EXTENDED = 0x10, UNUSED_FLAGS = 0x0f };

/* The value of an attribute, v.len bytes.  False when it is cut. */
typedef bool attribute_printer(struct dissect *d, struct view v);

static bool invalid_length(struct dissect *d)
{
    say_z(d, "invalid len");
    return true;
}

/* With -vv all values are dumped once more. */
static bool dump(struct dissect *d, struct view v)
{
    return !verbose(d, 2) || v.len == 0 || bgp_say_bytes(d, "\n\t    ", v);
}

static bool say_origin(struct dissect *d, struct view v)
{
    NAMES(origins, (0, "IGP") (1, "EGP") (2, "Incomplete"));

    if (v.len != 1)
        return invalid_length(d);
    say_z(d, name_of(d, &origins.names, u8_at(d, v, 0), "Unknown Origin Typecode"));
    return true;
}

/* -- AS paths: segments of type, count, and so many numbers */

enum { SEGMENT_TYPE, SEGMENT_COUNT, SEGMENT_HEADER_LEN };

static const struct segment {
    const char *open, *close;
} segments[] = {
    { "?", "?" },
    { "{ ", "}" },
    { "", "" },
    { "( ", ")" },
    { "({ ", "})" } /* RFC 5065: the last two */
};

/*
 * The bytes of a number: two with old speakers, four with others (RFC 6793), which only their OPEN
 * messages say.  A path that has no sense with two bytes has four.
 */
static u32 as_size(struct view v)
{
    u32 at = 0;

    while (at < v.len) {
        int type = view_byte(v, at + SEGMENT_TYPE), count = view_byte(v, at + SEGMENT_COUNT);
        if (type < 1 || type >= (int)countof(segments) || count < 0)
            return 4;
        at += SEGMENT_HEADER_LEN + (u32)count * 2;
    }
    return at > v.len ? 4 : 2;
}

static bool say_path(struct dissect *d, struct view v, u32 size)
{
    u32 at = 0;

    if (v.len % 2 != 0)
        return invalid_length(d);
    if (v.len == 0)
        say_z(d, "empty");
    while (at < v.len && !d->sealed) {
        u32 type = u8_at(d, v, at + SEGMENT_TYPE);
        const struct segment *s = &segments[type < countof(segments) ? type : 0];
        say_z(d, s->open);
        u32 count = u8_at(d, v, at + SEGMENT_COUNT);
        at += SEGMENT_HEADER_LEN;
        for (u32 i = 0; repeat(d, i, count); i++, at += size) {
            if (!view_has(v, at, size))
                return false;
            bgp_say_as(d, size == 2 ? be16_at(d, v, at) : be32_at(d, v, at));
            say_z(d, " ");
        }
        say_z(d, s->close);
    }
    return true;
}

static bool say_as_path(struct dissect *d, struct view v)
{
    return say_path(d, v, as_size(v));
}

static bool say_as4_path(struct dissect *d, struct view v)
{
    return say_path(d, v, 4);
}

/* -- */

static bool say_address(struct dissect *d, struct view v)
{
    if (v.len != 4)
        return invalid_length(d);
    say_ip4_at(d, v, 0);
    return true;
}

static bool say_number(struct dissect *d, struct view v)
{
    if (v.len != 4)
        return invalid_length(d);
    say_at(d, v, "%lu", AT_BE32(0));
    return true;
}

static bool say_atomic_aggregate(struct dissect *d, struct view v)
{
    return v.len != 0 ? invalid_length(d) : true;
}

static bool say_aggregator(struct dissect *d, struct view v)
{
    say_z(d, " AS #");
    bgp_say_as(d, v.len == 6 ? be16_at(d, v, 0) : be32_at(d, v, 0));
    say_at(d, v, ", origin %pI4", AT_ADDRESS(v.len - 4));
    return true;
}

static bool say_aggregator2(struct dissect *d, struct view v)
{
    return v.len != 6 && v.len != 8 ? invalid_length(d) : say_aggregator(d, v);
}

static bool say_aggregator4(struct dissect *d, struct view v)
{
    return v.len != 8 ? invalid_length(d) : say_aggregator(d, v);
}

/* RFC 1997 */
static bool say_communities(struct dissect *d, struct view v)
{
    NAMES(well_known,
          (0xffffff01, " NO_EXPORT")
          (0xffffff02, " NO_ADVERTISE")
          (0xffffff03, " NO_EXPORT_SUBCONFED"));

    if (v.len % 4 != 0)
        return invalid_length(d);
    for (; v.len > 0 && !d->sealed; v = view_from(v, 4)) {
        u32 community = be32_at(d, v, 0);
        const char *name = name_find(&well_known.names, community);
        if (name != NULL)
            say_z(d, name); /* as tcpdump: nothing stands between it and the next */
        else
            say(d, "%u:%u%s", community >> 16, community & UINT16_MAX, v.len > 4 ? ", " : "");
    }
    return true;
}

/* RFC 4456 */
static bool say_cluster_list(struct dissect *d, struct view v)
{
    if (v.len % 4 != 0)
        return invalid_length(d);
    for (; v.len > 0 && !d->sealed; v = view_from(v, 4))
        say_at(d, v, "%pI4%s", AT_ADDRESS(0), v.len > 4 ? ", " : "");
    return true;
}

static bool say_extended_communities(struct dissect *d, struct view v)
{
    if (v.len % 8 != 0)
        return invalid_length(d);
    bgp_extended_communities(d, v);
    return true;
}

/* RFC 8092 */
static bool say_large_communities(struct dissect *d, struct view v)
{
    enum { LARGE_LEN = 12 };

    if (v.len == 0 || v.len % LARGE_LEN != 0)
        return invalid_length(d) && dump(d, v);
    say_z(d, "\n\t    ");
    for (; v.len > 0 && !d->sealed; v = view_from(v, LARGE_LEN))
        say_at(d, v, "%lu:%lu:%lu%s", AT_BE32(0), AT_BE32(4), AT_BE32(8),
               v.len > LARGE_LEN ? ", " : "");
    return true;
}

/* RFC 6514, section 5: flags, type, label, identifier of the tunnel */
static bool say_pmsi_tunnel(struct dissect *d, struct view v)
{
    enum { TUNNEL_FLAGS, TUNNEL_TYPE, LABEL, TUNNEL_ID = 5 };
    NAMES(flag_names, (0x01, "Leaf Information required"));
    static const struct tunnel {
        const char *name, *root, *group; /* what the first and the second four bytes are */
        bool group_is_address;
    } tunnels[] = {
        { "Unknown", NULL, NULL, false },
        { "RSVP-TE P2MP LSP", "Extended-Tunnel-ID", "P2MP-ID", false },
        { "LDP P2MP LSP", "Root-Node", "LSP-ID", false },
        { "PIM-SSM Tree", "Root-Node", "P-Group", true },
        { "PIM-SM Tree", "Sender", "P-Group", true },
        { "PIM-Bidir Tree", "Sender", "P-Group", true },
        { "Ingress Replication", "Tunnel-Endpoint", NULL, false },
        { "LDP MP2MP LSP", "Root-Node", "LSP-ID", false },
    };

    if (v.len < TUNNEL_ID || !view_has(v, 0, TUNNEL_ID))
        return false;
    u8 type = u8_at(d, v, TUNNEL_TYPE), flags = u8_at(d, v, TUNNEL_FLAGS);
    const struct tunnel *t = &tunnels[type < countof(tunnels) ? type : 0];
    struct view id = view_from(v, TUNNEL_ID);

    say(d, "\n\t    Tunnel-type %s (%u), Flags [%s], MPLS Label %u", t->name, type,
        flags_of(d, &flag_names.names, flags, ", ", "none"), be24_at(d, v, LABEL) >> 4);
    if (t->root == NULL)
        return verbose(d, 2) || id.len == 0 || bgp_say_bytes(d, "\n\t      ", id);
    if (!need(d, id, 0, t->group != NULL ? 8 : 4))
        return true;
    say_at(d, id, "\n\t      %s %pI4", t->root, AT_ADDRESS(0));
    if (t->group_is_address)
        say_at(d, id, ", %s %pI4", t->group, AT_ADDRESS(4));
    else if (t->group != NULL)
        say_at(d, id, ", %s 0x%08lx", t->group, AT_BE32(4));
    return true;
}

/* RFC 7311: TLVs of type 1, length 2 with this header, value */
static bool say_aigp(struct dissect *d, struct view v)
{
    enum { TLV_TYPE, TLV_LENGTH, TLV_HEADER_LEN = 3, METRIC_TLV = 1, METRIC_LEN = 8 };

    while (v.len >= TLV_HEADER_LEN && !d->sealed) {
        u8 type = u8_at(d, v, TLV_TYPE);
        u32 len = be16_at(d, v, TLV_LENGTH);
        say(d, "\n\t    %s TLV (%u), length %u", type == METRIC_TLV ? "AIGP" : "Unknown", type,
            len);
        if (len < TLV_HEADER_LEN || len > v.len)
            return false;
        struct view value = view_claim(view_from(v, TLV_HEADER_LEN), len - TLV_HEADER_LEN);
        if (type == METRIC_TLV) {
            if (value.len < METRIC_LEN)
                return false;
            say(d, ", metric %llu", (unsigned long long)be64_at(d, value, 0));
        } else if (!verbose(d, 2)) {
            bgp_say_bytes(d, "\n\t      ", value);
        }
        v = view_from(v, len);
    }
    return true;
}

/* RFC 6368: the attributes of a customer's route */
static bool say_attribute_set(struct dissect *d, struct view v)
{
    if (v.len < 4 || !view_has(v, 0, 4))
        return false;
    say_z(d, "\n\t    Origin AS: ");
    bgp_say_as(d, be32_at(d, v, 0));
    if (!descend(d))
        return true;
    const struct bgp_attribute_list set = { "\n\t      ", " ", "[path attr too short]",
                                            .nested = true, .behind = UINT16_MAX };
    u32 left;
    bool complete = bgp_attributes(d, view_from(v, 4), &set, &left);
    ascend(d);
    return complete && dump(d, view_claim(v, left)); /* as tcpdump: so many, but the first ones */
}

static const struct attribute {
    u8 type;
    const char *name;
    attribute_printer *say; /* NULL: the value is dumped */
    bool dumps_itself;      /* with -vv */
} attributes[] = {
    { 1, "Origin", say_origin, false },
    { 2, "AS Path", say_as_path, false },
    { 3, "Next Hop", say_address, false },
    { 4, "Multi Exit Discriminator", say_number, false },
    { 5, "Local Preference", say_number, false },
    { 6, "Atomic Aggregate", say_atomic_aggregate, false },
    { 7, "Aggregator", say_aggregator2, false },
    { 8, "Community", say_communities, false },
    { 9, "Originator ID", say_address, false },
    { 10, "Cluster List", say_cluster_list, false },
    { 11, "DPA", NULL, false },
    { 12, "Advertisers", NULL, false },
    { 13, "RCID Path / Cluster ID", NULL, false },
    { 14, "Multi-Protocol Reach NLRI", bgp_reach, false },
    { 15, "Multi-Protocol Unreach NLRI", bgp_unreach, false },
    { 16, "Extended Community", say_extended_communities, false },
    { 17, "AS4 Path", say_as4_path, false },
    { 18, "Aggregator4", say_aggregator4, false },
    { 22, "PMSI Tunnel", say_pmsi_tunnel, false },
    { 23, "Tunnel Encapsulation", NULL, false },    /* RFC 9012 */
    { 24, "Traffic Engineering", NULL, false },     /* RFC 5543 */
    { 25, "IPv6 Extended Community", NULL, false }, /* RFC 5701 */
    { 26, "Accumulated IGP Metric", say_aigp, false },
    { 27, "PE Distinguisher Label", NULL, false }, /* RFC 6514 */
    { 28, "Entropy Label", NULL, false },          /* RFC 6790 */
    { 32, "Large Community", say_large_communities, true },
    { 128, "Attribute Set", say_attribute_set, true },
    { 255, "Reserved for development", NULL, false }, /* RFC 2042 */
};

static const struct attribute *find(u8 type)
{
    for (size_t i = 0; i < countof(attributes); i++)
        if (attributes[i].type == type)
            return &attributes[i];
    return NULL;
}

static void say_flags(struct dissect *d, u8 flags)
{
    if (flags == 0)
        return;
    say(d, ", Flags [%s%s%s%s", (flags & OPTIONAL) != 0 ? "O" : "",
        (flags & TRANSITIVE) != 0 ? "T" : "", (flags & PARTIAL) != 0 ? "P" : "",
        (flags & EXTENDED) != 0 ? "E" : "");
    if ((flags & UNUSED_FLAGS) != 0)
        say(d, "+%x", flags & UNUSED_FLAGS);
    say_z(d, "]");
}

static bool say_value(struct dissect *d, const struct attribute *a, u8 type, struct view v)
{
    if (a != NULL && a->say != NULL)
        return a->say(d, v) && (a->dumps_itself || dump(d, v));
    say(d, "\n\t    no Attribute %u decoder", type);
    return v.len == 0 || bgp_say_bytes(d, "\n\t    ", v);
}

/* The bytes in front of the value; those that tell how many these are when the list ends there. */
static u32 header_len(struct view v)
{
    if (v.len < LENGTH || !view_has(v, 0, LENGTH))
        return LENGTH;
    return (view_byte(v, FLAGS) & EXTENDED) != 0 ? LONG_HEADER_LEN : SHORT_HEADER_LEN;
}

bool bgp_attributes(struct dissect *d, struct view v, const struct bgp_attribute_list *list,
                    u32 *left)
{
    *left = 0;
    while (v.len > 0 && !d->sealed) {
        u32 header = header_len(v);
        if (!view_has(v, 0, header) || v.len + list->behind < header)
            return false;
        if (v.len < header) {
            *left = v.len < LENGTH ? v.len : v.len - LENGTH;
            say(d, "%s%s", list->before_flaw, list->flaw);
            return true;
        }
        u8 flags = u8_at(d, v, FLAGS), type = u8_at(d, v, TYPE);
        u32 len = (flags & EXTENDED) != 0 ? be16_at(d, v, LENGTH) : u8_at(d, v, LENGTH);
        const struct attribute *a = find(type);
        say(d, "%s%s (%u), length: %u", list->indent, a != NULL ? a->name : "Unknown Attribute",
            type, len);
        say_flags(d, flags);
        if (flags != 0 || list->nested)
            say_z(d, ": ");
        v = view_from(v, header);
        if (len > v.len) {
            *left = v.len;
            say(d, " %s", list->flaw);
            return true;
        }
        if (!say_value(d, a, type, view_claim(v, len)))
            return false;
        v = view_from(v, len);
    }
    return true;
}
