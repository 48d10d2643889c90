/*
 * Resource records of DNS.  RFC 1035, section 3.3 and the RFCs named at the types.
 */
#include "print/proto/dns_rr.h"

#include "print/printer.h"
#include "print/proto/dns_name.h"

/* IANA "Domain Name System Parameters", as far as tcpdump 4.99.3 knows them. */
static const char types[][9] = {
    [1] = "A",       "NS",       "MD",    "MF",    "CNAME", "SOA",      "MB",     "MG",
    "MR",            "NULL",     "WKS",   "PTR",   "HINFO", "MINFO",    "MX",     "TXT",
    "RP",            "AFSDB",    "X25",   "ISDN",  "RT",    "NSAP",     "NSAP_PTR", "SIG",
    "KEY",           "PX",       "GPOS",  "AAAA",  "LOC",   "NXT",      "EID",    "NIMLOC",
    "SRV",           "ATMA",     "NAPTR", "KX",    "CERT",  "A6",       "DNAME",  "SINK",
    "OPT",           "APL",      "DS",    "SSHFP", "IPSECKEY", "RRSIG", "NSEC",   "DNSKEY",
};

NAMES(rare_types,
      (99, "SPF") (100, "UINFO") (101, "UID") (102, "GID") (103, "UNSPEC") (104, "UNSPECA")
      (249, "TKEY") (250, "TSIG") (251, "IXFR") (252, "AXFR") (253, "MAILB") (254, "MAILA")
      (255, "ANY") (256, "URI"));

NAMES(classes, (3, "CHAOS") (4, "HS") (255, "ANY"));

void dns_say_type(struct dissect *d, u16 type)
{
    const char *text = type < countof(types) ? types[type] : name_find(&rare_types.names, type);

    out_char(d->out, ' ');
    if (text != NULL && text[0] != '\0') {
        out_text_z(d->out, text);
    } else {
        out_text_z(d->out, "Type");
        out_dec(d->out, type);
    }
}

void dns_say_class(struct dissect *d, u16 class)
{
    if (class != DNS_IN)
        say(d, " %s", name_of(d, &classes.names, class, "(Class %u)"));
}

/* A name with a blank in front; the offset behind it or DNS_BAD. */
static u32 say_name(struct dissect *d, struct view v, u32 at)
{
    out_char(d->out, ' ');
    return dns_say_name(d, v, at);
}

/* Primary server, mailbox, then serial, refresh, retry, expire, minimum. */
static bool say_soa(struct dissect *d, struct view v, u32 at)
{
    at = say_name(d, v, at);
    if (at == DNS_BAD)
        return false;
    at = say_name(d, v, at);
    if (at == DNS_BAD)
        return false;
    if (!view_has(v, at, 5 * 4))
        return false;
    for (u32 i = 0; i < 5; i++) {
        out_char(d->out, ' ');
        out_dec(d->out, be32_at(d, v, at + i * 4));
    }
    return true;
}

static bool say_mx(struct dissect *d, struct view v, u32 at)
{
    out_char(d->out, ' ');
    if (!view_has(v, at, 2) || dns_say_name(d, v, at + 2) == DNS_BAD)
        return false;
    say(d, " %u", be16_at(d, v, at));
    return true;
}

/* RFC 2782: priority, weight, port, target. */
static bool say_srv(struct dissect *d, struct view v, u32 at)
{
    out_char(d->out, ' ');
    if (!view_has(v, at, 2) || dns_say_name(d, v, at + 6) == DNS_BAD)
        return false;
    say(d, ":%u %u %u", be16_at(d, v, at + 4), be16_at(d, v, at), be16_at(d, v, at + 2));
    return true;
}

static bool say_txt(struct dissect *d, struct view v, u32 at, u32 end)
{
    while (at < end) {
        say_z(d, " \"");
        at = dns_say_string(d, v, at);
        if (at == DNS_BAD)
            return false;
        say_z(d, "\"");
    }
    return true;
}

/* RFC 2874: prefix length, the rest of the address, and the name that has the prefix. */
static bool say_a6(struct dissect *d, struct view v, u32 at)
{
    if (!view_has(v, at, 1))
        return false;
    u32 prefix = u8_at(d, v, at), whole = prefix / 8;

    at++;
    if (prefix > 128) {
        say(d, " %u(bad plen)", prefix);
        return true;
    }
    if (prefix < 128) {
        u8 address[16] = { 0 };
        memcpy(address + whole, bytes_at(d, v, at, 16 - whole), 16 - whole);
        say(d, " %u %pI6", prefix, address);
    }
    return prefix == 0 || say_name(d, v, at + 16 - whole) != DNS_BAD;
}

/* RFC 7553: priority, weight, target. */
static bool say_uri(struct dissect *d, struct view v, const struct dns_record *r)
{
    if (!view_has(v, r->data, r->length))
        return false;
    say(d, " %u %u ", be16_at(d, v, r->data), be16_at(d, v, r->data + 2));
    if (r->length < 4) { /* as tcpdump: the length of the target wraps around */
        say_visible(d, view_from(v, r->data + 4));
        return false;
    }
    return say_visible(d, view_sub(v, r->data + 4, r->length - 4));
}

/* RFC 8945: algorithm, time (6 bytes), fudge, MAC, original identifier, error, other data. */
static bool say_tsig(struct dissect *d, struct view v, const struct dns_record *r)
{
    if (!view_has(v, r->data, r->length))
        return false;
    if (!verbose(d, 1))
        return true;
    u32 at = say_name(d, v, r->data);
    if (at == DNS_BAD)
        return false;
    at += 6;
    if (!view_has(v, at, 2))
        return false;
    say(d, " fudge=%u", be16_at(d, v, at));
    at += 2;
    if (!view_has(v, at, 2))
        return false;
    say(d, " maclen=%u", be16_at(d, v, at));
    at += 2u + be16_at(d, v, at);
    static const char *const fields[] = { "origid", "error", "otherlen" };
    for (u32 i = 0; i < countof(fields); i++, at += 2) {
        if (!view_has(v, at, 2))
            return false;
        say(d, " %s=%u", fields[i], be16_at(d, v, at));
    }
    return true;
}

/* RFC 6891, section 6.1.2: how large datagrams may be, whether DNSSEC is wanted, options. */
static bool say_opt(struct dissect *d, struct view v, const struct dns_record *r)
{
    enum { DNSSEC_OK = 0x8000 };

    say(d, " UDPsize=%u", r->class);
    if ((r->flags & DNSSEC_OK) != 0)
        say_z(d, " DO");
    if (r->length == 0)
        return true;
    say_z(d, " [");
    if (!dns_say_options(d, v, r->data, r->data + r->length))
        return false;
    say_z(d, "]");
    return true;
}

bool dns_say_data(struct dissect *d, struct view v, const struct dns_record *r)
{
    switch (r->type) {
    case DNS_A:
        if (!view_has(v, r->data, 4))
            return false;
        out_char(d->out, ' ');
        say_ip4_at(d, v, r->data);
        return true;
    case DNS_AAAA:
        if (!view_has(v, r->data, 16))
            return false;
        out_char(d->out, ' ');
        say_ip6_at(d, v, r->data);
        return true;
    case DNS_NS:
    case DNS_CNAME:
    case DNS_DNAME:
    case DNS_PTR: return say_name(d, v, r->data) != DNS_BAD;
    case DNS_SOA: return !verbose(d, 1) || say_soa(d, v, r->data);
    case DNS_MX: return say_mx(d, v, r->data);
    case DNS_TXT: return say_txt(d, v, r->data, r->data + r->length);
    case DNS_SRV: return say_srv(d, v, r->data);
    case DNS_A6: return say_a6(d, v, r->data);
    case DNS_OPT: return say_opt(d, v, r);
    case DNS_UNSPECA:
        return view_has(v, r->data, r->length) && say_visible(d, view_sub(v, r->data, r->length));
    case DNS_TSIG: return say_tsig(d, v, r);
    case DNS_URI: return say_uri(d, v, r);
    default: return true;
    }
}
