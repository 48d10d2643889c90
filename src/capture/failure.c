/* Writing the reason of a failure. */
#include "capture/failure.h"

#include <stdarg.h>

#include "base/format.h"
#include "capture/source.h"

bool fail(char *to, const char *fmt, ...)
{
    struct out o = out_fixed(to, SOURCE_ERROR_MAX - 1);
    va_list ap;
    va_start(ap, fmt);
    out_vformat(&o, NULL, fmt, ap);
    va_end(ap);
    to[out_text(&o).len] = '\0';
    return false;
}
