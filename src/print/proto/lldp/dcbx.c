/*
 * DCBX, data center bridging in LLDP before it was standardized: a TLV of TLVs.  "DCB Capability
 * Exchange Protocol Base Specification", revision 1.01, section 3.
 *
 *   type 7, length 9; operating version 8, maximal version 8; for features: bits 8, subtype 8,
 * value
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/lldp/lldp.h"

enum { REVISION_1 = 1, REVISION_101 };

NAMES(subtypes,
      (REVISION_1, "DCB Capability Exchange Protocol Rev 1")
      (REVISION_101, "DCB Capability Exchange Protocol Rev 1.01"));

enum { HEADER_LEN = 2, TYPE_SHIFT = 9, LENGTH_MASK = 0x01ff };

enum feature { CONTROL = 1, PRIORITY_GROUP, FLOW_CONTROL, APPLICATION };

enum { OPERATING, MAXIMAL, BITS, SUBTYPE, VALUE, SEQUENCE = 2, ACKNOWLEDGMENT = 6 };

enum {
    CONTROL_LEN = 10,
    GROUP_LEN = 17,
    FLOW_CONTROL_LEN = 6,
    APPLICATION_MIN = 4,
    PRIORITIES = 8
};

static void say_versions(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t      Oper_Version: %lu", AT_U8(OPERATING));
    say_at(d, v, "\n\t      Max_Version: %lu", AT_U8(MAXIMAL));
}

static void say_feature(struct dissect *d, const char *name, u8 type, struct view v)
{
    u32 bits = u8_at(d, v, BITS);

    say(d, "\n\t    Feature - %s (type 0x%x, length %u)", name, type, v.len);
    say_versions(d, v);
    say(d, "\n\t      Info block(0x%02X): Enable bit: %u, Willing bit: %u, Error Bit: %u", bits,
        bits >> 7, bits >> 6 & 1, bits >> 5 & 1);
    say_at(d, v, "\n\t      SubType: %lu", AT_U8(SUBTYPE));
}

static bool say_control(struct dissect *d, struct view v)
{
    if (v.len < CONTROL_LEN)
        return false;
    say(d, "\n\t    Control - Protocol Control (type 0x%x, length %u)", (unsigned)CONTROL, v.len);
    say_versions(d, v);
    say_at(d, v, "\n\t      Sequence Number: %lu", AT_BE32(SEQUENCE));
    say_at(d, v, "\n\t      Acknowledgement Number: %lu", AT_BE32(ACKNOWLEDGMENT));
    return true;
}

static bool say_priority_group(struct dissect *d, struct view v)
{
    enum { PERCENTAGES = VALUE + 4, CLASSES = PERCENTAGES + 8 };

    if (v.len < GROUP_LEN)
        return false;
    say_feature(d, "Priority Group", PRIORITY_GROUP, v);
    say_z(d, "\n\t      Priority Allocation");
    u32 groups = be32_at(d, v, VALUE);
    for (u32 i = 0; i < PRIORITIES; i++)
        say(d, "\n\t          PgId_%u: %u", i, groups >> (28 - 4 * i) & 15);
    say_z(d, "\n\t      Priority Group Allocation");
    for (u32 i = 0; i < PRIORITIES; i++)
        say_at(d, v, "\n\t          Pg percentage[%u]: %lu", i, AT_U8(PERCENTAGES + i));
    say_at(d, v, "\n\t      NumTCsSupported: %lu", AT_U8(CLASSES));
    return true;
}

static bool say_flow_control(struct dissect *d, struct view v)
{
    if (v.len < FLOW_CONTROL_LEN)
        return false;
    say_feature(d, "Priority Flow Control", FLOW_CONTROL, v);
    u32 enabled = u8_at(d, v, VALUE);
    say(d, "\n\t      PFC Config (0x%02X)", enabled);
    for (u32 i = 0; i < PRIORITIES; i++)
        say(d, "\n\t          Priority Bit %u: %s", i,
            (enabled >> i & 1) != 0 ? "Enabled" : "Disabled");
    say_at(d, v, "\n\t      NumTCPFCSupported: %lu", AT_U8(VALUE + 1));
    return true;
}

/* Protocol 16; selector 2, OUI 22; priorities 8. */
static bool say_application(struct dissect *d, struct view v)
{
    enum { SELECTOR_OUI = 2, PRIORITY_MAP = 5, ENTRY_LEN = 6 };

    if (v.len < APPLICATION_MIN)
        return false;
    say_feature(d, "Application", APPLICATION, v);
    for (v = view_from(v, VALUE); v.len >= ENTRY_LEN; v = view_from(v, ENTRY_LEN)) {
        u32 selector = be24_at(d, v, SELECTOR_OUI);
        say_z(d, "\n\t      Application Value");
        say_at(d, v, "\n\t          Application Protocol ID: 0x%04lx", AT_BE16(0));
        say(d, "\n\t          SF (0x%x) Application Protocol ID is %s", selector >> 22,
            selector >> 22 != 0 ? "Socket Number" : "L2 EtherType");
        say(d, "\n\t          OUI: 0x%06x", selector & 0x3fffff);
        say_at(d, v, "\n\t          User Priority Map: 0x%02lx", AT_U8(PRIORITY_MAP));
    }
    return true;
}

/* False when it is too short for its type; *unknown becomes true when there is no such type. */
static bool say_tlv(struct dissect *d, u32 type, struct view v, bool *unknown)
{
    switch (type) {
    case CONTROL: return say_control(d, v);
    case PRIORITY_GROUP: return say_priority_group(d, v);
    case FLOW_CONTROL: return say_flow_control(d, v);
    case APPLICATION: return say_application(d, v);
    default: *unknown = true; return true;
    }
}

bool lldp_dcbx(struct dissect *d, struct view v)
{
    bool unknown = false;

    if (!lldp_say_subtype(d, &subtypes.names, v))
        return false;
    if (u8_at(d, v, LLDP_SUBTYPE) == REVISION_1)
        return true;
    for (v = view_from(v, LLDP_SUBTYPE_LEN); v.len >= HEADER_LEN;) {
        u16 header = be16_at(d, v, 0);
        u32 type = header >> TYPE_SHIFT, len = header & LENGTH_MASK;

        v = view_from(v, HEADER_LEN);
        if (len > v.len)
            return false;
        if (type == 0 || len == 0)
            break;
        if (!say_tlv(d, type, view_clip(v, len), &unknown))
            return false;
        if (verbose(d, 2) || unknown)
            hexdump(d->out, "\n\t    ", view_clip(v, len));
        v = view_from(v, len);
    }
    return unknown;
}
