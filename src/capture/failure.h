/* Writing the reason of a failure; private to this module. */
#ifndef CAPTURE_FAILURE_H
#define CAPTURE_FAILURE_H

#include "base/types.h"

/*
 * Formats as out_format() does into SOURCE_ERROR_MAX bytes at `to`, zero-terminated, cut when too
 * long.  Always returns false, so that `return fail(...)` reads well.
 */
bool fail(char *to, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
