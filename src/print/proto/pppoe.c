/*
 * PPPoE: PPP over Ethernet.  RFC 2516, section 4; the tag 0x0120: RFC 4638.
 *
 *    0               1               2               3
 *   +-------+-------+---------------+-------------------------------+
 *   |  ver  | type  |     code      |           session             |
 *   |           length              |  tags, or in sessions: PPP    |
 *   +-------------------------------+-------------------------------+
 *
 * A tag is: type 16, length 16, value.
 */
#include "print/printer.h"
#include "print/proto/ppp.h"

enum { VERSION_TYPE, CODE, SESSION = 2, LENGTH = 4, HEADER_LEN = 6 };

enum { TAG_TYPE, TAG_LENGTH = 2, TAG_VALUE = 4, TAG_TEXT_MAX = 80 };

enum { CODE_SESSION = 0x00, CODE_INITIATION = 0x09 };

/* RFC 2516, section 5.1: room for what a relay adds to the packet. */
enum { INITIATION_MAX = 1484 - HEADER_LEN };

NAMES(codes,
      (CODE_INITIATION, "PADI")
      (0x07, "PADO")
      (0x19, "PADR")
      (0x65, "PADS")
      (0xa7, "PADT")
      (CODE_SESSION, ""));

enum tag { TAG_END = 0x0000, TAG_HOST_UNIQ = 0x0103, TAG_MAX_PAYLOAD = 0x0120 };

NAMES(tags,
      (TAG_END, "EOL")
      (0x0101, "Service-Name")
      (0x0102, "AC-Name")
      (TAG_HOST_UNIQ, "Host-Uniq")
      (0x0104, "AC-Cookie")
      (0x0105, "Vendor-Specific")
      (0x0110, "Relay-Session-ID")
      (TAG_MAX_PAYLOAD, "PPP-Max-Payload")
      (0x0201, "Service-Name-Error")
      (0x0202, "AC-System-Error")
      (0x0203, "Generic-Error"));

/* A value that is text if its first bytes look so; otherwise hexadecimal. */
static void say_value(struct dissect *d, struct view value)
{
    u32 text = 0, other = 0;

    for (u32 i = 0; i < value.len && i < TAG_TEXT_MAX; i++) {
        int c = view_byte(value, i);
        if (c >= 32 && c < 127)
            text++;
        else
            other++;
    }
    if (text > other) {
        say_z(d, " \"");
        for (u32 i = 0; i < value.len && i < TAG_TEXT_MAX; i++) {
            int c = view_byte(value, i);
            out_char(d->out, c >= 32 && c < 127 ? (char)c : '.');
        }
        say_z(d, "\"");
        return;
    }
    say_z(d, " 0x");
    for (u32 i = 0; repeat(d, i, value.len); i++)
        say_at(d, value, "%02lX", AT_U8(i));
}

/* The tags in the first `len` bytes; as tcpdump, the value of the last may go further. */
static void say_tags(struct dissect *d, struct view v, u32 len)
{
    for (u32 at = 0; at < len && !d->sealed;) {
        struct view tag = view_from(v, at);
        u16 type = be16_at(d, tag, TAG_TYPE);
        u32 n = be16_at(d, tag, TAG_LENGTH);

        if (!need(d, tag, TAG_VALUE, n))
            return;
        say(d, " [%s", name_of(d, &tags.names, type, "TAG-0x%x"));
        if (n > 0)
            say_value(d, view_sub(tag, TAG_VALUE, n));
        say_z(d, "]");
        if (type == TAG_END)
            return;
        at += TAG_VALUE + n;
    }
}

/* Returns how many bytes -x, -X and -A skip when this is the link. */
static u32 say_packet(struct dissect *d, struct view v)
{
    d->proto = "pppoe";
    if (v.len < HEADER_LEN) {
        say(d, " (length %u < %u)", v.len, (unsigned)HEADER_LEN);
        invalid(d);
        return 0;
    }
    if (!need(d, v, 0, HEADER_LEN))
        return 0;
    u8 first = u8_at(d, v, VERSION_TYPE), code = u8_at(d, v, CODE);
    u16 session = be16_at(d, v, SESSION);
    u32 len = be16_at(d, v, LENGTH);

    if (first >> 4 != 1)
        say(d, " [ver %u]", (u32)first >> 4);
    if ((first & 15) != 1)
        say(d, " [type %u]", first & 15u);
    say(d, "PPPoE %s", name_of(d, &codes.names, code, "PAD-%x"));
    struct view rest = view_from(v, HEADER_LEN);
    if (code == CODE_INITIATION && len > INITIATION_MAX)
        say(d, " [len %u!]", len);
    if (len > rest.len) {
        say(d, " [len %u > %u!]", len, rest.len);
        len = rest.len;
    }
    if (session != 0)
        say(d, " [ses 0x%x]", session);
    if (code != CODE_SESSION) {
        say_tags(d, rest, len);
        return HEADER_LEN;
    }
    say_z(d, " ");
    return HEADER_LEN + ppp_frame(d, view_clip(rest, len));
}

void print_pppoe(struct dissect *d, struct view v) { say_packet(d, v); }

void print_link_pppoe(struct dissect *d, struct view v)
{
    u32 header_len = say_packet(d, v);

    if (!d->sealed)
        d->link_header_len += header_len;
}
