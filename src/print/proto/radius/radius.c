/*
 * RADIUS.  RFC 2865, 2866 (accounting), 5176 (dynamic authorization).
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |     code      |  identifier   |            length             |
 *   |                      authenticator (16)                       |
 *   | attributes:  type (1)  length (1)  value                      |
 */
#include "print/printer.h"
#include "print/hexdump.h"
#include "print/proto/radius/attributes.h"

enum { CODE, IDENTIFIER, LENGTH, AUTHENTICATOR = 4, ATTRIBUTES = 20 };
enum { TYPE, ATTRIBUTE_LENGTH, VALUE };

NAMES(codes,
      (1, "Access-Request") (2, "Access-Accept") (3, "Access-Reject") (4, "Accounting-Request")
      (5, "Accounting-Response") (11, "Access-Challenge") (12, "Status-Server")
      (13, "Status-Client") (40, "Disconnect-Request") (41, "Disconnect-ACK") (42, "Disconnect-NAK")
      (43, "CoA-Request") (44, "CoA-ACK") (45, "CoA-NAK") (255, "Reserved"));

/* RFC 2865, section 5. */
static void say_attributes(struct dissect *d, struct view v)
{
    while (v.len > 0) {
        if (v.len < VALUE || !view_has(v, 0, VALUE)) {
            truncated(d);
            return;
        }
        u8 type = u8_at(d, v, TYPE), length = u8_at(d, v, ATTRIBUTE_LENGTH);
        say(d, "\n\t  %s Attribute (%u), length: %u", radius_attribute_name(type), type, length);
        if (length < VALUE) {
            say_z(d, " (bogus, must be >= 2)");
            return;
        }
        if (length > v.len) {
            say_z(d, " (bogus, goes past end of packet)");
            return;
        }
        u32 n = length - (u32)VALUE;
        say_z(d, ", Value: ");
        radius_say_value(d, type, view_claim(view_from(v, VALUE), n));
        if (verbose(d, 2))
            hexdump(d->out, "\n\t    ", view_sub(v, VALUE, n));
        v = view_from(v, length);
    }
}

void print_radius(struct dissect *d, struct view v)
{
    d->proto = "radius";
    if (!view_has(v, 0, ATTRIBUTES)) {
        truncated(d);
        return;
    }
    u16 length = be16_at(d, v, LENGTH);
    if (length < ATTRIBUTES) {
        truncated(d);
        return;
    }
    if (length < v.len)
        v = view_clip(v, length);
    u8 code = u8_at(d, v, CODE), identifier = u8_at(d, v, IDENTIFIER);
    const char *name = name_of(d, &codes.names, code, "Unknown Command");
    if (!verbose(d, 1)) {
        say(d, "RADIUS, %s (%u), id: 0x%02x length: %u", name, code, identifier, v.len);
        return;
    }
    say(d, "RADIUS, length: %u\n\t%s (%u), id: 0x%02x, Authenticator: ", v.len, name, code, identifier);
    for (u32 i = AUTHENTICATOR; i < ATTRIBUTES; i++)
        out_hex_pad(d->out, u8_at(d, v, i), 2);
    say_attributes(d, view_from(v, ATTRIBUTES));
}
