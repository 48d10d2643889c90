/*
 * OSPF version 2: open shortest path first.  RFC 2328, appendices A and D; RFC 5613 (link-local
 * signalling).
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |    version    |     type      |            length             |
 *   |                           router id                           |
 *   |                            area id                            |
 *   |           checksum            |      authentication type      |
 *   |         password, or: zero 2, key id 1, digest length 1       |
 *   |                          sequence number                      |
 *   +---------------------------------------------------------------+
 *
 * The digest, and then link-local signalling, may follow the length that the header tells.
 */
#include "print/printer.h"
#include "print/proto/ospf/ospf.h"

enum {
    VERSION,
    TYPE,
    LENGTH,
    ROUTER = 4,
    AREA = 8,
    AUTH_TYPE = 14,
    PASSWORD = 16,
    KEY_ID = 18,
    DIGEST_LEN,
    AUTH_SEQUENCE,
    HEADER_LEN = 24,
};

enum { AUTH_NONE, AUTH_SIMPLE, AUTH_MD5, PASSWORD_LEN = 8, MD5_LEN = 16 };

SHARED_NAMES(ospf_types,
      (OSPF_HELLO, "Hello")
      (OSPF_DATABASE, "Database Description")
      (OSPF_REQUEST, "LS-Request")
      (OSPF_UPDATE, "LS-Update")
      (OSPF_ACKNOWLEDGE, "LS-Ack"));

NAMES(auth_types, (AUTH_NONE, "none") (AUTH_SIMPLE, "simple") (AUTH_MD5, "MD5"));

enum { OPTION_LLS = 0x10 };

SHARED_NAMES(ospf_options,
             (0x01, "MultiTopology") (0x02, "External") (0x04, "Multicast") (0x08, "NSSA")
             (OPTION_LLS, "LLS") (0x20, "Demand Circuit") (0x40, "Opaque") (0x80, "Up/Down"));

NAMES(database_flags, (0x04, "Init") (0x02, "More") (0x01, "Master") (0x08, "OOBResync"));

/* Offsets from the packet's start. */
enum {
    MASK = 24,
    HELLO_INTERVAL = 28,
    HELLO_OPTIONS = 30,
    PRIORITY,
    DEAD_INTERVAL,
    DESIGNATED = 36,
    BACKUP = 40,
    NEIGHBORS = 44
};
enum { MTU = 24, DATABASE_OPTIONS = 26, DATABASE_FLAGS, DATABASE_SEQUENCE, DATABASE_HEADERS = 32 };
enum { UPDATE_COUNT = 24, UPDATES = 28 };

static const char *option_names(struct dissect *d, u8 options)
{
    return flags_of(d, ospf_options, options, ", ", "none");
}

/*
 * The bodies get the whole packet; `end` is where the header says that it ends.  False when the
 * rest is not looked at.
 */
static bool say_hello(struct dissect *d, struct view v, u32 end)
{
    say(d, "\n\tOptions [%s]", option_names(d, u8_at(d, v, HELLO_OPTIONS)));
    say_at(d, v, "\n\t  Hello Timer %lus, Dead Timer %lus, Mask %pI4, Priority %lu",
           AT_BE16(HELLO_INTERVAL), AT_BE32(DEAD_INTERVAL), AT_ADDRESS(MASK), AT_U8(PRIORITY));
    if (be32_at(d, v, DESIGNATED) != 0)
        say_at(d, v, "\n\t  Designated Router %pI4", AT_ADDRESS(DESIGNATED));
    if (be32_at(d, v, BACKUP) != 0)
        say_at(d, v, ", Backup Designated Router %pI4", AT_ADDRESS(BACKUP));
    if (NEIGHBORS < end)
        say_z(d, "\n\t  Neighbor List:");
    for (u32 at = NEIGHBORS; repeat(d, at, end); at += 4)
        say_at(d, v, "\n\t    %pI4", AT_ADDRESS(at));
    return true;
}

static bool say_database(struct dissect *d, struct view v, u32 end)
{
    say(d, "\n\tOptions [%s]", option_names(d, u8_at(d, v, DATABASE_OPTIONS)));
    say(d, ", DD Flags [%s]",
        flags_of(d, &database_flags.names, u8_at(d, v, DATABASE_FLAGS), ", ", "none"));
    if (be16_at(d, v, MTU) != 0)
        say_at(d, v, ", MTU: %lu", AT_BE16(MTU));
    say_at(d, v, ", Sequence: 0x%08lx", AT_BE32(DATABASE_SEQUENCE));
    for (u32 at = DATABASE_HEADERS; repeat(d, at, end); at += LSA_HEADER_LEN)
        if (!ospf_lsa_header(d, view_from(v, at)))
            break;
    return true;
}

static bool say_request(struct dissect *d, struct view v, u32 end)
{
    enum { REQUEST_TYPE, REQUEST_ID = 4, REQUEST_ROUTER = 8, REQUEST_LEN = 12 };

    for (u32 at = HEADER_LEN; repeat(d, at, end); at += REQUEST_LEN) {
        u32 type = be32_at(d, v, at + REQUEST_TYPE);
        say_at(d, v, "\n\t  Advertising Router: %pI4, %s LSA (%u)", AT_ADDRESS(at + REQUEST_ROUTER),
               name_of(d, ospf_lsa_types, type, "unknown"), type);
        switch (type) {
        case LSA_OPAQUE_LINK:
        case LSA_OPAQUE_AREA:
        case LSA_OPAQUE_DOMAIN: {
            u8 opaque = u8_at(d, v, at + REQUEST_ID);
            say_at(d, v, ", Opaque-Type: %s LSA (%u), Opaque-ID: %lu",
                   name_of(d, ospf_opaque_types, opaque, "unknown"), opaque,
                   AT_BE24(at + REQUEST_ID + 1));
            break;
        }
        default: say_at(d, v, ", LSA-ID: %pI4", AT_ADDRESS(at + REQUEST_ID));
        }
    }
    return true;
}

static bool say_update(struct dissect *d, struct view v)
{
    u32 count = be32_at(d, v, UPDATE_COUNT);

    if (d->sealed)
        return false;
    say(d, ", %u LSA%s", count, count == 1 ? "" : "s");
    v = view_from(v, UPDATES);
    for (u32 i = 0; repeat(d, i, count); i++) {
        say(d, "\n\t  LSA #%u", i + 1);
        u32 length = ospf_lsa(d, v);
        if (length == 0) {
            seal(d);
            return false;
        }
        v = view_from(v, length);
    }
    return true;
}

/* As tcpdump: up to the captured end, even behind what the header tells. */
static bool say_acknowledge(struct dissect *d, struct view v)
{
    for (v = view_from(v, HEADER_LEN); ospf_lsa_header(d, v); v = view_from(v, LSA_HEADER_LEN))
        ;
    return true;
}

static bool say_body(struct dissect *d, struct view v, u32 end)
{
    switch (u8_at(d, v, TYPE)) {
    case OSPF_HELLO: return say_hello(d, v, end);
    case OSPF_DATABASE: return say_database(d, v, end);
    case OSPF_REQUEST: return say_request(d, v, end);
    case OSPF_UPDATE: return say_update(d, v);
    case OSPF_ACKNOWLEDGE: return say_acknowledge(d, v);
    default: return true;
    }
}

/* -- link-local signalling */

enum { LLS_CHECKSUM, LLS_WORDS = 2, LLS_TLVS = 4, LLS_VALUE = 4 };
enum { LLS_OPTIONS = 1, LLS_MD5 };

NAMES(lls_tlvs, (LLS_OPTIONS, "Extended Options") (LLS_MD5, "MD5 Authentication"));

NAMES(lls_options, (0x1, "LSDB resync") (0x2, "Restart"));

static bool has_lls(struct dissect *d, struct view v)
{
    switch (u8_at(d, v, TYPE)) {
    case OSPF_HELLO: return (u8_at(d, v, HELLO_OPTIONS) & OPTION_LLS) != 0;
    case OSPF_DATABASE: return (u8_at(d, v, DATABASE_OPTIONS) & OPTION_LLS) != 0;
    default: return false;
    }
}

static u32 say_lls_value(struct dissect *d, u16 type, u32 length, struct view v)
{
    enum { OPTIONS_LEN = 4, DIGEST_TLV_LEN = 20 };

    switch (type) {
    case LLS_OPTIONS:
        if (length != OPTIONS_LEN)
            say(d, " [should be %u]", (unsigned)OPTIONS_LEN);
        say_at(d, v, "\n\t      Options: 0x%08lx [%s]", AT_BE32(0),
               flags_of(d, &lls_options.names, be32_at(d, v, 0), ", ", "?"));
        return OPTIONS_LEN;
    case LLS_MD5:
        if (length != DIGEST_TLV_LEN)
            say(d, " [should be %u]", (unsigned)DIGEST_TLV_LEN);
        say_at(d, v, "\n\t      Sequence number: 0x%08lx", AT_BE32(0));
        return DIGEST_TLV_LEN;
    default: return length;
    }
}

static void say_lls(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t  LLS: checksum: 0x%04lx", AT_BE16(LLS_CHECKSUM));
    say_at(d, v, ", length: %lu", AT_BE16(LLS_WORDS));
    for (v = view_from(v, LLS_TLVS); v.len > 0 && !d->sealed;) {
        u16 type = be16_at(d, v, 0);
        say(d, "\n\t    %s (%u)", name_of(d, &lls_tlvs.names, type, "Unknown TLV"), type);
        u16 length = be16_at(d, v, 2);
        say(d, ", length: %u", length);
        v = view_from(v, LLS_VALUE);
        v = view_from(v, say_lls_value(d, type, length, v)); /* as tcpdump: without padding */
    }
}

/* -- the packet */

/* False when nothing is known about the rest. */
static bool say_authentication(struct dissect *d, struct view v, u16 type)
{
    if (!need(d, v, PASSWORD, PASSWORD_LEN))
        return false;
    say(d, ", Authentication Type: %s (%u)", name_of(d, &auth_types.names, type, "unknown"), type);
    switch (type) {
    case AUTH_NONE: return true;
    case AUTH_SIMPLE:
        say_z(d, "\n\tSimple text password: ");
        if (!say_until_nul(d, view_sub(v, PASSWORD, PASSWORD_LEN)))
            seal(d);
        return true;
    case AUTH_MD5:
        say_at(d, v, "\n\tKey-ID: %lu", AT_U8(KEY_ID));
        say_at(d, v, ", Auth-Length: %lu, Crypto Sequence Number: 0x%08lx", AT_U8(DIGEST_LEN),
               AT_BE32(AUTH_SEQUENCE));
        return true;
    default: return false;
    }
}

static void say_version_2(struct dissect *d, struct view v, u32 length, u16 auth)
{
    if (!say_body(d, v, length < v.len ? length : v.len) || length >= v.len || !has_lls(d, v))
        return;
    u32 at = length + (auth == AUTH_MD5 ? u8_at(d, v, DIGEST_LEN) : 0u);
    if (at >= v.len)
        say_z(d, "\n\t[LLS truncated]");
    else
        say_lls(d, view_from(v, at));
}

void print_ospf(struct dissect *d, struct view v)
{
    if (d->net.version == 6) {
        ospf6(d, v);
        return;
    }
    d->proto = "ospf2";
    if (be16_at(d, v, AUTH_TYPE) == AUTH_MD5) /* without the digest */
        v = view_claim(view_clip(v, v.cap > MD5_LEN ? v.cap - MD5_LEN : 0), v.len - MD5_LEN);
    u8 type = u8_at(d, v, TYPE), version = u8_at(d, v, VERSION);
    say(d, "OSPFv%u, %s, length %u", version, name_of(d, ospf_types, type, "unknown LS-type %u"), v.len);
    if (!verbose(d, 1) || name_find(ospf_types, type) == NULL)
        return;
    u16 length = be16_at(d, v, LENGTH);
    if (length != v.len)
        say(d, " [len %u]", length);
    say_at(d, v, "\n\tRouter-ID %pI4", AT_ADDRESS(ROUTER));
    if (be32_at(d, v, AREA) != 0)
        say_at(d, v, ", Area %pI4", AT_ADDRESS(AREA));
    else
        say_z(d, ", Backbone Area");
    u16 auth = be16_at(d, v, AUTH_TYPE);
    if (!say_authentication(d, v, auth))
        return;
    if (version == 2)
        say_version_2(d, v, length, auth);
    else
        say(d, " ospf [version %u]", version);
}
