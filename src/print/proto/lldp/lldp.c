/*
 * LLDP: what a device tells about itself to its neighbours.  IEEE 802.1AB-2009, clause 8.
 *
 *     0               1               2
 *   +-----------+---+---------------+---------------+-- ...
 *   |   type 7  |     length 9      |     value
 *   +-----------+-------------------+---------------+-- ...
 */
#include "print/proto/lldp/lldp.h"

#include "base/ethertype.h"
#include "base/llc.h"
#include "print/hexdump.h"
#include "print/oui.h"
#include "print/printer.h"
#include "print/proto/afi.h"

enum { HEADER_LEN = 2, TYPE_SHIFT = 9, LENGTH_MASK = 0x01ff, OUI_LEN = 3 };

enum tlv_type {
    END,
    CHASSIS_ID,
    PORT_ID,
    TIME_TO_LIVE,
    PORT_DESCRIPTION,
    SYSTEM_NAME,
    SYSTEM_DESCRIPTION,
    CAPABILITIES,
    MANAGEMENT_ADDRESS,
    ORGANIZATION = 127,
};

NAMES(types,
      (END, "End")
      (CHASSIS_ID, "Chassis ID")
      (PORT_ID, "Port ID")
      (TIME_TO_LIVE, "Time to Live")
      (PORT_DESCRIPTION, "Port Description")
      (SYSTEM_NAME, "System Name")
      (SYSTEM_DESCRIPTION, "System Description")
      (CAPABILITIES, "System Capabilities")
      (MANAGEMENT_ADDRESS, "Management Address")
      (ORGANIZATION, "Organization specific"));

/* What an identifier is. */
enum id_kind { ID_UNKNOWN, ID_TEXT, ID_MAC, ID_NETWORK };

struct id_subtype {
    const char *name;
    enum id_kind kind;
};

/* Clause 8.5.2.2. */
static const struct id_subtype chassis_subtypes[] = {
    { NULL, ID_UNKNOWN },           { "Chassis component", ID_TEXT },
    { "Interface alias", ID_TEXT }, { "Port component", ID_TEXT },
    { "MAC address", ID_MAC },      { "Network address", ID_NETWORK },
    { "Interface name", ID_TEXT },  { "Local", ID_TEXT },
};

/* Clause 8.5.3.2. */
static const struct id_subtype port_subtypes[] = {
    { NULL, ID_UNKNOWN },
    { "Interface alias", ID_TEXT },
    { "Port component", ID_TEXT },
    { "MAC address", ID_MAC },
    { "Network Address", ID_NETWORK },
    { "Interface Name", ID_TEXT },
    { "Agent circuit ID", ID_TEXT },
    { "Local", ID_TEXT },
};

bool lldp_say_subtype(struct dissect *d, const struct names *subtypes, struct view v)
{
    if (v.len < LLDP_SUBTYPE_LEN)
        return false;
    u8 subtype = u8_at(d, v, LLDP_SUBTYPE);
    say(d, "\n\t  %s Subtype (%u)", name_of(d, subtypes, subtype, "unknown"), subtype);
    return true;
}

void lldp_say_text(struct dissect *d, struct view v)
{
    say_until_nul(d, v);
}

/* A network address is a family 8 and so many bytes. */
enum { ADDRESS_FAMILY, ADDRESS };

static u32 address_len(u8 family)
{
    switch (family) {
    case AFI_IPV4: return 4;
    case AFI_IPV6: return 16;
    case AFI_802: return ETHER_ADDR_LEN;
    default: return 0; /* not shown */
    }
}

static bool has_network_address(struct dissect *d, struct view v)
{
    return v.len >= ADDRESS && v.len >= ADDRESS + address_len(u8_at(d, v, ADDRESS_FAMILY));
}

static void say_network_address(struct dissect *d, struct view v)
{
    u8 family = u8_at(d, v, ADDRESS_FAMILY);
    const void *address = bytes_at(d, v, ADDRESS, address_len(family));

    say(d, "AFI %s (%u)", name_of(d, afi_names, family, "Unknown"), family);
    switch (family) {
    case AFI_IPV4: say(d, ": %pI4", address); break;
    case AFI_IPV6: say(d, ": %pI6", address); break;
    case AFI_802: say(d, ": %pM", address); break;
    default: say_z(d, ", no AF printer !"); break;
    }
}

/* What names a chassis or a port.  False when it is cut; *unknown tells whether to dump it. */
static bool say_id(struct dissect *d, const struct id_subtype *subtypes, u32 count, struct view v,
                   bool *unknown)
{
    enum { SUBTYPE, ID };

    if (v.len < ID + 1)
        return false;
    u8 number = u8_at(d, v, SUBTYPE);
    const struct id_subtype *subtype = &subtypes[number < count ? number : 0];
    say(d, "\n\t  Subtype %s (%u): ", subtype->name != NULL ? subtype->name : "Unknown", number);
    struct view id = view_from(v, ID);
    switch (subtype->kind) {
    case ID_UNKNOWN: *unknown = true; break;
    case ID_TEXT: lldp_say_text(d, id); break;
    case ID_MAC:
        if (id.len < ETHER_ADDR_LEN)
            return false;
        say_mac_at(d, id, 0);
        break;
    case ID_NETWORK:
        if (!has_network_address(d, id))
            return false;
        say_network_address(d, id);
        break;
    }
    return true;
}

static bool say_capabilities(struct dissect *d, struct view v)
{
    NAMES(capabilities,
          (0x01, "Other") (0x02, "Repeater") (0x04, "Bridge") (0x08, "WLAN AP") (0x10, "Router")
          (0x20, "Telephone") (0x40, "Docsis") (0x80, "Station Only"));

    if (v.len < 4)
        return false;
    u16 system = be16_at(d, v, 0), enabled = be16_at(d, v, 2);
    say(d, "\n\t  System  Capabilities [%s] (0x%04x)",
        flags_of(d, &capabilities.names, system, ", ", "none"), system);
    say(d, "\n\t  Enabled Capabilities [%s] (0x%04x)",
        flags_of(d, &capabilities.names, enabled, ", ", "none"), enabled);
    return true;
}

/* Clause 8.5.9: length 8, address; numbering 8, interface 32; length 8, object identifier. */
static bool say_management_address(struct dissect *d, struct view v)
{
    enum { NUMBERING, INTERFACE, INTERFACE_LEN = 5 };
    NAMES(numberings, (2, "Interface Index") (3, "System Port Number"));

    if (v.len < 1)
        return false;
    u32 len = u8_at(d, v, 0);
    v = view_from(v, 1);
    if (v.len < len || !has_network_address(d, view_clip(v, len)))
        return false;
    say(d, "\n\t  Management Address length %u, ", len);
    say_network_address(d, view_clip(v, len));
    v = view_from(v, len);
    if (v.len < INTERFACE_LEN)
        return false;
    u8 numbering = u8_at(d, v, NUMBERING);
    say_at(d, v, "\n\t  %s Interface Numbering (%u): %lu",
           name_of(d, &numberings.names, numbering, "Unknown"), numbering, AT_BE32(INTERFACE));
    v = view_from(v, INTERFACE_LEN);
    if (v.len == 0)
        return true;
    len = u8_at(d, v, 0);
    v = view_from(v, 1);
    if (v.len < len)
        return false;
    if (len > 0) {
        say(d, "\n\t  OID length %u", len);
        lldp_say_text(d, view_clip(v, len));
    }
    return true;
}

static bool say_iana(struct dissect *d, struct view v)
{
    enum { MUD_URL = 1, URL_MIN = 8 }; /* RFC 8520, section 11 */
    NAMES(subtypes, (MUD_URL, "MUD-URL"));

    if (v.len < URL_MIN || !lldp_say_subtype(d, &subtypes.names, v))
        return false;
    if (u8_at(d, v, LLDP_SUBTYPE) != MUD_URL)
        return true;
    say_z(d, "\n\t  MUD-URL=");
    say_visible(d, view_from(v, LLDP_SUBTYPE_LEN));
    return false;
}

static bool say_organization(struct dissect *d, struct view v, bool *unknown)
{
    if (v.len < OUI_LEN)
        return false;
    u32 oui = be24_at(d, v, 0);
    say(d, ": OUI %s (0x%06x)", oui_name(oui), oui);
    switch (oui) {
    case OUI_RFC2684: *unknown = lldp_8021(d, v); break;
    case OUI_IEEE_8023_PRIVATE: *unknown = lldp_8023(d, v); break;
    case OUI_TIA: *unknown = lldp_tia(d, v); break;
    case OUI_IANA: *unknown = say_iana(d, v); break;
    case OUI_DCBX: *unknown = lldp_dcbx(d, v); break;
    default: *unknown = true; break;
    }
    return true;
}

/* The value of a TLV as -v shows it.  False when it is too short for what it should hold. */
static bool say_value(struct dissect *d, u8 type, struct view v, bool *unknown)
{
    switch (type) {
    case CHASSIS_ID: return say_id(d, chassis_subtypes, countof(chassis_subtypes), v, unknown);
    case PORT_ID: return say_id(d, port_subtypes, countof(port_subtypes), v, unknown);
    case TIME_TO_LIVE:
        if (v.len < 2)
            return false;
        say_at(d, v, ": TTL %lus", AT_BE16(0));
        return true;
    case PORT_DESCRIPTION:
        say_z(d, ": ");
        lldp_say_text(d, v);
        return true;
    case SYSTEM_DESCRIPTION:
        say_z(d, "\n\t  ");
        lldp_say_text(d, v);
        return true;
    case CAPABILITIES: return say_capabilities(d, v);
    case MANAGEMENT_ADDRESS: return say_management_address(d, v);
    case ORGANIZATION: return say_organization(d, v, unknown);
    default: *unknown = true; return true;
    }
}

/* One TLV that is captured as a whole.  False when it ends the packet's text. */
static bool say_tlv(struct dissect *d, u8 type, struct view v)
{
    bool unknown = false;

    if (type == SYSTEM_NAME) { /* the only one that is shown without -v */
        say_z(d, ": ");
        lldp_say_text(d, v);
    } else if (verbose(d, 1) && !say_value(d, type, v, &unknown)) {
        truncated(d);
        return false;
    }
    if (verbose(d, 2) || (verbose(d, 1) && unknown))
        hexdump(d->out, "\n\t  ", v);
    return true;
}

void print_lldp(struct dissect *d, struct view v)
{
    d->proto = "lldp";
    say(d, "LLDP, length %u", v.len);
    while (v.len >= HEADER_LEN && !d->sealed) {
        if (!view_has(v, 0, HEADER_LEN)) {
            truncated(d);
            return;
        }
        u16 header = be16_at(d, v, 0);
        u8 type = (u8)(header >> TYPE_SHIFT);
        u32 len = header & LENGTH_MASK;

        v = view_from(v, HEADER_LEN);
        if (verbose(d, 1))
            say(d, "\n\t%s TLV (%u), length %u", name_of(d, &types.names, type, "Unknown"), type, len);
        if (type == END || len == 0)
            return;
        if (len > v.len || !view_has(v, 0, len)) {
            truncated(d);
            return;
        }
        if (!say_tlv(d, type, view_clip(v, len)))
            return;
        v = view_from(v, len);
    }
}
