/*
 * Checked reads: one per width and byte order, at an offset into a view.
 *
 * A read past the captured bytes yields zero and seals the packet's text (print/dissect.h), so
 * results may be used without a test.  Offsets match the figures of the RFCs.
 */
#ifndef PRINT_READ_H
#define PRINT_READ_H

#include "base/bytes.h"
#include "print/dissect.h"

/* The most bytes that bytes_at() may be asked for. */
enum { BYTES_AT_MAX = 64 };

/*
 * The `n` <= BYTES_AT_MAX bytes at `off`, for formatting (%pI4 and the like), comparing or
 * hashing as a whole; when they are not all captured the text is sealed and zeros are returned.
 */
const void *bytes_at(struct dissect *d, struct view v, u32 off, u32 n);

#define READER(name, type, bytes, load)                                                            \
    static inline type name(struct dissect *d, struct view v, u32 off)                             \
    {                                                                                              \
        const void *p = view_at(v, off, bytes);                                                    \
        if (likely(p != NULL))                                                                     \
            return (type)load(p);                                                                  \
        seal(d);                                                                                   \
        return 0;                                                                                  \
    }

static inline u8 load_u8(const void *p) { return *(const u8 *)p; }

READER(u8_at, u8, 1, load_u8)
READER(be16_at, u16, 2, load_be16)
READER(be24_at, u32, 3, load_be24)
READER(be32_at, u32, 4, load_be32)
READER(be48_at, u64, 6, load_be48)
READER(be64_at, u64, 8, load_be64)
READER(le16_at, u16, 2, load_le16)
READER(le24_at, u32, 3, load_le24)
READER(le32_at, u32, 4, load_le32)
READER(le64_at, u64, 8, load_le64)

#undef READER

/* Abandons the text (print/dissect.h) unless the `n` bytes at `off` are captured; true when they are. */
static inline bool want(struct dissect *d, struct view v, u32 off, u32 n)
{
    if (likely(view_has(v, off, n)))
        return true;
    abandon(d);
    return false;
}

/* Seals the text unless the `n` bytes at `off` are captured; true when they are. */
static inline bool need(struct dissect *d, struct view v, u32 off, u32 n)
{
    if (likely(view_has(v, off, n)))
        return true;
    seal(d);
    return false;
}

#endif
