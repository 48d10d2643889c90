/*
 * DHCPv6.  RFC 8415; 3319 (SIP), 3646 (DNS), 4280, 4580, 4649 (relay agents), 5007 (lease query),
 * 5908 (NTP), 6334 (AFTR), 8520 (MUD).
 *
 *   message:  type (1)  transaction id (3)  options
 *   relayed:  type (1)  hops (1)  link address (16)  peer address (16)  options
 *   option:   code (2)  length (2)  data
 */
#include "print/printer.h"
#include "print/proto/dns_name.h"

enum { TYPE, OPTIONS = 4 };
enum { RELAY_LINK = 2, RELAY_PEER = 18, RELAY_OPTIONS = 34 };
enum { CODE, LENGTH = 2, DATA = 4 };
enum { RELAY_FORWARD = 12, RELAY_REPLY = 13 };

NAMES(types,
      (1, "solicit") (2, "advertise") (3, "request") (4, "confirm") (5, "renew") (6, "rebind")
      (7, "reply") (8, "release") (9, "decline") (10, "reconfigure") (11, "inf-req")
      (12, "relay-fwd") (13, "relay-reply") (14, "leasequery") (15, "leasequery-reply"));

enum option {
    CLIENT_ID = 1,
    SERVER_ID,
    IA_NA,
    IA_TA,
    IA_ADDRESS,
    OPTION_REQUEST,
    PREFERENCE,
    ELAPSED_TIME,
    RELAY_MESSAGE,
    AUTHENTICATION = 11,
    STATUS = 13,
    INTERFACE_ID = 18,
    RECONFIGURE = 19,
    SIP_DOMAINS = 21,
    SIP_ADDRESSES,
    DNS_SERVERS,
    DNS_DOMAINS,
    IA_PD,
    IA_PREFIX,
    NIS_SERVERS,
    NISP_SERVERS,
    SNTP_SERVERS = 31,
    LIFETIME,
    BCMCS_SERVERS = 34,
    REMOTE_ID = 37,
    SUBSCRIBER_ID,
    PANA_AGENTS = 40,
    TIME_ZONE,
    TIME_ZONE_NAME,
    ECHO_REQUEST,
    LEASE_QUERY,
    CLIENT_DATA,
    CLIENT_TIME,
    RELAY_DATA,
    CLIENT_LINK,
    NTP_SERVER = 56,
    AFTR_NAME = 64,
    MUD_URL = 112,
};

NAMES(options,
      (CLIENT_ID, "client-ID")
      (CLIENT_ID + 1, "server-ID")
      (CLIENT_ID + 2, "IA_NA")
      (CLIENT_ID + 3, "IA_TA")
      (CLIENT_ID + 4, "IA_ADDR")
      (CLIENT_ID + 5, "option-request")
      (CLIENT_ID + 6, "preference")
      (CLIENT_ID + 7, "elapsed-time")
      (CLIENT_ID + 8, "relay-message")
      (AUTHENTICATION, "authentication")
      (AUTHENTICATION + 1, "server-unicast")
      (AUTHENTICATION + 2, "status-code")
      (AUTHENTICATION + 3, "rapid-commit")
      (AUTHENTICATION + 4, "user-class")
      (AUTHENTICATION + 5, "vendor-class")
      (AUTHENTICATION + 6, "vendor-specific-info")
      (AUTHENTICATION + 7, "interface-ID")
      (AUTHENTICATION + 8, "reconfigure-message")
      (AUTHENTICATION + 9, "reconfigure-accept")
      (AUTHENTICATION + 10, "SIP-servers-domain")
      (AUTHENTICATION + 11, "SIP-servers-address")
      (AUTHENTICATION + 12, "DNS-server")
      (AUTHENTICATION + 13, "DNS-search-list")
      (AUTHENTICATION + 14, "IA_PD")
      (AUTHENTICATION + 15, "IA_PD-prefix")
      (AUTHENTICATION + 16, "NIS-server")
      (AUTHENTICATION + 17, "NIS+-server")
      (AUTHENTICATION + 18, "NIS-domain-name")
      (AUTHENTICATION + 19, "NIS+-domain-name")
      (AUTHENTICATION + 20, "SNTP-servers")
      (AUTHENTICATION + 21, "lifetime")
      (AUTHENTICATION + 22, "BCMCS-domain-name")
      (AUTHENTICATION + 23, "BCMCS-server")
      (36, "Geoconf-Civic")
      (37, "Remote-ID")
      (38, "Subscriber-ID")
      (39, "Client-FQDN")
      (40, "PANA-agent")
      (41, "POSIX-timezone")
      (42, "POSIX-tz-database")
      (43, "Echo-request-option")
      (44, "Lease-query")
      (45, "LQ-client-data")
      (46, "Clt-time")
      (47, "LQ-relay-data")
      (48, "LQ-client-link")
      (NTP_SERVER, "NTP-server")
      (AFTR_NAME, "AFTR-Name")
      (MUD_URL, "MUD-URL"));

NAMES(statuses,
      (0, "Success") (1, "UnspecFail") (2, "NoAddrsAvail") (3, "NoBinding") (4, "NotOnLink")
      (5, "UseMulticast") (6, "NoPrefixAvail") (7, "UnknownQueryType") (8, "MalformedQuery")
      (9, "NotConfigured") (10, "NotAllowed"));

static const char *option_name(struct dissect *d, u16 code)
{
    return name_of(d, &options.names, code, "opt_%u");
}

static bool say_options(struct dissect *d, struct view v);
static void say_message(struct dissect *d, struct view v);

/*
 * What the functions below print is the data of one option: v.len is its length, and as tcpdump a
 * malformed name in it may go on behind that.  All return false where the message is to end with
 * "[|dhcp6]".
 */

static void say_hex(struct dissect *d, struct view v, u32 from, u32 to)
{
    for (u32 i = from; i < to && i < v.len; i++)
        say_at(d, v, "%02lx", AT_U8(i));
}

/* Options in the option, if it has any behind `at`. */
static bool say_suboptions(struct dissect *d, struct view v, u32 at)
{
    if (v.len <= at)
        return true;
    if (!descend(d))
        return true;
    say_options(d, view_from(v, at));
    ascend(d);
    return true;
}

/* RFC 8415, section 11: DHCP unique identifiers. */
static void say_duid(struct dissect *d, struct view v)
{
    enum { BY_TIME = 1, BY_VENDOR, BY_ADDRESS, VENDOR_ID = 2, VENDOR_END = 10 };
    u16 type = be16_at(d, v, 0);

    switch (type) {
    case BY_TIME:
        if (v.len < 8)
            break;
        say_at(d, v, " hwaddr/time type %lu time %lu ", AT_BE16(2), AT_BE32(4));
        say_hex(d, v, 8, v.len);
        return;
    case BY_VENDOR:
        if (v.len < VENDOR_END)
            break;
        say_z(d, " vid ");
        say_hex(d, v, VENDOR_ID, VENDOR_END);
        return;
    case BY_ADDRESS:
        if (v.len < 4)
            break;
        say_at(d, v, " hwaddr type %lu ", AT_BE16(2));
        say_hex(d, v, 4, v.len);
        return;
    default: say(d, " type %u", type); return;
    }
    say_z(d, " ?");
}

static bool say_ia(struct dissect *d, struct view v)
{
    enum { ID, T1 = 4, T2 = 8, IA_OPTIONS = 12 };

    say_at(d, v, " IAID:%lu T1:%lu T2:%lu", AT_BE32(ID), AT_BE32(T1), AT_BE32(T2));
    return say_suboptions(d, v, IA_OPTIONS);
}

static bool say_ia_ta(struct dissect *d, struct view v)
{
    say_at(d, v, " IAID:%lu", AT_BE32(0));
    return say_suboptions(d, v, 4);
}

static bool say_ia_address(struct dissect *d, struct view v)
{
    enum { ADDRESS, PREFERRED = 16, VALID = 20, ADDRESS_OPTIONS = 24 };

    say_at(d, v, " %pI6", AT_ADDRESS(ADDRESS));
    say_at(d, v, " pltime:%lu vltime:%lu", AT_BE32(PREFERRED), AT_BE32(VALID));
    return say_suboptions(d, v, ADDRESS_OPTIONS);
}

static bool say_ia_prefix(struct dissect *d, struct view v)
{
    enum { PREFERRED, VALID = 4, PREFIX_LEN = 8, PREFIX, PREFIX_OPTIONS = 25 };

    say_at(d, v, " %pI6/%lu", AT_ADDRESS(PREFIX), AT_U8(PREFIX_LEN));
    say_at(d, v, " pltime:%lu vltime:%lu", AT_BE32(PREFERRED), AT_BE32(VALID));
    return say_suboptions(d, v, PREFIX_OPTIONS);
}

static void say_option_names(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < v.len; i += 2)
        say(d, " %s", option_name(d, be16_at(d, v, i)));
}

static void say_addresses(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < v.len; i += 16)
        say_at(d, v, " %pI6", AT_ADDRESS(i));
}

static bool say_domains(struct dissect *d, struct view v)
{
    for (u32 at = 0; at < v.len;) {
        say_z(d, " ");
        at = dns_say_name_from(d, v, at, v.len); /* pointers have no place here */
        if (at == DNS_BAD)
            return false;
    }
    return true;
}

/* RFC 8415, sections 20.3 and 20.4: what depends on the protocol. */
static void say_digest(struct dissect *d, u8 protocol, struct view v)
{
    enum { DELAYED = 2, RECONFIGURE_KEY = 3 };
    enum { KEY_ID_AND_HMAC = 20, TYPE_AND_VALUE = 17 };

    if (protocol == DELAYED && v.len == 0)
        return;
    if (protocol == DELAYED && v.len >= KEY_ID_AND_HMAC) {
        u32 realm = v.len - KEY_ID_AND_HMAC;
        if (realm > 0)
            say_z(d, ", realm: ");
        say_hex(d, v, 0, realm);
        say_at(d, v, ", key ID: %08lx", AT_BE32(realm));
        say_z(d, ", HMAC-MD5:");
        for (u32 i = 0; i < 4; i++)
            say_at(d, v, " %08lx", AT_BE32(realm + 4 + i * 4));
    } else if (protocol == RECONFIGURE_KEY && v.len == TYPE_AND_VALUE) {
        NAMES(kinds, (1, "reconfig-key") (2, "type: HMAC-MD5"));
        say(d, " %s value:", name_of(d, &kinds.names, u8_at(d, v, 0), "type: ??"));
        for (u32 i = 0; i < 4; i++)
            say_at(d, v, " %08lx", AT_BE32(1 + i * 4));
    } else {
        say_z(d, " ??");
    }
}

static void say_authentication(struct dissect *d, struct view v)
{
    enum { PROTOCOL, ALGORITHM, METHOD, REPLAY, DIGEST = 11, HMAC_MD5 = 1, MONOTONIC = 0 };
    NAMES(protocols, (2, "delayed") (3, "reconfigure"));
    NAMES(algorithms, (HMAC_MD5, "HMAC-MD5"));
    u8 protocol = u8_at(d, v, PROTOCOL), algorithm = u8_at(d, v, ALGORITHM);
    u8 method = u8_at(d, v, METHOD);

    say(d, " proto: %s", name_of(d, &protocols.names, protocol, "%u"));
    say(d, ", alg: %s", name_of(d, &algorithms.names, algorithm, "%u"));
    if (method == MONOTONIC)
        say_z(d, ", RDM: mono");
    else
        say(d, ", RDM: %u", method);
    say_z(d, ", RD:");
    for (u32 i = 0; i < 4; i++)
        say_at(d, v, " %04lx", AT_BE16(REPLAY + i * 2));
    say_digest(d, protocol, view_from(v, DIGEST));
}

static void say_status(struct dissect *d, struct view v)
{
    u16 status = be16_at(d, v, 0);

    if (status > 255)
        say_z(d, " INVALID code");
    else
        say(d, " %s", name_of(d, &statuses.names, status, "code%u"));
}

static void say_reconfigure(struct dissect *d, struct view v)
{
    NAMES(what, (5, "renew") (11, "inf-req"));

    say(d, " for %s", name_of(d, &what.names, u8_at(d, v, 0), "?\?\?(%02x)"));
}

/* Bytes of no known format, at most ten of them. */
static void say_opaque(struct dissect *d, struct view v, u32 from)
{
    enum { SHOWN = 10 };

    say_z(d, " ");
    say_hex(d, v, from, from + SHOWN);
    say_z(d, "...");
}

static bool say_lease_query(struct dissect *d, struct view v)
{
    enum { QUERY_TYPE, LINK, QUERY_OPTIONS = 17 };
    NAMES(queries, (1, "by-address") (2, "by-clientID"));

    say(d, " %s", name_of(d, &queries.names, u8_at(d, v, QUERY_TYPE), "type_%u"));
    say_at(d, v, " %pI6", AT_ADDRESS(LINK));
    return say_suboptions(d, v, QUERY_OPTIONS);
}

/* RFC 5908: addresses and names, as options in the option. */
static bool say_ntp_servers(struct dissect *d, struct view v)
{
    enum { UNICAST = 1, MULTICAST, NAME };

    while (v.len > DATA) {
        u16 code = be16_at(d, v, CODE), length = be16_at(d, v, LENGTH);
        v = view_from(v, DATA);
        if (length > v.len)
            return false;
        say(d, " subopt:%u", code);
        struct view data = view_clip(v, length);
        if ((code == UNICAST || code == MULTICAST) && length == 16) {
            say_at(d, data, " %pI6", AT_ADDRESS(0));
        } else if (code == NAME) {
            say_z(d, " ");
            if (dns_say_name_from(d, v, 0, length) == DNS_BAD)
                return false;
        } else {
            say_z(d, " ?");
        }
        v = view_from(v, length);
    }
    return true;
}

/* RFC 6334: labels as in DNS, without compression. */
static void say_aftr_name(struct dissect *d, struct view v)
{
    say_z(d, " ");
    while (v.len > 0 && u8_at(d, v, 0) != 0) {
        u32 length = u8_at(d, v, 0);
        if (length + 1 >= v.len) {
            say_z(d, " ?");
            return;
        }
        say_until_nul(d, view_sub(v, 1, length));
        v = view_from(v, length + 1);
        if (u8_at(d, v, 0) != 0)
            say_z(d, ".");
    }
}

static void say_text(struct dissect *d, struct view v)
{
    say_z(d, " ");
    say_until_nul(d, view_clip(v, v.len));
}

/* Whether the length suits the option.  With 0 for "at least", any does. */
static bool length_fits(u16 code, u32 length)
{
    switch (code) {
    case CLIENT_ID:
    case SERVER_ID:
    case STATUS: return length >= 2;
    case IA_NA:
    case IA_PD: return length >= 12;
    case IA_TA:
    case REMOTE_ID:
    case NTP_SERVER: return length >= 4;
    case IA_ADDRESS: return length >= 24;
    case RELAY_DATA: return length >= 16;
    case LEASE_QUERY: return length >= 17;
    case IA_PREFIX: return length >= 25;
    case AUTHENTICATION: return length >= 11;
    case AFTR_NAME: return length >= 3;
    case TIME_ZONE:
    case TIME_ZONE_NAME:
    case MUD_URL: return length >= 5;
    case PREFERENCE:
    case RECONFIGURE: return length == 1;
    case ELAPSED_TIME: return length == 2;
    case LIFETIME:
    case CLIENT_TIME: return length == 4;
    case OPTION_REQUEST:
    case ECHO_REQUEST: return length % 2 == 0;
    case SIP_ADDRESSES:
    case DNS_SERVERS:
    case NIS_SERVERS:
    case NISP_SERVERS:
    case SNTP_SERVERS:
    case BCMCS_SERVERS:
    case PANA_AGENTS:
    case CLIENT_LINK: return length % 16 == 0;
    default: return true;
    }
}

/* The data of an option whose length fits. */
static bool say_data(struct dissect *d, u16 code, struct view v)
{
    switch (code) {
    case CLIENT_ID:
    case SERVER_ID: say_duid(d, v); return true;
    case IA_NA:
    case IA_PD: return say_ia(d, v);
    case IA_TA: return say_ia_ta(d, v);
    case IA_ADDRESS: return say_ia_address(d, v);
    case IA_PREFIX: return say_ia_prefix(d, v);
    case OPTION_REQUEST:
    case ECHO_REQUEST: say_option_names(d, v); return true;
    case PREFERENCE: say_at(d, v, " %lu", AT_U8(0)); return true;
    case ELAPSED_TIME: say_at(d, v, " %lu", AT_BE16(0)); return true;
    case LIFETIME:
    case CLIENT_TIME: say_at(d, v, " %lu", AT_BE32(0)); return true;
    case RELAY_MESSAGE:
        say_z(d, " (");
        say_message(d, view_clip(v, v.len));
        return true;
    case AUTHENTICATION: say_authentication(d, v); return true;
    case STATUS: say_status(d, v); return true;
    case INTERFACE_ID:
    case SUBSCRIBER_ID: say_opaque(d, v, 0); return true;
    case REMOTE_ID:
        say_at(d, v, " %lu", AT_BE32(0));
        say_opaque(d, v, 4);
        return true;
    case RELAY_DATA:
        say_at(d, v, " %pI6", AT_ADDRESS(0));
        say_opaque(d, v, 16);
        return true;
    case RECONFIGURE: say_reconfigure(d, v); return true;
    case SIP_DOMAINS:
    case DNS_DOMAINS: return say_domains(d, v);
    case SIP_ADDRESSES:
    case DNS_SERVERS:
    case NIS_SERVERS:
    case NISP_SERVERS:
    case SNTP_SERVERS:
    case BCMCS_SERVERS:
    case PANA_AGENTS:
    case CLIENT_LINK: say_addresses(d, v); return true;
    case LEASE_QUERY: return say_lease_query(d, v);
    case CLIENT_DATA: return say_suboptions(d, v, 0);
    case NTP_SERVER: return say_ntp_servers(d, v);
    case AFTR_NAME: say_aftr_name(d, v); return true;
    case TIME_ZONE:
    case TIME_ZONE_NAME:
    case MUD_URL: say_text(d, v); return true;
    default: return true;
    }
}

/* False, after "[|dhcp6]", when an option is cut or does not fit. */
static bool say_options(struct dissect *d, struct view v)
{
    v = view_claim(v, v.cap < v.len ? v.cap : v.len);
    while (v.len > 0) {
        if (v.len < DATA || DATA + (u32)be16_at(d, v, LENGTH) > v.len) {
            truncated(d);
            return false;
        }
        u16 code = be16_at(d, v, CODE), length = be16_at(d, v, LENGTH);
        say(d, " (%s", option_name(d, code));
        v = view_from(v, DATA);
        if (!length_fits(code, length)) {
            say_z(d, " ?");
        } else if (!say_data(d, code, view_claim(v, length))) {
            truncated(d);
            return false;
        }
        say_z(d, ")");
        v = view_from(v, length);
    }
    return true;
}

static void say_body(struct dissect *d, u8 type, struct view v)
{
    bool relayed = type == RELAY_FORWARD || type == RELAY_REPLY;

    if (relayed) {
        say_at(d, v, "linkaddr=%pI6", AT_ADDRESS(RELAY_LINK));
        say_at(d, v, " peeraddr=%pI6", AT_ADDRESS(RELAY_PEER));
    } else {
        say(d, "xid=%x", be32_at(d, v, TYPE) & 0xffffff);
    }
    say_options(d, view_from(v, relayed ? RELAY_OPTIONS : OPTIONS));
    say_z(d, ")");
}

static void say_message(struct dissect *d, struct view v)
{
    d->proto = "dhcp6";
    say_z(d, "dhcp6");
    if (!view_has(v, TYPE, OPTIONS)) { /* as tcpdump: whatever the length says */
        truncated(d);
        return;
    }
    u8 type = u8_at(d, v, TYPE);
    say(d, " %s", name_of(d, &types.names, type, "msgtype-%u"));
    if (!verbose(d, 1))
        return;
    say_z(d, " (");
    if (descend(d)) {
        say_body(d, type, v);
        ascend(d);
    }
}

void print_dhcp6(struct dissect *d, struct view v) { say_message(d, v); }
