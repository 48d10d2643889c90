/*
 * The savefile reader's promises that a single file does not show: batches, promptness, sections,
 * what is told in between, memory.  Words and values are compared with tcpdump's in diff.savefile; a
 * few are kept here for machines that have none.
 */
#include "unit.h"

#include "array_stream.h"
#include "pcapfile/pcapng.h"
#include "pcapfile/savefile.h"

/* A file under construction, in either byte order. */
struct file {
    u8 bytes[200000];
    size_t len;
    bool big;
};

static struct file file;

static void put8(u8 value) { file.bytes[file.len++] = value; }

static void put16(u16 value)
{
    put8((u8)(file.big ? value >> 8 : value));
    put8((u8)(file.big ? value : value >> 8));
}

static void put32(u32 value)
{
    put16((u16)(file.big ? value >> 16 : value));
    put16((u16)(file.big ? value : value >> 16));
}

static void begin(bool big)
{
    file.len = 0;
    file.big = big;
}

static void pcap_header(u32 snaplen, u32 linktype)
{
    put32(0xa1b2c3d4);
    put16(2);
    put16(4);
    put32(0);
    put32(0);
    put32(snaplen);
    put32(linktype);
}

/* A record whose bytes all say `mark`. */
static void pcap_record(u32 seconds, u32 caplen, u8 mark)
{
    put32(seconds);
    put32(7);
    put32(caplen);
    put32(caplen);
    memset(file.bytes + file.len, mark, caplen);
    file.len += caplen;
}

static void section(void)
{
    put32(BLOCK_SECTION);
    put32(28);
    put32(PCAPNG_BYTE_ORDER_MAGIC);
    put16(1);
    put16(0);
    put32(UINT32_MAX);
    put32(UINT32_MAX);
    put32(28);
}

static void interface(u16 linktype, u32 snaplen)
{
    put32(BLOCK_INTERFACE);
    put32(20);
    put16(linktype);
    put16(0);
    put32(snaplen);
    put32(20);
}

static void packet(u32 number, u32 caplen, u8 mark)
{
    u32 padding = -caplen & 3;
    put32(BLOCK_PACKET);
    put32(32 + caplen + padding);
    put32(number);
    put32(0);
    put32(1000000);
    put32(caplen);
    put32(caplen);
    memset(file.bytes + file.len, mark, caplen);
    memset(file.bytes + file.len + caplen, 0, padding);
    file.len += caplen + padding;
    put32(32 + caplen + padding);
}

static void other_block(u32 type, u32 word)
{
    put32(type);
    put32(16);
    put32(word);
    put32(16);
}

static struct savefile f;
static struct array_stream stream;
static struct counted_memory memory;
static char told[200]; /* one letter per block */

static void tell(void *context, const struct savefile *from, const struct savefile_block *block)
{
    assert_ptr_equal(from, &f);
    assert_int_equal(block->swapped, f.swapped);
    const char letter = block->type == BLOCK_SECTION     ? 'S'
                        : block->type == BLOCK_INTERFACE ? 'I'
                        : block->type == BLOCK_NAMES     ? 'N'
                                                         : '?';
    if (strlen(told) + 1 < sizeof told)
        told[strlen(told)] = letter;
}

static bool open_file(size_t chunk)
{
    stream = (struct array_stream){ .bytes = file.bytes, .len = file.len, .chunk = chunk };
    memory = (struct counted_memory){ 0 };
    memset(told, 0, sizeof told);
    const struct savefile_setup setup = {
        .in = array_stream(&stream),
        .memory = counted_memory(&memory),
        .block = tell,
    };
    return savefile_open(&f, &setup);
}

static void close_file(void)
{
    savefile_close(&f);
    assert_int_equal(memory.now, 0);
}

static void test_batches(void **state)
{
    struct packet batch[8];

    begin(false);
    pcap_header(65535, 1);
    for (u32 i = 0; i < 20; i++)
        pcap_record(i, i, (u8)i);
    assert_true(open_file(0));
    for (u32 i = 0; i < 20;) {
        int n = savefile_next(&f, batch, 8);
        assert_int_equal(n, i < 16 ? 8 : 4);
        for (int k = 0; k < n; k++, i++) {
            assert_int_equal(batch[k].ts_ns, (i64)i * 1000000000 + 7000);
            assert_int_equal(batch[k].caplen, i);
            assert_int_equal(batch[k].interface, 0);
            for (u32 at = 0; at < i; at++)
                assert_int_equal(batch[k].data[at], i);
        }
    }
    assert_int_equal(savefile_next(&f, batch, 8), 0);
    assert_int_equal(savefile_next(&f, batch, 8), 0);
    close_file();
}

/* A packet is delivered before the stream is asked for what follows it. */
static void test_promptness(void **state)
{
    struct packet batch[8];

    begin(false);
    pcap_header(65535, 1);
    pcap_record(1, 50, 'a');
    pcap_record(2, 50, 'b');
    assert_true(open_file(33)); /* a record is 66 bytes */
    u32 got = 0;
    for (;;) {
        int n = savefile_next(&f, batch, 8);
        if (n == 0)
            break;
        got += (u32)n;
        assert_true(stream.at < 24 + 66 * got + 33);
    }
    assert_int_equal(got, 2);
    close_file();
}

static void test_failures_come_after_the_packets(void **state)
{
    struct packet batch[8];

    begin(false);
    pcap_header(65535, 1);
    pcap_record(1, 50, 'a');
    pcap_record(2, 50, 'b');
    file.len -= 10;
    assert_true(open_file(0));
    assert_int_equal(savefile_next(&f, batch, 8), 1);
    assert_string_equal(f.error, "");
    assert_int_equal(savefile_next(&f, batch, 8), -1);
    assert_string_equal(f.error, "truncated dump file; tried to read 50 captured bytes, only got 40");
    assert_int_equal(savefile_next(&f, batch, 8), -1);
    assert_int_equal(f.failure, 0);
    close_file();

    /* the stream itself fails: the caller knows what the number means */
    assert_true(open_file(0));
    stream.failure = -5;
    assert_int_equal(savefile_next(&f, batch, 8), 1);
    assert_int_equal(savefile_next(&f, batch, 8), -1);
    assert_string_equal(f.error, "error reading dump file");
    assert_int_equal(f.failure, -5);
    close_file();
}

/* The words of tcpdump 4.99.3 for files that are none. */
static void test_words(void **state)
{
    begin(false);
    assert_false(open_file(0));
    assert_string_equal(f.error, "truncated dump file; tried to read 4 file header bytes, only got 0");
    close_file();
    pcap_header(65535, 1);
    file.len = 10;
    assert_false(open_file(0));
    assert_string_equal(f.error, "truncated dump file; tried to read 24 file header bytes, only got 6");
    close_file();
    memset(file.bytes, 'x', 10);
    assert_false(open_file(0));
    assert_string_equal(f.error, "unknown file format");
    close_file();
    begin(false);
    pcap_header(262144, 1);
    put32(0);
    put32(0);
    put32(262145);
    put32(262145);
    assert_true(open_file(0));
    struct packet p;
    assert_int_equal(savefile_next(&f, &p, 1), -1);
    assert_string_equal(f.error, "invalid packet capture length 262145, bigger than snaplen of 262144");
    close_file();
    begin(false);
    section();
    assert_false(open_file(0));
    assert_string_equal(f.error, "the capture file has no Interface Description Blocks");
    close_file();
}

/* What libpcap refuses: interfaces that differ, even in byte order from section to section. */
static void test_interfaces_that_differ(void **state)
{
    struct packet batch[8];

    for (int order = 0; order < 4; order++) {
        begin(order & 1);
        section();
        interface(1, 100);
        interface(101, 65535);
        packet(1, 200, 'r');
        packet(0, 100, 'e');
        file.big = order & 2;
        section();
        interface(113, 0);
        packet(0, 33, 'c');
        assert_true(open_file(0));
        assert_int_equal(f.linktype, 1);
        assert_int_equal(f.snaplen, 100);
        assert_int_equal(savefile_next(&f, batch, 8), 2); /* a section ends the batch */
        assert_int_equal(f.interface_count, 2);
        assert_int_equal(batch[0].linktype, 101);
        assert_int_equal(batch[0].interface, 1);
        assert_int_equal(batch[0].caplen, 200);
        assert_int_equal(batch[0].data[199], 'r');
        assert_int_equal(batch[0].ts_ns, 1000000000);
        assert_int_equal(batch[1].linktype, 1);
        assert_int_equal(savefile_preamble(&f).len, 28 + 20 + 20);
        assert_int_equal(savefile_next(&f, batch, 8), 1);
        assert_int_equal(f.interface_count, 1);
        assert_int_equal(f.interfaces[0].snaplen, 262144);
        assert_int_equal(batch[0].linktype, 113);
        assert_int_equal(batch[0].data[32], 'c');
        assert_int_equal(savefile_preamble(&f).len, 28 + 20);
        assert_int_equal(savefile_next(&f, batch, 8), 0);
        assert_string_equal(f.error, "");
        assert_string_equal(told, "SIISI");
        close_file();
    }
}

/* A block is told after the batch that precedes it and before the one that follows. */
static void test_blocks_in_order(void **state)
{
    struct packet batch[8];

    begin(false);
    section();
    interface(1, 65535);
    other_block(0x12345678, 1);
    packet(0, 4, 'a');
    packet(0, 4, 'b');
    other_block(BLOCK_NAMES, 0);
    interface(1, 65535);
    packet(1, 4, 'c');
    other_block(0x12345678, 2);
    assert_true(open_file(0));
    assert_string_equal(told, "SI");
    assert_int_equal(savefile_next(&f, batch, 8), 2);
    assert_string_equal(told, "SI?");
    assert_int_equal(savefile_next(&f, batch, 8), 1);
    assert_string_equal(told, "SI?NI");
    assert_int_equal(batch[0].interface, 1);
    assert_int_equal(savefile_next(&f, batch, 8), 0);
    assert_string_equal(told, "SI?NI?");
    close_file();
}

static struct file copy;

static void copy_bytes(const void *bytes, size_t n)
{
    memcpy(copy.bytes + copy.len, bytes, n);
    copy.len += n;
}

static void copy_block(void *context, const struct savefile *from, const struct savefile_block *block)
{
    copy_bytes(block->bytes, block->len);
}

/* Blocks and packet records, written as they come, are the file again. */
static void test_a_copy_of_all_parts_is_the_file(void **state)
{
    for (int order = 0; order < 2; order++) {
        begin(order);
        section();
        other_block(77, 5);
        interface(1, 65535);
        for (u32 i = 0; i < 50; i++) {
            packet(0, i, (u8)i);
            if (i % 7 == 0)
                other_block(BLOCK_CUSTOM, i);
        }
        section();
        interface(9, 40);
        packet(0, 40, 'z');
        for (size_t chunk = 0; chunk < 100; chunk += 11) {
            stream = (struct array_stream){ .bytes = file.bytes, .len = file.len, .chunk = chunk };
            memory = (struct counted_memory){ 0 };
            copy.len = 0;
            const struct savefile_setup setup = {
                .in = array_stream(&stream),
                .memory = counted_memory(&memory),
                .block = copy_block,
            };
            assert_true(savefile_open(&f, &setup));
            struct packet batch[5];
            int n;
            while ((n = savefile_next(&f, batch, 5)) > 0)
                for (int i = 0; i < n; i++)
                    copy_bytes(batch[i].record.p, batch[i].record.len);
            assert_string_equal(f.error, "");
            assert_int_equal(copy.len, file.len);
            assert_memory_equal(copy.bytes, file.bytes, file.len);
            close_file();
        }
    }
}

/* Only a record that can be written again as it stands is offered for that. */
static void test_records_that_need_care_are_not_offered(void **state)
{
    struct packet p;

    begin(false);
    pcap_header(40, 1);
    pcap_record(1, 40, 'a');
    pcap_record(1, 50, 'b'); /* longer than the snapshot length: shown cut, copied whole */
    assert_true(open_file(0));
    assert_int_equal(savefile_next(&f, &p, 1), 1);
    assert_int_equal(p.record.len, __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 56 : 0);
    assert_int_equal(savefile_next(&f, &p, 1), 1);
    assert_int_equal(p.caplen, 40);
    assert_int_equal(p.beyond, 10);
    assert_int_equal(p.record.len, __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 66 : 0);
    close_file();

    begin(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
    pcap_header(40, 1);
    pcap_record(1, 40, 'a');
    assert_true(open_file(0));
    assert_true(f.swapped);
    assert_int_equal(savefile_next(&f, &p, 1), 1);
    assert_int_equal(p.caplen, 40);
    assert_int_equal(p.record.len, 0);
    close_file();
}

/* However long a block or record claims to be, memory follows what is really there. */
static void test_memory_is_bounded(void **state)
{
    struct packet p;

    begin(false);
    pcap_header(0x7fffffff, 231); /* D-Bus messages may have 128 MiB */
    put32(0);
    put32(0);
    put32(128 * 1024 * 1024);
    put32(128 * 1024 * 1024);
    assert_true(open_file(0));
    assert_int_equal(savefile_next(&f, &p, 1), -1);
    assert_true(memory.peak < SAVEFILE_BUFFER + 1000);
    close_file();

    /* as many interfaces as there is room for: refused in the end, not crashed */
    begin(false);
    section();
    while (file.len + 20 <= sizeof file.bytes)
        interface(1, 65535);
    assert_true(open_file(0));
    assert_int_equal(savefile_next(&f, &p, 1), 0);
    assert_true(memory.peak < SAVEFILE_BUFFER + 20 * sizeof file.bytes);
    close_file();
}

static void test_without_memory(void **state)
{
    const struct savefile_setup setup = { .in = array_stream(&stream), .memory = counted_memory(&memory) };

    begin(false);
    section();
    interface(1, 65535);
    for (size_t limit = SAVEFILE_BUFFER - 10; limit < SAVEFILE_BUFFER + 400; limit++) {
        stream = (struct array_stream){ .bytes = file.bytes, .len = file.len };
        memory = (struct counted_memory){ .limit = limit };
        if (!savefile_open(&f, &setup))
            assert_string_not_equal(f.error, "");
        savefile_close(&f);
        assert_int_equal(memory.now, 0);
    }
    assert_string_equal(f.error, "");
}

/* More of what is there, without the stream, the blocks or an error being touched. */
static void test_more(void **state)
{
    struct packet batch[8];

    begin(false);
    section();
    interface(1, 65535);
    for (u8 mark = 'a'; mark <= 'e'; mark++)
        packet(0, 4, mark);
    interface(1, 65535);
    packet(1, 4, 'f');
    assert_true(open_file(0));
    assert_int_equal(savefile_next(&f, batch, 2), 2);
    assert_int_equal(savefile_more(&f, batch + 2, 2), 2);
    assert_int_equal(savefile_more(&f, batch + 4, 4), 1); /* then comes a block */
    assert_int_equal(savefile_more(&f, batch + 5, 3), 0);
    for (u8 i = 0; i < 5; i++)
        assert_int_equal(batch[i].data[0], 'a' + i);
    assert_string_equal(told, "SI");
    assert_int_equal(savefile_next(&f, batch, 8), 1);
    assert_int_equal(batch[0].data[0], 'f');
    assert_int_equal(savefile_next(&f, batch, 8), 0);
    assert_int_equal(savefile_more(&f, batch, 8), 0);
    close_file();

    begin(false);
    pcap_header(65535, 1);
    for (u8 mark = 'a'; mark <= 'c'; mark++)
        pcap_record(1, 50, mark);
    file.len -= 10;
    assert_true(open_file(0));
    assert_int_equal(savefile_next(&f, batch, 1), 1);
    size_t asked = stream.at;
    assert_int_equal(savefile_more(&f, batch + 1, 7), 1); /* then comes a torn record */
    assert_int_equal(batch[0].data[49], 'a');
    assert_int_equal(batch[1].data[49], 'b');
    assert_int_equal(savefile_more(&f, batch + 2, 6), 0);
    assert_string_equal(f.error, "");
    assert_int_equal(stream.at, asked);
    assert_int_equal(savefile_next(&f, batch, 8), -1);
    close_file();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_batches),
        cmocka_unit_test(test_more),
        cmocka_unit_test(test_promptness),
        cmocka_unit_test(test_failures_come_after_the_packets),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_interfaces_that_differ),
        cmocka_unit_test(test_blocks_in_order),
        cmocka_unit_test(test_a_copy_of_all_parts_is_the_file),
        cmocka_unit_test(test_records_that_need_care_are_not_offered),
        cmocka_unit_test(test_memory_is_bounded),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
