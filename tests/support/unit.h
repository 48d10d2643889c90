/* What every unit test includes: cmocka needs these four headers before its own. */
#ifndef SUPPORT_UNIT_H
#define SUPPORT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/out.h"

/* Fails unless the output holds exactly `expected`. */
#define assert_text(out, expected) assert_text_at((out), (expected), __FILE__, __LINE__)

static inline void assert_text_at(const struct out *o, const char *expected, const char *file, int line)
{
    struct str is = out_text(o), want = str_of(expected);
    if (str_equal(is, want))
        return;
    print_error("%s:%d: \"%.*s\" is not \"%s\"\n", file, line, (int)is.len, is.p, expected);
    _fail(file, line);
}

/* Whether the test runs under qemu-user: as harness.is_emulated() of the scripts. */
static inline bool is_emulated(void)
{
    const char *emulator = getenv("SNIFTER_EMULATOR");
    return emulator != NULL && *emulator != '\0';
}

#endif
