/*
 * LISP: the locator/identifier separation protocol, registration of mappings.  RFC 6830,
 * section 6.1; xTR and site identifiers: RFC 9301, section 5.6.
 *
 *    0               1               2               3
 *   +-------+-------+---------------+---------------+---------------+
 *   | type  |              flags                    |  record count |
 *   |                      nonce (8 bytes)                          |
 *   |            key ID             |  authentication data length   |
 *   |                  authentication data                          |
 *   +---------------------------------------------------------------+
 *   |                        record TTL                             |  records
 *   |  locators     |   mask len    | ACT |A|       (reserved)      |
 *   |  rsvd |    map version        |     address family of EID     |
 *   |                endpoint identifier                            |
 *   +---------------------------------------------------------------+
 *   |   priority    |    weight     |   M priority  |   M weight    |  locators
 *   |       unused flags      |L|p|R|     address family            |
 *   |                      locator                                  |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/afi.h"

enum { TYPE_FLAGS, RECORDS = 3, KEY_ID = 12, AUTH_LEN = 14, HEADER_LEN = 16 };

enum { MAP_REGISTER = 3, MAP_NOTIFY };

NAMES(messages,
      (0, "LISP-Reserved")
      (1, "LISP-Map-Request")
      (2, "LISP-Map-Reply")
      (3, "LISP-Map-Register")
      (4, "LISP-Map-Notify")
      (8, "LISP-Encapsulated-Contol-Message"));

NAMES(register_flags,
      (0x08000000, "P-Proxy-Map-Reply")
      (0x04000000, "S-LISP-SEC-Capable")
      (0x02000000, "I-xTR-ID-Present")
      (0x01000000, "R-Build-For-RTR")
      (0x00000100, "M-Want-Map-Notify"));

NAMES(notify_flags, (0x08000000, "I-xTR-ID-Present") (0x04000000, "R-Build-For-RTR"));

enum { REGISTER_XTR_ID = 0x02000000, NOTIFY_XTR_ID = 0x08000000 };

NAMES(authentications, (0, "None") (1, "SHA1") (2, "SHA256"));

enum { TTL, LOCATORS = 4, MASK_LEN, ACTION, VERSION = 8, EID_FAMILY = 10, RECORD_LEN = 12 };

enum { ACTION_SHIFT = 13, AUTHORITATIVE = 0x1000, VERSION_MASK = 0xfff };

NAMES(actions, (0, "No-Action") (1, "Natively-Forward") (2, "Send-Map-Request") (3, "Drop"));

enum { PRIORITY, WEIGHT, M_PRIORITY, M_WEIGHT, LOCATOR_FLAGS, LOCATOR_FAMILY = 6, LOCATOR_LEN = 8 };

NAMES(locator_flags, (0x0004, "Local-Locator") (0x0002, "RLoc-Probed") (0x0001, "Reachable"));

enum { XTR_ID_LEN = 16, SITE_ID_LEN = 8 };

/* Lines of bytes, each behind the label. */
static void say_bytes(struct dissect *d, const char *label, struct view v)
{
    enum { LINE = 16 };

    for (u32 at = 0; at < v.cap; at += LINE) {
        say(d, "\n    %s: ", label);
        hexdump_from(d->out, "", view_sub(v, at, v.cap - at < LINE ? v.cap - at : LINE), at);
    }
}

static u32 address_len(u16 family)
{
    return family == AFI_IPV4 ? 4 : family == AFI_IPV6 ? 16 : 0;
}

static bool has(struct dissect *d, struct view v, u32 n)
{
    if (view_has(v, 0, n))
        return true;
    truncated(d);
    return false;
}

static void say_address(struct dissect *d, struct view v, u32 len)
{
    if (len == 4)
        say_ip4_at(d, v, 0);
    else
        say_ip6_at(d, v, 0);
}

/* Returns what is behind the locator; nothing when it is cut, which it says. */
static bool say_locator(struct dissect *d, struct view *v)
{
    if (!has(d, *v, LOCATOR_LEN))
        return false;
    struct view l = *v;
    u32 len = address_len(be16_at(d, l, LOCATOR_FAMILY));
    *v = view_from(l, LOCATOR_LEN + len);
    if (verbose(d, 1))
        say_z(d, "\n       ");
    if (!has(d, view_from(l, LOCATOR_LEN), len))
        return false;
    if (len != 0) {
        say_z(d, " LOC ");
        say_address(d, view_from(l, LOCATOR_LEN), len);
    }
    if (verbose(d, 1))
        say_at(d, l,
               "\n          Priority/Weight %lu/%lu, Multicast Priority/Weight %lu/%lu, flags [%s],",
               AT_U8(PRIORITY), AT_U8(WEIGHT), AT_U8(M_PRIORITY), AT_U8(M_WEIGHT),
               flags_of(d, &locator_flags.names, be16_at(d, l, LOCATOR_FLAGS), ", ", "none"));
    return true;
}

/* A record; `v` is moved behind it.  False when nothing behind it can be shown. */
static bool say_record(struct dissect *d, struct view *v)
{
    if (!has(d, *v, RECORD_LEN))
        return false;
    struct view r = *v;
    u32 locators = u8_at(d, r, LOCATORS);
    u16 family = be16_at(d, r, EID_FAMILY), action = be16_at(d, r, ACTION);
    u32 len = address_len(family);

    say_z(d, "\n");
    if (verbose(d, 1))
        say_at(d, r, "      Record TTL %lu, %s, %s, Map Version: %u,", AT_BE32(TTL),
               (action & AUTHORITATIVE) != 0 ? "Authoritative" : "Non-Authoritative",
               name_of(d, &actions.names, action >> ACTION_SHIFT, "unknown"),
               be16_at(d, r, VERSION) & VERSION_MASK);
    if (len == 0) {
        say(d, " [unsupported address family identifier %u]", family);
        return false;
    }
    *v = view_from(r, RECORD_LEN + len);
    if (!need(d, r, RECORD_LEN, len))
        return false;
    say_z(d, " EID ");
    say_address(d, view_from(r, RECORD_LEN), len);
    say_at(d, r, "/%lu, %u locator(s)", AT_U8(MASK_LEN), locators);
    for (u32 i = 0; repeat(d, i, locators); i++)
        if (!say_locator(d, v))
            return false;
    return true;
}

/* What is behind the records. */
static void say_rest(struct dissect *d, struct view v, bool xtr_id)
{
    if (!xtr_id) {
        say_bytes(d, "Data", v);
    } else if (!view_has(v, 0, XTR_ID_LEN + SITE_ID_LEN)) {
        invalid(d);
    } else {
        say_bytes(d, "xTR-ID", view_clip(v, XTR_ID_LEN));
        say(d, "\n    SITE-ID: %llu", (unsigned long long)be64_at(d, v, XTR_ID_LEN));
    }
}

/* A Map-Register or Map-Notify, whose header is captured. */
static void say_mappings(struct dissect *d, struct view v, bool xtr_id)
{
    u32 records = u8_at(d, v, RECORDS), auth_len = be16_at(d, v, AUTH_LEN);
    struct view rest = view_from(v, HEADER_LEN);

    if (verbose(d, 1))
        say(d, "\n    %u record(s), Authentication %s,", records,
            name_of(d, &authentications.names, be16_at(d, v, KEY_ID),
                    "unknown-type"));
    else
        say(d, " %u record(s),", records);
    if (auth_len > rest.len) {
        say(d, " [authentication data length %u > %u]", auth_len, rest.len);
        invalid(d);
        return;
    }
    if (verbose(d, 1)) {
        say_bytes(d, "Authentication-Data", view_clip(rest, auth_len));
        if (!need(d, rest, 0, auth_len))
            return;
    }
    if (records == 0) {
        invalid(d);
        return;
    }
    rest = view_from(rest, auth_len);
    for (u32 i = 0; rest.len > 0 && repeat(d, i, records); i++)
        if (!say_record(d, &rest))
            return;
    say_rest(d, rest, xtr_id);
}

void print_lisp(struct dissect *d, struct view v)
{
    d->proto = "lisp";
    if (!has(d, v, HEADER_LEN))
        return;
    u32 first = be32_at(d, v, TYPE_FLAGS), type = first >> 28;

    say(d, "%s,", name_of(d, &messages.names, type, "unknown-type-%u"));
    if (type != MAP_REGISTER && type != MAP_NOTIFY)
        return;
    if (verbose(d, 1))
        say(d, " flags [%s],",
            flags_of(d, type == MAP_REGISTER ? &register_flags.names : &notify_flags.names, first, ", ",
                     "none"));
    say_mappings(d, v, (first & (type == MAP_REGISTER ? REGISTER_XTR_ID : NOTIFY_XTR_ID)) != 0);
}
