/*
 * RESP: the protocol of Redis, version 2, from the "Redis serialization protocol specification".
 *
 *   +text CR LF                 simple string; also -error and :integer
 *   $length CR LF bytes CR LF   bulk string; $-1 is null
 *   *count CR LF items...       array; *-1 is null
 *   anything else               a command as a line
 *
 * Arrays may hold arrays, but as only strings are shown, it is enough to count the items that are
 * still owed.
 */
#include "print/printer.h"

/* What a length says that is not a length. */
enum { LENGTH_NULL = -1, LENGTH_CUT = -2, LENGTH_TOO_LARGE = -3, LENGTH_NEGATIVE = -4,
       LENGTH_INVALID = -5 };

static void say_segment(struct dissect *d, struct view v, u32 n)
{
    say_z(d, " \"");
    say_visible(d, view_clip(v, n));
    say_z(d, "\"");
}

static bool take(struct view *v, u32 n)
{
    *v = view_from(*v, n);
    return true;
}

static bool is_line_end(int c) { return c == '\r' || c == '\n'; }

/* The bytes before CR LF, or -1 when there is none. */
static i64 find_crlf(struct view v)
{
    for (u32 i = 0; i + 1 < v.len && view_has(v, i, 2); i++)
        if (view_byte(v, i) == '\r' && view_byte(v, i + 1) == '\n')
            return i;
    return -1;
}

/*
 * The number that `*v` begins with and the CR LF behind it, which are taken off; or one of the
 * LENGTH_ codes, with everything up to the offending byte taken off.
 */
static i32 take_length(struct dissect *d, struct view *v)
{
    bool negative = v->len > 0 && u8_at(d, *v, 0) == '-';
    i64 value = 0;
    u32 at = negative ? 1 : 0, first = at;

    for (; at < v->len && is_digit((char)u8_at(d, *v, at)); at++)
        if (value <= INT_MAX)
            value = value * 10 + (u8_at(d, *v, at) - '0');
    if (at >= v->len)
        return LENGTH_CUT;
    if (at == first || u8_at(d, *v, at) != '\r') {
        take(v, at + 1);
        return LENGTH_INVALID;
    }
    if (at + 1 >= v->len)
        return LENGTH_CUT;
    bool ended = u8_at(d, *v, at + 1) == '\n';
    take(v, at + 2);
    if (!ended)
        return LENGTH_INVALID;
    if (negative)
        return value == 1 ? LENGTH_NULL : LENGTH_NEGATIVE;
    return value > INT_MAX ? LENGTH_TOO_LARGE : (i32)value;
}

/* All of these take what they print off `*v` and return false when it is cut. */

static bool say_length_code(struct dissect *d, i32 code)
{
    switch (code) {
    case LENGTH_NULL: say_z(d, " null"); return true;
    case LENGTH_CUT: return false;
    case LENGTH_TOO_LARGE: say_z(d, " length too large"); return true;
    case LENGTH_NEGATIVE: say_z(d, " length negative and not -1"); return true;
    default: say_z(d, " invalid"); return true;
    }
}

/* The rest of a line, and its CR LF. */
static bool say_line(struct dissect *d, struct view *v)
{
    i64 n = find_crlf(*v);

    if (n < 0)
        return false;
    say_segment(d, *v, (u32)n);
    return take(v, (u32)n + 2);
}

static bool say_bulk_string(struct dissect *d, struct view *v)
{
    i32 length = take_length(d, v);

    if (length < 0)
        return say_length_code(d, length);
    if (length == 0) {
        say_z(d, " empty");
    } else {
        if (v->len < (u32)length || !view_has(*v, 0, (u32)length))
            return false;
        say_segment(d, *v, (u32)length);
        take(v, (u32)length);
    }
    i64 n = find_crlf(*v); /* as tcpdump: it need not follow at once */
    return n >= 0 && take(v, (u32)n + 2);
}

static bool say_array(struct dissect *d, struct view *v, u64 *owed)
{
    i32 count = take_length(d, v);

    if (count < 0)
        return say_length_code(d, count);
    if (count == 0)
        say_z(d, " empty");
    *owed += (u32)count;
    return true;
}

/* Takes CRs and LFs off; false when the packet ends before the first other byte but has none. */
static bool take_line_ends(struct view *v)
{
    u32 n = 0;

    while (n < v->len && is_line_end(view_byte(*v, n)))
        n++;
    if (n == 0 && (v->len == 0 || view_byte(*v, 0) < 0))
        return false;
    return take(v, n);
}

static bool say_inline(struct dissect *d, struct view *v)
{
    u32 n = 0;

    if (!take_line_ends(v))
        return false;
    while (n < v->len && need(d, *v, n, 1) && !is_line_end(view_byte(*v, n)))
        n++;
    if (n >= v->len || d->sealed)
        return false;
    say_segment(d, *v, n);
    take(v, n);
    return take_line_ends(v);
}

static bool say_item(struct dissect *d, struct view *v, u64 *owed)
{
    switch (u8_at(d, *v, 0)) {
    case '+':
    case '-':
    case ':': take(v, 1); return say_line(d, v);
    case '$': take(v, 1); return say_bulk_string(d, v);
    case '*': take(v, 1); return say_array(d, v, owed);
    default: return say_inline(d, v);
    }
}

void print_resp(struct dissect *d, struct view v)
{
    u64 owed = 0;

    d->proto = "resp";
    say_z(d, ": RESP");
    while (v.len > 0 || owed > 0) {
        if (owed > 0)
            owed--;
        if (v.len == 0 || !say_item(d, &v, &owed)) {
            truncated(d);
            return;
        }
    }
}
