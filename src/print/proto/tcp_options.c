/*
 * TCP options.  Numbers: IANA "TCP Parameters".  RFC 9293 (MSS), 7323 (window scale, time stamps),
 * 2018 (selective acknowledgment), 1072 (echo), 1644 (T/TCP), 2385 (MD5), CCSDS 714.0 (SCPS),
 * 5482 (user timeout), 5925 (authentication), 7413 (fast open), 6994 (experiments); multipath is in
 * proto/mptcp.c.
 *
 *   kind, or kind, length, data
 */
#include "print/proto/tcp.h"

#include "base/ipproto.h"
#include "base/md5.h"
#include "base/pen.h"
#include "print/printer.h"
#include "print/proto/mptcp.h"

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

enum { BLOCK_LEN = 8 };

/* Four bytes of options at once: RFC 7323, appendix A. */
enum { NOP_NOP_TIMESTAMP = 0x0101080a };

/* In the fixed header. */
enum { TCP_OFFSET = 12, TCP_FLAGS, TCP_CHECKSUM = 16 };

/* One option. */
struct option {
    struct view segment;
    struct view v; /* of it, from the kind of the option on */
    u32 length;    /* as its length byte says, or 1 */
    u32 room;      /* bytes of the header behind kind and length */
    u32 base;      /* of selective acknowledgments */
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

    if (size % BLOCK_LEN != 0) {
        say_z(d, " invalid sack");
        return (int)size;
    }
    say(d, " %u ", size / BLOCK_LEN);
    for (u32 at = 0; at < size; at += BLOCK_LEN) {
        int lack = lacks(opt, at + BLOCK_LEN);
        if (lack != 0)
            return lack;
        say(d, "{%u:%u}", be32_at(d, opt->v, DATA + at) - opt->base,
            be32_at(d, opt->v, DATA + at + 4) - opt->base);
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

/* As tcpdump: the lowest bit, not the highest, says whether the others count minutes or seconds. */
static int user_timeout(struct dissect *d, const struct option *opt)
{
    int lack = lacks(opt, 2);
    if (lack != 0)
        return lack;
    u32 word = be16_at(d, opt->v, DATA);
    say(d, " 0x%x", word);
    say(d, " %u", (word & 1) != 0 ? (word >> 1) * 60 : word >> 1);
    return 2;
}

/* As tcpdump, whatever of a message authentication code was captured is shown. */
static int authentication(struct dissect *d, const struct option *opt)
{
    u32 size = opt->length - DATA;

    if (size < 2) {
        invalid(d);
        return (int)size;
    }
    for (u32 i = 0; i < size; i++) {
        if (i == 2)
            say_z(d, " mac 0x");
        int lack = lacks(opt, i + 1);
        if (lack != 0)
            return lack;
        u8 byte = u8_at(d, opt->v, DATA + i);
        switch (i) {
        case 0: say(d, " keyid %u", byte); break;
        case 1: say(d, " rnextkeyid %u", byte); break;
        default: out_hex_pad(d->out, byte, 2); break;
        }
    }
    return (int)size;
}

/*
 * The digest of RFC 2385, section 2.0: pseudo header, header without options and checksum, payload,
 * secret.  `segment` is all captured.
 */
static void sign(struct dissect *d, struct view segment, u8 digest[MD5_LEN])
{
    u32 header_len = (u32)(u8_at(d, segment, TCP_OFFSET) >> 4) * 4;
    u8 fixed[TCP_HEADER_LEN], pseudo[8] = { 0 };
    struct md5 m = md5_start();

    memcpy(fixed, bytes_at(d, segment, 0, TCP_HEADER_LEN), TCP_HEADER_LEN);
    store_be16(fixed + TCP_CHECKSUM, 0);
    md5_add_view(&m, d->net.src);
    md5_add_view(&m, d->net.dst);
    if (d->net.version == 6) {
        store_be32(pseudo, segment.len);
        pseudo[7] = IPPROTO_TCP;
        md5_add(&m, pseudo, 8);
    } else {
        pseudo[1] = IPPROTO_TCP;
        store_be16(pseudo + 2, (u16)segment.len);
        md5_add(&m, pseudo, 4);
    }
    md5_add(&m, fixed, TCP_HEADER_LEN);
    md5_add_view(&m, view_from(segment, header_len));
    md5_add(&m, d->opt->md5_secret.p, d->opt->md5_secret.len);
    md5_end(&m, digest);
}

static int signature(struct dissect *d, const struct option *opt)
{
    int lack = lacks(opt, MD5_LEN);

    if (lack != 0)
        return lack;
    if (opt->segment.cap < opt->segment.len || d->opt->md5_secret.len == 0) {
        say(d, " %s, can't check - ", opt->segment.cap < opt->segment.len
                                          ? "snaplen too short"
                                          : "shared secret not supplied with -M");
        say_hex(d, opt->v, DATA, MD5_LEN);
        return MD5_LEN;
    }
    u8 digest[MD5_LEN];
    sign(d, opt->segment, digest);
    say_z(d, " ");
    if (memcmp(digest, bytes_at(d, opt->v, DATA, MD5_LEN), MD5_LEN) == 0)
        say_z(d, "valid");
    else
        invalid(d);
    return MD5_LEN;
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
    int lack = lacks(opt, size);

    if (lack != 0)
        return lack;
    say_z(d, " ");
    cookie(d, opt->v, DATA, size);
    return (int)size;
}

static int multipath(struct dissect *d, const struct option *opt)
{
    u32 size = opt->length - DATA;
    int lack = lacks(opt, size);

    if (lack != 0)
        return lack;
    bool sound = mptcp_option(d, view_clip(opt->v, opt->length), u8_at(d, opt->segment, TCP_FLAGS));
    return sound ? (int)size : BAD;
}

static int experiment(struct dissect *d, const struct option *opt)
{
    u32 size = opt->length - DATA;
    int lack = lacks(opt, size);

    if (lack != 0)
        return lack;
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

    for (u32 i = 0; i < size; i++) {
        if (i == 0)
            say_z(d, " 0x");
        int lack = lacks(opt, i + 1);
        if (lack != 0)
            return lack;
        out_hex_pad(d->out, u8_at(d, opt->v, DATA + i), 2);
    }
    return (int)size;
}

/* The name and the data of an option. */
static int say_option(struct dissect *d, const struct option *opt, u8 kind)
{
    switch (kind) {
    case OPT_EOL: say_z(d, "eol"); return 0;
    case OPT_NOP: say_z(d, "nop"); return 0;
    case OPT_MSS: say_z(d, "mss"); return mss(d, opt);
    case OPT_WINDOW_SCALE: say_z(d, "wscale"); return window_scale(d, opt);
    case OPT_SACK_OK: say_z(d, "sackOK"); return 0;
    case OPT_SACK: say_z(d, "sack"); return sack(d, opt);
    case OPT_ECHO: say_z(d, "echo"); return number(d, opt);
    case OPT_ECHO_REPLY: say_z(d, "echoreply"); return number(d, opt);
    case OPT_TIMESTAMP: say_z(d, "TS"); return timestamp(d, opt);
    case OPT_CC: say_z(d, "cc"); return number(d, opt);
    case OPT_CC_NEW: say_z(d, "ccnew"); return number(d, opt);
    case OPT_CC_ECHO: return number(d, opt); /* as tcpdump: without a name */
    case OPT_MD5: say_z(d, "md5"); return signature(d, opt);
    case OPT_SCPS: say_z(d, "scps"); return scps(d, opt);
    case OPT_USER_TIMEOUT: say_z(d, "uto"); return user_timeout(d, opt);
    case OPT_AUTHENTICATION: say_z(d, "tcp-ao"); return authentication(d, opt);
    case OPT_MULTIPATH: say_z(d, "mptcp"); return multipath(d, opt);
    case OPT_FAST_OPEN: say_z(d, "tfo"); return fast_open(d, opt);
    case OPT_EXPERIMENT: say_z(d, "exp"); return experiment(d, opt);
    default: say(d, "unknown-%u", kind); return unknown(d, opt);
    }
}

/* What stands in most segments: two fillers and a time stamp. */
static bool only_timestamp(struct dissect *d, struct view options, u32 room)
{
    if (room != 12 || !view_has(options, 0, 12) || be32_at(d, options, 0) != NOP_NOP_TIMESTAMP ||
        !out_room(d->out, 64))
        return false;
    char *p = pen_text(d->out->pos, ", options [nop,nop,TS val ");
    p = pen_text(pen_dec(p, be32_at(d, options, 4)), " ecr ");
    d->out->pos = pen_char(pen_dec(p, be32_at(d, options, 8)), ']');
    return true;
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

bool tcp_options(struct dissect *d, struct view v, u32 header_len, u32 base)
{
    u32 room = header_len - TCP_HEADER_LEN;
    bool first = true;

    struct view segment = v;

    v = view_from(v, TCP_HEADER_LEN);
    if (only_timestamp(d, v, room))
        return true;
    out_text_z(d->out, ", options [");
    while (room > 0) {
        if (!first)
            out_char(d->out, ',');
        u8 kind = u8_at(d, v, KIND);
        u32 head = kind == OPT_EOL || kind == OPT_NOP ? 1 : 2;
        struct option opt = { segment, v, head == 2 ? u8_at(d, v, LENGTH) : 1, room - head,
                              base };
        int size = BAD;
        if (opt.length >= head && opt.length <= room) {
            size = say_option(d, &opt, kind);
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
