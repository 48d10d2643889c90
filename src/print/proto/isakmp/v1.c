/*
 * The payloads of IKE version 1.  RFC 2408, sections 3.4 to 3.16, with the IPsec domain of
 * interpretation: RFC 2407, section 4.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   | next payload  |   reserved    |            length             |  all
 *   +---------------+---------------+-------------------------------+
 *   |                    domain of interpretation                   |  security association:
 *   |                           situation                           |  then proposals
 *   +---------------+---------------+---------------+---------------+
 *   |    number     |   protocol    |  SPI length   |  transforms   |  proposal: SPI, transforms
 *   +---------------+---------------+---------------+---------------+
 *   |    number     |  transform    |           reserved            |  transform: attributes
 *   +---------------+---------------+-------------------------------+
 *   |     type      |   protocol    |             port              |  identification
 *   +---------------+---------------+-------------------------------+
 *   |                    domain of interpretation                   |  notification and delete:
 *   |   protocol    |  SPI length   |  notify type, number of SPIs  |  SPIs, data
 *   +---------------+---------------+-------------------------------+
 */
#include "print/proto/ip.h"
#include "print/proto/isakmp/isakmp.h"

enum { SA_DOI = 4, SA_SITUATION = 8, SA_LEN = 12, LABELS_LEN = 4 };
enum { P_NUMBER = 4, P_PROTOCOL, P_SPI_LEN, P_TRANSFORMS, P_LEN };
enum { T_NUMBER = 4, T_ID, T_LEN = 8 };
enum { ID_TYPE = 4, ID_PROTOCOL, ID_PORT, ID_DATA = 8 };
enum { CERT_ENCODING = 4, CERT_LEN = 6 };
enum { N_DOI = 4, N_PROTOCOL = 8, N_SPI_LEN, N_TYPE, N_SPIS = 10, N_LEN = 12 };

enum { DOI_IPSEC = 1 };
enum { IDENTITY = 1, SECRECY = 2, INTEGRITY = 4 };
enum { RESPONDER_LIFETIME = 24576, REPLAY_STATUS = 24577 };

/* RFC 2408, section 3.14.1. */
NAMES(notify_errors,
      (1, "INVALID-PAYLOAD-TYPE")
      (2, "DOI-NOT-SUPPORTED")
      (3, "SITUATION-NOT-SUPPORTED")
      (4, "INVALID-COOKIE")
      (5, "INVALID-MAJOR-VERSION")
      (6, "INVALID-MINOR-VERSION")
      (7, "INVALID-EXCHANGE-TYPE")
      (8, "INVALID-FLAGS")
      (9, "INVALID-MESSAGE-ID")
      (10, "INVALID-PROTOCOL-ID")
      (11, "INVALID-SPI")
      (12, "INVALID-TRANSFORM-ID")
      (13, "ATTRIBUTES-NOT-SUPPORTED")
      (14, "NO-PROPOSAL-CHOSEN")
      (15, "BAD-PROPOSAL-SYNTAX")
      (16, "PAYLOAD-MALFORMED")
      (17, "INVALID-KEY-INFORMATION")
      (18, "INVALID-ID-INFORMATION")
      (19, "INVALID-CERT-ENCODING")
      (20, "INVALID-CERTIFICATE")
      (21, "CERT-TYPE-UNSUPPORTED")
      (22, "INVALID-CERT-AUTHORITY")
      (23, "INVALID-HASH-INFORMATION")
      (24, "AUTHENTICATION-FAILED")
      (25, "INVALID-SIGNATURE")
      (26, "ADDRESS-NOTIFICATION")
      (27, "NOTIFY-SA-LIFETIME")
      (28, "CERTIFICATE-UNAVAILABLE")
      (29, "UNSUPPORTED-EXCHANGE-TYPE")
      (30, "UNEQUAL-PAYLOAD-LENGTHS"));

/* RFC 2407, section 4.6.3. */
NAMES(notify_ipsec, (0, "RESPONDER-LIFETIME") (1, "REPLAY-STATUS") (2, "INITIAL-CONTACT"));
NAMES(notify_private_errors, (0, "RESERVED"));
NAMES(notify_status, (0, "CONNECTED"));

/* The identifiers of transforms of one protocol: RFC 2409, RFC 2407, section 4.4. */
static const char *const ike_transforms[] = { NULL, "ike" };
static const char *const ah_transforms[] = { NULL,   "(reserved)", "md5",      "sha",
                                             "1des", "sha2-256",   "sha2-384", "sha2-512" };
const char *const isakmp_ciphers[ISAKMP_CIPHERS] = {
    NULL,       "1des-iv64", "1des",      "3des", "rc5",  "idea", "cast",
    "blowfish", "3idea",     "1des-iv32", "rc4",  "null", "aes",
};
static const char *const ipcomp_transforms[] = { NULL, "oui", "deflate", "lzs" };

static const struct {
    const char *const *ids; /* NULL: numbers */
    u32 count;
    const struct isakmp_attributes *attributes;
} transforms[] = {
    { NULL, 0, NULL },
    { ike_transforms, countof(ike_transforms), &isakmp_ike_attributes },
    { ah_transforms, countof(ah_transforms), &isakmp_ipsec_attributes },
    { isakmp_ciphers, ISAKMP_CIPHERS, &isakmp_ipsec_attributes },
    { ipcomp_transforms, countof(ipcomp_transforms), &isakmp_ipsec_attributes },
};

static void say_situation(struct dissect *d, u32 situation)
{
    NAMES(parts, (IDENTITY, "identity") (SECRECY, "secrecy") (INTEGRITY, "integrity"));

    say_z(d, flags_of(d, &parts.names, situation & (IDENTITY | SECRECY | INTEGRITY), "+", ""));
}

u32 isakmp_v1_sa(struct dissect *d, struct isakmp_payload p)
{
    say_z(d, "sa:");
    if (!view_has(p.v, 0, SA_LEN))
        return isakmp_cut(d, "sa");
    u32 doi = be32_at(d, p.v, SA_DOI), situation = be32_at(d, p.v, SA_SITUATION);
    if (doi != DOI_IPSEC) {
        say(d, " doi=%u situation=%u", doi, situation);
        return SA_LEN;
    }
    u32 at = SA_LEN;
    say_z(d, " doi=ipsec situation=");
    say_situation(d, situation);
    if (situation != IDENTITY) {
        say(d, " ident=%u", be32_at(d, p.v, SA_DOI)); /* as tcpdump: not the labels behind it */
        at += LABELS_LEN;
    }
    if (!view_has(p.v, at, GENERIC_LEN))
        return isakmp_cut(d, "sa");
    u32 taken = isakmp_payloads(d, p, PAYLOAD_P, view_from(p.v, at));
    return taken == 0 ? 0 : at + taken;
}

u32 isakmp_v1_proposal(struct dissect *d, struct isakmp_payload p)
{
    say_z(d, "p:");
    if (!view_has(p.v, 0, P_LEN))
        return isakmp_cut(d, "p");
    u32 spi_len = u8_at(d, p.v, P_SPI_LEN), at = P_LEN + spi_len;
    p.proto = u8_at(d, p.v, P_PROTOCOL);
    say(d, " #%u protoid=%s transform=%u", u8_at(d, p.v, P_NUMBER),
        isakmp_protocol_name(d, p.proto), u8_at(d, p.v, P_TRANSFORMS));
    if (spi_len > 0) {
        say_z(d, " spi=");
        if (!say_bytes_hex(d, view_sub(p.v, P_LEN, spi_len)))
            return isakmp_cut(d, "p");
    }
    if (!view_has(p.v, at, GENERIC_LEN))
        return isakmp_cut(d, "p");
    u32 taken = isakmp_payloads(d, p, PAYLOAD_T, view_from(p.v, at));
    return taken == 0 ? 0 : at + taken;
}

u32 isakmp_v1_transform(struct dissect *d, struct isakmp_payload p)
{
    say_z(d, "t:");
    if (!view_has(p.v, 0, T_LEN))
        return isakmp_cut(d, "t");
    u32 family = p.proto < countof(transforms) ? p.proto : 0, id = u8_at(d, p.v, T_ID);
    say(d, " #%u id=%s ", u8_at(d, p.v, T_NUMBER),
        name_in(d, transforms[family].ids, transforms[family].count, id,
                transforms[family].ids != NULL ? "#%u" : "%u"));
    return isakmp_say_attributes(d, p.v, T_LEN, p.len, transforms[family].attributes);
}

u32 isakmp_v1_key_exchange(struct dissect *d, struct isakmp_payload p)
{
    say(d, "ke: key len=%u", p.len - GENERIC_LEN);
    isakmp_say_rest(d, view_sub(p.v, GENERIC_LEN, p.len - GENERIC_LEN));
    return p.len;
}

/* Hash, signature, vendor. */
u32 isakmp_v1_opaque(struct dissect *d, struct isakmp_payload p)
{
    say(d, "%s: len=%u", isakmp_payload_name(d, p.type), p.len - GENERIC_LEN);
    isakmp_say_rest(d, view_sub(p.v, GENERIC_LEN, p.len - GENERIC_LEN));
    return p.len;
}

u32 isakmp_v1_nonce(struct dissect *d, struct isakmp_payload p)
{
    say(d, "nonce: n len=%u", p.len - GENERIC_LEN);
    if (verbose(d, 3)) {
        isakmp_say_rest(d, view_sub(p.v, GENERIC_LEN, p.len - GENERIC_LEN));
    } else if (verbose(d, 2)) {
        say_z(d, "  data=(");
        isakmp_say_ends(d, view_from(p.v, GENERIC_LEN));
        say_z(d, ")");
    }
    return p.len;
}

/* Certificate, certificate request. */
u32 isakmp_v1_certificate(struct dissect *d, struct isakmp_payload p)
{
    NAMES(encodings,
          (0, "none") (1, "pkcs7") (2, "pgp") (3, "dns") (4, "x509sign") (5, "x509ke")
          (6, "kerberos") (7, "crl") (8, "arl") (9, "spki") (10, "x509attr"));
    const char *name = isakmp_payload_name(d, p.type);

    say(d, "%s:", name);
    if (!view_has(p.v, 0, CERT_LEN)) /* as tcpdump: with one byte of data */
        return isakmp_cut(d, name);
    say(d, " len=%u type=%s", p.len - GENERIC_LEN,
        name_of(d, &encodings.names, u8_at(d, p.v, CERT_ENCODING), "#%u"));
    isakmp_say_rest(d, view_sub(p.v, GENERIC_LEN, p.len - GENERIC_LEN));
    return p.len;
}

/* Two addresses, IPv4 or IPv6, with a sign between them. */
static void say_pair(struct dissect *d, struct view v, u32 size, char sign)
{
    if (size == 4)
        say(d, " %pI4%c%pI4", bytes_at(d, v, 0, 4), sign, bytes_at(d, v, 4, 4));
    else
        say(d, " %pI6%c%pI6", bytes_at(d, v, 0, 16), sign, bytes_at(d, v, 16, 16));
}

/* RFC 2407, section 4.6.2. */
enum {
    ID_IPV4 = 1,
    ID_FQDN,
    ID_USER_FQDN,
    ID_IPV4_NET,
    ID_IPV6,
    ID_IPV6_NET,
    ID_IPV4_RANGE,
    ID_IPV6_RANGE,
};

static const struct {
    const char *text;
    u8 least; /* bytes of its data; 0: any number */
} identities[] = {
    { NULL, 0 },         { "IPv4", 4 },    { "FQDN", 0 },     { "user FQDN", 0 },
    { "IPv4net", 8 },    { "IPv6", 16 },   { "IPv6net", 32 }, { "IPv4range", 8 },
    { "IPv6range", 32 }, { "ASN1 DN", 0 }, { "ASN1 GN", 0 },  { "keyid", 0 },
};

static void say_identity(struct dissect *d, u8 type, struct view v)
{
    switch (type) {
    case ID_IPV4: say(d, " %pI4", bytes_at(d, v, 0, 4)); break;
    case ID_IPV6: say(d, " %pI6", bytes_at(d, v, 0, 16)); break;
    case ID_IPV4_NET: say_pair(d, v, 4, '/'); break;
    case ID_IPV4_RANGE: say_pair(d, v, 4, '-'); break;
    case ID_IPV6_RANGE: say_pair(d, v, 16, '-'); break;
    case ID_IPV6_NET:
        say(d, " %pI6/0x", bytes_at(d, v, 0, 16)); /* as tcpdump: the mask is no address */
        say_bytes_hex(d, view_sub(v, 16, 16));
        break;
    case ID_FQDN:
    case ID_USER_FQDN:
        say_z(d, " ");
        say_visible(d, v);
        break;
    default: isakmp_say_rest(d, v); break;
    }
}

u32 isakmp_v1_identification(struct dissect *d, struct isakmp_payload p)
{
    say_z(d, "id:");
    if (!view_has(p.v, 0, ID_DATA))
        return isakmp_cut(d, "id");
    u8 type = u8_at(d, p.v, ID_TYPE), protocol = u8_at(d, p.v, ID_PROTOCOL);
    bool known = type < countof(identities);
    if (known && identities[type].text != NULL)
        say(d, " idtype=%s", identities[type].text);
    else
        say(d, " idtype=#%u", type);
    const char *keyword = d->opt->numeric || protocol == 0 ? NULL : ip_protocol_keyword(protocol);
    if (keyword != NULL)
        say(d, " protoid=%s", keyword);
    else
        say(d, " protoid=%u", protocol);
    say(d, " port=%u", be16_at(d, p.v, ID_PORT));
    if (p.len <= ID_DATA)
        return p.len;
    u32 n = p.len - ID_DATA;
    say(d, " len=%u", n);
    if (known && n < identities[type].least)
        say(d, " [bad: < %u]", identities[type].least);
    else
        say_identity(d, type, view_sub(p.v, ID_DATA, n));
    return p.len;
}

/* The domain, the protocol, and whether the domain is that of IPsec. */
static bool say_domain(struct dissect *d, struct view v)
{
    u32 doi = be32_at(d, v, N_DOI);
    u8 protocol = u8_at(d, v, N_PROTOCOL);

    if (doi != DOI_IPSEC)
        say(d, " doi=%u proto=%u", doi, protocol);
    else
        say(d, " doi=ipsec proto=%s", isakmp_protocol_name(d, protocol));
    return doi == DOI_IPSEC;
}

/* Four ranges of types, two of which belong to the domain. */
static const char *notify_name(struct dissect *d, u32 type, bool ipsec)
{
    if (type < 8192)
        return name_of(d, &notify_errors.names, type, "#%u");
    if (type < 16384 && ipsec)
        return name_of(d, &notify_private_errors.names, type - 8192, "#%u");
    if (type >= 16384 && type < 24576)
        return name_of(d, &notify_status.names, type - 16384, "#%u");
    if (type >= 24576 && type < 32768 && ipsec)
        return name_of(d, &notify_ipsec.names, type - 24576, "#%u");
    return name_in(d, NULL, 0, type, "#%u");
}

/* The notification's data, from `at` on; there is some. */
static void say_notify_data(struct dissect *d, struct isakmp_payload p, u32 type, u32 at)
{
    switch (type) {
    case RESPONDER_LIFETIME:
        say_z(d, " attrs=(");
        isakmp_say_attributes(d, p.v, at, p.len, &isakmp_ike_attributes);
        break;
    case REPLAY_STATUS:
        say_z(d, " status=(");
        say(d, "replay detection %sabled", be32_at(d, p.v, at) != 0 ? "en" : "dis");
        break;
    default:
        say_z(d, " data=(");
        if (verbose(d, 4))
            say_bytes_hex(d, view_clip(view_from(p.v, at), p.v.cap - at));
        else
            isakmp_say_ends(d, view_from(p.v, at));
        break;
    }
    say_z(d, ")");
}

u32 isakmp_v1_notify(struct dissect *d, struct isakmp_payload p)
{
    say_z(d, "n:");
    if (!view_has(p.v, 0, N_LEN))
        return isakmp_cut(d, "n");
    bool ipsec = say_domain(d, p.v);
    u32 type = be16_at(d, p.v, N_TYPE), spi_len = u8_at(d, p.v, N_SPI_LEN), at = N_LEN + spi_len;
    say(d, " type=%s", notify_name(d, type, ipsec));
    if (spi_len > 0) {
        say_z(d, " spi=");
        if (!say_bytes_hex(d, view_sub(p.v, N_LEN, spi_len)))
            return isakmp_cut(d, "n");
    }
    if (!ipsec)
        return at;
    if (at < p.v.cap)
        say_notify_data(d, p, type, at);
    return p.len;
}

u32 isakmp_v1_delete(struct dissect *d, struct isakmp_payload p)
{
    say_z(d, "d:");
    if (!view_has(p.v, 0, N_LEN))
        return isakmp_cut(d, "d");
    u32 spi_len = u8_at(d, p.v, N_SPI_LEN), count = be16_at(d, p.v, N_SPIS), at = N_LEN;
    say_domain(d, p.v);
    say(d, " spilen=%u nspi=%u spi=", spi_len, count);
    for (u32 i = 0; repeat(d, i, count); i++, at += spi_len) {
        if (i > 0)
            say_z(d, ",");
        if (!say_bytes_hex(d, view_sub(p.v, at, spi_len)))
            return isakmp_cut(d, "d");
    }
    return at;
}
