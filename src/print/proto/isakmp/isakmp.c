/*
 * ISAKMP and IKE: the header of both versions, and the chain of payloads behind it.
 * RFC 2408, section 3.1; RFC 7296, section 3.1.
 *
 *    0               1               2               3
 *   +---------------------------------------------------------------+
 *   |                     initiator cookie (8)                      |
 *   |                     responder cookie (8)                      |
 *   +---------------+-------+-------+---------------+---------------+
 *   | next payload  | major | minor | exchange type |     flags     |
 *   +---------------+-------+-------+---------------+---------------+
 *   |                          message id                           |
 *   +---------------------------------------------------------------+
 *   |                            length                             |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/isakmp/isakmp.h"

#include "print/state/sessions.h"

enum {
    INITIATOR_COOKIE,
    RESPONDER_COOKIE = 8,
    NEXT_PAYLOAD = 16,
    VERSION,
    EXCHANGE_TYPE,
    FLAGS,
    MESSAGE_ID,
    LENGTH = 24,
    HEADER_LEN = 28,
};

enum {
    ENCRYPTED = 0x01,
    COMMIT = 0x02,
    V2_INITIATOR = 0x08,
    V2_VERSION = 0x10,
    V2_RESPONSE = 0x20
};

NAMES(exchange_types,
      (0, "none") (1, "base") (2, "ident") (3, "auth") (4, "agg") (5, "inf") (32, "oakley-quick")
      (33, "oakley-newgroup") (34, "ikev2_init") (35, "ikev2_auth") (36, "child_sa") (37, "inf2"));

/* as tcpdump: what stands for both versions is looked up in one table, whichever was announced */
static const struct {
    const char *name;
    isakmp_printer *print; /* NULL: only its name is shown */
} payloads[] = {
    [PAYLOAD_NONE] = { "none", NULL },
    [PAYLOAD_SA] = { "sa", isakmp_v1_sa },
    [PAYLOAD_P] = { "p", isakmp_v1_proposal },
    [PAYLOAD_T] = { "t", isakmp_v1_transform },
    [PAYLOAD_KE] = { "ke", isakmp_v1_key_exchange },
    [PAYLOAD_ID] = { "id", isakmp_v1_identification },
    [PAYLOAD_CERT] = { "cert", isakmp_v1_certificate },
    [PAYLOAD_CR] = { "cr", isakmp_v1_certificate },
    [PAYLOAD_HASH] = { "hash", isakmp_v1_opaque },
    [PAYLOAD_SIG] = { "sig", isakmp_v1_opaque },
    [PAYLOAD_NONCE] = { "nonce", isakmp_v1_nonce },
    [PAYLOAD_N] = { "n", isakmp_v1_notify },
    [PAYLOAD_D] = { "d", isakmp_v1_delete },
    [PAYLOAD_VID] = { "vid", isakmp_v1_opaque },
    { "pay14", NULL },
    { "pay15", NULL },
    { "pay16", NULL },
    { "pay17", NULL },
    { "pay18", NULL },
    { "pay19", NULL },
    { "pay20", NULL },
    { "pay21", NULL },
    { "pay22", NULL },
    { "pay23", NULL },
    { "pay24", NULL },
    { "pay25", NULL },
    { "pay26", NULL },
    { "pay27", NULL },
    { "pay28", NULL },
    { "pay29", NULL },
    { "pay30", NULL },
    { "pay31", NULL },
    { "pay32", NULL },
    [PAYLOAD_V2SA] = { "v2sa", isakmp_v2_sa },
    [PAYLOAD_V2KE] = { "v2ke", isakmp_v2_key_exchange },
    [PAYLOAD_V2ID_I] = { "v2IDi", isakmp_v2_identification },
    [PAYLOAD_V2ID_R] = { "v2IDr", isakmp_v2_identification },
    [PAYLOAD_V2CERT] = { "v2cert", isakmp_v2_opaque },
    [PAYLOAD_V2CR] = { "v2cr", isakmp_v2_opaque },
    [PAYLOAD_V2AUTH] = { "v2auth", isakmp_v2_auth },
    [PAYLOAD_V2NONCE] = { "v2nonce", isakmp_v2_nonce },
    [PAYLOAD_V2N] = { "v2n", isakmp_v2_notify },
    [PAYLOAD_V2D] = { "v2d", isakmp_v2_opaque },
    [PAYLOAD_V2VID] = { "v2vid", isakmp_v2_vendor },
    [PAYLOAD_V2TS_I] = { "v2TSi", isakmp_v2_opaque },
    [PAYLOAD_V2TS_R] = { "v2TSr", isakmp_v2_opaque },
    [PAYLOAD_V2E] = { "v2e", isakmp_v2_encrypted },
    [PAYLOAD_V2CP] = { "v2cp", isakmp_v2_opaque },
    [PAYLOAD_V2EAP] = { "v2eap", isakmp_v2_opaque },
};

const char *isakmp_payload_name(struct dissect *d, u8 type)
{
    return type < countof(payloads) ? payloads[type].name : name_of(d, &no_names, type, "#%u");
}

const char *isakmp_protocol_name(struct dissect *d, u8 protocol)
{
    NAMES(protocols, (1, "isakmp") (2, "ipsec-ah") (3, "ipsec-esp") (4, "ipcomp"));

    return name_of(d, &protocols.names, protocol, "#%u");
}

u32 isakmp_cut(struct dissect *d, const char *name)
{
    say(d, " [|%s]", name);
    return 0;
}

bool isakmp_say_rest(struct dissect *d, struct view v)
{
    if (!verbose(d, 3))
        return true;
    say_z(d, " ");
    return say_bytes_hex(d, v);
}

void isakmp_say_ends(struct dissect *d, struct view v)
{
    enum { FIRST = 10, LAST = 20 };
    struct view rest = view_from(v, FIRST);

    say_bytes_hex(d, view_clip(v, v.cap < FIRST ? v.cap : FIRST));
    say_z(d, "...");
    if (rest.cap > LAST)
        rest = view_from(rest, rest.cap - LAST);
    say_bytes_hex(d, view_clip(rest, rest.cap));
}

void isakmp_open(struct dissect *d, u32 depth)
{
    say_z(d, "\n");
    out_repeat(d->out, ' ', 4 * (size_t)depth);
    say_z(d, "(");
}

/* What stands between the brackets of a payload that is all there. */
static u32 say_between(struct dissect *d, struct isakmp_payload p)
{
    isakmp_printer *print = p.type < countof(payloads) ? payloads[p.type].print : NULL;

    if (p.len <= GENERIC_LEN) /* as tcpdump */
        return 0;
    if (print == NULL || (p.type == PAYLOAD_V2E && !p.v2)) {
        say_z(d, isakmp_payload_name(d, p.type));
        return p.len;
    }
    if (!descend(d))
        return 0;
    u32 step = print(d, p);
    ascend(d);
    return step;
}

u32 isakmp_payloads(struct dissect *d, struct isakmp_payload around, u8 first, struct view v)
{
    u32 at = 0;

    for (u8 type = first; type != PAYLOAD_NONE && !d->sealed;) {
        struct view rest = view_from(v, at);
        if (!view_has(rest, 0, GENERIC_LEN))
            return isakmp_cut(d, isakmp_payload_name(d, type));
        u32 len = be16_at(d, rest, PAYLOAD_LENGTH);
        if (!view_has(rest, 0, len))
            return isakmp_cut(d, isakmp_payload_name(d, type));
        isakmp_open(d, around.depth + 1u);
        struct isakmp_payload p = around; /* in the same message */
        p.type = type;
        p.depth++;
        p.len = len;
        p.v = rest;
        u32 step = say_between(d, p);
        say_z(d, ")");
        if (step == 0)
            return 0;
        type = u8_at(d, rest, PAYLOAD_NEXT);
        at += step;
    }
    return at;
}

static struct isakmp_hosts hosts_of(const struct dissect *d)
{
    struct isakmp_hosts hosts = { .version = d->net.version };
    u32 n = hosts.version == 4 ? 4 : 16;
    const void *src = view_at(d->net.src, 0, n), *dst = view_at(d->net.dst, 0, n);

    if (src == NULL || dst == NULL) {
        hosts.version = 0;
        return hosts;
    }
    memcpy(hosts.src, src, n);
    memcpy(hosts.dst, dst, n);
    return hosts;
}

static const char *side_of(struct dissect *d, struct view v)
{
    static const char *const letters[] = { "?", "I", "R" };
    struct isakmp_hosts hosts = hosts_of(d);

    return letters[isakmp_sender(&d->sessions->isakmp, bytes_at(d, v, INITIATOR_COOKIE, 8), &hosts,
                                 be64_at(d, v, RESPONDER_COOKIE) == 0)];
}

static const char *exchange_of(struct dissect *d, struct view v)
{
    return name_of(d, &exchange_types.names, u8_at(d, v, EXCHANGE_TYPE), "#%u");
}

static void say_v1(struct dissect *d, struct view v, u8 flags)
{
    say(d, " phase %s %s %s", be32_at(d, v, MESSAGE_ID) == 0 ? "1" : "2/others", side_of(d, v),
        exchange_of(d, v));
    if (flags != 0)
        say(d, "[%s%s]", (flags & ENCRYPTED) != 0 ? "E" : "", (flags & COMMIT) != 0 ? "C" : "");
}

static void say_v2(struct dissect *d, struct view v, u8 flags)
{
    say(d, " %s %s", be32_at(d, v, MESSAGE_ID) == 0 ? "parent_sa" : "child_sa ", exchange_of(d, v));
    if (flags != 0)
        say(d, "[%s%s%s]", (flags & V2_INITIATOR) != 0 ? "I" : "",
            (flags & V2_VERSION) != 0 ? "V" : "", (flags & V2_RESPONSE) != 0 ? "R" : "");
}

static void say_content(struct dissect *d, struct view v, bool v2)
{
    u8 first = u8_at(d, v, NEXT_PAYLOAD), flags = u8_at(d, v, FLAGS);

    say_z(d, ":");
    if ((flags & ENCRYPTED) != 0)
        say(d, " [encrypted %s]", isakmp_payload_name(d, first));
    else
        isakmp_payloads(d,
                        (struct isakmp_payload){ .v2 = v2,
                                                 .initiator = (flags & V2_INITIATOR) != 0,
                                                 .cookies = view_sub(v, 0, NEXT_PAYLOAD) },
                        first, view_from(v, HEADER_LEN));
    u32 len = be32_at(d, v, LENGTH);
    if (len != v.len)
        say(d, " (len mismatch: isakmp %u/ip %u)", len, v.len);
}

void print_isakmp(struct dissect *d, struct view v)
{
    d->proto = "isakmp";
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    u8 version = u8_at(d, v, VERSION), flags = u8_at(d, v, FLAGS);
    say_z(d, "isakmp");
    if (verbose(d, 1))
        say(d, " %u.%u msgid %08x", version >> 4, version & 15, be32_at(d, v, MESSAGE_ID));
    if (verbose(d, 2))
        say(d, " cookie %08x%08x->%08x%08x", be32_at(d, v, INITIATOR_COOKIE),
            be32_at(d, v, INITIATOR_COOKIE + 4), be32_at(d, v, RESPONDER_COOKIE),
            be32_at(d, v, RESPONDER_COOKIE + 4));
    say_z(d, ":");
    switch (version >> 4) {
    case 1: say_v1(d, v, flags); break;
    case 2: say_v2(d, v, flags); break;
    default: return;
    }
    if (verbose(d, 1))
        say_content(d, v, version >> 4 == 2);
}
