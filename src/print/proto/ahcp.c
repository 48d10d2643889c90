/*
 * AHCP: the Ad-Hoc Configuration Protocol.  draft-chroboczek-ahcp-00.
 *
 *   magic 1, version 1, hopcount 1, original hopcount 1, nonce 4, source id 8, destination id 8
 *   type 1, zero 1, length 2; options: code 1, and but for padding and mandatory: length 1, value
 */
#include "base/time.h"
#include "print/printer.h"

enum { MAGIC, VERSION, HOPCOUNT, ORIGINAL_HOPCOUNT, NONCE, SOURCE_ID = 8, DESTINATION_ID = 16 };

enum { TYPE = 24, MUST_BE_ZERO, BODY_LENGTH, HEADER_LEN = 28 };

enum { BRIEF_LEN = 2, ID_LEN = 8, MAGIC_NUMBER = 43 };

NAMES(messages, (0, "Discover") (1, "Offer") (2, "Request") (3, "Ack") (4, "Nack") (5, "Release"));

enum { OPTION_PAD, OPTION_MANDATORY };

static bool say_origin_time(struct dissect *d, struct view v)
{
    if (v.len != 4)
        return false;
    struct civil t = civil_from_seconds(be32_at(d, v, 0));
    say(d, ": %04u-%02u-%02u %02u:%02u:%02u UTC", (u32)t.year, t.month, t.day, t.hour, t.minute,
        t.second);
    return true;
}

static bool say_expiry(struct dissect *d, struct view v)
{
    if (v.len != 4)
        return false;
    say_at(d, v, ": %lus", AT_BE32(0));
    return true;
}

/* Addresses of `len` bytes and, with `prefixes`, the lengths of their prefixes. */
static bool say_addresses(struct dissect *d, struct view v, u32 len, bool prefixes)
{
    const char *separator = ": ";

    for (; v.len > 0; v = view_from(v, len + prefixes)) {
        if (v.len < len + prefixes)
            return false;
        if (!need(d, v, 0, len + prefixes))
            return true;
        if (len == 4)
            say_at(d, v, "%s%pI4", separator, AT_ADDRESS(0));
        else
            say_at(d, v, "%s%pI6", separator, AT_ADDRESS(0));
        if (prefixes)
            say_at(d, v, "/%lu", AT_U8(len));
        separator = ", ";
    }
    return true;
}

static bool say_ip6s(struct dissect *d, struct view v) { return say_addresses(d, v, 16, false); }
static bool say_ip4s(struct dissect *d, struct view v) { return say_addresses(d, v, 4, false); }
static bool say_prefixes6(struct dissect *d, struct view v) { return say_addresses(d, v, 16, true); }
static bool say_prefixes4(struct dissect *d, struct view v) { return say_addresses(d, v, 4, true); }

/* Options by their code: the name, and what prints the value; false when it is not valid. */
static const struct option {
    const char *name;
    bool (*say)(struct dissect *d, struct view value);
} options[] = {
    { "Pad", NULL },
    { "Mandatory", NULL },
    { "Origin Time", say_origin_time },
    { "Expires", say_expiry },
    { "My-IPv6-Address", say_ip6s },
    { "My-IPv4-Address", say_ip4s },
    { "IPv6 Prefix", say_prefixes6 },
    { "IPv4 Prefix", NULL },
    { "IPv6 Address", say_ip6s },
    { "IPv4 Address", say_ip4s },
    { "IPv6 Prefix Delegation", say_prefixes6 },
    { "IPv4 Prefix Delegation", say_prefixes4 },
    { "Name Server", say_ip6s },
    { "NTP Server", say_ip6s },
};

static void say_invalid(struct dissect *d, struct view v)
{
    invalid(d);
    need(d, v, 0, v.len);
}

/* False when the options do not fit; one whose value is wrong does not end them. */
static bool say_options(struct dissect *d, struct view v)
{
    while (v.len > 0) {
        u32 code = u8_at(d, v, 0);
        if (d->sealed)
            return true;
        if (code < countof(options))
            say(d, "\n\t %s", options[code].name);
        else
            say(d, "\n\t Unknown-%u", code);
        v = view_from(v, 1);
        if (code == OPTION_PAD || code == OPTION_MANDATORY)
            continue;
        if (v.len == 0)
            return false;
        u32 len = u8_at(d, v, 0);
        v = view_from(v, 1);
        if (len > v.len)
            return false;
        if (code >= countof(options) || options[code].say == NULL) {
            say(d, " (Length %u)", len);
            need(d, v, 0, len);
        } else if (!options[code].say(d, view_sub(v, 0, len))) {
            say_invalid(d, view_sub(v, 0, len));
        }
        v = view_from(v, len);
    }
    return true;
}

static void say_header(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\tHopcount %lu", AT_U8(HOPCOUNT));
    say_at(d, v, ", Original Hopcount %lu", AT_U8(ORIGINAL_HOPCOUNT));
    say_at(d, v, ", Nonce 0x%08lx", AT_BE32(NONCE));
    if (!need(d, v, SOURCE_ID, ID_LEN))
        return;
    say_z(d, ", Source Id ");
    say_colon_hex(d, v, SOURCE_ID, ID_LEN);
    if (!need(d, v, DESTINATION_ID, ID_LEN))
        return;
    say_z(d, ", Destination Id ");
    say_colon_hex(d, v, DESTINATION_ID, ID_LEN);
}

/* What stands behind the version.  False when the lengths make no sense. */
static bool say_message(struct dissect *d, struct view v)
{
    if (v.len < TYPE)
        return false;
    if (verbose(d, 1))
        say_header(d, v);
    if (!need(d, v, 0, TYPE))
        return true;
    if (v.len < HEADER_LEN)
        return false;
    u8 type = u8_at(d, v, TYPE);
    u8 zero = u8_at(d, v, MUST_BE_ZERO);
    u32 body_len = be16_at(d, v, BODY_LENGTH);
    if (d->sealed)
        return true;
    if (verbose(d, 1)) {
        say(d, "\n\t%s", name_of(d, &messages.names, type, "Unknown-%u"));
        if (zero != 0)
            say(d, ", MBZ %u", zero);
        say(d, ", Length %u", body_len);
    }
    if (body_len > v.len - HEADER_LEN)
        return false;
    if (verbose(d, 2))
        return say_options(d, view_sub(v, HEADER_LEN, body_len));
    need(d, v, HEADER_LEN, body_len);
    return true;
}

void print_ahcp(struct dissect *d, struct view v)
{
    d->proto = "ahcp";
    say_z(d, "AHCP");
    if (v.len < BRIEF_LEN || u8_at(d, v, MAGIC) != MAGIC_NUMBER) {
        say_invalid(d, v);
        return;
    }
    u8 version = u8_at(d, v, VERSION);
    if (d->sealed)
        return;
    say(d, " Version %u", version);
    if (version != 1) {
        say_z(d, " (unknown)");
        need(d, v, 0, v.len);
    } else if (!say_message(d, v)) {
        say_invalid(d, v);
    }
}
