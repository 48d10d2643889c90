/* Protocols of text lines: is this a request or a response, and if so its lines. */
#include "print/text_lines.h"

#include "print/say.h"

/* No command and no status code is longer. */
enum { TOKEN_MAX = 127 };

struct token {
    struct view text;
    u32 next; /* where the token behind it, or the end of the line, begins */
};

static bool is_blank(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* Where the word at `at` ends; no further than TOKEN_MAX + 1 bytes on. */
static u32 word_end(struct view v, u32 at)
{
    struct view rest = view_from(v, at);
    u32 limit = rest.cap < rest.len ? rest.cap : rest.len;
    const u8 *p = view_at(rest, 0, limit);
    u32 n = 0;

    while (n < limit && n <= TOKEN_MAX && p[n] > ' ' && is_print(p[n]))
        n++;
    return at + n;
}

/* The word at `at`; its view is empty unless a word of at most TOKEN_MAX bytes is captured. */
static struct token token_at(struct view v, u32 at)
{
    const struct token none = { view_sub(v, 0, 0), at };
    u32 end = word_end(v, at);

    if (end - at > TOKEN_MAX)
        return none;
    if (end < v.len && !is_blank(view_byte(v, end)))
        return none;
    struct token t = { view_sub(v, at, end - at), end };
    while (t.next < v.len && view_byte(v, t.next) == ' ')
        t.next++;
    return t;
}

static bool equal_nocase(struct view v, const char *word)
{
    const char *text = view_at(v, 0, v.len);

    for (u32 i = 0; i < v.len; i++)
        if (to_lower(text[i]) != to_lower(word[i])) /* no zero among the text */
            return false;
    return word[v.len] == '\0';
}

static bool is_command(struct view v, const char *const *commands)
{
    enum { LOWER = 0x20 }; /* set in a small letter, not in its capital */
    int first = view_byte(v, 0) | LOWER;

    if (!is_alpha((char)first))
        return false;
    for (; *commands != NULL; commands++)
        if ((**commands | LOWER) == first && equal_nocase(v, *commands))
            return true;
    return false;
}

static bool is_code(struct view v)
{
    return v.len == 3 && is_digit((char)view_byte(v, 0)) && is_digit((char)view_byte(v, 1)) &&
           is_digit((char)view_byte(v, 2));
}

/* Whether the first line is a request or a response. */
static bool is_first_line(struct view v, const struct text_protocol *protocol)
{
    if (protocol->commands == NULL)
        return true;
    struct token first = token_at(v, 0);
    if (first.text.len == 0)
        return false;
    if (is_command(first.text, protocol->commands))
        return true;
    return is_code(protocol->code_is_second ? token_at(v, first.next).text : first.text);
}

/* How a line ends. */
enum ending {
    ENDED,   /* with LF or CR LF */
    NOT_YET, /* where the segment ends */
    BINARY,  /* at a byte that is no text */
    CUT,     /* where the capture ends */
};

/* Whether all of eight bytes are printable ASCII; a tab is not. */
static bool are_print(const u8 *p)
{
    const u64 each = 0x0101010101010101; /* times a byte: that byte eight times */
    u64 bytes;

    memcpy(&bytes, p, sizeof bytes);
    /* The highest bit of a byte: what is below a blank borrows, what is above ~ carries into it. */
    return (((bytes - each * ' ') | (bytes + each) | bytes) & each * 0x80) == 0;
}

/* Where the text at `at` ends: at a byte that is neither printable nor a tab, or that is not there. */
static u32 text_end(struct view v, u32 at)
{
    u32 limit = v.cap < v.len ? v.cap : v.len;
    const u8 *p = view_at(v, 0, limit);

    while (at < limit) {
        if (limit - at >= 8 && are_print(p + at))
            at += 8;
        else if (is_print(p[at]) || p[at] == '\t')
            at++;
        else
            break;
    }
    return at;
}

/* Finds the end of the line at `at`; `*next` is where another one begins. */
static enum ending find_end(struct view v, u32 at, u32 *end, u32 *next)
{
    u32 i = text_end(v, at);

    *end = *next = i;
    if (i >= v.len)
        return NOT_YET;
    switch (view_byte(v, i)) {
    case -1: return CUT;
    case '\n':
        *next = i + 1;
        return ENDED;
    case '\r': break;
    default: return BINARY;
    }
    *next = i + 2;
    if (*next > v.len)
        return BINARY;
    int after = view_byte(v, i + 1);
    return after == '\n' ? ENDED : after < 0 ? CUT : BINARY;
}

/* The line at `*at` behind `prefix`.  False when it is the last one, and when it is not shown. */
static bool say_line(struct dissect *d, const char *prefix, struct view v, u32 *at)
{
    u32 end, next;
    enum ending ending = find_end(v, *at, &end, &next);

    if (ending == CUT)
        seal(d);
    if (ending == CUT || ending == BINARY)
        return false;
    say_z(d, prefix);
    out_bytes(d->out, view_at(v, *at, end - *at), end - *at);
    *at = next;
    return ending == ENDED && next < v.len;
}

void say_text_lines(struct dissect *d, struct view v, const struct text_protocol *protocol)
{
    u32 at = 0;

    d->proto = protocol->name;
    say_z(d, protocol->caps);
    if (!is_first_line(v, protocol))
        return;
    if (!verbose(d, 1)) {
        say_line(d, ": ", v, &at);
        return;
    }
    say(d, ", length: %u", v.len);
    while (say_line(d, "\n\t", v, &at))
        continue;
}
