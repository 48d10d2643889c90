/*
 * Unaligned loads and stores in a stated byte order.
 *
 * The caller vouches for the bytes; code that faces packets uses the checked readers of
 * print/read.h or view_at() instead.  Compilers turn each of these into one instruction.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include "base/types.h"

static inline u16 load_be16(const void *from)
{
    const u8 *p = from;
    return (u16)(p[0] << 8 | p[1]);
}

static inline u32 load_be24(const void *from)
{
    const u8 *p = from;
    return (u32)p[0] << 16 | (u32)p[1] << 8 | p[2];
}

static inline u32 load_be32(const void *from)
{
    const u8 *p = from;
    return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3];
}

static inline u64 load_be48(const void *from)
{
    const u8 *p = from;
    return (u64)load_be24(p) << 24 | load_be24(p + 3);
}

static inline u64 load_be64(const void *from)
{
    const u8 *p = from;
    return (u64)load_be32(p) << 32 | load_be32(p + 4);
}

static inline u16 load_le16(const void *from)
{
    const u8 *p = from;
    return (u16)(p[1] << 8 | p[0]);
}

static inline u32 load_le24(const void *from)
{
    const u8 *p = from;
    return (u32)p[2] << 16 | (u32)p[1] << 8 | p[0];
}

static inline u32 load_le32(const void *from)
{
    const u8 *p = from;
    return (u32)p[3] << 24 | (u32)p[2] << 16 | (u32)p[1] << 8 | p[0];
}

static inline u64 load_le64(const void *from)
{
    const u8 *p = from;
    return (u64)load_le32(p + 4) << 32 | load_le32(p);
}

static inline void store_be16(void *to, u16 value)
{
    u8 *p = to;
    p[0] = (u8)(value >> 8);
    p[1] = (u8)value;
}

static inline void store_be32(void *to, u32 value)
{
    u8 *p = to;
    store_be16(p, (u16)(value >> 16));
    store_be16(p + 2, (u16)value);
}

static inline void store_le16(void *to, u16 value)
{
    u8 *p = to;
    p[0] = (u8)value;
    p[1] = (u8)(value >> 8);
}

static inline void store_le32(void *to, u32 value)
{
    u8 *p = to;
    store_le16(p, (u16)value);
    store_le16(p + 2, (u16)(value >> 16));
}

static inline void store_le64(void *to, u64 value)
{
    u8 *p = to;
    store_le32(p, (u32)value);
    store_le32(p + 4, (u32)(value >> 32));
}

#endif
