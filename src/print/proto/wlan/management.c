/*
 * The bodies of 802.11 management frames.  IEEE 802.11-2016, clause 9.3.3; fixed fields 9.4.1,
 * elements 9.4.2.  Numbers are little-endian.
 *
 *   beacon, probe response   time stamp 8, interval 2, capabilities 2, elements
 *   association request      capabilities 2, listen interval 2, elements
 *   reassociation request    the same with the current access point's address, 6, before the
 * elements their responses          capabilities 2, status 2, association id 2, elements
 *   authentication           algorithm 2, transaction 2, status 2, elements
 *
 * An element is: id 8, length 8, value.
 */
#include "base/ethertype.h"
#include "print/printer.h"
#include "print/proto/wlan/wlan.h"

enum subtype {
    ASSOCIATION_REQUEST,
    ASSOCIATION_RESPONSE,
    REASSOCIATION_REQUEST,
    REASSOCIATION_RESPONSE,
    PROBE_REQUEST,
    PROBE_RESPONSE,
    BEACON = 8,
    ATIM,
    DISASSOCIATION,
    AUTHENTICATION,
    DEAUTHENTICATION,
    ACTION,
};

enum { BEACON_CAPABILITIES = 10, BEACON_LEN = 12, ASSOCIATION_REQUEST_LEN = 4, CURRENT_AP = 4 };
enum { STATUS = 2, ASSOCIATION_ID = 4, RESPONSE_LEN = 6 };
enum { ALGORITHM, TRANSACTION = 2, AUTHENTICATION_STATUS = 4, AUTHENTICATION_LEN = 6 };

/* IEEE 802.11, clause 9.4.1.4. */
enum { CAPABILITY_ESS = 0x0001, CAPABILITY_PRIVACY = 0x0010 };

enum element_id { SSID = 0, RATES = 1, DS = 3, CF = 4, TIM = 5, CHALLENGE = 16 };

enum { SSID_MAX = 32, RATES_MAX = 16, CHALLENGE_MAX = 253, TIM_MIN = 4, TIM_MAX = 254 };

enum { SHARED_KEY = 1 };

struct elements {
    bool has_ssid, has_rates, has_channel;
    struct view ssid, rates;
    u8 channel;
};

/* The longest value that the reference takes of an element; more ends the walk. */
static u32 most(u8 id)
{
    switch (id) {
    case SSID: return SSID_MAX;
    case RATES: return RATES_MAX;
    case TIM: return TIM_MAX;
    case CHALLENGE: return CHALLENGE_MAX;
    default: return UINT8_MAX;
    }
}

/* Collects the first element of each kind.  False when they are cut or too long. */
static bool find_elements(struct view v, struct elements *e)
{
    while (v.len > 0) {
        int id = view_byte(v, 0), len = view_byte(v, 1);
        if (len < 0 || (u32)len > most((u8)id))
            return false;
        struct view value = view_sub(v, 2, (u32)len);
        if (value.cap < value.len)
            return false;
        switch (id) {
        case SSID:
            if (!e->has_ssid)
                e->ssid = value;
            e->has_ssid = true;
            break;
        case RATES:
            if (!e->has_rates && len > 0) {
                e->rates = value;
                e->has_rates = true;
            }
            break;
        case DS:
            if (len == 1 && !e->has_channel) {
                e->channel = (u8)view_byte(value, 0);
                e->has_channel = true;
            }
            break;
        default: break;
        }
        v = view_from(v, 2 + value.len);
    }
    return true;
}

static void say_ssid(struct dissect *d, const struct elements *e)
{
    if (!e->has_ssid)
        return;
    say_z(d, " (");
    say_until_nul(d, e->ssid);
    say_z(d, ")");
}

/* IEEE 802.11, clause 9.4.2.3: units of 500 kb/s; the upper bit: all stations must know it. */
static void say_rates(struct dissect *d, const struct elements *e)
{
    if (!e->has_rates)
        return;
    for (u32 i = 0; i < e->rates.len; i++) {
        u8 rate = u8_at(d, e->rates, i);
        u32 units = rate & 0x7f;
        say(d, "%s%u.%u%s", i == 0 ? " [" : " ", units / 2, units % 2 * 5,
            (rate & 0x80) != 0 ? "*" : "");
    }
    say_z(d, " Mbit]");
}

static void say_channel(struct dissect *d, const struct elements *e, u16 capabilities)
{
    if (e->has_channel)
        say(d, " CH: %u", e->channel);
    if ((capabilities & CAPABILITY_PRIVACY) != 0)
        say_z(d, ", PRIVACY");
}

static bool say_beacon(struct dissect *d, struct view v, bool probe)
{
    struct elements e = { 0 };

    if (!view_has(v, 0, BEACON_LEN))
        return false;
    u16 capabilities = le16_at(d, v, BEACON_CAPABILITIES);
    bool whole = find_elements(view_from(v, BEACON_LEN), &e);
    say_ssid(d, &e);
    say_rates(d, &e);
    if (!probe)
        say_z(d, (capabilities & CAPABILITY_ESS) != 0 ? " ESS" : " IBSS");
    say_channel(d, &e, capabilities);
    return whole;
}

/* A request of `fixed` bytes before its elements. */
static bool say_request(struct dissect *d, struct view v, u32 fixed)
{
    struct elements e = { 0 };

    if (!view_has(v, 0, fixed))
        return false;
    bool whole = find_elements(view_from(v, fixed), &e);
    say_ssid(d, &e);
    if (fixed > ASSOCIATION_REQUEST_LEN)
        say_at(d, v, " AP : %pM", AT_ADDRESS(CURRENT_AP));
    else
        say_rates(d, &e);
    return whole;
}

static bool say_response(struct dissect *d, struct view v)
{
    struct elements e = { 0 };

    if (!view_has(v, 0, RESPONSE_LEN))
        return false;
    u16 capabilities = le16_at(d, v, 0), status = le16_at(d, v, STATUS);
    say(d, " AID(%x) :%s: %s", le16_at(d, v, ASSOCIATION_ID) & 0x3fffu,
        (capabilities & CAPABILITY_PRIVACY) != 0 ? " PRIVACY " : "", wlan_status(d, status));
    return find_elements(view_from(v, RESPONSE_LEN), &e);
}

static bool say_authentication(struct dissect *d, struct view v)
{
    NAMES(algorithms, (0, "Open System") (1, "Shared Key") (2, "EAP"));
    struct elements e = { 0 };

    if (!view_has(v, 0, AUTHENTICATION_LEN))
        return false;
    bool whole = find_elements(view_from(v, AUTHENTICATION_LEN), &e);
    u16 algorithm = le16_at(d, v, ALGORITHM), transaction = le16_at(d, v, TRANSACTION);
    u16 status = le16_at(d, v, AUTHENTICATION_STATUS);
    bool challenge = algorithm == SHARED_KEY && (transaction == 2 || transaction == 3);
    say(d, " (%s)-%x%s%s", name_of(d, &algorithms.names, algorithm, "Reserved"), transaction,
        challenge ? " [Challenge Text] " : ": ",
        (transaction & 1) != 0 ? wlan_status(d, status) : "");
    return whole;
}

/* " (02:00:00:00:00:01)", unless -e has named the sender. */
static void say_source(struct dissect *d, const void *source)
{
    if (!d->opt->link_header)
        say(d, " (%pM)", source);
}

/* Why somebody leaves; `source` is NULL where the reference does not name the sender. */
static bool say_parting(struct dissect *d, const void *source, struct view v)
{
    if (!view_has(v, 0, 2))
        return false;
    if (source != NULL)
        say_source(d, source);
    say(d, ": %s", wlan_reason(d, le16_at(d, v, 0)));
    return true;
}

static bool say_action(struct dissect *d, const void *source, struct view v)
{
    if (!view_has(v, 0, 2))
        return false;
    say_source(d, source);
    say_z(d, ": ");
    wlan_action(d, u8_at(d, v, 0), u8_at(d, v, 1));
    return true;
}

bool wlan_wep(struct dissect *d, struct view body)
{
    if (!view_has(body, 0, 4))
        return false;
    u32 word = le32_at(d, body, 0);
    say(d, " IV:%3x Pad %x KeyID %x", word & 0xffffff, word >> 24 & 0x3f, word >> 30);
    return true;
}

bool wlan_management(struct dissect *d, u16 control, const void *source, struct view body)
{
    NAMES(names,
          (ASSOCIATION_REQUEST, "Assoc Request")(ASSOCIATION_RESPONSE, "Assoc Response")(
              REASSOCIATION_REQUEST, "ReAssoc Request")(REASSOCIATION_RESPONSE, "ReAssoc Response")(
              PROBE_REQUEST, "Probe Request")(PROBE_RESPONSE, "Probe Response")(BEACON, "Beacon")(
              ATIM, "ATIM")(DISASSOCIATION, "Disassociation")(AUTHENTICATION, "Authentication")(
              DEAUTHENTICATION, "DeAuthentication")(ACTION, "Action"));
    u32 subtype = wlan_subtype(control);

    say_z(d, name_of(d, &names.names, subtype, "Unhandled Management subtype(%x)"));
    if ((control & WLAN_PROTECTED) != 0)
        return wlan_wep(d, body);
    switch (subtype) {
    case ASSOCIATION_REQUEST: return say_request(d, body, ASSOCIATION_REQUEST_LEN);
    case REASSOCIATION_REQUEST:
        return say_request(d, body, ASSOCIATION_REQUEST_LEN + ETHER_ADDR_LEN);
    case ASSOCIATION_RESPONSE:
    case REASSOCIATION_RESPONSE: return say_response(d, body);
    case PROBE_REQUEST: return say_request(d, body, 0);
    case PROBE_RESPONSE: return say_beacon(d, body, true);
    case BEACON: return say_beacon(d, body, false);
    case DISASSOCIATION: return say_parting(d, NULL, body);
    case AUTHENTICATION: return say_authentication(d, body);
    case DEAUTHENTICATION: return say_parting(d, source, body);
    case ACTION: return say_action(d, source, body);
    default: return true;
    }
}
