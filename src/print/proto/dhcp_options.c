/*
 * The options of DHCP.  RFC 1497 and 2132; 3046 (relay agents), 3442 (routes), 4702 (names).
 *
 *   code (1)  length (1)  data          except pad (0) and end (255), which are single bytes
 */
#include "print/proto/dhcp_options.h"

#include "print/hexdump.h"
#include "print/printer.h"

enum { PAD = 0, MESSAGE = 53, END = 255 };
enum { COOKIE_BYTES = 4 };

/* How the data of an option is shown. */
enum kind {
    BY_LENGTH, /* unknown: as numbers of the largest size that divides the length */
    NOTHING,
    TEXT,
    BYTES,
    BOOLEANS,
    NUMBERS16,
    NUMBERS32,
    SIGNED32,
    ADDRESSES,
    ADDRESS_PAIRS,
    MESSAGE_TYPE, /* the rest are formats of single options */
    REQUEST_LIST,
    NODE_TYPE,
    OVERLOAD,
    CLIENT_ID,
    CLIENT_NAME,
    USER_CLASS,
    RELAY_AGENT,
    ROUTES,
};

/* IANA "BOOTP Vendor Extensions and DHCP Options", under the names of tcpdump 4.99.3. */
#define OPTIONS(ROW) \
    ROW(0, "PAD", NOTHING) \
    ROW(1, "Subnet-Mask", ADDRESSES) \
    ROW(2, "Time-Zone", SIGNED32) \
    ROW(3, "Default-Gateway", ADDRESSES) \
    ROW(4, "Time-Server", ADDRESSES) \
    ROW(5, "IEN-Name-Server", ADDRESSES) \
    ROW(6, "Domain-Name-Server", ADDRESSES) \
    ROW(7, "LOG", ADDRESSES) \
    ROW(8, "CS", ADDRESSES) \
    ROW(9, "LPR-Server", ADDRESSES) \
    ROW(10, "IM", ADDRESSES) \
    ROW(11, "RL", ADDRESSES) \
    ROW(12, "Hostname", TEXT) \
    ROW(13, "BS", NUMBERS16) \
    ROW(14, "DP", TEXT) \
    ROW(15, "Domain-Name", TEXT) \
    ROW(16, "SS", ADDRESSES) \
    ROW(17, "RP", TEXT) \
    ROW(18, "EP", TEXT) \
    ROW(19, "IPF", BOOLEANS) \
    ROW(20, "SRT", BOOLEANS) \
    ROW(21, "PF", ADDRESS_PAIRS) \
    ROW(22, "RSZ", NUMBERS16) \
    ROW(23, "TTL", BYTES) \
    ROW(24, "MTU-Timeout", NUMBERS32) \
    ROW(25, "MTU-Table", NUMBERS16) \
    ROW(26, "MTU", NUMBERS16) \
    ROW(27, "LSN", BOOLEANS) \
    ROW(28, "BR", ADDRESSES) \
    ROW(29, "MD", BOOLEANS) \
    ROW(30, "MS", BOOLEANS) \
    ROW(31, "Router-Discovery", BOOLEANS) \
    ROW(32, "RSA", ADDRESSES) \
    ROW(33, "Static-Route", ADDRESS_PAIRS) \
    ROW(34, "UT", BOOLEANS) \
    ROW(35, "AT", NUMBERS32) \
    ROW(36, "IE", BOOLEANS) \
    ROW(37, "TT", BYTES) \
    ROW(38, "KI", NUMBERS32) \
    ROW(39, "KG", BOOLEANS) \
    ROW(40, "YD", TEXT) \
    ROW(41, "YS", ADDRESSES) \
    ROW(42, "NTP", ADDRESSES) \
    ROW(43, "Vendor-Option", BYTES) \
    ROW(44, "Netbios-Name-Server", ADDRESSES) \
    ROW(45, "WDD", ADDRESSES) \
    ROW(46, "Netbios-Node", NODE_TYPE) \
    ROW(47, "Netbios-Scope", TEXT) \
    ROW(48, "XFS", ADDRESSES) \
    ROW(49, "XDM", ADDRESSES) \
    ROW(50, "Requested-IP", ADDRESSES) \
    ROW(51, "Lease-Time", NUMBERS32) \
    ROW(52, "OO", OVERLOAD) \
    ROW(53, "DHCP-Message", MESSAGE_TYPE) \
    ROW(54, "Server-ID", ADDRESSES) \
    ROW(55, "Parameter-Request", REQUEST_LIST) \
    ROW(56, "MSG", TEXT) \
    ROW(57, "MSZ", NUMBERS16) \
    ROW(58, "RN", NUMBERS32) \
    ROW(59, "RB", NUMBERS32) \
    ROW(60, "Vendor-Class", TEXT) \
    ROW(61, "Client-ID", CLIENT_ID) \
    ROW(64, "N+D", NUMBERS16) \
    ROW(65, "N+S", ADDRESSES) \
    ROW(66, "TFTP", TEXT) \
    ROW(67, "BF", TEXT) \
    ROW(68, "MH", ADDRESSES) \
    ROW(69, "SMTP", ADDRESSES) \
    ROW(70, "POP3", ADDRESSES) \
    ROW(71, "NNTP", ADDRESSES) \
    ROW(72, "WWW", ADDRESSES) \
    ROW(73, "FG", ADDRESSES) \
    ROW(74, "IRC", ADDRESSES) \
    ROW(75, "STS", ADDRESSES) \
    ROW(76, "STDA", ADDRESSES) \
    ROW(77, "User-Class", USER_CLASS) \
    ROW(78, "SLP-DA", BYTES) \
    ROW(79, "SLP-SCOPE", BYTES) \
    ROW(80, "SLP-NA", TEXT) \
    ROW(81, "FQDN", CLIENT_NAME) \
    ROW(82, "Agent-Information", RELAY_AGENT) \
    ROW(83, "ARMT", BYTES) \
    ROW(88, "TZSTR", TEXT) \
    ROW(89, "FQDNS", BYTES) \
    ROW(90, "AUTH", BYTES) \
    ROW(91, "Last-Transaction-Time", SIGNED32) \
    ROW(92, "Associated-IP", ADDRESSES) \
    ROW(93, "ARCH", NUMBERS16) \
    ROW(94, "NDI", BYTES) \
    ROW(95, "LDAP", TEXT) \
    ROW(97, "GUID", BYTES) \
    ROW(98, "UAP", TEXT) \
    ROW(100, "POSIX-TZ", TEXT) \
    ROW(101, "TZ-Name", TEXT) \
    ROW(112, "NI", ADDRESSES) \
    ROW(113, "NITAG", TEXT) \
    ROW(114, "URL", TEXT) \
    ROW(116, "NOAUTO", BOOLEANS) \
    ROW(117, "NSSEARCH", NUMBERS16) \
    ROW(118, "SUBNET", ADDRESSES) \
    ROW(121, "Classless-Static-Route", ROUTES) \
    ROW(150, "TFTP-Server-Address", ADDRESSES) \
    ROW(161, "MUD-URL", TEXT) \
    ROW(249, "Classless-Static-Route-Microsoft", ROUTES) \
    ROW(255, "END", NOTHING)

#define AS_NAME(code, name, kind) (code, name)
#define AS_KIND(code, name, kind) [code] = kind,

NAMES(option_names, OPTIONS(AS_NAME));
static const u8 option_kinds[256] = { OPTIONS(AS_KIND) };

static const char *option_name(u8 code)
{
    const char *name = name_find(&option_names.names, code);

    return name != NULL ? name : "Unknown";
}

NAMES(message_types,
      (1, "Discover") (2, "Offer") (3, "Request") (4, "Decline") (5, "ACK") (6, "NACK")
      (7, "Release") (8, "Inform") (10, "LeaseQuery") (11, "LeaseUnassigned") (12, "LeaseUnknown")
      (13, "LeaseActive"));

NAMES(node_types, (1, "b-node") (2, "p-node") (4, "m-node") (8, "h-node"));

NAMES(overloads, (1, "file") (2, "sname") (3, "file+sname"));

NAMES(hardware_types,
      (1, "ether")
      (6, "ieee802")
      (7, "arcnet")
      (15, "frelay")
      (23, "strip")
      (24, "ieee1394"));

enum { CIRCUIT_ID = 1, REMOTE_ID = 2, SUBSCRIBER_ID = 6 };

NAMES(agent_options,
      (CIRCUIT_ID, "Circuit-ID")
      (REMOTE_ID, "Remote-ID")
      (SUBSCRIBER_ID, "Subscriber-ID"));

static void say_quoted(struct dissect *d, struct view v)
{
    say_z(d, "\"");
    say_visible(d, v);
    say_z(d, "\"");
}

/*
 * What the functions below print is the data of one option, of which all bytes are captured; they
 * return what is left over.
 */

/* Items of `size` bytes, with a separator between them. */
static struct view say_items(struct dissect *d, struct view v, u32 size, const char *separator,
                             void (*say_item)(struct dissect *d, struct view v))
{
    for (bool first = true; v.len >= size; v = view_from(v, size)) {
        if (!first)
            say_z(d, separator);
        first = false;
        say_item(d, v);
    }
    return v;
}

static void say_byte(struct dissect *d, struct view v) { say_at(d, v, "%lu", AT_U8(0)); }

static void say_boolean(struct dissect *d, struct view v)
{
    u8 value = u8_at(d, v, 0);

    if (value <= 1)
        say_z(d, value != 0 ? "Y" : "N");
    else
        say(d, "%u?", value);
}

static void say_number16(struct dissect *d, struct view v) { say_at(d, v, "%lu", AT_BE16(0)); }

static void say_number32(struct dissect *d, struct view v) { say_at(d, v, "%lu", AT_BE32(0)); }

static void say_signed32(struct dissect *d, struct view v) { say(d, "%d", (int)be32_at(d, v, 0)); }

static void say_address(struct dissect *d, struct view v) { say_ip4_at(d, v, 0); }

static void say_pair(struct dissect *d, struct view v)
{
    say_at(d, v, "(%pI4:%pI4)", AT_ADDRESS(0), AT_ADDRESS(4));
}

/* An option that must have at least `least` bytes and has not. */
static struct view say_short(struct dissect *d, struct view v, u32 least)
{
    say(d, "[ERROR: length < %u bytes]", least);
    return view_from(v, v.len);
}

static struct view say_code(struct dissect *d, struct view v, const struct names *table)
{
    if (v.len < 1)
        return say_short(d, v, 1);
    say(d, "%s", name_of(d, table, u8_at(d, v, 0), "#%u"));
    return view_from(v, 1);
}

static struct view say_request_list(struct dissect *d, struct view v)
{
    enum { PER_LINE = 4 };

    for (u32 i = 0; v.len > 0; i++, v = view_from(v, 1)) {
        u8 code = u8_at(d, v, 0);
        say_z(d, i % PER_LINE == 0 ? "\n\t      " : ", ");
        say(d, "%s (%u)", option_name(code), code);
    }
    return v;
}

static void say_hex_byte(struct dissect *d, struct view v) { say_at(d, v, "%02lx", AT_U8(0)); }

/* RFC 2132, section 9.14: a type of hardware and an address, or type 0 and a text. */
static struct view say_client_id(struct dissect *d, struct view v)
{
    if (v.len < 1)
        return say_short(d, v, 1);
    u8 type = u8_at(d, v, 0);
    v = view_from(v, 1);
    if (type == 0) {
        say_quoted(d, v);
        return view_from(v, v.len);
    }
    say(d, "%s ", name_of(d, &hardware_types.names, type, "hardware-type %u,"));
    return say_items(d, v, 1, ":", say_hex_byte);
}

/* RFC 4702, section 2: flags, two codes that are no longer used, and the name. */
static struct view say_client_name(struct dissect *d, struct view v)
{
    NAMES(flags, (0x01, "S") (0x02, "O") (0x04, "E") (0x08, "N"));
    enum { FLAGS, CODE1, CODE2, NAME };

    if (v.len < NAME)
        return say_short(d, v, NAME);
    u8 bits = u8_at(d, v, FLAGS);
    if (bits >> 4 != 0)
        say(d, "[ERROR: MBZ nibble 0x%x != 0] ", bits >> 4);
    if ((bits & 0x0f) != 0)
        say(d, "[%s] ", flags_of(d, &flags.names, bits & 0x0fu, "", ""));
    u8 code1 = u8_at(d, v, CODE1), code2 = u8_at(d, v, CODE2);
    if (code1 != 0 || code2 != 0)
        say(d, "%u/%u ", code1, code2);
    v = view_from(v, NAME);
    say_quoted(d, v);
    return view_from(v, v.len);
}

/* RFC 3004: texts with a length byte each. */
static struct view say_user_classes(struct dissect *d, struct view v)
{
    if (v.len < 2)
        return say_short(d, v, 2);
    for (u32 n = 1; v.len > 0; n++) {
        u32 length = u8_at(d, v, 0);
        v = view_from(v, 1);
        say(d, "\n\t      instance#%u: ", n);
        if (length == 0 || length > v.len) {
            say_z(d, length == 0 ? "[ERROR: suboption length must be non-zero]"
                                 : "[ERROR: invalid option]");
            return view_from(v, v.len);
        }
        say_quoted(d, view_clip(v, length));
        say(d, ", length %u", length);
        v = view_from(v, length);
    }
    return v;
}

/* RFC 3046: options in the option. */
static struct view say_relay_agent(struct dissect *d, struct view v)
{
    while (v.len >= 2) {
        u8 code = u8_at(d, v, 0);
        u32 length = u8_at(d, v, 1);
        v = view_from(v, 2);
        say(d, "\n\t      %s SubOption %u, length %u: ", name_of(d, &agent_options.names, code, "Unknown"),
            code, length);
        if (length > v.len) {
            say_z(d, "length goes past end of option");
            return view_from(v, v.len);
        }
        if (code == CIRCUIT_ID || code == REMOTE_ID || code == SUBSCRIBER_ID)
            say_visible(d, view_clip(v, length));
        else
            hexdump(d->out, "\n\t\t", view_clip(v, length));
        v = view_from(v, length);
    }
    return v;
}

/* The bytes of a destination that its prefix covers, zeros behind them. */
static void say_destination(struct dissect *d, struct view v, u32 prefix, u32 bytes)
{
    u8 address[4] = { 0 };

    if (prefix == 0) {
        say_z(d, "(default");
        return;
    }
    memcpy(address, bytes_at(d, v, 0, bytes), bytes);
    say(d, "(%pi4/%u", address, prefix);
}

/* RFC 3442: prefix length, as many bytes of the destination as that needs, router. */
static struct view say_routes(struct dissect *d, struct view v)
{
    enum { ROUTER = 4, LEAST = 5 };

    if (v.len < LEAST)
        return say_short(d, v, LEAST);
    for (bool first = true; v.len > 0; first = false) {
        if (!first)
            say_z(d, ",");
        u32 prefix = u8_at(d, v, 0), bytes = (prefix + 7) / 8;
        v = view_from(v, 1);
        if (prefix > 32) {
            say(d, "[ERROR: Mask width (%u) > 32]", prefix);
            return view_from(v, v.len);
        }
        if (v.len < bytes + ROUTER) {
            say(d, "[ERROR: Remaining length (%u) < %u bytes]", v.len, bytes + ROUTER);
            return view_from(v, v.len);
        }
        say_destination(d, v, prefix, bytes);
        say_at(d, v, ":%pI4)", AT_ADDRESS(bytes));
        v = view_from(v, bytes + ROUTER);
    }
    return v;
}

static enum kind kind_by_length(u32 length)
{
    if (length % 2 != 0)
        return BYTES;
    return length % 4 != 0 ? NUMBERS16 : NUMBERS32;
}

static struct view say_data(struct dissect *d, enum kind kind, struct view v)
{
    switch (kind) {
    case BY_LENGTH: return say_data(d, kind_by_length(v.len), v);
    case NOTHING: return v;
    case TEXT: say_quoted(d, v); return view_from(v, v.len);
    case BYTES: return say_items(d, v, 1, ".", say_byte);
    case BOOLEANS: return say_items(d, v, 1, ",", say_boolean);
    case NUMBERS16: return say_items(d, v, 2, ",", say_number16);
    case NUMBERS32: return say_items(d, v, 4, ",", say_number32);
    case SIGNED32: return say_items(d, v, 4, ",", say_signed32);
    case ADDRESSES: return say_items(d, v, 4, ",", say_address);
    case ADDRESS_PAIRS: return say_items(d, v, 8, ",", say_pair);
    case MESSAGE_TYPE:
        if (v.len != 1)
            return say_data(d, BYTES, v);
        say(d, "%s", name_of(d, &message_types.names, u8_at(d, v, 0), "Unknown (%u)"));
        return view_from(v, 1);
    case REQUEST_LIST: return say_request_list(d, v);
    case NODE_TYPE: return say_code(d, v, &node_types.names);
    case OVERLOAD: return say_code(d, v, &overloads.names);
    case CLIENT_ID: return say_client_id(d, v);
    case CLIENT_NAME: return say_client_name(d, v);
    case USER_CLASS: return say_user_classes(d, v);
    case RELAY_AGENT: return say_relay_agent(d, v);
    case ROUTES: return say_routes(d, v);
    }
    return v;
}

/* How often the pad option, of which one was read, goes on. */
static struct view say_padding(struct dissect *d, struct view v)
{
    u32 n = 1;

    for (; view_byte(v, 0) == PAD; n++)
        v = view_from(v, 1);
    if (n > 1)
        say(d, ", occurs %u", n);
    return v;
}

void say_dhcp_options(struct dissect *d, struct view v)
{
    say_z(d, "\n\t  Vendor-rfc1048 Extensions");
    say_at(d, v, "\n\t    Magic Cookie 0x%08lx", AT_BE32(0));
    v = view_from(v, COOKIE_BYTES);
    while (v.cap > 0 && !d->sealed) {
        u8 code = u8_at(d, v, 0);
        bool single = code == PAD || code == END;
        v = view_from(v, 1);
        if (code == END && !verbose(d, 3))
            return;
        if (code == PAD && !verbose(d, 3))
            continue;
        if (!single && !need(d, v, 0, 1))
            return;
        u32 length = single ? 0 : u8_at(d, v, 0);
        if (!single)
            v = view_from(v, 1);
        say(d, "\n\t    %s (%u), length %u%s", option_name(code), code, length,
            length > 0 ? ": " : "");
        if (code == PAD)
            v = say_padding(d, v);
        if (!view_has(v, 0, length)) {
            truncated(d);
            return;
        }
        struct view rest = say_data(d, (enum kind)option_kinds[code], view_clip(v, length));
        if (rest.len > 0)
            say(d, "\n\t  trailing data length %u", rest.len);
        v = view_from(v, length);
    }
}
