/* SSH: the line by which both sides identify themselves.  RFC 4253, section 4.2. */
#include "print/printer.h"

/* The bytes before LF or CR LF; -1 for a line with other control characters, or without end. */
static i64 line_length(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < v.len; i++) {
        u8 c = u8_at(d, v, i);
        if (c == '\n')
            return i;
        if (c == '\r')
            return i + 1 < v.len && u8_at(d, v, i + 1) == '\n' ? (i64)i : -1;
        if (!is_print(c))
            return -1;
    }
    return -1;
}

void print_ssh(struct dissect *d, struct view v)
{
    static const char prefix[] = { 'S', 'S', 'H', '-' };

    d->proto = "ssh";
    for (u32 i = 0; i < sizeof prefix; i++)
        if (u8_at(d, v, i) != prefix[i])
            return;
    i64 n = line_length(d, v);
    if (n < 0 || d->sealed)
        return;
    say_z(d, ": SSH: ");
    out_bytes(d->out, view_at(v, 0, (u32)n), (size_t)n);
}
