/*
 * Kerberos: messages of version 4, and the name of version 5.  The format of version 4 is that of
 * MIT's "Kerberos Authentication and Authorization System" (Project Athena, 1987); of version 5
 * (RFC 4120), an ASN.1 application tag stands where version 4 has its number.
 *
 *   version (1)  type and byte order (1)  name 0  instance 0  realm 0  ...
 */
#include "print/printer.h"

enum { VERSION, TYPE, NAMES };
enum { VERSION_4 = 4, TAG_AS_REQUEST = 0x6a, TAG_AS_REPLY = 0x6b };
enum { LITTLE_ENDIAN_BIT = 1 };

enum type { KDC_REQUEST = 2, KDC_REPLY = 4, APPL_REQUEST = 6, ERROR_REPLY = 10 };

NAMES(types,
      (KDC_REQUEST, "KDC_REQUEST")
      (KDC_REPLY, "KDC_REPLY")
      (APPL_REQUEST, "APPL_REQUEST")
      (8, "APPL_REQUEST_MUTUAL")
      (ERROR_REPLY, "ERR_REPLY")
      (12, "PRIVATE")
      (14, "SAFE")
      (16, "APPL_ERR")
      (126, "DIE"));

NAMES(errors,
      (0, "OK") (1, "NAME_EXP") (2, "SERVICE_EXP") (3, "AUTH_EXP") (4, "PKT_VER")
      (5, "NAME_MAST_KEY_VER") (6, "SERV_MAST_KEY_VER") (7, "BYTE_ORDER") (8, "PRINCIPAL_UNKNOWN")
      (9, "PRINCIPAL_NOT_UNIQUE") (10, "NULL_KEY"));

/* These return false when a text is cut. */

/* The text before a zero byte; `*v` goes on behind that. */
static bool say_text(struct dissect *d, struct view *v)
{
    u32 n = 0;

    while (view_byte(*v, n) > 0)
        n++;
    say_visible(d, view_clip(*v, n));
    if (!view_has(*v, n, 1))
        return false;
    *v = view_from(*v, n + 1);
    return true;
}

/* Two texts with a dot between them. */
static bool say_pair(struct dissect *d, struct view *v)
{
    if (!say_text(d, v))
        return false;
    say_z(d, ".");
    return say_text(d, v);
}

/* "name.instance@realm" */
static bool say_principal(struct dissect *d, struct view *v)
{
    if (!say_pair(d, v))
        return false;
    say_z(d, "@");
    return say_text(d, v);
}

/* A number in the byte order of the message. */
static u16 number_at(struct dissect *d, struct view v, u32 off, bool little)
{
    return little ? le16_at(d, v, off) : be16_at(d, v, off);
}

/* `v` begins behind the type. */
static bool say_version4(struct dissect *d, u8 type, bool little, struct view v)
{
    enum { TICKET_TIME = 4, LIFETIME_UNIT = 5, REPLY_LENGTH = 10, ERROR_CODE = 4, ERROR_TEXT = 8 };

    switch (type) {
    case KDC_REQUEST:
        if (!say_principal(d, &v))
            return false;
        say(d, " %umin ", (unsigned)u8_at(d, v, TICKET_TIME) * LIFETIME_UNIT);
        v = view_from(v, TICKET_TIME + 1);
        return say_pair(d, &v);
    case KDC_REPLY:
        if (!say_principal(d, &v))
            return false;
        say(d, " (%u)", number_at(d, v, REPLY_LENGTH, little));
        return true;
    case APPL_REQUEST:
        say(d, "v%u ", u8_at(d, v, 0));
        v = view_from(v, 1);
        if (!say_text(d, &v))
            return false;
        say(d, " (%u)", u8_at(d, v, 0));
        say(d, " (%u)", u8_at(d, v, 1));
        return true;
    case ERROR_REPLY:
        if (!say_principal(d, &v))
            return false;
        say(d, " %s ",
            name_of(d, &errors.names, number_at(d, v, ERROR_CODE, little), "#%u"));
        v = view_from(v, ERROR_TEXT);
        return say_text(d, &v);
    default: say_z(d, "(unknown)"); return true;
    }
}

void print_krb(struct dissect *d, struct view v)
{
    d->proto = "krb";
    if (!view_has(v, VERSION, 1)) {
        truncated(d);
        return;
    }
    u8 version = u8_at(d, v, VERSION);
    switch (version) {
    case 1:
    case 2:
    case 3: say(d, " v%u", version); break;
    case VERSION_4: {
        say(d, " v%u", version);
        u8 type = u8_at(d, v, TYPE);
        bool little = (type & LITTLE_ENDIAN_BIT) != 0;
        type &= (u8)~LITTLE_ENDIAN_BIT;
        say(d, " %s %s: ", little ? "le" : "be", name_of(d, &types.names, type, "#%u"));
        if (!say_version4(d, type, little, view_from(v, NAMES)))
            truncated(d);
        break;
    }
    case TAG_AS_REQUEST:
    case TAG_AS_REPLY: say_z(d, " v5"); break;
    }
}
