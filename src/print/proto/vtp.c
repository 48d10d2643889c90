/*
 * VTP: Cisco's VLAN trunking protocol, versions 1 and 2.  www.cisco.com, "Understand VLAN Trunk
 * Protocol".
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |    version    |     code      |  depends on   | domain length |
 *   |               |               |     code      |               |
 *   |  domain (32 bytes)                                            |
 *   |  summary: revision 4, updater 4, time 12, digest 16           |
 *   |  subset: revision 4, VLANs                                    |
 *   |  request: start value 4                                       |
 *   +---------------------------------------------------------------+
 *
 *   A VLAN: length 8 of all, status 8, type 8, name length 8, number 16, MTU 16, SAID 32, name
 * filled up to four bytes; then type 8, length 8 in 16-bit words, value.
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum { VERSION, CODE, DEPENDENT, DOMAIN_LENGTH, DOMAIN, DOMAIN_MAX = 32, HEADER_LEN = 36 };

enum code { SUMMARY = 1, SUBSET, REQUEST, JOIN };

NAMES(codes,
      (SUMMARY, "Summary advertisement")
      (SUBSET, "Subset advertisement")
      (REQUEST, "Advertisement request")
      (JOIN, "Join message"));

/* What the third byte of the header is. */
NAMES(dependents, (SUMMARY, "Followers") (SUBSET, "Seq number") (REQUEST, "Rsvd") (JOIN, "Rsvd"));

enum { REVISION, UPDATER = 4, TIMESTAMP = 8, DIGEST = 20 };

enum {
    VLAN_STATUS = 1,
    VLAN_TYPE,
    VLAN_NAME_LENGTH,
    VLAN_NUMBER,
    VLAN_MTU = 6,
    VLAN_SAID = 8,
    VLAN_NAME = 12
};

NAMES(statuses, (0, "Operational") (1, "Suspended"));

NAMES(vlan_types, (1, "Ethernet") (2, "FDDI") (3, "TrCRF") (4, "FDDI-net") (5, "TrBRF"));

enum tlv {
    RING_NUMBER = 1,
    BRIDGE_NUMBER,
    STP_TYPE,
    PARENT_VLAN,
    TRANSLATIONAL,
    PRUNING,
    BRIDGE_TYPE,
    ARP_HOPS,
    STE_HOPS,
    BACKUP,
};

NAMES(tlvs,
      (RING_NUMBER, "Source-Routing Ring Number TLV")
      (BRIDGE_NUMBER, "Source-Routing Bridge Number TLV")
      (STP_TYPE, "STP type TLV")
      (PARENT_VLAN, "Parent VLAN TLV")
      (TRANSLATIONAL, "Translationally bridged VLANs TLV")
      (PRUNING, "Pruning TLV")
      (BRIDGE_TYPE, "Bridge Type TLV")
      (ARP_HOPS, "Max ARP Hop Count TLV")
      (STE_HOPS, "Max STE Hop Count TLV")
      (BACKUP, "Backup CRF Mode TLV"));

enum { TLV_TYPE, TLV_WORDS, TLV_VALUE, TLV_LEN = 4 };

static void say_summary(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t  Config Rev %lx, Updater %pI4", AT_BE32(REVISION), AT_ADDRESS(UPDATER));
    say_at(d, v, ", Timestamp 0x%08lx 0x%08lx 0x%08lx", AT_BE32(TIMESTAMP), AT_BE32(TIMESTAMP + 4),
           AT_BE32(TIMESTAMP + 8));
    say_at(d, v, ", MD5 digest: %08lx%08lx%08lx%08lx", AT_BE32(DIGEST), AT_BE32(DIGEST + 4),
           AT_BE32(DIGEST + 8), AT_BE32(DIGEST + 12));
}

/* One attribute of a VLAN.  False at a flaw. */
static bool say_tlv(struct dissect *d, struct view *v)
{
    NAMES(stp_types, (1, "SRT") (2, "SRB") (3, "Auto"));

    if (v->len < TLV_VALUE)
        return false;
    u8 type = u8_at(d, *v, TLV_TYPE), words = u8_at(d, *v, TLV_WORDS);
    u32 len = TLV_VALUE + words * 2u;
    say(d, "\n\t\t%s (0x%04x) TLV", name_of(d, &tlvs.names, type, "Unknown"), type);
    if (len > v->len) {
        say_z(d, " (TLV goes past the end of the packet)");
        return false;
    }
    if (!need(d, *v, 0, len))
        return true;
    if (words != 1) {
        say(d, " (invalid TLV length %u != 1)", words);
        return false;
    }
    u16 value = be16_at(d, *v, TLV_VALUE);
    switch (type) {
    case STP_TYPE:
        say(d, ", %s (%u)", name_of(d, &stp_types.names, value, "Unknown"), value);
        break;
    case BRIDGE_TYPE: say(d, ", %s (%u)", value == 1 ? "SRB" : "SRT", value); break;
    case BACKUP: say(d, ", %s (%u)", value == 1 ? "Backup" : "Not backup", value); break;
    case PRUNING: say(d, ", %s (%u)", value == 1 ? "Enabled" : "Disabled", value); break;
    case STE_HOPS: say(d, ", %u", value); break;
    default: hexdump(d->out, "\n\t\t  ", view_clip(*v, TLV_LEN)); break;
    }
    *v = view_from(*v, len);
    return true;
}

/* One VLAN, `v` being as long as it says.  False at a flaw. */
static bool say_vlan(struct dissect *d, struct view v)
{
    if (v.len < VLAN_NAME)
        return false;
    say_at(d, v, "\n\tVLAN info status %s, type %s, VLAN-id %lu, MTU %lu, SAID 0x%08lx, Name ",
           name_of(d, &statuses.names, u8_at(d, v, VLAN_STATUS), "Unknown"),
           name_of(d, &vlan_types.names, u8_at(d, v, VLAN_TYPE), "Unknown"), AT_BE16(VLAN_NUMBER),
           AT_BE16(VLAN_MTU), AT_BE32(VLAN_SAID));
    u32 name_len = u8_at(d, v, VLAN_NAME_LENGTH);
    struct view name = view_sub(v, VLAN_NAME, name_len);
    v = view_from(v, VLAN_NAME);
    if (v.len < (name_len + 3) / 4 * 4)
        return false;
    say_until_nul(d, name);
    for (v = view_from(v, (name_len + 3) / 4 * 4); v.len > 0 && !d->sealed;)
        if (!say_tlv(d, &v))
            return false;
    return true;
}

/* False at a flaw. */
static bool say_subset(struct dissect *d, struct view v)
{
    say_at(d, v, ", Config Rev %lx", AT_BE32(REVISION));
    for (v = view_from(v, REVISION + 4); v.len > 0 && !d->sealed;) {
        u32 len = u8_at(d, v, 0);
        if (len == 0)
            return true;
        if (!need(d, v, 0, len))
            return true;
        if (!say_vlan(d, view_clip(v, len)))
            return false;
        v = view_from(v, len);
    }
    return true;
}

void print_vtp(struct dissect *d, struct view v)
{
    d->proto = "vtp";
    if (v.len < HEADER_LEN) {
        invalid(d);
        need(d, v, 0, v.len);
        return;
    }
    if (!need(d, v, 0, HEADER_LEN))
        return;
    u8 code = u8_at(d, v, CODE);
    say_at(d, v, "VTPv%lu, Message %s (0x%02x), length %u", AT_U8(VERSION),
           name_of(d, &codes.names, code, "Unknown message type"), code, v.len);
    if (!verbose(d, 1)) {
        need(d, v, 0, v.len);
        return;
    }
    u8 domain_len = u8_at(d, v, DOMAIN_LENGTH);
    if (domain_len < 1 || domain_len > DOMAIN_MAX) {
        say(d, "\n\tDomain name:  [invalid MgmtD Len %u]", domain_len);
        invalid(d);
        need(d, v, 0, v.len);
        return;
    }
    say_z(d, "\n\tDomain name: ");
    if (!say_until_nul(d, view_sub(v, DOMAIN, domain_len)))
        seal(d);
    say_at(d, v, ", %s: %lu", name_of(d, &dependents.names, code, "Unknown"), AT_U8(DEPENDENT));
    struct view body = view_from(v, HEADER_LEN);
    bool sound = true;
    switch (code) {
    case SUMMARY: say_summary(d, body); break;
    case SUBSET: sound = say_subset(d, body); break;
    case REQUEST: say_at(d, body, "\n\tStart value: %lu", AT_BE32(0)); break;
    default: break;
    }
    if (!sound) {
        invalid(d);
        need(d, v, 0, v.len);
    }
}
