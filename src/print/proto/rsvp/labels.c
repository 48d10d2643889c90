/*
 * RSVP: labels, the requests for them, and the routes that they take.  RFC 3209, sections 4.1
 * to 4.4; generalized: RFC 3473, sections 2 and 3.
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/ether.h"
#include "print/proto/gmpls.h"
#include "print/proto/rsvp/rsvp.h"

enum rsvp_object rsvp_label(struct dissect *d, struct view v, u8 type, const char *indent)
{
    enum { LABEL = 1, GENERALIZED, WAVEBAND };

    switch (type) {
    case LABEL:
        for (; v.len >= 4 && !d->sealed; v = view_from(v, 4))
            say_at(d, v, "%sLabel: %lu", indent, AT_BE32(0));
        return RSVP_SHOWN;
    case GENERALIZED:
        if (v.len < 4)
            return RSVP_TOO_SHORT;
        say_at(d, v, "%sGeneralized Label: %lu", indent, AT_BE32(0));
        return RSVP_SHOWN;
    case WAVEBAND:
        if (v.len < 12)
            return RSVP_TOO_SHORT;
        say_at(d, v, "%sWaveband ID: %lu%sStart Label: %lu, Stop Label: %lu", indent, AT_BE32(0),
               indent, AT_BE32(4), AT_BE32(8));
        return RSVP_SHOWN;
    default: return RSVP_UNKNOWN;
    }
}

/* RFC 3471, section 3.1.1: what a generalized label switched path carries.  IANA "G-PID". */
NAMES(payloads,
      (1, "Reserved")
      (2, "Reserved")
      (3, "Reserved")
      (4, "Reserved")
      (5, "Asynchronous mapping of E4")
      (6, "Asynchronous mapping of DS3/T3")
      (7, "Asynchronous mapping of E3")
      (8, "Bit synchronous mapping of E3")
      (9, "Byte synchronous mapping of E3")
      (10, "Asynchronous mapping of DS2/T2")
      (11, "Bit synchronous mapping of DS2/T2")
      (12, "Reserved")
      (13, "Asynchronous mapping of E1")
      (14, "Byte synchronous mapping of E1")
      (15, "Byte synchronous mapping of 31 * DS0")
      (16, "Asynchronous mapping of DS1/T1")
      (17, "Bit synchronous mapping of DS1/T1")
      (18, "Byte synchronous mapping of DS1/T1")
      (19, "VC-11 in VC-12")
      (20, "Reserved")
      (21, "Reserved")
      (22, "DS1 SF Asynchronous")
      (23, "DS1 ESF Asynchronous")
      (24, "DS3 M23 Asynchronous")
      (25, "DS3 C-Bit Parity Asynchronous")
      (26, "VT/LOVC")
      (27, "STS SPE/HOVC")
      (28, "POS - No Scrambling, 16 bit CRC")
      (29, "POS - No Scrambling, 32 bit CRC")
      (30, "POS - Scrambling, 16 bit CRC")
      (31, "POS - Scrambling, 32 bit CRC")
      (32, "ATM mapping")
      (33, "Ethernet PHY")
      (34, "SONET/SDH")
      (35, "Reserved (SONET deprecated)")
      (36, "Digital Wrapper")
      (37, "Lambda")
      (38, "ANSI/ETSI PDH")
      (39, "Reserved")
      (40, "Link Access Protocol SDH (X.85 and X.86)")
      (41, "FDDI")
      (42, "DQDB (ETSI ETS 300 216)")
      (43, "FiberChannel-3 (Services)")
      (44, "HDLC")
      (45, "Ethernet V2/DIX (only)")
      (46, "Ethernet 802.3 (only)")
      (47, "G.709 ODUj")
      (48, "G.709 OTUk(v)")
      (49, "CBR/CBRa")
      (50, "CBRb")
      (51, "BSOT")
      (52, "BSNT")
      (53, "IP/PPP (GFP)")
      (54, "Ethernet MAC (framed GFP)")
      (55, "Ethernet PHY (transparent GFP)")
      (56, "ESCON")
      (57, "FICON")
      (58, "Fiber Channel"));

static void say_l3_protocol(struct dissect *d, struct view v, const char *indent)
{
    u16 protocol = be16_at(d, v, 2);
    const char *name = ethertype_name(protocol);

    if (name != NULL)
        say(d, "%sL3 Protocol ID: %s", indent, name);
    else
        say(d, "%sL3 Protocol ID: Unknown Protocol (0x%04x)", indent, protocol);
}

enum rsvp_object rsvp_label_request(struct dissect *d, struct view v, u8 type, const char *indent)
{
    enum { PLAIN = 1, ATM_RANGE, FRAME_RELAY_RANGE, GENERALIZED, MERGE = 0x80 };

    switch (type) {
    case PLAIN:
        for (; v.len >= 4 && !d->sealed; v = view_from(v, 4))
            say_l3_protocol(d, v, indent);
        return RSVP_SHOWN;
    case ATM_RANGE:
        if (v.len < 12)
            return RSVP_TOO_SHORT;
        say_l3_protocol(d, v, indent);
        say(d, ",%s merge capability", (u8_at(d, v, 4) & MERGE) != 0 ? "no" : "");
        say(d, "%sMinimum VPI/VCI: %u/%u", indent, be16_at(d, v, 4) & 0xfff,
            be16_at(d, v, 6) & 0xfff);
        say(d, "%sMaximum VPI/VCI: %u/%u", indent, be16_at(d, v, 8) & 0xfff,
            be16_at(d, v, 10) & 0xfff);
        return RSVP_SHOWN;
    case FRAME_RELAY_RANGE: {
        if (v.len < 12)
            return RSVP_TOO_SHORT;
        say_l3_protocol(d, v, indent);
        u32 first = be32_at(d, v, 4), bits = first >> 23 & 3;
        say(d, "%sMinimum/Maximum DLCI: %u/%u, %s%s bit DLCI", indent, first & 0x7fffff,
            be32_at(d, v, 8) & 0x7fffff, bits == 0 ? "10" : "", bits == 2 ? "23" : "");
        return RSVP_SHOWN;
    }
    case GENERALIZED: {
        if (v.len < 4)
            return RSVP_TOO_SHORT;
        u8 encoding = u8_at(d, v, 0), switching = u8_at(d, v, 1);
        u16 payload = be16_at(d, v, 2);
        say(d, "%sLSP Encoding Type: %s (%u)", indent,
            name_of(d, gmpls_encodings, encoding, "Unknown"), encoding);
        say(d, "%sSwitching Type: %s (%u), Payload ID: %s (0x%04x)", indent,
            name_of(d, gmpls_switching, switching, "Unknown"), switching,
            name_of(d, &payloads.names, payload, "Unknown"), payload);
        return RSVP_SHOWN;
    }
    default: return RSVP_UNKNOWN;
    }
}

/* RFC 3471, section 3.5 */
enum rsvp_object rsvp_label_set(struct dissect *d, struct view v, u8 type, const char *indent)
{
    enum { INCLUSIVE_RANGE = 2, EXCLUSIVE_RANGE };
    NAMES(actions,
          (0, "Inclusive list")
          (1, "Exclusive list")
          (2, "Inclusive range")
          (3, "Exclusive range"));

    if (type != 1)
        return RSVP_UNKNOWN;
    if (v.len < 4)
        return RSVP_TOO_SHORT;
    u8 action = u8_at(d, v, 0);
    say(d, "%sAction: %s (%u), Label type: %u", indent,
        name_of(d, &actions.names, action, "Unknown"), action, be32_at(d, v, 0) & 0x7f);
    if (action == INCLUSIVE_RANGE || action == EXCLUSIVE_RANGE) {
        if (v.len < 12)
            return RSVP_TOO_SHORT;
        say_at(d, v, "%sStart range: %lu, End range: %lu", indent, AT_BE32(4), AT_BE32(8));
        return RSVP_SHOWN;
    }
    u32 number = 1;
    for (v = view_from(v, 4); v.len >= 4 && !d->sealed; v = view_from(v, 4))
        say_at(d, v, "%sSubchannel #%u: %lu", indent, number++, AT_BE32(0));
    return RSVP_SHOWN;
}

/* -- Explicit and recorded routes */

enum { HOP_TYPE, HOP_LENGTH, HOP_MIN = 4, LOOSE = 0x80, HOP_TYPE_MASK = 0x7f };

enum hop_type { HOP_IP4 = 1, HOP_IP6, HOP_LABEL };

static bool say_ip4_hop(struct dissect *d, struct view v)
{
    enum { ADDRESS = 2, PREFIX_LEN = 6, FLAGS, IP4_LEN };
    NAMES(flag_names,
          (0x01, "Local protection available")
          (0x02, "Local protection in use")
          (0x04, "Bandwidth protection")
          (0x08, "Node protection"));

    if (u8_at(d, v, HOP_LENGTH) != IP4_LEN) {
        say_z(d, " ERROR: length != 8");
        invalid(d);
        return false;
    }
    u8 bits = u8_at(d, v, PREFIX_LEN);
    if (bits != 32) {
        say(d, " ERROR: Prefix length %u != 32", bits);
        invalid(d);
        return false;
    }
    say_at(d, v, ", %s, %pI4/%u, Flags: [%s]",
           (u8_at(d, v, HOP_TYPE) & LOOSE) != 0 ? "Loose" : "Strict", AT_ADDRESS(ADDRESS), bits,
           flags_of(d, &flag_names.names, u8_at(d, v, FLAGS), ", ", "none"));
    return true;
}

static bool say_label_hop(struct dissect *d, struct view v)
{
    enum { FLAGS = 2, CLASS_TYPE, LABEL, LABEL_LEN = 8 };
    NAMES(flag_names, (0x01, "Global"));
    NAMES(class_types, (1, "IPv4"));

    if (u8_at(d, v, HOP_LENGTH) != LABEL_LEN) {
        say_z(d, " ERROR: length != 8");
        invalid(d);
        return false;
    }
    u8 flags = u8_at(d, v, FLAGS), class_type = u8_at(d, v, CLASS_TYPE);
    say_at(d, v, ", Flags: [%s] (%#x), Class-Type: %s (%u), %lu",
           flags_of(d, &flag_names.names, flags, ", ", "none"), flags,
           name_of(d, &class_types.names, class_type, "Unknown"), class_type, AT_BE32(LABEL));
    return true;
}

enum rsvp_object rsvp_route(struct dissect *d, struct view v, u8 type, const char *indent)
{
    NAMES(hop_types,
          (0, "Reserved")
          (HOP_IP4, "IPv4 prefix")
          (HOP_IP6, "IPv6 prefix")
          (HOP_LABEL, "Label")
          (32, "Autonomous system number")
          (64, "MPLS label switched path termination"));

    if (type != 1)
        return RSVP_UNKNOWN;
    while (v.len >= HOP_MIN && !d->sealed) {
        u8 hop = u8_at(d, v, HOP_TYPE) & HOP_TYPE_MASK;
        u32 len = u8_at(d, v, HOP_LENGTH);
        say(d, "%sSubobject Type: %s, length %u", indent, name_of(d, &hop_types.names, hop, "Unknown %u"),
            len);
        if (len == 0) {
            say(d, "%sERROR: zero length ERO subtype", indent);
            return RSVP_SHOWN;
        }
        if (len > v.len) {
            say(d, "%sERROR: ERO subobject length > object length", indent);
            return RSVP_SHOWN;
        }
        if (hop == HOP_IP4 && !say_ip4_hop(d, v))
            return RSVP_INVALID;
        if (hop == HOP_LABEL && !say_label_hop(d, v))
            return RSVP_INVALID;
        v = view_from(v, len);
    }
    return RSVP_SHOWN;
}
