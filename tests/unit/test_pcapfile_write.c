/* The encoders, byte by byte, and what the reader makes of their files. */
#include "unit.h"

#include "array_stream.h"
#include "pcapfile/pcap_write.h"
#include "pcapfile/pcapng_write.h"
#include "pcapfile/savefile.h"

#define LITTLE_ENDIAN_MACHINE (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)

static u8 file[400000];
static size_t file_len;

static const u8 data[] = "0123456789abcdefghijklmnopqrstuvwxyz";

static struct packet a_packet(i64 ts_ns, u32 caplen)
{
    return (struct packet){ .ts_ns = ts_ns, .caplen = caplen, .len = caplen + 100, .data = data };
}

static void append(const void *bytes, size_t n)
{
    assert_true(file_len + n <= sizeof file);
    memcpy(file + file_len, bytes, n);
    file_len += n;
}

static struct savefile f;
static struct array_stream stream;
static struct counted_memory memory;

static void reopen(void)
{
    stream = (struct array_stream){ .bytes = file, .len = file_len };
    memory = (struct counted_memory){ 0 };
    struct savefile_setup setup = { .in = array_stream(&stream), .memory = counted_memory(&memory) };
    if (!savefile_open(&f, &setup))
        fail_msg("%s", f.error);
}

static void finish(void)
{
    struct packet p;
    assert_int_equal(savefile_next(&f, &p, 1), 0);
    assert_string_equal(f.error, "");
    savefile_close(&f);
    assert_int_equal(memory.now, 0);
}

static void assert_text_is(struct str s, const char *expected)
{
    assert_int_equal(s.len, strlen(expected));
    if (s.len > 0)
        assert_memory_equal(s.p, expected, s.len);
}

static void test_pcap_bytes(void **state)
{
    /* in little-endian order, as tcpdump 4.99.3 writes them there */
    static const u8 expected[] = {
        0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0xf4,
        0x00, 0xf1, 0x53, 0x65, 0x40, 0xe2, 0x01, 0x00, 0x0a, 0, 0, 0, 0x6e, 0, 0, 0,
    };
    const struct pcap_header h = { .linktype = 1, .linktype_bits = 0xf4000000, .snaplen = 262144 };
    const struct packet p = a_packet((i64)1700000000 * 1000000000 + 123456789, 10);
    u8 bytes[PCAP_HEADER_LEN + PCAP_RECORD_LEN];

    if (!LITTLE_ENDIAN_MACHINE)
        return; /* the expected bytes come from a little-endian one */
    pcap_write_header(bytes, &h);
    pcap_write_record(bytes + PCAP_HEADER_LEN, &p, false);
    assert_memory_equal(bytes, expected, sizeof expected);

    const struct pcap_header nano = { .linktype = 1, .snaplen = 40, .nano = true };
    pcap_write_header(bytes, &nano);
    pcap_write_record(bytes + PCAP_HEADER_LEN, &p, true);
    assert_int_equal(bytes[0], 0x4d);
    assert_int_equal(bytes[1], 0x3c);
    assert_int_equal(bytes[16], 40);
    assert_int_equal(bytes[28], 0x15);
    assert_int_equal(bytes[29], 0xcd);
}

static void test_what_pcap_can_hold(void **state)
{
    const i64 second = 1000000000, limit = (i64)1 << 32;
    struct packet p = a_packet(limit * second - 1, 1);
    assert_true(pcap_can_hold(&p));
    p.ts_ns++;
    assert_false(pcap_can_hold(&p));
    p.carried_s = 1; /* the seconds field says one less */
    assert_true(pcap_can_hold(&p));
    p = a_packet(0, 1);
    assert_true(pcap_can_hold(&p));
    p.ts_ns = -1;
    assert_false(pcap_can_hold(&p));
}

static void test_pcap_round_trip(void **state)
{
    static const i64 times[] = { 0, 1, 999, 1000, 1700000000123456789, 4294967295999999999 };

    for (int nano = 0; nano < 2; nano++) {
        const struct pcap_header h = { .linktype = 113, .snaplen = 65535, .nano = nano };
        file_len = 0;
        u8 bytes[PCAP_HEADER_LEN];
        pcap_write_header(bytes, &h);
        append(bytes, PCAP_HEADER_LEN);
        for (u32 i = 0; i < countof(times); i++) {
            struct packet p = a_packet(times[i], i * 3);
            pcap_write_record(bytes, &p, nano);
            append(bytes, PCAP_RECORD_LEN);
            append(p.data, p.caplen);
        }
        reopen();
        assert_int_equal(f.format, SAVEFILE_PCAP);
        assert_int_equal(f.nano, nano);
        assert_int_equal(f.linktype, 113);
        assert_int_equal(f.snaplen, 65535);
        assert_false(f.swapped);
        for (u32 i = 0; i < countof(times); i++) {
            struct packet p;
            assert_int_equal(savefile_next(&f, &p, 1), 1);
            assert_int_equal(p.ts_ns, nano ? times[i] : times[i] / 1000 * 1000);
            assert_int_equal(p.caplen, i * 3);
            assert_int_equal(p.len, i * 3 + 100);
            assert_int_equal(p.linktype, 113);
            assert_memory_equal(p.data, data, p.caplen);
            assert_int_equal(p.record.len, PCAP_RECORD_LEN + p.caplen);
            assert_ptr_equal(p.record.p + PCAP_RECORD_LEN, p.data);
        }
        finish();
    }
}

/* A second or more in the field of fractions survives a copy. */
static void test_carried_seconds(void **state)
{
    static const u32 fractions[][2] = {
        { 999999, 0 }, { 1000000, 1 }, { 0x80000000, 2147 }, { 0xffffffff, 4294 },
    };
    for (u32 i = 0; i < countof(fractions); i++) {
        const struct pcap_header h = { .linktype = 1, .snaplen = 65535 };
        const u32 record[4] = { 1000, fractions[i][0], 0, 60 };
        struct packet p;
        u8 bytes[PCAP_HEADER_LEN];
        file_len = 0;
        pcap_write_header(bytes, &h);
        append(bytes, PCAP_HEADER_LEN);
        append(record, sizeof record);
        reopen();
        assert_int_equal(savefile_next(&f, &p, 1), 1);
        assert_int_equal(p.ts_ns, 1000000000000 + (i64)fractions[i][0] * 1000);
        assert_int_equal(p.carried_s, fractions[i][1]);
        pcap_write_record(bytes, &p, false);
        assert_memory_equal(bytes, record, sizeof record);
        pcap_write_record(bytes, &p, true);
        u32 nano[2];
        memcpy(nano, bytes, sizeof nano);
        assert_int_equal((i64)nano[0] * 1000000000 + nano[1], p.ts_ns);
        finish();
    }
}

static void test_pcapng_section_bytes(void **state)
{
    static const u8 expected[] = {
        0x0a, 0x0d, 0x0d, 0x0a, 40, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 3, 0, 1, 0, 'x', 0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0,
    };
    const struct pcapng_section s = { .os = STR("x") };
    u8 bytes[64];

    if (!LITTLE_ENDIAN_MACHINE)
        return; /* the expected bytes come from a little-endian one */
    assert_int_equal(pcapng_write_section(NULL, 0, &s), sizeof expected);
    assert_int_equal(pcapng_write_section(bytes, sizeof expected, &s), sizeof expected);
    assert_memory_equal(bytes, expected, sizeof expected);
    assert_int_equal(pcapng_write_section(bytes, sizeof expected - 1, &s), sizeof expected);
}

static void append_block(size_t n) { file_len += n; }

#define ROOM file + file_len, sizeof file - file_len

static u32 names_told;

static void tell_name(void *context, const u8 *address, u32 len, struct str name)
{
    static const char *const expected[] = { "\x0a\0\0\1 host", "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1 six" };
    static const u32 address_len[] = { 4, 16 };

    assert_true(names_told < 2);
    assert_int_equal(len, address_len[names_told]);
    assert_memory_equal(address, expected[names_told], len);
    assert_text_is(name, expected[names_told] + len + 1);
    names_told++;
}

static void test_pcapng_round_trip(void **state)
{
    const struct pcapng_section s = { STR("cpu"), STR("Linux"), STR("snifter"), STR("a remark") };
    const struct pcapng_interface eth = { .linktype = 1, .snaplen = 100, .nano = true, .name = STR("eth0"),
                                          .description = STR("first"), .filter = STR("tcp port 80"),
                                          .os = STR("Linux"), .hardware = STR("card") };
    const struct pcapng_interface any = { .linktype = 276, .snaplen = 262144 };
    const struct pcapng_name names[] = {
        { (const u8 *)"\x0a\0\0\1", 4, STR("host") },
        { (const u8 *)"12345", 5, STR("no such address") },
        { (const u8 *)"\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16, STR("six") },
    };
    const struct pcapng_statistics counts = { .interface = 1, .ts_ns = 5000, .received = 7,
                                              .dropped_by_interface = PCAPNG_UNKNOWN, .accepted = 6,
                                              .dropped_by_os = 1, .delivered = PCAPNG_UNKNOWN };
    file_len = 0;
    append_block(pcapng_write_section(ROOM, &s));
    append_block(pcapng_write_interface(ROOM, &eth));
    append_block(pcapng_write_interface(ROOM, &any));
    struct packet p = a_packet(1700000000123456789, 9);
    p.comment = (struct str)STR("look here");
    p.direction = PACKET_OUT;
    const struct pcapng_extra extra = { .comment = STR("and here"), .drops = 3 };
    append_block(pcapng_write_packet(ROOM, &p, true, &extra));
    p = a_packet(1700000000123456789, 12);
    p.interface = 1;
    p.direction = PACKET_IN;
    u8 tail[PCAPNG_TAIL_MAX], head[PCAPNG_HEAD_LEN];
    size_t tail_len = pcapng_write_tail(tail, sizeof tail, &p, NULL);
    pcapng_write_head(head, &p, false, tail_len);
    append(head, sizeof head);
    append(p.data, p.caplen);
    append(tail, tail_len);
    append_block(pcapng_write_names(ROOM, names, countof(names)));
    append_block(pcapng_write_statistics(ROOM, &counts));
    p = a_packet(-5, 0);
    append_block(pcapng_write_packet(ROOM, &p, true, NULL));
    assert_int_equal(file_len % 4, 0);

    reopen();
    f.setup.name = tell_name;
    names_told = 0;
    assert_int_equal(f.format, SAVEFILE_PCAPNG);
    assert_int_equal(f.linktype, 1);
    assert_int_equal(f.snaplen, 100);
    struct packet batch[10];
    assert_int_equal(savefile_next(&f, batch, 10), 2);
    assert_int_equal(f.interface_count, 2);
    assert_text_is(savefile_section_option(&f, SHB_HARDWARE, 0), "cpu");
    assert_text_is(savefile_section_option(&f, SHB_OS, 0), "Linux");
    assert_text_is(savefile_section_option(&f, SHB_APPLICATION, 0), "snifter");
    assert_text_is(savefile_section_option(&f, OPTION_COMMENT, 0), "a remark");
    assert_text_is(savefile_interface_option(&f, 0, IF_NAME, 0), "eth0");
    assert_text_is(savefile_interface_option(&f, 0, IF_DESCRIPTION, 0), "first");
    struct str filter = savefile_interface_option(&f, 0, IF_FILTER, 0);
    assert_int_equal(filter.p[0], 0);
    assert_text_is(str_from(filter, 1), "tcp port 80");
    assert_text_is(savefile_interface_option(&f, 0, IF_OS, 0), "Linux");
    assert_text_is(savefile_interface_option(&f, 0, IF_HARDWARE, 0), "card");
    assert_text_is(savefile_interface_option(&f, 0, IF_NAME, 1), "");
    assert_text_is(savefile_interface_option(&f, 1, IF_NAME, 0), "");
    assert_text_is(savefile_interface_option(&f, 2, IF_NAME, 0), "");
    assert_int_equal(f.interfaces[0].clock.units, 1000000000);
    assert_int_equal(f.interfaces[1].clock.units, 1000000);

    assert_int_equal(batch[0].ts_ns, 1700000000123456789);
    assert_int_equal(batch[0].linktype, 1);
    assert_int_equal(batch[0].direction, PACKET_OUT);
    assert_text_is(batch[0].comment, "look here");
    assert_text_is(savefile_packet_option(&f, &batch[0], OPTION_COMMENT, 1), "and here");
    assert_int_equal(savefile_packet_option(&f, &batch[0], EPB_DROPCOUNT, 0).len, 8);
    assert_int_equal(savefile_packet_option(&f, &batch[0], EPB_DROPCOUNT, 0).p
                         [LITTLE_ENDIAN_MACHINE ? 0 : 7], 3);
    assert_int_equal(batch[1].ts_ns, 1700000000123456000);
    assert_int_equal(batch[1].linktype, 276);
    assert_int_equal(batch[1].interface, 1);
    assert_int_equal(batch[1].direction, PACKET_IN);
    assert_int_equal(batch[1].caplen, 12);
    assert_int_equal(batch[1].len, 112);
    assert_memory_equal(batch[1].data, data, 12);
    assert_int_equal(names_told, 0);
    assert_int_equal(savefile_next(&f, batch, 10), 1);
    assert_int_equal(names_told, 2);
    assert_int_equal(batch[0].ts_ns, 0);
    finish();
}

/* A text that is too long is cut; a block that does not fit is measured all the same. */
static void test_limits(void **state)
{
    static char large[70000];
    memset(large, 'x', sizeof large);
    const struct str text = str_make(large, sizeof large);
    const struct pcapng_section s = { .comment = text };
    const struct pcapng_interface i = { .linktype = 1, .filter = text };
    struct packet p = a_packet(0, 5);
    const struct pcapng_extra extra = { .comment = text, .drops = 1 };
    p.comment = text;
    p.direction = PACKET_IN;

    file_len = 0;
    append_block(pcapng_write_section(ROOM, &s));
    append_block(pcapng_write_interface(ROOM, &i));
    size_t size = pcapng_write_packet(NULL, 0, &p, false, &extra);
    assert_true(size - PCAPNG_HEAD_LEN - 5 <= PCAPNG_TAIL_MAX);
    assert_int_equal(pcapng_write_packet(ROOM, &p, false, &extra), size);
    append_block(size);
    reopen();
    struct packet q;
    assert_int_equal(savefile_next(&f, &q, 1), 1);
    assert_int_equal(q.comment.len, 65535);
    assert_int_equal(savefile_packet_option(&f, &q, OPTION_COMMENT, 1).len, 65535);
    assert_int_equal(savefile_interface_option(&f, 0, IF_FILTER, 0).len, 65535);
    assert_int_equal(q.direction, PACKET_IN);
    finish();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pcap_bytes),
        cmocka_unit_test(test_what_pcap_can_hold),
        cmocka_unit_test(test_pcap_round_trip),
        cmocka_unit_test(test_carried_seconds),
        cmocka_unit_test(test_pcapng_section_bytes),
        cmocka_unit_test(test_pcapng_round_trip),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
