/* The five styles of -t. */
#include "print/timestamp.h"

#include "base/format.h"
#include "base/pen.h"
#include "base/time.h"

enum { SECONDS_PER_MINUTE = 60 };

/* Room for the parts of a stamp. */
enum { FRACTION_MAX = 10, CLOCK_MAX = 48 };

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

/*
 * A whole second or more in the field of fractions: shown as it stood in the file, as
 * tcpdump 4.99.3 does in more than ninety stored cases.  Later releases add a remark, which those
 * cases rule out.
 */
static COLD void put_carried(struct out *o, const struct print_options *opt, u32 ns, u32 carried_s)
{
    u64 whole = (u64)carried_s * NS_PER_SECOND + ns;

    out_char(o, '.');
    out_dec64(o, opt->nanoseconds ? whole : whole / 1000);
}

/* ".123456" or ".123456789". */
static char *pen_fraction(char *p, const struct print_options *opt, u32 ns)
{
    u32 us = ns / 1000;

    p = pen_two(pen_char(p, '.'), us / 10000);
    p = pen_two(pen_two(p, us / 100 % 100), us % 100);
    if (opt->nanoseconds)
        p = pen_two(pen_char(p, (char)('0' + ns % 1000 / 100)), ns % 100);
    return p;
}

static void put_fraction(struct out *o, const struct print_options *opt, u32 ns)
{
    if (out_room(o, FRACTION_MAX))
        o->pos = pen_fraction(o->pos, opt, ns);
}

/* The time of day, with the date if asked for, down to seconds. */
static char *pen_clock(char *p, struct timestamps *t, const struct print_options *opt, i64 seconds)
{
    u64 since = (u64)(seconds - t->minute * SECONDS_PER_MINUTE);

    if (unlikely(!t->minute_known || since >= SECONDS_PER_MINUTE)) {
        i64 minute = seconds / SECONDS_PER_MINUTE - (seconds % SECONDS_PER_MINUTE < 0);
        write_minute(t, opt, seconds);
        t->minute = minute;
        t->minute_known = true;
        since = (u64)(seconds - minute * SECONDS_PER_MINUTE);
    }
    memcpy(p, t->text, sizeof t->text);
    return pen_two(p + t->text_len, (u32)since);
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

/*
 * A time past 2038 with a fraction of a second or more.  Later releases take such seconds as they
 * are, but put a remark behind such a fraction (see put_carried); so it keeps the words of 4.99.3.
 */
static bool is_nonsense(const struct packet *p, i64 seconds)
{
    return p->carried_s != 0 && seconds > INT32_MAX;
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

/* The stamps that say how long ago something was. */
static void put_difference(struct timestamps *t, struct out *o, const struct print_options *opt,
                           i64 ts_ns)
{
    i64 shown_ns = rounded(opt, ts_ns);

    if (!t->started) {
        t->started = true;
        t->first_ns = t->previous_ns = shown_ns;
    }
    put_interval(o, opt, shown_ns - (opt->time == TIME_DELTA ? t->previous_ns : t->first_ns));
    t->previous_ns = shown_ns;
    out_char(o, ' ');
}

void timestamp_print(struct timestamps *t, struct out *o, const struct print_options *opt,
                     const struct packet *p)
{
    u32 fraction;

    if (unlikely(p->ts_ns == PACKET_TIME_BEYOND)) {
        put_beyond(o, opt);
        return;
    }
    if (opt->time == TIME_NONE)
        return;
    if (opt->time == TIME_DELTA || opt->time == TIME_SINCE_FIRST) {
        put_difference(t, o, opt, p->ts_ns);
        return;
    }
    i64 seconds = seconds_from_ns(p->ts_ns, &fraction) - p->carried_s;
    if (unlikely(is_nonsense(p, seconds))) {
        put_beyond(o, opt);
        return;
    }
    if (opt->time == TIME_SECONDS)
        out_int64(o, seconds);
    else if (out_room(o, CLOCK_MAX))
        o->pos = pen_clock(o->pos, t, opt, seconds);
    if (unlikely(p->carried_s != 0))
        put_carried(o, opt, fraction, p->carried_s);
    else
        put_fraction(o, opt, fraction);
    out_char(o, ' ');
}

void timestamp_print_date(struct out *o, const struct print_options *opt, i64 seconds)
{
    i32 shift = opt->zone.offset != NULL ? opt->zone.offset(opt->zone.context, seconds) : 0;
    struct civil c = civil_from_seconds(seconds + shift);

    out_int64(o, c.year);
    out_format(o, "-%02u-%02u %02u:%02u:%02u", c.month, c.day, c.hour, c.minute, c.second);
}
