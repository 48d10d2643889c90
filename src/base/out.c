/* The text buffer and the writers that most packets go through. */
#include "base/out.h"

#include "base/check.h"
#include "base/pen.h"

static void drop_text(void *to, const char *text, size_t n)
{
    (void)to, (void)text, (void)n;
}

struct out out_over(char *buffer, size_t size,
                    void (*flush)(void *to, const char *text, size_t n), void *to)
{
    check(size >= OUT_MIN);
    return (struct out){ .pos = buffer,
                         .end = buffer + size,
                         .base = buffer,
                         .limit = buffer + size,
                         .flush = flush,
                         .to = to };
}

struct out out_fixed(char *buffer, size_t size)
{
    return (struct out){ .pos = buffer,
                         .end = buffer + size,
                         .base = buffer,
                         .limit = buffer + size,
                         .flush = drop_text };
}

/* Hands over [base, until) and moves what is behind it down. */
static void flush_until(struct out *o, char *until)
{
    size_t done = (size_t)(until - o->base);
    size_t rest = (size_t)(o->pos - until);

    if (done == 0)
        return;
    o->flush(o->to, o->base, done);
    memmove(o->base, until, rest);
    o->flushed += done;
    o->pos = o->base + rest;
    if (o->keep != NULL)
        o->keep = o->base;
    if (o->shut)
        o->end = o->pos;
}

void out_flush(struct out *o) { flush_until(o, o->pos); }

void out_shut(struct out *o)
{
    o->shut = true;
    o->end = o->pos;
}

void out_open(struct out *o)
{
    o->shut = false;
    o->end = o->limit;
}

void out_hold(struct out *o)
{
    if (o->keep == NULL)
        o->keep = o->pos;
}

void out_settle(struct out *o) { o->keep = NULL; }

void out_withdraw(struct out *o)
{
    if (o->keep == NULL)
        return;
    o->pos = o->keep;
    o->keep = NULL;
    if (o->shut)
        o->end = o->pos;
}

COLD bool out_make_room(struct out *o, size_t n)
{
    if (o->shut)
        return false;
    if (o->flush == drop_text) { /* a fixed output: what is there stays, the rest is dropped */
        o->flushed += n;
        return false;
    }
    flush_until(o, o->keep != NULL && o->keep > o->base ? o->keep : o->pos);
    if ((size_t)(o->end - o->pos) < n)
        flush_until(o, o->pos);
    return (size_t)(o->end - o->pos) >= n;
}

/*
 * Up to 32 bytes in one or two overlapping moves.  Most text is that short, and a C library's
 * memcpy() spends longer on deciding how to copy than on copying.
 */
static void copy_short(char *to, const char *from, size_t n)
{
    if (n >= 16) {
        memcpy(to, from, 16);
        memcpy(to + n - 16, from + n - 16, 16);
    } else if (n >= 8) {
        memcpy(to, from, 8);
        memcpy(to + n - 8, from + n - 8, 8);
    } else if (n >= 4) {
        memcpy(to, from, 4);
        memcpy(to + n - 4, from + n - 4, 4);
    } else if (n >= 2) {
        memcpy(to, from, 2);
        to[n - 1] = from[n - 1];
    } else {
        *to = *from;
    }
}

void out_bytes(struct out *o, const void *text, size_t n)
{
    const char *from = text;

    if (likely(n - 1 < 32 && (size_t)(o->end - o->pos) >= n)) {
        copy_short(o->pos, from, n);
        o->pos += n;
        return;
    }
    while (n > 0) {
        size_t room = (size_t)(o->end - o->pos);
        size_t part = n < room ? n : room;
        if (part > 0) {
            mem_copy_packet(o->pos, from, part);
            o->pos += part;
            from += part;
            n -= part;
        }
        if (n > 0 && !out_make_room(o, 1))
            return;
    }
}

NOINLINE void out_z(struct out *o, const char *s) { out_bytes(o, s, strlen(s)); }

NOINLINE void out_byte(struct out *o, char c)
{
    if (out_room(o, 1))
        *o->pos++ = c;
}

void out_repeat(struct out *o, char c, size_t n)
{
    for (; n > 0; n--)
        out_char(o, c);
}

void out_dec(struct out *o, u32 value)
{
    char text[PEN_DEC_MAX];

    if (likely((size_t)(o->end - o->pos) >= PEN_DEC_MAX))
        o->pos = pen_dec(o->pos, value);
    else
        out_bytes(o, text, (size_t)(pen_dec(text, value) - text));
}

/* The decimal digits of `value`, right-aligned in text[20]; returns the first one. */
static char *decimal(char text[20], u64 value)
{
    char *p = text + 20;
    do
        *--p = (char)('0' + value % 10);
    while ((value /= 10) != 0);
    return p;
}

void out_dec64(struct out *o, u64 value)
{
    char text[20];
    const char *p = decimal(text, value);
    out_bytes(o, p, (size_t)(text + sizeof text - p));
}

void out_int64(struct out *o, i64 value)
{
    if (value < 0)
        out_char(o, '-');
    out_dec64(o, value < 0 ? -(u64)value : (u64)value);
}

void out_dec_pad(struct out *o, u64 value, u32 width, char pad)
{
    char text[20];
    const char *p = decimal(text, value);
    size_t n = (size_t)(text + sizeof text - p);

    if (n < width)
        out_repeat(o, pad, width - n);
    out_bytes(o, p, n);
}

void out_hex(struct out *o, u64 value)
{
    u32 digits = 1;
    while (digits < 16 && value >> (4 * digits) != 0)
        digits++;
    out_hex_pad(o, value, digits);
}

void out_hex_pad(struct out *o, u64 value, u32 digits)
{
    char text[16];

    check(digits >= 1 && digits <= 16);
    for (u32 i = digits; i-- > 0; value >>= 4)
        text[i] = pen_hex_digits[value & 15];
    out_bytes(o, text, digits);
}

void out_ip4(struct out *o, const void *address)
{
    char text[PEN_IP4_MAX + PEN_SLACK];
    out_bytes(o, text, (size_t)(pen_ip4(text, address) - text));
}

void out_ip6(struct out *o, const void *address)
{
    char text[PEN_IP6_MAX + PEN_SLACK];
    out_bytes(o, text, (size_t)(pen_ip6(text, address) - text));
}

void out_mac(struct out *o, const void *address)
{
    char text[PEN_MAC_MAX];
    out_bytes(o, text, (size_t)(pen_mac(text, address) - text));
}
