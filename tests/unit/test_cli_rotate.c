/* Names of output files and the moments to change them. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/format.h"
#include "cli/rotate.h"

/* Names of the first files when each has grown too large, with blanks between them. */
static const char *names_by_size(const char *pattern, u32 files, int count)
{
    static char text[512];
    struct rotation r = { .pattern = pattern, .bytes = 100, .files = files };
    struct out o = out_fixed(text, sizeof text - 1);

    assert_true(rotation_start(&r, 0));
    for (int i = 0; i < count; i++) {
        out_format(&o, i > 0 ? " %s" : "%s", r.name);
        assert_int_equal(rotation_due(&r, 100, 0), ROTATION_STAY);
        assert_int_equal(rotation_due(&r, 101, 0), ROTATION_SIZE);
        assert_true(rotation_next(&r, ROTATION_SIZE, 0));
    }
    *o.pos = '\0';
    return text;
}

static void by_size(void **state)
{
    assert_string_equal(names_by_size("f", 0, 12), "f f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11");
    assert_string_equal(names_by_size("f", 3, 5), "f0 f1 f2 f0 f1");
    assert_string_equal(names_by_size("f", 10, 2), "f0 f1");
    assert_string_equal(names_by_size("f", 11, 2), "f00 f01");
    assert_string_equal(names_by_size("f", 101, 2), "f000 f001");
    assert_string_equal(names_by_size("f%H", 0, 2), "f%H f%H1"); /* only -G looks at % */
}

static void by_time(void **state)
{
    struct rotation r = { .pattern = "f-%H%M%S-%%", .seconds = 60 };

    setenv("TZ", "UTC0", 1);
    tzset();
    assert_true(rotation_start(&r, 3600));
    assert_string_equal(r.name, "f-010000-%");
    assert_int_equal(rotation_due(&r, 1 << 30, 3659), ROTATION_STAY);
    assert_int_equal(rotation_due(&r, 0, 3660), ROTATION_INTERVAL);
    assert_true(rotation_next(&r, ROTATION_INTERVAL, 3665));
    assert_string_equal(r.name, "f-010105-%");
    assert_int_equal(rotation_due(&r, 0, 3724), ROTATION_STAY);
}

static void a_number_of_intervals(void **state)
{
    struct rotation r = { .pattern = "f", .seconds = 10, .files = 2 };

    assert_true(rotation_start(&r, 0));
    assert_string_equal(r.name, "f");
    assert_int_equal(rotation_due(&r, 0, 10), ROTATION_INTERVAL);
    assert_true(rotation_next(&r, ROTATION_INTERVAL, 10));
    assert_string_equal(r.name, "f"); /* without % each interval has the same file */
    assert_int_equal(rotation_due(&r, 0, 20), ROTATION_DONE);
}

static void by_both(void **state)
{
    struct rotation r = { .pattern = "f%S-", .bytes = 100, .seconds = 10, .files = 12 };

    assert_true(rotation_start(&r, 0));
    assert_string_equal(r.name, "f00-00");
    assert_true(rotation_next(&r, ROTATION_SIZE, 1));
    assert_string_equal(r.name, "f00-01");
    assert_int_equal(rotation_due(&r, 0, 10), ROTATION_INTERVAL);
    assert_true(rotation_next(&r, ROTATION_INTERVAL, 10));
    assert_string_equal(r.name, "f10-00"); /* numbers start again */
    r.intervals = 1000;
    assert_int_equal(rotation_due(&r, 0, 20), ROTATION_INTERVAL); /* and -W does not end the run */
}

static void names_that_are_too_long(void **state)
{
    static char pattern[5000];
    struct rotation r = { .pattern = pattern, .bytes = 1 };

    memset(pattern, 'x', sizeof pattern - 1);
    assert_false(rotation_start(&r, 0));
    r.seconds = 1;
    assert_false(rotation_start(&r, 0));
    pattern[4000] = '\0';
    assert_true(rotation_start(&r, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_size),
        cmocka_unit_test(by_time),
        cmocka_unit_test(a_number_of_intervals),
        cmocka_unit_test(by_both),
        cmocka_unit_test(names_that_are_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
