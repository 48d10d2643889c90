/*
 * Mobile IPv6: the mobility header.  RFC 6275, sections 6.1 and 6.2.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |  next header  | length/8 - 1  |     type      |   reserved    |
 *   |           checksum            |  depends on the type ...      |
 *   |  options: type 1, length 1, data ...                          |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { LENGTH = 1, TYPE, DATA = 6, HEADER_LEN = 8 };

enum type {
    REFRESH_REQUEST,
    HOME_INIT,
    CARE_OF_INIT,
    HOME_TEST,
    CARE_OF_TEST,
    BINDING_UPDATE,
    BINDING_ACKNOWLEDGMENT,
    BINDING_ERROR,
};

/* The least length of each type. */
static const u8 least_lengths[] = { 8, 16, 16, 24, 24, 12, 12, 24 };

enum { PAD1, PADN, REFRESH, ALTERNATE_CARE_OF, NONCE, AUTHORIZATION };

/* As tcpdump: all that is left counts as the option's length here. */
static bool has_room(struct dissect *d, struct view v, u32 least, const char *name)
{
    if (v.len >= least)
        return true;
    say(d, "(%s: trunc)", name);
    abandon(d);
    return false;
}

static void say_option(struct dissect *d, struct view v)
{
    u8 type = u8_at(d, v, 0);

    switch (type) {
    case PAD1: say_z(d, "(pad1)"); break;
    case PADN:
        if (has_room(d, v, 2, "padn"))
            say_z(d, "(padn)");
        break;
    case REFRESH:
        if (has_room(d, v, 4, "refresh"))
            say(d, "(refresh: %u)", be16_at(d, v, 2) * 4u);
        break;
    case ALTERNATE_CARE_OF:
        if (has_room(d, v, 18, "altcoa"))
            say_at(d, v, "(alt-CoA: %pI6)", AT_ADDRESS(2));
        break;
    case NONCE:
        if (has_room(d, v, 6, "ni"))
            say_at(d, v, "(ni: ho=0x%04lx co=0x%04lx)", AT_BE16(2), AT_BE16(4));
        break;
    case AUTHORIZATION:
        if (has_room(d, v, 12, "auth"))
            say_z(d, "(auth)");
        break;
    default:
        if (has_room(d, v, 2, "?"))
            say_at(d, v, "(type-0x%02x: len=%lu)", type, AT_U8(1));
        break;
    }
}

static void say_options(struct dissect *d, struct view v)
{
    while (v.len > 0 && !d->sealed) {
        u32 length = 1;
        if (u8_at(d, v, 0) != PAD1) {
            if (v.len < 2) {
                abandon(d);
                return;
            }
            length = u8_at(d, v, 1) + 2u;
        }
        /* As tcpdump: a byte has to follow each option. */
        if (length > v.len || !want(d, v, length, 1)) {
            abandon(d);
            return;
        }
        say_option(d, v);
        v = view_from(v, length);
    }
}

static void say_words(struct dissect *d, struct view v, u32 at, const char *name)
{
    if (verbose(d, 1))
        say_at(d, v, " %s=%08lx:%08lx", name, AT_BE32(at), AT_BE32(at + 4));
}

static void say_update(struct dissect *d, struct view v)
{
    enum { FLAGS = 8, LIFETIME = 10 };

    say_z(d, " BU");
    say_at(d, v, " seq#=%lu", AT_BE16(DATA));
    if (!want(d, v, FLAGS, 2))
        return;
    u16 flags = be16_at(d, v, FLAGS);
    if ((flags & 0xf000) != 0)
        say_z(d, " ");
    say(d, "%s%s%s%s", flags & 0x8000 ? "A" : "", flags & 0x4000 ? "H" : "",
        flags & 0x2000 ? "L" : "", flags & 0x1000 ? "K" : "");
    say(d, " lifetime=%u", be16_at(d, v, LIFETIME) * 4u);
}

static void say_acknowledgment(struct dissect *d, struct view v)
{
    enum { FLAGS = 7, SEQUENCE, LIFETIME = 10, KEY_MANAGEMENT = 0x80 };

    say_z(d, " BA");
    say_at(d, v, " status=%lu", AT_U8(DATA));
    if ((u8_at(d, v, FLAGS) & KEY_MANAGEMENT) != 0)
        say_z(d, " K");
    say_at(d, v, " seq#=%lu", AT_BE16(SEQUENCE));
    say(d, " lifetime=%u", be16_at(d, v, LIFETIME) * 4u);
}

static void say_message(struct dissect *d, struct view v, enum type type)
{
    switch (type) {
    case REFRESH_REQUEST: say_z(d, " BRR"); break;
    case HOME_INIT:
        say_z(d, " HoTI");
        say_words(d, v, HEADER_LEN, "Home Init Cookie");
        break;
    case CARE_OF_INIT:
        say_z(d, " CoTI");
        say_words(d, v, HEADER_LEN, "Care-of Init Cookie");
        break;
    case HOME_TEST:
        say_z(d, " HoT");
        say_at(d, v, " nonce id=0x%lx", AT_BE16(DATA));
        say_words(d, v, HEADER_LEN, "Home Init Cookie");
        say_words(d, v, HEADER_LEN + 8, "Home Keygen Token");
        break;
    case CARE_OF_TEST:
        say_z(d, " CoT");
        say_at(d, v, " nonce id=0x%lx", AT_BE16(DATA));
        say_words(d, v, HEADER_LEN, "Care-of Init Cookie");
        say_words(d, v, HEADER_LEN + 8, "Care-of Keygen Token");
        break;
    case BINDING_UPDATE: say_update(d, v); break;
    case BINDING_ACKNOWLEDGMENT: say_acknowledgment(d, v); break;
    case BINDING_ERROR:
        say_z(d, " BE");
        say_at(d, v, " status=%lu", AT_U8(DATA));
        say_at(d, v, " homeaddr %pI6", AT_ADDRESS(HEADER_LEN));
        break;
    }
}

static void say_header(struct dissect *d, struct view v)
{
    if (!want(d, v, LENGTH, 1))
        return;
    u32 length = (u8_at(d, v, LENGTH) + 1u) * 8;
    u8 type = u8_at(d, v, TYPE);
    if (type >= countof(least_lengths)) {
        say_at(d, v, "mobility: type-#%u len=%lu", type, AT_U8(LENGTH));
        return;
    }
    if (length < least_lengths[type]) {
        say(d, "(header length %u is too small for type %u)", length, type);
        abandon(d);
        return;
    }
    say_z(d, "mobility:");
    say_message(d, v, type);
    if (verbose(d, 1))
        say_options(d, view_claim(view_from(v, least_lengths[type]), length - least_lengths[type]));
}

void print_mobility(struct dissect *d, struct view v)
{
    d->proto = "mobility";
    say_header(d, v);
    resume(d);
}
