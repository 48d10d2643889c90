/*
 * PIM version 2: protocol independent multicast.  RFC 7761, section 4.9; RFC 3973 (dense mode),
 * RFC 5015 (bidirectional), RFC 5059 (bootstrap), RFC 2117 (the older encoding of addresses).
 *
 *    0               1               2               3
 *   +-------+-------+---------------+-------------------------------+
 *   |version| type  |   reserved    |           checksum            |
 *   +-------+-------+---------------+-------------------------------+
 *
 *   unicast:  family 1, encoding 1, address
 *   group:    family 1, encoding 1, flags 1, mask length 1, address
 *   source:   the same
 */
#include "base/ipproto.h"
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/ip.h"

enum { VERSION_TYPE, RESERVED, CHECKSUM, HEADER_LEN = 4 };

enum type {
    HELLO,
    REGISTER,
    REGISTER_STOP,
    JOIN_PRUNE,
    BOOTSTRAP,
    ASSERT,
    GRAFT,
    GRAFT_ACK,
    CANDIDATE_RP,
    PRUNE_REFRESH,
    DF_ELECTION,
    ECMP_REDIRECT,
};

NAMES(types,
      (0, "Hello")
      (1, "Register")
      (2, "Register Stop")
      (3, "Join / Prune")
      (4, "Bootstrap")
      (5, "Assert")
      (6, "Graft")
      (7, "Graft Acknowledgement")
      (8, "Candidate RP Advertisement")
      (9, "Prune Refresh")
      (10, "DF Election")
      (11, "ECMP Redirect"));

/* The part of the message that is not printed yet, and how it spells addresses. */
struct message {
    struct view rest;
    u8 old_address_len; /* with the encoding of RFC 2117; else 0 */
};

enum { FAMILY_IP4 = 1, FAMILY_IP6 };

/* Abandons the text unless the next `n` bytes are part of the message; they may be cut. */
static bool claimed(struct dissect *d, const struct message *m, u32 n)
{
    if (m->rest.len >= n)
        return true;
    abandon(d);
    return false;
}

/* The same, and they must be captured. */
static bool whole(struct dissect *d, const struct message *m, u32 n)
{
    if (m->rest.len >= n && view_has(m->rest, 0, n))
        return true;
    abandon(d);
    return false;
}

static void skip(struct message *m, u32 n)
{
    m->rest = view_from(m->rest, n);
}

/* The bytes of the address that begins here, behind its family and encoding.  0: it is not known.
 */
static u32 begin_address(struct dissect *d, struct message *m)
{
    if (m->old_address_len == 4)
        return 4;
    if (m->old_address_len != 0) {
        abandon(d);
        return 0;
    }
    if (!claimed(d, m, 2))
        return 0;
    u8 family = u8_at(d, m->rest, 0);
    if ((family != FAMILY_IP4 && family != FAMILY_IP6) || u8_at(d, m->rest, 1) != 0) {
        abandon(d);
        return 0;
    }
    skip(m, 2);
    return family == FAMILY_IP4 ? 4 : 16;
}

static void say_bytes(struct dissect *d, struct view v, u32 off, u32 bytes)
{
    if (bytes == 4)
        say_ip4_at(d, v, off);
    else
        say_ip6_at(d, v, off);
}

static void say_unicast(struct dissect *d, struct message *m)
{
    u32 bytes = begin_address(d, m);

    if (bytes == 0 || !whole(d, m, bytes))
        return;
    say_bytes(d, m->rest, 0, bytes);
    skip(m, bytes);
}

enum { ADDRESS_FLAGS, ADDRESS_MASK, ADDRESS_START };

/* A group or source up to its mask.  Returns its flags. */
static u8 say_masked(struct dissect *d, struct message *m)
{
    u32 bytes = begin_address(d, m);

    if (bytes == 0 || !whole(d, m, ADDRESS_START + bytes))
        return 0;
    u8 flags = u8_at(d, m->rest, ADDRESS_FLAGS), mask = u8_at(d, m->rest, ADDRESS_MASK);
    say_bytes(d, m->rest, ADDRESS_START, bytes);
    if (mask != bytes * 8)
        say(d, "/%u", mask);
    skip(m, ADDRESS_START + bytes);
    return flags;
}

static void say_group(struct dissect *d, struct message *m)
{
    u8 flags = say_masked(d, m);

    if (flags != 0)
        say(d, "(0x%02x)", flags);
}

static void say_source(struct dissect *d, struct message *m)
{
    enum { SPARSE = 4, WILDCARD = 2, RP_TREE = 1, OTHERS = 0xf8 };
    u8 flags = say_masked(d, m);

    if (flags == 0)
        return;
    say(d, "(%s%s%s", flags & SPARSE ? "S" : "", flags & WILDCARD ? "W" : "",
        flags & RP_TREE ? "R" : "");
    if ((flags & OTHERS) != 0)
        say(d, "+0x%02x", flags & OTHERS);
    say_z(d, ")");
}

/* -- hello */

enum hello_option {
    HOLD_TIME = 1,
    LAN_PRUNE_DELAY,
    DR_PRIORITY_OLD = 18,
    DR_PRIORITY,
    GENERATION_ID,
    STATE_REFRESH,
    BIDIRECTIONAL,
    ADDRESS_LIST = 24,
    ADDRESS_LIST_OLD = 65001,
};

NAMES(hello_options,
      (HOLD_TIME, "Hold Time")
      (LAN_PRUNE_DELAY, "LAN Prune Delay")
      (DR_PRIORITY_OLD, "DR Priority (Old)")
      (DR_PRIORITY, "DR Priority")
      (GENERATION_ID, "Generation ID")
      (STATE_REFRESH, "State Refresh Capability")
      (BIDIRECTIONAL, "Bi-Directional Capability")
      (ADDRESS_LIST, "Address List")
      (ADDRESS_LIST_OLD, "Address List (Old)"));

static bool has_length(struct dissect *d, struct view v, u32 length)
{
    if (v.len == length)
        return true;
    say(d, "[option length %u != %u]", v.len, length);
    invalid(d);
    return false;
}

static void say_prune_delay(struct dissect *d, struct view v)
{
    u16 delay = be16_at(d, v, 0);

    say_at(d, v, "\n\t    T-bit=%u, LAN delay %ums, Override interval %lums", delay >> 15,
           delay & 0x7fffu, AT_BE16(2));
}

static void say_state_refresh(struct dissect *d, struct view v)
{
    enum { REFRESH_VERSION, INTERVAL, REFRESH_RESERVED };

    say_at(d, v, "v%lu", AT_U8(REFRESH_VERSION));
    if (u8_at(d, v, INTERVAL) != 0) {
        say_z(d, ", interval ");
        say_duration(d, u8_at(d, v, INTERVAL));
    }
    if (be16_at(d, v, REFRESH_RESERVED) != 0)
        say_at(d, v, " ?0x%04lx?", AT_BE16(REFRESH_RESERVED));
}

/* As tcpdump: the last address may go on behind the option. */
static void say_addresses(struct dissect *d, struct message m, u32 length)
{
    u32 end = m.rest.len - length;

    if (!verbose(d, 2))
        return;
    while (m.rest.len > end && !d->sealed) {
        say_z(d, "\n\t    ");
        say_unicast(d, &m);
    }
}

/* What `m` begins with.  False when the rest of the message is not looked at. */
static bool say_hello_value(struct dissect *d, u16 option, struct message *m, u32 length)
{
    struct view v = view_claim(m->rest, length);
    bool fits = true;

    switch (option) {
    case HOLD_TIME:
        fits = has_length(d, v, 2);
        if (fits && whole(d, m, length))
            say_duration(d, be16_at(d, v, 0));
        break;
    case LAN_PRUNE_DELAY:
        fits = has_length(d, v, 4);
        if (fits && whole(d, m, length))
            say_prune_delay(d, v);
        break;
    case DR_PRIORITY_OLD:
    case DR_PRIORITY:
        if (length == 0)
            say_z(d, "Bi-Directional Capability (Old)");
        else if ((fits = has_length(d, v, 4)) && whole(d, m, length))
            say_at(d, v, "%lu", AT_BE32(0));
        break;
    case GENERATION_ID:
        fits = has_length(d, v, 4);
        if (fits && whole(d, m, length))
            say_at(d, v, "0x%08lx", AT_BE32(0));
        break;
    case STATE_REFRESH:
        fits = has_length(d, v, 4);
        if (fits && whole(d, m, length))
            say_state_refresh(d, v);
        break;
    case BIDIRECTIONAL: break;
    case ADDRESS_LIST:
    case ADDRESS_LIST_OLD: say_addresses(d, *m, length); break;
    default:
        if (whole(d, m, length) && !verbose(d, 2))
            hexdump(d->out, "\n\t    ", view_clip(v, length));
        break;
    }
    return fits;
}

static void say_hello(struct dissect *d, struct message *m)
{
    enum { OPTION, OPTION_LEN = 2, OPTION_HEADER_LEN = 4 };

    while (m->rest.len > 0 && !d->sealed && claimed(d, m, OPTION_HEADER_LEN)) {
        u16 option = be16_at(d, m->rest, OPTION), length = be16_at(d, m->rest, OPTION_LEN);
        say(d, "\n\t  %s Option (%u), length %u, Value: ",
            name_of(d, &hello_options.names, option, "Unknown"), option, length);
        skip(m, OPTION_HEADER_LEN);
        if (!whole(d, m, length) || !say_hello_value(d, option, m, length))
            return;
        if (verbose(d, 2))
            hexdump(d->out, "\n\t    ", view_sub(m->rest, 0, length));
        skip(m, length);
    }
}

/* -- register */

/* As tcpdump: of the flags only one is shown, and only without others. */
NAMES(register_flags, (0x80000000, "Border") (0x40000000, "Null"));

static void say_register(struct dissect *d, struct message *m)
{
    enum { IP_SRC = 12, IP_DST = 16 };

    if (!whole(d, m, 4))
        return;
    say(d, ", Flags [ %s ]\n\t", name_of(d, &register_flags.names, be32_at(d, m->rest, 0), "none"));
    skip(m, 4);
    if (m->rest.len == 0) {
        abandon(d);
        return;
    }
    u8 version = u8_at(d, m->rest, 0) >> 4;
    if (!descend(d))
        return;
    switch (version) {
    case 0:
        say_at(d, m->rest, "IP-Null-header %pI4 > %pI4", AT_ADDRESS(IP_SRC), AT_ADDRESS(IP_DST));
        break;
    case 4: print_ip(d, m->rest); break;
    case 6: print_ip6(d, m->rest); break;
    default: say(d, "IP ver %u", version); break;
    }
    ascend(d);
}

static void say_register_stop(struct dissect *d, struct message *m)
{
    say_z(d, " group=");
    say_group(d, m);
    say_z(d, " source=");
    say_unicast(d, m);
}

/* -- join/prune, graft */

static void say_sources(struct dissect *d, struct message *m, const char *what, u32 count)
{
    for (u32 i = 0; repeat(d, i, count); i++) {
        say(d, "\n\t      %s source #%u: ", what, i + 1);
        say_source(d, m);
    }
}

static void say_join_prune(struct dissect *d, struct message *m, enum type type)
{
    enum { GROUP_COUNT = 1, JOIN_HOLD_TIME = 2, INFINITE = 0xffff };

    /* As tcpdump: for an acknowledgment the neighbour is not stepped over. */
    if (type != GRAFT_ACK) {
        say_z(d, ", upstream-neighbor: ");
        say_unicast(d, m);
    }
    if (!whole(d, m, 4))
        return;
    u8 groups = u8_at(d, m->rest, GROUP_COUNT);
    u16 hold_time = be16_at(d, m->rest, JOIN_HOLD_TIME);
    say(d, "\n\t  %u group(s)", groups);
    if (type != GRAFT_ACK) {
        say_z(d, ", holdtime: ");
        if (hold_time == INFINITE)
            say_z(d, "infinite");
        else
            say_duration(d, hold_time);
    }
    skip(m, 4);
    for (u32 i = 0; repeat(d, i, groups); i++) {
        say(d, "\n\t    group #%u: ", i + 1);
        say_group(d, m);
        if (!whole(d, m, 4))
            return;
        u16 joined = be16_at(d, m->rest, 0), pruned = be16_at(d, m->rest, 2);
        say(d, ", joined sources: %u, pruned sources: %u", joined, pruned);
        skip(m, 4);
        say_sources(d, m, "joined", joined);
        say_sources(d, m, "pruned", pruned);
    }
}

/* -- bootstrap, candidates */

static void say_hold_time(struct dissect *d, struct message *m, const char *name)
{
    if (!claimed(d, m, 2))
        return;
    say_z(d, name);
    say_duration(d, be16_at(d, m->rest, 0));
    skip(m, 2);
}

/* A number of so many bytes behind its name. */
static u32 say_number(struct dissect *d, struct message *m, const char *name, u32 bytes)
{
    u32 number = bytes == 4   ? be32_at(d, m->rest, 0)
                 : bytes == 2 ? be16_at(d, m->rest, 0)
                              : u8_at(d, m->rest, 0);
    say(d, "%s%u", name, number);
    skip(m, bytes);
    return number;
}

/* The same of one byte, which must be part of the message. */
static u32 say_octet(struct dissect *d, struct message *m, const char *name)
{
    return claimed(d, m, 1) ? say_number(d, m, name, 1) : 0;
}

static void say_bootstrap(struct dissect *d, struct message *m)
{
    if (!claimed(d, m, 2))
        return;
    say_at(d, m->rest, " tag=%lx", AT_BE16(0));
    skip(m, 2);
    say_octet(d, m, " hashmlen=");
    if (!whole(d, m, 2)) /* as tcpdump: one more than this is */
        return;
    say_octet(d, m, " BSRprio=");
    say_z(d, " BSR=");
    say_unicast(d, m);
    for (u32 i = 0; m->rest.len > 0 && !d->sealed; i++) {
        say(d, " (group%u: ", i);
        say_group(d, m);
        say_octet(d, m, " RPcnt=");
        u32 fragment_count = say_octet(d, m, " FRPcnt=");
        if (!claimed(d, m, 2))
            return;
        skip(m, 2);
        for (u32 j = 0; repeat(d, j, fragment_count) && m->rest.len > 0; j++) {
            say(d, " RP%u=", j);
            say_unicast(d, m);
            say_hold_time(d, m, ",holdtime=");
            say_octet(d, m, ",prio=");
            if (!claimed(d, m, 1))
                return;
            skip(m, 1);
        }
        say_z(d, ")");
    }
}

static void say_candidate_rp(struct dissect *d, struct message *m)
{
    u32 count = say_octet(d, m, " prefix-cnt=");
    say_octet(d, m, " prio=");
    say_hold_time(d, m, " holdtime=");
    say_z(d, " RP=");
    say_unicast(d, m);
    for (u32 i = 0; repeat(d, i, count) && m->rest.len > 0; i++) {
        say(d, " Group%u=", i);
        say_group(d, m);
    }
}

/* -- the others */

static void say_assert(struct dissect *d, struct message *m)
{
    enum { RP_TREE = 0x80000000 };

    say_z(d, " group=");
    say_group(d, m);
    say_z(d, " src=");
    say_unicast(d, m);
    if (!whole(d, m, 8))
        return;
    u32 preference = be32_at(d, m->rest, 0);
    if ((preference & RP_TREE) != 0)
        say_z(d, " RPT");
    say_at(d, m->rest, " pref=%u metric=%lu", preference & ~RP_TREE, AT_BE32(4));
}

static void say_prune_refresh(struct dissect *d, struct message *m)
{
    say_z(d, " src=");
    say_unicast(d, m);
    say_z(d, " grp=");
    say_group(d, m);
    say_z(d, " forwarder=");
    say_unicast(d, m);
    if (!claimed(d, m, 2))
        return;
    say_z(d, " TUNR ");
    say_duration(d, be16_at(d, m->rest, 0));
}

/* RFC 5015, section 3.7. */
static void say_election(struct dissect *d, struct message *m, u8 subtype)
{
    enum { OFFER = 1, WINNER, BACKOFF, PASS };
    NAMES(subtypes, (OFFER, "Offer") (WINNER, "Winner") (BACKOFF, "Backoff") (PASS, "Pass"));

    say(d, "\n\t  %s,", name_of(d, &subtypes.names, subtype, "Unknown"));
    say_z(d, " rpa=");
    say_unicast(d, m);
    say_number(d, m, " sender pref=", 4);
    say_number(d, m, " sender metric=", 4);
    switch (subtype) {
    case BACKOFF:
        say_z(d, "\n\t  offer addr=");
        say_unicast(d, m);
        say_number(d, m, " offer pref=", 4);
        say_number(d, m, " offer metric=", 4);
        say_number(d, m, " interval ", 2);
        say_z(d, "ms");
        break;
    case PASS:
        say_z(d, "\n\t  new winner addr=");
        say_unicast(d, m);
        say_number(d, m, " new winner pref=", 4);
        say_number(d, m, " new winner metric=", 4);
        break;
    default: break;
    }
}

/* -- the message */

static u16 checksum_of(const struct dissect *d, struct view v, u32 length)
{
    struct checksum sum = { 0 };

    if (d->net.version == 6)
        sum = pseudo_header(d, IPPROTO_PIM, length);
    checksum_add(&sum, view_clip(v, length));
    return checksum_end(&sum);
}

/* That of a register message covers its header only, or, as some write it, all of it. */
static const char *checksum_state(const struct dissect *d, struct view v, u8 type)
{
    enum { REGISTER_HEADER_LEN = 8 };

    if (type == REGISTER) {
        if (!view_has(v, 0, REGISTER_HEADER_LEN))
            return "(unverified)";
        if (checksum_of(d, v, REGISTER_HEADER_LEN) == 0)
            return "(correct)";
    }
    if (!view_has(v, 0, v.len))
        return "(unverified)";
    return checksum_of(d, v, v.len) == 0 ? "(correct)" : "(incorrect)";
}

static void say_body(struct dissect *d, u8 type, u8 reserved, struct message *m)
{
    switch (type) {
    case HELLO: say_hello(d, m); break;
    case REGISTER: say_register(d, m); break;
    case REGISTER_STOP: say_register_stop(d, m); break;
    case JOIN_PRUNE:
    case GRAFT:
    case GRAFT_ACK: say_join_prune(d, m, type); break;
    case BOOTSTRAP: say_bootstrap(d, m); break;
    case ASSERT: say_assert(d, m); break;
    case CANDIDATE_RP: say_candidate_rp(d, m); break;
    case PRUNE_REFRESH: say_prune_refresh(d, m); break;
    case DF_ELECTION: say_election(d, m, reserved >> 4); break;
    default: say(d, " [type %u]", type); break;
    }
}

static void say_too_short(struct dissect *d, u32 length, u32 least)
{
    say(d, "[length %u < %u]", length, least);
    invalid(d);
}

static void say_message(struct dissect *d, struct view v, u8 type)
{
    d->proto = "pimv2";
    if (v.len < CHECKSUM) {
        say_too_short(d, v.len, CHECKSUM);
        return;
    }
    u8 reserved = u8_at(d, v, RESERVED);
    struct message m = { view_from(v, HEADER_LEN), reserved & 0x0f };
    if (m.old_address_len != 0)
        say_z(d, ", RFC2117-encoding");
    if (v.len < HEADER_LEN) {
        say_too_short(d, v.len, HEADER_LEN);
        return;
    }
    u16 sum = be16_at(d, v, CHECKSUM);
    say(d, ", cksum 0x%04x ", sum);
    say_z(d, sum == 0 ? "(unverified)" : checksum_state(d, v, type));
    say_body(d, type, reserved, &m);
}

void print_pim(struct dissect *d, struct view v)
{
    d->proto = "pim";
    u8 first = u8_at(d, v, VERSION_TYPE);
    u8 type = first & 0xf, version = first >> 4;
    if (version != 2) {
        say(d, "PIMv%u, length %u", version, v.len);
        return;
    }
    const char *name = name_of(d, &types.names, type, "Unknown Type");
    if (!verbose(d, 1)) {
        say(d, "PIMv%u, %s, length %u", version, name, v.len);
        return;
    }
    say(d, "PIMv%u, length %u\n\t%s", version, v.len, name);
    say_message(d, v, type);
    resume(d);
}
