/*
 * OTV: overlay transport virtualization, Ethernet frames over UDP.  draft-hasmit-otv-04, section 3.1.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   | R R R R I R R R |             overlay identifier              |
 *   |             instance identifier               |   reserved    |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/ether.h"

enum { FLAGS, OVERLAY, INSTANCE = 4, HEADER_LEN = 8 };

enum { HAS_INSTANCE = 0x08 };

void print_otv(struct dissect *d, struct view v)
{
    d->proto = "otv";
    say_z(d, "OTV, ");
    if (v.len < HEADER_LEN) {
        say(d, "[length %u < %u]", v.len, (unsigned)HEADER_LEN);
        invalid(d);
        return;
    }
    u8 flags = u8_at(d, v, FLAGS);
    say_z(d, "flags ");
    say(d, "[%s] (0x%02x), ", (flags & HAS_INSTANCE) != 0 ? "I" : ".", flags);
    say_at(d, v, "overlay %lu, ", AT_BE24(OVERLAY));
    say_at(d, v, "instance %lu\n", AT_BE24(INSTANCE));
    if (need(d, v, 0, HEADER_LEN))
        ether_frame(d, view_from(v, HEADER_LEN));
}
