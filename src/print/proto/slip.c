/*
 * SLIP as BSD captures it: a direction, the header as it was on the line, perhaps compressed, and
 * the packet.  LINKTYPE_SLIP and LINKTYPE_SLIP_BSDOS; compression: RFC 1144, section 3.2.
 *
 *   direction 8, line header 15 bytes; IP packet
 *
 *   A compressed header is: changes 8 (C I P S A W U); connection 8, with C; TCP checksum 16; a
 * number for each of U, W, A, S and I: 8 bits, or 16 behind a zero.
 */
#include "print/printer.h"
#include "print/state/sessions.h"

enum { DIRECTION, LINE_HEADER, HEADER_LEN = 16 };

enum { IN, OUT };

enum { UNCOMPRESSED = 0x70, UNCOMPRESSED_IP = 0x40, COMPRESSED = 0x80, KIND = 0xf0 };

enum { IP_PROTOCOL = 9, TCP_OFFSET = 12, TCP_HEADER_LEN = 20 };

enum change {
    CHANGED_URGENT = 0x01,
    CHANGED_WINDOW = 0x02,
    CHANGED_ACK = 0x04,
    CHANGED_SEQUENCE = 0x08,
    CHANGED_ID = 0x20,
    CHANGED_CONNECTION = 0x40,
    CHANGES = 0x0f
};

/* Combinations that stand for what is most common: echoed typing, and data in one direction. */
enum { INTERACTIVE = CHANGED_SEQUENCE | CHANGED_WINDOW | CHANGED_URGENT, BULK = CHANGES };

/*
 * A number of a compressed header.  As tcpdump, `*v` then begins behind it only when it is long; a
 * short one is read again.
 */
static u16 take_number(struct dissect *d, struct view *v)
{
    u16 number = u8_at(d, *v, 0);

    if (number == 0) {
        number = be16_at(d, *v, 1);
        *v = view_from(*v, 3);
    }
    return number;
}

static void say_changes(struct dissect *d, u32 changes, struct view *v, u32 data_len)
{
    switch (changes & CHANGES) {
    case INTERACTIVE: say(d, " *SA+%u", data_len); break;
    case BULK: say(d, " *S+%u", data_len); break;
    default:
        if ((changes & CHANGED_URGENT) != 0)
            say(d, " U=%u", take_number(d, v));
        if ((changes & CHANGED_WINDOW) != 0) {
            i16 change = (i16)take_number(d, v);
            say(d, change >= 0 ? " W+%d" : " W%d", change);
        }
        if ((changes & CHANGED_ACK) != 0)
            say(d, " A+%u", take_number(d, v));
        if ((changes & CHANGED_SEQUENCE) != 0)
            say(d, " S+%u", take_number(d, v));
        break;
    }
    if ((changes & CHANGED_ID) != 0)
        say(d, " I+%u", take_number(d, v));
}

/* The bytes of data in a TCP packet. */
static u32 tcp_data_len(struct dissect *d, struct view packet)
{
    u32 ip_len = (u8_at(d, packet, 0) & 15u) * 4;

    if (!need(d, packet, ip_len, TCP_HEADER_LEN))
        return 0;
    return packet.len - ip_len - (u8_at(d, packet, ip_len + TCP_OFFSET) >> 4) * 4u;
}

static void say_compressed(struct dissect *d, u32 direction, struct view line, struct view packet)
{
    struct slip_lines *lines = &d->sessions->slip;
    struct view rest = view_from(line, 1);
    u32 changes = u8_at(d, line, 0);

    if ((changes & CHANGED_CONNECTION) != 0) {
        u8 connection = u8_at(d, rest, 0);
        if (d->sealed)
            return;
        lines->connection = connection;
        rest = view_from(rest, 1);
        say(d, "ctcp %u", connection);
    } else {
        say_z(d, "ctcp *");
    }
    rest = view_from(rest, 2);
    u32 *data_len = &lines->data_len[direction][lines->connection];
    say_changes(d, changes, &rest, *data_len);
    u32 now = tcp_data_len(d, packet);
    if (d->sealed)
        return;
    *data_len = now;
    say(d, " %u (%u): ", now, view_offset(line, rest));
}

/* What -e adds: the direction, and how the packet was on the line. */
static void say_line(struct dissect *d, struct view v, struct view packet)
{
    u8 direction = u8_at(d, v, DIRECTION);
    struct view line = view_from(v, LINE_HEADER);
    u8 first = u8_at(d, line, 0);
    bool known = direction == IN || direction == OUT;

    if (known)
        say_z(d, direction == IN ? "I " : "O ");
    else
        say(d, "Invalid direction %u ", direction);
    switch (first & KIND) {
    case UNCOMPRESSED_IP: say(d, "ip %u: ", v.len); break;
    case UNCOMPRESSED: {
        /* the number of the connection stands for the protocol */
        u8 connection = u8_at(d, line, IP_PROTOCOL);
        if (d->sealed)
            return;
        d->sessions->slip.connection = connection;
        say(d, "utcp %u: ", connection);
        if (!known)
            return;
        u32 data_len = tcp_data_len(d, packet);
        if (!d->sealed)
            d->sessions->slip.data_len[direction][connection] = data_len;
        break;
    }
    default:
        if (!known)
            return;
        if ((first & COMPRESSED) != 0)
            say_compressed(d, direction, line, packet);
        else
            say(d, "slip-%u!: ", first);
        break;
    }
}

/* As BSD/OS captures it; as tcpdump, the header is not shown. */
void print_slip_bsdos(struct dissect *d, struct view v)
{
    d->proto = "slip_bsdos";
    if (!link_header(d, v, HEADER_LEN))
        return;
    print_ip(d, view_from(v, HEADER_LEN));
}

void print_slip(struct dissect *d, struct view v)
{
    d->proto = "slip";
    if (!view_has(v, 0, HEADER_LEN) || v.len < HEADER_LEN) {
        truncated(d);
        return;
    }
    struct view packet = view_from(v, HEADER_LEN);
    if (d->opt->link_header)
        say_line(d, v, packet);
    if (packet.cap < 1 || packet.len < 1) {
        truncated(d);
        return;
    }
    u32 version = u8_at(d, packet, 0) >> 4;
    if (!d->sealed)
        d->link_header_len += HEADER_LEN;
    switch (version) {
    case 4: print_ip(d, packet); break;
    case 6: print_ip6(d, packet); break;
    default: say(d, "ip v%u", version); break;
    }
}
