/*
 * Text output: a buffer that a callback empties.
 *
 *      base        keep            pos           end        limit
 *       |== text ===|=== group ====|==== room ====|          |
 *
 * Whatever fits is a store; when room runs out, finished text goes to the callback.  A *shut*
 * output has its end moved down to its position, so that the check for room refuses further text
 * without a second test on the hot path; see print/dissect.h for what that is used for.
 *
 * Between out_hold() and out_settle() text may still be withdrawn.  Held text is not flushed
 * unless it alone fills the buffer; only then does a part of it become final.
 */
#ifndef BASE_OUT_H
#define BASE_OUT_H

#include "base/mem.h"
#include "base/str.h"
#include "base/types.h"

struct out {
    char *pos, *end;    /* next byte to write; where room ends just now */
    char *base, *limit; /* the buffer, which the creator owns */
    char *keep;         /* held text starts here; NULL when nothing is held */
    u64 flushed;        /* bytes that have left the buffer */
    bool shut;
    void (*flush)(void *to, const char *text, size_t n); /* must take all n bytes */
    void *to;
};

/* The least buffer that out_over() accepts, in bytes. */
enum { OUT_MIN = 256 };

/* An output over `size` bytes at `buffer`; `flush` gets `to` and each finished piece of text. */
struct out out_over(char *buffer, size_t size,
                    void (*flush)(void *to, const char *text, size_t n), void *to);

/*
 * An output that only fills its buffer: what does not fit is dropped (out_cut() tells).  Good for
 * messages of bounded length and for tests.
 */
struct out out_fixed(char *buffer, size_t size);

/* Whether an out_fixed() has dropped text. */
static inline bool out_cut(const struct out *o) { return o->flushed > 0; }

/* What a fixed output holds, or what has not been flushed yet. */
static inline struct str out_text(const struct out *o)
{
    return str_make(o->base, (size_t)(o->pos - o->base));
}

/* Hands all text over.  Not while text is held. */
void out_flush(struct out *o);

/* Position in the whole text so far, in bytes; not affected by flushing. */
static inline u64 out_tell(const struct out *o) { return o->flushed + (u64)(o->pos - o->base); }

/* From here on every write is void, until out_open(). */
void out_shut(struct out *o);
void out_open(struct out *o);

/* Holds what is written next back; holds do not nest: the outermost counts. */
void out_hold(struct out *o);
void out_settle(struct out *o);   /* the held text is final */
void out_withdraw(struct out *o); /* the held text never was; ends the hold */

/*
 * Makes room for `n` <= OUT_MIN bytes at `pos` by flushing finished text.  False when the output
 * is shut.  Part of the writers below, and of callers that store several bytes at once.
 */
bool out_make_room(struct out *o, size_t n);

static inline bool out_room(struct out *o, size_t n)
{
    return likely((size_t)(o->end - o->pos) >= n) || out_make_room(o, n);
}

/*
 * The writers: numbers without padding unless said otherwise; hexadecimal in lower case.  Those that
 * are inline are stores in files that are compiled for speed, and calls elsewhere.
 */
void out_bytes(struct out *o, const void *text, size_t n);
void out_byte(struct out *o, char c);

static inline void out_char(struct out *o, char c)
{
#ifdef __OPTIMIZE_SIZE__
    out_byte(o, c);
#else
    if (out_room(o, 1))
        *o->pos++ = c;
#endif
}

static inline void out_str(struct out *o, struct str s) { out_bytes(o, s.p, s.len); }

/* A literal or other zero-terminated text: a store where code is made for speed, else a call. */
void out_z(struct out *o, const char *s);

static SPEED_INLINE void out_text_z(struct out *o, const char *s)
{
#ifdef __OPTIMIZE_SIZE__
    out_z(o, s);
#else
    size_t n = strlen(s);
    if (__builtin_constant_p(n) && n <= OUT_MIN && likely((size_t)(o->end - o->pos) >= n)) {
        memcpy(o->pos, s, n);
        o->pos += n;
    } else {
        out_bytes(o, s, n);
    }
#endif
}

void out_repeat(struct out *o, char c, size_t n);
void out_dec(struct out *o, u32 value);
void out_dec64(struct out *o, u64 value);
void out_int64(struct out *o, i64 value);                       /* with a minus when negative */
void out_dec_pad(struct out *o, u64 value, u32 width, char pad); /* right-aligned in width <= 20 */
void out_hex(struct out *o, u64 value);                         /* no 0x, no padding */
void out_hex_pad(struct out *o, u64 value, u32 digits);         /* zero-padded to 1..16 digits */
void out_ip4(struct out *o, const void *address);               /* 4 bytes, network byte order */
void out_ip6(struct out *o, const void *address);               /* 16 bytes; RFC 5952, with x::a.b.c.d */
void out_mac(struct out *o, const void *address);               /* 6 bytes as xx:xx:xx:xx:xx:xx */

#endif
