/*
 * The attributes of transforms.  RFC 2408, section 3.3; RFC 7296, section 3.3.5.
 *
 *    0               1               2               3
 *   +-+-----------------------------+-------------------------------+
 *   |F|            type             |   F=0: length   F=1: value    |
 *   +-+-----------------------------+-------------------------------+
 *   |                     F=0: value (variable)                     |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/isakmp/isakmp.h"

enum { TYPE, LENGTH = 2, VALUE = 2, LONG_VALUE = 4, SHORT_LEN = 4 };

enum { IS_SHORT = 0x80, TYPE_MASK = 0x7fff };

const char *const isakmp_groups[ISAKMP_GROUPS] = {
    NULL,         "modp768",    "modp1024",   "EC2N 2^155", "EC2N 2^185",
    "modp1536",   "iana-grp06", "iana-grp07", "iana-grp08", "iana-grp09",
    "iana-grp10", "iana-grp11", "iana-grp12", "iana-grp13", "modp2048",
    "modp3072",   "modp4096",   "modp6144",   "modp8192",
};

static const char *const encryption[] = { NULL,  "1des", "idea", "blowfish",
                                          "rc5", "3des", "cast", "aes" };
static const char *const hashes[] = { NULL,       "md5",      "sha1",    "tiger",
                                      "sha2-256", "sha2-384", "sha2-512" };
static const char *const methods[] = { NULL,      "preshared", "dss",
                                       "rsa sig", "rsa enc",   "rsa enc revised" };
static const char *const group_types[] = { NULL, "MODP", "ECP", "EC2N" };
static const char *const life_types[] = { NULL, "sec", "kb" };
static const char *const modes[] = { NULL, "tunnel", "transport" };
static const char *const authentication[] = { NULL, "hmac-md5", "hmac-sha1", "1des-mac", "keyed" };

/* as tcpdump: group 18 has no name here, although it has one in IKE version 2 */
#define GROUPS        isakmp_groups, ISAKMP_GROUPS - 1
#define VALUES(names) names, countof(names)

/* RFC 2409, appendix A. */
static const struct isakmp_attribute ike_rows[] = {
    { NULL, NULL, 0 },
    { "enc", VALUES(encryption) },
    { "hash", VALUES(hashes) },
    { "auth", VALUES(methods) },
    { "group desc", GROUPS },
    { "group type", VALUES(group_types) },
    { "group prime", NULL, 0 },
    { "group gen1", NULL, 0 },
    { "group gen2", NULL, 0 },
    { "group curve A", NULL, 0 },
    { "group curve B", NULL, 0 },
    { "lifetype", VALUES(life_types) },
    { "lifeduration", NULL, 0 },
    { "prf", NULL, 0 },
    { "keylen", NULL, 0 },
    { "field", NULL, 0 },
    { "order", NULL, 0 },
};

/* RFC 2407, section 4.5. */
static const struct isakmp_attribute ipsec_rows[] = {
    { NULL, NULL, 0 },
    { "lifetype", VALUES(life_types) },
    { "life", NULL, 0 },
    { "group desc", GROUPS },
    { "enc mode", VALUES(modes) },
    { "auth", VALUES(authentication) },
    { "keylen", NULL, 0 },
    { "rounds", NULL, 0 },
    { "dictsize", NULL, 0 },
    { "privalg", NULL, 0 },
};

/* RFC 7296, section 3.3.5: the key's length is the only one. */
static const struct isakmp_attribute v2_rows[] = {
    [14] = { "keylen", NULL, 0 },
};

const struct isakmp_attributes isakmp_ike_attributes = { ike_rows, countof(ike_rows) };
const struct isakmp_attributes isakmp_ipsec_attributes = { ipsec_rows, countof(ipsec_rows) };
const struct isakmp_attributes isakmp_v2_attributes = { v2_rows, countof(v2_rows) };

/* One attribute, with `room` bytes for it.  Returns its length, more than `room` if it is cut. */
static u32 say_attribute(struct dissect *d, struct view v, u32 room,
                         const struct isakmp_attributes *known)
{
    static const struct isakmp_attribute unknown = { NULL, NULL, 0 };
    bool is_short = (u8_at(d, v, TYPE) & IS_SHORT) != 0;
    u32 len = is_short ? SHORT_LEN : LONG_VALUE + be16_at(d, v, LENGTH);

    if (room < len) {
        say_z(d, "[|attr]");
        return room + 1;
    }
    u32 type = be16_at(d, v, TYPE) & TYPE_MASK;
    const struct isakmp_attribute *row = known != NULL && type < known->count ? &known->rows[type]
                                                                              : &unknown;
    say_z(d, "(");
    if (row->text != NULL)
        say(d, "type=%s ", row->text);
    else
        say(d, "type=#%u ", type);
    if (is_short) {
        u32 value = be16_at(d, v, VALUE);
        if (value < row->count && row->values[value] != NULL)
            say(d, "value=%s", row->values[value]);
        else
            say(d, "value=%04x", value);
    } else {
        say(d, "len=%u value=", len - LONG_VALUE);
        say_bytes_hex(d, view_sub(v, LONG_VALUE, len - LONG_VALUE));
    }
    say_z(d, ")");
    return len;
}

u32 isakmp_say_attributes(struct dissect *d, struct view v, u32 at, u32 end,
                          const struct isakmp_attributes *known)
{
    while (at < end && !d->sealed)
        at += say_attribute(d, view_from(v, at), end - at, known);
    return at;
}
