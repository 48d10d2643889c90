/* Dates and times as text, after a pattern of strftime(3). */
#ifndef BASE_TIME_TEXT_H
#define BASE_TIME_TEXT_H

#include "base/out.h"
#include "base/types.h"

/* A moment as a clock on the wall shows it. */
struct local_time {
    i64 seconds;      /* since 1970-01-01 00:00:00 UTC */
    i32 offset;       /* of the local time, in seconds east of UTC */
    const char *zone; /* its name, for %Z */
};

/*
 * Writes `pattern` with its conversions replaced, in English whatever the locale:
 *
 *   %a %A %b %B %h      names of the day and the month, short or long
 *   %d %e %j %m %u %w   numbers of the day and the month
 *   %C %g %G %U %V %W %y %Y   centuries, years and weeks; %g %G %V after ISO 8601
 *   %H %I %k %l %M %p %P %S   time of day
 *   %c %D %F %r %R %T %x %X   put together
 *   %s %z %Z            seconds since 1970, offset, name of the zone
 *   %n %t %%            newline, tab, percent sign
 *
 * Between the percent sign and the letter '-' leaves a number unpadded, '_' pads it with blanks, and E
 * and O are ignored.  What is no conversion is copied.
 */
void out_time(struct out *o, const char *pattern, const struct local_time *when);

#endif
