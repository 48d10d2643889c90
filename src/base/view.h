/*
 * A window on packet bytes that cannot be over-read.
 *
 *      p_                     cap        len
 *      |======= captured ======|..........|     cap <= len, unless a header claims less
 *
 * `cap` is how many bytes are there; `len` is how many the enclosing header, or the wire, says
 * there were.  Reads are bounded by `cap`; `len` is what printers report as a length.  Views are
 * passed by value, and each function here can only narrow one.  Nothing but this file touches
 * `p_` (lint.view checks that).
 */
#ifndef BASE_VIEW_H
#define BASE_VIEW_H

#include "base/types.h"

struct view {
    const u8 *p_;
    u32 cap, len; /* bytes */
};

static inline struct view view_over(const void *bytes, u32 cap, u32 len)
{
    return (struct view){ bytes, cap, len };
}

/* Whether the `n` bytes at `off` are captured.  Safe against overflow. */
static inline bool view_has(struct view v, u32 off, u32 n)
{
    return off <= v.cap && n <= v.cap - off;
}

/* The `n` bytes at `off`, or NULL unless all of them are captured. */
static inline const void *view_at(struct view v, u32 off, u32 n)
{
    return view_has(v, off, n) ? v.p_ + off : NULL;
}

/* What follows the first `off` bytes.  Both lengths stop at zero: it never leaves the buffer. */
static inline struct view view_from(struct view v, u32 off)
{
    u32 step = off < v.cap ? off : v.cap;
    return (struct view){ v.p_ + step, v.cap - step, off < v.len ? v.len - off : 0 };
}

/* The same bytes under an inner length field that says `n`: len becomes n, cap at most n. */
static inline struct view view_clip(struct view v, u32 n)
{
    return (struct view){ v.p_, v.cap < n ? v.cap : n, n };
}

/* The `n` bytes at `off` as a view of their own: view_clip() of view_from(). */
static inline struct view view_sub(struct view v, u32 off, u32 n)
{
    return view_clip(view_from(v, off), n);
}

/* The view with a length of `n`, its captured bytes unchanged: for a header that claims more. */
static inline struct view view_claim(struct view v, u32 n)
{
    return (struct view){ v.p_, v.cap, n };
}

/* How many bytes `inner`, which was narrowed out of `outer`, begins behind the start of `outer`. */
static inline u32 view_offset(struct view outer, struct view inner)
{
    return (u32)(inner.p_ - outer.p_);
}

/* The byte at `off`, or -1 when it is not captured. */
static inline int view_byte(struct view v, u32 off) { return off < v.cap ? v.p_[off] : -1; }

#endif
