/*
 * The options of neighbour discovery.  RFC 4861, section 4.6; 4191 (routes), 6275 (home agents),
 * 8106 (name servers).
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |     type      | length / 8    |        data (variable)        |
 *   +---------------+---------------+-------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/dns_name.h"
#include "print/proto/icmp6/icmp6.h"

enum { TYPE, LENGTH, DATA };

enum option {
    SOURCE_ADDRESS = 1,
    TARGET_ADDRESS = 2,
    PREFIX = 3,
    REDIRECTED = 4,
    MTU = 5,
    ADVERTISEMENT_INTERVAL = 7,
    HOME_AGENT = 8,
    ROUTE = 24,
    NAME_SERVERS = 25,
    SEARCH_LIST = 31,
};

NAMES(options,
      (SOURCE_ADDRESS, "source link-address")
      (TARGET_ADDRESS, "destination link-address")
      (PREFIX, "prefix info")
      (REDIRECTED, "redirected header")
      (MTU, "mtu")
      (ADVERTISEMENT_INTERVAL, "advertisement interval")
      (HOME_AGENT, "homeagent information")
      (ROUTE, "route info")
      (NAME_SERVERS, "rdnss")
      (SEARCH_LIST, "dnssl"));

NAMES(prefix_flags, (0x80, "onlink") (0x40, "auto") (0x20, "router"));

static const char *const preferences[] = { "medium", "high", "rsv", "low" };

/*
 * What the functions below print: from the option's type on, and beyond its end, as tcpdump reads
 * the fields of an option that is too short from what follows it.
 */
struct nd_option {
    struct view v;
    u32 length;      /* bytes that it claims; all are captured */
    struct view all; /* from the first option on */
};

static void say_link_address(struct dissect *d, const struct nd_option *o)
{
    for (u32 i = DATA; i < o->length; i++)
        say_at(d, o->v, "%s%02lx", i > DATA ? ":" : "", AT_U8(i));
}

/* Seconds, all ones for ever. */
static void say_lifetime(struct dissect *d, const char *label, u32 seconds)
{
    if (seconds == 0xffffffff)
        say(d, "%sinfinity", label);
    else
        say(d, "%s%us", label, seconds);
}

static void say_prefix(struct dissect *d, const struct nd_option *o)
{
    enum { PREFIX_LEN = 2, FLAGS, VALID = 4, PREFERRED = 8, ADDRESS = 16, OPTION_BYTES = 32 };

    if (!need(d, o->v, ADDRESS, 16))
        return;
    say_at(d, o->v, "%pI6/%lu%s, Flags [%s]", AT_ADDRESS(ADDRESS), AT_U8(PREFIX_LEN),
           o->length != OPTION_BYTES ? "badlen" : "",
           flags_of(d, &prefix_flags.names, u8_at(d, o->v, FLAGS), ", ", "none"));
    say_lifetime(d, ", valid time ", be32_at(d, o->v, VALID));
    say_lifetime(d, ", pref. time ", be32_at(d, o->v, PREFERRED));
}

/* As much of the prefix as the option has room for: nothing, half of it, or all.  False for more. */
static bool say_route(struct dissect *d, const struct nd_option *o)
{
    enum { PREFIX_LEN = 2, FLAGS, LIFETIME, ADDRESS = 8 };
    u8 address[16] = { 0 };
    u32 bytes = o->length - ADDRESS;

    if (bytes > sizeof address)
        return false;
    if (bytes > 0)
        memcpy(address, bytes_at(d, o->v, ADDRESS, bytes), bytes);
    say(d, " %pI6/%u", address, u8_at(d, o->v, PREFIX_LEN));
    say(d, ", pref=%s", preferences[u8_at(d, o->v, FLAGS) >> 3 & 3]);
    say_lifetime(d, ", lifetime=", be32_at(d, o->v, LIFETIME));
    return true;
}

static void say_name_servers(struct dissect *d, const struct nd_option *o)
{
    enum { LIFETIME = 4, ADDRESSES = 8 };

    say_at(d, o->v, " lifetime %lus,", AT_BE32(LIFETIME));
    for (u32 at = ADDRESSES; at + 16 <= o->length; at += 16)
        say_at(d, o->v, " addr: %pI6", AT_ADDRESS(at));
}

/*
 * Names padded with zeros; as tcpdump: a pointer in one counts from the first option on.  False
 * when a name is cut or malformed.
 */
static bool say_search_list(struct dissect *d, const struct nd_option *o)
{
    enum { LIFETIME = 4, NAMES = 8 };
    u32 start = view_offset(o->all, o->v), at = NAMES;

    say_at(d, o->v, " lifetime %lus, domain(s):", AT_BE32(LIFETIME));
    while (at < o->length && u8_at(d, o->v, at) != 0) {
        say_z(d, " ");
        u32 behind = dns_say_name(d, o->all, start + at);
        if (behind == DNS_BAD)
            return false;
        at = behind - start;
    }
    return true;
}

/* The data of an option; `*known` says whether there was more to show than bytes. */
static bool say_data(struct dissect *d, const struct nd_option *o, bool *known)
{
    *known = true;
    switch (u8_at(d, o->v, TYPE)) {
    case SOURCE_ADDRESS:
    case TARGET_ADDRESS: say_link_address(d, o); return true;
    case PREFIX: say_prefix(d, o); return true;
    case REDIRECTED: /* as tcpdump: its length, but from the first option on */
        hexdump(d->out, "\n\t    ", view_clip(o->all, o->length));
        return true;
    case MTU:
        say_at(d, o->v, " %lu%s", AT_BE32(4), o->length != 8 ? "bad option length" : "");
        return true;
    case ADVERTISEMENT_INTERVAL: say_at(d, o->v, " %lums", AT_BE32(4)); return true;
    case HOME_AGENT:
        say_at(d, o->v, " preference %lu, lifetime %lu", AT_BE16(4), AT_BE16(6));
        return true;
    case ROUTE: return say_route(d, o);
    case NAME_SERVERS: say_name_servers(d, o); return true;
    case SEARCH_LIST: return say_search_list(d, o);
    default: *known = false; return true;
    }
}

bool say_nd_options(struct dissect *d, struct view message, u32 at)
{
    struct nd_option o = { .all = view_from(message, at) };

    for (o.v = o.all; o.v.len > 0 && o.v.cap > 0; o.v = view_from(o.v, o.length)) {
        if (!view_has(o.v, 0, DATA))
            return false;
        u8 type = u8_at(d, o.v, TYPE);
        bool known;
        o.length = 8u * u8_at(d, o.v, LENGTH);
        if (o.length == 0 || !view_has(o.v, 0, o.length))
            return false;
        say(d, "\n\t  %s option (%u), length %u (%u): ", name_of(d, &options.names, type, "unknown"), type,
            o.length, o.length / 8);
        if (!say_data(d, &o, &known))
            return false;
        struct view data = view_sub(o.v, DATA, o.length - DATA);
        if (verbose(d, 2)) {
            hexdump(d->out, "\n\t    ", data);
        } else if (!known) { /* as tcpdump: nothing behind it is shown */
            hexdump(d->out, "\n\t  ", data);
            return true;
        }
    }
    return true;
}
