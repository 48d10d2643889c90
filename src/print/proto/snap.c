/*
 * The subnetwork access protocol.  IEEE 802, clause 10; RFC 1042; bridged frames: RFC 2684.
 *
 *    0               1               2               3
 *   +-----------------------------------------------+---------------+
 *   |          organization, whose numbers          |   protocol    |
 *   +---------------+-------------------------------+---------------+
 *   |    protocol   |
 *   +---------------+
 */
#include "base/ethertype.h"
#include "base/llc.h"
#include "print/oui.h"
#include "print/printer.h"
#include "print/proto/ether.h"
#include "print/proto/llc.h"

enum { ORGANIZATION, PROTOCOL = 3 };

enum { TOKEN_RING_PAD = 2, FDDI_PAD = 3 };

NAMES(cisco,
      (PID_CISCO_PVST, "PVST")
      (PID_CISCO_VLAN_BRIDGE, "VLAN Bridge")
      (PID_CISCO_UDLD, "UDLD")
      (PID_CISCO_CDP, "CDP")
      (PID_CISCO_VTP, "VTP")
      (PID_CISCO_DTP, "DTP"));

NAMES(bridged,
      (PID_BRIDGED_ETHERNET_FCS, "Ethernet + FCS")
      (PID_BRIDGED_8024_FCS, "802.4 + FCS")
      (PID_BRIDGED_TOKEN_RING_FCS, "Token Ring + FCS")
      (PID_BRIDGED_FDDI_FCS, "FDDI + FCS")
      (PID_BRIDGED_8026_FCS, "802.6 + FCS")
      (PID_BRIDGED_ETHERNET, "Ethernet w/o FCS")
      (PID_BRIDGED_8024, "802.4 w/o FCS")
      (PID_BRIDGED_TOKEN_RING, "Token Ring w/o FCS")
      (PID_BRIDGED_FDDI, "FDDI w/o FCS")
      (PID_BRIDGED_8026, "802.6 w/o FCS")
      (PID_BRIDGED_BPDU, "BPDU"));

/* Whose protocol numbers are EtherTypes. */
static bool has_ethertypes(u32 organization)
{
    return organization == OUI_ENCAP_ETHER || organization == OUI_CISCO_90;
}

static const char *protocol_name(u32 organization, u16 protocol)
{
    const char *name = NULL;

    switch (organization) {
    case OUI_ENCAP_ETHER:
    case OUI_CISCO_90:
    case OUI_APPLETALK: name = ethertype_name(protocol); break;
    case OUI_CISCO: name = name_find(&cisco.names, protocol); break;
    case OUI_RFC2684: name = name_find(&bridged.names, protocol); break;
    default: break;
    }
    return name != NULL ? name : "Unknown";
}

static void say_header(struct dissect *d, u32 organization, u16 protocol, u32 length, bool all)
{
    bool ether = organization == OUI_ENCAP_ETHER;

    if (!ether || all)
        say(d, "oui %s (0x%06x), ", oui_name(organization), organization);
    say(d, "%s %s (0x%04x), length %u: ", ether ? "ethertype" : "pid",
        protocol_name(organization, protocol), protocol, length);
}

static void print_ether_frame(struct dissect *d, struct view v)
{
    ether_frame(d, v);
}

/* A frame behind padding that aligns its header.  The bytes that -x skips stay those of the outer link. */
static void say_padded(struct dissect *d, struct view v, u32 pad, printer *print)
{
    u32 skipped = d->link_header_len;

    if (!view_has(v, 0, pad)) {
        truncated(d);
        return;
    }
    print(d, view_from(v, pad));
    if (!d->sealed)
        d->link_header_len = skipped;
}

/* A bridged frame: RFC 2684, section 5.2.  `pad` is what the outer link puts before one of Ethernet. */
static bool say_bridged(struct dissect *d, u16 protocol, struct view v, u32 pad)
{
    switch (protocol) {
    case PID_BRIDGED_ETHERNET:
    case PID_BRIDGED_ETHERNET_FCS: say_padded(d, v, pad, print_ether_frame); return true;
    case PID_BRIDGED_TOKEN_RING:
    case PID_BRIDGED_TOKEN_RING_FCS: say_padded(d, v, TOKEN_RING_PAD, print_token_ring); return true;
    case PID_BRIDGED_FDDI:
    case PID_BRIDGED_FDDI_FCS: say_padded(d, v, FDDI_PAD, print_fddi); return true;
    default: return false;
    }
}

static bool say_protocol(struct dissect *d, u32 organization, u16 protocol, struct view v, u32 pad)
{
    if (has_ethertypes(organization) || (organization == OUI_APPLETALK && protocol == ETHERTYPE_ATALK))
        return dispatch_ether(d, protocol, v);
    return (organization == OUI_RFC2684 && say_bridged(d, protocol, v, pad)) ||
           dispatch_snap(d, organization, protocol, v);
}

bool snap_frame(struct dissect *d, struct view v, struct llc_addresses link, u32 pad)
{
    d->proto = "snap";
    if (!view_has(v, 0, SNAP_HEADER_LEN)) {
        truncated(d);
        return true;
    }
    u32 organization = be24_at(d, v, ORGANIZATION);
    u16 protocol = be16_at(d, v, PROTOCOL);
    struct view payload = view_from(v, SNAP_HEADER_LEN);

    if (d->opt->link_header)
        say_header(d, organization, protocol, payload.len, true);
    if (say_protocol(d, organization, protocol, payload, pad))
        return true;
    if (!d->opt->link_header) {
        if (link.source != NULL)
            say(d, "%pM > %pM ", link.source, link.destination);
        say_z(d, "SNAP, ");
        say_header(d, organization, protocol, payload.len, false);
    }
    return false;
}
