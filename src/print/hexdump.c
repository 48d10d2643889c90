/* Hex and ASCII dumps, written a line at a time. */
#include "print/hexdump.h"

#include "base/mem.h"
#include "base/str.h"

enum {
    LINE_BYTES = 16,
    HEX_WIDTH = 40, /* eight groups of four digits, a blank before each */
    TEXT_AT = HEX_WIDTH + 2,
    LINE_MAX = TEXT_AT + LINE_BYTES,
};

static const char hex_digits[] = "0123456789abcdef";

/* "<indent>0x0010:  " less one blank, which the first group brings. */
static void put_offset(struct out *o, const char *indent, u32 offset)
{
    u32 digits = 4;
    while (digits < 8 && offset >> (4 * digits) != 0)
        digits++;
    out_text_z(o, indent);
    out_text_z(o, "0x");
    out_hex_pad(o, offset, digits);
    out_text_z(o, ": ");
}

/* The hex groups of `n` <= LINE_BYTES bytes at `line`; returns the position behind them. */
static char *put_groups(char *line, const u8 *bytes, u32 n)
{
    char *p = line;
    for (u32 i = 0; i < n; i++) {
        if (i % 2 == 0)
            *p++ = ' ';
        *p++ = hex_digits[bytes[i] >> 4];
        *p++ = hex_digits[bytes[i] & 15];
    }
    return p;
}

void hexdump_from(struct out *o, const char *indent, struct view v, u32 offset)
{
    char line[LINE_MAX];

    for (u32 at = 0; at < v.cap && !o->shut; at += LINE_BYTES) {
        u32 n = v.cap - at < LINE_BYTES ? v.cap - at : LINE_BYTES;
        const char *end = put_groups(line, view_at(v, at, n), n);
        put_offset(o, indent, offset + at);
        out_bytes(o, line, (size_t)(end - line));
    }
}

void hexdump(struct out *o, const char *indent, struct view v) { hexdump_from(o, indent, v, 0); }

void hexdump_ascii(struct out *o, const char *indent, struct view v)
{
    char line[LINE_MAX];

    for (u32 at = 0; at < v.cap && !o->shut; at += LINE_BYTES) {
        u32 n = v.cap - at < LINE_BYTES ? v.cap - at : LINE_BYTES;
        const u8 *bytes = view_at(v, at, n);
        char *p = put_groups(line, bytes, n);
        while (p < line + TEXT_AT)
            *p++ = ' ';
        for (u32 i = 0; i < n; i++)
            *p++ = is_print(bytes[i]) && bytes[i] != ' ' ? (char)bytes[i] : '.';
        put_offset(o, indent, at);
        out_bytes(o, line, (size_t)(p - line));
    }
}

/* Whether -A shows the byte itself. */
static bool shown(u8 c) { return is_print(c) || c == '\t' || c == '\n'; }

void asciidump(struct out *o, struct view v)
{
    char line[256];
    u32 filled = 0;

    if (v.cap == 0)
        return;
    out_char(o, '\n');
    for (u32 at = 0; at < v.cap; at++) {
        u8 c = (u8)view_byte(v, at);
        /* as tcpdump: no return before a newline, nor among the last two bytes */
        if (c == '\r' && (view_byte(v, at + 1) == '\n' || v.cap - at <= 2))
            continue;
        line[filled++] = shown(c) ? (char)c : '.';
        if (filled == sizeof line) {
            out_bytes(o, line, filled);
            filled = 0;
        }
    }
    out_bytes(o, line, filled);
}
