/*
 * CFM: connectivity fault management of Ethernet.  IEEE 802.1Q, clause 21 (once 802.1ag); ITU-T
 * Y.1731.
 *
 *    0               1               2               3
 *   +-----+---------+---------------+---------------+---------------+
 *   |level| version |    opcode     |     flags     | offset of TLVs|
 *   |  depends on the opcode ...                                    |
 *   |  TLVs: type 1, length 2, value ...; type 0 alone ends them    |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/oui.h"
#include "print/printer.h"
#include "print/proto/afi.h"

enum { LEVEL_VERSION, OPCODE, FLAGS, TLV_OFFSET, HEADER_LEN };

enum opcode { CONTINUITY_CHECK = 1, LOOPBACK_REPLY, LOOPBACK, LINKTRACE_REPLY, LINKTRACE };

NAMES(opcodes,
      (CONTINUITY_CHECK, "Continuity Check Message")
      (LOOPBACK_REPLY, "Loopback Reply")
      (LOOPBACK, "Loopback Message")
      (LINKTRACE_REPLY, "Linktrace Reply")
      (LINKTRACE, "Linktrace Message"));

/* -- continuity check: who sends, and for which association */

enum { SEQUENCE, END_POINT = 4, ASSOCIATION = 6, ASSOCIATION_LEN = 48, CHECK_LEN = 70 };
enum { INTERVAL_MASK = 7, REMOTE_DEFECT = 0x80 };

/* How long a check may take to come, by interval. */
static const struct {
    const char *every, *least, *most;
} intervals[] = {
    { NULL, NULL, NULL },
    { "0.003", "0.011", "0.012" },
    { "0.010", "0.032", "0.035" },
    { "0.100", "0.325", "0.350" },
    { "1.000", "3.250", "3.500" },
    { "10.000", "32.500", "35.000" },
    { "60.000", "195.000", "210.000" },
    { "600.000", "1950.000", "2100.000" },
};

enum { DOMAIN_NONE = 1, DOMAIN_DNS, DOMAIN_MAC, NAME_TEXT = 4, ASSOCIATION_TEXT = 2 };

NAMES(domain_formats,
      (0, "IEEE 802.1")
      (DOMAIN_NONE, "No MD Name present")
      (DOMAIN_DNS, "DNS string")
      (DOMAIN_MAC, "MAC + 16Bit Integer")
      (NAME_TEXT, "Character string"));

NAMES(association_formats,
      (0, "IEEE 802.1")
      (1, "Primary VID")
      (ASSOCIATION_TEXT, "Character string")
      (3, "16Bit Integer")
      (4, "RFC2685 VPN-ID"));

static void say_text(struct dissect *d, struct view v)
{
    if (!say_until_nul(d, view_clip(v, v.len)))
        seal(d);
}

/* Steps over the domain's name.  False when it is too long. */
static bool say_domain(struct dissect *d, struct view *v)
{
    u8 format = u8_at(d, *v, 0);

    say(d, "\n\t  MD Name Format %s (%u)", name_of(d, &domain_formats.names, format, "Unknown"), format);
    *v = view_from(*v, 1);
    if (format == DOMAIN_NONE)
        return true;
    u32 length = u8_at(d, *v, 0);
    *v = view_from(*v, 1);
    say(d, ", MD Name length %u", length);
    if (length > v->len - 3) {
        say(d, " (too large, must be <= %u)", v->len - 2);
        return false;
    }
    say_z(d, "\n\t  MD Name: ");
    struct view name = view_sub(*v, 0, length);
    switch (format) {
    case DOMAIN_DNS:
    case NAME_TEXT: say_text(d, name); break;
    case DOMAIN_MAC:
        say_z(d, "\n\t  MAC ");
        if (length == 6)
            say_mac_at(d, name, 0);
        else
            say_z(d, "(length invalid)");
        break;
    default: hexdump(d->out, "\n\t    ", name); break;
    }
    *v = view_from(*v, length);
    return true;
}

/* The names of the domain and of the association.  False when they do not fit. */
static bool say_association(struct dissect *d, struct view v)
{
    if (!say_domain(d, &v))
        return false;
    u8 format = u8_at(d, v, 0);
    u32 length = u8_at(d, v, 1);
    say(d, "\n\t  MA Name-Format %s (%u), MA name length %u",
        name_of(d, &association_formats.names, format, "Unknown"), format, length);
    v = view_from(v, 2);
    if (length > v.len) {
        say(d, " (too large, must be <= %u)", v.len);
        return false;
    }
    say_z(d, "\n\t  MA Name: ");
    struct view name = view_sub(v, 0, length);
    if (format == ASSOCIATION_TEXT)
        say_text(d, name);
    else
        hexdump(d->out, "\n\t    ", name);
    return true;
}

/* The bodies: `v` begins with one.  False when the TLVs are not looked at. */

static bool say_check(struct dissect *d, struct view v, u8 flags)
{
    u32 interval = flags & INTERVAL_MASK;

    say(d, ", Flags [CCM Interval %u%s]", interval, (flags & REMOTE_DEFECT) != 0 ? ", RDI" : "");
    if (intervals[interval].every != NULL)
        say(d, "\n\t  CCM Interval %ss, min CCM Lifetime %ss, max CCM Lifetime %ss",
            intervals[interval].every, intervals[interval].least, intervals[interval].most);
    say_at(d, v, "\n\t  Sequence Number 0x%08lx, MA-End-Point-ID 0x%04lx", AT_BE32(SEQUENCE),
           AT_BE16(END_POINT));
    return say_association(d, view_claim(view_from(v, ASSOCIATION), ASSOCIATION_LEN));
}

static bool say_linktrace(struct dissect *d, struct view v, u8 flags)
{
    enum { TTL = 4, ORIGINAL, TARGET = 11 };
    NAMES(names, (0x80, "Use Forwarding-DB only"));

    say(d, ", Flags [%s]", flags_of(d, &names.names, flags, ", ", "none"));
    say_at(d, v, "\n\t  Transaction-ID 0x%08lx, ttl %lu", AT_BE32(0), AT_U8(TTL));
    say_at(d, v, "\n\t  Original-MAC %pM, Target-MAC %pM", AT_ADDRESS(ORIGINAL), AT_ADDRESS(TARGET));
    return true;
}

static bool say_linktrace_reply(struct dissect *d, struct view v, u8 flags)
{
    enum { TTL = 4, ACTION };
    NAMES(names, (0x80, "UseFDB Only") (0x40, "FwdYes") (0x20, "Terminal MEP"));
    NAMES(actions, (1, "Exact Match") (2, "Filtering DB") (3, "MIP CCM DB"));

    say(d, ", Flags [%s]", flags_of(d, &names.names, flags, ", ", "none"));
    say_at(d, v, "\n\t  Transaction-ID 0x%08lx, ttl %lu", AT_BE32(0), AT_U8(TTL));
    u8 action = u8_at(d, v, ACTION);
    say(d, "\n\t  Replay-Action %s (%u)", name_of(d, &actions.names, action, "Unknown"), action);
    return true;
}

/* -- TLVs */

enum tlv {
    END,
    SENDER_ID,
    PORT_STATUS,
    INTERFACE_STATUS,
    DATA,
    REPLY_INGRESS,
    REPLY_EGRESS,
    ORGANIZATION = 31,
};

NAMES(tlvs,
      (END, "End")
      (SENDER_ID, "Sender ID")
      (PORT_STATUS, "Port status")
      (INTERFACE_STATUS, "Interface status")
      (DATA, "Data")
      (REPLY_INGRESS, "Reply Ingress")
      (REPLY_EGRESS, "Reply Egress")
      (ORGANIZATION, "Organization Specific"));

enum { CHASSIS_MAC = 4, CHASSIS_NETWORK };

NAMES(chassis_types,
      (0, "Reserved")
      (1, "Chassis component")
      (2, "Interface alias")
      (3, "Port component")
      (CHASSIS_MAC, "MAC address")
      (CHASSIS_NETWORK, "Network address")
      (6, "Interface name")
      (7, "Locally assigned"));

/* These return false for an address of a wrong length. */

static bool say_network_address(struct dissect *d, struct view v)
{
    u8 family = u8_at(d, v, 0);
    u32 length = v.len - 1;

    say(d, "\n\t  Network Address Type %s (%u)", name_of(d, afi_names, family, "Unknown"), family);
    switch (family) {
    case AFI_IPV4:
        if (length != 4) {
            say(d, "(invalid IPv4 address length %u)", length);
            return false;
        }
        say_at(d, v, ", %pI4", AT_ADDRESS(1));
        return true;
    case AFI_IPV6:
        if (length != 16) {
            say(d, "(invalid IPv6 address length %u)", length);
            return false;
        }
        say_at(d, v, ", %pI6", AT_ADDRESS(1));
        return true;
    default: return true;
    }
}

static bool say_chassis(struct dissect *d, struct view v, u8 type)
{
    switch (type) {
    case CHASSIS_MAC:
        if (v.len != 6) {
            say_z(d, " (invalid MAC address length)");
            return false;
        }
        say_at(d, v, "\n\t  MAC %pM", AT_ADDRESS(0));
        return true;
    case CHASSIS_NETWORK: return say_network_address(d, v);
    case 1:
    case 2:
    case 3:
    case 6:
    case 7: say_text(d, v); return true;
    default: return true;
    }
}

/* A length, and so many bytes; moves `v` behind them.  False when they are too many. */
static bool say_management(struct dissect *d, struct view *v, const char *name)
{
    u32 length = u8_at(d, *v, 0);

    say(d, "\n\t  Management Address%s Length %u", name, length);
    *v = view_from(*v, 1);
    if (length > v->len) {
        say_z(d, "\n\t  (TLV too short)");
        return false;
    }
    if (length == 0)
        return true;
    say(d, "\n\t  Management Address%s: ", name);
    hexdump(d->out, "", view_sub(*v, 0, length));
    *v = view_from(*v, length);
    return true;
}

/* What became of a value. */
struct outcome {
    u32 length; /* where the next TLV begins */
    u32 dumped; /* bytes from its start on that a dump shows */
    bool dump;  /* even without -vv */
    bool over;  /* nothing that follows is looked at */
};

/* IEEE 802.1Q, clause 21.5.3: `v.len` is the TLV's length. */
static struct outcome say_sender(struct dissect *d, struct view v)
{
    struct outcome o = { .length = v.len };
    u32 length = u8_at(d, v, 0);

    v = view_from(v, 1);
    if (length > 0) {
        if (v.len < 1) {
            say_z(d, "\n\t  (TLV too short)");
            return o;
        }
        u8 type = u8_at(d, v, 0);
        v = view_from(v, 1);
        say(d, "\n\t  Chassis-ID Type %s (%u), Chassis-ID length %u",
            name_of(d, &chassis_types.names, type, "Unknown"), type, length);
        if (v.len < length) {
            say_z(d, "\n\t  (TLV too short)");
            o.length--; /* as tcpdump: the next one begins a byte early */
            return o;
        }
        o.dump = !say_chassis(d, view_claim(v, length), type);
        v = view_from(v, length);
    }
    if (v.len == 0)
        return o;
    u8 domain_length = u8_at(d, v, 0);
    if (!say_management(d, &v, " Domain"))
        return o;
    if (domain_length > 0) {
        if (v.len == 0) {
            say_z(d, " (Management Address Length is missing)");
            return o;
        }
        if (!say_management(d, &v, "")) {
            o.over = true;
            return o;
        }
    }
    o.dumped = v.len; /* as tcpdump: as many as are left, but from the start */
    return o;
}

NAMES(port_states, (1, "Blocked") (2, "Up"));

NAMES(interface_states,
      (1, "Up")
      (2, "Down")
      (3, "Testing")
      (5, "Dormant")
      (6, "not present")
      (7, "lower Layer down"));

static u32 least_length(u8 type)
{
    switch (type) {
    case SENDER_ID:
    case PORT_STATUS:
    case INTERFACE_STATUS: return 1;
    case ORGANIZATION: return 4;
    default: return 0;
    }
}

static struct outcome say_value(struct dissect *d, u8 type, struct view v)
{
    struct outcome whole = { .length = v.len, .dumped = v.len };

    switch (type) {
    case SENDER_ID: return say_sender(d, v);
    case PORT_STATUS:
        say_at(d, v, ", Status: %s (%lu)",
               name_of(d, &port_states.names, u8_at(d, v, 0), "Unknown"), AT_U8(0));
        return whole;
    case INTERFACE_STATUS:
        say_at(d, v, ", Status: %s (%lu)",
               name_of(d, &interface_states.names, u8_at(d, v, 0), "Unknown"), AT_U8(0));
        return whole;
    case ORGANIZATION:
        say_at(d, v, ", Vendor: %s (%lu), Sub-Type %lu", oui_name(be24_at(d, v, 0)), AT_BE24(0),
               AT_U8(3));
        break;
    default: break;
    }
    whole.dump = true;
    return whole;
}

static void say_tlvs(struct dissect *d, struct view v)
{
    enum { TYPE, LENGTH, TLV_HEADER_LEN = 3 };

    while (v.len > 0 && !d->sealed) {
        u8 type = u8_at(d, v, TYPE);
        say(d, "\n\t%s TLV (0x%02x)", name_of(d, &tlvs.names, type, "Unknown"), type);
        if (type == END)
            return;
        if (v.len < TLV_HEADER_LEN) {
            say_z(d, "\n\t\t packet is too short");
            return;
        }
        if (!want(d, v, 0, TLV_HEADER_LEN))
            return;
        u32 length = be16_at(d, v, LENGTH);
        say(d, ", length %u", length);
        v = view_from(v, TLV_HEADER_LEN);
        if (length > v.len) {
            say_z(d, "\n\t\t packet is too short");
            return;
        }
        if (!want(d, v, 0, length))
            return;
        if (length < least_length(type)) {
            say(d, " (too short, must be >= %u)", least_length(type));
            if (type != SENDER_ID)
                return;
        } else {
            struct outcome o = say_value(d, type, view_claim(v, length));
            if (o.over)
                return;
            if (o.dump || verbose(d, 2))
                hexdump(d->out, "\n\t  ", view_sub(v, 0, o.dumped));
            length = o.length;
        }
        v = view_from(v, length);
    }
}

/* -- the packet */

static const struct body {
    u8 opcode, length, told; /* as tcpdump: what it says when the length is less */
    bool (*say)(struct dissect *d, struct view v, u8 flags);
} bodies[] = {
    { CONTINUITY_CHECK, CHECK_LEN, 1, say_check },
    { LINKTRACE, 17, 4, say_linktrace },
    { LINKTRACE_REPLY, 6, 5, say_linktrace_reply },
};

static const struct body *find(u8 opcode)
{
    for (size_t i = 0; i < countof(bodies); i++)
        if (bodies[i].opcode == opcode)
            return &bodies[i];
    return NULL;
}

static void say_packet(struct dissect *d, struct view v)
{
    if (v.len < HEADER_LEN) {
        say_z(d, "\n\t\t packet is too short");
        return;
    }
    if (!want(d, v, 0, HEADER_LEN))
        return;
    u8 first = u8_at(d, v, LEVEL_VERSION), opcode = u8_at(d, v, OPCODE);
    if ((first & 0x1f) != 0) {
        say(d, "CFMv%u not supported, length %u", first & 0x1f, v.len);
        return;
    }
    say(d, "CFMv0 %s, MD Level %u, length %u", name_of(d, &opcodes.names, opcode, "unknown (%u)"),
        first >> 5, v.len);
    if (!verbose(d, 1))
        return;
    u32 offset = u8_at(d, v, TLV_OFFSET), left = v.len - HEADER_LEN;
    say(d, "\n\tFirst TLV offset %u", offset);
    if (offset > left) {
        say(d, " (too large, must be <= %u)", left);
        return;
    }
    const struct body *body = find(opcode);
    if (body != NULL && offset < body->length) {
        say(d, " (too small %u, must be >= %u)", body->told, body->length);
        return;
    }
    struct view rest = view_from(v, HEADER_LEN);
    if (body != NULL) {
        if (!want(d, rest, 0, body->length))
            return;
        if (!body->say(d, rest, u8_at(d, v, FLAGS)))
            return;
    } else if (left > offset) {
        hexdump(d->out, "\n\t  ",
                view_sub(rest, 0, left - offset)); /* as tcpdump: as much as the TLVs have */
    }
    say_tlvs(d, view_from(rest, offset));
}

void print_cfm(struct dissect *d, struct view v)
{
    d->proto = "cfm";
    say_packet(d, v);
    resume(d);
}
