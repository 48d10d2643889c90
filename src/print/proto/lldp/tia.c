/*
 * LLDP-MED, the TLVs of telephones.  ANSI/TIA-1057, clause 10; coordinates: RFC 3825, section 2;
 * civic addresses: RFC 4776, section 3.
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/lldp/lldp.h"

enum subtype {
    CAPABILITIES = 1,
    NETWORK_POLICY,
    LOCATION,
    POWER,
    HARDWARE,
    FIRMWARE,
    SOFTWARE,
    SERIAL,
    MANUFACTURER,
    MODEL,
    ASSET,
};

NAMES(subtypes,
      (CAPABILITIES, "LLDP-MED Capabilities")
      (NETWORK_POLICY, "Network policy")
      (LOCATION, "Location identification")
      (POWER, "Extended power-via-MDI")
      (HARDWARE, "Inventory - hardware revision")
      (FIRMWARE, "Inventory - firmware revision")
      (SOFTWARE, "Inventory - software revision")
      (SERIAL, "Inventory - serial number")
      (MANUFACTURER, "Inventory - manufacturer name")
      (MODEL, "Inventory - model name")
      (ASSET, "Inventory - asset ID"));

/* Which of them are text, and what they are called once more. */
static const char *const inventory[] = {
    [HARDWARE] = "Hardware revision",
    [FIRMWARE] = "Firmware revision",
    [SOFTWARE] = "Software revision",
    [SERIAL] = "Serial number",
    [MANUFACTURER] = "Manufacturer name",
    [MODEL] = "Model name",
    [ASSET] = "Asset ID",
};

enum { VALUE = LLDP_SUBTYPE_LEN };

static void say_capabilities(struct dissect *d, struct view v)
{
    NAMES(capabilities,
          (0x01, "LLDP-MED capabilities")
          (0x02, "network policy")
          (0x04, "location identification")
          (0x08, "extended power via MDI-PSE")
          (0x10, "extended power via MDI-PD")
          (0x20, "Inventory"));
    NAMES(devices,
          (1, "endpoint class 1")
          (2, "endpoint class 2")
          (3, "endpoint class 3")
          (4, "network connectivity"));
    u16 bits = be16_at(d, v, VALUE);
    u8 device = u8_at(d, v, VALUE + 2);

    say(d, "\n\t    Media capabilities [%s] (0x%04x)",
        flags_of(d, &capabilities.names, bits, ", ", "none"), bits);
    say(d, "\n\t    Device type [%s] (0x%02x)",
        name_of(d, &devices.names, device, "unknown"), device);
}

/* Application 8; unknown 1, tagged 1, reserved 1, VLAN 12, priority 3, DSCP 6. */
static void say_network_policy(struct dissect *d, struct view v)
{
    NAMES(applications,
          (1, "voice") (2, "voice signaling") (3, "guest voice") (4, "guest voice signaling")
          (5, "softphone voice") (6, "video conferencing") (7, "streaming video")
          (8, "video signaling"));
    NAMES(flags, (0x800000, "Unknown") (0x400000, "Tagged") (0x200000, "reserved"));
    u8 application = u8_at(d, v, VALUE);
    u32 policy = be24_at(d, v, VALUE + 1);

    say(d, "\n\t    Application type [%s] (0x%02x), Flags [%s]",
        name_of(d, &applications.names, application, "none"), application,
        flags_of(d, &flags.names, policy, ", ", "none"));
    say(d, "\n\t    Vlan id %u, L2 priority %u, DSCP value %u", policy >> 9 & 0xfff,
        policy >> 6 & 7, policy & 63);
}

static void say_angle(struct dissect *d, const char *title, const char *name, struct view v)
{
    u32 first = u8_at(d, v, 0);

    say(d, "\n\t    %s resolution %u, %s value %llu", title, first >> 2, name,
        (first & 3ull) << 32 | be32_at(d, v, 1));
}

/* Latitude and longitude: resolution 6, value 34; altitude: type 4, resolution 6, value 30;
 * datum 8. */
static void say_coordinates(struct dissect *d, struct view v)
{
    enum { LATITUDE = 0, LONGITUDE = 5, ALTITUDE = 10, DATUM = 15, COORDINATES_LEN = 16 };
    NAMES(altitudes, (1, "meters") (2, "floors"));
    NAMES(data,
          (1, "World Geodesic System 1984")
          (2, "North American Datum 1983 (NAVD88)")
          (3, "North American Datum 1983 (MLLW)"));
    if (v.len < COORDINATES_LEN)
        return;
    say_angle(d, "Latitude", "latitude", view_from(v, LATITUDE));
    say_angle(d, "Longitude", "longitude", view_from(v, LONGITUDE));
    u32 type = u8_at(d, v, ALTITUDE), rest = be32_at(d, v, ALTITUDE + 1);
    u8 datum = u8_at(d, v, DATUM);
    say(d, "\n\t    Altitude type %s (%u)",
        name_of(d, &altitudes.names, type >> 4, "unknown"), type >> 4);
    say(d, "\n\t    Altitude resolution %u, altitude value 0x%x", (type & 15) << 2 | rest >> 30,
        rest & 0x3fffffff);
    say(d, "\n\t    Datum %s (0x%02x)", name_of(d, &data.names, datum, "unknown"), datum);
}

/* Length 8, what 8, country 2; then type 8, length 8, text. */
static void say_civic_address(struct dissect *d, struct view v)
{
    enum { LENGTH, WHAT, COUNTRY, ELEMENTS = 4, FIXED_LEN = 3, ELEMENT_TEXT = 2 };
    NAMES(places,
          (0, "location of DHCP server")
          (1, "location of the network element believed to be closest to the client")
          (2, "location of the client"));
    NAMES(kinds,
          (1, "national subdivisions (state,canton,region,province,prefecture)")
          (2, "county, parish, gun, district")
          (3, "city, township, shi")
          (4, "city division, borough, city district, ward chou")
          (5, "neighborhood, block")
          (6, "street"));

    if (v.len < 1)
        return;
    u32 len = u8_at(d, v, LENGTH);
    if (len < FIXED_LEN || v.len < 2 + len)
        return;
    u8 what = u8_at(d, v, WHAT);
    say(d, "\n\t    LCI length %u, LCI what %s (0x%02x), Country-code ", len,
        name_of(d, &places.names, what, "unknown"), what);
    lldp_say_text(d, view_sub(v, COUNTRY, 2));
    for (v = view_sub(v, ELEMENTS, len - FIXED_LEN); v.len >= ELEMENT_TEXT;) {
        u8 kind = u8_at(d, v, 0);
        u32 text_len = u8_at(d, v, 1);
        say(d, "\n\t      CA type \'%s\' (%u), length %u: ",
            name_of(d, &kinds.names, kind, "unknown"), kind, text_len);
        v = view_from(v, ELEMENT_TEXT);
        if (kind == 0 || text_len == 0 || text_len > v.len)
            return;
        lldp_say_text(d, view_clip(v, text_len));
        v = view_from(v, text_len);
    }
}

static void say_location(struct dissect *d, struct view v)
{
    enum { COORDINATES = 1, CIVIC, EMERGENCY };
    NAMES(formats, (1, "coordinate-based LCI") (2, "civic address LCI") (3, "ECS ELIN"));
    u8 format = u8_at(d, v, VALUE);
    struct view location = view_from(v, VALUE + 1);

    say(d, "\n\t    Location data format %s (0x%02x)",
        name_of(d, &formats.names, format, "unknown"), format);
    switch (format) {
    case COORDINATES: say_coordinates(d, location); break;
    case CIVIC: say_civic_address(d, location); break;
    case EMERGENCY:
        say_z(d, "\n\t    ECS ELIN id ");
        lldp_say_text(d, location);
        break;
    default:
        say_z(d, "\n\t    Location ID ");
        hexdump(d->out, "\n\t      ", location);
        break;
    }
}

/* Type 2, source 2, priority 4; tenths of a watt 16.  As tcpdump, the type is read from below. */
static void say_power(struct dissect *d, struct view v)
{
    enum { TENTHS_MAX = 1023 };
    static const char *const sources[] = { "none", "PSE - primary power source",
                                           "local - backup power source", "PSE+local - reserved" };
    NAMES(priorities, (1, "critical") (2, "high") (3, "low"));
    u32 bits = u8_at(d, v, VALUE), tenths = be16_at(d, v, VALUE + 1);

    say(d, "\n\t    Power type [%s], Power source [%s]",
        (bits & 3) != 0 ? "PD device" : "PSE device", sources[bits >> 4 & 3]);
    say(d, "\n\t    Power priority [%s] (0x%02x), Power ",
        name_of(d, &priorities.names, bits & 15, "none"), bits & 15);
    if (tenths > TENTHS_MAX)
        say(d, "%u (Reserved)", tenths);
    else
        say(d, "%u.%u Watts", tenths / 10, tenths % 10);
}

bool lldp_tia(struct dissect *d, struct view v)
{
    static const u8 least[] = {
        [CAPABILITIES] = 7, [NETWORK_POLICY] = 8, [LOCATION] = 5, [POWER] = 7
    };

    if (!lldp_say_subtype(d, &subtypes.names, v))
        return false;
    u8 subtype = u8_at(d, v, LLDP_SUBTYPE);
    if (name_find(&subtypes.names, subtype) == NULL)
        return true;
    if (subtype < countof(least) && v.len < least[subtype])
        return false;
    switch (subtype) {
    case CAPABILITIES: say_capabilities(d, v); break;
    case NETWORK_POLICY: say_network_policy(d, v); break;
    case LOCATION: say_location(d, v); break;
    case POWER: say_power(d, v); break;
    default:
        say(d, "\n\t  %s ", inventory[subtype]);
        lldp_say_text(d, view_from(v, LLDP_SUBTYPE_LEN));
        break;
    }
    return false;
}
