/* Merging live sources by time stamp, with sources that follow a script. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "capture/live.h"

enum { PARTS = 3, PACKETS = 400 };

/* A source that delivers `times` in bursts, with calls in between in which nothing is there. */
struct script {
    struct live live; /* the merger looks at its options */
    i64 times[PACKETS];
    int n, at, burst;
    bool pause, fails;
};

static int script_next(struct source *s, struct packet *batch, int max)
{
    struct script *t = (struct script *)s;
    t->pause = !t->pause;
    if (t->pause)
        return 0;
    if (t->at == t->n && t->fails) {
        strcpy(s->err, "The interface disappeared");
        return SOURCE_FAILED;
    }
    if (t->at == t->n)
        return SOURCE_END;
    int n = 0;
    for (; n < max && n < t->burst && t->at < t->n; n++)
        batch[n] = (struct packet){ .ts_ns = t->times[t->at++] };
    return n;
}

static bool script_wait(struct source *s, int timeout_ms, int wake_fd)
{
    (void)s, (void)timeout_ms, (void)wake_fd;
    return true;
}

static void script_close(struct source *s) { free(s); }

static const struct source_ops script_ops = { .next = script_next, .wait = script_wait,
                                              .close = script_close };

static struct script *new_script(const char *name, int n, i64 first, i64 step, int burst)
{
    struct script *t = calloc(1, sizeof(*t));
    t->live.base = (struct source){ .ops = &script_ops, .fd = -1, .patience_ms = -1,
                                    .interfaces = &t->live.interface, .interface_count = 1,
                                    .linktype = 1, .snaplen = 100 };
    strcpy(t->live.interface.name, name);
    t->live.options.latency_ms = 100000; /* so that nothing goes out just because it waited long */
    t->n = n;
    t->burst = burst;
    for (int i = 0; i < n; i++)
        t->times[i] = first + i * step;
    return t;
}

static char warning[SOURCE_ERROR_MAX];

static void remember(void *context, const char *text)
{
    (void)context;
    strcpy(warning, text);
}

/* Reads to the end; checks the order; returns how many packets there were. */
static int read_all(struct source *s, int *result, int seen[PARTS])
{
    struct packet batch[16];
    i64 last = 0;
    int total = 0, n;
    for (int calls = 0; (n = source_next(s, batch, countof(batch))) >= 0; calls++) {
        assert_true(calls < 100000);
        for (int i = 0; i < n; i++) {
            assert_true(batch[i].ts_ns >= last);
            last = batch[i].ts_ns;
            seen[batch[i].interface]++;
        }
        total += n;
    }
    *result = n;
    return total;
}

static void packets_come_out_in_order(void **state)
{
    struct source_failure failure;
    struct source *parts[PARTS] = { &new_script("a", 300, 5, 7, 1)->live.base,
                                    &new_script("b", 400, 1, 3, 50)->live.base,
                                    &new_script("c", 1, 900, 1, 9)->live.base };
    struct source *s = source_merge(parts, PARTS, remember, NULL, &failure);
    int result, seen[PARTS] = { 0 };
    assert_int_equal(read_all(s, &result, seen), 701);
    assert_int_equal(result, SOURCE_END);
    assert_int_equal(seen[0], 300);
    assert_int_equal(seen[1], 400);
    assert_int_equal(seen[2], 1);
    assert_int_equal(source_next(s, NULL, 0), SOURCE_END);
    source_close(s);
}

static void the_others_go_on_when_one_fails(void **state)
{
    struct source_failure failure;
    struct script *failing = new_script("a", 10, 5, 7, 3);
    failing->fails = true;
    struct source *parts[2] = { &failing->live.base, &new_script("b", 100, 1, 3, 50)->live.base };
    struct source *s = source_merge(parts, 2, remember, NULL, &failure);
    int result, seen[PARTS] = { 0 };
    warning[0] = '\0';
    assert_int_equal(read_all(s, &result, seen), 110);
    assert_int_equal(result, SOURCE_END);
    assert_string_equal(warning, "a: The interface disappeared");
    source_close(s);
}

static void when_the_last_one_fails_all_is_over(void **state)
{
    struct source_failure failure;
    struct script *last = new_script("b", 100, 1, 3, 7);
    last->fails = true;
    struct source *parts[2] = { &new_script("a", 10, 5, 7, 3)->live.base, &last->live.base };
    struct source *s = source_merge(parts, 2, remember, NULL, &failure);
    int result, seen[PARTS] = { 0 };
    warning[0] = '\0';
    assert_int_equal(read_all(s, &result, seen), 110);
    assert_int_equal(result, SOURCE_FAILED);
    assert_string_equal(s->err, "b: The interface disappeared");
    assert_string_equal(warning, "");
    source_close(s);
}

static void too_many_are_refused(void **state)
{
    struct source_failure failure;
    struct source *parts[SOURCE_INTERFACES_MAX + 1];
    for (u32 i = 0; i < countof(parts); i++)
        parts[i] = &new_script("a", 0, 0, 0, 1)->live.base;
    assert_null(source_merge(parts, countof(parts), remember, NULL, &failure));
    assert_string_equal(failure.text, "at most 64 interfaces can be captured at once");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packets_come_out_in_order),
        cmocka_unit_test(the_others_go_on_when_one_fails),
        cmocka_unit_test(when_the_last_one_fails_all_is_over),
        cmocka_unit_test(too_many_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
