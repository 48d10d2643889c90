/*
 * VAT: the visual audio tool of the early Mbone, with its successor's packets on the same port.
 * There is no specification; the layout is that of the tool's own header file.
 *
 *    0               1               2               3
 *   +---+-----------+-+-+-+---------+-------------------------------+
 *   |ver|   sites   |T| | | format  |          conference           |
 *   +---+-----------+-+-+-+---------+-------------------------------+
 *   |                          time stamp                           |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { TIMESTAMP = 4, SHORTEST = 2, HEADER_LEN = 8 };

enum { NOT_VAT = 0xf060, CONFERENCE = 0xffff, TALK_START = 0x800000 };

void print_vat(struct dissect *d, struct view v)
{
    d->proto = "vat";
    if (v.len < SHORTEST) {
        say(d, "udp/va/vat, length %u < %u", v.len, (unsigned)SHORTEST);
        return;
    }
    u32 start = be16_at(d, v, 0);
    if ((start & NOT_VAT) != 0) {
        say(d, "udp/vt %u %u / %u", v.len, start & 0x3ff, start >> 10);
        return;
    }
    if (v.len < HEADER_LEN) {
        say(d, "udp/vat, length %u < %u", v.len, (unsigned)HEADER_LEN);
        return;
    }
    u32 first = be32_at(d, v, 0), format = first >> 16 & 0x1f, sites = first >> 24 & 0x3f;
    say_at(d, v, "udp/vat %u c%u %lu%s", v.len - HEADER_LEN, first & CONFERENCE, AT_BE32(TIMESTAMP),
           (first & TALK_START) != 0 ? "*" : "");
    if (format != 0)
        say(d, " f%u", format);
    if (sites != 0)
        say(d, " s%u", sites);
}
