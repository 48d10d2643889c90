/*
 * Binary fractions as decimal text: what printf makes of a float, without its locale.
 *
 * The decimal expansion is computed exactly, so rounding is too: to the nearest, ties to even.
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include "base/out.h"

/* The IEEE 754 number whose bits are given, as it stands in a packet. */
float float_from_bits(u32 bits);

/* As "%.*f": `places` <= 40 digits behind the point.  "inf", "nan", "-nan" where it is no number.
 */
void out_float(struct out *o, float value, u32 places);

/* As "%.*g": at most `digits` significant ones, 1 <= digits <= 40, and an exponent when that is
 * shorter. */
void out_float_short(struct out *o, float value, u32 digits);

#endif
