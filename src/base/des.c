/* DES, as FIPS 46-3 describes it.  The standard counts bits from 1, the most significant. */
#include "base/des.h"

#include "base/bytes.h"

enum { BLOCK_BITS = 64, HALF_BITS = 32, KEY_BITS = 56, ROUND_KEY_BITS = 48, ROUNDS = 16 };

/* Appendix 1: for each S-box its four rows, a digit for each column. */
static const u64 selection[8][4] = {
    { 0xe4d12fb83a6c5907, 0x0f74e2d1a6cb9538, 0x41e8d62bfc973a50, 0xfc8249175b3ea06d },
    { 0xf18e6b34972dc05a, 0x3d47f28ec01a69b5, 0x0e7ba4d158c6932f, 0xd8a13f42b67c05e9 },
    { 0xa09e63f51dc7b428, 0xd709346a285ecbf1, 0xd6498f30b12c5ae7, 0x1ad069874fe3b52c },
    { 0x7de3069a1285bc4f, 0xd8b56f03472c1ae9, 0xa690cb7df13e5284, 0x3f06a1d8945bc72e },
    { 0x2c417ab6853fd0e9, 0xeb2c47d150fa3986, 0x421bad78f9c5630e, 0xb8c71e2d6f09a453 },
    { 0xc1af92680d34e75b, 0xaf427c9561de0b38, 0x9ef528c3704a1db6, 0x432c95fabe17608d },
    { 0x4b2ef08d3c975a61, 0xd0b7491ae35c2f86, 0x14bdc37eaf680592, 0x6bd814a7950fe23c },
    { 0xd2846fb1a93e50c7, 0x1fd8a374c56b0e92, 0x7b419ce206adf358, 0x21e74a8dfc90356b },
};

/* The permutation P of what the S-boxes select. */
static const u8 spread[HALF_BITS] = {
    16, 7, 20, 21, 29, 12, 28, 17, 1,  15, 23, 26, 5,  18, 31, 10,
    2,  8, 24, 14, 32, 27, 3,  9,  19, 13, 30, 6,  22, 11, 4,  25,
};

/* The choices that make the schedule of keys. */
static const u8 choice_1[KEY_BITS] = {
    57, 49, 41, 33, 25, 17, 9,  1,  58, 50, 42, 34, 26, 18, 10, 2,  59, 51, 43,
    35, 27, 19, 11, 3,  60, 52, 44, 36, 63, 55, 47, 39, 31, 23, 15, 7,  62, 54,
    46, 38, 30, 22, 14, 6,  61, 53, 45, 37, 29, 21, 13, 5,  28, 20, 12, 4,
};
static const u8 choice_2[ROUND_KEY_BITS] = {
    14, 17, 11, 24, 1,  5,  3,  28, 15, 6,  21, 10, 23, 19, 12, 4,  26, 8,  16, 7,  27, 20, 13, 2,
    41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
};

/* The bits of an input of `width` bits that a table of `n` names. */
static u64 choose(u64 from, u32 width, const u8 *table, u32 n)
{
    u64 to = 0;

    for (u32 i = 0; i < n; i++)
        to = to << 1 | (from >> (width - table[i]) & 1);
    return to;
}

/* Which bit IP takes to the place `i`, counted from 0: columns of the bytes, the even ones first.
 */
static u8 initial(u32 i)
{
    return (u8)((57 + i / 8 * 2 % 8 + (i < 32)) - i % 8 * 8);
}

/* The half of a key, turned to the left. */
static u32 turn(u32 half, u32 n)
{
    return (half << n | half >> (28 - n)) & 0xfffffff;
}

static void schedule(u64 round_keys[ROUNDS], u64 key)
{
    u64 chosen = choose(key, BLOCK_BITS, choice_1, KEY_BITS);
    u32 c = (u32)(chosen >> 28), d = (u32)chosen & 0xfffffff;

    for (u32 i = 0; i < ROUNDS; i++) {
        u32 n = i < 2 || i == 8 || i == 15 ? 1 : 2;
        c = turn(c, n);
        d = turn(d, n);
        round_keys[i] = choose((u64)c << 28 | d, KEY_BITS, choice_2, ROUND_KEY_BITS);
    }
}

void des_start(struct des *s, const u8 *key, u32 key_len)
{
    for (u32 box = 0; box < 8; box++)
        for (u32 in = 0; in < 64; in++) {
            u32 row = (in >> 4 & 2) | (in & 1), column = in >> 1 & 15;
            u32 out = selection[box][row] >> (60 - 4 * column) & 15;
            s->boxes[box][in] = (u32)choose((u64)out << (28 - 4 * box), HALF_BITS, spread,
                                            HALF_BITS);
        }
    s->keys = key_len / DES_BLOCK_LEN;
    for (u32 i = 0; i < s->keys; i++)
        schedule(s->round_keys[i], load_be64(key + (size_t)i * DES_BLOCK_LEN));
}

/*
 * The function f: the half is expanded to eight groups of six bits, which overlap by two and wrap
 * around, and the groups select from the boxes.
 */
static u32 scramble(const struct des *s, u32 half, u64 round_key)
{
    u64 wrapped = (u64)(half & 1) << 33 | (u64)half << 1 | half >> 31;
    u32 out = 0;

    for (u32 box = 0; box < 8; box++)
        out |= s->boxes[box][(wrapped >> (28 - 4 * box) ^ round_key >> (42 - 6 * box)) & 63];
    return out;
}

/* The sixteen rounds between the permutations IP and its inverse, forwards or backwards. */
static u64 rounds(const struct des *s, u64 block, const u64 round_keys[ROUNDS], bool backwards)
{
    u32 left = (u32)(block >> 32), right = (u32)block;

    for (u32 i = 0; i < ROUNDS; i++) {
        u32 next = left ^ scramble(s, right, round_keys[backwards ? ROUNDS - 1 - i : i]);
        left = right;
        right = next;
    }
    return (u64)right << 32 | left;
}

/* IP and its inverse stand between the passes as well, where they undo each other. */
void des_decrypt(const struct des *s, u8 block[DES_BLOCK_LEN])
{
    u64 in = load_be64(block), at = 0, out = 0;

    for (u32 i = 0; i < BLOCK_BITS; i++)
        at = at << 1 | (in >> (BLOCK_BITS - initial(i)) & 1);
    for (u32 i = s->keys; i > 0; i--)
        at = rounds(s, at, s->round_keys[i - 1], i % 2 == 1);
    for (u32 i = 0; i < BLOCK_BITS; i++)
        out |= (at >> (BLOCK_BITS - 1 - i) & 1) << (BLOCK_BITS - initial(i));
    store_be32(block, (u32)(out >> 32));
    store_be32(block + 4, (u32)out);
}
