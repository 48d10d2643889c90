/*
 * What is what in a line:
 *
 *     13:37:00.123456 IP 192.0.2.1.43210 > www.example.http: Flags [S.], seq 1, ... [|tcp]
 *     time               address   port    address     port         flags           trouble
 *
 * The words before and behind " > " are addresses whatever they look like, since names may stand
 * there; elsewhere an address is what has the shape of one.
 */
#include "cli/colour.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum role { PLAIN, TIME, ADDRESS, PORT, FLAGS, TROUBLE, OFFSET };

static const char *const sequences[] = {
    [TIME] = "\x1b[2m",  [ADDRESS] = "\x1b[36m", [PORT] = "\x1b[33m",
    [FLAGS] = "\x1b[1m", [TROUBLE] = "\x1b[31m", [OFFSET] = "\x1b[2m",
};
static const char reset[] = "\x1b[m";

bool colour_wanted(enum colour_when when)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");

    if (when != COLOUR_AUTO)
        return when == COLOUR_ALWAYS;
    return isatty(STDOUT_FILENO) && term != NULL && strcmp(term, "dumb") != 0 &&
           (no_color == NULL || no_color[0] == '\0');
}

static void put(struct out *o, enum role role, const char *text, size_t n)
{
    if (n == 0)
        return;
    if (role != PLAIN)
        out_text_z(o, sequences[role]);
    out_bytes(o, text, n);
    if (role != PLAIN)
        out_text_z(o, reset);
}

static bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

/* What names, addresses and numbers consist of. */
static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '.' && c <= ':') || c == '-' ||
           c == '_' || c == '%';
}

/* How far the characters of words go from the start of a text. */
static size_t run_length(const char *p, const char *end)
{
    size_t n = 0;

    while (p + n < end && is_word(p[n]))
        n++;
    return n;
}

/* The length of the word in a run of n of its characters, without the signs that end a phrase. */
static size_t word_length(const char *p, size_t n)
{
    while (n > 0 && (p[n - 1] == '.' || p[n - 1] == ':' || p[n - 1] == '-') &&
           !(n > 1 && p[n - 1] == ':' && p[n - 2] == ':'))
        n--;
    return n;
}

/* The length of the address of 4 numbers that a word begins with; 0: it does not. */
static size_t ip4_length(const char *p, size_t n)
{
    size_t i = 0;

    for (unsigned part = 0; part < 4; part++) {
        size_t digits = 0;
        if (part > 0 && (i == n || p[i++] != '.'))
            return 0;
        while (i < n && digits < 3 && is_digit(p[i])) {
            i++;
            digits++;
        }
        if (digits == 0)
            return 0;
    }
    return i < n && is_word(p[i]) && p[i] != '.' && p[i] != '/' ? 0 : i;
}

/* The length of the address with colons, of IPv6 or a network card, that a word begins with. */
static size_t colons_length(const char *p, size_t n)
{
    size_t i = 0, colons = 0;
    bool pair = false;

    for (; i < n && (is_hex(p[i]) || p[i] == ':'); i++) {
        colons += p[i] == ':';
        pair = pair || (i > 0 && p[i] == ':' && p[i - 1] == ':');
    }
    /* An IPv4 address at the end: x::192.0.2.1, and perhaps a port. */
    if (i < n && p[i] == '.' && i > 0) {
        size_t tail = i;
        while (tail > 0 && is_digit(p[tail - 1]))
            tail--;
        size_t ip4 = ip4_length(p + tail, n - tail);
        i = ip4 > 0 && tail > 0 ? tail + ip4 : i;
    }
    if (i < n && is_word(p[i]) && p[i] != '.' && p[i] != '/')
        return 0;
    return colons >= 5 || (pair && colons >= 2) ? i : 0;
}

/* An address, and the port or the length of its prefix. */
static void put_address(struct out *o, const char *p, size_t address, size_t n)
{
    if (address + 1 < n && p[address] == '.') {
        put(o, ADDRESS, p, address);
        put(o, PLAIN, ".", 1);
        put(o, PORT, p + address + 1, n - address - 1);
    } else {
        put(o, ADDRESS, p, n);
    }
}

/* The length of the address at the start of a word; 0: there is none. */
static size_t address_length(const char *p, size_t n)
{
    size_t address = ip4_length(p, n);

    return address > 0 ? address : colons_length(p, n);
}

/* That of a word beside " > ": an address, or a name whose last part is the port when there is a dot. */
static size_t end_length(const char *p, size_t n)
{
    size_t address = address_length(p, n);

    for (size_t i = n; address == 0 && i > 0; i--)
        if (p[i - 1] == '.')
            address = i - 1;
    return address > 0 ? address : n;
}

/* The length of a remark about trouble at the start of a text; 0: there is none. */
static size_t trouble_length(const char *p, const char *end)
{
    static const struct {
        const char *begin;
        char last; /* where it ends; '\0': it is the whole remark */
    } remarks[] = { /* begins_trouble() knows how they begin */
        { "[|", ']' },        { "[bad ", ']' },      { "[invalid", ']' },   { "[Invalid", ']' },
        { "[length ", ']' },  { "[nested", ']' },    { "(invalid", ')' },   { "(incorrect", ')' },
        { "(wrong", ')' },    { "bad cksum", '\0' }, { "bad-len", '\0' },   { "bad-hlen", '\0' },
        { "truncated-", ' ' }, { "(bad ", ')' },     { "UNSUPPORTED", '\0' },
    };
    size_t left = (size_t)(end - p);

    for (size_t i = 0; i < countof(remarks); i++) {
        if (remarks[i].begin[0] != *p)
            continue;
        size_t n = strlen(remarks[i].begin);
        if (left < n || memcmp(p, remarks[i].begin, n) != 0)
            continue;
        if (remarks[i].last == '\0')
            return n;
        const char *last = memchr(p, remarks[i].last, left);
        return last == NULL ? left : (size_t)(last - p) + (remarks[i].last != ' ');
    }
    return 0;
}

/* Whether the word of n bytes at p stands beside " > ". */
static bool is_end(const char *p, size_t n, const char *begin, const char *end)
{
    return (end - (p + n) >= 3 && memcmp(p + n, " > ", 3) == 0) ||
           (p - begin >= 3 && memcmp(p - 3, " > ", 3) == 0);
}

/* The time or number at the start of a line, or the offset of a line of a dump. */
static size_t put_start(struct out *o, struct str line)
{
    size_t n = 0;

    if (line.len > 0 && (line.p[0] == '\t' || line.p[0] == ' ')) {
        const char *colon = memchr(line.p, ':', line.len);
        if (line.len < 4 || memcmp(line.p, "\t0x", 3) != 0 || colon == NULL)
            return 0;
        n = (size_t)(colon - line.p) + 1;
        put(o, OFFSET, line.p, n);
        put(o, PLAIN, line.p + n, line.len - n);
        return line.len;
    }
    while (n < line.len && (is_digit(line.p[n]) || strchr(":.-", line.p[n]) != NULL))
        n++;
    if (n < line.len && line.p[n] != ' ')
        return 0;
    put(o, TIME, line.p, n);
    return n;
}

/* Whether a remark about trouble begins like this: spares most characters the search of the table. */
static bool begins_trouble(char c)
{
    return c == '[' || c == '(' || c == 'b' || c == 't' || c == 'U';
}

void colour_line(struct out *o, struct str line)
{
    const char *begin = line.p, *end = line.p + line.len;

    if (line.len == 0)
        return;
    const char *plain = begin + put_start(o, line); /* what lies between it and p has no colour */
    for (const char *p = plain; p < end;) {
        size_t n = begins_trouble(*p) ? trouble_length(p, end) : 0, run = 0, address = 0;
        enum role role = TROUBLE;
        if (n == 0 && *p == 'F' && end - p > 7 && memcmp(p, "Flags [", 7) == 0) {
            p += 7;
            const char *close = memchr(p, ']', (size_t)(end - p));
            n = (size_t)((close == NULL ? end : close) - p);
            role = FLAGS;
        } else if (n == 0) {
            run = run_length(p, end);
            n = word_length(p, run);
            address = n == 0 ? 0 : is_end(p, n, begin, end) ? end_length(p, n) : address_length(p, n);
            if (address == 0) {
                p += n > 0 ? n : run > 0 ? run : 1;
                continue;
            }
        }
        put(o, PLAIN, plain, (size_t)(p - plain));
        if (address > 0)
            put_address(o, p, address, n);
        else
            put(o, role, p, n);
        p += n;
        plain = p;
    }
    put(o, PLAIN, plain, (size_t)(end - plain));
}
