/* A small printf on struct out; see format.h for what it knows. */
#include "base/format.h"

#include "base/check.h"

/* One conversion specification, as far as it has been read. */
struct spec {
    bool left, zero, plus, alt;
    int width, precision; /* precision -1: none */
    char size;            /* '\0', 'h', 'H' (hh), 'l', 'L' (ll), 'z', 'j', 't' */
};

/* Reads digits or a star; returns where the format goes on. */
static const char *read_number(const char *f, int *number, va_list *ap)
{
    if (*f == '*') {
        *number = va_arg(*ap, int);
        return f + 1;
    }
    *number = 0;
    for (; is_digit(*f); f++)
        *number = *number * 10 + (*f - '0');
    return f;
}

static const char *read_flags(const char *f, struct spec *s)
{
    for (;; f++) {
        switch (*f) {
        case '-': s->left = true; break;
        case '0': s->zero = true; break;
        case '+': s->plus = true; break;
        case '#': s->alt = true; break;
        default: return f;
        }
    }
}

static const char *read_spec(const char *f, struct spec *s, va_list *ap)
{
    *s = (struct spec){ .precision = -1 };
    f = read_flags(f, s);
    f = read_number(f, &s->width, ap);
    if (s->width < 0) {
        s->left = true;
        s->width = -s->width;
    }
    if (*f == '.')
        f = read_number(f + 1, &s->precision, ap);
    while (*f == 'h' || *f == 'l' || *f == 'z' || *f == 'j' || *f == 't') {
        bool doubled = s->size == *f;
        s->size = doubled ? (*f == 'h' ? 'H' : 'L') : *f;
        f++;
    }
    return f;
}

/* Whether the argument is a place where the value is. */
static bool is_place(const struct spec *s, const struct format_hook *hook)
{
    return s->size == 'l' && hook != NULL && hook->number_at != NULL;
}

static u64 unsigned_argument(const struct spec *s, const struct format_hook *hook, va_list *ap)
{
    if (is_place(s, hook))
        return hook->number_at(hook->context, va_arg(*ap, unsigned long));
    switch (s->size) {
    case 'H': return (u8)va_arg(*ap, unsigned);
    case 'h': return (u16)va_arg(*ap, unsigned);
    case 'l': return va_arg(*ap, unsigned long);
    case 'L': return va_arg(*ap, unsigned long long);
    case 'z': return va_arg(*ap, size_t);
    case 'j': return va_arg(*ap, uintmax_t);
    case 't': return (u64)va_arg(*ap, ptrdiff_t);
    default: return va_arg(*ap, unsigned);
    }
}

static i64 signed_argument(const struct spec *s, const struct format_hook *hook, va_list *ap)
{
    if (is_place(s, hook))
        return (i32)hook->number_at(hook->context, va_arg(*ap, unsigned long));
    switch (s->size) {
    case 'H': return (i8)va_arg(*ap, int);
    case 'h': return (i16)va_arg(*ap, int);
    case 'l': return va_arg(*ap, long);
    case 'L': return va_arg(*ap, long long);
    case 'z':
    case 't': return va_arg(*ap, ptrdiff_t);
    case 'j': return va_arg(*ap, intmax_t);
    default: return va_arg(*ap, int);
    }
}

/* Writes `n` bytes at `text`, padded with blanks to the width. */
static void put_text(struct out *o, const struct spec *s, const char *text, size_t n)
{
    size_t pad = s->width > 0 && (size_t)s->width > n ? (size_t)s->width - n : 0;

    if (!s->left)
        out_repeat(o, ' ', pad);
    out_bytes(o, text, n);
    if (s->left)
        out_repeat(o, ' ', pad);
}

/* Writes a number with its sign or 0x, as C's printf orders padding, prefix, zeros and digits. */
static void put_number(struct out *o, const struct spec *s, const char *prefix, u64 value,
                       u32 base, const char *digit_set)
{
    char digits[24], *p = digits + sizeof digits;
    int want = s->precision >= 0 ? s->precision : 1;
    int prefixed = (int)strlen(prefix);

    for (u64 rest = value; rest != 0; rest /= base)
        *--p = digit_set[rest % base];
    int count = (int)(digits + sizeof digits - p);
    if (s->precision < 0 && s->zero && !s->left && s->width - prefixed > want)
        want = s->width - prefixed;
    int zeros = want > count ? want - count : 0;
    int total = prefixed + zeros + count;
    int pad = s->width > total ? s->width - total : 0;

    if (!s->left)
        out_repeat(o, ' ', (size_t)pad);
    out_bytes(o, prefix, (size_t)prefixed);
    out_repeat(o, '0', (size_t)zeros);
    out_bytes(o, p, (size_t)count);
    if (s->left)
        out_repeat(o, ' ', (size_t)pad);
}

static void put_signed(struct out *o, const struct spec *s, i64 value)
{
    u64 size = value < 0 ? -(u64)value : (u64)value;
    put_number(o, s, value < 0 ? "-" : s->plus ? "+" : "", size, 10, "0123456789");
}

static void put_string(struct out *o, const struct spec *s, const char *text)
{
    size_t n = 0;

    if (text == NULL)
        text = "(null)";
    if (s->precision < 0)
        n = strlen(text);
    else
        while (n < (size_t)s->precision && text[n] != '\0')
            n++;
    put_text(o, s, text, n);
}

static void put_address(struct out *o, const struct format_hook *hook, enum address_kind kind,
                        const void *bytes)
{
    if (hook != NULL && hook->bytes_at != NULL) {
        static const u8 sizes[] = { [ADDRESS_IP4] = 4, [ADDRESS_IP6] = 16, [ADDRESS_MAC] = 6 };
        bytes = hook->bytes_at(hook->context, (uintptr_t)bytes, sizes[kind]);
    }
    if (hook != NULL) {
        hook->address(hook->context, o, kind, bytes);
        return;
    }
    switch (kind) {
    case ADDRESS_IP4: out_ip4(o, bytes); break;
    case ADDRESS_IP6: out_ip6(o, bytes); break;
    case ADDRESS_MAC: out_mac(o, bytes); break;
    }
}

/* %p and the letters behind it; returns where the format goes on. */
static const char *put_pointer(struct out *o, const struct format_hook *hook,
                               const struct spec *s, const char *f, const void *pointer)
{
    switch (f[0]) {
    case 'I':
    case 'i':
        put_address(o, f[0] == 'I' ? hook : NULL, f[1] == '4' ? ADDRESS_IP4 : ADDRESS_IP6,
                    pointer);
        return f + 2;
    case 'M':
    case 'm': put_address(o, f[0] == 'M' ? hook : NULL, ADDRESS_MAC, pointer); return f + 1;
    case 'S': {
        const struct str *str = pointer;
        put_text(o, s, str->p, str->len);
        return f + 1;
    }
    default: check(false); return f;
    }
}

/* One conversion; `f` stands behind the '%'.  Returns where the format goes on. */
static const char *put_conversion(struct out *o, const struct format_hook *hook, const char *f,
                                  va_list *ap)
{
    struct spec s;

    f = read_spec(f, &s, ap);
    switch (*f++) {
    case 'd':
    case 'i': put_signed(o, &s, signed_argument(&s, hook, ap)); return f;
    case 'u': put_number(o, &s, "", unsigned_argument(&s, hook, ap), 10, "0123456789"); return f;
    case 'x':
    case 'X': {
        u64 value = unsigned_argument(&s, hook, ap);
        bool upper = f[-1] == 'X';
        put_number(o, &s, s.alt && value != 0 ? (upper ? "0X" : "0x") : "", value, 16,
                   upper ? "0123456789ABCDEF" : "0123456789abcdef");
        return f;
    }
    case 'o': put_number(o, &s, "", unsigned_argument(&s, hook, ap), 8, "01234567"); return f;
    case 'c': {
        char c = (char)va_arg(*ap, int);
        put_text(o, &s, &c, 1);
        return f;
    }
    case 's': put_string(o, &s, va_arg(*ap, const char *)); return f;
    case 'p': return put_pointer(o, hook, &s, f, va_arg(*ap, const void *));
    case '%': out_char(o, '%'); return f;
    default: check(false); return f - 1;
    }
}

void out_vformat(struct out *o, const struct format_hook *hook, const char *fmt, va_list ap)
{
    va_list arguments;

    va_copy(arguments, ap);
    for (const char *f = fmt; *f != '\0';) {
        const char *plain = f;
        while (*f != '\0' && *f != '%')
            f++;
        out_bytes(o, plain, (size_t)(f - plain));
        if (*f == '%')
            f = put_conversion(o, hook, f + 1, &arguments);
    }
    va_end(arguments);
}

void out_format(struct out *o, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    out_vformat(o, NULL, fmt, ap);
    va_end(ap);
}
