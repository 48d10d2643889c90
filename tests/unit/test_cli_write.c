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

/* -- packets that are written from where they lie ------------------------------------------------ */

enum { RING_PACKETS = 64, RING_STEP = 2048, RING_ROOM = 18 };

/* Packets as the ring has them, with room before each; their bytes say which they are. */
static void fill_ring(u8 *ring, struct packet *batch, u32 caplen)
{
    for (u32 i = 0; i < RING_PACKETS; i++) {
        u8 *data = ring + i * RING_STEP + RING_ROOM;
        memset(data - RING_ROOM, 0xee, RING_ROOM);
        memset(data, (int)i, caplen);
        batch[i] = packet_of(caplen - i % 3);
        batch[i].data = data;
        batch[i].ts_ns = (i64)i * 1000;
        batch[i].headroom = RING_ROOM;
    }
}

static size_t save_batch(const struct packet *batch, u8 *to, size_t room, bool *whole)
{
    const char *path = make_path();
    struct writer w;
    u32 done;

    assert_true(writer_init(&w));
    assert_true(begin(&formats[0], &w, path));
    *whole = pcap_output_packets(&pcap, &w, batch, RING_PACKETS, &done) == WRITE_OK;
    assert_int_equal(done, *whole ? RING_PACKETS : 0);
    *whole &= writer_close(&w);
    writer_free(&w);
    int fd = open(path, O_RDONLY);
    ssize_t n = read(fd, to, room);
    close(fd);
    unlink(path);
    return (size_t)n;
}

static void long_packets_lie_where_they_are(void **state)
{
    static u8 ring[RING_PACKETS * RING_STEP], copied[sizeof ring], direct[sizeof ring];
    struct packet batch[RING_PACKETS];
    bool whole;

    for (u32 caplen = 60; caplen < 2000; caplen += 97) {
        fill_ring(ring, batch, caplen);
        size_t n = save_batch(batch, direct, sizeof direct, &whole);
        assert_true(whole);
        bool in_place = ring[RING_ROOM - 1] != 0xee;
        assert_true(in_place == (caplen >= 600) || (caplen >= 500 && caplen < 600));
        for (u32 i = 0; i < RING_PACKETS; i++) {
            assert_int_equal(ring[i * RING_STEP], 0xee); /* no more room is taken than a header needs */
            batch[i].headroom = 0;
        }
        assert_int_equal(save_batch(batch, copied, sizeof copied, &whole), n);
        assert_memory_equal(copied, direct, n);
    }
}

static void packets_without_room_end_the_run(void **state)
{
    static u8 ring[RING_PACKETS * RING_STEP], copied[sizeof ring], direct[sizeof ring];
    struct packet batch[RING_PACKETS];
    bool whole;

    fill_ring(ring, batch, 1500);
    batch[RING_PACKETS - 5].headroom = 15;
    batch[RING_PACKETS - 3].headroom = 0;
    size_t n = save_batch(batch, direct, sizeof direct, &whole);
    for (u32 i = 0; i < RING_PACKETS; i++)
        batch[i].headroom = 0;
    assert_int_equal(save_batch(batch, copied, sizeof copied, &whole), n);
    assert_memory_equal(copied, direct, n);
}

static void a_torn_long_record_is_cut_off(void **state)
{
    static u8 ring[RING_PACKETS * RING_STEP], bytes[sizeof ring];
    struct packet batch[RING_PACKETS];
    struct rlimit before, limit;
    bool whole;

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    fill_ring(ring, batch, 1000);
    for (u32 i = 0; i < RING_PACKETS; i++)
        batch[i].caplen = batch[i].len = 984; /* with its header a record of 1000 bytes */
    limit = before;
    for (limit.rlim_cur = PCAP_HEADER_LEN; limit.rlim_cur < 5000; limit.rlim_cur += 331) {
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        size_t n = save_batch(batch, bytes, sizeof bytes, &whole);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_false(whole);
        assert_int_equal(n, PCAP_HEADER_LEN + (limit.rlim_cur - PCAP_HEADER_LEN) / 1000 * 1000);
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
        cmocka_unit_test(long_packets_lie_where_they_are),
        cmocka_unit_test(packets_without_room_end_the_run),
        cmocka_unit_test(a_torn_long_record_is_cut_off),
        cmocka_unit_test(a_failed_writer_stays_failed), cmocka_unit_test(what_a_format_cannot_hold),
        cmocka_unit_test(the_oldest_files_go_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
