/* Counted strings: a pointer and a length, never terminated, never owned. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/mem.h"
#include "base/types.h"

struct str {
    const char *p; /* may be NULL when len is 0 */
    size_t len;    /* bytes */
};

/* The empty string. */
#define STR_EMPTY ((struct str){ NULL, 0 })

/* A string literal as a counted string, usable in constant initialisers. */
#define STR(literal) { ("" literal), sizeof(literal) - 1 }

static inline struct str str_of(const char *zero_terminated)
{
    return (struct str){ zero_terminated, strlen(zero_terminated) };
}

static inline struct str str_make(const char *p, size_t len) { return (struct str){ p, len }; }

static inline bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

/* The same string, ASCII letters compared without regard to case. */
bool str_equal_nocase(struct str a, struct str b);

/* Whether `s` begins with `prefix`. */
bool str_starts(struct str s, struct str prefix);

/* The part from `from` on; empty when `from` lies past the end. */
struct str str_from(struct str s, size_t from);

/* Offset of the first `c` in `s`, or s.len when there is none. */
size_t str_find(struct str s, char c);

/* Cuts the bytes before the next `separator` off the front of `*rest` and returns them; the
 * separator goes too.  Without one, all of `*rest` is returned and `*rest` is empty. */
struct str str_cut(struct str *rest, char separator);

/* `s` without blanks (space, tab, CR, LF, VT, FF) at both ends. */
struct str str_trim(struct str s);

/* How many of the `n` bytes at `p` stand before the first that is not from `least` to '~', both printable. */
size_t str_plain(const u8 *p, size_t n, u8 least);

/* Value of a hexadecimal digit, -1 for any other byte. */
int hex_digit(char c);

/*
 * Reads all of `s` as an unsigned decimal number.
 * False when it is empty, has any other byte or exceeds `max`; `*value` is then unchanged.
 */
bool str_to_u64(struct str s, u64 max, u64 *value);

/* ASCII only, whatever the locale says. */
static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool is_alpha(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
static inline bool is_print(u8 c) { return c >= 0x20 && c < 0x7f; }
static inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline char to_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c; }

#endif
