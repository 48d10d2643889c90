/*
 * The control protocols of PPP.  Packets: RFC 1661, section 5; their options are in ppp_options.c.
 *
 *    0               1               2
 *   +---------------+---------------+-------------------------------+
 *   |     code      |  identifier   |            length             |
 *   +---------------+---------------+-------------------------------+
 *   |  codes 1 to 4: options        |  9 to 13: magic number, data  |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/oui.h"
#include "print/printer.h"
#include "print/proto/ppp.h"
#include "print/proto/ppp_options.h"

enum { PROTOCOL_LEN = 2, CODE = 0, IDENTIFIER, LENGTH, HEADER_LEN = 4 };

enum code {
    VENDOR, CONF_REQUEST, CONF_ACK, CONF_NAK, CONF_REJECT, TERM_REQUEST, TERM_ACK, CODE_REJECT,
    PROTOCOL_REJECT, ECHO_REQUEST, ECHO_REPLY, DISCARD, IDENT, TIME_REMAINING,
};

NAMES(codes,
      (0, "Vendor-Extension") (1, "Conf-Request") (2, "Conf-Ack") (3, "Conf-Nack")
      (4, "Conf-Reject") (5, "Term-Request") (6, "Term-Ack") (7, "Code-Reject") (8, "Prot-Reject")
      (9, "Echo-Request") (10, "Echo-Reply") (11, "Disc-Req") (12, "Ident") (13, "Time-Rem")
      (14, "Reset-Req") (15, "Reset-Ack"));

/* After the header. */
enum { MAGIC, MAGIC_LEN = 4, VENDOR_OUI = 4, VENDOR_MIN = 7, SECONDS = 4, TIME_MIN = 8 };

/* As many bytes as the length field has, from one header too far on: as tcpdump. */
static void say_message(struct dissect *d, u16 protocol, struct view message, u32 n)
{
    for (u32 i = 0; i < n; i++) {
        int c = view_byte(message, i);
        if (c < 0) {
            say(d, "[|%s]", ppp_protocol_name(protocol));
            return;
        }
        out_visible(d->out, (u8)c);
    }
}

/* `rest` is the body `v` and what follows it.  As tcpdump, the rejected packet is taken for longer. */
static void say_rejected(struct dissect *d, struct view v, struct view rest)
{
    if (v.len < PROTOCOL_LEN)
        return;
    u16 protocol = be16_at(d, v, 0);
    const char *name = ppp_protocol_name(protocol);
    say(d, "\n\t  Rejected %s Protocol (0x%04x)", name != NULL ? name : "unknown", protocol);
    if (v.len > PROTOCOL_LEN) {
        say_z(d, "\n\t  Rejected Packet");
        hexdump(d->out, "\n\t    ", view_sub(rest, PROTOCOL_LEN, v.len + HEADER_LEN - PROTOCOL_LEN));
    }
}

/* The body `v` of a packet; `frame` begins with the protocol number, `rest` with the body. */
static void say_body(struct dissect *d, u16 protocol, u8 code, struct view v, struct view rest,
                     struct view frame)
{
    switch (code) {
    case VENDOR:
        if (v.len >= VENDOR_MIN) {
            say_at(d, v, "\n\t  Magic-Num 0x%08lx", AT_BE32(MAGIC));
            u32 oui = be24_at(d, v, VENDOR_OUI);
            say(d, " Vendor: %s (%u)", oui_name(oui), oui);
        }
        break;
    case CONF_REQUEST:
    case CONF_ACK:
    case CONF_NAK:
    case CONF_REJECT: ppp_options(d, protocol, rest, v.len); break;
    case PROTOCOL_REJECT: say_rejected(d, v, rest); break;
    case ECHO_REQUEST:
    case ECHO_REPLY:
    case DISCARD:
        if (v.len < MAGIC_LEN)
            break;
        say_at(d, v, "\n\t  Magic-Num 0x%08lx", AT_BE32(MAGIC));
        if (v.len > MAGIC_LEN) {
            say_z(d, "\n\t  -----trailing data-----");
            if (view_has(v, 0, v.len))
                hexdump(d->out, "\n\t  ", view_from(v, MAGIC_LEN));
            else
                say(d, "[|%s]", ppp_protocol_name(protocol));
        }
        break;
    case IDENT:
        if (v.len < MAGIC_LEN)
            break;
        say_at(d, v, "\n\t  Magic-Num 0x%08lx", AT_BE32(MAGIC));
        if (v.len > MAGIC_LEN) {
            say_z(d, "\n\t  Message\n\t    ");
            say_message(d, protocol, view_from(rest, MAGIC_LEN), v.len);
        }
        break;
    case TIME_REMAINING:
        if (v.len < TIME_MIN)
            break;
        say_at(d, v, "\n\t  Magic-Num 0x%08lx", AT_BE32(MAGIC));
        say_at(d, v, ", Seconds-Remaining %lus", AT_BE32(SECONDS));
        break;
    case TERM_REQUEST:
    case TERM_ACK:
    case CODE_REJECT: break;
    default:
        if (!verbose(d, 2))
            hexdump(d->out, "\n\t  ", view_clip(frame, PROTOCOL_LEN + HEADER_LEN + v.len));
        break;
    }
}

void ppp_control(struct dissect *d, u16 protocol, struct view frame)
{
    struct view v = view_from(frame, PROTOCOL_LEN);

    const char *name = ppp_protocol_name(protocol);
    say(d, "%s, ", name);
    if (v.len < HEADER_LEN || !view_has(v, 0, LENGTH)) {
        say(d, "[|%s]", name);
        return;
    }
    u8 code = u8_at(d, v, CODE);
    say_at(d, v, "%s (0x%02x), id %lu, length %u", name_of(d, &codes.names, code, "Unknown Opcode"),
           code, AT_U8(IDENTIFIER), frame.len);
    if (!verbose(d, 1))
        return;
    u32 len = be16_at(d, v, LENGTH);
    if (len < HEADER_LEN) {
        say(d, "\n\tencoded length %u (< 4))", len);
        return;
    }
    if (len > v.len) {
        say(d, "\n\tencoded length %u (> packet length %u))", len, v.len);
        return;
    }
    say(d, "\n\tencoded length %u (=Option(s) length %u)", len, len - HEADER_LEN);
    if (len == HEADER_LEN)
        return;
    if (verbose(d, 2))
        hexdump(d->out, "\n\t", view_clip(frame, PROTOCOL_LEN + HEADER_LEN));
    struct view rest = view_from(v, HEADER_LEN);
    say_body(d, protocol, code, view_clip(rest, len - HEADER_LEN), rest, frame);
}
