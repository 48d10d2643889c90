/* The Internet checksum, RFC 1071. */
#include "base/checksum.h"

#include "base/bytes.h"
#include "base/mem.h"

/* One's complement addition of 64 bits: what is carried out of them comes in again. */
static SPEED_INLINE u64 add(u64 sum, u64 word)
{
    sum += word;
    return sum + (sum < word);
}

/* Adds the eight bytes at `p`, in the machine's byte order. */
static SPEED_INLINE u64 add_eight(u64 sum, const u8 *p)
{
    u64 word;
    memcpy(&word, p, sizeof word);
    return add(sum, word);
}

void checksum_add(struct checksum *c, struct view bytes)
{
    const u8 *p = view_at(bytes, 0, bytes.cap);
    u32 n = bytes.cap;
    u64 s0 = 0, s1 = 0, s2 = 0, s3 = 0; /* four, so that no addition need wait for another */

    /*
     * The one's complement sum of 64-bit words folds to that of 16-bit words, and the order of
     * bytes in a word does not matter until the end (RFC 1071, section 2 (B) and (C)).
     */
    for (; n >= 32; n -= 32, p += 32) {
        s0 = add_eight(s0, p);
        s1 = add_eight(s1, p + 8);
        s2 = add_eight(s2, p + 16);
        s3 = add_eight(s3, p + 24);
    }
    for (; n >= 8; n -= 8, p += 8)
        s0 = add_eight(s0, p);
    u64 sum = add(add(s0, s1), add(s2, s3));
    sum = (sum & UINT32_MAX) + (sum >> 32);
    u32 folded = (u32)((sum & UINT32_MAX) + (sum >> 32)); /* the first step may have carried */
    c->sum += load_be32(&folded);

    for (; n >= 2; n -= 2, p += 2)
        c->sum += load_be16(p);
    if (n > 0)
        c->sum += (u64)p[0] << 8;
}

void checksum_add16(struct checksum *c, u16 word) { c->sum += word; }

void checksum_add32(struct checksum *c, u32 word) { c->sum += word; }

u16 checksum_end(const struct checksum *c)
{
    u64 sum = c->sum;

    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    return (u16)~sum;
}

u16 checksum_should_be(u16 field, u16 sum)
{
    u32 total = (u32)field + sum; /* as one's complement has it, and so never 0 unless both are */
    return (u16)(total + (total >> 16));
}
