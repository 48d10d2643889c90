/*
 * Mobile IPv4: minimal encapsulation.  RFC 2004.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |   protocol    |S|  reserved   |           checksum            |
 *   |                 original destination address                  |
 *   |          original source address, only with S                 |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { PROTOCOL, FLAGS, CHECKSUM, DESTINATION = 4, SOURCE = 8, SHORT_LEN = 8, LONG_LEN = 12 };

enum { SOURCE_PRESENT = 0x80 };

void print_mobile(struct dissect *d, struct view v)
{
    d->proto = "mobile";
    if (v.len < LONG_LEN || !view_has(v, 0, LONG_LEN)) { /* as tcpdump: even without a source */
        truncated(d);
        return;
    }
    bool has_source = (u8_at(d, v, FLAGS) & SOURCE_PRESENT) != 0;
    say_z(d, "mobile: ");
    say_z(d, has_source ? "[S] " : "[] ");
    if (verbose(d, 1)) {
        if (has_source)
            say_at(d, v, "%pI4 ", AT_ADDRESS(SOURCE));
        say_at(d, v, "> %pI4 (oproto=%lu)", AT_ADDRESS(DESTINATION), AT_U8(PROTOCOL));
    }
    struct checksum sum = { 0 };
    checksum_add(&sum, view_clip(v, has_source ? LONG_LEN : SHORT_LEN));
    if (checksum_end(&sum) != 0)
        say_at(d, v, " (bad checksum %lu)", AT_BE16(CHECKSUM));
}
