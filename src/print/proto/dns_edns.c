/*
 * Options of EDNS, the extension mechanisms for DNS.  RFC 6891, section 6.1.2.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |             code              |            length             |
 *   +-------------------------------+-------------------------------+
 *   |                        data (variable)                        |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/dns_name.h"
#include "print/proto/dns_rr.h"

enum { CODE, LENGTH = 2, DATA = 4 };

enum option {
    NSID = 3,       /* RFC 5001 */
    DAU = 5,        /* RFC 6975: algorithms understood */
    DHU = 6,
    N3U = 7,
    ECS = 8,        /* RFC 7871: client subnet */
    EXPIRE = 9,     /* RFC 7314 */
    COOKIE = 10,    /* RFC 7873 */
    KEEPALIVE = 11, /* RFC 7828 */
    PADDING = 12,   /* RFC 7830 */
    CHAIN = 13,     /* RFC 7901 */
    KEY_TAG = 14,   /* RFC 8145 */
};

NAMES(codes,
      (1, "LLQ") (2, "UL") (NSID, "NSID") (DAU, "DAU") (DHU, "DHU") (N3U, "N3U") (ECS, "ECS")
      (EXPIRE, "EXPIRE") (COOKIE, "COOKIE") (KEEPALIVE, "KEEPALIVE") (PADDING, "PADDING")
      (CHAIN, "CHAIN") (KEY_TAG, "KEY-TAG") (16, "CLIENT-TAG") (17, "SERVER-TAG"));

/* DNS Security Algorithm Numbers. */
NAMES(signature_algorithms,
      (0, "DELETE") (1, "RSAMD5") (2, "DH") (3, "DS") (5, "RSASHA1") (6, "DSA-NSEC3-SHA1")
      (7, "RSASHA1-NSEC3-SHA1") (8, "RSASHA256") (10, "RSASHA512") (12, "ECC-GOST")
      (13, "ECDSAP256SHA256") (14, "ECDSAP384SHA384") (15, "ED25519") (16, "ED448")
      (252, "INDIRECT") (253, "PRIVATEDNS") (254, "PRIVATEOID"));

/* Delegation Signer digests. */
NAMES(digest_algorithms, (1, "SHA-1") (2, "SHA-256") (3, "GOST_R_34.11-94") (4, "SHA-384"));

/* NSEC3 hashes. */
NAMES(hash_algorithms, (1, "SHA-1"));

static void say_hex(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < v.cap; i++)
        out_hex_pad(d->out, (u64)view_byte(v, i), 2);
}

static void say_algorithms(struct dissect *d, struct view v, const struct names *table)
{
    for (u32 i = 0; i < v.len; i++)
        say(d, "%s%s", i > 0 ? " " : "", name_of(d, table, u8_at(d, v, i), "Alg_%u"));
}

/* RFC 7871, section 6: family, source and scope prefix lengths, as many bytes as those need. */
static void say_subnet(struct dissect *d, struct view v)
{
    enum { FAMILY, SOURCE = 2, SCOPE, ADDRESS };
    enum { FAMILY_IP4 = 1, FAMILY_IP6 = 2 };

    if (v.len < ADDRESS) {
        invalid(d);
        return;
    }
    u16 family = be16_at(d, v, FAMILY);
    u32 source = u8_at(d, v, SOURCE), scope = u8_at(d, v, SCOPE), bytes = v.len - ADDRESS;
    u32 size = family == FAMILY_IP4 ? 4 : family == FAMILY_IP6 ? 16 : 0;
    u8 address[16] = { 0 };

    if (size == 0 || source > size * 8 || scope > size * 8 || bytes > size ||
        bytes != (source + 7) / 8) {
        invalid(d);
        return;
    }
    memcpy(address, bytes_at(d, v, ADDRESS, bytes), bytes);
    if (family == FAMILY_IP4)
        say(d, "%pI4/%u/%u", address, source, scope);
    else
        say(d, "%pI6/%u/%u", address, source, scope);
}

/* Client cookie of 8 bytes, server cookie of 8 to 32. */
static void say_cookie(struct dissect *d, struct view v)
{
    enum { CLIENT_BYTES = 8, SERVER_LEAST = 8, SERVER_MOST = 32 };

    if (v.len != CLIENT_BYTES &&
        (v.len < CLIENT_BYTES + SERVER_LEAST || v.len > CLIENT_BYTES + SERVER_MOST)) {
        invalid(d);
        return;
    }
    say_hex(d, view_sub(v, 0, CLIENT_BYTES));
    if (v.len > CLIENT_BYTES) {
        say_z(d, " ");
        say_hex(d, view_from(v, CLIENT_BYTES));
    }
}

static void say_key_tags(struct dissect *d, struct view v)
{
    if (v.len % 2 != 0) {
        invalid(d);
        return;
    }
    for (u32 i = 0; i < v.len; i += 2)
        say_at(d, v, "%s%lu", i > 0 ? " " : "", AT_BE16(i));
}

/* `v` is the option's data, all of it captured; `at` is where it stands in the message. */
static void say_option(struct dissect *d, struct view message, u32 at, u16 code, struct view v)
{
    switch (code) {
    case DAU: say_algorithms(d, v, &signature_algorithms.names); break;
    case DHU: say_algorithms(d, v, &digest_algorithms.names); break;
    case N3U: say_algorithms(d, v, &hash_algorithms.names); break;
    case ECS: say_subnet(d, v); break;
    case EXPIRE:
        if (v.len != 4)
            invalid(d);
        else
            say_at(d, v, "%lu sec", AT_BE32(0));
        break;
    case COOKIE: say_cookie(d, v); break;
    case KEEPALIVE:
        if (v.len != 2)
            invalid(d);
        else
            say(d, "%u.%u sec", be16_at(d, v, 0) / 10, be16_at(d, v, 0) % 10);
        break;
    case PADDING: say(d, "(%u)", v.len); break;
    case CHAIN: /* as tcpdump: a pointer, which does not belong here, counts from the next option */
        dns_say_name_from(d, message, at, at + v.len);
        break;
    case KEY_TAG: say_key_tags(d, v); break;
    default: say_hex(d, v);
    }
}

bool dns_say_options(struct dissect *d, struct view message, u32 at, u32 end)
{
    while (at < end) {
        if (!view_has(message, at + CODE, 2))
            return false;
        u16 code = be16_at(d, message, at + CODE);
        say(d, "%s", name_of(d, &codes.names, code, "Opt%u"));
        if (!view_has(message, at + LENGTH, 2))
            return false;
        u32 length = be16_at(d, message, at + LENGTH);
        at += DATA;
        if (length > 0) {
            if (!view_has(message, at, length))
                return false;
            say_z(d, " ");
            say_option(d, message, at, code, view_sub(message, at, length));
        }
        at += length;
        if (at < end)
            say_z(d, ",");
    }
    return true;
}
