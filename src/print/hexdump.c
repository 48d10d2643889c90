/* Hex and ASCII dumps, written a line at a time, the text of eight bytes at once. */
#include "print/hexdump.h"

#include "base/check.h"
#include "base/pen.h"

enum {
    LINE_BYTES = 16,
    HEX_WIDTH = 40, /* eight groups of four digits, a blank before each */
    TEXT_GAP = 2,
    INDENT_MAX = 32,
    OFFSET_MAX = 12, /* "0x00000010: " */
    LINE_MAX = INDENT_MAX + OFFSET_MAX + HEX_WIDTH + TEXT_GAP + LINE_BYTES,
};

/* "0x0010:  " less one blank, which the first group brings. */
static char *pen_offset(char *p, u32 offset)
{
    p = pen_text(p, "0x");
    if (offset > UINT16_MAX)
        p = pen_hex(p, offset >> 16);
    return pen_text(pen_hex4(p, offset & UINT16_MAX), ": ");
}

/* The hex groups of `n` <= LINE_BYTES bytes. */
static char *pen_groups(char *p, const u8 *bytes, u32 n)
{
    for (u32 i = 0; i + 2 <= n; i += 2)
        p = pen_hex2(pen_hex2(pen_char(p, ' '), bytes[i]), bytes[i + 1]);
    return n % 2 == 0 ? p : pen_hex2(pen_char(p, ' '), bytes[n - 1]);
}

/*
 * Eight bytes at once, in whatever order they lie in the word.  A flag is bit 7 of its byte; sums
 * of bytes below 0x80 do not carry into the next one.
 */
#define EACH(byte) ((u64)(byte) * 0x0101010101010101u)

static u64 load_eight(const void *p)
{
    u64 word;
    memcpy(&word, p, sizeof word);
    return word;
}

/* Flags the bytes that are `limit` <= 0x7f or more, among bytes below 0x80. */
static u64 at_least(u64 low, u8 limit) { return (low + EACH(0x80 - limit)) & EACH(0x80); }

/* Flags the bytes that are `value`, among bytes below 0x80. */
static u64 equal_to(u64 low, u8 value) { return ~at_least(low ^ EACH(value), 1) & EACH(0x80); }

/* The word with a dot for each flagged byte. */
static u64 dotted(u64 word, u64 flags)
{
    u64 mask = (flags >> 7) * 0xff;
    return (word & ~mask) | (EACH('.') & mask);
}

/* As -X shows eight bytes: a dot for blanks too. */
static u64 visible(u64 word)
{
    u64 low = word & EACH(0x7f);
    return dotted(word, (word & EACH(0x80)) | (~at_least(low, '!') & EACH(0x80)) |
                            at_least(low, 0x7f));
}

/* The text of `n` <= LINE_BYTES bytes; stores LINE_BYTES. */
static char *pen_visible(char *p, const u8 *bytes, u32 n)
{
    u8 whole[LINE_BYTES] = { 0 };

    if (n < LINE_BYTES)
        bytes = memcpy(whole, bytes, n);
    for (u32 i = 0; i < LINE_BYTES; i += 8) {
        u64 text = visible(load_eight(bytes + i));
        memcpy(p + i, &text, sizeof text);
    }
    return p + n;
}

static void dump(struct out *o, struct str indent, struct view v, u32 offset, bool ascii)
{
    char start[INDENT_MAX] = { 0 };

    check(indent.len <= INDENT_MAX);
    memcpy(start, indent.p, indent.len);
    for (u32 at = 0; at < v.cap && out_room(o, LINE_MAX); at += LINE_BYTES) {
        u32 n = v.cap - at < LINE_BYTES ? v.cap - at : LINE_BYTES;
        const u8 *bytes = view_at(v, at, n);
        /* all of it, though less counts: copies of a known size need no call */
        memcpy(o->pos, start, sizeof start);
        char *p = pen_offset(o->pos + indent.len, offset + at);
        char *end = pen_groups(p, bytes, n);
        if (ascii) {
            if (unlikely(n < LINE_BYTES)) {
                memset(end, ' ', (size_t)(p + HEX_WIDTH - end));
                end = p + HEX_WIDTH;
            }
            end = pen_visible(pen_text(end, "  "), bytes, n);
        }
        o->pos = end;
    }
}

void hexdump_from(struct out *o, const char *indent, struct view v, u32 offset)
{
    dump(o, str_of(indent), v, offset, false);
}

void hexdump(struct out *o, const char *indent, struct view v) { hexdump_from(o, indent, v, 0); }

void hexdump_ascii(struct out *o, const char *indent, struct view v)
{
    dump(o, str_of(indent), v, 0, true);
}

/* As -A shows one byte. */
static char shown(u8 c) { return is_print(c) || c == '\t' || c == '\n' ? (char)c : '.'; }

/* As -A shows eight bytes among which is no carriage return. */
static u64 readable(u64 word)
{
    u64 low = word & EACH(0x7f);
    u64 control = ~at_least(low, ' ') & ~equal_to(low, '\t') & ~equal_to(low, '\n') & EACH(0x80);
    return dotted(word, (word & EACH(0x80)) | control | at_least(low, 0x7f));
}

static bool has_return(u64 word)
{
    return (equal_to(word & EACH(0x7f), '\r') & ~word & EACH(0x80)) != 0;
}

/*
 * The byte at `at`; nothing for some carriage returns.  As tcpdump: none before a newline, nor
 * among the last two bytes.
 */
static char *pen_shown(char *p, struct view v, u32 at)
{
    u8 c = (u8)view_byte(v, at);

    if (c == '\r' && (view_byte(v, at + 1) == '\n' || v.cap - at <= 2))
        return p;
    return pen_char(p, shown(c));
}

void asciidump(struct out *o, struct view v)
{
    if (v.cap == 0)
        return;
    out_char(o, '\n');
    for (u32 at = 0; at < v.cap && out_room(o, 8);) {
        const void *eight = view_at(v, at, 8);
        u64 word = eight != NULL ? load_eight(eight) : 0;
        if (eight != NULL && !has_return(word)) {
            u64 text = readable(word);
            o->pos = pen_bytes(o->pos, (const char *)&text, sizeof text);
            at += 8;
        } else {
            u32 end = v.cap - at < 8 ? v.cap : at + 8;
            for (; at < end; at++)
                o->pos = pen_shown(o->pos, v, at);
        }
    }
}
