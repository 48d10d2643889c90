/* What strftime(3) does in the C locale.  The C library's own brings its whole printf along. */
#include "base/time_text.h"

#include "base/time.h"

static const char days[7][10] = { "Sunday",   "Monday", "Tuesday", "Wednesday",
                                  "Thursday", "Friday", "Saturday" };
static const char months[12][10] = { "January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December" };

enum { SHORT_NAME = 3, DAYS_PER_WEEK = 7 };

/* Conversions that stand for others. */
static const struct {
    char letter;
    char pattern[21];
} composed[] = {
    { 'c', "%a %b %e %H:%M:%S %Y" }, { 'D', "%m/%d/%y" },    { 'F', "%Y-%m-%d" }, { 'h', "%b" },
    { 'r', "%I:%M:%S %p" },          { 'R', "%H:%M" },       { 'T', "%H:%M:%S" }, { 'x', "%m/%d/%y" },
    { 'X', "%H:%M:%S" },
};

static bool is_leap(i64 year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

/* The number of whole weeks before `c` in its year; weeks begin `weekday` days ago. */
static u32 week(const struct civil *c, u32 weekday)
{
    return (c->yearday + DAYS_PER_WEEK - weekday) / DAYS_PER_WEEK;
}

static u32 from_monday(const struct civil *c) { return (c->weekday + DAYS_PER_WEEK - 1u) % DAYS_PER_WEEK; }

/* The week after ISO 8601, to whose year most of its days belong: it may be the year before or after. */
static u32 iso_week(const struct civil *c, i64 *year)
{
    u32 monday = from_monday(c);
    u32 thursday = c->yearday + 3u + DAYS_PER_WEEK - monday; /* of this week, a week too late */
    u32 days_in_year = 365u + is_leap(c->year);

    *year = c->year;
    if (thursday < DAYS_PER_WEEK) {
        --*year;
        return (thursday + 365u + is_leap(*year) - DAYS_PER_WEEK) / DAYS_PER_WEEK + 1;
    }
    thursday -= DAYS_PER_WEEK;
    if (thursday >= days_in_year) {
        ++*year;
        return 1;
    }
    return thursday / DAYS_PER_WEEK + 1;
}

/* A number as it is without a flag: its width, and what fills it. */
struct number {
    i64 value;
    u32 width;
    char pad;
};

/* Numbers of the date; false when the letter is none. */
static bool number_of_date(char letter, const struct civil *c, struct number *n)
{
    i64 iso_year;
    u32 iso = iso_week(c, &iso_year);

    switch (letter) {
    case 'C': *n = (struct number){ c->year / 100, 2, '0' }; return true;
    case 'd': *n = (struct number){ c->day, 2, '0' }; return true;
    case 'e': *n = (struct number){ c->day, 2, ' ' }; return true;
    case 'g': *n = (struct number){ iso_year % 100, 2, '0' }; return true;
    case 'G': *n = (struct number){ iso_year, 1, '0' }; return true;
    case 'j': *n = (struct number){ c->yearday + 1, 3, '0' }; return true;
    case 'm': *n = (struct number){ c->month, 2, '0' }; return true;
    case 'u': *n = (struct number){ from_monday(c) + 1, 1, '0' }; return true;
    case 'U': *n = (struct number){ week(c, c->weekday), 2, '0' }; return true;
    case 'V': *n = (struct number){ iso, 2, '0' }; return true;
    case 'w': *n = (struct number){ c->weekday, 1, '0' }; return true;
    case 'W': *n = (struct number){ week(c, from_monday(c)), 2, '0' }; return true;
    case 'y': *n = (struct number){ c->year % 100, 2, '0' }; return true;
    case 'Y': *n = (struct number){ c->year, 1, '0' }; return true;
    default: return false;
    }
}

/* Numbers of the time of day, and the seconds since 1970. */
static bool number_of_time(char letter, const struct civil *c, i64 seconds, struct number *n)
{
    u32 twelve = c->hour % 12 != 0 ? c->hour % 12u : 12;

    switch (letter) {
    case 'H': *n = (struct number){ c->hour, 2, '0' }; return true;
    case 'I': *n = (struct number){ twelve, 2, '0' }; return true;
    case 'k': *n = (struct number){ c->hour, 2, ' ' }; return true;
    case 'l': *n = (struct number){ twelve, 2, ' ' }; return true;
    case 'M': *n = (struct number){ c->minute, 2, '0' }; return true;
    case 's': *n = (struct number){ seconds, 1, '0' }; return true;
    case 'S': *n = (struct number){ c->second, 2, '0' }; return true;
    default: return false;
    }
}

static void write_number(struct out *o, const struct number *n, char flag)
{
    char pad = flag == '_' ? ' ' : flag == '0' ? '0' : n->pad;

    if (n->value < 0)
        out_int64(o, n->value);
    else
        out_dec_pad(o, (u64)n->value, flag == '-' ? 1 : n->width, pad);
}

static void write_offset(struct out *o, i32 offset)
{
    u32 minutes = (u32)(offset < 0 ? -offset : offset) / 60;

    out_char(o, offset < 0 ? '-' : '+');
    out_dec_pad(o, minutes / 60 * 100 + minutes % 60, 4, '0');
}

/* Names and signs; false when the letter is none. */
static bool write_word(struct out *o, char letter, const struct civil *c, const struct local_time *when)
{
    bool after_noon = c->hour >= 12;

    switch (letter) {
    case 'a': out_bytes(o, days[c->weekday], SHORT_NAME); return true;
    case 'A': out_text_z(o, days[c->weekday]); return true;
    case 'b': out_bytes(o, months[c->month - 1], SHORT_NAME); return true;
    case 'B': out_text_z(o, months[c->month - 1]); return true;
    case 'p': out_text_z(o, after_noon ? "PM" : "AM"); return true;
    case 'P': out_text_z(o, after_noon ? "pm" : "am"); return true;
    case 'n': out_char(o, '\n'); return true;
    case 't': out_char(o, '\t'); return true;
    case '%': out_char(o, '%'); return true;
    case 'z': write_offset(o, when->offset); return true;
    case 'Z': out_text_z(o, when->zone); return true;
    default: return false;
    }
}

/* Writes the conversion that begins behind a percent sign; what is behind it, or NULL when it is none. */
static const char *convert(struct out *o, const char *at, const struct civil *c,
                           const struct local_time *when)
{
    char flag = '\0';
    struct number n;

    if (*at == '-' || *at == '_' || *at == '0')
        flag = *at++;
    if (*at == 'E' || *at == 'O')
        at++;
    for (size_t i = 0; i < countof(composed); i++)
        if (*at == composed[i].letter) {
            out_time(o, composed[i].pattern, when); /* none of which is composed of itself */
            return at + 1;
        }
    if (number_of_date(*at, c, &n) || number_of_time(*at, c, when->seconds, &n))
        write_number(o, &n, flag);
    else if (!write_word(o, *at, c, when))
        return NULL;
    return at + 1;
}

void out_time(struct out *o, const char *pattern, const struct local_time *when)
{
    struct civil c = civil_from_seconds(when->seconds + when->offset);

    while (*pattern != '\0') {
        const char *behind = *pattern == '%' ? convert(o, pattern + 1, &c, when) : NULL;
        if (behind == NULL)
            out_char(o, *pattern++);
        else
            pattern = behind;
    }
}
