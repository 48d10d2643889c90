/* The attributes of RADIUS, one row each: its name and how its value reads. */
#include "base/time.h"
#include "print/hexdump.h"
#include "print/proto/eap.h"
#include "print/proto/enterprise.h"
#include "print/proto/ntp.h"
#include "print/proto/radius/attributes.h"
#include "print/proto/radius/values.h"

typedef void say_fn(struct dissect *d, u8 type, struct view v);

struct attribute {
    const char *name;
    say_fn *say;             /* NULL: the value is not shown */
    u32 length;              /* of a value that has only one; 0 otherwise */
    const struct names *names;
};

/* The attributes whose functions serve more than one. */
enum { FRAMED_IP_ADDRESS = 8, LOGIN_IP_HOST = 14 };

static const struct attribute attributes[130];

/* Whether the value is captured as a whole; else says that it is not. */
static bool whole(struct dissect *d, struct view v)
{
    if (view_has(v, 0, v.len))
        return true;
    truncated(d);
    return false;
}

static const char *tag_text(struct dissect *d, u8 tag)
{
    NAMES(unused, (0, "Tag[Unused]"));
    return name_of(d, &unused.names, tag, "Tag[%u]");
}

static void say_printable(struct dissect *d, u8 c)
{
    out_char(d->out, c >= ' ' && c < 0x7f ? (char)c : '.');
}

/* Text ends at a zero byte. */
static void say_string(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < v.len; i++) {
        u8 c = u8_at(d, v, i);
        if (c == 0)
            return;
        say_printable(d, c);
    }
}

static void say_text(struct dissect *d, u8 type, struct view v)
{
    (void)type;
    if (whole(d, v))
        say_string(d, v);
}

/* RFC 2868, section 3.3: text behind a tag, which is part of the text when it is above 0x1f. */
static void say_tagged_text(struct dissect *d, u8 type, struct view v)
{
    enum { TAG_MAX = 0x1f };

    (void)type;
    if (!whole(d, v))
        return;
    u8 tag = u8_at(d, v, 0);
    if (tag <= TAG_MAX) {
        say(d, "%s ", tag_text(d, tag));
        v = view_from(v, 1);
    }
    say_string(d, v);
}

/* RFC 2868, section 3.5. */
static void say_tunnel_password(struct dissect *d, u8 type, struct view v)
{
    enum { TAG, SALT, PASSWORD = 3, TAG_MAX = 0x1f };

    (void)type;
    if (v.len < PASSWORD) {
        truncated(d);
        return;
    }
    if (!whole(d, v))
        return;
    u8 tag = u8_at(d, v, TAG);
    say_at(d, v, "%s Salt %lu ", tag_text(d, tag <= TAG_MAX ? tag : 0), AT_BE16(SALT));
    say_string(d, view_from(v, PASSWORD));
}

/* RFC 4675, section 2.3: whether frames of the VLAN carry its tag. */
static const char *vlan_tag(struct dissect *d, u8 tag)
{
    NAMES(tags, ('1', "Tagged") ('2', "Untagged"));
    return name_of(d, &tags.names, tag, "Unknown tag");
}

static void say_vlan_name(struct dissect *d, u8 type, struct view v)
{
    (void)type;
    if (!whole(d, v))
        return;
    u8 tag = u8_at(d, v, 0);
    say(d, "%s (0x%02x) ", vlan_tag(d, tag), tag);
    say_string(d, view_from(v, 1));
}

static void say_vlan_id(struct dissect *d, u8 type, struct view v)
{
    (void)type;
    u8 tag = u8_at(d, v, 0);
    say(d, "%s (0x%02x) ", vlan_tag(d, tag), tag);
    say_at(d, v, "%lu", AT_BE24(1));
}

static void say_named(struct dissect *d, u8 type, struct view v, const char *fallback)
{
    const struct names *names = attributes[type].names;

    say(d, "%s", name_of(d, names != NULL ? names : &no_names, be32_at(d, v, 0), fallback));
}

/* A number, of which a few values may have names. */
static void say_number(struct dissect *d, u8 type, struct view v) { say_named(d, type, v, "%u"); }

static void say_enum(struct dissect *d, u8 type, struct view v) { say_named(d, type, v, "#%u"); }

/* RFC 2868, sections 3.1, 3.2 and 3.8: a number of three bytes behind a tag. */
static void say_tagged(struct dissect *d, u8 type, struct view v)
{
    say(d, "%s ", tag_text(d, u8_at(d, v, 0)));
    if (attributes[type].names != NULL)
        say(d, "%s", name_of(d, attributes[type].names, be24_at(d, v, 1), "#%u"));
    else
        say_at(d, v, "%lu", AT_BE24(1));
}

static void say_seconds(struct dissect *d, u8 type, struct view v)
{
    enum { MINUTE = 60, HOUR = 3600 };
    u32 t = be32_at(d, v, 0);

    (void)type;
    if (t < MINUTE)
        say(d, "%02u secs", t);
    else if (t < HOUR)
        say(d, "%02u:%02u min", t / MINUTE, t % MINUTE);
    else
        say(d, "%02u:%02u:%02u hours", t / HOUR, t % HOUR / MINUTE, t % MINUTE);
}

/* RFC 2869, section 5.3: seconds since 1970, shown as local time. */
static void say_date(struct dissect *d, u8 type, struct view v)
{
    static const char days[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    i64 seconds = be32_at(d, v, 0);
    const struct time_zone *zone = &d->opt->zone;
    struct civil t = civil_from_seconds(
        seconds + (zone->offset != NULL ? zone->offset(zone->context, seconds) : 0));

    (void)type;
    say(d, "%s %s %2u %02u:%02u:%02u %u", days[t.weekday], months[t.month - 1], t.day, t.hour,
        t.minute, t.second, (unsigned)t.year);
}

static void say_address(struct dissect *d, u8 type, struct view v)
{
    enum { NAS_SELECT = 0xfffffffe, USER_SELECT };
    u32 address = be32_at(d, v, 0);

    if (type == FRAMED_IP_ADDRESS || type == LOGIN_IP_HOST) {
        if (address == (u32)USER_SELECT) {
            say_z(d, "User Selected");
            return;
        }
        if (address == (u32)NAS_SELECT) {
            say_z(d, "NAS Select");
            return;
        }
    }
    say_ip4_at(d, v, 0);
}

static void say_address6(struct dissect *d, u8 type, struct view v)
{
    (void)type;
    say_ip6_at(d, v, 0);
}

enum { PREFIX6_BITS_MAX = 128 };

/* Whether an IPv6 prefix can have so many bits; else says that it cannot. */
static bool prefix6_fits(struct dissect *d, u8 bits)
{
    if (bits <= PREFIX6_BITS_MAX)
        return true;
    say(d, "ERROR: netmask %u not in range (0..128)", bits);
    return false;
}

/* RFC 3162, section 2.3: reserved (1), prefix length (1), as much of the prefix as there is. */
static void say_prefix6(struct dissect *d, u8 type, struct view v)
{
    enum { PREFIX_LENGTH = 1, PREFIX, MAX = 18 };

    (void)type;
    if (v.len < PREFIX || v.len > MAX) {
        say(d, "ERROR: length %u not in range (2..18)", v.len);
        return;
    }
    if (!whole(d, v))
        return;
    u8 bits = u8_at(d, v, PREFIX_LENGTH), address[16] = { 0 };
    if (!prefix6_fits(d, bits))
        return;
    for (u32 i = PREFIX; i < v.len; i++)
        address[i - PREFIX] = u8_at(d, v, i);
    say_ip6(d, address);
    say(d, "/%u", bits);
    if (bits > (v.len - PREFIX) * 8)
        say_z(d, " (inconsistent prefix length)");
}

/* RFC 5447, section 3. */
static void say_home_link(struct dissect *d, u8 type, struct view v)
{
    (void)type;
    if (!whole(d, v))
        return;
    u8 bits = u8_at(d, v, 0);
    if (!prefix6_fits(d, bits))
        return;
    say_ip6_at(d, v, 1);
    say(d, "/%u", bits);
}

/* RFC 5447, section 4.2.5, and its successors. */
static void say_mip6_features(struct dissect *d, u8 type, struct view v)
{
    static const char *const features[64] = {
        [0] = "MIP6_INTEGRATED",
        [1] = "LOCAL_HOME_AGENT_ASSIGNMENT",
        [40] = "PMIP6_SUPPORTED",
        [41] = "IP4_HOA_SUPPORTED",
        [42] = "LOCAL_MAG_ROUTING_SUPPORTED",
        [43] = "ASSIGN_LOCAL_IP",
        [44] = "MIP4_SUPPORTED",
        [45] = "OPTIMIZED_IDLE_MODE_MOBILITY",
        [46] = "GTPv2_SUPPORTED",
        [47] = "IP4_TRANSPORT_SUPPORTED",
        [48] = "IP4_HOA_ONLY_SUPPORTED",
        [49] = "INTER_MAG_ROUTING_SUPPORTED",
    };
    const char *separator = "";

    (void)type;
    say_z(d, "[");
    u64 bits = be64_at(d, v, 0);
    for (u32 i = 0; i < countof(features); i++)
        if ((bits >> i & 1) != 0 && features[i] != NULL) {
            say(d, "%s%s", separator, features[i]);
            separator = ", ";
        }
    say_z(d, "]");
}

static void say_hex(struct dissect *d, struct view v, u32 from, u32 n)
{
    for (u32 i = 0; i < n; i++)
        say_at(d, v, "%02lX", AT_U8(from + i));
}

static void say_arap_password(struct dissect *d, u8 type, struct view v)
{
    (void)type;
    say_z(d, "User_challenge (");
    say_hex(d, v, 0, 8);
    say_z(d, ") User_resp(");
    say_hex(d, v, 8, 8);
    say_z(d, ")");
}

static void say_arap_features(struct dissect *d, u8 type, struct view v)
{
    enum { CHANGE, MIN_LENGTH, CREATED, EXPIRES = 6, NOW = 10 };

    (void)type;
    if (u8_at(d, v, CHANGE) != 0)
        say_z(d, "User can change password");
    else
        say_z(d, "User cannot change password");
    say_at(d, v, ", Min password length: %lu", AT_U8(MIN_LENGTH));
    say_z(d, ", created at: ");
    say_hex(d, v, CREATED, 4);
    say_z(d, ", expires in: ");
    say_hex(d, v, EXPIRES, 4);
    say_z(d, ", Current Time: ");
    say_hex(d, v, NOW, 4);
}

static void say_arap_response(struct dissect *d, u8 type, struct view v)
{
    enum { LENGTH = 8 };

    (void)type;
    if (v.len < LENGTH)
        say(d, "ERROR: length %u != %u", v.len, LENGTH);
    else
        say_hex(d, v, 0, LENGTH);
}

static void say_error_cause(struct dissect *d, u8 type, struct view v)
{
    (void)type;
    if (v.len != 4) {
        say(d, "Error: length %u != 4", v.len);
        return;
    }
    u32 cause = be32_at(d, v, 0);
    say(d, "Error cause %u: %s", cause,
        name_of(d, &radius_error_causes.names, cause, "Error-Cause %u not known"));
}

/* RFC 3579: an EAP packet, or one of several attributes that share it. */
static void say_eap_message(struct dissect *d, u8 type, struct view v)
{
    enum { EAP_LENGTH = 2 };

    (void)type;
    if (!whole(d, v))
        return;
    if (be16_at(d, v, EAP_LENGTH) == v.len)
        say_eap(d, v);
    else
        say_z(d, "EAP fragment?");
}

/* RFC 5580, section 4.1. */
static void say_operator(struct dissect *d, u8 type, struct view v)
{
    NAMES(spaces, ('0', "TADIG") ('1', "REALM") ('2', "E212") ('3', "ICC"));

    (void)type;
    if (!whole(d, v))
        return;
    if (v.len < 2) {
        say(d, "ERROR: length %u < 2", v.len);
        return;
    }
    say(d, "[%s] ", name_of(d, &spaces.names, u8_at(d, v, 0), "unknown namespace %u"));
    say_visible(d, view_sub(v, 1, v.len - 1));
}

/* RFC 5580, section 4.2. */
static void say_location(struct dissect *d, u8 type, struct view v)
{
    enum { INDEX, CODE = 2, ENTITY, SIGHTED, TIME_TO_LIVE = 12, METHOD = 20 };
    NAMES(codes, (0, "Civic") (1, "Geospatial"));
    NAMES(entities, (0, "User") (1, "RADIUS"));

    (void)type;
    if (!whole(d, v))
        return;
    if (v.len <= METHOD) {
        say(d, "ERROR: length %u < 21", v.len);
        return;
    }
    say_at(d, v, "index %lu", AT_BE16(INDEX));
    say(d, ", code %s", name_of(d, &codes.names, u8_at(d, v, CODE), "Unknown (%u)"));
    say(d, ", entity %s", name_of(d, &entities.names, u8_at(d, v, ENTITY), "Unknown (%u)"));
    say_z(d, ", sighting time ");
    ntp_say_timestamp(d, be64_at(d, v, SIGHTED));
    say_z(d, ", time to live ");
    ntp_say_timestamp(d, be64_at(d, v, TIME_TO_LIVE));
    say_z(d, ", method \"");
    say_visible(d, view_sub(v, METHOD, v.len - METHOD));
    say_z(d, "\"");
}

/* RFC 5580, section 4.3. */
static void say_location_data(struct dissect *d, u8 type, struct view v)
{
    (void)type;
    if (!whole(d, v))
        return;
    if (v.len < 3) {
        say(d, "ERROR: length %u < 3", v.len);
        return;
    }
    say_at(d, v, "index %lu", AT_BE16(0));
    say_z(d, ", location");
    hexdump_ascii(d->out, "\n\t    ", view_sub(v, 2, v.len - 2));
}

/* RFC 5580, section 4.4. */
static void say_location_policy(struct dissect *d, u8 type, struct view v)
{
    enum { FLAGS, EXPIRES = 2, NOTE = 10 };
    NAMES(flags,
          (0x0001, "MBZ-15")
          (0x0002, "MBZ-14")
          (0x0004, "MBZ-13")
          (0x0008, "MBZ-12")
          (0x0010, "MBZ-11")
          (0x0020, "MBZ-10")
          (0x0040, "MBZ-9")
          (0x0080, "MBZ-8")
          (0x0100, "MBZ-7")
          (0x0200, "MBZ-6")
          (0x0400, "MBZ-5")
          (0x0800, "MBZ-4")
          (0x1000, "MBZ-3")
          (0x2000, "MBZ-2")
          (0x4000, "MBZ-1")
          (0x8000, "Retransmission Allowed"));

    (void)type;
    if (!whole(d, v))
        return;
    if (v.len < NOTE) {
        say(d, "ERROR: length %u < 10", v.len);
        return;
    }
    say(d, "flags [%s]", flags_of(d, &flags.names, be16_at(d, v, FLAGS), ", ", "none"));
    say_z(d, ", retention expires ");
    ntp_say_timestamp(d, be64_at(d, v, EXPIRES));
    if (v.len == NOTE)
        return;
    say_z(d, ", note well \"");
    say_visible(d, view_sub(v, NOTE, v.len - NOTE));
    say_z(d, "\"");
}

/* RFC 2865, section 5.26: enterprise code (4), then attributes of the vendor. */
static void say_vendor(struct dissect *d, u8 type, struct view v)
{
    enum { VENDOR_TYPE, VENDOR_LENGTH, VENDOR_VALUE, IETF = 0 };

    (void)type;
    if (v.len < 4) {
        truncated(d);
        return;
    }
    u32 vendor = be32_at(d, v, 0);
    say(d, "Vendor: %s (%u)", name_of(d, enterprises, vendor, "Unknown"), vendor);
    v = view_from(v, 4);
    while (v.len >= VENDOR_VALUE) {
        u8 t = u8_at(d, v, VENDOR_TYPE), length = u8_at(d, v, VENDOR_LENGTH);
        if (length < VENDOR_VALUE) {
            say(d, "\n\t    Vendor Attribute: %u, Length: %u (bogus, must be >= 2)", t, length);
            return;
        }
        if (length > v.len) {
            say(d, "\n\t    Vendor Attribute: %u, Length: %u", t, length);
            say_z(d, " (bogus, goes past end of vendor-specific attribute)");
            return;
        }
        struct view value = view_claim(view_from(v, VENDOR_VALUE), length - (u32)VENDOR_VALUE);
        if (!whole(d, value))
            return;
        say(d, "\n\t    Vendor Attribute: %u, Length: %u, Value: ", t, value.len);
        for (u32 i = 0; i < value.len; i++)
            say_printable(d, u8_at(d, value, i));
        v = view_from(v, length);
    }
}

static const struct attribute attributes[130] = {
    [1] = { "User-Name", say_text, 0, NULL },
    { "User-Password", NULL, 0, NULL },
    { "CHAP-Password", NULL, 0, NULL },
    { "NAS-IP-Address", say_address, 4, NULL },
    { "NAS-Port", say_number, 4, NULL },
    { "Service-Type", say_enum, 4, &radius_service_types.names },
    { "Framed-Protocol", say_enum, 4, &radius_framed_protocols.names },
    { "Framed-IP-Address", say_address, 4, NULL },
    { "Framed-IP-Netmask", say_address, 4, NULL },
    [10] = { "Framed-Routing", say_enum, 4, &radius_routings.names },
    { "Filter-Id", say_text, 0, NULL },
    { "Framed-MTU", say_number, 4, NULL },
    { "Framed-Compression", say_enum, 4, &radius_compressions.names },
    { "Login-IP-Host", say_address, 4, NULL },
    { "Login-Service", say_enum, 4, &radius_login_services.names },
    { "Login-TCP-Port", say_number, 4, NULL },
    { "Unassigned", NULL, 0, NULL },
    { "Reply-Message", say_text, 0, NULL },
    { "Callback-Number", say_text, 0, NULL },
    [20] = { "Callback-Id", say_text, 0, NULL },
    { "Unassigned", NULL, 0, NULL },
    { "Framed-Route", say_text, 0, NULL },
    { "Framed-IPX-Network", say_number, 4, &radius_ipx_networks.names },
    { "State", say_text, 0, NULL },
    { "Class", say_text, 0, NULL },
    { "Vendor-Specific", say_vendor, 0, NULL },
    { "Session-Timeout", say_seconds, 4, NULL },
    { "Idle-Timeout", say_seconds, 4, NULL },
    { "Termination-Action", say_enum, 4, &radius_termination_actions.names },
    [30] = { "Called-Station-Id", say_text, 0, NULL },
    { "Calling-Station-Id", say_text, 0, NULL },
    { "NAS-Identifier", say_text, 0, NULL },
    { "Proxy-State", say_text, 0, NULL },
    { "Login-LAT-Service", say_text, 0, NULL },
    { "Login-LAT-Node", say_text, 0, NULL },
    { "Login-LAT-Group", say_text, 0, NULL },
    { "Framed-AppleTalk-Link", say_number, 4, &radius_appletalk_links.names },
    { "Framed-AppleTalk-Network", say_number, 4, &radius_appletalk_networks.names },
    { "Framed-AppleTalk-Zone", say_text, 0, NULL },
    [40] = { "Acct-Status-Type", say_enum, 4, &radius_accounting_states.names },
    { "Acct-Delay-Time", say_seconds, 4, NULL },
    { "Acct-Input-Octets", say_number, 4, NULL },
    { "Acct-Output-Octets", say_number, 4, NULL },
    { "Acct-Session-Id", say_text, 0, NULL },
    { "Acct-Authentic", say_enum, 4, &radius_authentics.names },
    { "Acct-Session-Time", say_seconds, 4, NULL },
    { "Acct-Input-Packets", say_number, 4, NULL },
    { "Acct-Output-Packets", say_number, 4, NULL },
    { "Acct-Terminate-Cause", say_enum, 4, &radius_terminate_causes.names },
    [50] = { "Acct-Multi-Session-Id", say_text, 0, NULL },
    { "Acct-Link-Count", say_number, 4, NULL },
    { "Acct-Input-Gigawords", say_number, 4, NULL },
    { "Acct-Output-Gigawords", say_number, 4, NULL },
    { "Unassigned", NULL, 0, NULL },
    { "Event-Timestamp", say_date, 4, NULL },
    { "Egress-VLANID", say_vlan_id, 4, NULL },
    { "Ingress-Filters", say_enum, 4, &radius_ingress_filters.names },
    { "Egress-VLAN-Name", say_vlan_name, 0, NULL },
    { "User-Priority-Table", NULL, 0, NULL },
    [60] = { "CHAP-Challenge", say_text, 0, NULL },
    { "NAS-Port-Type", say_enum, 4, &radius_port_types.names },
    { "Port-Limit", say_number, 4, NULL },
    { "Login-LAT-Port", say_text, 0, NULL },
    { "Tunnel-Type", say_tagged, 4, &radius_tunnel_types.names },
    { "Tunnel-Medium-Type", say_tagged, 4, &radius_tunnel_media.names },
    { "Tunnel-Client-Endpoint", say_tagged_text, 0, NULL },
    { "Tunnel-Server-Endpoint", say_tagged_text, 0, NULL },
    { "Acct-Tunnel-Connection", say_text, 0, NULL },
    { "Tunnel-Password", say_tunnel_password, 0, NULL },
    [70] = { "ARAP-Password", say_arap_password, 16, NULL },
    { "ARAP-Features", say_arap_features, 14, NULL },
    { "ARAP-Zone-Access", say_enum, 4, &radius_zone_accesses.names },
    { "ARAP-Security", say_text, 0, NULL },
    { "ARAP-Security-Data", say_text, 0, NULL },
    { "Password-Retry", say_number, 4, NULL },
    { "Prompt", say_enum, 4, &radius_prompts.names },
    { "Connect-Info", say_text, 0, NULL },
    { "Configuration-Token", say_text, 0, NULL },
    { "EAP-Message", say_eap_message, 0, NULL },
    [80] = { "Message-Authenticator", say_text, 0, NULL },
    { "Tunnel-Private-Group-ID", say_tagged_text, 0, NULL },
    { "Tunnel-Assignment-ID", say_tagged_text, 0, NULL },
    { "Tunnel-Preference", say_tagged, 4, NULL },
    { "ARAP-Challenge-Response", say_arap_response, 0, NULL },
    { "Acct-Interim-Interval", say_seconds, 4, NULL },
    { "Acct-Tunnel-Packets-Lost", say_number, 4, NULL },
    { "NAS-Port-Id", say_text, 0, NULL },
    { "Framed-Pool", say_text, 0, NULL },
    { "CUI", say_text, 0, NULL },
    [90] = { "Tunnel-Client-Auth-ID", say_tagged_text, 0, NULL },
    { "Tunnel-Server-Auth-ID", say_tagged_text, 0, NULL },
    { "NAS-Filter-Rule", say_text, 0, NULL },
    { "Unassigned", NULL, 0, NULL },
    { "Originating-Line-Info", NULL, 0, NULL },
    { "NAS-IPv6-Address", say_address6, 16, NULL },
    { "Framed-Interface-ID", NULL, 0, NULL },
    { "Framed-IPv6-Prefix", say_prefix6, 0, NULL },
    { "Login-IPv6-Host", say_address6, 16, NULL },
    { "Framed-IPv6-Route", say_text, 0, NULL },
    [100] = { "Framed-IPv6-Pool", say_text, 0, NULL },
    { "Error-Cause", say_error_cause, 0, NULL },
    { "EAP-Key-Name", NULL, 0, NULL },
    { "Digest-Response", say_text, 0, NULL },
    { "Digest-Realm", say_text, 0, NULL },
    { "Digest-Nonce", say_text, 0, NULL },
    { "Digest-Response-Auth", say_text, 0, NULL },
    { "Digest-Nextnonce", say_text, 0, NULL },
    { "Digest-Method", say_text, 0, NULL },
    { "Digest-URI", say_text, 0, NULL },
    [110] = { "Digest-Qop", say_text, 0, NULL },
    { "Digest-Algorithm", say_text, 0, NULL },
    { "Digest-Entity-Body-Hash", say_text, 0, NULL },
    { "Digest-CNonce", say_text, 0, NULL },
    { "Digest-Nonce-Count", say_text, 0, NULL },
    { "Digest-Username", say_text, 0, NULL },
    { "Digest-Opaque", say_text, 0, NULL },
    { "Digest-Auth-Param", say_text, 0, NULL },
    { "Digest-AKA-Auts", say_text, 0, NULL },
    { "Digest-Domain", say_text, 0, NULL },
    [120] = { "Digest-Stale", say_text, 0, NULL },
    { "Digest-HA1", say_text, 0, NULL },
    { "SIP-AOR", say_text, 0, NULL },
    { "Delegated-IPv6-Prefix", say_prefix6, 0, NULL },
    { "MIP6-Feature-Vector", say_mip6_features, 8, NULL },
    { "MIP6-Home-Link-Prefix", say_home_link, 17, NULL },
    { "Operator-Name", say_operator, 0, NULL },
    { "Location-Information", say_location, 0, NULL },
    { "Location-Data", say_location_data, 0, NULL },
    { "Basic-Location-Policy-Rules", say_location_policy, 0, NULL },
};

const char *radius_attribute_name(u8 type)
{
    return type < countof(attributes) && attributes[type].name != NULL ? attributes[type].name
                                                                        : "Unknown";
}

void radius_say_value(struct dissect *d, u8 type, struct view v)
{
    if (v.len == 0 || type >= countof(attributes) || attributes[type].say == NULL)
        return;
    const struct attribute *a = &attributes[type];
    if (a->length != 0 && v.len != a->length)
        say(d, "ERROR: length %u != %u", v.len, a->length);
    else
        a->say(d, type, v);
}
