/* Counted strings. */
#include "base/str.h"

#include "base/bytes.h"

bool str_equal_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (to_lower(a.p[i]) != to_lower(b.p[i]))
            return false;
    return true;
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.p, prefix.p, prefix.len) == 0);
}

struct str str_from(struct str s, size_t from)
{
    if (from >= s.len)
        return STR_EMPTY;
    return str_make(s.p + from, s.len - from);
}

size_t str_find(struct str s, char c)
{
    size_t i = 0;
    while (i < s.len && s.p[i] != c)
        i++;
    return i;
}

struct str str_cut(struct str *rest, char separator)
{
    size_t at = str_find(*rest, separator);
    struct str head = str_make(rest->p, at);
    *rest = str_from(*rest, at + 1);
    return head;
}

struct str str_trim(struct str s)
{
    while (s.len > 0 && is_space(s.p[0]))
        s = str_make(s.p + 1, s.len - 1);
    while (s.len > 0 && is_space(s.p[s.len - 1]))
        s.len--;
    return s;
}

/*
 * Eight bytes, of which those that are no plain text have their highest bit set: what is below `least`
 * borrows, what is above ~ carries into it.  What a byte borrowed or carried reaches only the higher ones,
 * which are those behind it.
 */
static SPEED_INLINE u64 others_among(const u8 *p, u8 least)
{
    const u64 each = 0x0101010101010101; /* times a byte: that byte eight times */
    u64 bytes = load_le64(p);

    return ((bytes - each * least) | (bytes + each) | bytes) & each * 0x80;
}

size_t str_plain(const u8 *p, size_t n, u8 least)
{
    size_t i = 0;

    while (n - i >= 16 && (others_among(p + i, least) | others_among(p + i + 8, least)) == 0)
        i += 16;
    for (; n - i >= 8; i += 8) {
        u64 others = others_among(p + i, least);
        if (others != 0)
            return i + (u32)__builtin_ctzll(others) / 8;
    }
    while (i < n && p[i] >= least && p[i] <= '~')
        i++;
    return i;
}

int hex_digit(char c)
{
    if (is_digit(c))
        return c - '0';
    char l = to_lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

bool str_to_u64(struct str s, u64 max, u64 *value)
{
    u64 n = 0;

    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!is_digit(s.p[i]))
            return false;
        u64 digit = (u64)(s.p[i] - '0');
        if (digit > max || n > (max - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    *value = n;
    return true;
}
