/* The five styles of -t. */
#include "print/timestamp.h"

#include "base/format.h"
#include "base/time.h"

enum { SECONDS_PER_MINUTE = 60 };

/* Breaks the minute of `seconds` down into text; local time is asked for once a minute. */
static void write_minute(struct timestamps *t, const struct print_options *opt, i64 seconds)
{
    struct out o = out_fixed(t->text, sizeof t->text);
    i32 shift = opt->zone.offset != NULL ? opt->zone.offset(opt->zone.context, seconds) : 0;
    struct civil c = civil_from_seconds(seconds + shift);

    if (opt->time == TIME_DATE) {
        out_int64(&o, c.year);
        out_char(&o, '-');
        out_dec_pad(&o, c.month, 2, '0');
        out_char(&o, '-');
        out_dec_pad(&o, c.day, 2, '0');
        out_char(&o, ' ');
    }
    out_dec_pad(&o, c.hour, 2, '0');
    out_char(&o, ':');
    out_dec_pad(&o, c.minute, 2, '0');
    out_char(&o, ':');
    t->text_len = (u8)out_text(&o).len;
}

/* A whole second or more in the field of fractions: shown as it stood in the file, as tcpdump 4.99.3. */
static COLD void put_carried(struct out *o, const struct print_options *opt, u32 ns, u32 carried_s)
{
    u64 whole = (u64)carried_s * NS_PER_SECOND + ns;

    out_char(o, '.');
    out_dec64(o, opt->nanoseconds ? whole : whole / 1000);
}

/* ".123456" or ".123456789". */
static void put_fraction(struct out *o, const struct print_options *opt, u32 ns)
{
    char text[10] = ".";
    u32 digits = opt->nanoseconds ? 9 : 6;
    u32 rest = opt->nanoseconds ? ns : ns / 1000;

    for (u32 i = digits; i >= 1; i--, rest /= 10)
        text[i] = (char)('0' + rest % 10);
    out_bytes(o, text, digits + 1);
}

static void put_clock(struct timestamps *t, struct out *o, const struct print_options *opt,
                      i64 seconds)
{
    i64 minute = seconds / SECONDS_PER_MINUTE - (seconds % SECONDS_PER_MINUTE < 0);

    if (!t->minute_known || minute != t->minute) {
        write_minute(t, opt, seconds);
        t->minute = minute;
        t->minute_known = true;
    }
    u32 second = (u32)(seconds - minute * SECONDS_PER_MINUTE);
    out_bytes(o, t->text, t->text_len);
    out_char(o, (char)('0' + second / 10));
    out_char(o, (char)('0' + second % 10));
}

/* A difference of two stamps as [-]HH:MM:SS.fraction, or with a date when days have passed. */
static void put_interval(struct out *o, const struct print_options *opt, i64 ns)
{
    u32 fraction;
    i64 seconds = seconds_from_ns(ns < 0 ? -ns : ns, &fraction);
    u32 of_day = (u32)(seconds % SECONDS_PER_DAY);

    out_char(o, ns < 0 ? '-' : ' ');
    out_dec_pad(o, of_day / 3600, 2, '0');
    out_char(o, ':');
    out_dec_pad(o, of_day / 60 % 60, 2, '0');
    out_char(o, ':');
    out_dec_pad(o, of_day % 60, 2, '0');
    put_fraction(o, opt, fraction);
}

/* The stamp at the resolution that is shown, as the reference subtracts what it prints. */
static i64 rounded(const struct print_options *opt, i64 ns)
{
    u32 fraction;
    i64 seconds = seconds_from_ns(ns, &fraction);
    return seconds * NS_PER_SECOND + (opt->nanoseconds ? fraction : fraction / 1000 * 1000);
}

/* A time that does not fit into a packet: the reference's words for one that it cannot convert. */
static COLD void put_beyond(struct out *o, const struct print_options *opt)
{
    if (opt->time == TIME_NONE)
        return;
    if (opt->time == TIME_DELTA || opt->time == TIME_SINCE_FIRST)
        out_char(o, ' ');
    out_text_z(o, "[Error converting time] ");
}

void timestamp_print(struct timestamps *t, struct out *o, const struct print_options *opt,
                     const struct packet *p)
{
    u32 fraction;
    i64 seconds = seconds_from_ns(p->ts_ns, &fraction) - p->carried_s;
    i64 shown_ns = rounded(opt, p->ts_ns);

    if (unlikely(p->ts_ns == PACKET_TIME_BEYOND)) {
        put_beyond(o, opt);
        return;
    }
    if (!t->started) {
        t->started = true;
        t->first_ns = t->previous_ns = shown_ns;
    }
    switch (opt->time) {
    case TIME_NONE: return;
    case TIME_DELTA: put_interval(o, opt, shown_ns - t->previous_ns); break;
    case TIME_SINCE_FIRST: put_interval(o, opt, shown_ns - t->first_ns); break;
    case TIME_OF_DAY:
    case TIME_DATE:
    case TIME_SECONDS:
        if (opt->time == TIME_SECONDS)
            out_int64(o, seconds);
        else
            put_clock(t, o, opt, seconds);
        if (unlikely(p->carried_s != 0))
            put_carried(o, opt, fraction, p->carried_s);
        else
            put_fraction(o, opt, fraction);
        break;
    }
    t->previous_ns = shown_ns;
    out_char(o, ' ');
}

void timestamp_print_date(struct out *o, const struct print_options *opt, i64 seconds)
{
    i32 shift = opt->zone.offset != NULL ? opt->zone.offset(opt->zone.context, seconds) : 0;
    struct civil c = civil_from_seconds(seconds + shift);

    out_int64(o, c.year);
    out_format(o, "-%02u-%02u %02u:%02u:%02u", c.month, c.day, c.hour, c.minute, c.second);
}
