/*
 * HNCP: routers of a home network agree on prefixes, addresses and names.  RFC 7788, section 10; it
 * is a profile of DNCP, RFC 7787, section 7.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |             type              |            length             |
 *   +-------------------------------+-------------------------------+
 *   |  value, with zeros up to a multiple of four bytes; TLVs may follow in it
 *
 * With each -v one level of TLVs more is shown in full; of the next one only the names are.
 */
#include "print/printer.h"
#include "print/proto/dns_name.h"

enum { TYPE, LENGTH = 2, VALUE = 4 };

enum tlv_type {
    RESERVED,
    REQUEST_NETWORK_STATE,
    REQUEST_NODE_STATE,
    NODE_ENDPOINT,
    NETWORK_STATE,
    NODE_STATE,
    PEER = 8,
    KEEP_ALIVE,
    TRUST_VERDICT,
    HNCP_VERSION = 32,
    EXTERNAL_CONNECTION,
    DELEGATED_PREFIX,
    ASSIGNED_PREFIX,
    NODE_ADDRESS,
    DHCP4_DATA,
    DHCP6_DATA,
    DELEGATED_ZONE,
    DOMAIN_NAME,
    NODE_NAME,
    MANAGED_PSK,
    PREFIX_POLICY,
    PROFILE_END = 512, /* RFC 7787, section 11: what lies below belongs to the profile */
    PRIVATE_USE = 768,
    PRIVATE_USE_END = 1024,
};

/* Fields in the value, and where the TLVs in it begin. */
enum {
    NODE_STATE_NEXT = 20,
    TRUST_FINGERPRINT = 4,
    TRUST_NAME = 36,
    USER_AGENT = 4,
    DELEGATED_BITS = 8,
    ASSIGNED_BITS = 5,
    ADDRESS = 4,
    ADDRESS_NEXT = 20,
    ZONE_FLAGS = 16,
    ZONE = 17,
    NAME_LENGTH = 16,
    NAME = 17,
    PSK_LEN = 32,
};
enum { ID_LEN = 4, HASH_LEN = 8, FINGERPRINT_LEN = 32, IP6_BITS = 128 };

NAMES(types,
      (RESERVED, "Reserved")
      (REQUEST_NETWORK_STATE, "Request network state")
      (REQUEST_NODE_STATE, "Request node state")
      (NODE_ENDPOINT, "Node endpoint")
      (NETWORK_STATE, "Network state")
      (NODE_STATE, "Node state")
      (PEER, "Peer")
      (KEEP_ALIVE, "Keep-alive interval")
      (TRUST_VERDICT, "Trust-Verdict")
      (HNCP_VERSION, "HNCP-Version")
      (EXTERNAL_CONNECTION, "External-Connection")
      (DELEGATED_PREFIX, "Delegated-Prefix")
      (ASSIGNED_PREFIX, "Assigned-Prefix")
      (NODE_ADDRESS, "Node-Address")
      (DHCP4_DATA, "DHCPv4-Data")
      (DHCP6_DATA, "DHCPv6-Data")
      (DELEGATED_ZONE, "DNS-Delegated-Zone")
      (DOMAIN_NAME, "Domain-Name")
      (NODE_NAME, "Node-Name")
      (MANAGED_PSK, "Managed-PSK")
      (PREFIX_POLICY, "Prefix-Policy"));

static void say_tlvs(struct dissect *d, struct view v, u32 level);

/* A text that is the same pointer for types of one kind. */
static const char *type_name(u16 type)
{
    const char *name = name_find(&types.names, type);

    if (name != NULL)
        return name;
    if (type > PREFIX_POLICY && type < PROFILE_END)
        return "Unassigned";
    return type >= PRIVATE_USE && type < PRIVATE_USE_END ? "Private use" : "Future use";
}

static u32 round_up(u32 n)
{
    return (n + 3) & ~3u;
}

static void new_line(struct dissect *d, u32 level)
{
    say_z(d, "\n\t");
    while (level-- > 0)
        say_z(d, "\t");
}

/* The TLVs in a value, from the next multiple of four bytes on. */
static void say_nested(struct dissect *d, struct view v, u32 at, u32 level)
{
    at = round_up(at);
    if (at >= v.len || !descend(d))
        return;
    say_tlvs(d, view_from(v, at), level + 1);
    ascend(d);
}

static void say_milliseconds(struct dissect *d, u32 t)
{
    say(d, "%u.%03us", t / 1000, t % 1000);
}

/* IPv4 addresses are mapped into those of IPv6 (RFC 4291, section 2.5.5.2). */
static bool is_mapped(const u8 *address)
{
    static const u8 mapped[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

    return memcmp(address, mapped, sizeof mapped) == 0;
}

static void say_address(struct dissect *d, struct view v, u32 at)
{
    const u8 *address = bytes_at(d, v, at, 16);

    if (is_mapped(address))
        say_ip4(d, address + 12);
    else
        say_ip6(d, address);
}

static u32 prefix_bytes(u32 bits)
{
    return (bits + 7) / 8;
}

/* The prefix that `v` begins with; false, and nothing is written, when it is longer than an
 * address. */
static bool say_prefix(struct dissect *d, struct view v, u32 bits)
{
    enum { MAPPED_BITS = 96 };
    u8 address[16] = { 0 };
    u32 bytes = prefix_bytes(bits);

    if (bits > IP6_BITS)
        return false;
    memcpy(address, bytes_at(d, v, 0, bytes), bytes);
    if (bits % 8 != 0)
        address[bytes - 1] &= (u8)(0xff00u >> bits % 8);
    if (bits >= MAPPED_BITS && is_mapped(address))
        say(d, "%pI4/%u", address + 12, bits - MAPPED_BITS);
    else
        say(d, "%pI6/%u", address, bits);
    return true;
}

/*
 * Labels as in DNS, without compression.  Returns what they take; 0, after "[|DNS]", when `v` ends
 * before they do.
 */
static u32 say_labels(struct dissect *d, struct view v)
{
    const char *dot = "";

    for (u32 at = 0; at < v.len;) {
        u32 length = u8_at(d, v, at++);
        if (length == 0)
            return at;
        say_z(d, dot);
        dot = ".";
        u32 left = v.len - at;
        say_until_nul(d, view_sub(v, at, length < left ? length : left));
        if (length > left)
            break;
        at += length;
    }
    say_z(d, "[|DNS]");
    return 0;
}

/* -- Options of DHCP for the hosts of the network */

/* Addresses of `size` bytes each, to the end of the option; false when it has others. */
static bool say_servers(struct dissect *d, struct view v, u32 size)
{
    if (v.len % size != 0)
        return false;
    for (u32 at = 0; at < v.len; at += size) {
        say_z(d, " ");
        if (size == 4)
            say_ip4_at(d, v, at);
        else
            say_ip6_at(d, v, at);
    }
    return true;
}

/* Names that, as tcpdump, may go on behind the option, which is where pointers count from. */
static bool say_domains(struct dissect *d, struct view v)
{
    for (u32 at = 0; at < v.len;) {
        say_z(d, " ");
        at = dns_say_name_from(d, v, at, v.len);
        if (at == DNS_BAD)
            return false;
    }
    return true;
}

/* What the two versions of DHCP have differently. */
struct dhcp {
    const struct names *names;
    u8 width; /* bytes of an option's code, and of its length */
    u8 dns, time, search;
    u8 address_len;
};

NAMES(dhcp4_options, (6, "DNS-server") (42, "NTP-server") (119, "DNS-search"));
NAMES(dhcp6_options, (23, "DNS-server") (24, "DNS-search-list") (31, "SNTP-servers"));

static const struct dhcp dhcp4 = { &dhcp4_options.names, 1, 6, 42, 119, 4 };
static const struct dhcp dhcp6 = { &dhcp6_options.names, 2, 23, 31, 24, 16 };

/* False when an option does not fit. */
static bool say_dhcp(struct dissect *d, struct view v, const struct dhcp *dhcp, u32 level)
{
    u32 width = dhcp->width, header_len = 2 * width;

    while (v.len >= header_len) {
        u32 code = width == 1 ? u8_at(d, v, 0) : be16_at(d, v, 0);
        u32 length = width == 1 ? u8_at(d, v, 1) : be16_at(d, v, 2);
        new_line(d, level + 1);
        say(d, "%s (%u)", name_of(d, dhcp->names, code, "Unknown"), length + header_len);
        v = view_from(v, header_len);
        if (length > v.len)
            return false;
        struct view option = view_claim(v, length);
        if (code == dhcp->dns || code == dhcp->time) {
            if (dhcp == &dhcp4 && length == 0)
                return false;
            if (!say_servers(d, option, dhcp->address_len)) {
                if (dhcp == &dhcp6) /* as tcpdump: twice */
                    invalid(d);
                return false;
            }
        }
        if (code == dhcp->search && !say_domains(d, option))
            return false;
        v = view_from(v, length);
    }
    return v.len == 0;
}

/* -- TLVs.  All of `v` is captured when these are called; more may be. */

static void say_delegated_prefix(struct dissect *d, struct view v, u32 level)
{
    u32 bits = u8_at(d, v, DELEGATED_BITS);

    say_z(d, " VLSO: ");
    say_milliseconds(d, be32_at(d, v, 0));
    say_z(d, " PLSO: ");
    say_milliseconds(d, be32_at(d, v, 4));
    say_z(d, " Prefix: ");
    if (say_prefix(d, view_from(v, DELEGATED_BITS + 1), bits))
        say_nested(d, v, DELEGATED_BITS + 1 + prefix_bytes(bits), level);
    else
        say_z(d, "(length is invalid)");
}

static void say_assigned_prefix(struct dissect *d, struct view v, u32 level)
{
    u32 bits = u8_at(d, v, ASSIGNED_BITS);

    say(d, " EPID: %08x Prty: %u Prefix: ", be32_at(d, v, 0), u8_at(d, v, 4) & 0xf);
    if (say_prefix(d, view_from(v, ASSIGNED_BITS + 1), bits))
        say_nested(d, v, ASSIGNED_BITS + 1 + prefix_bytes(bits), level);
    else
        invalid(d);
}

static void say_zone(struct dissect *d, struct view v, u32 level)
{
    enum { SEARCH = 1, BROWSE = 2, LEGACY_BROWSE = 4 };
    u8 flags = u8_at(d, v, ZONE_FLAGS);

    say_z(d, " IP-Address: ");
    say_address(d, v, 0);
    say(d, " %c%c%c ", (flags & LEGACY_BROWSE) != 0 ? 'l' : '-', (flags & BROWSE) != 0 ? 'b' : '-',
        (flags & SEARCH) != 0 ? 's' : '-');
    u32 bytes = say_labels(d, view_from(v, ZONE));
    if (bytes > 0)
        say_nested(d, v, ZONE + bytes, level);
    else
        invalid(d);
}

static void say_node_name(struct dissect *d, struct view v, u32 level)
{
    enum { LABEL_MAX = 63 };
    u32 length = u8_at(d, v, NAME_LENGTH);

    say_z(d, " IP-Address: ");
    say_address(d, v, 0);
    say_z(d, " Name: ");
    if (length > LABEL_MAX) {
        invalid(d);
    } else {
        say_z(d, "\"");
        say_until_nul(d, view_sub(v, NAME, length));
        say_z(d, "\"");
    }
    say_nested(d, v, NAME + length, level);
}

static void say_prefix_policy(struct dissect *d, struct view v)
{
    enum { CONNECTIVITY, DNS_DOMAIN = 129, OPAQUE = 130, RESTRICTIVE = 131 };
    u8 policy = u8_at(d, v, 0);
    struct view data = view_sub(v, 1, v.len - 1);

    say_z(d, " type: ");
    switch (policy) {
    case CONNECTIVITY:
    case RESTRICTIVE:
        if (data.len != 0)
            invalid(d);
        else
            say_z(d, policy == CONNECTIVITY ? "Internet connectivity" : "Restrictive assignment");
        break;
    case DNS_DOMAIN:
        say_z(d, "DNS domain: ");
        say_labels(d, data);
        break;
    case OPAQUE:
        say_z(d, "Opaque UTF-8: ");
        say_until_nul(d, data);
        break;
    default:
        if (policy > IP6_BITS) {
            say(d, "Unknown (%u)", policy);
            break;
        }
        say_z(d, "Dest-Prefix: ");
        if (prefix_bytes(policy) > data.len)
            invalid(d);
        else
            say_prefix(d, data, policy);
    }
}

/* Whether the value is as long as the type needs. */
static bool length_fits(struct dissect *d, u16 type, struct view v)
{
    switch (type) {
    case REQUEST_NETWORK_STATE: return v.len == 0;
    case REQUEST_NODE_STATE: return v.len == ID_LEN;
    case NODE_ENDPOINT: return v.len == 2 * ID_LEN;
    case NETWORK_STATE: return v.len == HASH_LEN;
    case PEER: return v.len == 3 * ID_LEN;
    case NODE_STATE: return v.len >= NODE_STATE_NEXT;
    case KEEP_ALIVE: return v.len >= 8;
    case TRUST_VERDICT: return v.len > TRUST_NAME;
    case HNCP_VERSION: return v.len > USER_AGENT;
    case DELEGATED_PREFIX:
        return v.len > DELEGATED_BITS &&
               v.len > DELEGATED_BITS + prefix_bytes(u8_at(d, v, DELEGATED_BITS));
    case ASSIGNED_PREFIX:
        return v.len > ASSIGNED_BITS &&
               v.len > ASSIGNED_BITS + prefix_bytes(u8_at(d, v, ASSIGNED_BITS));
    case NODE_ADDRESS: return v.len >= ADDRESS_NEXT;
    case DELEGATED_ZONE: return v.len >= ZONE;
    case NODE_NAME: return v.len >= NAME && v.len - NAME >= u8_at(d, v, NAME_LENGTH);
    case MANAGED_PSK: return v.len >= PSK_LEN;
    case DHCP4_DATA:
    case DHCP6_DATA:
    case DOMAIN_NAME:
    case PREFIX_POLICY: return v.len > 0;
    default: return true;
    }
}

/* A value that fits.  False when those beside it are not to be shown. */
static bool say_value(struct dissect *d, u16 type, struct view v, u32 level)
{
    switch (type) {
    case REQUEST_NODE_STATE:
        say_z(d, " NID: ");
        say_colon_hex(d, v, 0, ID_LEN);
        break;
    case NODE_ENDPOINT:
        say_z(d, " NID: ");
        say_colon_hex(d, v, 0, ID_LEN);
        say_at(d, v, " EPID: %08lx", AT_BE32(ID_LEN));
        break;
    case NETWORK_STATE: say_at(d, v, " hash: %08lx%08lx", AT_BE32(0), AT_BE32(4)); break;
    case NODE_STATE:
        say_z(d, " NID: ");
        say_colon_hex(d, v, 0, ID_LEN);
        say_at(d, v, " seqno: %lu ", AT_BE32(4));
        say_milliseconds(d, be32_at(d, v, 8));
        say_at(d, v, " hash: %08lx%08lx", AT_BE32(12), AT_BE32(16));
        say_nested(d, v, NODE_STATE_NEXT, level);
        break;
    case PEER:
        say_z(d, " Peer-NID: ");
        say_colon_hex(d, v, 0, ID_LEN);
        say_at(d, v, " Peer-EPID: %08lx Local-EPID: %08lx", AT_BE32(4), AT_BE32(8));
        break;
    case KEEP_ALIVE:
        say_at(d, v, " EPID: %08lx Interval: ", AT_BE32(0));
        say_milliseconds(d, be32_at(d, v, 4));
        break;
    case TRUST_VERDICT:
        say_at(d, v, " Verdict: %lu Fingerprint: ", AT_U8(0));
        say_bytes_hex(d, view_sub(v, TRUST_FINGERPRINT, FINGERPRINT_LEN));
        say_z(d, " Common Name: ");
        say_until_nul(d, view_sub(v, TRUST_NAME, v.len - TRUST_NAME));
        break;
    case HNCP_VERSION: {
        u16 roles = be16_at(d, v, 2);
        say(d, " M: %u P: %u H: %u L: %u User-agent: ", roles >> 12, roles >> 8 & 0xf,
            roles >> 4 & 0xf, roles & 0xf);
        say_until_nul(d, view_sub(v, USER_AGENT, v.len - USER_AGENT));
        break;
    }
    case EXTERNAL_CONNECTION: say_nested(d, v, 0, level); break;
    case DELEGATED_PREFIX: say_delegated_prefix(d, v, level); break;
    case ASSIGNED_PREFIX: say_assigned_prefix(d, v, level); break;
    case NODE_ADDRESS:
        say_at(d, v, " EPID: %08lx IP Address: ", AT_BE32(0));
        say_address(d, v, ADDRESS);
        say_nested(d, v, ADDRESS_NEXT, level);
        break;
    case DHCP4_DATA:
        if (say_dhcp(d, v, &dhcp4, level))
            break;
        invalid(d);
        return false; /* as tcpdump, for this version alone */
    case DHCP6_DATA:
        if (!say_dhcp(d, v, &dhcp6, level))
            invalid(d);
        break;
    case DELEGATED_ZONE: say_zone(d, v, level); break;
    case DOMAIN_NAME:
        say_z(d, " Domain: ");
        say_labels(d, v);
        break;
    case NODE_NAME: say_node_name(d, v, level); break;
    case MANAGED_PSK:
        say_z(d, " PSK: ");
        say_bytes_hex(d, view_clip(v, PSK_LEN));
        say_nested(d, v, PSK_LEN, level);
        break;
    case PREFIX_POLICY: say_prefix_policy(d, v); break;
    }
    return true;
}

/* As say_value(). */
static bool say_tlv(struct dissect *d, u16 type, struct view v, u32 level)
{
    say_z(d, type_name(type));
    if (type == RESERVED || name_find(&types.names, type) == NULL)
        say(d, ": type=%u", type);
    say(d, " (%u)", VALUE + v.len);
    if (length_fits(d, type, v))
        return say_value(d, type, v, level);
    invalid(d);
    return true;
}

/* Names of TLVs, of which the last one waits: those of equal name are counted. */
struct name_list {
    const char *name; /* NULL: none yet */
    u32 count;
    bool begun;
};

static void list_flush(struct dissect *d, struct name_list *list, u32 level)
{
    if (list->name == NULL)
        return;
    if (list->begun)
        say_z(d, ", ");
    else if (level == 0)
        say_z(d, " ");
    else
        new_line(d, level);
    list->begun = true;
    say_z(d, list->name);
    if (list->count > 1)
        say(d, " (x%u)", list->count);
}

static void list_add(struct dissect *d, struct name_list *list, const char *name, u32 level)
{
    if (list->name == name) {
        list->count++;
        return;
    }
    list_flush(d, list, level);
    list->name = name;
    list->count = 1;
}

/* Whether the TLV that `v` begins with is captured and within it; says what is wrong otherwise. */
static bool is_whole(struct dissect *d, struct view v)
{
    if (!view_has(v, TYPE, VALUE))
        truncated(d);
    else if (v.len < VALUE)
        invalid(d);
    else if (!view_has(v, VALUE, be16_at(d, v, LENGTH)))
        truncated(d);
    else if (v.len < VALUE + (u32)be16_at(d, v, LENGTH))
        invalid(d);
    else
        return true;
    return false;
}

/* TLVs to the end of `v`, which may be captured beyond it. */
static void say_tlvs(struct dissect *d, struct view v, u32 level)
{
    bool in_full = verbose(d, level < 2 ? level + 1 : 3);
    struct name_list list = { 0 };

    while (v.len > 0 && !d->sealed) {
        if (in_full)
            new_line(d, level);
        if (!is_whole(d, v))
            return;
        u16 type = be16_at(d, v, TYPE);
        u32 length = be16_at(d, v, LENGTH);
        if (!in_full)
            list_add(d, &list, type_name(type), level);
        else if (!say_tlv(d, type, view_claim(view_from(v, VALUE), length), level))
            return;
        v = view_from(v, VALUE + round_up(length));
    }
    list_flush(d, &list, level);
}

void print_hncp(struct dissect *d, struct view v)
{
    d->proto = "hncp";
    say(d, "hncp (%u)", v.len);
    say_tlvs(d, v, 0);
}
