/*
 * BFD: bidirectional forwarding detection.  RFC 5880, section 4; over single hops: RFC 5881;
 * multihop: RFC 5883; on the members of link aggregation groups: RFC 7130; version 0:
 * draft-ietf-bfd-base-02.
 *
 *    0               1               2               3
 *   +-----+---------+---+-+-+-+-+-+-+---------------+---------------+
 *   | ver |  diag   |sta|P|F|C|A|D|M|  detect mult  |    length     |
 *   +-----+---------+---+-+-+-+-+-+-+---------------+---------------+
 *   |                      my discriminator                         |
 *   |                     your discriminator                        |
 *   |                   desired min TX interval                     |
 *   |                  required min RX interval                     |
 *   |                 required min echo RX interval                 |
 *   +---------------+---------------+---------------+---------------+
 *   |   auth type   |   auth len    |  auth key id  |   (reserved)  |  when A is set
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum {
    VERSION,
    FLAGS,
    MULTIPLIER,
    LENGTH,
    MINE = 4,
    YOURS = 8,
    MIN_TX = 12,
    MIN_RX = 16,
    MIN_ECHO = 20,
    HEADER_LEN = 24,
};

enum {
    VERSION_SHIFT = 5,
    DIAGNOSTIC_MASK = 0x1f,
    STATE_SHIFT = 6,
    FLAGS_MASK = 0x3f,
    AUTHENTICATED = 0x04
};

/* Behind the header. */
enum { AUTH_TYPE, AUTH_LEN, KEY_ID, PASSWORD, AUTH_HEADER_LEN, SEQUENCE = 4, DIGEST = 8 };

/* RFC 5880, section 4.2: a password has 1 to 16 bytes. */
enum { PASSWORD_AUTH_MIN = PASSWORD + 1, PASSWORD_AUTH_MAX = PASSWORD + 16 };

enum { MD5_AUTH_LEN = DIGEST + 16, SHA1_AUTH_LEN = DIGEST + 20 };

NAMES(diagnostics,
      (0, "No Diagnostic")
      (1, "Control Detection Time Expired")
      (2, "Echo Function Failed")
      (3, "Neighbor Signaled Session Down")
      (4, "Forwarding Plane Reset")
      (5, "Path Down")
      (6, "Concatenated Path Down")
      (7, "Administratively Down")
      (8, "Reverse Concatenated Path Down"));

static const char *const states[] = { "AdminDown", "Down", "Init", "Up" };

NAMES(flag_names,
      (0x20, "Poll")
      (0x10, "Final")
      (0x08, "Control Plane Independent")
      (0x04, "Authentication Present")
      (0x02, "Demand")
      (0x01, "Multipoint"));

NAMES(flag_names_v0,
      (0x80, "I Hear You")
      (0x40, "Demand")
      (0x20, "Poll")
      (0x10, "Final")
      (0x08, "Control Plane Independent")
      (0x04, "Authentication Present")
      (0x02, "Reserved")
      (0x01, "Reserved"));

static const struct authentication {
    const char *name, *digest; /* digest: what the bytes behind the sequence number are called */
    u8 len;                    /* with all headers, when there is a digest */
} authentications[] = {
    { "Unknown", NULL, 0 },
    { "Simple Password", NULL, 0 },
    { "Keyed MD5", "Digest", MD5_AUTH_LEN },
    { "Meticulous Keyed MD5", "Digest", MD5_AUTH_LEN },
    { "Keyed SHA1", "Hash", SHA1_AUTH_LEN },
    { "Meticulous Keyed SHA1", "Hash", SHA1_AUTH_LEN },
};

static void say_digest(struct dissect *d, struct view v, const struct authentication *a)
{
    say_at(d, v, ", Sequence Number: 0x%08lx", AT_BE32(SEQUENCE));
    if (!need(d, v, DIGEST, a->len - (u32)DIGEST))
        return;
    say(d, "\n\t  %s: ", a->digest);
    for (u32 i = DIGEST; i < a->len; i++)
        say_at(d, v, "%02lx", AT_U8(i));
}

static void say_authentication(struct dissect *d, struct view v)
{
    enum { SIMPLE_PASSWORD = 1 };

    if (!need(d, v, 0, AUTH_HEADER_LEN))
        return;
    u8 type = u8_at(d, v, AUTH_TYPE), len = u8_at(d, v, AUTH_LEN);
    const struct authentication *a = &authentications[type < countof(authentications) ? type : 0];

    say_at(d, v, "\n\tAuthentication: %s (%u), length: %u\n\t  Auth Key ID: %lu", a->name, type,
           len, AT_U8(KEY_ID));
    if (a->digest != NULL && len == a->len) {
        say_digest(d, v, a);
    } else if (type == SIMPLE_PASSWORD && len >= PASSWORD_AUTH_MIN && len <= PASSWORD_AUTH_MAX) {
        say_z(d, ", Password: ");
        if (!say_visible(d, view_sub(v, PASSWORD, (u32)len - PASSWORD)))
            seal(d);
    } else if (a->digest != NULL || type == SIMPLE_PASSWORD) {
        say(d, "[invalid length %u]", len);
    }
}

/* State and flags, which began to be apart with version 1. */
static void say_state(struct dissect *d, u8 version, u8 flags)
{
    if (version == 0)
        say(d, "Flags: [%s]", flags_of(d, &flag_names_v0.names, flags, ", ", "none"));
    else
        say(d, "State %s, Flags: [%s]", states[flags >> STATE_SHIFT],
            flags_of(d, &flag_names.names, flags & FLAGS_MASK, ", ", "none"));
}

static void say_fields(struct dissect *d, struct view v)
{
    u8 diagnostic = u8_at(d, v, VERSION) & DIAGNOSTIC_MASK, multiplier = u8_at(d, v, MULTIPLIER);
    u32 min_tx = be32_at(d, v, MIN_TX);

    say(d, ", Diagnostic: %s (0x%02x)",
        name_of(d, &diagnostics.names, diagnostic, "unknown"), diagnostic);
    say_at(d, v, "\n\tDetection Timer Multiplier: %u (%u ms Detection time), BFD Length: %lu",
           multiplier, multiplier * min_tx / 1000, AT_U8(LENGTH));
    say_at(d, v, "\n\tMy Discriminator: 0x%08lx, Your Discriminator: 0x%08lx", AT_BE32(MINE),
           AT_BE32(YOURS));
    say(d, "\n\t  Desired min Tx Interval:    %4u ms\n\t  Required min Rx Interval:   %4u ms",
        min_tx / 1000, be32_at(d, v, MIN_RX) / 1000);
    say(d, "\n\t  Required min Echo Interval: %4u ms", be32_at(d, v, MIN_ECHO) / 1000);
}

static void say_control(struct dissect *d, struct view v, const char *kind)
{
    u8 version = u8_at(d, v, VERSION) >> VERSION_SHIFT, flags = u8_at(d, v, FLAGS);

    if (version != 1)
        kind = "Control"; /* version 0 knew nothing else */
    if (version > 1) {
        say(d, "BFDv%u, %s, length: %u", version, kind, v.len);
        if (verbose(d, 1))
            hexdump(d->out, "\n\t", v);
        return;
    }
    if (verbose(d, 1)) {
        say(d, "BFDv%u, length: %u\n\t%s, ", version, v.len, kind);
        say_state(d, version, flags);
        say_fields(d, v);
        if ((flags & AUTHENTICATED) != 0)
            say_authentication(d, view_from(v, HEADER_LEN));
    } else {
        say(d, "BFDv%u, %s, ", version, kind);
        say_state(d, version, flags);
        say(d, ", length: %u", v.len);
    }
}

static void say_bfd(struct dissect *d, struct view v, const char *kind)
{
    d->proto = "bfd";
    if (need(d, v, 0, HEADER_LEN))
        say_control(d, v, kind);
}

void print_bfd(struct dissect *d, struct view v)
{
    say_bfd(d, v, "Control");
}

void print_bfd_multihop(struct dissect *d, struct view v)
{
    say_bfd(d, v, "Multihop");
}

void print_bfd_lag(struct dissect *d, struct view v)
{
    say_bfd(d, v, "Lag");
}

/* The contents of an echo packet are nobody's but the sender's. */
void print_bfd_echo(struct dissect *d, struct view v)
{
    d->proto = "bfd";
    say(d, "BFD, Echo, length: %u", v.len);
    if (verbose(d, 1))
        hexdump(d->out, "\n\t", v);
}
