/*
 * BIND's lightweight resolver.  lwpacket.h and lwres.h of BIND 9.
 *
 *    0               1               2               3
 *   +---------------------------------------------------------------+
 *   |                            length                             |
 *   |            version            |             flags             |
 *   |                            serial                             |
 *   |                           operation                           |
 *   |                            result                             |
 *   |                         receive length                        |
 *   |     authentication type       |     authentication length     |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/dns_rr.h"

enum {
    LENGTH,
    VERSION = 4,
    FLAGS = 6,
    SERIAL = 8,
    OPERATION = 12,
    RESULT = 16,
    RECEIVE_LENGTH = 20,
    AUTHENTICATION = 24,
    HEADER_LEN = 28,
};

enum { RESPONSE = 1 };

enum { OPERATION_NONE, ADDRESSES_BY_NAME = 0x10001, NAME_BY_ADDRESS, DATA_BY_NAME };

NAMES(operations,
      (OPERATION_NONE, "noop") (ADDRESSES_BY_NAME, "getaddrsbyname")
      (NAME_BY_ADDRESS, "getnamebyaddr") (DATA_BY_NAME, "getrdatabyname"));

/* Bytes with their number in front of them, taken off the start of `v`. */
static struct view take_counted(struct dissect *d, struct view *v)
{
    u32 n = be16_at(d, *v, 0);
    struct view bytes = view_sub(*v, 2, n);

    *v = view_from(*v, 2 + n);
    return bytes;
}

/* A name, which has a zero byte behind it that does not count. */
static void say_name(struct dissect *d, struct view *v)
{
    struct view name = take_counted(d, v);

    if (d->sealed)
        return;
    say_z(d, " ");
    if (!say_visible(d, name)) {
        seal(d);
        return;
    }
    if (u8_at(d, *v, 0) != 0)
        say_z(d, " (not NUL-terminated!)");
    *v = view_from(*v, 1);
}

static void say_names(struct dissect *d, struct view *v, u32 n)
{
    for (u32 i = 0; repeat(d, i, n); i++)
        say_name(d, v);
}

/* False: it is too short for its family, and that has been said. */
static bool say_address(struct dissect *d, struct view *v)
{
    enum { LENGTH_AT = 4, BYTES = 6, IP4 = 1, IP6 };
    u32 family = be32_at(d, *v, 0), len = be16_at(d, *v, LENGTH_AT);
    u32 fixed = family == IP4 ? 4 : family == IP6 ? 16 : 0;
    struct view address = view_sub(*v, BYTES, len);

    if (!need(d, *v, 0, BYTES + len))
        return true;
    if (fixed > len) {
        invalid(d);
        return false;
    }
    if (fixed == 4) {
        say(d, " %pI4", bytes_at(d, address, 0, 4));
    } else if (fixed == 16) {
        say(d, " %pI6", bytes_at(d, address, 0, 16));
    } else {
        say(d, " %u/", family);
        say_bytes_hex(d, address);
    }
    *v = view_from(*v, BYTES + (fixed > 0 ? fixed : len)); /* as tcpdump */
    return true;
}

NAMES(classes, (DNS_IN, "")(3, " CHAOS")(4, " HS")(255, " ANY"));

static void say_type(struct dissect *d, struct view v)
{
    enum { CLASS, TYPE = 2 };
    u16 class = be16_at(d, v, CLASS), type = be16_at(d, v, TYPE);

    dns_say_type(d, type);
    say_z(d, name_of(d, &classes.names, class, " Class%u"));
}

static void say_flags(struct dissect *d, struct view v)
{
    if (verbose(d, 3))
        say(d, " flags:0x%x", be32_at(d, v, 0));
}

/* What is asked; false when an address is wrong.  `v` is left at what follows. */
static bool say_request(struct dissect *d, u32 operation, struct view *v)
{
    enum { KINDS = 4, IP4 = 1, IP6 = 2, REQUEST_LEN = 10 };

    if (operation == OPERATION_NONE ||
        !need(d, *v, 0, operation == NAME_BY_ADDRESS ? 4 : REQUEST_LEN))
        return true;
    say_flags(d, *v);
    if (operation == ADDRESSES_BY_NAME) {
        u32 kinds = be32_at(d, *v, KINDS);
        switch (kinds & (IP4 | IP6)) {
        case IP4: say_z(d, " IPv4"); break;
        case IP6: say_z(d, " IPv6"); break;
        case IP4 | IP6: say_z(d, " IPv4/6"); break;
        default: break;
        }
        if ((kinds & ~(u32)(IP4 | IP6)) != 0)
            say(d, "[0x%x]", kinds);
    }
    *v = view_from(*v, 4);
    if (operation == NAME_BY_ADDRESS)
        return say_address(d, v);
    if (operation == DATA_BY_NAME)
        say_type(d, *v);
    *v = view_from(*v, 4);
    say_name(d, v);
    return true;
}

/* Time to live, the name, records and their signatures. */
static void say_records(struct dissect *d, struct view *v)
{
    enum { CLASS = 4, TTL = 8, RECORDS = 12, SIGNATURES = 14 };
    u32 ttl = be32_at(d, *v, TTL), records = be16_at(d, *v, RECORDS),
        signatures = be16_at(d, *v, SIGNATURES);

    say_type(d, view_from(*v, CLASS));
    say_z(d, " TTL ");
    say_duration(d, ttl);
    say(d, " %u/%u", records, signatures);
    *v = view_from(*v, SIGNATURES + 2);
    say_name(d, v);
    for (u32 i = 0; repeat(d, i, records + signatures); i++) {
        struct view data = take_counted(d, v);
        for (u32 k = 0; repeat(d, k, data.len); k++)
            out_hex_pad(d->out, u8_at(d, data, k), 2);
    }
}

/* The same for what is answered. */
static bool say_response(struct dissect *d, u32 operation, struct view *v)
{
    enum { ALIASES = 4, ADDRESSES = 6 };
    u32 head_len = operation == DATA_BY_NAME ? 16 : operation == NAME_BY_ADDRESS ? 8 : 10;

    if (operation == OPERATION_NONE || !need(d, *v, 0, head_len))
        return true;
    say_flags(d, *v);
    if (operation == DATA_BY_NAME) {
        say_records(d, v);
        return true;
    }
    u32 aliases = be16_at(d, *v, ALIASES), addresses = 0;
    if (operation == ADDRESSES_BY_NAME) {
        addresses = be16_at(d, *v, ADDRESSES);
        say(d, " %u/%u", aliases, addresses);
        *v = view_from(*v, ADDRESSES + 2);
    } else {
        say(d, " %u", aliases);
        *v = view_from(*v, ALIASES + 2);
    }
    say_names(d, v, aliases + 1);
    for (u32 i = 0; repeat(d, i, addresses); i++)
        if (!say_address(d, v))
            return false;
    return true;
}

void print_lwres(struct dissect *d, struct view v)
{
    d->proto = "lwres";
    if (!need(d, v, 0, HEADER_LEN))
        return;
    u16 version = be16_at(d, v, VERSION), flags = be16_at(d, v, FLAGS);
    u32 length = be32_at(d, v, LENGTH), operation = be32_at(d, v, OPERATION);
    struct view rest = view_from(v, HEADER_LEN);
    const char *name = name_find(&operations.names, operation);
    bool is_response = (flags & RESPONSE) != 0;

    say_z(d, " lwres");
    if (verbose(d, 1) || version != 0)
        say(d, " v%u", version);
    if (version != 0) {
        if (length != v.len)
            say(d, " [len: %u != %u]", length, v.len);
        return;
    }
    say(d, " %s%s", name_of(d, &operations.names, operation, "#0x%x"), is_response ? "" : "?");
    if ((flags & ~RESPONSE) != 0)
        say(d, "[0x%x]", flags);
    if (verbose(d, 2)) {
        say(d, " (serial:0x%x result:0x%x recvlen:%u", be32_at(d, v, SERIAL), be32_at(d, v, RESULT),
            be32_at(d, v, RECEIVE_LENGTH));
        if (verbose(d, 3))
            say(d, " authtype:0x%x authlen:%u", be16_at(d, v, AUTHENTICATION),
                be16_at(d, v, AUTHENTICATION + 2));
        say_z(d, ")");
    }
    if (name != NULL &&
        !(is_response ? say_response(d, operation, &rest) : say_request(d, operation, &rest)))
        return;
    if (length != v.len)
        say(d, " [len: %u != %u]", length, v.len);
    if (name != NULL && view_offset(v, rest) < length)
        say_z(d, "[extra]");
}
