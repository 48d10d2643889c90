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
    struct view word = view_sub(view_clip(v, v.len), at, TOKEN_MAX + 1);

    return at + (u32)str_plain(view_at(word, 0, word.cap), word.cap, ' ' + 1);
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

/* Whether the `n` letters at `word` are those at `text`, whatever their case. */
static bool equal_nocase(const char *text, const char *word, u32 n)
{
    for (u32 i = 0; i < n; i++)
        if (to_lower(text[i]) != to_lower(word[i]))
            return false;
    return true;
}

static bool is_command(struct view v, const char *const *commands)
{
    const char *text = view_at(v, 0, v.len);
    const char *word = v.len <= COMMAND_MAX ? commands[v.len] : NULL;

    for (; word != NULL; word = word[v.len] == '\0' ? NULL : word + v.len + 1)
        if (equal_nocase(text, word, v.len))
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

/* Where the text at `at` ends: at a byte that is neither printable nor a tab, or that is not there. */
static u32 text_end(struct view v, u32 at)
{
    u32 limit = v.cap < v.len ? v.cap : v.len;
    const u8 *p = view_at(v, 0, limit);

    while (at < limit) {
        at += (u32)str_plain(p + at, limit - at, ' ');
        if (at == limit || p[at] != '\t')
            break;
        at++;
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
static bool say_line(struct dissect *d, struct str prefix, struct view v, u32 *at)
{
    u32 end, next;
    enum ending ending = find_end(v, *at, &end, &next);

    if (ending == CUT)
        seal(d);
    if (ending == CUT || ending == BINARY)
        return false;
    out_str(d->out, prefix);
    out_bytes(d->out, view_at(v, *at, end - *at), end - *at);
    *at = next;
    return ending == ENDED && next < v.len;
}

void say_text_lines(struct dissect *d, struct view v, const struct text_protocol *protocol)
{
    static const struct str behind_name = STR(": "), line_start = STR("\n\t");
    u32 at = 0;

    d->proto = protocol->name;
    out_str(d->out, protocol->caps);
    if (!is_first_line(v, protocol))
        return;
    if (!verbose(d, 1)) {
        say_line(d, behind_name, v, &at);
        return;
    }
    say(d, ", length: %u", v.len);
    while (say_line(d, line_start, v, &at))
        continue;
}
