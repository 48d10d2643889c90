/*
 * TCP options.  Numbers: IANA "TCP Parameters".  RFC 9293 (MSS), 7323 (window scale, time stamps),
 * 2018 (selective acknowledgment), 1072 (echo), 1644 (T/TCP), 2385 (MD5), CCSDS 714.0 (SCPS),
 * 5482 (user timeout), 5925 (authentication), 7413 (fast open), 6994 (experiments).
 *
 *   kind, or kind, length, data
 */
#include "print/proto/tcp.h"

#include "print/printer.h"

enum { KIND, LENGTH, DATA };

enum {
    OPT_EOL,
    OPT_NOP,
    OPT_MSS,
    OPT_WINDOW_SCALE,
    OPT_SACK_OK,
    OPT_SACK,
    OPT_ECHO,
    OPT_ECHO_REPLY,
    OPT_TIMESTAMP,
    OPT_CC = 11,
    OPT_CC_NEW,
    OPT_CC_ECHO,
    OPT_MD5 = 19,
    OPT_SCPS,
    OPT_USER_TIMEOUT = 28,
    OPT_AUTHENTICATION,
    OPT_MULTIPATH,
    OPT_FAST_OPEN = 34,
    OPT_EXPERIMENT = 254,
};

/* RFC 7413, section 4.1.1 */
enum { EXPERIMENT_FAST_OPEN = 0xf989, COOKIE_MIN = 4, COOKIE_MAX = 16 };

enum { BLOCK_LEN = 8, DIGEST_LEN = 16 };

static const struct name kinds[] = {
    { OPT_EOL, "eol" },
    { OPT_NOP, "nop" },
    { OPT_MSS, "mss" },
    { OPT_WINDOW_SCALE, "wscale" },
    { OPT_SACK_OK, "sackOK" },
    { OPT_SACK, "sack" },
    { OPT_ECHO, "echo" },
    { OPT_ECHO_REPLY, "echoreply" },
    { OPT_TIMESTAMP, "TS" },
    { OPT_CC, "cc" },
    { OPT_CC_NEW, "ccnew" },
    { OPT_CC_ECHO, "" }, /* as tcpdump */
    { OPT_MD5, "md5" },
    { OPT_SCPS, "scps" },
    { OPT_USER_TIMEOUT, "uto" },
    { OPT_AUTHENTICATION, "tcp-ao" },
    { OPT_MULTIPATH, "mptcp" },
    { OPT_FAST_OPEN, "tfo" },
    { OPT_EXPERIMENT, "exp" },
    NAMES_END
};

/* One option: `v` begins at its kind and goes on to the end of the segment. */
struct option {
    struct view v;
    u32 length;    /* as its length byte says, or 1 */
    u32 room;      /* bytes of the header behind kind and length */
    u8 flags;      /* of the segment */
    struct tcp_base base;
};

/*
 * What a handler returns besides the bytes of data that it took: the option is longer than the
 * header, or it was not captured.
 */
enum { BAD = -1, CUT = -2 };

/* Whether the first `n` bytes of data are there: 0, BAD or CUT. */
static int lacks(const struct option *opt, u32 n)
{
    if (opt->room < n)
        return BAD;
    return view_has(opt->v, DATA, n) ? 0 : CUT;
}

static void say_hex(struct dissect *d, struct view v, u32 at, u32 n)
{
    for (u32 i = 0; repeat(d, i, n); i++)
        out_hex_pad(d->out, u8_at(d, v, at + i), 2);
}

/* Data of four bytes, " 123". */
static int number(struct dissect *d, const struct option *opt)
{
    int lack = lacks(opt, 4);
    if (lack != 0)
        return lack;
    say(d, " %u", be32_at(d, opt->v, DATA));
    return 4;
}

static int mss(struct dissect *d, const struct option *opt)
{
    int lack = lacks(opt, 2);
    if (lack != 0)
        return lack;
    out_char(d->out, ' ');
    out_dec(d->out, be16_at(d, opt->v, DATA));
    return 2;
}

static int window_scale(struct dissect *d, const struct option *opt)
{
    int lack = lacks(opt, 1);
    if (lack != 0)
        return lack;
    out_char(d->out, ' ');
    out_dec(d->out, u8_at(d, opt->v, DATA));
    return 1;
}

static int timestamp(struct dissect *d, const struct option *opt)
{
    int lack = lacks(opt, 8);
    if (lack != 0)
        return lack;
    out_text_z(d->out, " val ");
    out_dec(d->out, be32_at(d, opt->v, DATA));
    out_text_z(d->out, " ecr ");
    out_dec(d->out, be32_at(d, opt->v, DATA + 4));
    return 8;
}

static int sack(struct dissect *d, const struct option *opt)
{
    u32 size = opt->length - DATA;

    if (size % BLOCK_LEN != 0 || (opt->flags & TH_ACK) == 0) {
        say_z(d, " invalid sack");
        return (int)size;
    }
    say(d, " %u ", size / BLOCK_LEN);
    for (u32 at = 0; at < size; at += BLOCK_LEN) {
        int lack = lacks(opt, at + BLOCK_LEN);
        if (lack != 0)
            return lack;
        say(d, "{%u:%u}", be32_at(d, opt->v, DATA + at) - opt->base.sequence,
            be32_at(d, opt->v, DATA + at + 4) - opt->base.sequence);
    }
    return (int)size;
}

static int scps(struct dissect *d, const struct option *opt)
{
    int lack = lacks(opt, 2);
    if (lack != 0)
        return lack;
    say(d, " cap %02x id %u", u8_at(d, opt->v, DATA), u8_at(d, opt->v, DATA + 1));
    return 2;
}

/* A bit says whether the other fifteen count minutes or seconds. */
static int user_timeout(struct dissect *d, const struct option *opt)
{
    int lack = lacks(opt, 2);
    if (lack != 0)
        return lack;
    u32 word = be16_at(d, opt->v, DATA);
    say(d, " 0x%x", word);
    say(d, " %u", (word & 0x8000) != 0 ? (word & 0x7fff) * 60 : word);
    return 2;
}

static int authentication(struct dissect *d, const struct option *opt)
{
    u32 size = opt->length - DATA;

    if (size < 2) {
        invalid(d);
        return (int)size;
    }
    say(d, " keyid %u", u8_at(d, opt->v, DATA));
    say(d, " rnextkeyid %u", u8_at(d, opt->v, DATA + 1));
    if (size > 2) {
        say_z(d, " mac 0x");
        say_hex(d, opt->v, DATA + 2, size - 2);
    }
    return (int)size;
}

static int md5(struct dissect *d, const struct option *opt)
{
    int lack = lacks(opt, DIGEST_LEN);
    if (lack != 0)
        return lack;
    say_z(d, " shared secret not supplied with -M, can't check - ");
    say_hex(d, opt->v, DATA, DIGEST_LEN);
    return DIGEST_LEN;
}

/* The `n` bytes at `at` of a fast open option: a request for a cookie, or one. */
static void cookie(struct dissect *d, struct view v, u32 at, u32 n)
{
    if (n == 0) {
        say_z(d, " cookiereq");
    } else if (n % 2 != 0 || n < COOKIE_MIN || n > COOKIE_MAX) {
        invalid(d);
    } else {
        say_z(d, " cookie ");
        say_hex(d, v, at, n);
    }
}

static int fast_open(struct dissect *d, const struct option *opt)
{
    u32 size = opt->length - DATA;

    say_z(d, " ");
    cookie(d, opt->v, DATA, size);
    return (int)size;
}

static int experiment(struct dissect *d, const struct option *opt)
{
    u32 size = opt->length - DATA;

    if (size < 2)
        return BAD;
    u32 magic = be16_at(d, opt->v, DATA);
    say_z(d, "-");
    if (magic == EXPERIMENT_FAST_OPEN) {
        say_z(d, "tfo");
        cookie(d, opt->v, DATA + 2, size - 2);
    } else {
        say(d, "%04x", magic);
    }
    return (int)size;
}

static int unknown(struct dissect *d, const struct option *opt)
{
    u32 size = opt->length - DATA;

    if (size > 0)
        say_z(d, " 0x");
    say_hex(d, opt->v, DATA, size);
    return (int)size;
}

static int data(struct dissect *d, const struct option *opt, u8 kind)
{
    switch (kind) {
    case OPT_EOL:
    case OPT_NOP:
    case OPT_SACK_OK: return 0;
    case OPT_MSS: return mss(d, opt);
    case OPT_WINDOW_SCALE: return window_scale(d, opt);
    case OPT_SACK: return sack(d, opt);
    case OPT_ECHO:
    case OPT_ECHO_REPLY:
    case OPT_CC:
    case OPT_CC_NEW:
    case OPT_CC_ECHO: return number(d, opt);
    case OPT_TIMESTAMP: return timestamp(d, opt);
    case OPT_MD5: return md5(d, opt);
    case OPT_SCPS: return scps(d, opt);
    case OPT_USER_TIMEOUT: return user_timeout(d, opt);
    case OPT_AUTHENTICATION: return authentication(d, opt);
    case OPT_FAST_OPEN: return fast_open(d, opt);
    case OPT_EXPERIMENT: return experiment(d, opt);
    default: return unknown(d, opt);
    }
}

/* Ends the list at an option that cannot be shown; as tcpdump, the bracket depends on where. */
static void refuse(struct dissect *d, int why, bool first)
{
    if (why == CUT) {
        truncated(d);
        out_text_z(d->out, first ? "" : ">");
    } else {
        out_text_z(d->out, first ? "[bad opt]" : "[bad opt]]");
    }
}

bool tcp_options(struct dissect *d, struct view v, u32 header_len, u8 flags, struct tcp_base base)
{
    u32 room = header_len - TCP_HEADER_LEN;
    bool first = true;

    v = view_from(v, TCP_HEADER_LEN);
    out_text_z(d->out, ", options [");
    while (room > 0) {
        if (!first)
            out_char(d->out, ',');
        u8 kind = u8_at(d, v, KIND);
        u32 head = kind == OPT_EOL || kind == OPT_NOP ? 1 : 2;
        struct option opt = { v, head == 2 ? u8_at(d, v, LENGTH) : 1, room - head, flags, base };
        int size = BAD;
        if (opt.length >= head && opt.length <= room) {
            out_text_z(d->out, name_of(d, kinds, kind, "unknown-%u"));
            size = data(d, &opt, kind);
        }
        if (size < 0) {
            refuse(d, size, first);
            return false;
        }
        first = false;
        u32 taken = head + (u32)size;
        if (taken != opt.length)
            say(d, "[len %u]", opt.length);
        if (kind == OPT_EOL)
            break;
        room -= taken;
        v = view_from(v, taken);
    }
    out_char(d->out, ']');
    return true;
}
