/* The TLVs of IEEE 802.3 in LLDP.  IEEE 802.3-2012, clause 79.3; media types: RFC 4836. */
#include "print/printer.h"
#include "print/proto/lldp/lldp.h"

enum subtype { MAC_PHY = 1, POWER, AGGREGATION, FRAME_SIZE };

NAMES(subtypes,
      (MAC_PHY, "MAC/PHY configuration/status")
      (POWER, "Power via MDI")
      (AGGREGATION, "Link aggregation")
      (FRAME_SIZE, "Max frame size"));

enum { VALUE = LLDP_SUBTYPE_LEN };

NAMES(negotiation, (0x01, "supported") (0x02, "enabled"));

/* RFC 3636, ifMauAutoNegCapAdvertisedBits. */
NAMES(advertised,
      (0x4000, "10BASE-T hdx")
      (0x2000, "10BASE-T fdx")
      (0x1000, "100BASE-T4")
      (0x0800, "100BASE-TX hdx")
      (0x0400, "100BASE-TX fdx")
      (0x0200, "100BASE-T2 hdx")
      (0x0100, "100BASE-T2 fdx")
      (0x0080, "Pause for fdx links")
      (0x0040, "Asym PAUSE for fdx")
      (0x0020, "Sym PAUSE for fdx")
      (0x0010, "Asym and Sym PAUSE for fdx")
      (0x0008, "1000BASE-{X LX SX CX} hdx")
      (0x0004, "1000BASE-{X LX SX CX} fdx")
      (0x0002, "1000BASE-T hdx")
      (0x0001, "1000BASE-T fdx"));

NAMES(media,
      (0, "Unknown") (1, "AUI") (2, "10BASE_5") (3, "FOIRL") (4, "10BASE2")
      (5, "10BASET duplex mode unknown") (6, "10BASEFP") (7, "10BASEFB")
      (8, "10BASEFL duplex mode unknown") (9, "10BROAD36")
      (10, "10BASET hdx") (11, "10BASET fdx") (12, "10BASEFL hdx")
      (13, "10BASEFL fdx") (14, "100BASET4") (15, "100BASETX hdx") (16, "100BASETX fdx")
      (17, "100BASEFX hdx") (18, "100BASEFX fdx") (19, "100BASET2 hdx") (20, "100BASET2 fdx")
      (21, "1000BASEX hdx") (22, "1000BASEX fdx") (23, "1000BASELX hdx") (24, "1000BASELX fdx")
      (25, "1000BASESX hdx") (26, "1000BASESX fdx") (27, "1000BASECX hdx") (28, "1000BASECX fdx")
      (29, "1000BASET hdx") (30, "1000BASET fdx") (31, "10GBASEX") (32, "10GBASELX4")
      (33, "10GBASER") (34, "10GBASEER") (35, "10GBASELR") (36, "10GBASESR") (37, "10GBASEW")
      (38, "10GBASEEW") (39, "10GBASELW") (40, "10GBASESW"));

static void say_mac_phy(struct dissect *d, struct view v)
{
    u8 status = u8_at(d, v, VALUE);
    u16 capability = be16_at(d, v, VALUE + 1), type = be16_at(d, v, VALUE + 3);

    say(d, "\n\t    autonegotiation [%s] (0x%02x)", flags_of(d, &negotiation.names, status, ", ", "none"),
        status);
    say(d, "\n\t    PMD autoneg capability [%s] (0x%04x)",
        flags_of(d, &advertised.names, capability, ", ", "unknown"), capability);
    say(d, "\n\t    MAU type %s (0x%04x)", name_of(d, &media.names, type, "unknown"),
        type);
}

static void say_power(struct dissect *d, struct view v)
{
    NAMES(support, (0x01, "PSE") (0x02, "supported") (0x04, "enabled") (0x08, "can be controlled"));
    NAMES(pairs, (1, "signal") (2, "spare"));
    NAMES(classes, (1, "class0") (2, "class1") (3, "class2") (4, "class3") (5, "class4"));

    say(d, "\n\t    MDI power support [%s], power pair %s, power class %s",
        flags_of(d, &support.names, u8_at(d, v, VALUE), ", ", "none"),
        name_of(d, &pairs.names, u8_at(d, v, VALUE + 1), "unknown"),
        name_of(d, &classes.names, u8_at(d, v, VALUE + 2), "unknown"));
}

bool lldp_8023(struct dissect *d, struct view v)
{
    static const u8 least[] = { [MAC_PHY] = 9, [POWER] = 7, [AGGREGATION] = 9, [FRAME_SIZE] = 6 };

    if (!lldp_say_subtype(d, &subtypes.names, v))
        return false;
    u8 subtype = u8_at(d, v, LLDP_SUBTYPE);
    if (name_find(&subtypes.names, subtype) == NULL)
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
