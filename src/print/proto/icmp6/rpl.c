/*
 * RPL: routing for low-power and lossy networks.  RFC 6550, section 6.
 *
 * DODAG information object:
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |  instance     |    version    |             rank              |
 *   +-+-+-----+-----+---------------+---------------+---------------+
 *   |G|0| MOP | prf |  DTSN         |     flags     |   reserved    |
 *   |                  DODAG identifier (16 bytes)                  |
 *   |                            options                            |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/icmp6/icmp6.h"

enum { CODE = 1, BODY = 4 };
enum { DIO_RANK = 2, DIO_MODE = 4, DIO_SEQUENCE, DIO_ID = 8, DIO_BYTES = 24 };
enum { DAO_FLAGS = 1, DAO_SEQUENCE = 3, DAO_ID = 4, DAO_BYTES = 4 };
enum { ACK_FLAGS = 1, ACK_SEQUENCE, ACK_STATUS };
enum { ID_BYTES = 16 };

enum code {
    SOLICITATION,
    INFORMATION,
    ADVERTISEMENT,
    ADVERTISEMENT_ACK,
    SECURE = 0x80,
};

static const char *const modes[8] = {
    "nonstoring", "storing", "nonstoring-multicast", "storing-multicast",
    "mop4",       "mop5",    "mop6",                 "mop7",
};

NAMES(options,
      (0, "pad1") (1, "padN") (2, "metrics") (3, "routinginfo") (4, "config") (5, "rpltarget")
      (6, "transitinfo") (8, "destprefix") (9, "rpltargetdesc"));

/* All of these return false when the message is cut. */

static bool say_options(struct dissect *d, struct view v)
{
    enum { TYPE, LENGTH, HEADER, PAD1 = 0 };

    while (v.len > 0) {
        if (!need(d, v, TYPE, 1))
            return true;
        u8 type = u8_at(d, v, TYPE);
        u32 length = 1;
        if (type == PAD1) {
            say_z(d, " opt:pad1");
        } else {
            if (v.len < HEADER || !need(d, v, LENGTH, 1))
                return false;
            length = (u32)HEADER + u8_at(d, v, LENGTH);
            say(d, " opt:%s len:%u ", name_of(d, &options.names, type, "subopt:%u"), length);
            if (length > v.len || !view_has(v, 0, length))
                return false;
            if (verbose(d, 3))
                hexdump(d->out, " ", view_sub(v, HEADER, length - HEADER));
        }
        v = view_from(v, length);
    }
    return true;
}

static bool say_information(struct dissect *d, struct view v)
{
    enum { GROUNDED = 0x80 };

    if (v.len < DIO_BYTES) {
        say(d, " [length %u < %u]", v.len, (unsigned)DIO_BYTES);
        invalid(d);
        return true;
    }
    if (!need(d, v, 0, DIO_BYTES))
        return true;
    u8 mode = u8_at(d, v, DIO_MODE);
    say_at(d, v, " [dagid:%pI6,seq:%lu,instance:%lu,rank:%lu,%smop:%s,prf:%u]", AT_ADDRESS(DIO_ID),
           AT_U8(DIO_SEQUENCE), AT_U8(0), AT_BE16(DIO_RANK), mode & GROUNDED ? "grounded," : "",
           modes[mode >> 3 & 7], mode & 7u);
    return !verbose(d, 2) || say_options(d, view_from(v, DIO_BYTES));
}

/* The DODAG identifier where it may be left out; `*v` goes on behind it. */
static bool say_identifier(struct dissect *d, struct view *v, bool present)
{
    if (!present) {
        say_z(d, " [dagid:<elided>");
        return true;
    }
    if (!view_has(*v, 0, ID_BYTES))
        return false;
    say(d, " [dagid:%pI6", bytes_at(d, *v, 0, 16));
    *v = view_from(*v, ID_BYTES);
    return true;
}

static bool say_advertisement(struct dissect *d, struct view v)
{
    enum { WANT_ACK = 0x80, HAS_ID = 0x40 };

    if (!view_has(v, 0, DAO_BYTES + ID_BYTES)) /* as tcpdump: even without identifier */
        return false;
    u8 flags = u8_at(d, v, DAO_FLAGS), instance = u8_at(d, v, 0), sequence = u8_at(d, v, DAO_SEQUENCE);
    v = view_from(v, DAO_BYTES);
    if (!say_identifier(d, &v, (flags & HAS_ID) != 0))
        return false;
    say(d, ",seq:%u,instance:%u%s%s,%02x]", sequence, instance, flags & WANT_ACK ? ",acK" : "",
        flags & HAS_ID ? ",Dagid" : "", flags);
    return !verbose(d, 2) || say_options(d, v);
}

static bool say_acknowledgement(struct dissect *d, struct view v)
{
    enum { HAS_ID = 0x80 };

    if (!view_has(v, 0, DAO_BYTES))
        return false;
    u8 flags = u8_at(d, v, ACK_FLAGS), instance = u8_at(d, v, 0);
    u8 sequence = u8_at(d, v, ACK_SEQUENCE), status = u8_at(d, v, ACK_STATUS);
    v = view_from(v, DAO_BYTES);
    if (!say_identifier(d, &v, (flags & HAS_ID) != 0))
        return false;
    say(d, ",seq:%u,instance:%u,status:%u]", sequence, instance, status);
    return !verbose(d, 2) || say_options(d, v);
}

static bool say_message(struct dissect *d, u8 code, struct view v)
{
    switch (code) {
    case SOLICITATION: say_z(d, "DODAG Information Solicitation"); return true;
    case INFORMATION:
        say_z(d, "DODAG Information Object");
        return !verbose(d, 1) || say_information(d, v);
    case ADVERTISEMENT:
        say_z(d, "Destination Advertisement Object");
        return !verbose(d, 1) || say_advertisement(d, v);
    case ADVERTISEMENT_ACK:
        say_z(d, "Destination Advertisement Object Ack");
        return !verbose(d, 1) || say_acknowledgement(d, v);
    default: say(d, "RPL message, unknown code %u", code); return true;
    }
}

void say_rpl(struct dissect *d, struct view v)
{
    u8 code = u8_at(d, v, CODE);

    if ((code & SECURE) != 0) {
        say_z(d, ", (SEC) [worktodo]");
        return;
    }
    say_z(d, ", (CLR)");
    if (!say_message(d, code, view_from(v, BODY)))
        truncated(d);
}
