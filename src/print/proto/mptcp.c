/*
 * Multipath TCP: the option that ties TCP connections together.  Version 0: RFC 6824, section 3;
 * version 1: RFC 8684, section 3.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------+-----------------------+
 *   |   kind 30     |    length     |subtype| flags, by subtype     |
 *   |  data ...                                                     |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/mptcp.h"

#include "print/printer.h"
#include "print/proto/tcp.h"

enum { LENGTH = 1, SUBTYPE = 2, FLAGS, DATA };

enum { LENGTH_MIN = 3, SUBTYPE_SHIFT = 4, LOW_MASK = 15 };

/* One option, of which all bytes are captured. */
struct option {
    struct view v; /* its own bytes */
    u8 low;        /* the half of the byte that the subtype leaves */
    u8 tcp_flags;
};

/* What prints a subtype; false when the option has no sense. */
typedef bool handler(struct dissect *d, const struct option *o);

/* RFC 8684, figure 4: the versions differ in what else the numbers mean, not in their place. */
static bool capable(struct dissect *d, const struct option *o)
{
    enum { VERSION_MAX = 1, CHECKSUM_REQUIRED = 0x80, SENDER_KEY = 4, RECEIVER_KEY = 12 };
    enum { LEN_BARE = 4, LEN_SENDER = 12, LEN_BOTH = 20, LEN_DATA = 22 };
    u32 len = o->v.len;

    bool with_syn = len == LEN_BARE || len == LEN_SENDER;
    bool with_ack = len == LEN_BOTH || len == LEN_DATA;
    if (!(with_syn && (o->tcp_flags & TH_SYN) != 0) &&
        !(with_ack && (o->tcp_flags & (TH_SYN | TH_ACK)) == TH_ACK))
        return false;
    if (o->low > VERSION_MAX) {
        say(d, " Unknown Version (%u)", o->low);
        return true;
    }
    say(d, " v%u", o->low);
    if ((u8_at(d, o->v, FLAGS) & CHECKSUM_REQUIRED) != 0)
        say_z(d, " csum");
    if (len == LEN_BARE)
        return true;
    say(d, " {0x%llx", (unsigned long long)be64_at(d, o->v, SENDER_KEY));
    if (with_ack)
        say(d, ",0x%llx", (unsigned long long)be64_at(d, o->v, RECEIVER_KEY));
    say_z(d, "}");
    return true;
}

/* Figures 5, 6 and 7: the three steps of the handshake are told apart by their lengths. */
static bool join(struct dissect *d, const struct option *o)
{
    enum { LEN_SYN = 12, LEN_SYN_ACK = 16, LEN_ACK = 24 };
    enum { BACKUP = 1, ADDRESS_ID = 3, TOKEN = 4, NONCE = 8, HMAC = 4, SYN_ACK_NONCE = 12 };
    enum { HMAC_BYTES = 20 };
    u32 len = o->v.len;
    bool syn = (o->tcp_flags & TH_SYN) != 0, ack = (o->tcp_flags & TH_ACK) != 0;

    if (!(len == LEN_SYN && syn) && !(len == LEN_SYN_ACK && syn && ack) && !(len == LEN_ACK && ack))
        return false;
    if (len != LEN_ACK)
        say_at(d, o->v, "%s id %lu", (o->low & BACKUP) != 0 ? " backup" : "", AT_U8(ADDRESS_ID));
    switch (len) {
    case LEN_SYN:
        say_at(d, o->v, " token 0x%lx nonce 0x%lx", AT_BE32(TOKEN), AT_BE32(NONCE));
        break;
    case LEN_SYN_ACK:
        say(d, " hmac 0x%llx nonce 0x%x", (unsigned long long)be64_at(d, o->v, HMAC),
            be32_at(d, o->v, SYN_ACK_NONCE));
        break;
    default:
        say_z(d, " hmac 0x");
        for (u32 i = 0; i < HMAC_BYTES; i++)
            out_hex_pad(d->out, u8_at(d, o->v, HMAC + i), 2);
        break;
    }
    return true;
}

/* " label" and a number of 8 or 4 bytes at the front of `v`, which is moved on.  False without them. */
static bool say_sequence(struct dissect *d, struct view *v, const char *label, bool is_long)
{
    u32 size = is_long ? 8 : 4;

    say(d, " %s ", label);
    if (v->len < size)
        return false;
    say(d, "%llu", is_long ? (unsigned long long)be64_at(d, *v, 0) : be32_at(d, *v, 0));
    *v = view_from(*v, size);
    return true;
}

/* Figure 9.  What there is, and of which size, is in the flags. */
static bool sequence_signal(struct dissect *d, const struct option *o)
{
    enum { HAS_ACK = 0x01, LONG_ACK = 0x02, HAS_MAPPING = 0x04, LONG_SEQUENCE = 0x08, FIN = 0x10 };
    enum { SUBFLOW_BYTES = 4, LEVEL_BYTES = 2, CHECKSUM_BYTES = 2 };

    if (o->v.len < DATA || (o->tcp_flags & TH_SYN) != 0)
        return false;
    u8 flags = u8_at(d, o->v, FLAGS);
    struct view v = view_from(o->v, DATA);

    if ((flags & FIN) != 0)
        say_z(d, " fin");
    if ((flags & HAS_ACK) != 0 && !say_sequence(d, &v, "ack", (flags & LONG_ACK) != 0))
        return false;
    if ((flags & HAS_MAPPING) == 0)
        return v.len == 0;
    if (!say_sequence(d, &v, "seq", (flags & LONG_SEQUENCE) != 0) || v.len < SUBFLOW_BYTES)
        return false;
    say_at(d, v, " subseq %lu", AT_BE32(0));
    v = view_from(v, SUBFLOW_BYTES);
    if (v.len < LEVEL_BYTES)
        return false;
    say_at(d, v, " len %lu", AT_BE16(0));
    v = view_from(v, LEVEL_BYTES);
    if (v.len >= CHECKSUM_BYTES) {
        say_at(d, v, " csum 0x%lx", AT_BE16(0));
        v = view_from(v, CHECKSUM_BYTES);
    }
    return v.len == 0;
}

/*
 * RFC 6824, figure 12: the low bits are the version of IP; RFC 8684, figure 12: they are flags, of
 * which the lowest says that this is an echo.  Address, port and HMAC are told by the length.
 */
static bool add_address(struct dissect *d, const struct option *o)
{
    NAMES(versions, (0, "v1") (1, "v1-echo") (4, "v0-ip4") (6, "v0-ip6"));
    enum { ADDRESS_ID = 3, HEAD = 4, IP4_BYTES = 4, IP6_BYTES = 16, PORT_BYTES = 2, HMAC_BYTES = 8 };
    enum { IP4_MAX = HEAD + IP4_BYTES + PORT_BYTES + HMAC_BYTES };
    u32 address = o->v.len <= IP4_MAX ? IP4_BYTES : IP6_BYTES;
    u32 rest = o->v.len - HEAD - address; /* too short: wraps, and is none of these */

    if (rest != 0 && rest != PORT_BYTES && rest != HMAC_BYTES && rest != PORT_BYTES + HMAC_BYTES)
        return false;
    say_at(d, o->v, " %s id %lu", name_of(d, &versions.names, o->low, "[bad version/echo]"),
           AT_U8(ADDRESS_ID));
    if (address == IP4_BYTES)
        say(d, " %pI4", bytes_at(d, o->v, HEAD, IP4_BYTES));
    else
        say(d, " %pI6", bytes_at(d, o->v, HEAD, IP6_BYTES));
    struct view v = view_from(o->v, HEAD + address);
    if (rest % HMAC_BYTES == PORT_BYTES) {
        say_at(d, v, ":%lu", AT_BE16(0));
        v = view_from(v, PORT_BYTES);
    }
    if (v.len == HMAC_BYTES)
        say(d, " hmac 0x%llx", (unsigned long long)be64_at(d, v, 0));
    return true;
}

static bool remove_address(struct dissect *d, const struct option *o)
{
    enum { IDS = 3 };

    if (o->v.len <= IDS)
        return false;
    say_z(d, " id");
    for (u32 i = IDS; i < o->v.len; i++)
        say_at(d, o->v, " %lu", AT_U8(i));
    return true;
}

static bool priority(struct dissect *d, const struct option *o)
{
    enum { BACKUP = 1, ADDRESS_ID = 3, LEN_SELF = 3, LEN_OTHER = 4 };

    if (o->v.len != LEN_SELF && o->v.len != LEN_OTHER)
        return false;
    say_z(d, (o->low & BACKUP) != 0 ? " backup" : " non-backup");
    if (o->v.len == LEN_OTHER)
        say_at(d, o->v, " id %lu", AT_U8(ADDRESS_ID));
    return true;
}

enum { LEN_NUMBER = 12 }; /* an option whose data is one number of 8 bytes */

static bool fail(struct dissect *d, const struct option *o)
{
    if (o->v.len != LEN_NUMBER)
        return false;
    say(d, " seq %llu", (unsigned long long)be64_at(d, o->v, DATA));
    return true;
}

static bool fast_close(struct dissect *d, const struct option *o)
{
    if (o->v.len != LEN_NUMBER)
        return false;
    say(d, " key 0x%llx", (unsigned long long)be64_at(d, o->v, DATA));
    return true;
}

static const struct {
    const char *name;
    handler *say;
} subtypes[] = {
    { "capable", capable },
    { "join", join },
    { "dss", sequence_signal },
    { "add-addr", add_address },
    { "rem-addr", remove_address },
    { "prio", priority },
    { "fail", fail },
    { "fast-close", fast_close },
};

bool mptcp_option(struct dissect *d, struct view v, u8 tcp_flags)
{
    d->proto = "mptcp"; /* as tcpdump: also for the options and headers behind this one */
    if (v.len < LENGTH_MIN)
        return false;
    u8 byte = u8_at(d, v, SUBTYPE);
    u32 subtype = byte >> SUBTYPE_SHIFT;
    struct option o = { v, byte & LOW_MASK, tcp_flags };

    say_at(d, v, " %lu %s", AT_U8(LENGTH),
           subtype < countof(subtypes) ? subtypes[subtype].name : "unknown");
    return subtype >= countof(subtypes) || subtypes[subtype].say(d, &o);
}
