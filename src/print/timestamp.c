/* The five styles of -t. */
#include "print/timestamp.h"

#include "base/format.h"
#include "base/pen.h"
#include "base/time.h"

enum { SECONDS_PER_MINUTE = 60 };

/* Room for the digits behind the point, and for a whole stamp. */
enum { FRACTION_MAX = 9, STAMP_MAX = 64 };

/* The time down to seconds, as the styles have it that say when something was. */
static void put_seconds(struct out *o, const struct print_options *opt, i64 seconds)
{
    if (opt->time == TIME_SECONDS) {
        out_int64(o, seconds);
        return;
    }
    i32 shift = opt->zone.offset != NULL ? opt->zone.offset(opt->zone.context, seconds) : 0;
    struct civil c = civil_from_seconds(seconds + shift);

    if (opt->time == TIME_DATE) {
        out_int64(o, c.year);
        out_char(o, '-');
        out_dec_pad(o, c.month, 2, '0');
        out_char(o, '-');
        out_dec_pad(o, c.day, 2, '0');
        out_char(o, ' ');
    }
    out_dec_pad(o, c.hour, 2, '0');
    out_char(o, ':');
    out_dec_pad(o, c.minute, 2, '0');
    out_char(o, ':');
    out_dec_pad(o, c.second, 2, '0');
}

/*
 * Makes the text of the second that begins at `second_ns` the one that is kept.  Local time is asked for
 * once a minute: in between, the two digits before the point change.
 */
static NOINLINE void keep_second(struct timestamps *t, const struct print_options *opt, i64 seconds,
                                 u64 second_ns)
{
    i64 minute = seconds / SECONDS_PER_MINUTE - (seconds % SECONDS_PER_MINUTE < 0);

    if (t->text_len > 0 && t->minute == minute && opt->time != TIME_SECONDS) {
        pen_two(t->text + t->text_len - 3, (u32)(seconds - minute * SECONDS_PER_MINUTE));
    } else {
        struct out o = out_fixed(t->text, sizeof t->text);
        put_seconds(&o, opt, seconds);
        out_char(&o, '.');
        t->text_len = (u8)out_text(&o).len;
        t->minute = minute;
    }
    t->second_ns = second_ns;
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

/* "123456" or "123456789". */
static char *pen_second_fraction(char *p, const struct print_options *opt, u32 ns)
{
    u64 fixed = (u64)(ns / 1000) * 429497; /* ten thousandths of 32 bits: two digits before the point */

    p = pen_fraction(pen_two(p, (u32)(fixed >> 32)), fixed, 2);
    if (unlikely(opt->nanoseconds))
        p = pen_two(pen_char(p, (char)('0' + ns % 1000 / 100)), ns % 100);
    return p;
}

static void put_fraction(struct out *o, const struct print_options *opt, u32 ns)
{
    out_char(o, '.');
    if (out_room(o, FRACTION_MAX))
        o->pos = pen_second_fraction(o->pos, opt, ns);
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

/* The styles that say when something was; the text of a second serves for all packets in it. */
static void put_moment(struct timestamps *t, struct out *o, const struct print_options *opt, i64 ts_ns)
{
    u64 since_ns = (u64)ts_ns - t->second_ns;

    if (unlikely(since_ns >= NS_PER_SECOND || t->text_len == 0)) {
        u32 fraction;
        i64 seconds = seconds_from_ns(ts_ns, &fraction);
        keep_second(t, opt, seconds, (u64)ts_ns - fraction);
        since_ns = fraction;
    }
    if (!out_room(o, STAMP_MAX))
        return;
    memcpy(o->pos, t->text, sizeof t->text);
    o->pos = pen_char(pen_second_fraction(o->pos + t->text_len, opt, (u32)since_ns), ' ');
}

/* ... for a packet whose fraction holds whole seconds. */
static COLD void put_odd_moment(struct out *o, const struct print_options *opt, const struct packet *p)
{
    u32 fraction;
    i64 seconds = seconds_from_ns(p->ts_ns, &fraction) - p->carried_s;

    if (is_nonsense(p, seconds)) {
        put_beyond(o, opt);
        return;
    }
    put_seconds(o, opt, seconds);
    put_carried(o, opt, fraction, p->carried_s);
    out_char(o, ' ');
}

void timestamp_print(struct timestamps *t, struct out *o, const struct print_options *opt,
                     const struct packet *p)
{
    if (unlikely(p->ts_ns == PACKET_TIME_BEYOND)) {
        put_beyond(o, opt);
        return;
    }
    if (opt->time == TIME_NONE)
        return;
    if (opt->time == TIME_DELTA || opt->time == TIME_SINCE_FIRST)
        put_difference(t, o, opt, p->ts_ns);
    else if (unlikely(p->carried_s != 0))
        put_odd_moment(o, opt, p);
    else
        put_moment(t, o, opt, p->ts_ns);
}

void timestamp_print_date(struct out *o, const struct print_options *opt, i64 seconds)
{
    i32 shift = opt->zone.offset != NULL ? opt->zone.offset(opt->zone.context, seconds) : 0;
    struct civil c = civil_from_seconds(seconds + shift);

    out_int64(o, c.year);
    out_format(o, "-%02u-%02u %02u:%02u:%02u", c.month, c.day, c.hour, c.minute, c.second);
}
