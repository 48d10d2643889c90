/* Mapped files: what is shown, and what happens when their bytes go away. */
#include "unit.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture/window.h"

enum { FILE_BYTES = 3 * 1024 * 1024 + 777 };

static u8 byte_at(size_t i) { return (u8)(i * 7 + i / 4096); }

/* A file of FILE_BYTES that is gone when it is closed. */
static int a_file(void)
{
    char path[] = "/tmp/window-XXXXXX";
    int fd = mkstemp(path);
    u8 *bytes = malloc(FILE_BYTES);

    assert_true(fd >= 0 && bytes != NULL);
    unlink(path);
    for (size_t i = 0; i < FILE_BYTES; i++)
        bytes[i] = byte_at(i);
    assert_int_equal(write(fd, bytes, FILE_BYTES), FILE_BYTES);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    free(bytes);
    return fd;
}

static void test_every_place_is_shown(void **state)
{
    static const size_t wanted[] = { 1, 100, 5000, 2 * 1024 * 1024, FILE_BYTES, SIZE_MAX / 4 };
    int fd = a_file();
    struct window w;

    assert_true(window_open(&w, fd));
    for (size_t i = 0; i < countof(wanted); i++) {
        for (size_t at = 0; at <= FILE_BYTES; at += FILE_BYTES / 7) {
            const u8 *bytes;
            i64 got = window_show(&w, at, wanted[i], &bytes);
            size_t left = FILE_BYTES - at;
            assert_true(got >= (i64)(wanted[i] < left ? wanted[i] : left) && got <= (i64)left);
            for (i64 n = 0; n < got; n += 1000)
                assert_int_equal(bytes[n], byte_at(at + (size_t)n));
        }
    }
    window_close(&w);
    close(fd);
}

static void test_it_begins_where_the_file_stands(void **state)
{
    int fd = a_file();
    const u8 *bytes;
    struct window w;

    lseek(fd, 12345, SEEK_SET);
    assert_true(window_open(&w, fd));
    assert_true(window_show(&w, 2, 10, &bytes) >= 10);
    assert_int_equal(bytes[0], byte_at(12347));
    window_close(&w);
    close(fd);
}

static void test_what_cannot_be_mapped_is_refused(void **state)
{
    int ends[2];
    struct window w;

    assert_int_equal(pipe(ends), 0);
    assert_false(window_open(&w, ends[0]));
    int fd = a_file();
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_false(window_open(&w, fd));
    close(ends[0]);
    close(ends[1]);
    close(fd);
}

/* Two windows, so that the handler has to find the right one. */
static void test_a_file_that_is_cut_yields_zeros_and_a_failure(void **state)
{
    if (is_emulated())
        return; /* the address that qemu gives with the signal is its own, not the program's */
    int fd = a_file(), other_fd = a_file();
    const u8 *bytes, *other_bytes;
    struct window w, other;

    assert_true(window_open(&w, fd) && window_open(&other, other_fd));
    i64 got = window_show(&w, 0, 1, &bytes);
    assert_true(window_show(&other, 0, 1, &other_bytes) > 0);
    assert_int_equal(ftruncate(fd, 100), 0);
    assert_int_equal(*(volatile const u8 *)(bytes + got - 1), 0);
    assert_true(w.lost);
    assert_false(other.lost);
    assert_int_equal(other_bytes[1], byte_at(1));
    assert_int_equal(window_show(&w, 0, 1, &bytes), -EIO);
    window_close(&w);
    assert_true(window_show(&other, 5, 1, &other_bytes) > 0);
    assert_int_equal(other_bytes[0], byte_at(5));
    window_close(&other);
    close(fd);
    close(other_fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        /* first, since behind each test cmocka takes the signal for itself again */
        cmocka_unit_test(test_a_file_that_is_cut_yields_zeros_and_a_failure),
        cmocka_unit_test(test_every_place_is_shown),
        cmocka_unit_test(test_it_begins_where_the_file_stands),
        cmocka_unit_test(test_what_cannot_be_mapped_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
