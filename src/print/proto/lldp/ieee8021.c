/*
 * The TLVs of IEEE 802.1 in LLDP.  IEEE 802.1Q-2014, annex D; edge virtual bridging: D.2.12 and
 * D.2.13. Offsets are from the beginning of the value, which is the OUI.
 */
#include "print/printer.h"
#include "print/proto/lldp/lldp.h"

enum subtype {
    PORT_VLAN = 1,
    PROTOCOL_VLAN,
    VLAN_NAME,
    PROTOCOL_IDENTITY,
    AGGREGATION = 7,
    CONGESTION,
    ETS,
    ETS_RECOMMENDATION,
    FLOW_CONTROL,
    APPLICATION_PRIORITY,
    EVB,
    CDCP,
};

NAMES(subtypes,
      (PORT_VLAN, "Port VLAN Id")
      (PROTOCOL_VLAN, "Port and Protocol VLAN ID")
      (VLAN_NAME, "VLAN name")
      (PROTOCOL_IDENTITY, "Protocol Identity")
      (AGGREGATION, "Link aggregation")
      (CONGESTION, "Congestion Notification")
      (ETS, "ETS Configuration")
      (ETS_RECOMMENDATION, "ETS Recommendation")
      (FLOW_CONTROL, "Priority Flow Control Configuration")
      (APPLICATION_PRIORITY, "Application Priority")
      (EVB, "EVB")
      (CDCP, "CDCP"));

/* The least length of each, by subtype; a shorter one shows its subtype only. */
static const u8 least[] = {
    [PORT_VLAN] = 6,    [PROTOCOL_VLAN] = 7,        [VLAN_NAME] = 6, [PROTOCOL_IDENTITY] = 5,
    [AGGREGATION] = 9,  [CONGESTION] = 6,           [ETS] = 25,      [ETS_RECOMMENDATION] = 25,
    [FLOW_CONTROL] = 6, [APPLICATION_PRIORITY] = 5, [EVB] = 9,       [CDCP] = 8,
};

enum { VALUE = LLDP_SUBTYPE_LEN, CLASSES = 8 };

static void say_protocol_vlan(struct dissect *d, struct view v)
{
    NAMES(flags, (0x02, "supported") (0x04, "enabled"));
    u8 bits = u8_at(d, v, VALUE);

    say_at(d, v, "\n\t    port and protocol vlan id (PPVID): %lu, flags [%s] (0x%02x)",
           AT_BE16(VALUE + 1), flags_of(d, &flags.names, bits, ", ", "none"), bits);
}

/* A length byte at `off` and so much text. */
static void say_counted(struct dissect *d, const char *label, struct view v, u32 off)
{
    if (v.len < off + 1)
        return;
    u32 len = u8_at(d, v, off);
    if (v.len < off + 1 + len)
        return;
    say_z(d, label);
    lldp_say_text(d, view_sub(v, off + 1, len));
}

void lldp_say_aggregation(struct dissect *d, struct view v)
{
    NAMES(status, (0x01, "supported") (0x02, "enabled"));

    say_at(d, v, "\n\t    aggregation status [%s], aggregation port ID %lu",
           flags_of(d, &status.names, u8_at(d, v, VALUE), ", ", "none"), AT_BE32(VALUE + 1));
}

/* One bit for each priority, the lowest first. */
static void say_bits(struct dissect *d, const char *title, u8 bits)
{
    say(d, "\n\t    %s\n\t     Priority : 0  1  2  3  4  5  6  7\n\t     Value    : ", title);
    for (u32 i = 0; i < CLASSES; i++)
        say(d, "%-2u ", (u32)bits >> i & 1);
}

/* Enhanced transmission selection: priorities in 4 bits each, then 8 bandwidths and 8 algorithms.
 */
static void say_ets_tables(struct dissect *d, struct view v)
{
    enum { PRIORITIES = VALUE + 1, BANDWIDTHS = VALUE + 5, ALGORITHMS = VALUE + 13 };

    say_z(d, "\n\t    Priority Assignment Table\n\t     Priority : 0   1   2   3   4   5   6   7"
             "\n\t     Value    : ");
    for (u32 i = 0; i < CLASSES; i++)
        say(d, i == 0 ? "%-3u" : " %-3u",
            u8_at(d, v, PRIORITIES + i / 2) >> (i % 2 == 0 ? 4 : 0) & 15);
    say_z(d, "\n\t    TC Bandwidth Table\n\t     TC%   : 0   1   2   3   4   5   6   7\n\t     "
             "Value : ");
    for (u32 i = 0; i < CLASSES; i++)
        say(d, i == 0 ? "%-3u" : " %-3u", u8_at(d, v, BANDWIDTHS + i));
    say_z(d, "\n\t    TSA Assignment Table\n\t     Traffic Class: 0   1   2   3   4   5   6   7"
             "\n\t     Value        : ");
    for (u32 i = 0; i < CLASSES; i++)
        say(d, i == 0 ? "%-3u" : " %-3u", u8_at(d, v, ALGORITHMS + i));
}

static void say_ets(struct dissect *d, struct view v)
{
    u32 bits = u8_at(d, v, VALUE);

    /* as tcpdump: the second bit is the first one again */
    say(d, "\n\t    Willing:%u, CBS:%u, RES:%u, Max TCs:%u", bits >> 7, bits >> 6 & 2,
        bits >> 3 & 7, bits & 7);
    say_ets_tables(d, v);
}

static void say_flow_control(struct dissect *d, struct view v)
{
    u32 bits = u8_at(d, v, VALUE);

    say(d, "\n\t    Willing: %u, MBC: %u, RES: %u, PFC cap:%u ", bits >> 7, bits >> 6 & 1,
        bits >> 4 & 3, bits & 15);
    say_bits(d, "PFC Enable", u8_at(d, v, VALUE + 1));
}

enum { ENTRY_LEN = 3 };

/* The entries of a table at the end of a TLV; none when they do not fill it exactly. */
static struct view entries(struct view v, u32 off)
{
    struct view table = view_from(v, off);

    return table.len % ENTRY_LEN == 0 ? table : view_clip(table, 0);
}

static void say_application_priority(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t    RES: %lu", AT_U8(VALUE));
    struct view table = entries(v, VALUE + 1);
    if (table.len > 0)
        say_z(d, "\n\t    Application Priority Table");
    for (; table.len > 0; table = view_from(table, ENTRY_LEN)) {
        u32 bits = u8_at(d, table, 0);
        say_at(d, table, "\n\t      Priority: %u, RES: %u, Sel: %u, Protocol ID: %lu", bits >> 5,
               bits >> 3 & 3, bits & 7, AT_BE16(1));
    }
}

static void say_evb(struct dissect *d, struct view v)
{
    static const char *const modes[] = { "Not Supported", "EVB Bridge", "EVB Station",
                                         "Reserved for future Standardization" };
    u32 bridge = u8_at(d, v, VALUE), station = u8_at(d, v, VALUE + 1),
        retries = u8_at(d, v, VALUE + 2);
    u32 mode = u8_at(d, v, VALUE + 3), keepalive = u8_at(d, v, VALUE + 4);

    say(d, "\n\t    EVB Bridge Status\n\t      RES: %u, BGID: %u, RRCAP: %u, RRCTR: %u",
        bridge >> 3, bridge >> 2 & 1, bridge >> 1 & 1, bridge & 1);
    say(d, "\n\t    EVB Station Status\n\t      RES: %u, SGID: %u, RRREQ: %u,RRSTAT: %u",
        station >> 4, station >> 3 & 1, station >> 2 & 1, station & 3);
    say(d, "\n\t    R: %u, RTE: %u, EVB Mode: %s [%u]", retries >> 5, retries & 31,
        modes[mode >> 6], mode >> 6);
    say(d, "\n\t    ROL: %u, RWD: %u, RES: %u, ROL: %u, RKA: %u", mode >> 5 & 1, mode & 31,
        keepalive >> 6, keepalive >> 5 & 1, keepalive & 31);
}

static void say_cdcp(struct dissect *d, struct view v)
{
    u32 bits = u8_at(d, v, VALUE);

    say(d, "\n\t    Role: %u, RES: %u, Scomp: %u ChnCap: %u", bits >> 7, bits >> 4 & 7,
        bits >> 3 & 1, be16_at(d, v, VALUE + 2) & 0xfffu);
    for (struct view table = entries(v, VALUE + 4); table.len > 0;
         table = view_from(table, ENTRY_LEN)) {
        u32 pair = be24_at(d, table, 0);
        say(d, "\n\t    SCID: %u, SVID: %u", pair >> 12, pair & 0xfff);
    }
}

bool lldp_8021(struct dissect *d, struct view v)
{
    if (!lldp_say_subtype(d, &subtypes.names, v))
        return false;
    u8 subtype = u8_at(d, v, LLDP_SUBTYPE);
    if (name_find(&subtypes.names, subtype) == NULL)
        return true;
    if (v.len < least[subtype])
        return false;
    switch (subtype) {
    case PORT_VLAN: say_at(d, v, "\n\t    port vlan id (PVID): %lu", AT_BE16(VALUE)); break;
    case PROTOCOL_VLAN: say_protocol_vlan(d, v); break;
    case VLAN_NAME:
        say_at(d, v, "\n\t    vlan id (VID): %lu", AT_BE16(VALUE));
        say_counted(d, "\n\t    vlan name: ", v, VALUE + 2);
        break;
    case PROTOCOL_IDENTITY: say_counted(d, "\n\t    protocol identity: ", v, VALUE); break;
    case AGGREGATION: lldp_say_aggregation(d, v); break;
    case CONGESTION:
        say_bits(d, "Pre-Priority CNPV Indicator", u8_at(d, v, VALUE));
        say_bits(d, "Pre-Priority Ready Indicator", u8_at(d, v, VALUE + 1));
        break;
    case ETS: say_ets(d, v); break;
    case ETS_RECOMMENDATION:
        say_at(d, v, "\n\t    RES: %lu", AT_U8(VALUE));
        say_ets_tables(d, v);
        break;
    case FLOW_CONTROL: say_flow_control(d, v); break;
    case APPLICATION_PRIORITY: say_application_priority(d, v); break;
    case EVB: say_evb(d, v); break;
    case CDCP: say_cdcp(d, v); break;
    default: break;
    }
    return false;
}
