/* Output files, pcap and pcapng: what is in them, also after a write that failed half-way. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/linktype.h"
#include "cli/kept.h"
#include "cli/write_ng.h"
#include "cli/write_pcap.h"

enum { DATA = 262144 }; /* the largest captured length of this link type */

static const struct pcapng_interface interface = { .linktype = LINKTYPE_EN10MB, .snaplen = 262144 };
static const struct pcap_output pcap = {
    .header = { .linktype = LINKTYPE_EN10MB, .snaplen = 262144 },
};
static struct ng_output ng = { .interfaces = &interface, .interface_count = 1 };

/* One of the two formats. */
struct format {
    bool is_ng;
    whole_records *whole;
    u32 begin;  /* bytes before the first packet */
    u32 around; /* bytes of a packet's record beside its data, which is padded to... */
    u32 unit;
};
static const struct format formats[] = { { false, pcap_whole_records, PCAP_HEADER_LEN, 16, 1 },
                                         { true, ng_whole_records, 28 + 32, 32, 4 } };

static bool begin(const struct format *f, struct writer *w, const char *path)
{
    return writer_open(w, path, f->whole) &&
           (f->is_ng ? ng_output_begin(&ng, w) : pcap_output_begin(&pcap, w));
}

static enum write_result put(const struct format *f, struct writer *w, const struct packet *p)
{
    u32 done;

    return f->is_ng ? ng_output_packets(&ng, w, p, 1, &done)
                    : pcap_output_packets(&pcap, w, p, 1, &done);
}

static u64 record(const struct format *f, u32 caplen)
{
    return f->around + (caplen + f->unit - 1) / f->unit * f->unit;
}

/* A file of our own. */
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
    static u8 data[DATA];

    assert_true(caplen <= sizeof data);
    return (struct packet){
        .ts_ns = 1, .caplen = caplen, .len = caplen, .data = data, .linktype = LINKTYPE_EN10MB
    };
}

/* Packets in a file that our reader finds nothing wrong with. */
static i64 read_descriptor(void *from, void *to, size_t n)
{
    return read(*(int *)from, to, n);
}

static void *resize(void *context, void *old, size_t old_bytes, size_t new_bytes)
{
    if (new_bytes > 0)
        return realloc(old, new_bytes);
    free(old);
    return NULL;
}

static u32 count_packets(const char *path)
{
    int fd = open(path, O_RDONLY);
    const struct savefile_setup setup = { .in = { .read = read_descriptor, .from = &fd },
                                          .memory = { resize, NULL } };
    struct savefile file;
    struct packet batch[16];
    u32 count = 0;
    int n;

    assert_true(fd >= 0);
    assert_true(savefile_open(&file, &setup));
    while ((n = savefile_next(&file, batch, 16)) > 0)
        count += (u32)n;
    assert_string_equal(file.error, "");
    savefile_close(&file);
    close(fd);
    return count;
}

static void packets_of_every_size(void **state)
{
    static const u32 sizes[] = {
        0, 1, 60, 1500, 65535, WRITER_BUFFER - 16, WRITER_BUFFER - 200, DATA, 3,
    };

    for (size_t f = 0; f < countof(formats); f++) {
        const char *path = make_path();
        u64 expected = formats[f].begin;
        struct writer w;
        assert_true(writer_init(&w));
        assert_true(begin(&formats[f], &w, path));
        for (size_t i = 0; i < countof(sizes); i++) {
            struct packet p = packet_of(sizes[i]);
            assert_int_equal(put(&formats[f], &w, &p), WRITE_OK);
            expected += record(&formats[f], sizes[i]);
            assert_int_equal(writer_size(&w), expected);
        }
        assert_true(writer_close(&w));
        writer_free(&w);
        assert_int_equal(size_of(path), expected);
        assert_int_equal(count_packets(path), countof(sizes));
        unlink(path);
    }
}

/* A limit on the file's size makes a write fall short exactly where we want it. */
static void a_torn_record_is_cut_off(void **state)
{
    enum { CAPLEN = 1001 };
    struct rlimit before;

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    for (size_t f = 0; f < countof(formats); f++) {
        u64 start = formats[f].begin, one = record(&formats[f], CAPLEN);
        const u64 limits[] = {
            0, 10, start, start + 5, start + one, start + one + 16, start + 3 * one - 1, 300000
        };
        for (size_t i = 0; i < countof(limits); i++) {
            const char *path = make_path();
            struct rlimit limit = { .rlim_cur = limits[i], .rlim_max = before.rlim_max };
            struct packet p = packet_of(CAPLEN);
            struct writer w;
            assert_true(writer_init(&w));
            assert_true(begin(&formats[f], &w, path));
            assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
            for (int n = 0; n < 1000; n++)
                if (put(&formats[f], &w, &p) != WRITE_OK)
                    break;
            bool whole = writer_close(&w);
            assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
            assert_false(whole);
            assert_int_equal(w.error, EFBIG);
            if (limits[i] < start)
                assert_true(size_of(path) < start);
            else
                assert_int_equal(count_packets(path), (limits[i] - start) / one);
            writer_free(&w);
            unlink(path);
        }
    }
}

static void a_failed_writer_stays_failed(void **state)
{
    struct packet p = packet_of(100);
    struct writer w;

    for (size_t f = 0; f < countof(formats); f++) {
        assert_true(writer_init(&w));
        assert_false(begin(&formats[f], &w, "/nonexistent/x"));
        assert_int_equal(w.error, ENOENT);
        assert_true(begin(&formats[f], &w, "/dev/full"));
        assert_int_equal(put(&formats[f], &w, &p), WRITE_OK);
        assert_false(writer_flush(&w));
        assert_int_equal(w.error, ENOSPC);
        assert_int_equal(put(&formats[f], &w, &p), WRITE_FAILED);
        assert_false(writer_close(&w));
        assert_int_equal(w.error, ENOSPC);
        writer_free(&w);
    }
}

static void what_a_format_cannot_hold(void **state)
{
    struct packet other = packet_of(10), early = packet_of(10), strange = packet_of(10);
    struct writer w;

    other.linktype = LINKTYPE_RAW;
    early.ts_ns = -1;
    strange.interface = 1;
    assert_true(writer_init(&w));
    assert_true(begin(&formats[0], &w, "/dev/null"));
    assert_int_equal(put(&formats[0], &w, &other), WRITE_LINKTYPE);
    assert_int_equal(put(&formats[0], &w, &early), WRITE_TIME);
    assert_int_equal(put(&formats[1], &w, &other), WRITE_LINKTYPE);
    assert_int_equal(put(&formats[1], &w, &strange), WRITE_LINKTYPE);
    assert_int_equal(put(&formats[1], &w, &early), WRITE_OK);
    assert_true(writer_close(&w));
    writer_free(&w);
}

/* -- bounded sets of files --------------------------------------------------------------------- */

static void make_file(const char *name)
{
    int fd = open(name, O_CREAT | O_WRONLY, 0600);

    assert_true(fd >= 0);
    close(fd);
}

static void the_oldest_files_go_first(void **state)
{
    char folder[] = "/tmp/test_cli_kept.XXXXXX", name[64];
    struct kept k = { .max_files = 4, .max_bytes = 100 };
    const char *culprit;

    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    for (int i = 0; i < 40; i++) {
        struct out o = out_fixed(name, sizeof name - 1);
        out_text_z(&o, "f");
        out_dec(&o, (u32)i);
        *o.pos = '\0';
        make_file(name);
        assert_true(kept_add(&k, name, 20));
        assert_true(kept_trim(&k, 1, 0, &culprit));
        assert_int_equal(k.count, i < 3 ? i + 1 : 3);
        assert_int_equal(k.bytes, 20 * k.count);
    }
    assert_int_equal(access("f36", F_OK), -1);
    assert_int_equal(access("f37", F_OK), 0);
    assert_true(kept_trim(&k, 1, 70, &culprit)); /* 60 + 70 do not fit into 100 */
    assert_int_equal(k.count, 1);
    assert_int_equal(access("f39", F_OK), 0);
    assert_true(kept_add(&k, "f39", 50)); /* the same file, longer */
    assert_int_equal(k.count, 1);
    assert_int_equal(k.bytes, 50);
    assert_int_equal(unlink("f39"), 0);
    assert_true(kept_trim(&k, 1, 1000, &culprit)); /* gone already, which is as good */
    assert_int_equal(k.count, 0);
    assert_int_equal(mkdir("f40", 0700), 0);
    assert_true(kept_add(&k, "f40", 1));
    assert_false(kept_trim(&k, 1, 1000, &culprit));
    assert_string_equal(culprit, "f40");
    kept_free(&k);
    assert_int_equal(rmdir("f40"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packets_of_every_size),        cmocka_unit_test(a_torn_record_is_cut_off),
        cmocka_unit_test(a_failed_writer_stays_failed), cmocka_unit_test(what_a_format_cannot_hold),
        cmocka_unit_test(the_oldest_files_go_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
