/*
 * Marvell's Distributed Switch Architecture: a tag that says where a frame came into a switch, or
 * where it is to leave.  Format: Linux, net/dsa/tag_dsa.c.
 *
 *    0               1               2               3
 *   +---+-+---------+---------+-----+-----+-+-----------------------+
 *   |mod|T| device  |  port   |code |C|FPr|c|        VLAN id        |
 *   +---+-+---------+---------+-----+-----+-+-----------------------+
 *
 * The extended form has an EtherType and two reserved bytes before it.
 */
#include "print/printer.h"
#include "print/proto/ether.h"

enum { TAG_LEN = 4, EXTENDED_TYPE = 0, EXTENDED_RESERVED = 2, EXTENDED_TAG = 4, EXTENDED_LEN = 8 };

enum mode { TO_CPU, FROM_CPU, TO_SNIFFER, FORWARD };

enum {
    MODE_SHIFT = 30,
    TAGGED = 0x20000000,
    DEVICE_SHIFT = 24,
    PORT_SHIFT = 19,
    PORT_MASK = 0x1f,
    BIT_18 = 0x00040000, /* a trunk, or received */
    CODE_HIGH_SHIFT = 16, /* two bits of a code stand here, the third further down */
    CODE_HIGH = 0x6,
    CODE_LOW_SHIFT = 12,
    CANONICAL = 0x00010000,
    PRIORITY_SHIFT = 13,
    VLAN_MASK = 0x0fff,
};

static const char *const modes[] = { "To CPU", "From CPU", "To Sniffer", "Forward" };

static const char *const codes[] = { "BPDU (MGMT) Trap", "Frame2Reg",     "IGMP/MLD Trap",
                                     "Policy Trap",      "ARP Mirror",    "Policy Mirror" };

static void say_long(struct dissect *d, u32 tag)
{
    u32 device = tag >> DEVICE_SHIFT & PORT_MASK, port = tag >> PORT_SHIFT & PORT_MASK;
    u32 code = (tag >> CODE_HIGH_SHIFT & CODE_HIGH) | (tag >> CODE_LOW_SHIFT & 1);
    u32 mode = tag >> MODE_SHIFT;
    bool bit_18 = (tag & BIT_18) != 0;

    say(d, "mode %s, ", modes[mode]);
    switch (mode) {
    case TO_CPU:
        say(d, "source dev %u, port %u, code %s, ", device, port,
            name_in(d, codes, countof(codes), code, "reserved"));
        break;
    case FROM_CPU: say(d, "target dev %u, port %u, ", device, port); break;
    case TO_SNIFFER:
        say(d, "source dev %u, port %u, %sgress sniff, ", device, port, bit_18 ? "in" : "e");
        break;
    default: say(d, "dev %u, %s %u, ", device, bit_18 ? "trunk" : "port", port); break;
    }
    say(d, "%s, %sVID %u, FPri %u, ", (tag & TAGGED) != 0 ? "tagged" : "untagged",
        (tag & CANONICAL) != 0 ? "CFI, " : "", tag & VLAN_MASK, tag >> PRIORITY_SHIFT & 7);
}

static void say_short(struct dissect *d, u32 tag)
{
    u32 device = tag >> DEVICE_SHIFT & PORT_MASK, port = tag >> PORT_SHIFT & PORT_MASK;
    bool bit_18 = (tag & BIT_18) != 0;

    switch (tag >> MODE_SHIFT) {
    case TO_CPU: say(d, "port %u.%u > CPU, ", device, port); break;
    case FROM_CPU: say(d, "CPU > port %u.%u, ", device, port); break;
    case TO_SNIFFER:
        say(d, "port %u.%u > %s Sniffer, ", device, port, bit_18 ? "Rx" : "Tx");
        break;
    default: say(d, "Forward %s %u.%u, ", bit_18 ? "trunk" : "port", device, port); break;
    }
    say(d, "VLAN %u%c, ", tag & VLAN_MASK, (tag & TAGGED) != 0 ? 't' : 'u');
}

static void say_tag(struct dissect *d, struct view v)
{
    if (d->opt->link_header) {
        say_z(d, "Marvell DSA ");
        say_long(d, be32_at(d, v, 0));
    } else {
        say_z(d, "DSA ");
        say_short(d, be32_at(d, v, 0));
    }
}

static void say_extended_tag(struct dissect *d, struct view v)
{
    u16 type = be16_at(d, v, EXTENDED_TYPE);
    u32 tag = be32_at(d, v, EXTENDED_TAG);

    if (d->opt->link_header) {
        const char *name = ethertype_name(type);
        say_at(d, v, "Marvell EDSA ethertype 0x%04x (%s), rsvd %lu %lu, ", type,
               name != NULL ? name : "Unknown", AT_U8(EXTENDED_RESERVED),
               AT_U8(EXTENDED_RESERVED + 1));
        say_long(d, tag);
    } else {
        say(d, "EDSA 0x%04x, ", type);
        say_short(d, tag);
    }
}

void print_dsa(struct dissect *d, struct view v)
{
    ether_switched(d, v, &(struct switch_tag){ "dsa", TAG_LEN, say_tag });
}

void print_edsa(struct dissect *d, struct view v)
{
    ether_switched(d, v, &(struct switch_tag){ "edsa", EXTENDED_LEN, say_extended_tag });
}
