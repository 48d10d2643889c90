/*
 * No packet takes long to print, and nothing grows with the number of packets.
 *
 *   steps    packets of up to 64 KiB that are made to keep a printer busy: each row of the registry with
 *            what loops stumble over (lengths of zero, pointers, counts), nested headers, claimed lengths of
 *            256 MiB.  Each has so much processor time that only a loop which does not end with the packet
 *            takes longer.
 *   memory   a million connections, calls, fragments and names leave no more behind than stated here.
 *
 * The captures of tests/golden, blown up to 64 KiB, are in large_packets.py.
 */
#include "unit.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "base/bytes.h"
#include "base/ethertype.h"
#include "base/ipproto.h"
#include "base/linktype.h"
#include "base/port.h"
#include "frames.h"
#include "names/cache.h"
#include "print/print.h"

enum { TEXT = 1 << 16, CLAIMED = 256 << 20, MILLION = 1000000 };

/*
 * Milliseconds that a packet of 64 KiB may take at -vvv; sanitizers and emulators are some ten times
 * slower.
 */
#if defined(__SANITIZE_ADDRESS__) || !defined(__x86_64__)
enum { MOST_MS = 15000 };
#else
enum { MOST_MS = 1500 };
#endif

/* The tables of 2^20 connections while they are doubled for the last time, and a tenth of that. */
enum { MOST_BYTES = 100 << 20, MOST_CACHE = 512 << 10 };

static size_t held, most_held;

static void *resize(void *context, void *old, size_t size)
{
    /* The size of a block stands in front of it. */
    size_t *block = old != NULL ? (size_t *)old - 2 : NULL;
    (void)context;
    held -= block != NULL ? *block : 0;
    if (size == 0) {
        free(block);
        return NULL;
    }
    if (held + size + (block != NULL ? *block : 0) > most_held)
        most_held = held + size + (block != NULL ? *block : 0);
    block = realloc(block, size + 2 * sizeof *block);
    assert_non_null(block);
    *block = size;
    held += size;
    return block + 2;
}

static size_t written;

static void count_text(void *to, const char *text, size_t n) { written += n; }

static struct print_run run;
static struct out out;
static char text[TEXT];

static void start(enum forced_type forced, u8 verbosity)
{
    const struct print_options options = {
        .numeric = true, .verbosity = verbosity, .link_header = true, .forced = forced
    };
    out = out_over(text, sizeof text, count_text, NULL);
    print_start(&run, &options, NULL, (struct memory){ resize, NULL }, 1, &out);
}

static long cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static long slowest;

static void print_in_time(const struct frame *f, u32 claimed, const char *what, u32 row)
{
    const struct packet packet = {
        .data = f->bytes, .caplen = f->size, .len = claimed, .linktype = f->linktype
    };
    start(f->forced, 3);
    written = 0;
    const long before = cpu_ms();
    print_packet(&run, &packet);
    const long took = cpu_ms() - before;
    print_end(&run);
    slowest = took > slowest ? took : slowest;
    if (took > MOST_MS)
        fail_msg("%s %u takes %ld ms for %zu bytes of text", what, row, took, written);
}

/* -- rows of the registry */

static void fill(struct frame *f, const u8 *unit, u32 unit_size)
{
    u8 *at = f->bytes + f->size;
    for (u32 i = 0; i < FRAME_PAYLOAD_MAX; i++)
        at[i] = unit[i % unit_size];
    f->size += FRAME_PAYLOAD_MAX;
}

static void each_row(void **state)
{
    static const struct {
        u8 bytes[8];
        u32 size;
    } units[] = {
        { { 0 }, 1 },                /* types and lengths of zero */
        { { 0xff }, 1 },             /* counts as large as can be */
        { { 1 }, 1 },
        { { 0, 1 }, 2 },
        { { 1, 0 }, 2 },
        { { 0xc0, 0x0c }, 2 },       /* pointers of DNS */
        { { 0, 0, 0, 4 }, 4 },       /* lengths of a header alone */
        { { 0x45, 0, 0xff, 0xff }, 4 },
    };
    static struct frame f;

    for (u8 space = 0; space < FRAME_SPACES; space++)
        for (u32 row = 0; row < frame_rows(space); row++)
            for (u32 i = 0; i < countof(units); i++) {
                frame_begin(&f, space, (u8)row, 0, FRAME_PAYLOAD_MAX);
                fill(&f, units[i].bytes, units[i].size);
                print_in_time(&f, i % 2 == 0 ? f.size : CLAIMED, "row", space * 1000u + row);
            }
}

/* -- headers in headers */

/* `header`, over and over, up to 64 KiB, behind an Ethernet header of this type. */
static void nest(u16 ethertype, const u8 *header, u32 size, const char *what)
{
    static struct frame f;

    f.linktype = LINKTYPE_EN10MB;
    f.forced = FORCE_NONE;
    f.size = 14;
    memset(f.bytes, 2, 12);
    store_be16(f.bytes + 12, ethertype);
    fill(&f, header, size);
    print_in_time(&f, f.size, what, 0);
}

static void nested(void **state)
{
    u8 ip[20] = { 0x45, 0, 0xff, 0xff, 0, 0, 0, 0, 64, IPPROTO_IPV4 };
    u8 ip6[40] = { 0x60, 0, 0, 0, 0xff, 0xff, IPPROTO_IPV6, 64 };
    u8 gre[24] = { 0x45, 0, 0xff, 0xff, 0, 0, 0, 0, 64, IPPROTO_GRE };
    u8 vlan[4] = { 0, 1, 0x81, 0 };
    u8 options[8] = { IPPROTO_HOPOPTS, 0 };
    u8 mpls[4] = { 0, 1, 0, 64 };
    u8 vxlan[50] = { 0x45, 0, 0xff, 0xff, 0, 0, 0, 0, 64, IPPROTO_UDP };

    store_be16(gre + 22, ETHERTYPE_IP);
    store_be16(vxlan + 22, PORT_VXLAN);
    store_be16(vxlan + 24, 0xffff);
    vxlan[28] = 8;
    store_be16(vxlan + 48, ETHERTYPE_IP);
    nest(ETHERTYPE_IP, ip, sizeof ip, "IP in IP");
    nest(ETHERTYPE_IPV6, ip6, sizeof ip6, "IPv6 in IPv6");
    nest(ETHERTYPE_IP, gre, sizeof gre, "GRE in GRE");
    nest(ETHERTYPE_8021Q, vlan, sizeof vlan, "VLAN in VLAN");
    nest(ETHERTYPE_MPLS, mpls, sizeof mpls, "labels");
    nest(ETHERTYPE_IP, vxlan, sizeof vxlan, "VXLAN in VXLAN");
    memset(ip6, 0, sizeof ip6);
    nest(ETHERTYPE_IPV6, options, sizeof options, "IPv6 options");
}

/* -- names of DNS that lead through the whole message */

/* Records whose names begin at the last of a chain of labels, each with a pointer to the one before. */
static void name_of_names(u8 label_len, u8 byte)
{
    enum { DNS_HEADER = 12, CHAIN = 0x3ff0 - DNS_HEADER - 11, RECORD = 12, NAME_TEXT = 255 };
    static struct frame f;
    const u32 link = 1u + label_len + 2;

    frame_begin(&f, 7, 0, 0, FRAME_PAYLOAD_MAX);
    store_be16(f.bytes + f.size - 8, PORT_DOMAIN);
    u8 *dns = f.bytes + f.size;
    memset(dns, 0, FRAME_PAYLOAD_MAX);
    f.size += FRAME_PAYLOAD_MAX;
    store_be16(dns + 2, 0x8000);
    store_be16(dns + 6, 0xffff);
    /* the first record has the root for a name and the chain for data */
    u32 at = DNS_HEADER + 1;
    store_be16(dns + at, 16);
    store_be16(dns + at + 8, CHAIN);
    at += 10;
    u32 last = 0, end = at + CHAIN;
    for (; at + link <= end; at += link) {
        dns[at] = label_len;
        memset(dns + at + 1, byte, label_len);
        store_be16(dns + at + 1 + label_len, last == 0 ? 0 : (u16)(0xc000 | last));
        last = at;
    }
    u32 records = 0;
    for (at = end; at + RECORD <= FRAME_PAYLOAD_MAX; at += RECORD, records++) {
        store_be16(dns + at, (u16)(0xc000 | last));
        store_be16(dns + at + 2, 16);
    }
    print_in_time(&f, f.size, "names of names, labels of", label_len);
    assert_true(written > records * NAME_TEXT); /* it did begin with the chain each time */
}

static void names_of_names(void **state)
{
    name_of_names(1, 'a');
    name_of_names(63, 'a');
    name_of_names(63, 0x81);
    print_message("the slowest packet took %ld ms\n", slowest);
}

/* -- memory */

static long rss_kib(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss;
}

/* A million, or as many as an emulator does in the same time. */
static u32 many(void) { return is_emulated() ? MILLION / 20 : MILLION; }

/* Prints that many packets that differ in 32 bits at `at`. */
static void print_many(struct frame *f, u32 at)
{
    const struct packet packet = {
        .data = f->bytes, .caplen = f->size, .len = f->size, .linktype = f->linktype
    };
    for (u32 i = 0; i < many(); i++) {
        store_be32(f->bytes + at, i);
        print_packet(&run, &packet);
    }
}

static void soak(void **state)
{
    enum { IP_SOURCE = 14 + 12, IP_IDENTIFICATION = 14 + 4, RPC_XID = 14 + 20 + 8 };
    static struct frame f;
    const long before = rss_kib();

    start(FORCE_NONE, 0);
    frame_begin(&f, 6, 0, 0, 0); /* a TCP header, from a million addresses */
    print_many(&f, IP_SOURCE);

    frame_begin(&f, 7, 0, 0, 40); /* calls of NFS, and calls that only RPC knows */
    store_be16(f.bytes + 34, 700);
    store_be16(f.bytes + 36, PORT_NFS);
    memset(f.bytes + f.size, 0, 40);
    store_be32(f.bytes + f.size + 8, 2);
    store_be32(f.bytes + f.size + 12, 100003);
    store_be32(f.bytes + f.size + 16, 3);
    store_be32(f.bytes + f.size + 20, 1);
    f.size += 40;
    print_many(&f, RPC_XID);

    frame_begin(&f, 2, 0, FRAME_LATER_FRAGMENT, 8); /* fragments of a million datagrams */
    memset(f.bytes + f.size, 0, 8);
    f.size += 8;
    print_many(&f, IP_IDENTIFICATION);
    print_end(&run);
    assert_int_equal(held, 0);
    print_message("connections, calls, fragments: %zu KiB held at most, %ld KiB more resident\n",
                  most_held / 1024, rss_kib() - before);
    assert_true(most_held > many() * sizeof(struct tcp_flow) / 2); /* they were remembered */
    assert_true(most_held < MOST_BYTES);
#if !defined(__SANITIZE_ADDRESS__) /* which keeps what was freed for a while */
    assert_true((rss_kib() - before) < MOST_BYTES / 1024);
#endif
}

static void a_million_names(void **state)
{
    const size_t room = cache_size();
    void *block = malloc(room);
    struct arena arena = arena_over(block, room);
    struct name_cache cache = cache_make(&arena, 1);
    struct str name;
    u32 known = 0;

    assert_true(room < MOST_CACHE);
    for (u32 i = 0; i < many(); i++) {
        u8 address[4];
        store_be32(address, i);
        cache_put(&cache, address, sizeof address, CACHE_NAMED, str_of("a-name.example.net"));
        known += cache_get(&cache, address, sizeof address, &name) == CACHE_NAMED;
    }
    assert_int_equal(known, many());
    assert_true(cache.count <= CACHE_ENTRIES && !arena.full);
    free(block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row),       cmocka_unit_test(nested), cmocka_unit_test(names_of_names),
        cmocka_unit_test(soak),           cmocka_unit_test(a_million_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
