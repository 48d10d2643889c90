/* Addresses as text. */
#include "names/address.h"

bool address_parse_ip4(struct str text, u8 to[4])
{
    for (int i = 0; i < 4; i++) {
        bool last = str_find(text, '.') == text.len;
        struct str part = str_cut(&text, '.');
        u64 value;
        if (last != (i == 3) || part.len > 3 || !str_to_u64(part, 255, &value))
            return false;
        to[i] = (u8)value;
    }
    return true;
}

/* Up to four hexadecimal digits. */
static bool parse_group(struct str text, u16 *value)
{
    u32 sum = 0;

    if (text.len == 0 || text.len > 4)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        int digit = hex_digit(text.p[i]);
        if (digit < 0)
            return false;
        sum = sum << 4 | (u32)digit;
    }
    *value = (u16)sum;
    return true;
}

/*
 * Groups between colons, the last one perhaps an IPv4 address.  Stores at most 8 of two bytes each
 * and returns how many, or -1.
 */
static int parse_groups(struct str text, u8 to[16])
{
    int count = 0;

    while (text.len > 0) {
        bool more = str_find(text, ':') < text.len;
        struct str part = str_cut(&text, ':');
        u16 value;
        if (!more && count <= 6 && address_parse_ip4(part, to + 2 * count))
            return count + 2;
        if (count == 8 || !parse_group(part, &value) || (more && text.len == 0))
            return -1;
        to[2 * count] = (u8)(value >> 8);
        to[2 * count + 1] = (u8)value;
        count++;
    }
    return count;
}

/* Offset of "::", or the length. */
static size_t find_gap(struct str text)
{
    for (size_t i = 0; i + 1 < text.len; i++)
        if (text.p[i] == ':' && text.p[i + 1] == ':')
            return i;
    return text.len;
}

bool address_parse_ip6(struct str text, u8 to[16])
{
    size_t gap = find_gap(text);
    u8 head[16], tail[16];

    if (gap == text.len)
        return parse_groups(text, to) == 8;
    int before = parse_groups(str_make(text.p, gap), head);
    int after = parse_groups(str_from(text, gap + 2), tail);
    if (before < 0 || after < 0 || before + after > 7)
        return false;
    memset(to, 0, 16);
    memcpy(to, head, (size_t)before * 2);
    memcpy(to + 16 - after * 2, tail, (size_t)after * 2);
    return true;
}

bool address_parse_mac(struct str text, u8 to[6])
{
    for (int i = 0; i < 6; i++) {
        bool last = str_find(text, ':') == text.len;
        struct str part = str_cut(&text, ':');
        u16 value;
        if (last != (i == 5) || part.len > 2 || !parse_group(part, &value))
            return false;
        to[i] = (u8)value;
    }
    return true;
}
