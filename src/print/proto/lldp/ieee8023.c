/* The TLVs of IEEE 802.3 in LLDP.  IEEE 802.3-2012, clause 79.3; media types: RFC 4836. */
#include "print/printer.h"
#include "print/proto/lldp/lldp.h"

enum subtype { MAC_PHY = 1, POWER, AGGREGATION, FRAME_SIZE };

static const struct name subtypes[] = { { MAC_PHY, "MAC/PHY configuration/status" },
                                        { POWER, "Power via MDI" },
                                        { AGGREGATION, "Link aggregation" },
                                        { FRAME_SIZE, "Max frame size" },
                                        NAMES_END };

enum { VALUE = LLDP_SUBTYPE_LEN };

static const struct name negotiation[] = { { 0x01, "supported" }, { 0x02, "enabled" }, NAMES_END };

/* RFC 3636, ifMauAutoNegCapAdvertisedBits. */
static const struct name advertised[] = { { 0x4000, "10BASE-T hdx" },
                                          { 0x2000, "10BASE-T fdx" },
                                          { 0x1000, "100BASE-T4" },
                                          { 0x0800, "100BASE-TX hdx" },
                                          { 0x0400, "100BASE-TX fdx" },
                                          { 0x0200, "100BASE-T2 hdx" },
                                          { 0x0100, "100BASE-T2 fdx" },
                                          { 0x0080, "Pause for fdx links" },
                                          { 0x0040, "Asym PAUSE for fdx" },
                                          { 0x0020, "Sym PAUSE for fdx" },
                                          { 0x0010, "Asym and Sym PAUSE for fdx" },
                                          { 0x0008, "1000BASE-{X LX SX CX} hdx" },
                                          { 0x0004, "1000BASE-{X LX SX CX} fdx" },
                                          { 0x0002, "1000BASE-T hdx" },
                                          { 0x0001, "1000BASE-T fdx" },
                                          NAMES_END };

static const char *const media[] = {
    "Unknown",
    "AUI",
    "10BASE_5",
    "FOIRL",
    "10BASE2",
    NULL,
    "10BASEFP",
    "10BASEFB",
    NULL,
    "10BROAD36",
    "10BASET hdx",
    "10BASET fdx",
    "10BASEFL hdx",
    "10BASEFL fdx",
    "100BASET4",
    "100BASETX hdx",
    "100BASETX fdx",
    "100BASEFX hdx",
    "100BASEFX fdx",
    "100BASET2 hdx",
    "100BASET2 fdx",
    "1000BASEX hdx",
    "1000BASEX fdx",
    "1000BASELX hdx",
    "1000BASELX fdx",
    "1000BASESX hdx",
    "1000BASESX fdx",
    "1000BASECX hdx",
    "1000BASECX fdx",
    "1000BASET hdx",
    "1000BASET fdx",
    "10GBASEX",
    "10GBASELX4",
    "10GBASER",
    "10GBASEER",
    "10GBASELR",
    "10GBASESR",
    "10GBASEW",
    "10GBASEEW",
    "10GBASELW",
    "10GBASESW",
};

static void say_mac_phy(struct dissect *d, struct view v)
{
    u8 status = u8_at(d, v, VALUE);
    u16 capability = be16_at(d, v, VALUE + 1), type = be16_at(d, v, VALUE + 3);

    say(d, "\n\t    autonegotiation [%s] (0x%02x)", flags_of(d, negotiation, status, ", ", "none"),
        status);
    say(d, "\n\t    PMD autoneg capability [%s] (0x%04x)",
        flags_of(d, advertised, capability, ", ", "unknown"), capability);
    say(d, "\n\t    MAU type %s (0x%04x)", name_in(d, media, countof(media), type, "unknown"),
        type);
}

static void say_power(struct dissect *d, struct view v)
{
    static const struct name support[] = { { 0x01, "PSE" },
                                           { 0x02, "supported" },
                                           { 0x04, "enabled" },
                                           { 0x08, "can be controlled" },
                                           NAMES_END };
    static const char *const pairs[] = { NULL, "signal", "spare" };
    static const char *const classes[] = { NULL, "class0", "class1", "class2", "class3", "class4" };

    say(d, "\n\t    MDI power support [%s], power pair %s, power class %s",
        flags_of(d, support, u8_at(d, v, VALUE), ", ", "none"),
        name_in(d, pairs, countof(pairs), u8_at(d, v, VALUE + 1), "unknown"),
        name_in(d, classes, countof(classes), u8_at(d, v, VALUE + 2), "unknown"));
}

bool lldp_8023(struct dissect *d, struct view v)
{
    static const u8 least[] = { [MAC_PHY] = 9, [POWER] = 7, [AGGREGATION] = 9, [FRAME_SIZE] = 6 };

    if (!lldp_say_subtype(d, subtypes, v))
        return false;
    u8 subtype = u8_at(d, v, LLDP_SUBTYPE);
    if (name_find(subtypes, subtype) == NULL)
        return true;
    if (v.len < least[subtype])
        return false;
    switch (subtype) {
    case MAC_PHY: say_mac_phy(d, v); break;
    case POWER: say_power(d, v); break;
    case AGGREGATION: lldp_say_aggregation(d, v); break;
    case FRAME_SIZE: say(d, "\n\t    MTU size %u", be16_at(d, v, VALUE)); break;
    default: break;
    }
    return false;
}
