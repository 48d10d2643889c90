/*
 * BGP-4: OPEN messages and the capabilities in them.  RFC 4271, section 4.2; optional parameters of
 * more than 255 bytes: RFC 9072; capabilities: RFC 5492 and those named in the table.
 *
 *   | version | my AS 2 | hold time 2 | identifier 4 | length | parameters |
 *   parameter:  | type | length | value |         length has two bytes in the extended form
 *   capability: | code | length | value |
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/bgp/bgp.h"

enum { VERSION, AS = 1, HOLD_TIME = 3, IDENTIFIER = 5, PARAMETERS_LEN = 9, OPEN_LEN };

enum { EXTENDED = 255, EXTENDED_TYPE = OPEN_LEN, EXTENDED_LEN, EXTENDED_OPEN_LEN = 13 };

enum { PARAMETER_AUTHENTICATION = 1, PARAMETER_CAPABILITIES };

NAMES(parameters, (1, "Authentication Information") (2, "Capabilities Advertisement"));

/* An address family with something behind it, as many capabilities have them in a row. */
enum { FAMILY, SUBFAMILY = 2, FAMILY_VALUE, FAMILY_LEN };

/* The value of a capability, all of which is captured.  False when it is too short: those behind it
 * are not shown. */
typedef bool capability_printer(struct dissect *d, struct view v);

static bool too_short(struct dissect *d, u32 min)
{
    say(d, " (too short, < %u)", min);
    return false;
}

/* RFC 4760, section 8: the order of the fields is another one. */
static bool say_multiprotocol(struct dissect *d, struct view v)
{
    if (v.len < FAMILY_LEN)
        return too_short(d, FAMILY_LEN);
    say_z(d, "\n\t\t");
    bgp_say_family(d, be16_at(d, v, FAMILY), u8_at(d, v, 3));
    return true;
}

/* RFC 4724, section 3 */
static bool say_graceful_restart(struct dissect *d, struct view v)
{
    enum { RESTARTED = 0x8000, TIME_MASK = 0xfff, PRESERVED = 0x80 };

    if (v.len < 2)
        return too_short(d, 2);
    u16 flags = be16_at(d, v, 0);
    say(d, "\n\t\tRestart Flags: [%s], Restart Time %us", (flags & RESTARTED) != 0 ? "R" : "none",
        flags & TIME_MASK);
    for (v = view_from(v, 2); v.len >= FAMILY_LEN; v = view_from(v, FAMILY_LEN)) {
        say_z(d, "\n\t\t  ");
        bgp_say_family(d, be16_at(d, v, FAMILY), u8_at(d, v, SUBFAMILY));
        say(d, ", Forwarding state preserved: %s",
            (u8_at(d, v, FAMILY_VALUE) & PRESERVED) != 0 ? "yes" : "no");
    }
    return true;
}

/* RFC 6793, section 3 */
static bool say_as4(struct dissect *d, struct view v)
{
    if (v.len < 4)
        return too_short(d, 4);
    say_z(d, "\n\t\t 4 Byte AS ");
    bgp_say_as(d, be32_at(d, v, 0));
    return true;
}

/* RFC 7911, section 4 */
static bool say_add_path(struct dissect *d, struct view v)
{
    NAMES(directions, (1, "Receive") (2, "Send") (3, "Both"));

    if (v.len == 0) {
        say_z(d, " (bogus)");
        return true;
    }
    for (; v.len >= FAMILY_LEN; v = view_from(v, FAMILY_LEN)) {
        say_z(d, "\n\t\t");
        bgp_say_family(d, be16_at(d, v, FAMILY), u8_at(d, v, SUBFAMILY));
        say(d, ", Send/Receive: %s",
            name_of(d, &directions.names, u8_at(d, v, FAMILY_VALUE),
                    "Bogus (0x%02x)"));
    }
    if (v.len > 0)
        invalid(d);
    return true;
}

/* RFC 8277, section 2.1 */
static bool say_multiple_labels(struct dissect *d, struct view v)
{
    for (; v.len >= FAMILY_LEN; v = view_from(v, FAMILY_LEN)) {
        say_z(d, "\n\t\t");
        bgp_say_family(d, be16_at(d, v, FAMILY), u8_at(d, v, SUBFAMILY));
        say_at(d, v, ", Count: %lu", AT_U8(FAMILY_VALUE));
    }
    return true;
}

/* RFC 9234, section 4.1 */
static bool say_role(struct dissect *d, struct view v)
{
    NAMES(roles, (0, "Provider") (1, "RS") (2, "RS-Client") (3, "Customer") (4, "Peer"));

    if (v.len < 1)
        return too_short(d, 1);
    u8 role = u8_at(d, v, 0);
    say(d, "\n\t\tRole: %s (%u)", name_of(d, &roles.names, role, "Unknown"), role);
    return true;
}

static bool say_nothing(struct dissect *d, struct view v)
{
    (void)d;
    (void)v;
    return true;
}

/* NULL: the value is dumped. */
static const struct capability {
    u8 code;
    const char *name;
    capability_printer *say;
} capabilities[] = {
    { 1, "Multiprotocol Extensions", say_multiprotocol }, /* RFC 4760 */
    { 2, "Route Refresh", say_nothing },                  /* RFC 2918 */
    { 3, "Cooperative Route Filtering", NULL },           /* RFC 5291 */
    { 4, "Multiple Routes to a Destination", NULL },      /* RFC 3107 */
    { 5, "Extended Next Hop Encoding", NULL },            /* RFC 8950 */
    { 6, "BGP Extended Message", say_nothing },           /* RFC 8654 */
    { 8, "Multiple Labels", say_multiple_labels },        /* RFC 8277 */
    { 9, "BGP Role", say_role },                          /* RFC 9234 */
    { 64, "Graceful Restart", say_graceful_restart },     /* RFC 4724 */
    { 65, "32-Bit AS Number", say_as4 },                  /* RFC 6793 */
    { 67, "Dynamic Capability", NULL },                   /* draft-ietf-idr-dynamic-cap */
    { 68, "Multisession BGP", NULL },                     /* draft-ietf-idr-bgp-multisession */
    { 69, "Multiple Paths", say_add_path },               /* RFC 7911 */
    { 70, "Enhanced Route Refresh", say_nothing },        /* RFC 7313 */
    { 71, "Long-lived Graceful Restart", say_nothing },   /* RFC 9494 */
    { 128, "Route Refresh (Cisco)", say_nothing },
};

static const struct capability *find(u8 code)
{
    for (size_t i = 0; i < countof(capabilities); i++)
        if (capabilities[i].code == code)
            return &capabilities[i];
    return NULL;
}

static void say_capabilities(struct dissect *d, struct view v)
{
    while (v.len > 0 && !d->sealed) {
        if (!view_has(v, 0, 2)) {
            truncated(d);
            return;
        }
        u8 code = u8_at(d, v, 0);
        u32 len = u8_at(d, v, 1);
        const struct capability *c = find(code);
        struct view value = view_claim(view_from(v, 2), len);

        say(d, "\n\t      %s (%u), length: %u", c != NULL ? c->name : "Unknown", code, len);
        if (!view_has(value, 0, len)) {
            truncated(d);
            return;
        }
        bool known = c != NULL && c->say != NULL;
        if (known && !c->say(d, value))
            return;
        if (!known)
            say(d, "\n\t\tno decoder for Capability %u", code);
        if ((!known || verbose(d, 2)) && len > 0)
            hexdump(d->out, "\n\t\t", view_clip(value, len));
        v = view_from(v, 2 + len);
    }
}

/* `v` is the message from the parameters on, `len` what they claim. */
static void say_parameters(struct dissect *d, struct view v, u32 parameters_len, u32 length_bytes)
{
    const u32 header = 1 + length_bytes;
    u32 at = 0;

    while (at < parameters_len && !d->sealed) {
        if (at + header > v.len || !view_has(v, at, header)) {
            truncated(d);
            return;
        }
        u8 type = u8_at(d, v, at);
        u32 len = length_bytes == 1 ? u8_at(d, v, at + 1) : be16_at(d, v, at + 1);
        at += header;
        if (at + len > parameters_len) {
            say(d, "\n\t     Option %u, length: %u, goes past the end of the options", type, len);
            return;
        }
        say(d, "\n\t    Option %s (%u), length: %u",
            name_of(d, &parameters.names, type, "Unknown"), type, len);
        if (type == PARAMETER_CAPABILITIES)
            say_capabilities(d, view_claim(view_from(v, at), len));
        else
            say(d, "\n\t      no decoder for option %u", type);
        at += len;
    }
}

void bgp_open(struct dissect *d, struct view v)
{
    if (v.len < OPEN_LEN || !view_has(v, 0, OPEN_LEN)) {
        truncated(d);
        return;
    }
    u32 len = u8_at(d, v, PARAMETERS_LEN);
    bool extended = len == EXTENDED && v.len >= EXTENDED_OPEN_LEN &&
                    u8_at(d, v, EXTENDED_TYPE) == EXTENDED;

    say_at(d, v, "\n\t  Version %lu, my AS ", AT_U8(VERSION));
    bgp_say_as(d, be16_at(d, v, AS));
    say_at(d, v, ", Holdtime %lus, ID %pI4", AT_BE16(HOLD_TIME), AT_ADDRESS(IDENTIFIER));
    if (extended) {
        len = be16_at(d, v, EXTENDED_LEN);
        say(d, "\n\t  Optional parameters (Extended), length: %u", len);
        say_parameters(d, view_from(v, EXTENDED_OPEN_LEN), len, 2);
    } else {
        say(d, "\n\t  Optional parameters, length: %u", len);
        say_parameters(d, view_from(v, OPEN_LEN), len, 1);
    }
}
