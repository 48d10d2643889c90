/*
 * LMP: the link management protocol of GMPLS.  RFC 4204; the object for the configuration of
 * services is of the OIF's UNI 1.0.
 *
 *    0               1               2               3
 *   +-------+-----------------------+---------------+---------------+
 *   |version|                       |     flags     | message type  |
 *   |            length             |                               |
 *   +-+-------------+---------------+-------------------------------+
 *   |N|   C-type    |     class     |    length, of all this        |
 *   |  body of the object ...                                       |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/gmpls.h"

enum { VERSION, FLAGS = 2, TYPE, LENGTH, HEADER_LEN = 8 };

enum { OBJECT_TYPE, OBJECT_CLASS, OBJECT_LENGTH, OBJECT_HEADER_LEN = 4 };

enum { NEGOTIABLE = 0x80 };

NAMES(flags, (1, "Control Channel Down") (2, "LMP restart"));

static const char *const types[] = {
    [1] = "Config",
    [2] = "Config ACK",
    [3] = "Config NACK",
    [4] = "Hello",
    [5] = "Begin Verify",
    [6] = "Begin Verify ACK",
    [7] = "Begin Verify NACK",
    [8] = "End Verify",
    [9] = "End Verify ACK",
    [10] = "Test",
    [11] = "Test Status Success",
    [12] = "Test Status Failure",
    [13] = "Test Status ACK",
    [14] = "Link Summary",
    [15] = "Link Summary ACK",
    [16] = "Link Summary NACK",
    [17] = "Channel Status",
    [18] = "Channel Status ACK",
    [19] = "Channel Status Request",
    [20] = "Channel Status Response",
    [50] = "Service Config",
    [51] = "Service Config ACK",
    [52] = "Service Config NACK",
};

enum class {
    CONTROL_CHANNEL = 1,
    NODE,
    LINK,
    INTERFACE,
    MESSAGE,
    CONFIGURATION,
    HELLO,
    VERIFY_BEGIN,
    VERIFY_BEGIN_ACK,
    VERIFY,
    TE_LINK,
    DATA_LINK,
    CHANNEL_STATUS,
    CHANNEL_STATUS_REQUEST,
    ERROR_CODE = 20,
    SERVICE_CONFIG = 51,
};

/* The C-types by class: names, and how a body is told. */

enum { IPV4 = 1, IPV6, UNNUMBERED };

static const char *const sides[] = { NULL, "Local", "Remote" };
static const char *const linked_sides[] = {
    NULL,          "IPv4 Local",       "IPv4 Remote",      "IPv6 Local",
    "IPv6 Remote", "Unnumbered Local", "Unnumbered Remote"
};
static const char *const families[] = { NULL, "IPv4", "IPv6", "Unnumbered" };
static const char *const numbers[] = { NULL, "1", "2", "3", "4" };

static const struct class_info {
    enum class class;
    const char *name;
    const char *const *types;
    u32 n; /* of the types */
} classes[] = {
    { CONTROL_CHANNEL, "Control Channel ID", sides, 3 },
    { NODE, "Node ID", sides, 3 },
    { LINK, "Link ID", linked_sides, 7 },
    { INTERFACE, "Interface ID", linked_sides, 7 },
    { MESSAGE, "Message ID", numbers, 3 },
    { CONFIGURATION, "Configuration", numbers, 2 },
    { HELLO, "Hello", numbers, 2 },
    { VERIFY_BEGIN, "Verify Begin", numbers, 2 },
    { VERIFY_BEGIN_ACK, "Verify Begin ACK", numbers, 2 },
    { VERIFY, "Verify ID", numbers, 2 },
    { TE_LINK, "TE Link", families, 4 },
    { DATA_LINK, "Data Link", families, 4 },
    { CHANNEL_STATUS, "Channel Status", families, 4 },
    { CHANNEL_STATUS_REQUEST, "Channel Status Request", families, 4 },
    { ERROR_CODE, "Error Code", numbers, 3 },
    { SERVICE_CONFIG, "Service Config", numbers, 5 },
};

/* What say_*() of an object finds. */
enum verdict { FINE, BAD_LENGTH, UNKNOWN };

static enum verdict wrong(struct dissect *d)
{
    say_z(d, " (not correct for object)");
    return BAD_LENGTH;
}

static void say_id(struct dissect *d, const char *name, struct view v, u32 off, u8 family)
{
    u32 id = be32_at(d, v, off);

    say(d, "\n\t    %s: ", name);
    switch (family) {
    case IPV4: say_ip4_at(d, v, off); break;
    case IPV6: say_ip6_at(d, v, off); break;
    default: say(d, "%u", id); break;
    }
    say(d, " (0x%08x)", id);
}

static u32 id_len(u8 family)
{
    return family == IPV6 ? 16 : 4;
}

static enum verdict say_number(struct dissect *d, const char *name, struct view v)
{
    if (v.len != 4)
        return wrong(d);
    say_id(d, name, v, 0, UNNUMBERED);
    return FINE;
}

static enum verdict say_link_id(struct dissect *d, u8 type, struct view v)
{
    static const char *const names[] = { NULL, "IPv4 Link ID", "IPv6 Link ID", "Link ID" };
    u8 family = (u8)((type + 1) / 2);

    if (v.len != id_len(family))
        return wrong(d);
    say_id(d, names[family], v, 0, family);
    return FINE;
}

/* Two numbers, each on a line of its own. */
static enum verdict say_pair(struct dissect *d, const char *first, const char *second,
                             struct view v)
{
    if (v.len != 4)
        return wrong(d);
    say_at(d, v, "\n\t    %s: %lu\n\t    %s: %lu", first, AT_BE16(0), second, AT_BE16(2));
    return FINE;
}

static enum verdict say_verify_begin(struct dissect *d, struct view v)
{
    enum {
        BEGIN_FLAGS,
        INTERVAL = 2,
        LINKS = 4,
        ENCODING = 8,
        TRANSPORT = 10,
        RATE = 12,
        WAVELENGTH = 16
    };
    /* As tcpdump: it takes 8000 for a mask, where 0x8000 is meant. */
    enum { PAYLOAD_TEST = 8000 };
    NAMES(names, (1, "Verify all links") (2, "Data link type"));

    if (v.len != 20)
        return wrong(d);
    say(d, "\n\t    Flags: %s", flags_of(d, &names.names, be16_at(d, v, BEGIN_FLAGS), ", ", "none"));
    say_at(d, v, "\n\t    Verify Interval: %lu", AT_BE16(INTERVAL));
    say_at(d, v, "\n\t    Data links: %lu", AT_BE32(LINKS));
    say(d, "\n\t    Encoding type: %s",
        name_of(d, gmpls_encodings, u8_at(d, v, ENCODING), "Unknown"));
    u16 transport = be16_at(d, v, TRANSPORT);
    say(d, "\n\t    Verify Transport Mechanism: %u (0x%x)%s", transport, transport,
        (transport & PAYLOAD_TEST) != 0 ? " (Payload test messages capable)" : "");
    say_bandwidth(d, "\n\t    Transmission Rate: ", v, RATE, "");
    say_at(d, v, "\n\t    Wavelength: %lu", AT_BE32(WAVELENGTH));
    return FINE;
}

static enum verdict say_te_link(struct dissect *d, u8 family, struct view v)
{
    NAMES(names, (1, "Fault Management Supported") (2, "Link Verification Supported"));

    if (v.len != 4 + 2 * id_len(family))
        return wrong(d);
    say(d, "\n\t    Flags: [%s]", flags_of(d, &names.names, u8_at(d, v, 0), ", ", "none"));
    say_id(d, "Local Link-ID", v, 4, family);
    say_id(d, "Remote Link-ID", v, 4 + id_len(family), family);
    return FINE;
}

/* False when a hex dump shall follow. */
static bool say_subobjects(struct dissect *d, struct view v)
{
    enum { SWITCHING_TYPE = 1, WAVELENGTH };
    NAMES(names, (SWITCHING_TYPE, "Interface Switching Type") (WAVELENGTH, "Wavelength"));

    while (repeat(d, 0, v.len)) {
        u8 type = u8_at(d, v, 0), length = u8_at(d, v, 1);
        say(d, "\n\t    Subobject, Type: %s (%u), Length: %u", name_of(d, &names.names, type, "Unknown"),
            type, length);
        const char *wrong = length < 4       ? " (too short)"
                            : length % 4     ? " (not a multiple of 4)"
                            : length > v.len ? " (goes past the end of the object)"
                                             : NULL;
        if (wrong != NULL) {
            say_z(d, wrong);
            return true;
        }
        switch (type) {
        case SWITCHING_TYPE:
            say_at(d, v, "\n\t      Switching Type: %s (%lu)",
                   name_of(d, gmpls_switching, u8_at(d, v, 2), "Unknown"), AT_U8(2));
            say_at(d, v, "\n\t      Encoding Type: %s (%lu)",
                   name_of(d, gmpls_encodings, u8_at(d, v, 3), "Unknown"), AT_U8(3));
            if (!need(d, v, 4, 4))
                return true;
            say_bandwidth(d, "\n\t      Min Reservable Bandwidth: ", v, 4, "");
            if (!need(d, v, 8, 4))
                return true;
            say_bandwidth(d, "\n\t      Max Reservable Bandwidth: ", v, 8, "");
            break;
        case WAVELENGTH: say_at(d, v, "\n\t      Wavelength: %lu", AT_BE32(4)); break;
        default: return false;
        }
        v = view_from(v, length);
    }
    return true;
}

static enum verdict say_data_link(struct dissect *d, u8 family, struct view v)
{
    NAMES(names, (1, "Data Link Port") (2, "Allocated for user traffic") (4, "Failed link"));
    u32 fixed = 4 + 2 * id_len(family);

    if (v.len < fixed)
        return wrong(d);
    say(d, "\n\t    Flags: [%s]", flags_of(d, &names.names, u8_at(d, v, 0), ", ", "none"));
    say_id(d, "Local Interface ID", v, 4, family);
    say_id(d, "Remote Interface ID", v, 4 + id_len(family), family);
    return say_subobjects(d, view_from(v, fixed)) ? FINE : UNKNOWN;
}

static enum verdict say_channel_status(struct dissect *d, u8 family, struct view v)
{
    NAMES(names, (1, "Signal Okay") (2, "Signal Degraded") (3, "Signal Fail"));
    u32 step = id_len(family) + 4;

    for (u32 off = 0; repeat(d, off, v.len) && off + step <= v.len; off += step) {
        say_id(d, "Interface ID", v, off, family);
        u32 word = be32_at(d, v, off + id_len(family));
        u32 active = word >> 31, transmit = word >> 30 & 1, status = word & 0x3ffffff;
        say(d, "\n\t\t    Active: %s (%u)", active ? "Allocated" : "Non-allocated", active);
        say(d, "\n\t\t    Direction: %s (%u)", transmit ? "Transmit" : "Receive", transmit);
        say(d, "\n\t\t    Channel Status: %s (%u)", name_of(d, &names.names, status, "Unknown"), status);
    }
    return FINE;
}

static enum verdict say_channels(struct dissect *d, u8 family, struct view v)
{
    u32 step = id_len(family);

    for (u32 off = 0; repeat(d, off, v.len) && off + step <= v.len; off += step)
        say_id(d, "Interface ID", v, off, family);
    return FINE;
}

static enum verdict say_error(struct dissect *d, u8 type, struct view v)
{
    NAMES(verify,
          (1, "Link Verification Procedure Not supported")
          (2, "Unwilling to verify")
          (4, "Unsupported verification transport mechanism")
          (8, "Link-Id configuration error")
          (16, "Unknown object c-type"));
    NAMES(summary,
          (1, "Unacceptable non-negotiable LINK-SUMMARY parameters")
          (2, "Renegotiate LINK-SUMMARY parameters")
          (4, "Invalid TE-LINK Object")
          (8, "Invalid DATA-LINK Object")
          (16, "Unknown TE-LINK Object c-type")
          (32, "Unknown DATA-LINK Object c-type"));

    if (v.len != 4)
        return wrong(d);
    say(d, "\n\t    Error Code: %s",
        flags_of(d, type == 1 ? &verify.names : &summary.names, be32_at(d, v, 0), ", ", "none"));
    return FINE;
}

static void say_sdh_sonet(struct dissect *d, struct view v)
{
    enum { SDH = 5, SONET };
    NAMES(links, (SDH, "SDH ITU-T G.707") (SONET, "SONET ANSI T1.105"));
    NAMES(sdh,
          (5, "VC-3") (6, "VC-4") (7, "STM-0") (8, "STM-1") (9, "STM-4") (10, "STM-16")
          (11, "STM-64") (12, "STM-256"));
    NAMES(sonet,
          (5, "STS-1 SPE") (6, "STS-3c SPE") (7, "STS-1") (8, "STM-3") (9, "STM-12") (10, "STM-48")
          (11, "STM-192") (12, "STM-768"));
    NAMES(transparency,
          (1, "Path/VC Overhead Transparency Supported")
          (2, "Line/MS Overhead Transparency Supported")
          (4, "Section/RS Overhead Transparency Supported"));
    NAMES(concatenation, (1, "Contiguous Concatenation Types Supported"));
    u8 link = u8_at(d, v, 0), signal = u8_at(d, v, 1);

    say(d, "\n\t Link Type: %s (%u)", name_of(d, &links.names, link, "Unknown"), link);
    if (link == SDH || link == SONET)
        say(d, "\n\t Signal Type: %s (%u)",
            name_of(d, link == SDH ? &sdh.names : &sonet.names, signal, "Unknown"), signal);
    say(d, "\n\t Transparency: %s", flags_of(d, &transparency.names, u8_at(d, v, 2), ", ", "none"));
    say(d, "\n\t Contiguous Concatenation Types: %s",
        flags_of(d, &concatenation.names, u8_at(d, v, 3), ", ", "none"));
    say_at(d, v, "\n\t Minimum NCC: %lu\n\t Maximum NCC: %lu", AT_BE16(4), AT_BE16(6));
    say_at(d, v, "\n\t Minimum NVC:%lu\n\t Maximum NVC:%lu", AT_BE16(8), AT_BE16(10));
    say_id(d, "Local Interface ID", v, 12, IPV4);
}

static enum verdict say_service(struct dissect *d, u8 type, struct view v)
{
    NAMES(protocols, (1, "RSVP Supported") (2, "LDP Supported"));
    NAMES(transparency,
          (1, "Standard SOH/RSOH Transparency Supported")
          (2, "Standard LOH/MSOH Transparency Supported"));
    NAMES(monitoring, (1, "Transparent Tandem Connection Monitoring Supported"));
    NAMES(diversity,
          (1, "Node Diversity Supported")
          (2, "Link Diversity Supported")
          (4, "SRLG Diversity Supported"));
    static const u8 lengths[] = { 0, 4, 16, 8, 4 };

    if (v.len != lengths[type])
        return wrong(d);
    switch (type) {
    case 1:
        say(d, "\n\t Flags: %s", flags_of(d, &protocols.names, u8_at(d, v, 0), ", ", "none"));
        say_at(d, v, "\n\t  UNI Version: %lu", AT_U8(1));
        break;
    case 2: say_sdh_sonet(d, v); break;
    case 3:
        say(d, "\n\t Transparency Flags: %s",
            flags_of(d, &transparency.names, be32_at(d, v, 0), ", ", "none"));
        say(d, "\n\t TCM Monitoring Flags: %s",
            flags_of(d, &monitoring.names, u8_at(d, v, 7), ", ", "none"));
        break;
    default:
        say(d, "\n\t Diversity: Flags: %s", flags_of(d, &diversity.names, u8_at(d, v, 3), ", ", "none"));
        break;
    }
    return FINE;
}

/* `type` is one that its class knows. */
static enum verdict say_body(struct dissect *d, enum class class, u8 type, struct view v)
{
    switch (class) {
    case CONTROL_CHANNEL: return say_number(d, "Control Channel ID", v);
    case NODE:
        if (v.len != 4)
            return wrong(d);
        say_id(d, "Node ID", v, 0, IPV4);
        return FINE;
    case LINK:
    case INTERFACE: return say_link_id(d, type, v);
    case MESSAGE: return say_number(d, type == 1 ? "Message ID" : "Message ID Ack", v);
    case CONFIGURATION: return say_pair(d, "Hello Interval", "Hello Dead Interval", v);
    case HELLO:
        if (v.len != 8)
            return wrong(d);
        say_at(d, v, "\n\t    Tx Seq: %lu, Rx Seq: %lu", AT_BE32(0), AT_BE32(4));
        return FINE;
    case VERIFY_BEGIN: return say_verify_begin(d, v);
    case VERIFY_BEGIN_ACK:
        return say_pair(d, "Verify Dead Interval", "Verify Transport Response", v);
    case VERIFY:
        if (v.len != 4)
            return wrong(d);
        say_at(d, v, "\n\t    Verify ID: %lu", AT_BE32(0));
        return FINE;
    case TE_LINK: return say_te_link(d, type, v);
    case DATA_LINK: return say_data_link(d, type, v);
    case CHANNEL_STATUS: return say_channel_status(d, type, v);
    case CHANNEL_STATUS_REQUEST: return say_channels(d, type, v);
    case ERROR_CODE: return say_error(d, type, v);
    case SERVICE_CONFIG: return say_service(d, type, v);
    default: return UNKNOWN;
    }
}

static const struct class_info *find_class(u8 class)
{
    for (u32 i = 0; i < countof(classes); i++)
        if (classes[i].class == class)
            return &classes[i];
    return NULL;
}

/* The object at the start of `v`.  False when it is so wrong that the message ends. */
static bool say_object(struct dissect *d, struct view v, u32 *length)
{
    if (!need(d, view_claim(v, v.cap), 0, OBJECT_HEADER_LEN))
        return true;
    u8 first = u8_at(d, v, OBJECT_TYPE), type = first & 0x7f, class = u8_at(d, v, OBJECT_CLASS);
    const struct class_info *info = find_class(class);
    bool known = info != NULL && type < info->n && info->types[type] != NULL;

    *length = be16_at(d, v, OBJECT_LENGTH);
    say(d, "\n\t  %s Object (%u), Class-Type: %s (%u) Flags: [%snegotiable], length: %u",
        info != NULL ? info->name : "Unknown", class, known ? info->types[type] : "Unknown", type,
        (first & NEGOTIABLE) != 0 ? "" : "non-", *length);
    if (*length < OBJECT_HEADER_LEN) {
        say_z(d, " (too short)");
        return false;
    }
    if (*length % 4 != 0) {
        say_z(d, " (not a multiple of 4)");
        return false;
    }
    /* as tcpdump, a subobject may be read beyond its object */
    struct view body = view_claim(view_from(v, OBJECT_HEADER_LEN), *length - OBJECT_HEADER_LEN);
    if (!need(d, body, 0, body.len))
        return true;
    enum verdict verdict = known ? say_body(d, class, type, body) : UNKNOWN;
    if (verdict == UNKNOWN || verbose(d, 2))
        hexdump(d->out, "\n\t    ", view_clip(body, body.len));
    return true;
}

static void say_objects(struct dissect *d, struct view v, u32 total)
{
    u32 length = 0;

    for (u32 off = 0; repeat(d, off, total); off += length) {
        if (!say_object(d, view_from(v, off), &length) || d->sealed)
            return;
        if (length > total - off) {
            say(d, " [remaining objects length %u < %u]", total - off, length);
            invalid(d);
            return;
        }
    }
}

void print_lmp(struct dissect *d, struct view v)
{
    d->proto = "lmp";
    u8 version = u8_at(d, v, VERSION) >> 4;

    if (!need(d, v, 0, HEADER_LEN))
        return;
    if (version != 1) {
        say(d, "LMP version %u packet not supported", version);
        return;
    }
    u8 type = u8_at(d, v, TYPE);
    if (!verbose(d, 1)) {
        say(d, "LMPv%u %s Message, length: %u", version,
            name_in(d, types, countof(types), type, "unknown (%u)"), v.len);
        return;
    }
    u32 length = be16_at(d, v, LENGTH);
    say(d, "\n\tLMPv%u, msg-type: %s, Flags: [%s], length: %u", version,
        name_in(d, types, countof(types), type, "unknown, type: %u"),
        flags_of(d, &flags.names, u8_at(d, v, FLAGS), ", ", "none"), length);
    if (length < HEADER_LEN) {
        say_z(d, " (too short)");
        return;
    }
    if (length > v.len) {
        say_z(d, " (too long)");
        length = v.len;
    }
    say_objects(d, view_from(v, HEADER_LEN), length - HEADER_LEN);
}
