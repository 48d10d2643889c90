/*
 * AH: authentication header.  RFC 4302, section 2.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |  next header  |    length     |           reserved            |
 *   +---------------+---------------+-------------------------------+
 *   |                   security parameters index                   |
 *   |                        sequence number                        |
 *   |                 integrity check value (variable)              |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/ip.h"

enum { NEXT_HEADER, LENGTH, RESERVED, SPI = 4, SEQUENCE = 8, ICV = 12 };

void print_ah(struct dissect *d, struct view v)
{
    d->proto = "ah";
    if (v.cap == 0) {
        truncated(d);
        return;
    }
    u8 next = u8_at(d, v, NEXT_HEADER);
    say_z(d, "AH");
    u32 words = u8_at(d, v, LENGTH), header_len = (words + 2) * 4;
    say_z(d, "(");
    if (verbose(d, 1))
        say(d, "length=%u(%u-bytes),", words, header_len);
    u32 reserved = be16_at(d, v, RESERVED);
    if (reserved != 0)
        say(d, "reserved=0x%x[MustBeZero],", reserved);
    say_at(d, v, "spi=0x%08lx,", AT_BE32(SPI));
    say_at(d, v, "seq=0x%lx,icv=0x", AT_BE32(SEQUENCE));
    for (u32 at = ICV; at < header_len && !d->sealed; at++)
        out_hex_pad(d->out, u8_at(d, v, at), 2);
    say_z(d, "): ");
    if (d->sealed || !descend(d))
        return;
    ip_demux(d, view_from(v, header_len), next);
    ascend(d);
}
