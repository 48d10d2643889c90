/*
 * AES, as FIPS 197 describes it.  The state is the block as it stands: byte 4c + r is in row r and
 * column c.
 */
#include "base/aes.h"

#include "base/mem.h"

/* Section 4.2.1: times x in the field of 256 elements. */
static u8 times_x(u8 b)
{
    return (u8)(b << 1 ^ (b >> 7) * 0x1b);
}

static u8 rotate(u8 b, u32 n)
{
    return (u8)(b << n | b >> (8 - n));
}

/* Section 5.1.1: the inverse in the field, then an affine map.  Inverses are opposite powers of 3.
 */
static void make_boxes(struct aes *a)
{
    enum { ORDER = 255 }; /* 3 to this power is 1 */
    u8 power[ORDER], p = 1;

    for (u32 i = 0; i < ORDER; i++, p ^= times_x(p))
        power[i] = p;
    for (u32 i = 0; i <= ORDER; i++) {
        u8 from = i < ORDER ? power[i] : 0, b = i < ORDER ? power[(ORDER - i) % ORDER] : 0;
        u8 to = b ^ rotate(b, 1) ^ rotate(b, 2) ^ rotate(b, 3) ^ rotate(b, 4) ^ 0x63;
        a->substitute[from] = to;
        a->restore[to] = from;
    }
}

/* Section 5.2, over bytes where the standard has words. */
void aes_start(struct aes *a, const u8 *key, u32 key_len)
{
    u8 *w = a->round_keys[0], constant = 1;

    make_boxes(a);
    a->rounds = key_len / 4 + 6;
    memcpy(w, key, key_len);
    for (u32 i = key_len; i < (a->rounds + 1) * AES_BLOCK_LEN; i += 4) {
        u8 word[4];
        memcpy(word, w + i - 4, 4);
        if (i % key_len == 0) {
            u8 first = word[0];
            memmove(word, word + 1, 3);
            word[3] = first;
        }
        if (i % key_len == 0 || (key_len == 32 && i % key_len == 16))
            for (u32 k = 0; k < 4; k++)
                word[k] = a->substitute[word[k]];
        if (i % key_len == 0) {
            word[0] ^= constant;
            constant = times_x(constant);
        }
        for (u32 k = 0; k < 4; k++)
            w[i + k] = w[i + k - key_len] ^ word[k];
    }
}

static void add_key(u8 *block, const u8 *key)
{
    for (u32 i = 0; i < AES_BLOCK_LEN; i++)
        block[i] ^= key[i];
}

/* SubBytes() and ShiftRows(): row r moves by `step` times r columns, 1 to the left, 3 to the right.
 */
static void substitute_and_shift(u8 *block, const u8 *box, u32 step)
{
    u8 from[AES_BLOCK_LEN];

    memcpy(from, block, sizeof from);
    for (u32 i = 0; i < AES_BLOCK_LEN; i++)
        block[i] = box[from[(i + 4 * step * (i % 4)) % AES_BLOCK_LEN]];
}

/* MixColumns(): each byte becomes 2a + 3b + c + d of itself and those below it. */
static void mix_columns(u8 *block)
{
    for (u8 *c = block; c < block + AES_BLOCK_LEN; c += 4) {
        u8 first = c[0], all = c[0] ^ c[1] ^ c[2] ^ c[3];
        for (u32 r = 0; r < 4; r++)
            c[r] ^= all ^ times_x(c[r] ^ (r < 3 ? c[r + 1] : first));
    }
}

/* InvMixColumns(): its polynomial is that of MixColumns() times 4x^2 + 5. */
static void unmix_columns(u8 *block)
{
    for (u8 *c = block; c < block + AES_BLOCK_LEN; c += 4)
        for (u32 r = 0; r < 2; r++) {
            u8 add = times_x(times_x(c[r] ^ c[r + 2]));
            c[r] ^= add;
            c[r + 2] ^= add;
        }
    mix_columns(block);
}

void aes_encrypt(const struct aes *a, u8 block[AES_BLOCK_LEN])
{
    add_key(block, a->round_keys[0]);
    for (u32 i = 1; i <= a->rounds; i++) {
        substitute_and_shift(block, a->substitute, 1);
        if (i < a->rounds)
            mix_columns(block);
        add_key(block, a->round_keys[i]);
    }
}

void aes_decrypt(const struct aes *a, u8 block[AES_BLOCK_LEN])
{
    for (u32 i = a->rounds; i > 0; i--) {
        add_key(block, a->round_keys[i]);
        if (i < a->rounds)
            unmix_columns(block);
        substitute_and_shift(block, a->restore, 3);
    }
    add_key(block, a->round_keys[0]);
}
