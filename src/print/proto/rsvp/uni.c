/*
 * RSVP: the generalized object of the user network interface.  OIF UNI 1.0; RFC 3476, section 3.
 *
 *   | length 2 | type | address family or other subtype | value |
 */
#include "print/printer.h"
#include "print/proto/afi.h"
#include "print/proto/rsvp/rsvp.h"

enum { LENGTH, TYPE = 2, SUBTYPE, HEADER_LEN };

enum subobject { SOURCE_TNA = 1, DESTINATION_TNA, DIVERSITY, EGRESS_LABEL, SERVICE_LEVEL };

NAMES(subobjects,
      (1, "Source TNA address")
      (2, "Destination TNA address")
      (3, "Diversity")
      (4, "Egress label")
      (5, "Service level"));

static enum rsvp_object say_address(struct dissect *d, struct view v, const char *indent)
{
    u8 family = u8_at(d, v, SUBTYPE);
    u32 len = v.len - HEADER_LEN;

    switch (family) {
    case AFI_IPV4:
        if (len < 4)
            return RSVP_TOO_SHORT;
        say_at(d, v, "%s  UNI IPv4 TNA address: %pI4", indent, AT_ADDRESS(HEADER_LEN));
        return RSVP_SHOWN;
    case AFI_IPV6:
        if (len < 16)
            return RSVP_TOO_SHORT;
        say_at(d, v, "%s  UNI IPv6 TNA address: %pI6", indent, AT_ADDRESS(HEADER_LEN));
        return RSVP_SHOWN;
    case AFI_NSAP: return RSVP_UNKNOWN;
    default: return RSVP_SHOWN; /* as tcpdump: not even dumped */
    }
}

static enum rsvp_object say_egress_label(struct dissect *d, struct view v, const char *indent)
{
    enum { FLAGS = 4, LABEL_TYPE = 7, PORT = 8, LABEL = 12, EGRESS_LEN = 16 };

    if (v.len < EGRESS_LEN)
        return RSVP_TOO_SHORT;
    say_at(d, v, "%s  U-bit: %x, Label type: %lu, Logical port id: %lu, Label: %lu", indent,
           u8_at(d, v, FLAGS) >> 7, AT_U8(LABEL_TYPE), AT_BE32(PORT), AT_BE32(LABEL));
    return RSVP_SHOWN;
}

static enum rsvp_object say_subobject(struct dissect *d, struct view v, u8 type, const char *indent)
{
    switch (type) {
    case SOURCE_TNA:
    case DESTINATION_TNA: return say_address(d, v, indent);
    case EGRESS_LABEL: return say_egress_label(d, v, indent);
    case SERVICE_LEVEL:
        if (v.len < HEADER_LEN + 4)
            return RSVP_TOO_SHORT;
        say_at(d, v, "%s  Service level: %lu", indent, AT_U8(HEADER_LEN));
        return RSVP_SHOWN;
    default: return RSVP_UNKNOWN;
    }
}

enum rsvp_object rsvp_generalized_uni(struct dissect *d, struct view v, u8 type, const char *indent)
{
    if (type != 1)
        return RSVP_UNKNOWN;
    if (v.len < HEADER_LEN)
        return RSVP_TOO_SHORT;
    enum rsvp_object all = RSVP_SHOWN;
    while (v.len > 0 && !d->sealed) {
        if (v.len < HEADER_LEN) {
            invalid(d);
            return RSVP_INVALID;
        }
        u32 len = be16_at(d, v, LENGTH);
        u8 subobject = u8_at(d, v, TYPE), family = u8_at(d, v, SUBTYPE);
        say(d, "%sSubobject Type: %s (%u), AF: %s (%u), length: %u", indent,
            name_of(d, &subobjects.names, subobject, "Unknown"), subobject,
            name_of(d, afi_names, family, "Unknown"), family, len);
        if (len < HEADER_LEN || len > v.len) {
            invalid(d);
            return RSVP_INVALID;
        }
        enum rsvp_object outcome = say_subobject(d, view_clip(v, len), subobject, indent);
        if (outcome == RSVP_TOO_SHORT) {
            say_z(d, "\n\t  ERROR: sub-object is too short");
            return RSVP_INVALID;
        }
        if (outcome == RSVP_UNKNOWN)
            all = RSVP_UNKNOWN;
        v = view_from(v, len);
    }
    return all;
}
