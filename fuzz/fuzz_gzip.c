/*
 * Any bytes as a gzip file, and as what follows its header.
 *
 *   byte 0: the size of the pieces in which it is read and given;  then the bytes
 *
 * Whatever the pieces, the same comes out, and not more than deflate can make of it.  Where zlib is
 * installed, both find the same end, and the same bytes before it.
 */
#include <stdlib.h>

#include "memory.h"
#include "pcapfile/gunzip.h"
#ifdef FUZZ_ZLIB
#include <zlib.h>
#endif

enum { OUTPUT_MAX = 1 << 20, EXPANSION = 1032, SLACK = 1 << 16, FURTHER = 512 };

/* A stream in pieces. */
struct pieces {
    struct rest rest;
    size_t chunk;
};

static i64 read_piece(void *from, void *to, size_t n)
{
    struct pieces *p = from;
    return rest_read(&p->rest, to, n < p->chunk ? n : p->chunk);
}

static struct gunzip gunzip;
static struct inflate inflater;

/* The file's bytes into `to`; returns how many, and in *end how it ended. */
static size_t gunzip_all(struct pieces in, size_t room, u8 *to, i64 *end)
{
    size_t made = 0;

    gunzip_open(&gunzip, (struct byte_stream){ .read = read_piece, .from = &in }, NULL, 0);
    while (made < OUTPUT_MAX &&
           (*end = gunzip_read(&gunzip, to + made,
                               room < OUTPUT_MAX - made ? room : OUTPUT_MAX - made)) > 0)
        made += (size_t)*end;
    must(*end >= 0 || gunzip_explain(*end) != NULL);
    return made;
}

static size_t inflate_all(struct pieces in, size_t room, u8 *to, enum inflate_result *end)
{
    size_t made = 0, more;

    inflate_open(&inflater, (struct byte_stream){ .read = read_piece, .from = &in }, NULL, 0);
    inflate_begin(&inflater);
    do {
        *end = inflate_run(&inflater, to + made,
                           room < OUTPUT_MAX - made ? room : OUTPUT_MAX - made, &more);
        made += more;
    } while (*end == INFLATE_MORE && made < OUTPUT_MAX);
    return made;
}

#ifdef FUZZ_ZLIB
/*
 * zlib's verdict on the same bytes, its output in `to`.  It finds a code that has no symbols only
 * when it needs one, so what we call corrupt is given some more input.
 */
static int zlib_all(const u8 *data, size_t size, size_t room, u8 *to, size_t *made, size_t further)
{
    u8 *input = calloc(1, size + further + 1);
    memcpy(input, data, size);
    z_stream z = { .next_in = input,
                   .avail_in = (uInt)(size + further),
                   .next_out = to,
                   .avail_out = (uInt)room };
    must(inflateInit2(&z, -15) == Z_OK);
    const int result = inflate(&z, Z_SYNC_FLUSH);
    *made = z.total_out;
    inflateEnd(&z);
    free(input);
    return result;
}
#endif

static void compare_with_zlib(const u8 *data, size_t size, const u8 *ours, size_t made,
                              enum inflate_result end)
{
#ifdef FUZZ_ZLIB
    static u8 theirs[OUTPUT_MAX];
    size_t n;
    const int result = zlib_all(data, size, OUTPUT_MAX, theirs, &n,
                                end == INFLATE_CORRUPT ? FURTHER : 0);
    must(memcmp(ours, theirs, n < made ? n : made) == 0);
    if (n == OUTPUT_MAX || made == OUTPUT_MAX)
        return;
    must((result == Z_STREAM_END) == (end == INFLATE_END));
    must(result != Z_DATA_ERROR || end == INFLATE_CORRUPT);
    must(result != Z_STREAM_END || n == made);
#else
    (void)data, (void)size, (void)ours, (void)made, (void)end;
#endif
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    static u8 whole[OUTPUT_MAX], again[OUTPUT_MAX];
    i64 end = 0, other_end = 0;
    enum inflate_result raw, other_raw;

    if (size < 1)
        return 0;
    const size_t chunk = 1 + data[0] % 16, room = 1 + data[0] * 7u;
    data++, size--;
    const struct pieces fast = { { data, size }, SIZE_MAX }, slow = { { data, size }, chunk };

    size_t made = gunzip_all(fast, OUTPUT_MAX, whole, &end);
    must(made <= size * EXPANSION + SLACK);
    must(gunzip_all(slow, room, again, &other_end) == made && memcmp(whole, again, made) == 0);
    must(made == OUTPUT_MAX || end == other_end);

    made = inflate_all(fast, OUTPUT_MAX, whole, &raw);
    must(inflate_all(slow, room, again, &other_raw) == made && memcmp(whole, again, made) == 0);
    must(made == OUTPUT_MAX || raw == other_raw);
    compare_with_zlib(data, size, whole, made, raw);
    return 0;
}
