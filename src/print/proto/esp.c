/*
 * ESP: encrypted payload.  RFC 4303, section 2.
 *
 *    0               1               2               3
 *   +---------------------------------------------------------------+
 *   |                   security parameters index                   |
 *   |                        sequence number                        |
 *   |              encrypted payload, integrity check               |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { SPI, SEQUENCE = 4, HEADER_LEN = 8 };

void print_esp(struct dissect *d, struct view v)
{
    d->proto = "esp";
    if (v.cap <= HEADER_LEN) { /* as tcpdump: a header without anything behind it is cut */
        truncated(d);
        return;
    }
    say(d, "ESP(spi=0x%08x,seq=0x%x), length %u", be32_at(d, v, SPI), be32_at(d, v, SEQUENCE),
        v.len);
}
