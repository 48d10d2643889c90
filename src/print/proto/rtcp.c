/*
 * RTCP: reports about RTP.  RFC 3550, section 6.4; several stand in one packet.
 *
 *    0               1               2               3
 *   +---+-+---------+---------------+-------------------------------+
 *   | 2 |P|  count  |     type      |      length in words - 1      |
 *   +---+-+---------+---------------+-------------------------------+
 *   |                            source                             |
 *   +---------------------------------------------------------------+
 *   |   sender report: NTP time (8), RTP time, packets, bytes sent  |
 *   +---------------------------------------------------------------+
 *   |  reports: source, lost, last sequence, jitter, last report,   |
 *   |           delay since then                                    |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { FIRST, TYPE, LENGTH, SOURCE = 4, HEADER_LEN = 8, SENDER_LEN = 20, REPORT_LEN = 24 };

enum { SENDER_REPORT = 200, RECEIVER_REPORT, SOURCE_DESCRIPTION, GOODBYE };

enum { COUNT_MASK = 0x1f, PRECISION = 53 };

/*
 * A number with 32 fraction bits, rounded to hundredths.  as tcpdump: first to the 53 bits that a
 * double keeps; halves go to the even neighbour both times.
 */
static void say_hundredths(struct dissect *d, u64 fixed)
{
    u32 bits = fixed == 0 ? 0 : 64 - (u32)__builtin_clzll(fixed);

    if (bits > PRECISION) {
        u32 shift = bits - PRECISION;
        u64 half = 1ull << (shift - 1), rest = fixed & (2 * half - 1);
        fixed >>= shift;
        fixed += rest > half || (rest == half && (fixed & 1) != 0);
        if (bits == 64 && fixed == 1ull << PRECISION) {
            say_z(d, "4294967296.00");
            return;
        }
        fixed <<= shift;
    }
    u64 scaled = (fixed & UINT32_MAX) * 100, hundredths = scaled >> 32, rest = scaled & UINT32_MAX;
    hundredths += rest > 1u << 31 || (rest == 1u << 31 && (hundredths & 1) != 0);
    say(d, "%llu.%02u", (unsigned long long)(fixed >> 32) + hundredths / 100,
        (unsigned)(hundredths % 100));
}

static void say_sender(struct dissect *d, struct view v)
{
    enum { NTP_TIME = 0, RTP_TIME = 8, PACKETS = 12, BYTES = 16 };
    u64 time = be64_at(d, v, NTP_TIME);
    u32 rtp = be32_at(d, v, RTP_TIME), packets = be32_at(d, v, PACKETS), bytes = be32_at(d, v, BYTES);

    say_z(d, " @");
    say_hundredths(d, time);
    say(d, " %u %up %ub", rtp, packets, bytes);
}

static void say_report(struct dissect *d, struct view v)
{
    enum { ABOUT, LOST = 4, LAST_SEQUENCE = 8, JITTER = 12, LAST_REPORT = 16, DELAY = 20 };

    if (!need(d, v, 0, REPORT_LEN))
        return;
    if (verbose(d, 1))
        say_at(d, v, " %lu", AT_BE32(ABOUT));
    say_at(d, v, " %lul %lus %luj @", AT_BE24(LOST + 1), AT_BE32(LAST_SEQUENCE), AT_BE32(JITTER));
    say_hundredths(d, (u64)be32_at(d, v, LAST_REPORT) << 16);
    say_z(d, "+");
    say_hundredths(d, (u64)be32_at(d, v, DELAY) << 16);
}

/* One packet of the compound at the start of `v`.  Returns its length, or 0 when the rest is cut. */
static u32 say_packet(struct dissect *d, struct view v)
{
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return 0;
    }
    u32 count = u8_at(d, v, FIRST) & COUNT_MASK, type = u8_at(d, v, TYPE);
    u32 len = (be16_at(d, v, LENGTH) + 1u) * 4, at = HEADER_LEN;
    bool source = verbose(d, 1);
    switch (type) {
    case SENDER_REPORT:
        say_z(d, " sr");
        at += SENDER_LEN;
        if (len != at + count * REPORT_LEN)
            say(d, " [%u]", len);
        if (source)
            say_at(d, v, " %lu", AT_BE32(SOURCE));
        say_sender(d, view_from(v, HEADER_LEN));
        break;
    case RECEIVER_REPORT:
        say_z(d, " rr");
        if (len != at + count * REPORT_LEN)
            say(d, " [%u]", len);
        if (source)
            say_at(d, v, " %lu", AT_BE32(SOURCE));
        break;
    case SOURCE_DESCRIPTION:
    case GOODBYE:
        say(d, " %s %u", type == GOODBYE ? "bye" : "sdes", len);
        if (source)
            say_at(d, v, " %lu", AT_BE32(SOURCE));
        count = 0;
        break;
    default:
        say(d, " type-0x%x %u", type, len);
        count = 0;
        break;
    }
    if (count > 1)
        say(d, " c%u", count);
    for (u32 i = 0; repeat(d, i, count); i++) /* as tcpdump: the first one each time */
        say_report(d, view_from(v, at));
    return d->sealed ? 0 : len;
}

void print_rtcp(struct dissect *d, struct view v)
{
    d->proto = "rtcp";
    while (v.cap > 0) {
        u32 len = say_packet(d, v);
        if (len == 0)
            break;
        v = view_from(v, len);
    }
}
