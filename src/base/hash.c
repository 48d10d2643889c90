/* The hash function. */
#include "base/hash.h"

#include "base/bytes.h"

u64 hash_bytes(const void *bytes, size_t n, u64 seed)
{
    const u8 *p = bytes;
    u64 h = hash_u64(n, seed);

    for (; n >= 8; n -= 8, p += 8)
        h = hash_u64(load_le64(p), h);
    u64 rest = 0;
    for (size_t i = 0; i < n; i++)
        rest |= (u64)p[i] << 8 * i;
    return hash_u64(rest, h);
}
