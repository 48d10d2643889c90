/* Civil time from counted seconds. */
#include "base/time.h"

enum { DAYS_PER_ERA = 146097, YEARS_PER_ERA = 400, DAYS_0000_03_01_TO_1970 = 719468 };

static i64 floor_div(i64 a, i64 b) { return a / b - (a % b < 0); }

i64 seconds_from_ns(i64 ns, u32 *fraction_ns)
{
    const i64 rest = ns % NS_PER_SECOND; /* by the remainder, as floor * 10^9 may not fit */
    *fraction_ns = (u32)(rest < 0 ? rest + NS_PER_SECOND : rest);
    return floor_div(ns, NS_PER_SECOND);
}

/*
 * Years are counted from March, so that the leap day is the last one; an era is 400 years, after
 * which the calendar repeats.
 */
struct civil civil_from_seconds(i64 seconds)
{
    i64 days = floor_div(seconds, SECONDS_PER_DAY);
    u32 rest = (u32)(seconds - days * SECONDS_PER_DAY);
    i64 shifted = days + DAYS_0000_03_01_TO_1970;
    i64 era = floor_div(shifted, DAYS_PER_ERA);
    u32 day_of_era = (u32)(shifted - era * DAYS_PER_ERA);
    u32 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    u32 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    u32 month_from_march = (5 * day_of_year + 2) / 153;
    u32 month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    i64 year = era * YEARS_PER_ERA + year_of_era + (month <= 2);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    /* March 1st is day 59 of a common year; January and February belong to the year that ends */
    u32 yearday = month > 2 ? day_of_year + 59 + leap : day_of_year - 306;
    return (struct civil){
        .year = year,
        .month = (u8)month,
        .day = (u8)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
        .hour = (u8)(rest / 3600),
        .minute = (u8)(rest / 60 % 60),
        .second = (u8)(rest % 60),
        .weekday = (u8)(((days + 4) % 7 + 7) % 7),
        .yearday = (u16)yearday,
    };
}
