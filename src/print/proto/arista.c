/*
 * Arista's time stamps, learnt from captures and from the vendor's "Time Stamping" guide.
 *
 *    0               1               2               3
 *   +-------------------------------+---------------+-------+-------+
 *   |           subtype, 1          |   timescale   |format |  hw   |
 *   +-------------------------------+---------------+-------+-------+
 *   |  seconds: 4 bytes in format 1, 2 in format 2; then nanoseconds, 4 bytes
 */
#include "print/proto/arista.h"

#include "base/time.h"
#include "print/printer.h"
#include "print/timestamp.h"

enum { SUBTYPE, TIMESCALE = 2, FORMAT_HARDWARE, STAMP };

enum { SUBTYPE_TIMESTAMP = 1 };

enum { FORMAT_64BIT = 1, FORMAT_48BIT = 2 };

NAMES(subtypes, (SUBTYPE_TIMESTAMP, "Timestamp"));

NAMES(timescales, (0, "TAI") (1, "UTC"));

NAMES(formats, (FORMAT_64BIT, "64-bit") (FORMAT_48BIT, "48-bit"));

NAMES(hardware, (0, "R/R2") (1, "R3"));

u32 arista_timestamp(struct dissect *d, struct view v)
{
    d->proto = "arista";
    u32 subtype = be16_at(d, v, SUBTYPE);
    say(d, "SubType %s (0x%04x), ", name_of(d, &subtypes.names, subtype, "Unknown"), subtype);
    if (subtype != SUBTYPE_TIMESTAMP)
        return 0;
    u32 timescale = u8_at(d, v, TIMESCALE);
    say(d, "Timescale %s (%u), ", name_of(d, &timescales.names, timescale, "Unknown"), timescale);
    u32 format = u8_at(d, v, FORMAT_HARDWARE) >> 4, hw = u8_at(d, v, FORMAT_HARDWARE) & 15u;
    say(d, "Format %s (%u), HwInfo %s (%u), Timestamp ", name_of(d, &formats.names, format, "Unknown"),
        format, name_of(d, &hardware.names, hw, "Unknown"), hw);
    u32 seconds_len = format == FORMAT_64BIT ? 4 : 2;
    if (format != FORMAT_64BIT && format != FORMAT_48BIT)
        return 0;
    if (!need(d, v, STAMP, seconds_len + 4))
        return 0;
    u32 ns = be32_at(d, v, STAMP + seconds_len);
    u32 seconds = format == FORMAT_64BIT ? be32_at(d, v, STAMP) : be16_at(d, v, STAMP);
    i64 carried = (i64)seconds + ns / NS_PER_SECOND;
    if (format == FORMAT_64BIT)
        timestamp_print_date(d->out, d->opt, carried);
    else
        out_int64(d->out, carried);
    say(d, ".%09u", ns % NS_PER_SECOND);
    return STAMP + seconds_len + 4;
}
