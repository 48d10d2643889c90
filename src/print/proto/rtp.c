/*
 * RTP: media in real time.  RFC 3550, section 5.1; version 1 is that of draft-ietf-avt-rtp-01.
 *
 *    0               1               2               3
 *   +---+-+-+-------+-+-------------+-------------------------------+
 *   | 2 |P|X| count |M|    type     |        sequence number        |
 *   +---+-+-+-------+-+-------------+-------------------------------+
 *   |                          time stamp                           |
 *   |                    synchronization source                     |
 *   |                  extension, payload (variable)                |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { TIMESTAMP = 4, SOURCE = 8, V1_HEADER_LEN = 8, HEADER_LEN = 12, WORD = 4 };

enum { EXTENSION = 0x10000000, MARKER = 0x800000, TYPE = 0x7f0000 };
enum { V1_OPTIONS = 0x800000, V1_MARKER = 0x400000, V1_TYPE = 0x3f0000 };
enum { TYPE_SHIFT = 16, SEQUENCE = 0xffff, TYPE_H261 = 31 };

/* Skips the options of version 1, a list whose last one has its first bit set; 0 when it is bad. */
static u32 skip_options(struct dissect *d, struct view v, u32 at, u32 payload_len)
{
    enum { LAST = 0x80000000, LENGTH_SHIFT = 16, LENGTH_MASK = 0xff };
    u32 option;

    do {
        option = be32_at(d, v, at);
        u32 words = option >> LENGTH_SHIFT & LENGTH_MASK;
        if (words == 0 || words > payload_len / WORD)
            return 0;
        at += words * WORD;
    } while ((option & LAST) == 0 && !d->sealed);
    return at;
}

static void say_details(struct dissect *d, struct view v, u32 first, u32 at, u32 payload_len)
{
    bool v1 = first >> 30 == 1;

    say_at(d, v, " %lu", AT_BE32(SOURCE));
    if (v1 && (first & V1_OPTIONS) != 0) {
        at = skip_options(d, v, at, payload_len);
        if (at == 0) {
            say_z(d, " !opt");
            return;
        }
    }
    if (!v1 && (first & EXTENSION) != 0) {
        u32 words = (be32_at(d, v, at) & SEQUENCE) + 1;
        if (words > payload_len / WORD) {
            say_z(d, " !ext");
            return;
        }
        at += words * WORD;
    }
    if ((first & (v1 ? V1_TYPE : TYPE)) >> TYPE_SHIFT == TYPE_H261)
        say(d, " 0x%04x", be32_at(d, v, at) >> 16);
}

void print_rtp(struct dissect *d, struct view v)
{
    d->proto = "rtp";
    if (v.len < V1_HEADER_LEN) {
        say(d, "udp/rtp, length %u < %u", v.len, (unsigned)V1_HEADER_LEN);
        return;
    }
    u32 first = be32_at(d, v, 0), timestamp = be32_at(d, v, TIMESTAMP);
    bool v1 = first >> 30 == 1;
    u32 header_len = v1 ? V1_HEADER_LEN : HEADER_LEN;
    if (v.len < header_len) {
        say(d, "udp/rtp, length %u < %u", v.len, header_len);
        return;
    }
    u32 payload_len = v.len - header_len;
    say(d, "%s %u c%u %s%s %u %u", v1 ? "udp/rtpv1" : "udp/rtp", payload_len,
        (first & (v1 ? V1_TYPE : TYPE)) >> TYPE_SHIFT,
        (first & (v1 ? V1_OPTIONS : EXTENSION)) != 0 ? "+" : "",
        (first & (v1 ? V1_MARKER : MARKER)) != 0 ? "*" : "", first & SEQUENCE, timestamp);
    if (verbose(d, 1))
        say_details(d, v, first, header_len, payload_len);
}
