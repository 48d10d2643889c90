/* The gzip container: headers, members, checksums. */
#include "pcapfile/gunzip.h"

#include "base/bytes.h"
#include "base/mem.h"

/* RFC 1952, section 2.3. */
enum {
    MAGIC_1 = 0x1f,
    MAGIC_2 = 0x8b,
    METHOD_DEFLATE = 8,
    FLAG_HEADER_CRC = 2,
    FLAG_EXTRA = 4,
    FLAG_NAME = 8,
    FLAG_COMMENT = 16,
    FLAGS_RESERVED = 0xe0,
};

#define CRC_POLYNOMIAL 0xedb88320u

bool gunzip_recognises(const u8 *bytes, size_t n)
{
    return n >= 3 && bytes[0] == MAGIC_1 && bytes[1] == MAGIC_2 && bytes[2] == METHOD_DEFLATE;
}

/* crc_table[k][b] is the checksum of byte b followed by k zero bytes, so eight bytes go at once. */
static void crc_prepare(u32 table[8][256])
{
    for (u32 i = 0; i < 256; i++) {
        u32 crc = i;
        for (u32 bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? CRC_POLYNOMIAL : 0);
        table[0][i] = crc;
    }
    for (u32 i = 0; i < 256; i++)
        for (u32 k = 1; k < 8; k++)
            table[k][i] = table[k - 1][i] >> 8 ^ table[0][table[k - 1][i] & 0xff];
}

/* The complemented checksum `crc` after `n` more bytes. */
static u32 crc_add(const u32 table[8][256], u32 crc, const u8 *at, size_t n)
{
    for (; n >= 8; n -= 8, at += 8) {
        u32 low = crc ^ load_le32(at), high = load_le32(at + 4);
        crc = table[7][low & 0xff] ^ table[6][low >> 8 & 0xff] ^ table[5][low >> 16 & 0xff]
              ^ table[4][low >> 24] ^ table[3][high & 0xff] ^ table[2][high >> 8 & 0xff]
              ^ table[1][high >> 16 & 0xff] ^ table[0][high >> 24];
    }
    for (; n > 0; n--, at++)
        crc = crc >> 8 ^ table[0][(crc ^ *at) & 0xff];
    return crc;
}

void gunzip_open(struct gunzip *g, struct byte_stream in, const u8 *first, size_t n)
{
    inflate_open(&g->inflate, in, first, n);
    g->at = GUNZIP_HEADER;
    g->any = false;
    g->finished = false;
    g->result = 0;
    crc_prepare(g->crc_table);
}

/* Nothing more will come but `result`.  False, so that it can be returned. */
static bool finish(struct gunzip *g, i64 result)
{
    g->finished = true;
    g->result = result;
    return false;
}

/* The input stopped in the middle of something. */
static bool cut_short(struct gunzip *g)
{
    return finish(g, g->inflate.failure != 0 ? g->inflate.failure : GUNZIP_TRUNCATED);
}

/* `n` header bytes as a little-endian number in `*value`; only the last 8 count.  False at the end. */
static bool number(struct gunzip *g, u32 n, u64 *value)
{
    *value = 0;
    for (u32 i = 0; i < n; i++) {
        int byte = inflate_byte(&g->inflate);
        if (byte < 0)
            return false;
        *value |= (u64)byte << i % 8 * 8;
    }
    return true;
}

static bool skip_text(struct gunzip *g)
{
    int byte;
    do
        byte = inflate_byte(&g->inflate);
    while (byte > 0);
    return byte == 0;
}

/* The rest of a member's header, behind its first byte.  This and its like: true to go on. */
static bool begin_member(struct gunzip *g)
{
    u64 value;
    if (!number(g, 3, &value))
        return cut_short(g);
    u32 flags = (u32)(value >> 16);
    if ((value & 0xffff) != (MAGIC_2 | METHOD_DEFLATE << 8))
        return finish(g, g->any ? GUNZIP_TRAILING : GUNZIP_CORRUPT);
    if (flags & FLAGS_RESERVED)
        return finish(g, GUNZIP_CORRUPT);
    if (!number(g, 6, &value)) /* time, level, system */
        return cut_short(g);
    if (flags & FLAG_EXTRA) {
        if (!number(g, 2, &value) || !number(g, (u32)value, &value))
            return cut_short(g);
    }
    if ((flags & FLAG_NAME && !skip_text(g)) || (flags & FLAG_COMMENT && !skip_text(g))
        || (flags & FLAG_HEADER_CRC && !number(g, 2, &value)))
        return cut_short(g);
    inflate_begin(&g->inflate);
    g->at = GUNZIP_DATA;
    g->crc = UINT32_MAX;
    g->size = 0;
    return true;
}

/* The next member, or the end of all. */
static bool next_member(struct gunzip *g)
{
    int byte = inflate_byte(&g->inflate);
    while (byte == 0 && g->any)
        byte = inflate_byte(&g->inflate);
    if (byte < 0)
        return g->any && g->inflate.failure == 0 ? finish(g, 0) : cut_short(g);
    if (byte != MAGIC_1)
        return finish(g, g->any ? GUNZIP_TRAILING : GUNZIP_CORRUPT);
    return begin_member(g);
}

static bool end_member(struct gunzip *g)
{
    u64 value;
    if (!number(g, 8, &value))
        return cut_short(g);
    if (((u32)value ^ g->crc) != UINT32_MAX || value >> 32 != g->size)
        return finish(g, GUNZIP_CHECKSUM);
    g->at = GUNZIP_HEADER;
    g->any = true;
    return true;
}

static bool some_data(struct gunzip *g, u8 *to, size_t n, size_t *made)
{
    enum inflate_result result = inflate_run(&g->inflate, to, n, made);

    g->crc = crc_add((const u32(*)[256])g->crc_table, g->crc, to, *made);
    g->size += (u32)*made;
    if (result == INFLATE_END)
        g->at = GUNZIP_TRAILER;
    else if (result == INFLATE_CORRUPT)
        return finish(g, GUNZIP_CORRUPT);
    else if (result != INFLATE_MORE)
        return cut_short(g);
    return true;
}

i64 gunzip_read(void *gunzip, void *to, size_t n)
{
    struct gunzip *g = gunzip;
    size_t made = 0;

    for (bool on = !g->finished; on && made == 0;) {
        switch (g->at) {
        case GUNZIP_HEADER:
            on = next_member(g);
            break;
        case GUNZIP_DATA:
            on = some_data(g, to, n, &made);
            break;
        case GUNZIP_TRAILER:
            on = end_member(g);
            break;
        }
    }
    return made > 0 ? (i64)made : g->result;
}

const char *gunzip_explain(i64 failure)
{
    switch (failure) {
    case GUNZIP_TRUNCATED:
        return "the compressed data end too early";
    case GUNZIP_CORRUPT:
        return "the compressed data are damaged";
    case GUNZIP_CHECKSUM:
        return "the compressed data have a wrong checksum";
    case GUNZIP_TRAILING:
        return "the compressed data are followed by something else";
    default:
        return NULL;
    }
}
