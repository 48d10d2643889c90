/*
 * EAP over LAN.  EAPOL: IEEE 802.1X-2010, clause 11.3; EAP: RFC 3748, section 4.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |   version     |     type      |             length            |  EAPOL
 *   +---------------+---------------+-------------------------------+
 *   |     code      |  identifier   |             length            |  EAP
 *   |     type      |  data ...                                     |  requests and responses
 *   +---------------+-----------------------------------------------+
 */
#include "print/printer.h"

enum { EAPOL_VERSION, EAPOL_TYPE, EAPOL_LENGTH, EAPOL_LEN = 4 };
enum { CODE, IDENTIFIER, LENGTH, HEADER_LEN = 4, TYPE = 4, DATA };

enum { EAPOL_PACKET };
enum { REQUEST = 1, RESPONSE };

enum type {
    IDENTITY = 1, NOTIFICATION, NAK, TLS = 13, SIM = 18, TTLS = 21, AKA = 23, FAST = 43,
};

/* RFC 5216, section 3.1; the version in RFC 5281, section 9.1 and RFC 4851, section 4.1. */
enum { FLAG_LENGTH = 0x80, TLS_VERSION_MASK = 0x07, TLS_LENGTH = DATA + 1 };

static const struct name eapol_types[] = {
    { EAPOL_PACKET, "EAP packet" }, { 1, "EAPOL start" },             { 2, "EAPOL logoff" },
    { 3, "EAPOL key" },             { 4, "Encapsulated ASF alert" }, NAMES_END
};

static const struct name codes[] = {
    { REQUEST, "Request" }, { RESPONSE, "Response" }, { 3, "Success" },
    { 4, "Failure" },       NAMES_END
};

static const struct name types[] = {
    { 0, "No proposed" },
    { IDENTITY, "Identity" },
    { NOTIFICATION, "Notification" },
    { NAK, "Nak" },
    { 4, "MD5-challenge" },
    { 5, "OTP" },
    { 6, "GTC" },
    { TLS, "TLS" },
    { SIM, "SIM" },
    { TTLS, "TTLS" },
    { AKA, "AKA" },
    { FAST, "FAST" },
    { 254, "Expanded types" },
    { 255, "Experimental" },
    NAMES_END
};

static const struct name tls_flags[] = {
    { FLAG_LENGTH, "L bit" }, { 0x40, "More fragments bit" }, { 0x20, "Start bit" }, NAMES_END
};

/* RFC 4186, section 9; RFC 4187, section 11. */
static const struct name sim_subtypes[] = {
    { 1, "Challenge" },
    { 2, "Auth reject" },
    { 4, "Sync failure" },
    { 5, "Identity" },
    { 10, "Start" },
    { 11, "Challenge" },
    { 12, "Notification" },
    { 13, "Reauth" },
    { 14, "Client error" },
    NAMES_END
};

static void say_tls(struct dissect *d, u8 type, struct view v)
{
    u8 flags = u8_at(d, v, DATA);

    if (type == TTLS)
        say(d, " TTLSv%u", flags & TLS_VERSION_MASK);
    if (type == FAST)
        say(d, " FASTv%u", flags & TLS_VERSION_MASK);
    say(d, " flags [%s] 0x%02x", flags_of(d, tls_flags, flags, ", ", "none"), flags);
    if ((flags & FLAG_LENGTH) == 0)
        return;
    if (v.len < TLS_LENGTH + 4) {
        say_z(d, " (too short for EAP TLS/TTLS/FAST message length)");
        return;
    }
    say(d, ", len %u", be32_at(d, v, TLS_LENGTH));
}

/* What a message of this type wants that has nothing behind its type; NULL when that is fine. */
static const char *least(u8 type)
{
    switch (type) {
    case NOTIFICATION: return "Notification";
    case NAK: return "Legacy NAK";
    case TLS:
    case TTLS: return "TLS/TTLS";
    case FAST: return "FAST";
    case SIM:
    case AKA: return "SIM/AKA";
    default: return NULL;
    }
}

static void say_method(struct dissect *d, struct view v)
{
    u8 type = u8_at(d, v, TYPE);
    struct view data = view_from(v, DATA);

    say(d, "\n\t\t Type %s (%u)", name_of(d, types, type, "unknown"), type);
    if (data.len == 0) {
        if (least(type) != NULL)
            say(d, " (too short for EAP %s request/response)", least(type));
        return;
    }
    switch (type) {
    case IDENTITY:
    case NOTIFICATION:
        say(d, ", %s: ", name_of(d, types, type, ""));
        say_until_nul(d, data);
        break;
    case NAK:
        for (u32 i = 0; repeat(d, i, data.len); i++) {
            u8 wanted = u8_at(d, data, i);
            say(d, "%s%s (%u)", i == 0 ? " " : ", ", name_of(d, types, wanted, "unknown"), wanted);
        }
        break;
    case TLS:
    case TTLS:
    case FAST: say_tls(d, type, v); break;
    case SIM:
    case AKA: {
        u8 subtype = u8_at(d, data, 0);
        say(d, " subtype [%s] 0x%02x", name_of(d, sim_subtypes, subtype, "unknown"), subtype);
        break;
    }
    default: break;
    }
}

/* The packet in `v`, which EAPOL says has `expected` bytes. */
static void say_eap(struct dissect *d, struct view v, u32 expected)
{
    if (expected == 0) {
        truncated(d);
        return;
    }
    say_z(d, ", ");
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    u8 code = u8_at(d, v, CODE);
    u32 len = be16_at(d, v, LENGTH);

    if (len != expected) {
        say_z(d, "EAP fragment?");
        return;
    }
    say(d, "%s (%u), id %u, len %u", name_of(d, codes, code, "unknown"), code,
        u8_at(d, v, IDENTIFIER), len);
    if (!view_has(v, 0, len)) {
        truncated(d);
        return;
    }
    if ((code == REQUEST || code == RESPONSE) && len > TYPE)
        say_method(d, view_clip(v, len));
}

void print_eapol(struct dissect *d, struct view v)
{
    d->proto = "eap";
    if (!view_has(v, 0, EAPOL_LEN)) {
        truncated(d);
        return;
    }
    u8 type = u8_at(d, v, EAPOL_TYPE);
    u32 len = be16_at(d, v, EAPOL_LENGTH);

    say(d, "%s (%u) v%u, len %u", name_of(d, eapol_types, type, "unknown"), type,
        u8_at(d, v, EAPOL_VERSION), len);
    if (type != EAPOL_PACKET || !verbose(d, 1))
        return;
    struct view eap = view_from(v, EAPOL_LEN);
    say_eap(d, eap, len);
}
