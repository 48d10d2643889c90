/* How numbers and addresses are spelt in a filter. */
#include "lexer/address.h"

#include "base/mem.h"

enum { IP6_TEXT_MAX = 45, MAC_BYTES = 6 };

static bool is_hex(char c)
{
    return hex_digit(c) >= 0;
}

/* Number of hexadecimal digits at s[at], counted up to `max`. */
static size_t hex_run(struct str s, size_t at, size_t max)
{
    size_t n = 0;
    while (n < max && at + n < s.len && is_hex(s.p[at + n]))
        n++;
    return n;
}

size_t address_match_number(struct str s)
{
    size_t n = 0;
    if (s.len > 2 && s.p[0] == '0' && (s.p[1] == 'x' || s.p[1] == 'X') && is_hex(s.p[2]))
        return 2 + hex_run(s, 2, s.len);
    while (n < s.len && is_digit(s.p[n]))
        n++;
    return n;
}

size_t address_match_ip4(struct str s)
{
    size_t length = address_match_number(s);
    u32 parts = 1;
    while (length > 0 && parts < 4 && length < s.len && s.p[length] == '.') {
        size_t n = address_match_number(str_from(s, length + 1));
        if (n == 0)
            break;
        length += 1 + n;
        parts++;
    }
    return parts >= 2 ? length : 0;
}

/* Six groups of one or two digits with `separator` between. */
static size_t match_mac_bytes(struct str s, char separator)
{
    size_t at = 0;
    for (u32 i = 0; i < MAC_BYTES; i++) {
        if (i > 0 && (at >= s.len || s.p[at++] != separator))
            return 0;
        size_t n = hex_run(s, at, 2);
        if (n == 0)
            return 0;
        at += n;
    }
    return at;
}

size_t address_match_mac(struct str s)
{
    static const char separators[] = { ':', '-', '.' };
    size_t longest = 0;
    for (size_t i = 0; i < countof(separators); i++) {
        size_t n = match_mac_bytes(s, separators[i]);
        longest = n > longest ? n : longest;
    }
    if (s.len >= 14 && hex_run(s, 0, 4) == 4 && s.p[4] == '.' && hex_run(s, 5, 4) == 4 &&
        s.p[9] == '.' && hex_run(s, 10, 4) == 4 && longest < 14)
        longest = 14;
    if (longest < 12 && hex_run(s, 0, 12) == 12)
        longest = 12;
    return longest;
}

bool address_may_be(struct str s)
{
    enum { LONGEST_GROUP = 4, WITHOUT_SEPARATORS = 12 };
    size_t n = hex_run(s, 0, WITHOUT_SEPARATORS);
    if (n == WITHOUT_SEPARATORS)
        return true;
    return n <= LONGEST_GROUP && n < s.len && (s.p[n] == ':' || s.p[n] == '-' || s.p[n] == '.');
}

size_t address_match_mac8(struct str s)
{
    size_t n = s.len > 1 && s.p[0] == '$' ? hex_run(s, 1, 2) : 0;
    return n > 0 ? 1 + n : 0;
}

/* Reads four decimal bytes with dots that fill all of `s`; as in inet_pton(3), no leading zeros. */
static bool read_dotted(struct str s, u8 bytes[4])
{
    for (u32 i = 0; i < 4; i++) {
        u64 value;
        struct str part = str_cut(&s, '.'); /* empty, and so refused, when there are too few */
        if (part.len > 3 || (part.len > 1 && part.p[0] == '0') || !str_to_u64(part, 255, &value))
            return false;
        bytes[i] = (u8)value;
    }
    return s.len == 0;
}

/* Whether all of `s` is an IPv6 address, which goes into `bytes`. */
static bool read_ip6(struct str s, u8 bytes[16])
{
    u8 head[16] = { 0 }; /* groups as read */
    u32 filled = 0;      /* bytes of head in use */
    u32 gap = 16;        /* where "::" stood, 16 for nowhere */
    size_t at = 0;

    if (s.len >= 2 && s.p[0] == ':') {
        if (s.p[1] != ':')
            return false;
        gap = 0;
        at = 2;
    }
    while (at < s.len) {
        size_t n = hex_run(s, at, 4);
        if (n == 0 || filled >= 16)
            return false;
        if (at + n < s.len && s.p[at + n] == '.') {
            if (filled > 12 || !read_dotted(str_from(s, at), head + filled))
                return false;
            filled += 4;
            break;
        }
        u32 group = 0;
        for (size_t i = 0; i < n; i++)
            group = group << 4 | (u32)hex_digit(s.p[at + i]);
        head[filled++] = (u8)(group >> 8);
        head[filled++] = (u8)group;
        at += n;
        if (at == s.len)
            break;
        if (s.p[at++] != ':' || at == s.len)
            return false;
        if (s.p[at] == ':') {
            if (gap < 16)
                return false;
            gap = filled;
            at++;
        }
    }
    if (gap == 16 ? filled != 16 : filled > 14)
        return false;
    memset(bytes, 0, 16);
    u32 before = gap < filled ? gap : filled;
    memcpy(bytes, head, before);
    memcpy(bytes + 16 - (filled - before), head + before, filled - before);
    return true;
}

size_t address_match_ip6(struct str s)
{
    u8 ignored[16];
    size_t n = 0, colons = 0;
    while (n < s.len && n <= IP6_TEXT_MAX && (is_hex(s.p[n]) || s.p[n] == ':' || s.p[n] == '.')) {
        colons += s.p[n] == ':';
        n++;
    }
    /* The longest prefix that is an address: "::1:" ends before the second colon. */
    for (; colons >= 2 && n >= 2; n--)
        if (read_ip6(str_make(s.p, n), ignored))
            return n;
    return 0;
}

void address_ip6(struct str s, u8 bytes[16])
{
    if (!read_ip6(s, bytes))
        memset(bytes, 0, 16);
}

enum number_fault address_number(struct str s, u32 *value)
{
    u32 base = 10;
    u64 sum = 0;
    if (s.len > 1 && s.p[0] == '0') {
        bool hex = s.p[1] == 'x' || s.p[1] == 'X';
        base = hex ? 16 : 8;
        s = str_from(s, hex ? 2 : 1);
    }
    for (size_t i = 0; i < s.len; i++) {
        u32 digit = (u32)hex_digit(s.p[i]);
        if (digit >= base)
            return NUMBER_NOT_OCTAL;
        sum = sum * base + digit;
        if (sum > UINT32_MAX)
            return NUMBER_TOO_BIG;
    }
    *value = (u32)sum;
    return NUMBER_FINE;
}

bool address_ip4(struct str s, u32 *value, u8 *parts)
{
    u32 sum = 0;
    u8 count = 0;
    while (s.len > 0) {
        u64 part;
        if (!str_to_u64(str_cut(&s, '.'), 255, &part))
            return false;
        sum = sum << 8 | (u32)part;
        count++;
    }
    *value = (u32)((u64)sum << 8 * (4u - count)); /* also without any part */
    *parts = count;
    return true;
}

void address_mac(struct str s, u8 bytes[6])
{
    size_t at = 0;
    for (u32 i = 0; i < MAC_BYTES; i++) {
        u32 byte = 0;
        while (at < s.len && !is_hex(s.p[at]))
            at++;
        for (u32 digits = 0; digits < 2 && at < s.len && is_hex(s.p[at]); digits++)
            byte = byte << 4 | (u32)hex_digit(s.p[at++]);
        bytes[i] = (u8)byte;
    }
}

u8 address_mac8(struct str s)
{
    u32 value = (u32)hex_digit(s.p[1]);
    return (u8)(s.len > 2 ? value << 4 | (u32)hex_digit(s.p[2]) : value);
}
