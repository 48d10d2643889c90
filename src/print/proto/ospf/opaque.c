/*
 * Opaque LSAs of OSPF: TLVs about traffic engineering (RFC 3630, RFC 4203, RFC 4124), graceful
 * restart (RFC 3623, RFC 5187) and the abilities of a router (RFC 7770).
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |             type              |  length (without these four)  |
 *   |  value, padded to four bytes ...                              |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/gmpls.h"
#include "print/proto/ospf/ospf.h"

enum { TYPE, LENGTH = 2, TLV_HEADER_LEN = 4 };

static u32 padded(u32 length)
{
    return (length + 3) & ~3u;
}

/* -- graceful restart */

enum { GRACE_PERIOD = 1, GRACE_REASON, GRACE_ADDRESS };

NAMES(grace_tlvs,
      (GRACE_PERIOD, "Grace Period")
      (GRACE_REASON, "Graceful restart Reason")
      (GRACE_ADDRESS, "IPv4 interface address"));

NAMES(grace_reasons,
      (0, "Unknown")
      (1, "Software Restart")
      (2, "Software Reload/Upgrade")
      (3, "Control Processor Switch"));

/* "Bogus length" unless the value is as long as it has to be. */
static bool has_length(struct dissect *d, struct view v, u32 length)
{
    if (v.len == length)
        return true;
    say(d, "\n\t    Bogus length %u != %u", v.len, length);
    return false;
}

static bool say_grace_value(struct dissect *d, u16 type, struct view v)
{
    switch (type) {
    case GRACE_PERIOD:
        if (!has_length(d, v, 4))
            return false;
        say_at(d, v, "%lus", AT_BE32(0));
        return true;
    case GRACE_REASON:
        if (!has_length(d, v, 1))
            return false;
        say_at(d, v, "%s (%lu)", name_of(d, &grace_reasons.names, u8_at(d, v, 0), "Unknown"),
               AT_U8(0));
        return true;
    case GRACE_ADDRESS:
        if (!has_length(d, v, 4))
            return false;
        say_at(d, v, "%pI4", AT_ADDRESS(0));
        return true;
    default:
        if (!verbose(d, 2))
            hexdump(d->out, "\n\t      ", v);
        return true;
    }
}

bool ospf_grace(struct dissect *d, struct view v)
{
    u32 left = v.len; /* as tcpdump: below zero when the padding of the last one is missing */

    while (left != 0 && !d->sealed) {
        if (!view_has(v, 0, TLV_HEADER_LEN))
            return false;
        if (left < TLV_HEADER_LEN) {
            say(d, "\n\t    Remaining LS length %u < 4", left);
            return false;
        }
        u16 type = be16_at(d, v, TYPE), length = be16_at(d, v, LENGTH);
        v = view_from(v, TLV_HEADER_LEN);
        left -= TLV_HEADER_LEN;
        say(d, "\n\t    %s TLV (%u), length %u, value: ", name_of(d, &grace_tlvs.names, type, "unknown"),
            type, length);
        if (length > left) {
            say(d, "\n\t    Bogus length %u > %u", length, left);
            return false;
        }
        if (type == 0 || length == 0 || !view_has(v, 0, length) ||
            !say_grace_value(d, type, view_clip(v, length)))
            return false;
        v = view_from(v, padded(length));
        left -= padded(length);
    }
    return true;
}

/* -- router information */

enum { RI_CAPABILITIES = 1 };

NAMES(ri_tlvs, (RI_CAPABILITIES, "Router Capabilities"));

NAMES(ri_capabilities,
      (0x0001, "Reserved")
      (0x0002, "Reserved")
      (0x0004, "Reserved")
      (0x0008, "Reserved")
      (0x0010, "graceful restart capable")
      (0x0020, "graceful restart helper")
      (0x0040, "Stub router support")
      (0x0080, "Traffic engineering")
      (0x0100, "p2p over LAN")
      (0x0200, "path computation server"));

bool ospf_router_information(struct dissect *d, struct view v)
{
    u32 left = v.len; /* as tcpdump: below zero when the padding of the last one is missing */

    while (left != 0 && !d->sealed) {
        if (!need(d, v, 0, TLV_HEADER_LEN))
            return false;
        if (left < TLV_HEADER_LEN) {
            say(d, "\n\t    Remaining LS length %u < 4", left);
            return false;
        }
        u16 type = be16_at(d, v, TYPE), length = be16_at(d, v, LENGTH);
        v = view_from(v, TLV_HEADER_LEN);
        left -= TLV_HEADER_LEN;
        say(d, "\n\t    %s TLV (%u), length: %u, value: ", name_of(d, &ri_tlvs.names, type, "unknown"),
            type, length);
        if (length > left) {
            say(d, "\n\t    Bogus length %u > remaining LS length %u", length, left);
            return false;
        }
        struct view value = view_sub(v, 0, length);
        if (!need(d, v, 0, length))
            return false;
        if (type == RI_CAPABILITIES) {
            if (!has_length(d, value, 4))
                return false;
            say(d, "Capabilities: %s",
                flags_of(d, &ri_capabilities.names, be32_at(d, value, 0), ", ", "Unknown"));
        } else if (!verbose(d, 2)) {
            hexdump(d->out, "\n\t      ", value);
        }
        v = view_from(v, padded(length));
        left -= padded(length);
    }
    return true;
}

/* -- traffic engineering */

enum { TE_ROUTER = 1, TE_LINK };

NAMES(te_tlvs, (TE_ROUTER, "Router Address") (TE_LINK, "Link"));

NAMES(link_types, (1, "Point-to-point") (2, "Multi-Access"));

enum { TE_PRIORITIES = 8 };

/* Two sub-TLVs that are not quite like the others. */
enum { RISK_GROUPS = 16, BANDWIDTH_CONSTRAINTS };

/*
 * What the functions below print is the value of one sub-TLV, whose length fits.
 */

static void say_link_type(struct dissect *d, struct view v)
{
    say_at(d, v, ", %s (%lu)", name_of(d, &link_types.names, u8_at(d, v, 0), "unknown"), AT_U8(0));
}

static void say_link_id(struct dissect *d, struct view v)
{
    say_at(d, v, ", %pI4 (0x%08lx)", AT_ADDRESS(0), AT_BE32(0));
    if (v.len == 8)
        say_at(d, v, ", %pI4 (0x%08lx)", AT_ADDRESS(4), AT_BE32(4));
}

static void say_address(struct dissect *d, struct view v)
{
    say_at(d, v, ", %pI4", AT_ADDRESS(0));
}

static void say_te_metric(struct dissect *d, struct view v)
{
    say_at(d, v, ", Metric %lu", AT_BE32(0));
}

static void say_link_bandwidth(struct dissect *d, struct view v)
{
    say_bandwidth(d, ", ", v, 0, "");
}

static void say_unreserved(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < TE_PRIORITIES; i++) {
        say(d, "\n\t\tTE-Class %u: ", i);
        say_bandwidth(d, "", v, i * 4, "");
    }
}

static void say_group(struct dissect *d, struct view v)
{
    say_at(d, v, ", 0x%08lx", AT_BE32(0));
}

static void say_protection(struct dissect *d, struct view v)
{
    say(d, ", %s", flags_of(d, gmpls_link_protection, u8_at(d, v, 0), ", ", "none"));
}

static void say_switching(struct dissect *d, struct view v)
{
    enum { ENCODING = 1, BANDWIDTHS = 4 };

    say(d, "\n\t\tInterface Switching Capability: %s",
        name_of(d, gmpls_switching, u8_at(d, v, 0), "Unknown"));
    say(d, "\n\t\tLSP Encoding: %s\n\t\tMax LSP Bandwidth:",
        name_of(d, gmpls_encodings, u8_at(d, v, ENCODING), "Unknown"));
    for (u32 i = 0; i < TE_PRIORITIES; i++) {
        say(d, "\n\t\t  priority level %u: ", i);
        say_bandwidth(d, "", v, BANDWIDTHS + i * 4, "");
    }
}

static void say_risk_groups(struct dissect *d, struct view v)
{
    say_z(d, "\n\t\t  Shared risk group: ");
    for (; v.len > 0; v = view_from(v, 4))
        say_at(d, v, "%lu%s", AT_BE32(0), v.len > 4 ? ", " : "");
}

/* RFC 4124, section 5.1: a model and up to eight bandwidths.  False when the length is odd. */
static bool say_constraints(struct dissect *d, struct view v)
{
    const u32 longest = 4 + TE_PRIORITIES * 4;

    say_at(d, v, "\n\t\tBandwidth Constraints Model ID: %s (%lu)",
           name_of(d, gmpls_bandwidth_models, u8_at(d, v, 0), "unknown"), AT_U8(0));
    if (v.len % 4 != 0) {
        say(d, "\n\t\tlength %u != N x 4", v.len);
        invalid(d);
        return false;
    }
    if (v.len > longest) {
        say(d, "\n\t\tlength %u > %u", v.len, longest);
        invalid(d);
        return false;
    }
    for (u32 i = 0; i < v.len / 4 - 1; i++) {
        say(d, "\n\t\t  Bandwidth constraint CT%u: ", i);
        say_bandwidth(d, "", v, 4 + i * 4, "");
    }
    return true;
}

enum length_rule { EXACTLY, AT_LEAST, ONE_OR_TWO_OF, MULTIPLE_OF };

static const struct link_subtlv {
    u16 type;
    const char *name;
    enum length_rule rule;
    u8 length;
    void (*say)(struct dissect *d, struct view v);
} link_subtlvs[] = {
    { 1, "Link Type", EXACTLY, 1, say_link_type },
    { 2, "Link ID", ONE_OR_TWO_OF, 4, say_link_id },
    { 3, "Local Interface IP address", EXACTLY, 4, say_address },
    { 4, "Remote Interface IP address", EXACTLY, 4, say_address },
    { 5, "Traffic Engineering Metric", EXACTLY, 4, say_te_metric },
    { 6, "Maximum Bandwidth", EXACTLY, 4, say_link_bandwidth },
    { 7, "Maximum Reservable Bandwidth", EXACTLY, 4, say_link_bandwidth },
    { 8, "Unreserved Bandwidth", EXACTLY, 32, say_unreserved },
    { 9, "Administrative Group", EXACTLY, 4, say_group },
    { 11, "Link Local/Remote Identifier", ONE_OR_TWO_OF, 4, say_link_id },
    { 14, "Link Protection Type", EXACTLY, 4, say_protection },
    { 15, "Interface Switching Capability", AT_LEAST, 36, say_switching },
    { RISK_GROUPS, "Shared Risk Link Group", MULTIPLE_OF, 4, say_risk_groups },
    { BANDWIDTH_CONSTRAINTS, "Bandwidth Constraints", AT_LEAST, 4, NULL },
};

static const struct link_subtlv *find(u16 type)
{
    for (size_t i = 0; i < countof(link_subtlvs); i++)
        if (link_subtlvs[i].type == type)
            return &link_subtlvs[i];
    return NULL;
}

/* Whether the length fits; the text says why it does not. */
static bool fits(struct dissect *d, const struct link_subtlv *s, u32 length)
{
    bool fit = true;

    switch (s->rule) {
    case EXACTLY:
        fit = length == s->length;
        if (!fit)
            say(d, " != %u", s->length);
        break;
    case AT_LEAST:
        fit = length >= s->length;
        if (!fit)
            say(d, " < %u", s->length);
        break;
    case ONE_OR_TWO_OF:
        fit = length == s->length || length == 2u * s->length;
        if (!fit)
            say(d, " != %u && != %u", s->length, 2u * s->length);
        break;
    case MULTIPLE_OF:
        fit = length % s->length == 0;
        if (!fit)
            say(d, " != N x %u", s->length);
        break;
    }
    if (!fit)
        invalid(d);
    return fit;
}

/* The value of a sub-TLV.  False when it makes no sense. */
static bool say_subtlv(struct dissect *d, const struct link_subtlv *s, struct view v)
{
    if (s != NULL) {
        if (!fits(d, s, v.len))
            return false;
        if (s->type == BANDWIDTH_CONSTRAINTS)
            return say_constraints(d, v);
        s->say(d, v);
    } else if (!verbose(d, 2)) {
        hexdump(d->out, "\n\t\t", v);
    }
    return true;
}

/* Moves `v` past the sub-TLVs of a link.  False when they make no sense. */
static bool say_link(struct dissect *d, struct view *v, u32 left)
{
    while (left > 0 && !d->sealed) {
        if (left < TLV_HEADER_LEN) {
            say(d, "\n\t    Remaining TLV length %u < %u", left, (unsigned)TLV_HEADER_LEN);
            return false;
        }
        u16 type = be16_at(d, *v, TYPE), length = be16_at(d, *v, LENGTH);
        const struct link_subtlv *s = find(type);

        if (type == 0 || length == 0) {
            invalid(d);
            return false;
        }
        *v = view_from(*v, TLV_HEADER_LEN);
        left -= TLV_HEADER_LEN;
        say(d, "\n\t      %s subTLV (%u), length: %u", s != NULL ? s->name : "unknown", type,
            length);
        if (length > left) {
            say(d, "\n\t    Remaining TLV length %u < %u", left + TLV_HEADER_LEN,
                length + TLV_HEADER_LEN);
            return false;
        }
        if (!view_has(*v, 0, length))
            return false;
        if (!say_subtlv(d, s, view_sub(*v, 0, length)))
            return false;
        if (type == RISK_GROUPS)
            *v = view_from(*v, length); /* as tcpdump: the groups are stepped over twice */
        if (padded(length) > left) {
            say(d, "\n\t    Remaining TLV length %u < %u", left + TLV_HEADER_LEN,
                padded(length) + TLV_HEADER_LEN);
            return false;
        }
        left -= padded(length);
        *v = view_from(*v, padded(length));
    }
    return true;
}

bool ospf_te(struct dissect *d, struct view v)
{
    u32 left = v.len;

    while (left > 0 && !d->sealed) {
        if (!view_has(v, 0, TLV_HEADER_LEN))
            return false;
        if (left < TLV_HEADER_LEN) {
            say(d, "\n\t    Remaining LS length %u < 4", left);
            return false;
        }
        u16 type = be16_at(d, v, TYPE), length = be16_at(d, v, LENGTH);

        v = view_from(v, TLV_HEADER_LEN);
        left -= TLV_HEADER_LEN;
        say(d, "\n\t    %s TLV (%u), length: %u", name_of(d, &te_tlvs.names, type, "unknown"), type,
            length);
        if (length > left) {
            say(d, "\n\t    Bogus length %u > %u", length, left);
            return false;
        }
        if (type == 0 || length == 0)
            return false;
        if (type == TE_LINK) {
            if (!say_link(d, &v, length))
                return false;
            continue; /* as tcpdump: the length of a link is not taken off, so the LSA seems to go
                         on */
        }
        if (type == TE_ROUTER) {
            if (length < 4) {
                say(d, "\n\t    TLV length %u < 4", length);
                return false;
            }
            say_at(d, v, ", %pI4", AT_ADDRESS(0));
        } else if (!verbose(d, 2)) {
            hexdump(d->out, "\n\t      ", view_sub(v, 0, length));
        }
        u32 step = padded(length);
        if (step > left) {
            say(d, "\n\t    Bogus padded length %u > %u", step, left);
            return false;
        }
        left -= step;
        v = view_from(v, step);
    }
    return true;
}
