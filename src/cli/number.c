/* Numbers on the command line. */
#include "cli/number.h"

i64 number_prefix(const char *text)
{
    u64 value = 0;

    while (is_space(*text))
        text++;
    bool negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    for (; is_digit(*text); text++) {
        value = value * 10 + (u64)(*text - '0');
        if (value > INT64_MAX / 16)
            value = INT64_MAX / 16; /* far beyond any limit, and safe to multiply again */
    }
    return negative ? -(i64)value : (i64)value;
}

bool number_any_base(const char *text, u64 max, u64 *value)
{
    u32 base = 10;
    u64 sum = 0;

    while (is_space(*text))
        text++;
    if (*text == '+')
        text++;
    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        base = 16;
        text += 2;
    } else if (text[0] == '0') {
        base = 8;
    }
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        int digit = hex_digit(*text);
        if (digit < 0 || (u32)digit >= base)
            return false;
        sum = sum * base + (u32)digit;
        if (sum > max)
            return false;
    }
    *value = sum;
    return true;
}

bool number_size(const char *text, u64 unit, u64 *bytes)
{
    struct str s = str_of(text);
    u64 value;

    if (s.len > 0 && !is_digit(s.p[s.len - 1])) {
        switch (to_lower(s.p[s.len - 1])) {
        case 'k': unit = 1u << 10; break;
        case 'm': unit = 1u << 20; break;
        case 'g': unit = 1u << 30; break;
        default: return false;
        }
        s.len--;
    }
    if (!str_to_u64(s, (u64)INT64_MAX / unit, &value) || value == 0)
        return false;
    *bytes = value * unit;
    return true;
}

bool number_with_unit(const char *text, u64 *number, struct str *unit)
{
    size_t digits = 0;

    while (is_digit(text[digits]))
        digits++;
    *unit = str_of(text + digits);
    return str_to_u64(str_make(text, digits), INT64_MAX, number);
}

bool number_ip4(const char *text, u32 *address)
{
    struct str rest = str_of(text);
    u32 value = 0;

    for (int i = 0; i < 4; i++) {
        bool last = str_find(rest, '.') == rest.len;
        u64 part;
        if (last != (i == 3) || !str_to_u64(str_cut(&rest, '.'), 255, &part))
            return false;
        value = value << 8 | (u32)part;
    }
    *address = value;
    return true;
}
