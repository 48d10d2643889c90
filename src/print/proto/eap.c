/*
 * EAP.  RFC 3748; 4186 (SIM), 4187 (AKA), 4851 (FAST), 5216 (TLS), 5281 (TTLS).
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |     code      |  identifier   |            length             |
 *   |     type      | of requests and responses: data               |
 *   +---------------+-----------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/eap.h"

enum { CODE, IDENTIFIER, LENGTH, HEADER_LEN = 4, TYPE = 4, DATA };
enum { REQUEST = 1, RESPONSE };
enum type { IDENTITY = 1, NOTIFICATION, NAK, TLS = 13, SIM = 18, TTLS = 21, AKA = 23, FAST = 43 };

NAMES(codes, (REQUEST, "Request") (RESPONSE, "Response") (3, "Success") (4, "Failure"));

NAMES(types,
      (0, "No proposed")
      (IDENTITY, "Identity")
      (NOTIFICATION, "Notification")
      (NAK, "Nak")
      (4, "MD5-challenge")
      (5, "OTP")
      (6, "GTC")
      (TLS, "TLS")
      (SIM, "SIM")
      (TTLS, "TTLS")
      (AKA, "AKA")
      (FAST, "FAST")
      (254, "Expanded types")
      (255, "Experimental"));

static const char *type_name(struct dissect *d, u8 type) { return name_of(d, &types.names, type, "unknown"); }

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

/* RFC 3748, section 5.3.1: the types that the peer would rather use. */
static void say_nak(struct dissect *d, struct view v)
{
    for (u32 i = DATA; i < v.len; i++) {
        u8 type = u8_at(d, v, i);
        say(d, "%s%s (%u)", i == DATA ? " " : ", ", type_name(d, type), type);
    }
}

/* RFC 5216, section 3.1; RFC 5281, section 9.1; RFC 4851, section 4.1. */
static void say_tls(struct dissect *d, u8 type, struct view v)
{
    enum { FLAGS = DATA, MESSAGE_LENGTH, LENGTH_INCLUDED = 0x80, VERSION = 7 };
    NAMES(bits, (LENGTH_INCLUDED, "L bit") (0x40, "More fragments bit") (0x20, "Start bit"));

    u8 flags = u8_at(d, v, FLAGS);
    if (type != TLS)
        say(d, " %sv%u", type_name(d, type), flags & VERSION);
    say(d, " flags [%s] 0x%02x", flags_of(d, &bits.names, flags, ", ", "none"), flags);
    if ((flags & LENGTH_INCLUDED) == 0)
        return;
    if (v.len < MESSAGE_LENGTH + 4)
        say(d, " (too short for EAP %s request/response with length)", least(type));
    else
        say_at(d, v, ", len %lu", AT_BE32(MESSAGE_LENGTH));
}

/* RFC 4186, section 8.1 and RFC 4187, section 8.1: one registry of subtypes. */
static void say_sim(struct dissect *d, struct view v)
{
    NAMES(subtypes,
          (1, "Challenge") (2, "Auth reject") (4, "Sync failure") (5, "Identity") (10, "Start")
          (11, "Challenge") (12, "Notification") (13, "Reauth") (14, "Client error"));

    u8 subtype = u8_at(d, v, DATA);
    say(d, " subtype [%s] 0x%02x", name_of(d, &subtypes.names, subtype, "unknown"), subtype);
}

static void say_method(struct dissect *d, struct view v)
{
    u8 type = u8_at(d, v, TYPE);

    say(d, "\n\t\t Type %s (%u)", type_name(d, type), type);
    if (v.len == DATA) {
        if (least(type) != NULL)
            say(d, " (too short for EAP %s request/response)", least(type));
        return;
    }
    switch (type) {
    case IDENTITY:
    case NOTIFICATION:
        say(d, ", %s: ", type_name(d, type));
        say_until_nul(d, view_from(v, DATA));
        break;
    case NAK: say_nak(d, v); break;
    case TLS:
    case TTLS:
    case FAST: say_tls(d, type, v); break;
    case SIM:
    case AKA: say_sim(d, v); break;
    default: break;
    }
}

void say_eap(struct dissect *d, struct view v)
{
    u8 code = u8_at(d, v, CODE);

    say_at(d, v, "%s (%u), id %lu, len %lu", name_of(d, &codes.names, code, "unknown"), code,
           AT_U8(IDENTIFIER), AT_BE16(LENGTH));
    if (v.len < HEADER_LEN) {
        say_z(d, " (too short for EAP header)");
        return;
    }
    if (!view_has(v, 0, v.len)) {
        truncated(d);
        return;
    }
    if (code != REQUEST && code != RESPONSE)
        return;
    if (v.len < DATA)
        say_z(d, " (too short for EAP request/response)");
    else
        say_method(d, view_clip(v, v.len));
}
