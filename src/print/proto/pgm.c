/*
 * PGM: pragmatic general multicast.  RFC 3208, sections 8 and 9.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |          source port          |       destination port        |
 *   +---------------+---------------+-------------------------------+
 *   |     type      |    options    |           checksum            |
 *   +---------------+---------------+-------------------------------+
 *   |                   global source id (6 bytes)                  |
 *   |                               |         data length           |
 *   +-------------------------------+-------------------------------+
 *   |  by type: sequence numbers, and addresses with their family   |
 *   |  options: the first tells their length, then type, length,    |
 *   |  reserved (2), value                                          |
 *   +---------------------------------------------------------------+
 */
#include "base/ipproto.h"
#include "print/printer.h"
#include "print/proto/ip.h"
#include "print/proto/zmtp1.h"

enum {
    SOURCE_PORT,
    DESTINATION_PORT = 2,
    TYPE = 4,
    OPTIONS,
    SOURCE_ID = 8,
    DATA_LENGTH = 14,
    HEADER_LEN = 16,
};

enum { SPM = 0, POLL, POLR, ODATA = 4, RDATA, NAK = 8, NNAK, NCF, ACK, SPMR };

enum { HAS_OPTIONS = 0x01 };

enum { FAMILY_IP4 = 1, FAMILY_IP6 };

/* The length of an address, or 0 for families that are not known. */
static u32 address_len(u32 family) { return family == FAMILY_IP4 ? 4 : family == FAMILY_IP6 ? 16 : 0; }

static void say_address(struct dissect *d, struct view v, u32 at, u32 len)
{
    if (len == 4)
        say(d, "%pi4", bytes_at(d, v, at, 4));
    else
        say(d, "%pi6", bytes_at(d, v, at, 16));
}

/* -- options */

enum { OPTION_TYPE, OPTION_LENGTH, OPTION_VALUE = 4, OPTION_HEADER_LEN = 4 };
enum { OPTION_END = 0x80, TYPE_MASK = 0x7f, OPT_NAK_LIST = 2, OPT_REDIRECT = 7, OPT_PATH_NLA = 12 };

/* What most options are: so many bytes, shown as text with as many numbers. */
static const struct simple_option {
    const char *name, *text; /* text: up to three words, each before a number */
    u8 length;
    const char *more[2];
} simple_options[] = {
    [0] = { "OPT_LENGTH", " OPTS LEN (extra?) %u", 4, { NULL, NULL } },
    [1] = { "OPT_FRAGMENT", " FRAG seq %u", 16, { " off %u", " len %u" } },
    [3] = { "OPT_JOIN", " JOIN %u", 8, { NULL, NULL } },
    [4] = { "OPT_NAK_BO_IVL", " BACKOFF ivl %u", 12, { " ivlseq %u", NULL } },
    [5] = { "OPT_NAK_BO_RNG", " BACKOFF max %u", 12, { " min %u", NULL } },
    [8] = { "OPT_PARITY_PRM", " PARITY MAXTGS %u", 8, { NULL, NULL } },
    [9] = { "OPT_PARITY_GRP", " PARITY GROUP %u", 8, { NULL, NULL } },
    [10] = { "OPT_CURR_TGSIZE", " PARITY ATGS %u", 8, { NULL, NULL } },
    [11] = { "OPT_NBR_UNREACH", " NBR_UNREACH", 4, { NULL, NULL } },
    [13] = { "OPT_SYN", " SYN", 4, { NULL, NULL } },
    [14] = { "OPT_FIN", " FIN", 4, { NULL, NULL } },
    [15] = { "OPT_RST", " RST", 4, { NULL, NULL } },
    [17] = { "OPT_CRQST", " CRQST", 4, { NULL, NULL } },
};

enum { OPT_CR = 16, OPT_CONGESTION_DATA = 18, OPT_CONGESTION_FEEDBACK };

static bool say_simple(struct dissect *d, struct view v, const struct simple_option *o, u32 len)
{
    u32 numbers = (o->length - OPTION_HEADER_LEN) / 4u;

    if (len != o->length) {
        say(d, "[Bad %s option, length %u != %u]", o->name, len, o->length);
        return false;
    }
    u32 values[3] = { 0, 0, 0 };
    for (u32 i = 0; i < numbers; i++)
        values[i] = be32_at(d, v, OPTION_VALUE + 4 * i);
    if (o == simple_options) /* a second one: its length is the value */
        values[0] = be16_at(d, v, 2);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    say(d, o->text, values[0]);
    for (u32 i = 1; i < numbers; i++)
        say(d, o->more[i - 1], values[i]);
#pragma GCC diagnostic pop
    return true;
}

static bool say_nak_list(struct dissect *d, struct view v, u32 len)
{
    say_z(d, " NAK LIST");
    for (u32 at = OPTION_VALUE; at < len; at += 4) {
        if (len - at < 4) {
            say_z(d, "[Option length not a multiple of 4]");
            return false;
        }
        say_at(d, v, " %lu", AT_BE32(at));
    }
    return true;
}

/* An option that ends with an address, whose family stands in front of it. */
static const struct address_option {
    u8 type;
    const char *short_name, *name, *text; /* short_name: when there is no room for the family */
    u32 least, family;
} address_options[] = {
    { OPT_REDIRECT, "OPT_REDIRECT", "OPT_REDIRECT", " REDIRECT ", 8, 4 },
    { OPT_CONGESTION_DATA, "OPT_PGMCC_DATA", "OPT_PGMCC_DATA", " PGMCC DATA ", 12, 8 },
    { OPT_CONGESTION_FEEDBACK, "PGM_OPT_PGMCC_FEEDBACK", "OPT_PGMCC_FEEDBACK",
      " PGMCC FEEDBACK ", 12, 8 },
};

static bool say_with_address(struct dissect *d, struct view v, u32 len, const struct address_option *o)
{
    if (len < o->least) {
        say(d, "[Bad %s option, length %u < %u]", o->short_name, len, o->least);
        return false;
    }
    u32 size = address_len(be16_at(d, v, o->family));
    if (size == 0) {
        abandon(d);
        return false;
    }
    if (len != o->least + size) {
        say(d, "[Bad %s option, length %u != %u + address size]", o->name, len, o->least);
        return false;
    }
    if (!want(d, v, 0, len))
        return false;
    say_z(d, o->text);
    if (o->type != OPT_REDIRECT)
        say_at(d, v, "%lu ", AT_BE32(OPTION_VALUE));
    say_address(d, v, o->least, size);
    return true;
}

/*
 * One option, all of whose `len` bytes are captured.  Returns how far behind it the next begins, or 0
 * when nothing may follow.
 */
static u32 say_option(struct dissect *d, struct view v, u32 code, u32 len)
{
    enum { UNREAD = 2 }; /* as tcpdump: options that it does not read put it so many bytes astray */
    u32 type = code & TYPE_MASK;

    if (type < countof(simple_options) && simple_options[type].name != NULL)
        return say_simple(d, v, &simple_options[type], len) ? len : 0;
    for (size_t i = 0; i < countof(address_options); i++)
        if (address_options[i].type == type)
            return say_with_address(d, v, len, &address_options[i]) ? len : 0;
    switch (type) {
    case OPT_NAK_LIST: return say_nak_list(d, v, len) ? len : 0;
    case OPT_PATH_NLA: say(d, " PATH_NLA [%u]", len); break;
    case OPT_CR: say_z(d, " CR"); break;
    default: say(d, " OPT_%02X [%u] ", code, len); break;
    }
    return len + UNREAD;
}

/* Returns the length of all options, or 0 when nothing may follow them. */
static u32 say_options(struct dissect *d, struct view v)
{
    if (!want(d, v, 0, OPTION_HEADER_LEN))
        return 0;
    u32 first = u8_at(d, v, OPTION_TYPE) & TYPE_MASK, first_len = u8_at(d, v, OPTION_LENGTH);
    if (first != 0) {
        say(d, "[First option bad, should be PGM_OPT_LENGTH, is %u]", first);
        return 0;
    }
    if (first_len != OPTION_HEADER_LEN) {
        say(d, "[Bad OPT_LENGTH option, length %u != 4]", first_len);
        return 0;
    }
    u32 total = be16_at(d, v, 2), at = OPTION_HEADER_LEN;
    if (total < OPTION_HEADER_LEN) {
        say(d, "[Bad total option length %u < 4]", total);
        return 0;
    }
    say(d, " OPTS LEN %u", total);
    for (u32 left = total - OPTION_HEADER_LEN; left > 0 && !d->sealed;) {
        if (left < OPTION_HEADER_LEN) {
            say_z(d, "[Total option length leaves no room for final option]");
            return 0;
        }
        struct view o = view_from(v, at);
        u32 code = u8_at(d, o, OPTION_TYPE), len = u8_at(d, o, OPTION_LENGTH);
        if (d->sealed)
            return 0;
        if (len < OPTION_HEADER_LEN) {
            say(d, "[Bad option, length %u < 4]", len);
            break;
        }
        if (left < len) {
            say_z(d, "[Total option length leaves no room for final option]");
            return 0;
        }
        u32 step = want(d, o, 0, len) ? say_option(d, o, code, len) : 0;
        if (step == 0)
            return 0;
        at += step;
        left -= len;
        if ((code & OPTION_END) != 0)
            break;
    }
    return at;
}

/* -- messages.  Each returns how long its fields are, 0 when it has none or they are cut. */

/* The address at `at`: family, reserved, and the bytes; returns where it ends. */
static u32 address_end(struct dissect *d, struct view v, u32 at)
{
    u32 size = address_len(be16_at(d, v, at));

    if (size == 0 || !want(d, v, at + 4, size)) {
        abandon(d);
        return 0;
    }
    return at + 4 + size;
}

static u32 say_path(struct dissect *d, struct view v)
{
    enum { SEQUENCE, TRAIL = 4, LEAD = 8, PATH = 12 };
    if (!want(d, v, 0, PATH + 4))
        return 0;
    u32 sequence = be32_at(d, v, SEQUENCE), trail = be32_at(d, v, TRAIL), lead = be32_at(d, v, LEAD);
    u32 end = address_end(d, v, PATH);

    say(d, "SPM seq %u trail %u lead %u nla ", sequence, trail, lead);
    say_address(d, v, PATH + 4, end - PATH - 4);
    return end;
}

static u32 say_poll(struct dissect *d, struct view v)
{
    enum { SEQUENCE, ROUND = 4, PATH = 8, INTERVAL = 0, RANDOM = 4, MASK = 8, REST_LEN = 12 };
    if (!want(d, v, 0, PATH + 4))
        return 0;
    u32 end = address_end(d, v, PATH);
    struct view rest = view_from(v, end);

    if (!want(d, rest, 0, REST_LEN))
        return 0;
    say_at(d, v, "POLL seq %lu round %lu nla ", AT_BE32(SEQUENCE), AT_BE16(ROUND));
    say_address(d, v, PATH + 4, end - PATH - 4);
    say_at(d, rest, " ivl %lu rnd 0x%08lx mask 0x%08lx", AT_BE32(INTERVAL), AT_BE32(RANDOM),
           AT_BE32(MASK));
    return end + REST_LEN;
}

static u32 say_nak(struct dissect *d, struct view v, const char *name)
{
    enum { SEQUENCE, SOURCE = 4 };
    if (!want(d, v, 0, SOURCE + 4))
        return 0;
    u32 end = address_end(d, v, SOURCE), group = end + 4;
    /* as tcpdump: the family of the group is read where its address is */
    u32 size = want(d, v, group, 2) ? address_len(be16_at(d, v, group)) : 0;

    if (size == 0 || !want(d, v, group, size)) {
        abandon(d);
        return 0;
    }
    say(d, "%s (", name);
    say_address(d, v, SOURCE + 4, end - SOURCE - 4);
    say_z(d, " -> ");
    say_address(d, v, group, size);
    say_at(d, v, "), seq %lu", AT_BE32(SEQUENCE));
    return group + size;
}

/* The message by its type. */
static u32 say_message(struct dissect *d, struct view v, u32 type)
{
    enum { POLR_LEN = 8, DATA_LEN = 8, ACK_LEN = 8 };

    switch (type) {
    case SPM: return say_path(d, v);
    case POLL: return say_poll(d, v);
    case POLR:
        if (!want(d, v, 0, POLR_LEN))
            return 0;
        say_at(d, v, "POLR seq %lu round %lu", AT_BE32(0), AT_BE16(4));
        return POLR_LEN;
    case ODATA:
    case RDATA: {
        if (!want(d, v, 0, DATA_LEN))
            return 0;
        u32 sequence = be32_at(d, v, 0), trail = be32_at(d, v, 4);
        say(d, "%s trail %u seq %u", type == ODATA ? "ODATA" : "RDATA", trail, sequence);
        return DATA_LEN;
    }
    case NAK: return say_nak(d, v, "NAK");
    case NNAK: return say_nak(d, v, "NNAK");
    case NCF: return say_nak(d, v, "NCF");
    case ACK: /* behind it, which of the 32 packets before it have come; RFC 3208 has none, PGMCC does */
        if (!want(d, v, 0, ACK_LEN))
            return 0;
        say_at(d, v, "ACK seq %lu", AT_BE32(0));
        return ACK_LEN;
    case SPMR: say_z(d, "SPMR"); return 0;
    default: say(d, "UNKNOWN type 0x%02x", type); return 0;
    }
}

static void say_details(struct dissect *d, struct view v)
{
    u32 type = u8_at(d, v, TYPE);
    struct view body = view_from(v, HEADER_LEN);

    say_z(d, " 0x");
    say_bytes_hex(d, view_sub(v, SOURCE_ID, 6));
    say_z(d, " ");
    u32 at = say_message(d, body, type);
    if (d->sealed)
        return;
    if (at > 0) /* as tcpdump: after what has no fields, options are looked for in the header */
        at += HEADER_LEN;
    if ((u8_at(d, v, OPTIONS) & HAS_OPTIONS) != 0) {
        u32 len = say_options(d, view_from(v, at));
        if (len == 0)
            return;
        at += len;
    }
    say(d, " [%u]", v.len);
    if (d->opt->forced == FORCE_PGM_ZMTP1 && (type == ODATA || type == RDATA))
        zmtp1_datagram(d, view_from(v, at), be16_at(d, v, DATA_LENGTH));
}

static void say_ports(struct dissect *d, struct view v)
{
    u16 sport = be16_at(d, v, SOURCE_PORT), dport = be16_at(d, v, DESTINATION_PORT);
    bool hosts = !hosts_said(d, IPPROTO_PGM);

    if (hosts) {
        say_net_source(d);
        say_z(d, ".");
    }
    say_tcp_port(d, sport);
    say_z(d, " > ");
    if (hosts) {
        say_net_destination(d);
        say_z(d, ".");
    }
    say_tcp_port(d, dport);
    say_z(d, ": ");
}

void print_pgm(struct dissect *d, struct view v)
{
    d->proto = "pgm";
    if (!view_has(v, DESTINATION_PORT, 2)) {
        say_hosts(d);
        say_z(d, ":");
        truncated(d);
        return;
    }
    say_ports(d, v);
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    say_at(d, v, "PGM, length %lu", AT_BE16(DATA_LENGTH));
    if (verbose(d, 1))
        say_details(d, v);
    resume(d);
}
