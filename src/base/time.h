/* Civil time (proleptic Gregorian calendar) from counted seconds.  No time zones, no clock. */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include "base/types.h"

enum { SECONDS_PER_DAY = 86400, NS_PER_SECOND = 1000000000 };

struct civil {
    i64 year;                          /* 1970 and so on, may be negative */
    u8 month, day;                     /* 1..12, 1..31 */
    u8 hour, minute, second;           /* 0..23, 0..59, 0..59 */
    u8 weekday;                        /* 0 is Sunday */
    u16 yearday;                       /* 0 is January 1st */
};

/* The date and time `seconds` after 1970-01-01 00:00:00; any value. */
struct civil civil_from_seconds(i64 seconds);

/* Splits nanoseconds into whole seconds, rounded down, and 0 <= *fraction_ns < 10^9. */
i64 seconds_from_ns(i64 ns, u32 *fraction_ns);

#endif
