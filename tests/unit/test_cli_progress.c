/* The line that tells how far reading has come. */
#include "cli/progress.h"
#include "unit.h"

static void sentences(void **state)
{
    static const struct {
        u64 bytes, total, packets;
        i64 elapsed_ms;
        const char *text;
    } rows[] = {
        { 412500000, 1237500000, 3120000, 2000,
          "412.5 MB of 1.2 GB (33 %), 3120000 packets, 206.2 MB/s, 4 s left" },
        { 999, 1000, 1, 1000, "999 B of 1.0 kB (99 %), 1 packet, 999 B/s, 0 s left" },
        { 5000000, 0, 7, 1000, "5.0 MB, 7 packets, 5.0 MB/s" },
        { 3000000, 2000000, 7, 1000, "3.0 MB, 7 packets, 3.0 MB/s" }, /* the file has grown */
        { 100, 100, 2, 1, "100 B of 100 B (100 %), 2 packets, 100.0 kB/s, 0 s left" },
    };

    (void)state;
    for (size_t i = 0; i < countof(rows); i++) {
        char buffer[OUT_MIN];
        struct out o = out_fixed(buffer, sizeof buffer);
        progress_line(&o, rows[i].bytes, rows[i].total, rows[i].packets, rows[i].elapsed_ms);
        assert_text(&o, rows[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(sentences) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
