/*
 * Properties of the savefile code on files that a fixed seed makes up.
 *
 *   round trip   what the writers wrote is what the reader reads, whatever the pieces it gets
 *   truncation   a file cut anywhere yields its first packets, then an end or a message
 *   mutation     a damaged file yields something, or a message; never a crash, a hang, or memory
 *                beyond the bound that savefile.h states
 */
#include "unit.h"

#include "array_stream.h"
#include "pcapfile/pcap_write.h"
#include "pcapfile/pcapng_write.h"
#include "pcapfile/savefile.h"

enum { PACKETS_MAX = 40, DATA_MAX = 300, ROUNDS = 60, MUTATIONS = 20000, BATCH_MAX = 64 };
enum { HEADERS = 60 }; /* where damage is most telling */

static u64 state = 0x9e3779b97f4a7c15u;

/* xorshift64*: the same numbers on every machine. */
static u32 below(u32 limit)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (u32)((state * 0x2545f4914f6cdd1du) >> 32) % limit;
}

/* What a file was made of. */
struct made {
    u8 bytes[PACKETS_MAX * (DATA_MAX + 400) + 4000];
    size_t len;
    bool pcapng, nano;
    u32 count, interfaces;
    struct packet packets[PACKETS_MAX];
    size_t ends[PACKETS_MAX]; /* file length behind each packet */
    u8 data[PACKETS_MAX][DATA_MAX];
    char comments[PACKETS_MAX][20];
};

static struct made made;

static void append(const void *bytes, size_t n)
{
    assert_true(made.len + n <= sizeof made.bytes);
    memcpy(made.bytes + made.len, bytes, n);
    made.len += n;
}

static void make_packet(u32 i)
{
    struct packet *p = &made.packets[i];

    *p = (struct packet){ .linktype = 1 };
    p->ts_ns = (i64)below(1u << 31) * NS_PER_SECOND + below(NS_PER_SECOND);
    if (!made.nano)
        p->ts_ns -= p->ts_ns % 1000;
    p->caplen = below(DATA_MAX + 1);
    p->len = p->caplen + below(3) * below(1000);
    for (u32 at = 0; at < p->caplen; at++)
        made.data[i][at] = (u8)below(256);
    p->data = made.data[i];
    if (!made.pcapng)
        return;
    p->interface = below(made.interfaces);
    p->linktype = (u16)(1 + p->interface);
    p->direction = (u8)below(3);
    p->comment.len = below(2) * below(sizeof made.comments[i]);
    for (size_t at = 0; at < p->comment.len; at++)
        made.comments[i][at] = (char)('a' + below(26));
    p->comment.p = made.comments[i];
}

static void begin_pcapng(void)
{
    const struct pcapng_section s = { .application = STR("prop") };

    made.len += pcapng_write_section(made.bytes, sizeof made.bytes, &s);
    for (u32 i = 0; i < made.interfaces; i++) {
        struct pcapng_interface face = { .linktype = (u16)(1 + i), .snaplen = DATA_MAX + i,
                                         .nano = made.nano, .name = STR("if") };
        made.len += pcapng_write_interface(made.bytes + made.len, sizeof made.bytes - made.len, &face);
    }
}

static void begin_pcap(void)
{
    const struct pcap_header h = { .linktype = 1, .snaplen = DATA_MAX, .nano = made.nano };
    u8 bytes[PCAP_HEADER_LEN];

    pcap_write_header(bytes, &h);
    append(bytes, sizeof bytes);
}

static void write_packet(const struct packet *p)
{
    u8 bytes[PCAP_RECORD_LEN];

    if (made.pcapng) {
        made.len += pcapng_write_packet(made.bytes + made.len, sizeof made.bytes - made.len, p, made.nano,
                                        NULL);
        return;
    }
    pcap_write_record(bytes, p, made.nano);
    append(bytes, sizeof bytes);
    append(p->data, p->caplen);
}

static void make_file(u32 packets)
{
    made.len = 0;
    made.pcapng = below(2);
    made.nano = below(2);
    made.count = packets;
    made.interfaces = made.pcapng ? 1 + below(4) : 1;
    if (made.pcapng)
        begin_pcapng();
    else
        begin_pcap();
    for (u32 i = 0; i < packets; i++) {
        make_packet(i);
        write_packet(&made.packets[i]);
        made.ends[i] = made.len;
    }
}

static void check_packet(const struct packet *is, const struct packet *want)
{
    assert_int_equal(is->ts_ns, want->ts_ns);
    assert_int_equal(is->carried_s, 0);
    assert_int_equal(is->caplen, want->caplen);
    assert_int_equal(is->len, want->len);
    assert_int_equal(is->linktype, want->linktype);
    assert_int_equal(is->interface, want->interface);
    assert_int_equal(is->direction, want->direction);
    assert_true(str_equal(is->comment, want->comment));
    assert_memory_equal(is->data, want->data, want->caplen);
}

static struct savefile f;
static struct array_stream stream;
static struct counted_memory memory;

static bool open_bytes(const u8 *bytes, size_t len, size_t chunk)
{
    stream = (struct array_stream){ .bytes = bytes, .len = len, .chunk = chunk };
    memory = (struct counted_memory){ 0 };
    const struct savefile_setup setup = { .in = below(2) ? array_stream(&stream) : array_shown(&stream),
                                          .memory = counted_memory(&memory) };
    return savefile_open(&f, &setup);
}

/* Reads all; the packets must be the first ones that were made.  Returns how many there were. */
static u32 check_packets(int max)
{
    struct packet batch[BATCH_MAX];
    u32 count = 0;
    int n;

    while ((n = savefile_next(&f, batch, max)) > 0)
        for (int i = 0; i < n; i++, count++) {
            assert_true(count < made.count);
            check_packet(&batch[i], &made.packets[count]);
        }
    assert_int_equal(n, f.error[0] != '\0' ? -1 : 0);
    return count;
}

static void round_trip(void **unused)
{
    for (u32 round = 0; round < ROUNDS; round++) {
        make_file(below(PACKETS_MAX + 1));
        for (u32 reading = 0; reading < 6; reading++) {
            static const size_t chunks[] = { 0, 1, 16, 333, 4096, 7 };
            assert_true(open_bytes(made.bytes, made.len, chunks[reading]));
            assert_int_equal(check_packets(1 + (int)below(BATCH_MAX)), made.count);
            assert_string_equal(f.error, "");
            savefile_close(&f);
            assert_int_equal(memory.now, 0);
        }
    }
}

static void truncation(void **unused)
{
    for (u32 round = 0; round < 12; round++) {
        make_file(6);
        size_t header = made.ends[0] - made.packets[0].record.len;
        for (size_t len = 0; len < made.len; len++) {
            u32 whole = 0;
            while (whole < made.count && made.ends[whole] <= len)
                whole++;
            u8 *exact = malloc(len > 0 ? len : 1); /* so that a sanitizer sees where it ends */
            assert_non_null(exact);
            memcpy(exact, made.bytes, len);
            bool between = whole > 0 && made.ends[whole - 1] == len;
            if (open_bytes(exact, len, below(2) * 5)) {
                assert_int_equal(check_packets(8), whole);
                /* silence only where a reader cannot know that something is missing */
                assert_true(between || f.error[0] != '\0' || len < header);
            } else {
                assert_string_not_equal(f.error, "");
                assert_int_equal(whole, 0);
            }
            savefile_close(&f);
            free(exact);
        }
    }
}

static volatile u8 seen;

static void mutation(void **unused)
{
    for (u32 round = 0; round < MUTATIONS; round++) {
        if (round % 100 == 0)
            make_file(1 + below(8));
        u8 *damaged = malloc(made.len);
        assert_non_null(damaged);
        memcpy(damaged, made.bytes, made.len);
        for (u32 changes = 1 + below(4); changes > 0; changes--) {
            u32 where = below(3) == 0 && made.len > HEADERS ? HEADERS : (u32)made.len;
            u32 at = below(where);
            damaged[at] = below(2) ? (u8)(damaged[at] ^ 1u << below(8)) : (u8)below(256);
        }
        u32 count = 0;
        if (open_bytes(damaged, made.len, 0)) {
            struct packet batch[BATCH_MAX];
            int n;
            while ((n = savefile_next(&f, batch, BATCH_MAX)) > 0)
                for (int i = 0; i < n; i++, count++)
                    for (u32 at = 0; at < batch[i].caplen; at++)
                        seen = (u8)(seen + batch[i].data[at]);
        }
        assert_true(count <= made.len / PCAPNG_BLOCK_MIN);
        assert_true(memory.peak <= SAVEFILE_BUFFER + 4 * made.len + sizeof(struct gunzip));
        savefile_close(&f);
        assert_int_equal(memory.now, 0);
        free(damaged);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip),
        cmocka_unit_test(truncation),
        cmocka_unit_test(mutation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
