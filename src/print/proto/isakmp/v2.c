/*
 * The payloads of IKE version 2.  RFC 7296, section 3.
 *
 *    0               1               2               3
 *   +---------------+-+-------------+-------------------------------+
 *   | next payload  |C|  reserved   |            length             |  all
 *   +---------------+-+-------------+---------------+---------------+
 *   |    number     |   protocol    |  SPI length   |  transforms   |  proposal: SPI, transforms
 *   +---------------+---------------+---------------+---------------+
 *   |     type      |   reserved    |         transform id          |  transform: attributes
 *   +---------------+---------------+-------------------------------+
 *   |             group             |           reserved            |  key exchange: key
 *   +---------------+---------------+-------------------------------+
 *   |   id, method  |                   reserved                    |  identification, auth: data
 *   +---------------+---------------+-------------------------------+
 *   |   protocol    |  SPI length   |             type              |  notification: SPI, data
 *   +---------------+---------------+-------------------------------+
 */
#include "print/proto/isakmp/isakmp.h"

#include "print/secrets.h"

enum { P_NUMBER = 4, P_PROTOCOL, P_SPI_LEN, P_TRANSFORMS, P_LEN };
enum { T_TYPE = 4, T_ID = 6, T_LEN = 8 };
enum { TRANSFORM_CIPHER = 1 };
enum { KE_GROUP = 4, KE_LEN = 8 };
enum { ID_TYPE = 4, AUTH_METHOD = 4, ID_LEN = 8 };
enum { N_PROTOCOL = 4, N_SPI_LEN, N_TYPE, N_LEN = 8 };

enum { CRITICAL = 0x80 };
enum { NOTIFY_COOKIE = 16390 };

/* The name of a payload with its critical bit. */
static void say_title(struct dissect *d, const char *name, struct view v)
{
    say(d, "%s%s:", name, (u8_at(d, v, PAYLOAD_CRITICAL) & CRITICAL) != 0 ? "[C]" : "");
}

/* -- security association, proposals, transforms */

static const char *const prfs[] = { NULL, "hmac-md5", "hmac-sha", "hmac-tiger", "aes128_xcbc" };
static const char *const integrities[] = { NULL,      "hmac-md5", "hmac-sha",
                                           "dec-mac", "kpdk-md5", "aes-xcbc" };
static const char *const sequence_numbers[] = { "no-esn", "esn" };

static const struct {
    const char *text;
    const char *const *ids;
    u32 count;
} transform_types[] = {
    { NULL, NULL, 0 },
    { "encr", isakmp_ciphers, ISAKMP_CIPHERS },
    { "prf", prfs, countof(prfs) },
    { "integ", integrities, countof(integrities) },
    { "dh", isakmp_groups, ISAKMP_GROUPS },
    { "esn", sequence_numbers, countof(sequence_numbers) },
};

/* An element of a list: its `n`-th, from 1 on.  As isakmp_printer. */
typedef u32 element_printer(struct dissect *d, struct isakmp_payload p, u32 n);

/* A list of elements inside a payload, which alone says what type the first one has. */
struct list {
    const char *name; /* what is cut when the list is */
    u8 type;          /* of its elements */
    element_printer *print;
    u32 left; /* bytes of it */
};

/*
 * The elements of a list, from offset `at` of `around` on.  Returns where it ended, or 0 when
 * nothing may follow.
 */
static u32 say_list(struct dissect *d, struct isakmp_payload around, u32 at, struct list list)
{
    u8 type = list.type;

    for (u32 n = 1; type != PAYLOAD_NONE && !d->sealed; n++) {
        struct view v = view_from(around.v, at);
        if (list.left < GENERIC_LEN)
            break;
        if (!view_has(v, 0, GENERIC_LEN))
            return isakmp_cut(d, list.name);
        u32 len = be16_at(d, v, PAYLOAD_LENGTH), step = len;
        if (len <= GENERIC_LEN) /* as tcpdump */
            return isakmp_cut(d, list.name);
        if (list.left < len)
            break;
        if (!view_has(v, 0, len))
            return isakmp_cut(d, list.name);
        isakmp_open(d, around.depth + 1u);
        if (type == list.type) {
            struct isakmp_payload p = around;
            p.depth++;
            p.len = len;
            p.v = v;
            step = list.print(d, p, n);
            if (step == 0)
                return 0;
        } else {
            say_z(d, isakmp_payload_name(d, type));
        }
        say_z(d, ")");
        type = u8_at(d, v, PAYLOAD_NEXT);
        at += step;
        list.left -= len;
    }
    if (type == PAYLOAD_NONE)
        return at;
    isakmp_cut(d, list.name);
    return at + list.left;
}

static u32 say_transform(struct dissect *d, struct isakmp_payload p, u32 n)
{
    if (!view_has(p.v, 0, T_LEN))
        return isakmp_cut(d, "t");
    u32 type = u8_at(d, p.v, T_TYPE), id = be16_at(d, p.v, T_ID);
    say_title(d, "t", p.v);
    if (type > 0 && type < countof(transform_types))
        say(d, " #%u type=%s id=%s ", n, transform_types[type].text,
            name_in(d, transform_types[type].ids, transform_types[type].count, id, "#%u"));
    else
        say(d, " #%u type=#%u id=%u ", n, type, id);
    if (p.len <= T_LEN)
        return T_LEN;
    return isakmp_say_attributes(d, p.v, T_LEN, p.len,
                                 type == TRANSFORM_CIPHER ? &isakmp_v2_attributes : NULL);
}

static u32 say_proposal(struct dissect *d, struct isakmp_payload p, u32 n)
{
    (void)n; /* proposals have their own numbers */
    if (!view_has(p.v, 0, P_LEN))
        return isakmp_cut(d, "p");
    struct list list = { "p", PAYLOAD_T, say_transform, p.len - GENERIC_LEN }; /* as tcpdump */
    u32 at = P_LEN, spi_len = u8_at(d, p.v, P_SPI_LEN);
    say_title(d, "p", p.v);
    say(d, " #%u protoid=%s transform=%u len=%u", u8_at(d, p.v, P_NUMBER),
        isakmp_protocol_name(d, u8_at(d, p.v, P_PROTOCOL)), u8_at(d, p.v, P_TRANSFORMS), p.len);
    if (spi_len > list.left) {
        isakmp_cut(d, list.name);
        return at + list.left;
    }
    if (spi_len > 0) {
        say_z(d, " spi=");
        if (!say_bytes_hex(d, view_sub(p.v, at, spi_len)))
            return isakmp_cut(d, list.name);
        at += spi_len;
        list.left -= spi_len;
    }
    return say_list(d, p, at, list);
}

u32 isakmp_v2_sa(struct dissect *d, struct isakmp_payload p)
{
    struct list list = { "v2sa", PAYLOAD_P, say_proposal, p.len - GENERIC_LEN };

    say_title(d, "sa", p.v);
    say(d, " len=%u", list.left);
    return say_list(d, p, GENERIC_LEN, list);
}

/* -- the other payloads */

u32 isakmp_v2_key_exchange(struct dissect *d, struct isakmp_payload p)
{
    if (!view_has(p.v, 0, KE_LEN))
        return isakmp_cut(d, "v2ke");
    say_title(d, "v2ke", p.v);
    if (p.len < KE_LEN) {
        say(d, " len=%u < 8", p.len);
        return p.len;
    }
    u32 n = p.len - KE_LEN;
    say(d, " len=%u group=%s", n,
        name_in(d, isakmp_groups, ISAKMP_GROUPS, be16_at(d, p.v, KE_GROUP), "#%u"));
    if (n > 0)
        isakmp_say_rest(d, view_sub(p.v, KE_LEN, n));
    return p.len;
}

static void say_printable(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < v.cap; i++) {
        u8 c = (u8)view_byte(v, i);
        out_char(d->out, is_print(c) ? (char)c : '.');
    }
}

u32 isakmp_v2_identification(struct dissect *d, struct isakmp_payload p)
{
    static const struct {
        const char *text; /* NULL: neither name nor data is shown */
        bool as_text;
    } types[] = {
        { NULL, false }, { "ipv4", false }, { "fqdn", true }, { "rfc822", true },
        { NULL, false }, { "ipv6", false }, { NULL, false },  { NULL, false },
        { NULL, false }, { "dn", false },   { "gn", false },  { "keyid", false },
    };
    const char *name = isakmp_payload_name(d, p.type);

    if (!view_has(p.v, 0, ID_LEN))
        return isakmp_cut(d, name);
    say_title(d, name, p.v);
    say(d, " len=%u", p.len - GENERIC_LEN);
    isakmp_say_rest(d, view_sub(p.v, GENERIC_LEN, p.len - GENERIC_LEN));
    if (p.len < ID_LEN) {
        say_z(d, " [payload too short]");
        return p.len;
    }
    u8 type = u8_at(d, p.v, ID_TYPE);
    if (type >= countof(types) || types[type].text == NULL)
        return p.len;
    say(d, " %s:", types[type].text);
    struct view data = view_sub(p.v, ID_LEN, p.len - ID_LEN);
    if (types[type].as_text)
        say_printable(d, data);
    else
        say_bytes_hex(d, data);
    return p.len;
}

u32 isakmp_v2_auth(struct dissect *d, struct isakmp_payload p)
{
    NAMES(methods, (0, "invalid") (1, "rsasig") (2, "shared-secret") (3, "dsssig"));

    if (!view_has(p.v, 0, ID_LEN))
        return isakmp_cut(d, "v2auth");
    say_title(d, "v2auth", p.v);
    say(d, " len=%u method=%s", p.len - GENERIC_LEN,
        name_of(d, &methods.names, u8_at(d, p.v, AUTH_METHOD), "#%u"));
    if (verbose(d, 2)) {
        say_z(d, " authdata=(");
        if (p.len < ID_LEN)
            return isakmp_cut(d, "v2auth");
        say_bytes_hex(d, view_sub(p.v, ID_LEN, p.len - ID_LEN));
        say_z(d, ") ");
    } else {
        say_z(d, " data=(");
        isakmp_say_ends(d, view_from(p.v, ID_LEN));
        say_z(d, ")");
    }
    return p.len;
}

u32 isakmp_v2_nonce(struct dissect *d, struct isakmp_payload p)
{
    say_title(d, "nonce", p.v);
    say(d, " len=%u", p.len - GENERIC_LEN);
    if (verbose(d, 2)) {
        say_z(d, " nonce=(");
        say_bytes_hex(d, view_sub(p.v, GENERIC_LEN, p.len - GENERIC_LEN));
        say_z(d, ") ");
    } else {
        say_z(d, " data=(");
        isakmp_say_ends(d, view_from(p.v, GENERIC_LEN));
        say_z(d, ")");
    }
    return p.len;
}

/* RFC 7296, section 3.10.1.  as tcpdump: some never show their SPI. */
static const struct notify {
    u16 type;
    bool no_spi;
    const char *text;
} notifications[] = {
    { 1, true, "unsupported_critical_payload" },
    { 4, false, "invalid_ike_spi" },
    { 5, true, "invalid_major_version" },
    { 7, false, "invalid_syntax" },
    { 9, false, "invalid_message_id" },
    { 11, false, "invalid_spi" },
    { 14, false, "no_protocol_chosen" },
    { 17, false, "invalid_ke_payload" },
    { 24, false, "authentication_failed" },
    { 34, false, "single_pair_required" },
    { 35, true, "no_additional_sas" },
    { 36, true, "internal_address_failure" },
    { 37, true, "failed:cp_required" },
    { 39, true, "invalid_selectors" },
    { 16384, true, "initial_contact" },
    { 16385, true, "set_window_size" },
    { 16386, true, "additional_ts_possible" },
    { 16387, true, "ipcomp_supported" },
    { 16388, false, "nat_detection_source_ip" },
    { 16389, false, "nat_detection_destination_ip" },
    { NOTIFY_COOKIE, false, "cookie" },
    { 16391, true, "use_transport_mode" },
    { 16392, true, "http_cert_lookup_supported" },
    { 16393, false, "rekey_sa" },
    { 16394, true, "tfc_padding_not_supported" },
    { 16395, true, "non_first_fragment_also" },
};

static struct notify notify_of(u32 type)
{
    for (size_t i = 0; i < countof(notifications); i++)
        if (notifications[i].type == type)
            return notifications[i];
    const char *range = type < 8192    ? "error"
                        : type < 16384 ? "private-error"
                        : type < 40960 ? "status"
                                       : "private-status";
    return (struct notify){ .text = range };
}

/* as tcpdump: up to the end of the packet */
static void say_notify_data(struct dissect *d, u32 type, struct view data)
{
    enum { SHOWN_WHOLE = 30 };

    if (data.cap == 0 || (type != NOTIFY_COOKIE && !verbose(d, 4)))
        return;
    say_z(d, " data=(");
    if (data.cap < SHOWN_WHOLE || verbose(d, 4))
        say_bytes_hex(d, view_clip(data, data.cap));
    else
        isakmp_say_ends(d, data);
    say_z(d, ")");
}

u32 isakmp_v2_notify(struct dissect *d, struct isakmp_payload p)
{
    if (!view_has(p.v, 0, N_LEN))
        return isakmp_cut(d, "n");
    u32 type = be16_at(d, p.v, N_TYPE), spi_len = u8_at(d, p.v, N_SPI_LEN);
    struct notify notify = notify_of(type);
    say_title(d, "n", p.v);
    say(d, " prot_id=%s type=%u(%s)", isakmp_protocol_name(d, u8_at(d, p.v, N_PROTOCOL)), type,
        notify.text);
    if (!notify.no_spi && spi_len > 0) {
        say_z(d, " spi=");
        if (!say_bytes_hex(d, view_sub(p.v, N_LEN, spi_len)))
            return isakmp_cut(d, "n");
    }
    say_notify_data(d, type, view_from(p.v, N_LEN + spi_len));
    return p.len;
}

u32 isakmp_v2_vendor(struct dissect *d, struct isakmp_payload p)
{
    enum { TOO_SHORT_FOR_HEX = 4 };
    struct view data = view_sub(p.v, GENERIC_LEN, p.len - GENERIC_LEN);

    say_title(d, "v2vid", p.v);
    say(d, " len=%u vid=", data.len);
    say_printable(d, data);
    if (data.len > TOO_SHORT_FOR_HEX)
        isakmp_say_rest(d, data);
    return p.len;
}

/* Certificate, certificate request, delete, traffic selectors, configuration, EAP. */
u32 isakmp_v2_opaque(struct dissect *d, struct isakmp_payload p)
{
    say_title(d, isakmp_payload_name(d, p.type), p.v);
    say(d, " len=%u", p.len - GENERIC_LEN);
    isakmp_say_rest(d, view_sub(p.v, GENERIC_LEN, p.len - GENERIC_LEN));
    return p.len;
}

/* as tcpdump: one step further to the right than other payloads in payloads */
static void say_decrypted(struct dissect *d, struct isakmp_payload p, struct view data)
{
    const struct secrets *s = d->opt->secrets;
    const void *cookies = view_at(p.cookies, 0, SECRET_COOKIES);
    struct view plain;

    if (likely(s == NULL) || cookies == NULL)
        return;
    const struct secret *secret = secret_for_ike(s, cookies, p.initiator);
    if (secret == NULL || !secret_fits(secret, data) || !secret_open(s, secret, data, &plain))
        return;
    u8 first = u8_at(d, p.v, PAYLOAD_NEXT);
    p.depth++;
    isakmp_payloads(d, p, first, plain);
}

/* Everything behind it is inside. */
u32 isakmp_v2_encrypted(struct dissect *d, struct isakmp_payload p)
{
    enum { TOO_SHORT_FOR_HEX = 4 };
    struct view data = view_sub(p.v, GENERIC_LEN, p.len - GENERIC_LEN);

    say_title(d, "v2e", p.v);
    say(d, " len=%u", data.len);
    if (data.len > TOO_SHORT_FOR_HEX)
        isakmp_say_rest(d, data);
    say_decrypted(d, p, data);
    return 0;
}
