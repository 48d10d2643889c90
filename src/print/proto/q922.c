/*
 * Frame Relay addresses.  ITU-T Q.922, section 3.2.
 *
 *     7   6   5   4   3   2   1   0
 *   +-----------------------+---+---+
 *   |      DLCI, upper      |C/R| 0 |
 *   +---------------+---+---+---+---+
 *   |  DLCI, lower  |congestion | E |     E: the last byte
 *   +---------------+-----------+---+
 *   |       DLCI, 7 more bits   | 0 |     of four only
 *   +-----------------------+---+---+
 *   |   DLCI, 6 more bits   |D/C| 1 |     of three or four
 *   +-----------------------+---+---+
 */
#include "print/proto/q922.h"

#include "print/printer.h"

enum { LAST = 1 };

int q922_read(struct view v, u32 *dlci)
{
    int a = view_byte(v, 0), b = view_byte(v, 1), c = view_byte(v, 2), e = view_byte(v, 3);

    if (a < 0 || b < 0)
        return a >= 0 && (a & LAST) != 0 ? Q922_INVALID : Q922_TRUNCATED;
    if ((a & LAST) != 0)
        return Q922_INVALID;
    *dlci = (u32)a >> 2 << 4 | (u32)b >> 4;
    if ((b & LAST) != 0)
        return 2;
    if (c < 0)
        return Q922_TRUNCATED;
    if ((c & LAST) != 0) {
        *dlci = *dlci << 6 | (u32)c >> 2;
        return 3;
    }
    if (e < 0)
        return Q922_TRUNCATED;
    *dlci = (*dlci << 7 | (u32)c >> 1) << 6 | (u32)e >> 2;
    return (e & LAST) != 0 ? 4 : Q922_INVALID;
}

void say_q922(struct dissect *d, struct view v)
{
    u32 dlci;

    switch (q922_read(v, &dlci)) {
    case Q922_INVALID: say_z(d, "<Invalid DLCI>"); break;
    case Q922_TRUNCATED: say_z(d, "<Truncated>"); break;
    default: say(d, "DLCI %u", dlci); break;
    }
}
