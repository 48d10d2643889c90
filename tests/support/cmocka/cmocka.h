/*
 * The part of cmocka that our unit tests use, for builds that have no cmocka library: other processors and
 * static musl.  Same names and meaning; the first failed assertion ends the program with status 1.
 *
 * As with the real one, <stdarg.h>, <stddef.h>, <stdint.h> and <setjmp.h> are included before it.
 */
#ifndef SUPPORT_CMOCKA_H
#define SUPPORT_CMOCKA_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*test)(void **state);
    int (*setup)(void **state);
    int (*teardown)(void **state);
};

#define cmocka_unit_test(f) { #f, f, NULL, NULL }
#define cmocka_unit_test_setup(f, setup) { #f, f, setup, NULL }
#define cmocka_unit_test_setup_teardown(f, setup, teardown) { #f, f, setup, teardown }
#define cmocka_run_group_tests(tests, setup, teardown) \
    cmocka_run_tests(tests, sizeof(tests) / sizeof((tests)[0]), setup, teardown)

static inline void cmocka_fail(const char *what, const char *file, int line)
{
    printf("%s:%d: failed: %s\n", file, line, what);
    exit(1);
}

static inline void cmocka_numbers(unsigned long long a, unsigned long long b, const char *file, int line)
{
    printf("0x%llx, 0x%llx\n", a, b);
    cmocka_fail("the numbers differ", file, line);
}

static inline int cmocka_run_tests(const struct CMUnitTest *tests, size_t count, int (*setup)(void **),
                                   int (*teardown)(void **))
{
    void *group = NULL;
    if (setup && setup(&group) != 0)
        cmocka_fail("group setup", __FILE__, __LINE__);
    for (size_t i = 0; i < count; i++) {
        void *state = group;
        printf("%s\n", tests[i].name);
        fflush(stdout);
        if (tests[i].setup && tests[i].setup(&state) != 0)
            cmocka_fail("setup", __FILE__, __LINE__);
        tests[i].test(&state);
        if (tests[i].teardown && tests[i].teardown(&state) != 0)
            cmocka_fail("teardown", __FILE__, __LINE__);
    }
    if (teardown && teardown(&group) != 0)
        cmocka_fail("group teardown", __FILE__, __LINE__);
    printf("%zu tests passed\n", count);
    return 0;
}

#define assert_true(c) ((c) ? (void)0 : cmocka_fail(#c, __FILE__, __LINE__))
#define assert_false(c) ((c) ? cmocka_fail("not " #c, __FILE__, __LINE__) : (void)0)
#define assert_null(p) assert_true((p) == NULL)
#define assert_non_null(p) assert_true((p) != NULL)
#define assert_ptr_equal(a, b) assert_true((const void *)(a) == (const void *)(b))
#define assert_ptr_not_equal(a, b) assert_true((const void *)(a) != (const void *)(b))
#define assert_int_equal(a, b) assert_equal_numbers((unsigned long long)(a), (unsigned long long)(b))
#define assert_int_not_equal(a, b) assert_true((unsigned long long)(a) != (unsigned long long)(b))
#define assert_in_range(v, low, high) assert_true((v) >= (low) && (v) <= (high))
#define assert_equal_numbers(a, b) \
    do { \
        const unsigned long long a_ = (a), b_ = (b); \
        if (a_ != b_) \
            cmocka_numbers(a_, b_, __FILE__, __LINE__); \
    } while (0)
#define assert_string_equal(a, b) assert_true(strcmp(a, b) == 0)
#define assert_string_not_equal(a, b) assert_true(strcmp(a, b) != 0)
#define assert_memory_equal(a, b, n) assert_true(memcmp(a, b, n) == 0)
#define assert_memory_not_equal(a, b, n) assert_true(memcmp(a, b, n) != 0)
#define fail_msg(...) (printf(__VA_ARGS__), cmocka_fail("", __FILE__, __LINE__))
#define fail() cmocka_fail("", __FILE__, __LINE__)
#define _fail(file, line) cmocka_fail("", file, line)
#define print_message(...) printf(__VA_ARGS__)
#define print_error(...) printf(__VA_ARGS__)
#define skip() exit(77)

#endif
