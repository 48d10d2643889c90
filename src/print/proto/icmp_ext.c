/*
 * Extension structures behind ICMP messages.  RFC 4884 (where they stand), RFC 4950 (MPLS label
 * stack), RFC 8335, section 2.1 (interface identification).
 *
 *    0               1               2               3
 *   +-------+-------+---------------+-------------------------------+
 *   |version|          reserved     |           checksum            |
 *   +-------+-------+---------------+---------------+---------------+
 *   |         object length         |     class     |  class type   |  one or more objects
 *   |                    object payload (variable)                  |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/icmp_ext.h"

#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/afi.h"

enum { VERSION, CHECKSUM = 2, EXT_HEADER = 4 };
enum { OBJECT_LENGTH, OBJECT_CLASS = 2, OBJECT_TYPE, OBJECT_HEADER };
enum { EXT_VERSION = 2 };

/* In the ICMP message: the quoted packet's length in words, and where extensions stand. */
enum {
    ICMP_LOCAL = 7, /* lowest bit: the interface belongs to the probed node */
    ICMP_QUOTED_WORDS = 5,
    ICMP_HEADER = 8,
    MULTIPART_AT = ICMP_HEADER + 128, /* RFC 4884, section 4.6: at least 128 bytes are quoted */
};

enum { CLASS_MPLS = 1, CLASS_INTERFACE_INFO = 2, CLASS_INTERFACE_ID = 3 };
enum { MPLS_INCOMING = 1 };
enum { ID_BY_NAME = 1, ID_BY_INDEX, ID_BY_ADDRESS };
enum { ADDRESS_AFI, ADDRESS_LEN = 2, ADDRESS_BYTES = 4, AFI_IP4 = 1, AFI_IP6 = 2 };

NAMES(multipart_classes,
      (CLASS_MPLS, "MPLS Stack Entry")
      (CLASS_INTERFACE_INFO, "Interface Identification")
      /* as tcpdump 4.99.3 names it */);

static void say_label(struct dissect *d, struct view v)
{
    u32 entry = be32_at(d, v, 0);

    say(d, "\n\t    label %u, tc %u", entry >> 12, entry >> 9 & 7);
    if ((entry & 0x100) != 0)
        say_z(d, ", [S]");
    say(d, ", ttl %u", entry & 0xff);
}

/* The heading of an object; `v` begins with its length. */
static void say_object(struct dissect *d, struct view v, const char *name)
{
    say_at(d, v, "\n\t  %s Object (%lu), Class-Type: %lu, length %lu", name, AT_U8(OBJECT_CLASS),
           AT_U8(OBJECT_TYPE), AT_BE16(OBJECT_LENGTH));
}

static void say_objects(struct dissect *d, struct view v)
{
    while (v.len > OBJECT_HEADER) {
        if (!view_has(v, 0, OBJECT_HEADER)) {
            truncated(d);
            return;
        }
        u16 length = be16_at(d, v, OBJECT_LENGTH);
        u8 class = u8_at(d, v, OBJECT_CLASS), type = u8_at(d, v, OBJECT_TYPE);
        say_object(d, v, name_of(d, &multipart_classes.names, class, "unknown"));
        if (class == 0 || length < OBJECT_HEADER)
            return;
        v = view_from(v, OBJECT_HEADER);
        length = (u16)(length - OBJECT_HEADER);
        if (class == CLASS_MPLS && type == MPLS_INCOMING)
            say_label(d, v);
        else
            hexdump(d->out, "\n\t    ", view_sub(v, 0, length));
        if (v.len < length)
            return;
        v = view_from(v, length);
    }
}

static u16 checksum_of(struct view v)
{
    struct checksum sum = { 0 };
    checksum_add(&sum, v);
    return checksum_end(&sum);
}

static void say_checksum(struct dissect *d, struct view v)
{
    say_at(d, v, ", checksum 0x%04lx (%scorrect), length %u", AT_BE16(CHECKSUM),
           checksum_of(v) != 0 ? "in" : "", v.len);
}

void say_icmp_multipart(struct dissect *d, struct view v)
{
    if (v.len <= MULTIPART_AT)
        return;
    if (!view_has(v, 0, MULTIPART_AT + EXT_HEADER + 1)) { /* as tcpdump: and a byte of an object */
        truncated(d);
        return;
    }
    struct view ext = view_from(v, MULTIPART_AT);
    bool whole = view_has(ext, 0, ext.len);
    /* Senders older than RFC 4884 leave the quoted length zero: only a checksum tells (5.5). */
    if (u8_at(d, v, ICMP_QUOTED_WORDS) == 0 && whole && checksum_of(ext) != 0)
        return;
    say(d, "\n\tICMP Multi-Part extension v%u", u8_at(d, ext, VERSION) >> 4);
    if (u8_at(d, ext, VERSION) >> 4 != EXT_VERSION) {
        say_z(d, " packet not supported");
        return;
    }
    if (whole)
        say_checksum(d, ext);
    say_objects(d, view_from(ext, EXT_HEADER));
}

static void say_interface_address(struct dissect *d, struct view v)
{
    u16 family = be16_at(d, v, ADDRESS_AFI);
    u8 length = u8_at(d, v, ADDRESS_LEN);

    if (family == AFI_IP4 && length == 4)
        say_at(d, v, "\n\t    IP Address sub-object: %pI4", AT_ADDRESS(ADDRESS_BYTES));
    else if (family == AFI_IP6 && length == 16)
        say_at(d, v, "\n\t    IP Address sub-object: %pI6", AT_ADDRESS(ADDRESS_BYTES));
    else
        hexdump(d->out, "\n\t    ", v);
}

static void say_interface_id(struct dissect *d, u8 type, struct view v)
{
    switch (type) {
    case ID_BY_NAME:
        say(d, "\n\t    Interface Name, length %u: ", v.len);
        if (!say_until_nul(d, v))
            seal(d);
        return;
    case ID_BY_INDEX:
        say_at(d, v, "\n\t    Interface Index: %lu", AT_BE32(0));
        return;
    case ID_BY_ADDRESS:
        say_interface_address(d, v);
        return;
    default: hexdump(d->out, "\n\t    ", v);
    }
}

void say_icmp_interface_query(struct dissect *d, struct view v)
{
    say(d, "\n\t%s Interface", u8_at(d, v, ICMP_LOCAL) & 1 ? "Local" : "Remote");
    struct view ext = view_from(v, ICMP_HEADER);
    struct view object = view_from(ext, EXT_HEADER);
    u16 length = be16_at(d, object, OBJECT_LENGTH);
    u8 class = u8_at(d, object, OBJECT_CLASS), type = u8_at(d, object, OBJECT_TYPE);

    if (length < OBJECT_HEADER) {
        invalid(d);
        return;
    }
    ext = view_clip(ext, (u32)EXT_HEADER + length);
    if (view_has(ext, 0, ext.len))
        say_checksum(d, ext); /* the data to be echoed behind the object is not a part of it */
    say_object(d, object, class == CLASS_INTERFACE_ID ? "Interface Identification" : "unknown");
    object = view_sub(object, OBJECT_HEADER, (u32)length - OBJECT_HEADER);
    if (class == CLASS_INTERFACE_ID)
        say_interface_id(d, type, object);
    else
        hexdump(d->out, "\n\t    ", object);
}
