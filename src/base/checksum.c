/* The Internet checksum, RFC 1071. */
#include "base/checksum.h"

#include "base/bytes.h"

void checksum_add(struct checksum *c, struct view bytes)
{
    const u8 *p = view_at(bytes, 0, bytes.cap);
    u32 n = bytes.cap;
    u64 sum = 0;

    /* the sum of 32-bit words folds to that of 16-bit words (RFC 1071, section 2 (C)) */
    for (; n >= 4; n -= 4, p += 4)
        sum += load_be32(p);
    if (n >= 2) {
        sum += load_be16(p);
        n -= 2, p += 2;
    }
    if (n > 0)
        sum += (u64)p[0] << 8;
    c->sum += sum;
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
