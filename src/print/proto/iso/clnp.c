/*
 * CLNP: the connectionless network protocol.  ISO 8473.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |     0x81      | header length |    version    |   lifetime/2  |
 *   |S M E|  type   |        segment length         |  checksum ... |
 *   |  ...          | length        | destination address ...       |
 *   | length        | source address ...                            |
 *   |  S: data unit id 2, segment offset 2, total length 2          |
 *   |  options: code 1, length 1, value ...                         |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/iso/iso.h"

enum { HEADER_BYTES = 1, VERSION, LIFETIME, FLAGS, SEGMENT_LENGTH, CHECKSUM = 7, FIXED_LEN = 9 };

enum { SEGMENTED = 0x80, TYPE_MASK = 0x1f, TYPE_ERROR = 1, TYPE_ECHO_RESPONSE = 31 };

NAMES(flags,
      (SEGMENTED, "Segmentation permitted")
      (0x40, "more Segments")
      (0x20, "request Error Report"));

NAMES(types,
      (TYPE_ERROR, "Error Report")
      (28, "Data")
      (29, "MD")
      (30, "Echo Request")
      (TYPE_ECHO_RESPONSE, "Echo Response"));

enum option {
    DISCARD_REASON = 0xc1,
    QOS = 0xc3,
    SECURITY = 0xc5,
    SOURCE_ROUTE = 0xc8,
    RECORD_ROUTE = 0xcb,
    PADDING,
    PRIORITY,
};

NAMES(options,
      (DISCARD_REASON, "Discard Reason")
      (QOS, "QoS Maintenance")
      (SECURITY, "Security")
      (SOURCE_ROUTE, "Source Routing")
      (RECORD_ROUTE, "Route Recording")
      (PADDING, "Padding")
      (PRIORITY, "Priority"));

/* Who made the rest of an option: the two upper bits of its first byte. */
enum { FORMAT_MASK = 0xc0, FORMAT_GLOBAL = 0xc0 };

NAMES(formats,
      (0x40, "Source Address Specific")
      (0x80, "Destination Address Specific")
      (FORMAT_GLOBAL, "Globally unique"));

NAMES(qos_flags,
      (0x20, "reserved")
      (0x10, "sequencing vs. delay")
      (0x08, "congested")
      (0x04, "delay vs. cost")
      (0x02, "error vs. delay")
      (0x01, "error vs. cost"));

/* Reasons to discard: a class, and a cause in it. */
NAMES(classes,
      (0, "General Error")
      (8, "Address Error")
      (9, "Source Routeing Error")
      (10, "Lifetime Error")
      (11, "PDU Discarded Error")
      (12, "Reassembly Error"));

NAMES(reasons,
      (0x00, "Reason not specified")
      (0x01, "Protocol procedure error")
      (0x02, "Incorrect checksum")
      (0x03, "PDU discarded due to congestion")
      (0x04, "Header syntax error (cannot be parsed)")
      (0x05, "Segmentation needed but not permitted")
      (0x06, "Incomplete PDU received")
      (0x07, "Duplicate option")
      (0x80, "Destination address unreachable")
      (0x81, "Destination address unknown")
      (0x90, "Unspecified source routeing error")
      (0x91, "Syntax error in source routeing field")
      (0x92, "Unknown address in source routeing field")
      (0x93, "Path not acceptable")
      (0xa0, "Lifetime expired while data unit in transit")
      (0xa1, "Lifetime expired during reassembly")
      (0xb0, "Unsupported option not specified")
      (0xb1, "Unsupported protocol version")
      (0xb2, "Unsupported security option")
      (0xb3, "Unsupported source routeing option")
      (0xb4, "Unsupported recording of route option")
      (0xc0, "Reassembly interference"));

/* Addresses from an offset on, which counts from one and from the option's value on. */
static void say_route(struct dissect *d, struct view v)
{
    u32 offset = u8_at(d, v, 1);

    if (offset == 0) {
        say_z(d, " Bad NSAP offset (0)");
        return;
    }
    offset--;
    if (offset > v.len) {
        say_z(d, " Bad NSAP offset (past end of option)");
        return;
    }
    /* As tcpdump: each time the first address, until there would be no room for the next. */
    for (u32 left = v.len - offset; left > 0 && !d->sealed;) {
        u32 length = u8_at(d, v, offset);
        left--;
        if (length > left) {
            say_z(d, "\n\t    NSAP address goes past end of option");
            return;
        }
        if (length > 0) {
            say(d, "\n\t    NSAP address (length %u): ", length);
            say_nsap(d, v, offset + 1, length);
        }
        left -= length;
    }
}

static void say_routing(struct dissect *d, struct view v, u8 option)
{
    NAMES(kinds, (0, "partial") (1, "complete"));

    say(d, "%s %s", name_of(d, &kinds.names, u8_at(d, v, 0), "Unknown"),
        option == SOURCE_ROUTE ? "source routing" : "recording of route in progress");
    say_route(d, v);
}

/* False when the option is too short. */
static bool say_option(struct dissect *d, struct view v, u8 option)
{
    u8 format = v.len > 0 ? u8_at(d, v, 0) & FORMAT_MASK : 0;

    switch (option) {
    case SOURCE_ROUTE:
    case RECORD_ROUTE:
        if (v.len < 2)
            return false;
        say_routing(d, v, option);
        return true;
    case PRIORITY:
        if (v.len < 1)
            return false;
        say(d, "0x%1x", u8_at(d, v, 0) & 0x0f);
        return true;
    case QOS:
        if (v.len < 1)
            return false;
        say(d, "\n\t    Format Code: %s", name_of(d, &formats.names, format, "Reserved"));
        if (format == FORMAT_GLOBAL)
            say(d, "\n\t    QoS Flags [%s]", flags_of(d, &qos_flags.names, u8_at(d, v, 0), ", ", "none"));
        return true;
    case SECURITY:
        if (v.len < 2)
            return false;
        say_at(d, v, "\n\t    Format Code: %s, Security-Level %lu",
               name_of(d, &formats.names, format, "Reserved"), AT_U8(1));
        return true;
    case DISCARD_REASON: {
        if (v.len < 1)
            return false;
        u8 reason = u8_at(d, v, 0);
        say(d, "\n\t    Class: %s (0x%01x), %s (0x%01x)",
            name_of(d, &classes.names, reason >> 4, "Unknown Error"), reason >> 4,
            name_of(d, &reasons.names, reason, "Unknown"), reason & 0x0f);
        return true;
    }
    case PADDING: say_z(d, "padding data"); return true;
    default: hexdump(d->out, "\n\t  ", v); return true;
    }
}

/* The options in a header of `v.len` bytes.  False when they make no sense. */
static bool say_options(struct dissect *d, struct view v)
{
    while (v.len > 0 && !d->sealed) {
        if (v.len < 2) {
            say_z(d, ", bad opts/li");
            return false;
        }
        u8 option = u8_at(d, v, 0), length = u8_at(d, v, 1);
        v = view_from(v, 2);
        if (length > v.len) {
            say(d, ", opt (%u) too long", option);
            return false;
        }
        if (!want(d, v, 0, length))
            return true;
        struct view value = view_sub(v, 0, length);
        say(d, "\n\t  %s Option #%u, length %u, value: ", name_of(d, &options.names, option, "Unknown"),
            option, length);
        if (!say_option(d, value, option)) {
            say_z(d, ", bad opt len");
            return false;
        }
        if (verbose(d, 2))
            hexdump(d->out, "\n\t  ", value);
        v = view_from(v, length);
    }
    return true;
}

static void say_data(struct dissect *d, struct view v, u8 type)
{
    if ((type == TYPE_ERROR || type == TYPE_ECHO_RESPONSE) && u8_at(d, v, 0) == NLPID_CLNP) {
        say_z(d, "\n\t-----original packet-----\n\t");
        if (v.len > 0 && descend(d)) {
            clnp(d, v);
            ascend(d);
        }
        return;
    }
    if (v.len == 0)
        return;
    say(d, "\n\t  undecoded non-header data, length %u", v.len);
    hexdump(d->out, "\n\t  ", v);
}

/* The next address, which has its length before it.  False when the header has no room for it. */
static bool take_address(struct dissect *d, struct view *header, struct view *address)
{
    if (header->len < 1) {
        say_z(d, "li < size of fixed part of CLNP header and addresses");
        return false;
    }
    u8 length = u8_at(d, *header, 0);
    *header = view_from(*header, 1);
    if (header->len < length) {
        say_z(d, "li < size of fixed part of CLNP header and addresses");
        return false;
    }
    *address = view_sub(*header, 0, length);
    if (want(d, *header, 0, length))
        *header = view_from(*header, length);
    return true;
}

/* The bytes of a header that is too short. */
static void say_min_size(struct dissect *d, struct view v, u8 length)
{
    say(d, " length indicator %u < min PDU size:", length);
    for (u32 i = 0; i < v.cap; i++)
        say_at(d, v, "%02lX", AT_U8(i));
}

static void say_details(struct dissect *d, struct view v, u8 type, struct view source,
                        struct view destination)
{
    u8 header_len = u8_at(d, v, HEADER_BYTES), lifetime = u8_at(d, v, LIFETIME);
    u16 sum = be16_at(d, v, CHECKSUM);

    say(d, "%slength %u", d->opt->link_header ? "" : ", ", v.len);
    say_at(d, v,
           "\n\t%s PDU, hlen: %u, v: %lu, lifetime: %u.%us, Segment PDU length: %lu, checksum: 0x%04x",
           name_of(d, &types.names, type, "unknown (%u)"), header_len, AT_U8(VERSION), lifetime / 2,
           lifetime % 2 * 5, AT_BE16(SEGMENT_LENGTH), sum);
    say_iso_checksum(d, v, sum, CHECKSUM, header_len);
    say(d, "\n\tFlags [%s]", flags_of(d, &flags.names, u8_at(d, v, FLAGS), ", ", "none"));
    say(d, "\n\tsource address (length %u): ", source.len);
    say_nsap(d, source, 0, source.len);
    say(d, "\n\tdest   address (length %u): ", destination.len);
    say_nsap(d, destination, 0, destination.len);
}

static bool say_packet(struct dissect *d, struct view v)
{
    if (!want(d, v, 0, FIXED_LEN))
        return true;
    if (!d->opt->link_header)
        say_z(d, "CLNP");
    u8 header_len = u8_at(d, v, HEADER_BYTES), version = u8_at(d, v, VERSION),
       type = u8_at(d, v, FLAGS) & TYPE_MASK;
    bool segmented = (u8_at(d, v, FLAGS) & SEGMENTED) != 0;
    struct view source = { 0 }, destination = { 0 };

    if (version != 1) {
        say(d, "version %u packet not supported", version);
        return false;
    }
    if (header_len > v.len) {
        say(d, " length indicator(%u) > PDU size (%u)!", header_len, v.len);
        return false;
    }
    if (header_len < FIXED_LEN) {
        say_min_size(d, v, header_len);
        return false;
    }
    struct view header = view_claim(view_from(v, FIXED_LEN), header_len - (u32)FIXED_LEN);
    if (!take_address(d, &header, &destination) || !take_address(d, &header, &source))
        return false;
    if (!verbose(d, 1)) {
        say_z(d, d->opt->link_header ? "" : ", ");
        say_nsap(d, source, 0, source.len);
        say_z(d, " > ");
        say_nsap(d, destination, 0, destination.len);
        say(d, ", %s, length %u", name_of(d, &types.names, type, "unknown (%u)"), v.len);
        return true;
    }
    say_details(d, v, type, source, destination);
    if (segmented) {
        if (header.len < 6) {
            say_z(d, "li < size of fixed part of CLNP header, addresses, and segment part");
            return false;
        }
        if (!want(d, header, 0, 6))
            return true;
        say_at(d, header, "\n\tData Unit ID: 0x%04lx, Segment Offset: %lu, Total PDU Length: %lu",
               AT_BE16(0), AT_BE16(2), AT_BE16(4));
        header = view_from(header, 6);
    }
    if (!say_options(d, header))
        return false;
    say_data(d, view_from(v, header_len), type);
    return true;
}

bool clnp(struct dissect *d, struct view v)
{
    d->proto = "clnp";
    bool fine = say_packet(d, v);
    fine = fine || d->sealed;
    resume(d);
    return fine;
}
