/*
 * NSH: the network service header, which leads packets through chains of functions.  RFC 8300,
 * section 2.
 *
 *    0               1               2               3
 *   +---+-+-+-----------+-----------+---------------+---------------+
 *   |ver|O|U|    TTL    |  length/4 |  U    | type  | next protocol |
 *   |            service path identification        | service index |
 *   |  context: four words (type 1), or TLVs (type 2):              |
 *   |             class             |     type      |  length       |
 *   +---------------------------------------------------------------+
 */
#include "base/ethertype.h"
#include "print/printer.h"
#include "print/proto/ether.h"

enum { BASE, METADATA_TYPE = 2, NEXT, PATH, INDEX = 7, HEADER_LEN };

enum { METADATA_FIXED = 1, METADATA_TLVS, WORD = 4, FIXED_WORDS = 6, HEADER_WORDS = 2 };

enum { NEXT_IP4 = 1, NEXT_IP6, NEXT_ETHERNET };

NAMES(flags, (0x2000, "O"));

NAMES(metadata_types,
      (0, "reserved")
      (METADATA_FIXED, "1")
      (METADATA_TLVS, "2")
      (0xf, "experimental"));

NAMES(protocols,
      (NEXT_IP4, "IPv4") (NEXT_IP6, "IPv6") (NEXT_ETHERNET, "Ethernet") (4, "NSH") (5, "MPLS")
      (0xfe, "Experiment 1") (0xff, "Experiment 2"));

static void say_words(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < FIXED_WORDS - HEADER_WORDS; i++)
        say_at(d, v, "\n        Context[%02u]: 0x%08lx", i, AT_BE32(i * WORD));
}

/* False when one does not fit. */
static bool say_tlvs(struct dissect *d, struct view v)
{
    enum { CLASS, TYPE = 2, LENGTH, VALUE };

    while (v.len > 0 && !d->sealed) {
        u32 length = u8_at(d, v, LENGTH) & 0x7f;
        say_at(d, v, "\n        TLV Class %lu, Type %lu, Len %u", AT_BE16(CLASS), AT_U8(TYPE),
               length);
        u32 padded = (length + WORD - 1) / WORD * WORD;
        v = view_from(v, VALUE);
        if (padded > v.len) {
            say_z(d, " (length too big)");
            return false;
        }
        if (length > 0) {
            say_z(d, "\n            Value: ");
            for (u32 i = 0; i < length; i++)
                say_at(d, v, "%s%02lx", i > 0 ? ":" : "0x", AT_U8(i));
        }
        if (!need(d, v, 0, padded))
            return true;
        v = view_from(v, padded);
    }
    return true;
}

static void say_payload_of(struct dissect *d, u8 next, struct view v)
{
    bool known = true;

    switch (next) {
    case NEXT_IP4: known = dispatch_ether(d, ETHERTYPE_IP, v); break;
    case NEXT_IP6: known = dispatch_ether(d, ETHERTYPE_IPV6, v); break;
    case NEXT_ETHERNET: ether_frame(d, v); break;
    default: known = false; break;
    }
    if (!known)
        say_z(d, "ERROR: unknown-next-protocol");
}

/* The metadata with -vvv.  False when it makes no sense. */
static bool say_metadata(struct dissect *d, struct view v, u8 type)
{
    switch (type) {
    case METADATA_FIXED:
        if (v.len != (FIXED_WORDS - HEADER_WORDS) * WORD) {
            say_z(d, " (invalid length for the MD type)");
            return false;
        }
        say_words(d, v);
        return true;
    case METADATA_TLVS: return say_tlvs(d, v);
    default: need(d, v, 0, v.len); return true;
    }
}

/* False when the packet makes no sense. */
static bool say_packet(struct dissect *d, struct view v)
{
    if (v.len < HEADER_LEN) {
        say(d, " (packet length %u < %u)", v.len, (unsigned)HEADER_LEN);
        return false;
    }
    u16 base = be16_at(d, v, BASE);
    u32 length = (base & 0x3f) * (u32)WORD;

    if (!need(d, v, BASE, PATH))
        return true;
    say_z(d, "NSH, ");
    if (verbose(d, 2))
        say(d, "ver %u, ", base >> 14);
    if (base >> 14 != 0)
        return true;
    say(d, "flags [%s], ", flags_of(d, &flags.names, base, "", "none"));
    u8 type = u8_at(d, v, METADATA_TYPE) & 0xf;
    if (verbose(d, 3))
        say(d, "TTL %u, length %u, md type %s, ", base >> 6 & 0x3f, length / WORD,
            name_of(d, &metadata_types.names, type, "unknown (0x%02x)"));
    u8 next = u8_at(d, v, NEXT);
    if (verbose(d, 2))
        say(d, "next-protocol %s, ", name_of(d, &protocols.names, next, "unknown (0x%02x)"));
    if (length > v.len) {
        say(d, " (too many headers for packet length %u)", v.len);
        return false;
    }
    say_at(d, v, "service-path-id 0x%06lx, ", AT_BE24(PATH));
    say_at(d, v, "service-index 0x%lx", AT_U8(INDEX));
    if (length < HEADER_LEN) {
        say_z(d, " (less than two headers)");
        return false;
    }
    if (!verbose(d, 3))
        need(d, v, 0, length);
    else if (!say_metadata(d, view_claim(view_from(v, HEADER_LEN), length - HEADER_LEN), type))
        return false;
    say_z(d, verbose(d, 1) ? "\n    " : ": ");
    if (!d->sealed)
        say_payload_of(d, next, view_from(v, length));
    return true;
}

void print_nsh(struct dissect *d, struct view v)
{
    d->proto = "nsh";
    if (!say_packet(d, v))
        invalid(d);
}
