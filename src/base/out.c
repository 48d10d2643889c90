/* The text buffer and the writers that most packets go through. */
#include "base/out.h"

#include "base/bytes.h"
#include "base/check.h"

/* Two digits at a time halve the divisions of a decimal number. */
static const char two_digits[] = "0001020304050607080910111213141516171819202122232425262728293031"
                                 "3233343536373839404142434445464748495051525354555657585960616263"
                                 "6465666768697071727374757677787980818283848586878889909192939495"
                                 "96979899";
static const char hex_digits[] = "0123456789abcdef";

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

void out_bytes(struct out *o, const void *text, size_t n)
{
    const char *from = text;

    while (n > 0) {
        size_t room = (size_t)(o->end - o->pos);
        size_t part = n < room ? n : room;
        if (part > 0) {
            memcpy(o->pos, from, part);
            o->pos += part;
            from += part;
            n -= part;
        }
        if (n > 0 && !out_make_room(o, 1))
            return;
    }
}

void out_repeat(struct out *o, char c, size_t n)
{
    for (; n > 0; n--)
        out_char(o, c);
}

void out_dec(struct out *o, u32 value)
{
    char text[10], *p = text + sizeof text;

    while (value >= 100) {
        p -= 2;
        memcpy(p, two_digits + value % 100 * 2, 2);
        value /= 100;
    }
    if (value >= 10) {
        p -= 2;
        memcpy(p, two_digits + value * 2, 2);
    } else {
        *--p = (char)('0' + value);
    }
    out_bytes(o, p, (size_t)(text + sizeof text - p));
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
        text[i] = hex_digits[value & 15];
    out_bytes(o, text, digits);
}

/* One byte of an IPv4 address; returns the position behind it. */
static char *put_byte(char *p, u32 byte)
{
    if (byte >= 100) {
        *p++ = (char)('0' + byte / 100);
        byte %= 100;
        memcpy(p, two_digits + byte * 2, 2);
        return p + 2;
    }
    if (byte >= 10) {
        memcpy(p, two_digits + byte * 2, 2);
        return p + 2;
    }
    *p++ = (char)('0' + byte);
    return p;
}

void out_ip4(struct out *o, const void *address)
{
    const u8 *a = address;
    char text[15], *p = text;

    for (int i = 0; i < 4; i++) {
        if (i > 0)
            *p++ = '.';
        p = put_byte(p, a[i]);
    }
    out_bytes(o, text, (size_t)(p - text));
}

/* A run of zero words in an IPv6 address. */
struct zero_run {
    u32 at, count;
};

/* The longest run of at least two zero words, the first of several (RFC 5952, section 4.2). */
static struct zero_run longest_zero_run(const u16 words[8])
{
    struct zero_run best = { 0, 0 };

    for (u32 i = 0; i < 8;) {
        u32 n = 0;
        while (i + n < 8 && words[i + n] == 0)
            n++;
        if (n >= 2 && n > best.count)
            best = (struct zero_run){ i, n };
        i += n + 1;
    }
    return best;
}

void out_ip6(struct out *o, const void *address)
{
    const u8 *a = address;
    u16 words[8];

    for (u32 i = 0; i < 8; i++)
        words[i] = load_be16(a + 2 * i);
    struct zero_run zeros = longest_zero_run(words);
    /* ::a.b.c.d and ::ffff:a.b.c.d carry an IPv4 address (RFC 4291, section 2.5.5) */
    bool mapped = zeros.at == 0 && (zeros.count == 6 || (zeros.count == 5 && words[5] == 0xffff));

    for (u32 i = 0; i < 8; i++) {
        if (zeros.count > 0 && i == zeros.at) {
            out_text_z(o, i + zeros.count == 8 ? "::" : ":");
            i += zeros.count - 1;
            continue;
        }
        if (i > 0)
            out_char(o, ':');
        if (i == 6 && mapped) {
            out_ip4(o, a + 12);
            return;
        }
        out_hex(o, words[i]);
    }
}

void out_mac(struct out *o, const void *address)
{
    const u8 *a = address;
    char text[17], *p = text;

    for (int i = 0; i < 6; i++) {
        if (i > 0)
            *p++ = ':';
        *p++ = hex_digits[a[i] >> 4];
        *p++ = hex_digits[a[i] & 15];
    }
    out_bytes(o, text, sizeof text);
}
