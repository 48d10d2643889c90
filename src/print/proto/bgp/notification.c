/*
 * BGP-4: NOTIFICATION messages.  RFC 4271, section 4.5; cease: RFC 4486, its shutdown
 * communication: RFC 9003, hard reset: RFC 8538, BFD down: RFC 9384; route refresh errors: RFC
 * 7313.
 *
 *   | code | subcode | data |
 */
#include "print/printer.h"
#include "print/proto/bgp/bgp.h"

enum { CODE, SUBCODE, DATA };

enum { CEASE = 6 };

enum cease { MAX_PREFIXES = 1, ADMINISTRATIVE_SHUTDOWN, ADMINISTRATIVE_RESET = 4, HARD_RESET = 9 };

/* The data of MAX_PREFIXES, RFC 4486, section 4. */
enum { FAMILY = DATA, SUBFAMILY = FAMILY + 2, LIMIT, MAX_PREFIXES_LEN = LIMIT + 4 };

NAMES(header_errors,
      (1, "Connection Not Synchronized")
      (2, "Bad Message Length")
      (3, "Bad Message Type"));

NAMES(open_errors,
      (1, "Unsupported Version Number")
      (2, "Bad Peer AS")
      (3, "Bad BGP Identifier")
      (4, "Unsupported Optional Parameter")
      (5, "Authentication Failure")
      (6, "Unacceptable Hold Time")
      (7, "Capability Message Error"));

NAMES(update_errors,
      (1, "Malformed Attribute List")
      (2, "Unrecognized Well-known Attribute")
      (3, "Missing Well-known Attribute")
      (4, "Attribute Flags Error")
      (5, "Attribute Length Error")
      (6, "Invalid ORIGIN Attribute")
      (7, "AS Routing Loop")
      (8, "Invalid NEXT_HOP Attribute")
      (9, "Optional Attribute Error")
      (10, "Invalid Network Field")
      (11, "Malformed AS_PATH"));

NAMES(state_errors,
      (0, "Unspecified Error")
      (1, "In OpenSent State")
      (2, "In OpenConfirm State")
      (3, "In Established State"));

NAMES(ceases,
      (1, "Maximum Number of Prefixes Reached")
      (2, "Administrative Shutdown")
      (3, "Peer Unconfigured")
      (4, "Administrative Reset")
      (5, "Connection Rejected")
      (6, "Other Configuration Change")
      (7, "Connection Collision Resolution")
      (8, "Out of Resources")
      (9, "Hard Reset")
      (10, "BFD Down"));

NAMES(refresh_errors, (1, "Invalid Message Length"));

static const struct error {
    const char *name;
    const char *before_subcode;
    const struct names *subcodes; /* NULL: the subcode means nothing */
} errors[] = {
    { NULL, NULL, NULL },
    { "Message Header Error", ", ", &header_errors.names },
    { "OPEN Message Error", ", ", &open_errors.names },
    { "UPDATE Message Error", ", ", &update_errors.names },
    { "Hold Timer Expired", NULL, NULL },
    { "Finite State Machine Error", " ", &state_errors.names },
    { "Cease", ", ", &ceases.names },
    { "ROUTE-REFRESH Message Error", " ", &refresh_errors.names },
};

/* `v` begins with the length byte of the text. */
static void say_shutdown(struct dissect *d, struct view v)
{
    u32 len = u8_at(d, v, 0), used = 0;

    if (len == 0) {
        say_z(d, ", empty Shutdown Communication");
        used = 1;
    } else if (1 + len <= v.len) {
        say(d, ", Shutdown Communication (length: %u): \"", len);
        say_visible(d, view_sub(v, 1, len));
        say_z(d, "\"");
        used = (1 + len) % 256; /* as tcpdump: counted in one byte */
    } else {
        say_z(d, ", invalid Shutdown Communication length");
    }
    struct view rest = view_from(v, used);
    if (rest.len > 0) {
        say(d, ", Data: (length: %u)", rest.len);
        bgp_say_bytes(d, "\n\t\t", rest);
    }
}

static void say_cease(struct dissect *d, struct view v)
{
    u8 subcode = u8_at(d, v, SUBCODE);

    if (subcode == MAX_PREFIXES && v.len >= MAX_PREFIXES_LEN) {
        say_z(d, ", ");
        bgp_say_family(d, be16_at(d, v, FAMILY), u8_at(d, v, SUBFAMILY));
        say_at(d, v, ", Max Prefixes: %lu", AT_BE32(LIMIT));
    } else if (subcode == HARD_RESET && v.len >= DATA + DATA) {
        bgp_notification(d, view_from(v, DATA)); /* the reason is a notification of its own */
    } else if ((subcode == ADMINISTRATIVE_SHUTDOWN || subcode == ADMINISTRATIVE_RESET) &&
               v.len > DATA) {
        say_shutdown(d, view_from(v, DATA));
    }
}

void bgp_notification(struct dissect *d, struct view v)
{
    if (!view_has(v, 0, DATA)) {
        truncated(d);
        return;
    }
    if (v.len < DATA)
        return;
    u8 code = u8_at(d, v, CODE), subcode = u8_at(d, v, SUBCODE);
    const struct error *e = code < countof(errors) ? &errors[code] : &errors[0];

    say(d, ", %s (%u)", e->name != NULL ? e->name : "Unknown Error", code);
    if (e->subcodes != NULL)
        say(d, "%ssubcode %s (%u)", e->before_subcode, name_of(d, e->subcodes, subcode, "Unknown"),
            subcode);
    if (code == CEASE)
        say_cease(d, v);
}
