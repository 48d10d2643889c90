/* One hash function and the probing rule that every open-addressed table of the tree uses. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/types.h"

/*
 * A well-mixed hash of `n` bytes.  `seed` should differ from run to run where the keys come from
 * packets, so that nobody can choose keys that collide.
 */
u64 hash_bytes(const void *bytes, size_t n, u64 seed);

/* The same for one number, cheaper. */
static inline u64 hash_u64(u64 value, u64 seed)
{
    u64 x = value ^ seed;
    x = (x ^ x >> 32) * 0xd6e8feb86659fd93u;
    x = (x ^ x >> 32) * 0xd6e8feb86659fd93u;
    return x ^ x >> 32;
}

#endif
