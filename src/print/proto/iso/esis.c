/*
 * ES-IS: end systems and intermediate systems find each other.  ISO 9542.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |     0x82      | header length |    version    |   reserved    |
 *   |    0|  type   |         holding time          |  checksum ... |
 *   |  ...          | addresses, each behind its length ...         |
 *   |  options: code 1, length 1, value ...                         |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/iso/iso.h"

enum { HEADER_BYTES = 1, VERSION, RESERVED, TYPE, HOLDING_TIME, CHECKSUM = 7, FIXED_LEN = 9 };

enum { TYPE_MASK = 0x1f, END_SYSTEM = 2, INTERMEDIATE_SYSTEM = 4, REDIRECT = 6 };

NAMES(types, (END_SYSTEM, "ESH") (INTERMEDIATE_SYSTEM, "ISH") (REDIRECT, "redirect"));

enum { PROTOCOLS = 0x81, CONFIGURATION_TIME = 0xc6 };

NAMES(options,
      (PROTOCOLS, "Protocols supported")
      (0xc3, "QoS Maintenance")
      (0xc5, "Security")
      (CONFIGURATION_TIME, "ES Configuration Time")
      (0xcd, "Priority")
      (0xe1, "Addressk Mask")
      (0xe2, "SNPA Mask"));

/*
 * Steps over the next address, which has its length before it, in a header whose view has what is
 * left of it.  False when there is no room for it, after the text of that.
 */
static bool take(struct dissect *d, struct view *header, struct view *address, const char *bad)
{
    if (!want(d, *header, 0, 1))
        return false;
    if (header->len < 1) {
        say_z(d, bad);
        return false;
    }
    u8 length = u8_at(d, *header, 0);
    *header = view_from(*header, 1);
    if (!want(d, *header, 0, length))
        return false;
    if (header->len < length) {
        say_z(d, bad);
        return false;
    }
    *address = view_sub(*header, 0, length);
    *header = view_from(*header, length);
    return true;
}

static void say_link_address(struct dissect *d, struct view v)
{
    say(d, "\n\t  SNPA (length: %u): ", v.len);
    if (v.len == 6) {
        say_mac_at(d, v, 0);
        return;
    }
    if (v.len == 0)
        say_z(d, "<empty>");
    for (u32 i = 0; i < v.len; i++)
        say_at(d, v, "%s%02lx", i > 0 ? ":" : "", AT_U8(i));
}

/* The bodies step over what they print.  False when they make no sense. */

static bool say_redirect(struct dissect *d, struct view *header)
{
    struct view destination, snpa, net;

    if (!take(d, header, &destination, ", bad redirect/li"))
        return false;
    say_z(d, "\n\t  ");
    say_nsap(d, destination, 0, destination.len);
    if (!take(d, header, &snpa, ", bad redirect/li"))
        return false;
    if (header->len > 0) /* as tcpdump: the next length byte is not counted */
        *header = view_claim(*header, header->len + 1);
    if (!take(d, header, &net, ", bad redirect/li"))
        return false;
    say_link_address(d, snpa);
    if (net.len > 0) {
        say(d, "\n\t  NET (length: %u) ", net.len);
        say_nsap(d, net, 0, net.len);
    }
    return true;
}

static bool say_net(struct dissect *d, struct view *header, const char *bad)
{
    struct view net;

    if (!take(d, header, &net, bad))
        return false;
    say(d, "\n\t  NET (length: %u): ", net.len);
    say_nsap(d, net, 0, net.len);
    return true;
}

static bool say_end_system(struct dissect *d, struct view *header)
{
    if (!want(d, *header, 0, 1))
        return false;
    u8 count = u8_at(d, *header, 0);
    say(d, "\n\t  Number of Source Addresses: %u", count);
    *header = view_from(*header, 1);
    for (u32 i = 0; repeat(d, i, count); i++)
        if (!say_net(d, header, ", bad esh/li"))
            return false;
    return true;
}

static void say_protocols(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < v.len; i++) {
        u8 protocol = u8_at(d, v, i);
        say(d, "%s (0x%02x)%s", name_of(d, nlpids, protocol, "unknown"), protocol,
            i + 1 < v.len ? ", " : "");
    }
}

static void say_options(struct dissect *d, struct view v)
{
    while (v.len > 0 && !d->sealed) {
        if (v.len < 2) {
            say_z(d, ", bad opts/li");
            return;
        }
        u8 option = u8_at(d, v, 0), length = u8_at(d, v, 1);
        v = view_from(v, 2);
        if (length > v.len) {
            say(d, ", opt (%u) too long", option);
            return;
        }
        say(d, "\n\t  %s Option #%u, length %u, value: ", name_of(d, &options.names, option, "Unknown"),
            option, length);
        struct view value = view_sub(v, 0, length);
        switch (option) {
        case CONFIGURATION_TIME:
            if (length != 2)
                say_z(d, "(bad length)");
            else if (want(d, value, 0, 2))
                say_at(d, value, "%lus", AT_BE16(0));
            break;
        case PROTOCOLS: say_protocols(d, value); break;
        default: hexdump(d->out, "\n\t  ", value); break;
        }
        if (verbose(d, 2) && option != PROTOCOLS) /* as tcpdump: others twice, protocols never */
            hexdump(d->out, "\n\t  ", value);
        v = view_from(v, length);
    }
}

static void say_details(struct dissect *d, struct view v, u8 type)
{
    u8 header_len = u8_at(d, v, HEADER_BYTES);
    u16 sum = be16_at(d, v, CHECKSUM);

    say(d, "%slength %u\n\t%s (%u)", d->opt->link_header ? "" : ", ", v.len,
        name_of(d, &types.names, type, "unknown type: %u"), type);
    say_at(d, v, ", v: %lu", AT_U8(VERSION));
    say(d, ", checksum: 0x%04x", sum);
    say_iso_checksum(d, v, sum, CHECKSUM, header_len);
    say_at(d, v, ", holding time: %lus, length indicator: %u", AT_BE16(HOLDING_TIME), header_len);
    if (verbose(d, 2))
        hexdump(d->out, "\n\t", view_clip(v, FIXED_LEN));
    struct view header = view_claim(view_from(v, FIXED_LEN), header_len - (u32)FIXED_LEN);
    bool fine = true;
    switch (type) {
    case REDIRECT: fine = say_redirect(d, &header); break;
    case END_SYSTEM: fine = say_end_system(d, &header); break;
    case INTERMEDIATE_SYSTEM: fine = say_net(d, &header, ", bad ish/li"); break;
    default:
        if (!verbose(d, 2))
            hexdump(d->out, "\n\t  ", view_from(v, FIXED_LEN));
        return;
    }
    if (fine)
        say_options(d, header);
}

static void say_packet(struct dissect *d, struct view v)
{
    if (!d->opt->link_header)
        say_z(d, "ES-IS");
    if (v.len <= 2) {
        say_z(d, d->opt->quick ? "bad pkt!" : "no header at all!");
        return;
    }
    if (!want(d, v, 0, FIXED_LEN))
        return;
    u8 header_len = u8_at(d, v, HEADER_BYTES), version = u8_at(d, v, VERSION),
       type = u8_at(d, v, TYPE) & TYPE_MASK;
    if (version != 1) {
        say(d, " version %u packet not supported", version);
        return;
    }
    if (header_len > v.len) {
        say(d, " length indicator(%u) > PDU size (%u)!", header_len, v.len);
        return;
    }
    if (header_len < FIXED_LEN + 2) {
        say(d, " length indicator %u < min PDU size:", header_len);
        for (u32 i = 0; i < v.cap; i++)
            say_at(d, v, "%02lX", AT_U8(i));
        return;
    }
    if (!verbose(d, 1)) {
        say(d, "%s%s, length %u", d->opt->link_header ? "" : ", ",
            name_of(d, &types.names, type, "unknown type (%u)"), v.len);
        return;
    }
    say_details(d, v, type);
}

void esis(struct dissect *d, struct view v)
{
    d->proto = "esis";
    say_packet(d, v);
    resume(d);
}
