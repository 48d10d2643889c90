/* The Internet checksum, RFC 1071. */
#include "base/checksum.h"

#include "base/bytes.h"
#include "base/mem.h"

/* Adds eight bytes, in the machine's byte order, and what that carries out of 64 bits. */
static SPEED_INLINE u64 add_eight(u64 sum, const u8 *p)
{
    u64 word;
    memcpy(&word, p, sizeof word);
    sum += word;
    return sum + (sum < word);
}

void checksum_add(struct checksum *c, struct view bytes)
{
    const u8 *p = view_at(bytes, 0, bytes.cap);
    u32 n = bytes.cap;
    u64 even = 0, odd = 0; /* two sums, so that one addition need not wait for the other */

    /*
     * The one's complement sum of 64-bit words folds to that of 16-bit words, and the order of
     * bytes in a word does not matter until the end (RFC 1071, section 2 (B) and (C)).
     */
    for (; n >= 32; n -= 32, p += 32) {
        even = add_eight(add_eight(even, p), p + 16);
        odd = add_eight(add_eight(odd, p + 8), p + 24);
    }
    for (; n >= 8; n -= 8, p += 8)
        even = add_eight(even, p);
    u64 sum = (even & UINT32_MAX) + (even >> 32) + (odd & UINT32_MAX) + (odd >> 32);
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
