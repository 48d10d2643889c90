/*
 * The IPv6 fragment header.  RFC 8200, section 4.5.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------+---+-+
 *   |  next header  |   reserved    |     fragment offset     |   |M|
 *   +---------------+---------------+-------------------------+---+-+
 *   |                        identification                         |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/ip6.h"

#include "print/printer.h"

enum { NEXT_HEADER, OFFSET = 2, ID = 4, FRAGMENT_LEN = 8 };

enum { OFFSET_MASK = 0xfff8, IP6_HEADER_LEN = 40, PAYLOAD_LENGTH = 4 };

u32 ip6_fragment(struct dissect *d, struct view v)
{
    d->proto = "frag6";
    if (!need(d, v, 0, verbose(d, 1) ? FRAGMENT_LEN : OFFSET + 2))
        return 0;
    u32 offset = be16_at(d, v, OFFSET) & OFFSET_MASK;
    u32 packet_len = be16_at(d, d->net.header, PAYLOAD_LENGTH) + IP6_HEADER_LEN;
    u32 before = view_offset(d->net.header, v) + FRAGMENT_LEN;

    say_z(d, "frag (");
    if (verbose(d, 1))
        say_at(d, v, "0x%08lx:", AT_BE32(ID));
    say(d, "%u|", offset);
    if (packet_len < before) {
        say_z(d, "[length < 0]");
        invalid(d);
        say_z(d, ")");
        return 0;
    }
    say(d, "%u)", packet_len - before);
    if (offset != 0)
        return 0;
    say_z(d, " ");
    return FRAGMENT_LEN;
}
