/* MD5, as RFC 1321 describes it in section 3. */
#include "base/md5.h"

#include "base/bytes.h"
#include "base/mem.h"

/* Section 3.4: entry i is the integer part of 2^32 times |sin(i + 1)|. */
static const u32 sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

/* How far each step rotates: four amounts in turn, for each of the four rounds. */
static const u8 rotations[4][4] = { { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 },
                                    { 6, 10, 15, 21 } };

static u32 rotate(u32 x, u32 n) { return x << n | x >> (32 - n); }

/* The function of a round and which word of the block its step i takes. */
static u32 mix(u32 i, u32 b, u32 c, u32 d, u32 *word)
{
    switch (i / 16) {
    case 0: *word = i; return (b & c) | (~b & d);
    case 1: *word = (5 * i + 1) % 16; return (b & d) | (c & ~d);
    case 2: *word = (3 * i + 5) % 16; return b ^ c ^ d;
    default: *word = 7 * i % 16; return c ^ (b | ~d);
    }
}

static void add_block(u32 state[4], const u8 *block)
{
    u32 a = state[0], b = state[1], c = state[2], d = state[3];

    for (u32 i = 0; i < 64; i++) {
        u32 word;
        u32 sum = a + mix(i, b, c, d, &word) + sines[i];
        sum += load_le32(block + 4 * word);
        a = d;
        d = c;
        c = b;
        b += rotate(sum, rotations[i / 16][i % 4]);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

struct md5 md5_start(void)
{
    return (struct md5){ .state = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 } };
}

void md5_add(struct md5 *m, const void *bytes, size_t n)
{
    const u8 *from = bytes;

    while (n > 0) {
        size_t at = m->length % MD5_BLOCK_LEN;
        size_t part = MD5_BLOCK_LEN - at < n ? MD5_BLOCK_LEN - at : n;
        memcpy(m->block + at, from, part);
        from += part;
        n -= part;
        m->length += part;
        if (at + part == MD5_BLOCK_LEN)
            add_block(m->state, m->block);
    }
}

void md5_add_view(struct md5 *m, struct view v) { md5_add(m, view_at(v, 0, v.cap), v.cap); }

void md5_end(struct md5 *m, u8 digest[MD5_LEN])
{
    static const u8 padding[MD5_BLOCK_LEN] = { 0x80 };
    u8 bits[8];

    store_le32(bits, (u32)(m->length << 3));
    store_le32(bits + 4, (u32)(m->length >> 29));
    /* up to eight bytes before the end of a block, and at least one */
    md5_add(m, padding, (2 * MD5_BLOCK_LEN - 9 - m->length % MD5_BLOCK_LEN) % MD5_BLOCK_LEN + 1);
    md5_add(m, bits, sizeof bits);
    for (u32 i = 0; i < 4; i++)
        store_le32(digest + 4 * i, m->state[i]);
}
