/*
 * Binary fractions as decimal text.  IEEE 754, binary32:
 *
 *   | sign | exponent 8 | fraction 23 |
 *
 *   exponent 1..254: 1.fraction * 2^(exponent - 127), 0: 0.fraction * 2^-126, 255: infinite or no
 * number
 */
#include "base/decimal.h"

enum { FRACTION_BITS = 23, EXPONENT_ALL = 255, EXPONENT_BIAS = 127 + FRACTION_BITS };

/* 2^104 * 2^24 has 39 digits; 2^-149 has 149 behind the point; one more in front for a carry. */
enum { WHOLE_DIGITS = 40, FRACTION_DIGITS = 149, DIGITS = WHOLE_DIGITS + FRACTION_DIGITS };

/* 32-bit limbs, the least first: five hold 160 bits, before the point and behind it. */
enum { LIMBS = 5 };

struct decimal {
    u8 digits[DIGITS]; /* WHOLE_DIGITS of them stand before the point */
};

float float_from_bits(u32 bits)
{
    float f;
    memcpy(&f, &bits, sizeof f);
    return f;
}

static u32 bits_of(float value)
{
    u32 bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Sets `mantissa` << `shift` in a number of zeros. */
static void place(u32 limbs[LIMBS], u32 mantissa, u32 shift)
{
    u64 wide = (u64)mantissa << shift % 32;

    limbs[shift / 32] = (u32)wide;
    if (shift / 32 + 1 < LIMBS)
        limbs[shift / 32 + 1] = (u32)(wide >> 32);
}

static u32 divide_by_ten(u32 limbs[LIMBS])
{
    u64 rest = 0;

    for (u32 i = LIMBS; i-- > 0;) {
        rest = rest << 32 | limbs[i];
        limbs[i] = (u32)(rest / 10);
        rest %= 10;
    }
    return (u32)rest;
}

static u32 multiply_by_ten(u32 limbs[LIMBS])
{
    u64 carry = 0;

    for (u32 i = 0; i < LIMBS; i++) {
        carry += (u64)limbs[i] * 10;
        limbs[i] = (u32)carry;
        carry >>= 32;
    }
    return (u32)carry;
}

/* The exact expansion of a finite number without its sign. */
static struct decimal expand(u32 bits)
{
    struct decimal n = { { 0 } };
    u32 whole[LIMBS] = { 0 }, fraction[LIMBS] = { 0 };
    u32 exponent = bits >> FRACTION_BITS & 0xff;
    u32 mantissa = bits & ((1u << FRACTION_BITS) - 1);

    if (exponent > 0)
        mantissa |= 1u << FRACTION_BITS;
    else
        exponent = 1;
    if (exponent >= EXPONENT_BIAS) {
        place(whole, mantissa, exponent - EXPONENT_BIAS);
    } else {
        u32 down = EXPONENT_BIAS - exponent; /* 1 to 149 */
        if (down <= FRACTION_BITS)
            place(whole, mantissa >> down, 0);
        if (down <= FRACTION_BITS)
            mantissa &= (1u << down) - 1;
        place(fraction, mantissa, LIMBS * 32 - down);
    }
    for (u32 i = WHOLE_DIGITS; i-- > 0;)
        n.digits[i] = (u8)divide_by_ten(whole);
    for (u32 i = WHOLE_DIGITS; i < DIGITS; i++)
        n.digits[i] = (u8)multiply_by_ten(fraction);
    return n;
}

/* Keeps the digits before `end` and rounds the rest away, to the nearest, a tie to even. */
static void round_at(struct decimal *n, u32 end)
{
    if (end >= DIGITS)
        return;
    u8 first = n->digits[end];
    bool tie = first == 5;
    for (u32 i = end + 1; i < DIGITS && tie; i++)
        tie = n->digits[i] == 0;
    memset(n->digits + end, 0, DIGITS - end);
    if (first < 5 || (tie && n->digits[end - 1] % 2 == 0))
        return;
    for (u32 i = end; i-- > 0;) {
        n->digits[i]++;
        if (n->digits[i] < 10)
            return;
        n->digits[i] = 0;
    }
}

static u32 first_digit(const struct decimal *n)
{
    u32 i = 0;
    while (i < DIGITS && n->digits[i] == 0)
        i++;
    return i;
}

static void out_digits(struct out *o, const struct decimal *n, u32 from, u32 to)
{
    for (u32 i = from; i < to; i++)
        out_char(o, (char)('0' + (i < DIGITS ? n->digits[i] : 0)));
}

/* The digits of [from, to) with the point behind `point`, which is not shown at the end. */
static void out_pointed(struct out *o, const struct decimal *n, u32 from, u32 point, u32 to)
{
    out_digits(o, n, from, point);
    if (to <= point)
        return;
    out_char(o, '.');
    out_digits(o, n, point, to);
}

/* The sign; and the whole text of what is no number.  True when nothing is left to do. */
static bool out_sign(struct out *o, u32 bits)
{
    if (bits >> 31 != 0)
        out_char(o, '-');
    if ((bits >> FRACTION_BITS & 0xff) != EXPONENT_ALL)
        return false;
    out_text_z(o, (bits & ((1u << FRACTION_BITS) - 1)) != 0 ? "nan" : "inf");
    return true;
}

void out_float(struct out *o, float value, u32 places)
{
    u32 bits = bits_of(value);

    if (out_sign(o, bits))
        return;
    struct decimal n = expand(bits);
    round_at(&n, WHOLE_DIGITS + places);
    u32 from = first_digit(&n);
    out_pointed(o, &n, from < WHOLE_DIGITS ? from : WHOLE_DIGITS - 1, WHOLE_DIGITS,
                WHOLE_DIGITS + places);
}

void out_float_short(struct out *o, float value, u32 digits)
{
    u32 bits = bits_of(value);

    if (out_sign(o, bits))
        return;
    struct decimal n = expand(bits);
    round_at(&n, first_digit(&n) + digits);
    u32 first = first_digit(&n),
        last = DIGITS; /* `last` stands behind the last digit that is not 0 */
    if (first == DIGITS) {
        out_char(o, '0');
        return;
    }
    while (n.digits[last - 1] == 0)
        last--;
    int exponent = (int)WHOLE_DIGITS - 1 - (int)first;
    if (exponent < -4) {
        out_pointed(o, &n, first, first + 1, last);
        out_text_z(o, "e-");
        out_dec_pad(o, (u64)-exponent, 2, '0');
    } else if (exponent >= (int)digits) {
        out_pointed(o, &n, first, first + 1, last);
        out_text_z(o, "e+");
        out_dec_pad(o, (u64)exponent, 2, '0');
    } else {
        out_pointed(o, &n, first < WHOLE_DIGITS ? first : WHOLE_DIGITS - 1, WHOLE_DIGITS, last);
    }
}
