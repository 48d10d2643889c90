/*
 * Authentication in PPP: PAP, RFC 1334, section 2; CHAP, RFC 1994, section 4.
 *
 *    0               1               2
 *   +---------------+---------------+-------------------------------+
 *   |     code      |  identifier   |            length             |
 *   +---------------+---------------+-------------------------------+
 *   |  PAP: length 8, peer; length 8, password    or    length 8, message
 *   |  CHAP: length 8, value; name                or    message
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { CODE, IDENTIFIER, LENGTH, HEADER_LEN = 4 };

enum pap_code { PAP_REQUEST = 1, PAP_ACK, PAP_NAK };
enum chap_code { CHAP_CHALLENGE = 1, CHAP_RESPONSE, CHAP_SUCCESS, CHAP_FAILURE };

NAMES(pap_codes, (PAP_REQUEST, "Auth-Req") (PAP_ACK, "Auth-ACK") (PAP_NAK, "Auth-NACK"));

NAMES(chap_codes,
      (CHAP_CHALLENGE, "Challenge")
      (CHAP_RESPONSE, "Response")
      (CHAP_SUCCESS, "Success")
      (CHAP_FAILURE, "Fail"));

/* Says the `n` bytes at `off` as text.  False when they go past the end. */
static bool say_text(struct dissect *d, struct view v, u32 off, u32 n)
{
    for (u32 i = 0; i < n; i++) {
        int c = view_byte(v, off + i);
        if (c < 0) {
            seal(d);
            return false;
        }
        out_visible(d->out, (u8)c);
    }
    return true;
}

/* A length byte and so many bytes of text, which may not fill what is left.  False at the end. */
static bool say_counted(struct dissect *d, struct view *v, const char *label)
{
    if (v->len < 1)
        return false;
    u8 n = u8_at(d, *v, 0);
    *v = view_from(*v, 1);
    if (v->len < n)
        return false;
    say_z(d, label);
    say_text(d, *v, 0, n);
    *v = view_from(*v, n);
    return true;
}

/* Whether there is no whole header, and what there is. */
static bool is_short(struct dissect *d, struct view v, const char *name)
{
    if (v.len >= HEADER_LEN)
        return false;
    if (v.len == 0)
        say(d, "[|%s]", name);
    else
        say_at(d, v, "[|%s 0x%02lx]", name, AT_U8(CODE));
    return true;
}

void print_pap(struct dissect *d, struct view v)
{
    if (is_short(d, v, "pap"))
        return;
    u8 code = u8_at(d, v, CODE);
    say(d, "PAP, %s (0x%02x)", name_of(d, &pap_codes.names, code, "unknown"), code);
    say_at(d, v, ", id %lu", AT_U8(IDENTIFIER));
    u32 len = be16_at(d, v, LENGTH);
    if (len < HEADER_LEN) {
        say(d, ", length %u < PAP header length", len);
        return;
    }
    if (len > v.len) {
        say(d, ", length %u > packet size", len);
        return;
    }
    v = view_from(view_clip(v, len), HEADER_LEN);
    switch (code) {
    case PAP_REQUEST:
        if (v.len < 2) /* two length bytes at least */
            say_z(d, "[|pap]");
        else if (say_counted(d, &v, ", Peer ") && v.len >= 1)
            say_counted(d, &v, ", Name ");
        break;
    case PAP_ACK:
    case PAP_NAK:
        if (v.len < 1)
            say_z(d, "[|pap]");
        else
            say_counted(d, &v, ", Msg ");
        break;
    default: break;
    }
}

void print_chap(struct dissect *d, struct view v)
{
    if (is_short(d, v, "chap"))
        return;
    u8 code = u8_at(d, v, CODE);
    say(d, "CHAP, %s (0x%02x)", name_of(d, &chap_codes.names, code, "unknown"), code);
    say_at(d, v, ", id %lu", AT_U8(IDENTIFIER));
    u32 len = be16_at(d, v, LENGTH);
    v = view_from(v, HEADER_LEN);
    u32 rest = len - HEADER_LEN; /* as tcpdump: wraps, and then the text goes to the end */
    switch (code) {
    case CHAP_CHALLENGE:
    case CHAP_RESPONSE: {
        if (v.len < 1)
            return;
        u8 n = u8_at(d, v, 0);
        v = view_from(v, 1);
        if (v.len < n)
            return;
        say_z(d, ", Value ");
        for (u32 i = 0; repeat(d, i, n); i++)
            say_at(d, v, "%02lx", AT_U8(i));
        say_z(d, ", Name ");
        say_text(d, v, n, rest - n - 1);
        break;
    }
    case CHAP_SUCCESS:
    case CHAP_FAILURE:
        say_z(d, ", Msg ");
        say_text(d, v, 0, rest);
        break;
    default: break;
    }
}
