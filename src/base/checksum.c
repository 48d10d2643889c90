/* The Internet checksum, RFC 1071. */
#include "base/checksum.h"

#include "base/bytes.h"
#include "base/mem.h"

/* Eight bytes as two numbers, in the machine's byte order. */
static u64 two_words(const u8 *p)
{
    u64 both;
    memcpy(&both, p, sizeof both);
    return (both & UINT32_MAX) + (both >> 32);
}

void checksum_add(struct checksum *c, struct view bytes)
{
    const u8 *p = view_at(bytes, 0, bytes.cap);
    u32 n = bytes.cap;
    u64 sum = 0;

    /*
     * The sum of 32-bit words folds to that of 16-bit words, and the order of bytes in a word does
     * not matter until the end (RFC 1071, section 2 (B) and (C)).
     */
    for (; n >= 32; n -= 32, p += 32)
        sum += two_words(p) + two_words(p + 8) + two_words(p + 16) + two_words(p + 24);
    for (; n >= 8; n -= 8, p += 8)
        sum += two_words(p);
    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    u16 folded = (u16)sum;
    c->sum += load_be16(&folded);

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
