/*
 * Writing text through a bare pointer: the fastest way, for the few printers that see most packets.
 *
 * The caller has made room (out_room() of base/out.h, at most OUT_MIN bytes), keeps the position in
 * a local variable, and stores it back:
 *
 *     if (!out_room(o, 64))
 *         return;
 *     char *p = pen_text(o->pos, "ttl ");
 *     o->pos = pen_dec(p, ttl);
 *
 * Each function writes at `p` and returns the position behind what it wrote.  Some store a few
 * bytes more than they count, never more than PEN_SLACK.
 */
#ifndef BASE_PEN_H
#define BASE_PEN_H

#include "base/bytes.h"
#include "base/mem.h"
#include "base/types.h"

/* What must be free behind the text, besides its own length. */
enum { PEN_SLACK = 5 };

/* The most bytes that one number takes. */
enum { PEN_DEC_MAX = 10, PEN_IP4_MAX = 15, PEN_MAC_MAX = 17, PEN_IP6_MAX = 45 };

/* "00" to "99"; "0" to "255" with the length behind. */
extern const char pen_two_digits[201];
extern const char pen_hex_digits[17];
extern const char pen_hex_pairs[513]; /* "00" to "ff" */
extern const char pen_byte_text[256][4]; /* three characters and their number */

/* A string literal. */
#define pen_text(p, literal) pen_bytes((p), ("" literal), sizeof(literal) - 1)

/* `n` is best a constant. */
static inline char *pen_bytes(char *p, const char *text, size_t n)
{
    memcpy(p, text, n);
    return p + n;
}

static inline char *pen_char(char *p, char c)
{
    *p = c;
    return p + 1;
}

/* Two decimal digits of n < 100. */
static inline char *pen_two(char *p, u32 n) { return pen_bytes(p, pen_two_digits + 2 * n, 2); }

/*
 * The first 2 * `pairs` decimal digits of a fraction, the lower half of 32.32 fixed point: each
 * multiplication by a hundred brings two of them before the point, which is cheaper than to divide.
 */
static SPEED_INLINE char *pen_fraction(char *p, u64 value, u32 pairs)
{
    for (u32 i = 0; i < pairs; i++) {
        value = (value & UINT32_MAX) * 100;
        p = pen_two(p, (u32)(value >> 32));
    }
    return p;
}

/* n < 256, in decimal. */
static inline char *pen_byte(char *p, u32 n)
{
    memcpy(p, pen_byte_text[n], 4);
    return p + pen_byte_text[n][3];
}

char *pen_dec_large(char *p, u32 n);

static inline char *pen_dec(char *p, u32 n)
{
    if (n < 10)
        return pen_char(p, (char)('0' + n));
    if (n < 100)
        return pen_two(p, n);
    return pen_dec_large(p, n);
}

/* Two hexadecimal digits. */
static inline char *pen_hex2(char *p, u32 byte)
{
    return pen_bytes(p, pen_hex_pairs + 2 * (byte & 0xff), 2);
}

static inline char *pen_hex4(char *p, u32 word) { return pen_hex2(pen_hex2(p, word >> 8), word); }

/* Hexadecimal without leading zeros. */
char *pen_hex(char *p, u64 value);

/* Addresses in network byte order, in the forms of out_ip4(), out_ip6() and out_mac(). */
static inline char *pen_ip4(char *p, const void *address)
{
    const u8 *a = address;

    p = pen_char(pen_byte(p, a[0]), '.');
    p = pen_char(pen_byte(p, a[1]), '.');
    p = pen_char(pen_byte(p, a[2]), '.');
    return pen_byte(p, a[3]);
}

char *pen_ip6(char *p, const void *address);
char *pen_mac(char *p, const void *address);

#endif
