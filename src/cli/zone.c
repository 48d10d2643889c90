/* Local time, from the C library. */
#include "cli/zone.h"

#include <time.h>

static i32 offset(void *context, i64 seconds)
{
    time_t when = (time_t)seconds;
    struct tm local;

    (void)context;
    return localtime_r(&when, &local) != NULL ? (i32)local.tm_gmtoff : 0;
}

void zone_load(struct time_zone *zone)
{
    tzset();
    *zone = (struct time_zone){ .offset = offset };
    offset(NULL, 0);
}
