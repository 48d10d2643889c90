/* Output files: what is in them, also after a write that failed half-way. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/linktype.h"
#include "cli/write.h"

static const struct pcap_header header = { .linktype = LINKTYPE_EN10MB, .snaplen = 262144 };

/* A file of our own, unlinked by drop(). */
static const char *make_path(void)
{
    static char path[] = "/tmp/test_cli_write.XXXXXX";
    memcpy(path + sizeof path - 7, "XXXXXX", 6);
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    return path;
}

static u64 size_of(const char *path)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return (u64)status.st_size;
}

static struct packet packet_of(u32 caplen)
{
    static u8 data[600000];
    return (struct packet){ .ts_ns = 1, .caplen = caplen, .len = caplen, .data = data };
}

/* Records in a file that has nothing but whole ones. */
static u32 count_records(const char *path)
{
    FILE *f = fopen(path, "rb");
    u32 fields[4], count = 0;
    u64 size = size_of(path), at = PCAP_HEADER_LEN;

    assert_non_null(f);
    while (at < size) {
        assert_int_equal(fseek(f, (long)at, SEEK_SET), 0);
        assert_int_equal(fread(fields, sizeof fields, 1, f), 1);
        at += PCAP_RECORD_LEN + fields[2];
        count++;
    }
    fclose(f);
    assert_int_equal(at, size);
    return count;
}

static void packets_of_every_size(void **state)
{
    static const u32 sizes[] = {
        0, 1, 60, 1500, 65535, WRITER_BUFFER - PCAP_RECORD_LEN, WRITER_BUFFER, 600000, 3
    };
    const char *path = make_path();
    struct writer w;
    u64 expected = PCAP_HEADER_LEN;

    assert_true(writer_init(&w));
    assert_true(writer_open(&w, path, &header));
    for (size_t i = 0; i < countof(sizes); i++) {
        struct packet p = packet_of(sizes[i]);
        assert_true(writer_packets(&w, &p, 1));
        expected += PCAP_RECORD_LEN + sizes[i];
        assert_int_equal(writer_size(&w), expected);
    }
    assert_true(writer_close(&w));
    writer_free(&w);
    assert_int_equal(size_of(path), expected);
    assert_int_equal(count_records(path), countof(sizes));
    unlink(path);
}

/* A limit on the file's size makes a write fall short exactly where we want it. */
static void a_torn_record_is_cut_off(void **state)
{
    enum { CAPLEN = 1000, RECORD = PCAP_RECORD_LEN + CAPLEN };
    static const u64 limits[] = { 0,
                                  10,
                                  PCAP_HEADER_LEN,
                                  PCAP_HEADER_LEN + 5,
                                  PCAP_HEADER_LEN + RECORD,
                                  PCAP_HEADER_LEN + RECORD + 16,
                                  PCAP_HEADER_LEN + 3 * RECORD - 1,
                                  300000 };
    struct rlimit before;

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    for (size_t i = 0; i < countof(limits); i++) {
        const char *path = make_path();
        struct rlimit limit = { .rlim_cur = limits[i], .rlim_max = before.rlim_max };
        struct packet p = packet_of(CAPLEN);
        struct writer w;
        assert_true(writer_init(&w));
        assert_true(writer_open(&w, path, &header));
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        for (int n = 0; n < 1000; n++)
            if (!writer_packets(&w, &p, 1))
                break;
        bool whole = writer_close(&w);
        int error = w.error;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_false(whole);
        assert_int_equal(error, EFBIG);
        u64 size = size_of(path);
        if (limits[i] < PCAP_HEADER_LEN)
            assert_int_equal(size, 0);
        else
            assert_int_equal(count_records(path), (limits[i] - PCAP_HEADER_LEN) / RECORD);
        writer_free(&w);
        unlink(path);
    }
}

static void a_failed_writer_stays_failed(void **state)
{
    struct packet p = packet_of(100);
    struct writer w;

    assert_true(writer_init(&w));
    assert_false(writer_open(&w, "/nonexistent/x", &header));
    assert_int_equal(w.error, ENOENT);
    assert_true(writer_open(&w, "/dev/full", &header));
    assert_true(writer_packets(&w, &p, 1));
    assert_false(writer_flush(&w));
    assert_int_equal(w.error, ENOSPC);
    assert_false(writer_packets(&w, &p, 1));
    assert_false(writer_close(&w));
    assert_int_equal(w.error, ENOSPC);
    writer_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packets_of_every_size),
        cmocka_unit_test(a_torn_record_is_cut_off),
        cmocka_unit_test(a_failed_writer_stays_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
