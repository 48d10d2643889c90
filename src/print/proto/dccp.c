/*
 * DCCP: the datagram congestion control protocol.  RFC 4340, section 5; options: section 5.8, features:
 * section 6.4.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |          source port          |       destination port        |
 *   |  data offset  | CCVal | CsCov |           checksum            |
 *   | res |  type |X|   reserved    |  sequence number: 48 bits if X,
 *   |  24 bits from the byte behind X otherwise                     |
 *   |  acknowledgment number in like form, service or reset code    |
 *   |  options, then the payload                                    |
 *   +---------------------------------------------------------------+
 */
#include "base/ipproto.h"
#include "print/printer.h"
#include "print/proto/ip.h"

enum {
    SOURCE_PORT, DESTINATION_PORT = 2, DATA_OFFSET = 4, CCVAL_CSCOV, CHECKSUM, TYPE_X = 8,
    SEQUENCE_24, SEQUENCE_48, SHORT_LEN = 12, LONG_LEN = 16,
};

enum { EXTENDED = 1, TYPE_MASK = 15 };

enum { ACK_LEN = 8 }; /* as tcpdump: also after a short sequence number, where it has 4 */

enum type {
    REQUEST, RESPONSE, DATA, ACK, DATA_ACK, CLOSE_REQUEST, CLOSE, RESET, SYNC, SYNC_ACK, TYPES_KNOWN,
};

/* The names, and what follows the sequence number besides an acknowledgment number. */
static const struct {
    const char *name;
    u8 extra; /* bytes */
    bool acknowledges;
} types[] = {
    { "DCCP-Request", 4, false }, { "DCCP-Response", 4, true }, { "DCCP-Data", 0, false },
    { "DCCP-Ack", 0, true },      { "DCCP-DataAck", 0, true },  { "DCCP-CloseReq", 0, true },
    { "DCCP-Close", 0, true },    { "DCCP-Reset", 4, true },    { "DCCP-Sync", 0, true },
    { "DCCP-SyncAck", 0, true },
};

NAMES(reset_codes,
      (0, "unspecified") (1, "closed") (2, "aborted") (3, "no_connection") (4, "packet_error")
      (5, "option_error") (6, "mandatory_error") (7, "connection_refused") (8, "bad_service_code")
      (9, "too_busy") (10, "bad_init_cookie") (11, "aggression_penalty"));

enum option {
    CHANGE_L = 32, CONFIRM_R = 35, INIT_COOKIE, NDP_COUNT, ACK_VECTOR_0, ACK_VECTOR_1, DATA_DROPPED,
    TIMESTAMP, TIMESTAMP_ECHO, ELAPSED_TIME, DATA_CHECKSUM, WITH_LENGTH = 32, CCID_SPECIFIC = 128,
};

NAMES(options,
      (0, "nop")
      (1, "mandatory")
      (2, "slowreceiver")
      (CHANGE_L, "change_l")
      (33, "confirm_l")
      (34, "change_r")
      (CONFIRM_R, "confirm_r")
      (INIT_COOKIE, "initcookie")
      (NDP_COUNT, "ndp_count")
      (ACK_VECTOR_0, "ack_vector0")
      (ACK_VECTOR_1, "ack_vector1")
      (DATA_DROPPED, "data_dropped")
      (TIMESTAMP, "timestamp")
      (TIMESTAMP_ECHO, "timestamp_echo")
      (ELAPSED_TIME, "elapsed_time")
      (DATA_CHECKSUM, "data_checksum"));

static const char *const features[] = {
    "reserved",        "ccid",            "allow_short_seqno",         "sequence_window",
    "ecn_incapable",   "ack_ratio",       "send_ack_vector",           "send_ndp_count",
    "minimum checksum coverage", "check data checksum",
};

/* The bytes of `v`: as numbers, " 1 2". */
static void say_numbers(struct dissect *d, struct view v)
{
    for (u32 i = 0; repeat(d, i, v.len); i++)
        say_at(d, v, " %lu", AT_U8(i));
}

static void say_hex(struct dissect *d, struct view v, const char *prefix)
{
    if (v.len > 0)
        say_z(d, prefix);
    for (u32 i = 0; repeat(d, i, v.len); i++)
        out_hex_pad(d->out, u8_at(d, v, i), 2);
}

static void say_feature(struct dissect *d, struct view v)
{
    if (v.len < 1) {
        say_z(d, " optlen too short");
        return;
    }
    u8 feature = u8_at(d, v, 0);
    if (feature >= countof(features))
        return;
    say(d, " %s", features[feature]);
    say_numbers(d, view_from(v, 1));
}

static void say_elapsed(struct dissect *d, struct view v, u32 off, u32 size)
{
    say(d, "%u", size == 2 ? be16_at(d, v, off) : be32_at(d, v, off));
}

/* The value `v` of an option. */
static void say_value(struct dissect *d, u8 kind, struct view v)
{
    switch (kind) {
    case INIT_COOKIE:
    case ACK_VECTOR_0:
    case ACK_VECTOR_1:
    case DATA_DROPPED: say_hex(d, v, " 0x"); return;
    case NDP_COUNT: say_numbers(d, v); return;
    case DATA_CHECKSUM: say_hex(d, v, " "); return;
    case TIMESTAMP:
        if (v.len == 4)
            say_at(d, v, " %lu", AT_BE32(0));
        else
            say_z(d, " [optlen != 6]");
        return;
    case TIMESTAMP_ECHO:
        if (v.len != 4 && v.len != 6 && v.len != 8) {
            say_z(d, " [optlen != 6 or 8 or 10]");
            return;
        }
        say_at(d, v, " %lu", AT_BE32(0));
        if (v.len > 4) {
            say_z(d, " (elapsed time ");
            say_elapsed(d, v, 4, v.len - 4);
            say_z(d, ")");
        }
        return;
    case ELAPSED_TIME:
        if (v.len == 2 || v.len == 4) {
            say_z(d, " ");
            say_elapsed(d, v, 0, v.len);
        } else {
            say_z(d, " [optlen != 4 or 6]");
        }
        return;
    default: break;
    }
    if (kind >= CHANGE_L && kind <= CONFIRM_R)
        say_feature(d, v);
    else if (kind >= CCID_SPECIFIC && (v.len == 2 || v.len == 4)) {
        say_z(d, " ");
        say_elapsed(d, v, 0, v.len);
    }
}

static void say_name(struct dissect *d, u8 kind)
{
    if (kind >= CCID_SPECIFIC)
        say(d, "CCID option %u", kind);
    else
        say_z(d, name_of(d, &options.names, kind, "Option %u"));
}

/*
 * The option at the front of `v`, of which `left` bytes belong to the header.  Returns its length;
 * 0 ends the list.
 */
static u32 say_option(struct dissect *d, struct view v, u32 left)
{
    u8 kind = u8_at(d, v, 0);
    u32 len = kind < WITH_LENGTH ? 1 : u8_at(d, v, 1);

    if (d->sealed)
        return 0;
    if (len <= left && !view_has(v, 0, len)) {
        truncated(d);
        return 0;
    }
    say_name(d, kind);
    if (kind < WITH_LENGTH)
        return 1;
    if (len < 2) {
        say_z(d, " optlen too short");
        return 0;
    }
    if (len > left) {
        say_z(d, " optlen goes past header length");
        return 0;
    }
    say_value(d, kind, view_sub(v, 2, len - 2));
    return len;
}

/* As tcpdump, the options may begin in the packet and end behind it. */
static void say_options(struct dissect *d, struct view v, u32 left)
{
    say_z(d, " <");
    while (left > 0 && !d->sealed) {
        u32 len = say_option(d, v, left);
        if (len == 0)
            break;
        v = view_from(v, len);
        left -= len;
        if (left > 0)
            say_z(d, ", ");
    }
    say_z(d, ">");
}

/* " (CCVal 0, CsCov 0, cksum ...)": the sum covers the header and so much of the payload. */
static void say_coverage(struct dissect *d, struct view v)
{
    u8 byte = u8_at(d, v, CCVAL_CSCOV);
    u32 coverage = byte & 15;
    u32 covered = v.len, header_len = (u32)u8_at(d, v, DATA_OFFSET) * 4;

    say(d, " (CCVal %u, CsCov %u", (u32)byte >> 4, coverage);
    if (coverage != 0 && header_len + (coverage - 1) * 4 < covered)
        covered = header_len + (coverage - 1) * 4;
    if (v.cap >= v.len) {
        u16 there = be16_at(d, v, CHECKSUM);
        struct checksum c = pseudo_header(d, IPPROTO_DCCP, v.len);
        checksum_add(&c, view_clip(v, covered));
        u16 sum = checksum_end(&c);
        say(d, ", cksum 0x%04x ", there);
        if (sum == 0)
            say_z(d, "(correct)");
        else
            say(d, "(incorrect -> 0x%04x)", checksum_should_be(there, sum));
    }
    say_z(d, ")");
}

/* What a type adds: " (service=42) " or " (code=closed) ". */
static void say_extra(struct dissect *d, u32 type, struct view v, u32 at)
{
    const char *name = types[type].name;

    if (type == REQUEST || type == RESPONSE)
        say_at(d, v, "%s (service=%lu) ", name, AT_BE32(at));
    else if (type == RESET)
        say(d, "%s (code=%s) ", name,
            name_of(d, &reset_codes.names, u8_at(d, v, at), "invalid"));
    else
        say(d, "%s ", name);
}

/* From the type to the options. */
static void say_packet(struct dissect *d, struct view v, u32 fixed_len)
{
    u8 byte = u8_at(d, v, TYPE_X);
    u32 type = byte >> 1 & TYPE_MASK, header_len = (u32)u8_at(d, v, DATA_OFFSET) * 4;
    bool extended = (byte & EXTENDED) != 0;
    u32 at = fixed_len; /* behind all that has a fixed place */

    say_z(d, " ");
    if (type < TYPES_KNOWN) {
        if (types[type].acknowledges)
            at += ACK_LEN;
        u32 shortest = at + types[type].extra;
        if (v.len < shortest) {
            say(d, "truncated-%s - %u bytes missing!", types[type].name, shortest - v.len);
            return;
        }
        if (types[type].extra > 0 && !view_has(v, at, types[type].extra)) {
            truncated(d);
            return;
        }
        say_extra(d, type, v, at);
        at += types[type].extra;
    } else {
        say(d, "unknown-type-%u ", type);
    }
    if (type != DATA && type != REQUEST)
        say(d, "(ack=%llu) ",
            (unsigned long long)(extended ? be48_at(d, v, fixed_len + 2) : be24_at(d, v, fixed_len + 1)));
    if (!verbose(d, 2))
        return;
    say(d, "seq %llu",
        (unsigned long long)(extended ? be48_at(d, v, SEQUENCE_48) : be24_at(d, v, SEQUENCE_24)));
    if (header_len > at)
        say_options(d, view_from(v, at), header_len - at);
}

void print_dccp(struct dissect *d, struct view v)
{
    d->proto = "dccp";
    if (!view_has(v, 0, SHORT_LEN)) {
        truncated(d);
        return;
    }
    u32 fixed_len = (u8_at(d, v, TYPE_X) & EXTENDED) != 0 ? LONG_LEN : SHORT_LEN;
    if (v.len < fixed_len) {
        say(d, "truncated-dccp - %u bytes missing!", fixed_len - v.len);
        return;
    }
    if (!view_has(v, 0, fixed_len)) {
        truncated(d);
        return;
    }
    d->sport = be16_at(d, v, SOURCE_PORT);
    d->dport = be16_at(d, v, DESTINATION_PORT);
    say_port_numbers(d);
    say_z(d, "DCCP");
    if (d->opt->quick) {
        u32 header_len = (u32)u8_at(d, v, DATA_OFFSET) * 4;
        say(d, " %u", v.len - header_len);
        if (header_len > v.len)
            say(d, " [bad hdr length %u - too long, > %u]", header_len, v.len);
        return;
    }
    if (verbose(d, 1))
        say_coverage(d, v);
    say_packet(d, v, fixed_len);
}
