/* Names of rotated files. */
#include "cli/rotate.h"

#include <time.h>

#include "base/format.h"
#include "base/time_text.h"

/* Digits of the highest number that -W lets a file have. */
static int number_width(u32 files)
{
    int width = 1;

    for (u32 highest = files > 0 ? files - 1 : 0; highest >= 10; highest /= 10)
        width++;
    return width;
}

/* Writes the pattern, its conversions of strftime(3) replaced by the interval's local time. */
static bool expand(struct out *o, const struct rotation *r)
{
    time_t when = (time_t)r->began_s;
    struct tm local;

    if (r->pattern[0] == '\0' || localtime_r(&when, &local) == NULL)
        return false;
    out_time(o, r->pattern,
             &(struct local_time){ r->began_s, (i32)local.tm_gmtoff, local.tm_zone });
    return true;
}

/* Makes the present file's name.  False when it is too long. */
static bool make_name(struct rotation *r)
{
    struct out o = out_fixed(r->name, sizeof r->name - 1);

    if (r->seconds == 0)
        out_text_z(&o, r->pattern);
    else if (!expand(&o, r))
        return false;
    if (r->bytes > 0 && r->files > 0)
        out_format(&o, "%0*llu", number_width(r->files), (unsigned long long)r->number);
    else if (r->number > 0)
        out_dec64(&o, r->number);
    *o.pos = '\0';
    return !out_cut(&o);
}

bool rotation_start(struct rotation *r, i64 now_s)
{
    r->began_s = now_s;
    r->number = r->intervals = 0;
    return make_name(r);
}

enum rotation_due rotation_due(const struct rotation *r, u64 size, i64 now_s)
{
    if (r->seconds > 0 && now_s - r->began_s >= (i64)r->seconds) {
        bool last = r->files > 0 && r->bytes == 0 && r->intervals + 1 >= r->files;
        return last ? ROTATION_DONE : ROTATION_INTERVAL;
    }
    return r->bytes > 0 && size > r->bytes ? ROTATION_SIZE : ROTATION_STAY;
}

bool rotation_next(struct rotation *r, enum rotation_due why, i64 now_s)
{
    if (why == ROTATION_SIZE) {
        r->number++;
        if (r->files > 0 && r->number >= r->files)
            r->number = 0;
    } else {
        r->intervals++;
        r->began_s = now_s;
        r->number = 0;
    }
    return make_name(r);
}
