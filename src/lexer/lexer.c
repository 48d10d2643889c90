/*
 * Text to tokens.  At each place the kinds of token that may begin there try to match; the longest
 * match wins.
 */
#include "lexer/lexer.h"

#include "base/mem.h"
#include "base/text_pool.h"
#include "lexer/address.h"

/* The spellings, one behind the other (base/text_pool.h). */
#define SPELLING TEXT_LINE(word)

static const struct spellings {
    char none[1];
#define KEYWORD(text, id)   char SPELLING[sizeof(text)];
#define ALIAS(text, id)     char SPELLING[sizeof(text)];
#define NAMED(text, number) char SPELLING[sizeof(text)];
#include "lexer/keywords.def"
#undef KEYWORD
#undef ALIAS
#undef NAMED
} spellings = {
    "",
#define KEYWORD(text, id)   text,
#define ALIAS(text, id)     text,
#define NAMED(text, number) text,
#include "lexer/keywords.def"
#undef KEYWORD
#undef ALIAS
#undef NAMED
};

struct keyword {
    u16 at; /* in struct spellings; two bytes, as a pointer would be eight and a relocation */
    u8 len;
    u8 word; /* enum word; WORD_NONE for a named value */
    u16 number;
};

static const struct keyword keywords[] = {
#define ROW(text, word, number) \
    { offsetof(struct spellings, SPELLING), sizeof(text) - 1, word, number },
#define KEYWORD(text, id)   ROW(text, WORD_##id, 0)
#define ALIAS(text, id)     ROW(text, WORD_##id, 0)
#define NAMED(text, number) ROW(text, WORD_NONE, number)
#include "lexer/keywords.def"
#undef KEYWORD
#undef ALIAS
#undef NAMED
};

/* The canonical spelling of each word, by number. */
static const u16 word_spellings[] = {
    offsetof(struct spellings, none),
#define KEYWORD(text, id) offsetof(struct spellings, SPELLING),
#define ALIAS(text, id)
#define NAMED(text, number)
#include "lexer/keywords.def"
#undef KEYWORD
#undef ALIAS
#undef NAMED
};

static const char *spelling(const struct keyword *k)
{
    return (const char *)&spellings + k->at;
}

enum {
    SHOWN_MAX = 40,
    NEAREST_MAX = 40
}; /* bytes of the user's text in a message; in a hint search */

/* <0, 0 or >0 as `text`, which is not empty, sorts before, is, or sorts after the keyword. */
static int compare(struct str text, const struct keyword *k)
{
    const char *at = spelling(k);
    int order = (u8)text.p[0] - (u8)at[0];
    if (order == 0)
        order = memcmp(text.p, at, text.len < k->len ? text.len : k->len);
    return order != 0 ? order : (text.len > k->len) - (text.len < k->len);
}

static const struct keyword *find_keyword(struct str text)
{
    size_t from = 0, until = countof(keywords);
    while (from < until) {
        size_t middle = (from + until) / 2;
        int order = compare(text, &keywords[middle]);
        if (order == 0)
            return &keywords[middle];
        if (order < 0)
            until = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

const char *lex_word_text(enum word word)
{
    return (const char *)&spellings + word_spellings[word];
}

const char *lex_word_at(size_t i)
{
    return i < countof(keywords) ? spelling(&keywords[i]) : NULL;
}

/* What slips of the hand cost: a letter too many, missing or swapped is likelier than a wrong one.
 */
enum { SLIP = 2, WRONG = 3 };

/* The least cost of getting from one spelling to the other. */
static u32 edit_distance(struct str a, struct str b)
{
    u8 row[3][NEAREST_MAX + 1]; /* distances of prefixes: two rows ago, one ago, now */

    for (size_t j = 0; j <= b.len; j++)
        row[1][j] = (u8)(j * SLIP);
    for (size_t i = 1; i <= a.len; i++) {
        row[2][0] = (u8)(i * SLIP);
        for (size_t j = 1; j <= b.len; j++) {
            bool same = to_lower(a.p[i - 1]) == to_lower(b.p[j - 1]);
            u32 best = row[1][j - 1] + (same ? 0u : WRONG);
            if (row[1][j] + (u32)SLIP < best)
                best = row[1][j] + (u32)SLIP;
            if (row[2][j - 1] + (u32)SLIP < best)
                best = row[2][j - 1] + (u32)SLIP;
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] &&
                row[0][j - 2] + (u32)SLIP < best)
                best = row[0][j - 2] + (u32)SLIP;
            row[2][j] = (u8)best;
        }
        memcpy(row[0], row[1], sizeof row[0]);
        memcpy(row[1], row[2], sizeof row[1]);
    }
    return row[1][b.len];
}

const char *lex_nearest(struct str text)
{
    const char *nearest = NULL;
    u32 least = text.len <= 3 ? WRONG : SLIP + WRONG; /* short words have too many neighbours */

    if (text.len < 2 || text.len > NEAREST_MAX)
        return NULL;
    for (size_t i = 0; i < countof(keywords); i++) {
        struct str word = str_of(spelling(&keywords[i]));
        u32 distance = edit_distance(text, word);
        if (distance <= least && (nearest == NULL || distance < least)) {
            nearest = spelling(&keywords[i]);
            least = distance;
        }
    }
    return nearest;
}

static bool is_word_byte(char c)
{
    return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '.';
}

/* Length of a name at the start: letters, digits and -_. but neither first nor last is - or _. */
static size_t match_name(struct str s)
{
    size_t n = 0;
    if (s.len == 0 || (!is_alpha(s.p[0]) && !is_digit(s.p[0])))
        return 0;
    while (n < s.len && is_word_byte(s.p[n]))
        n++;
    while (s.p[n - 1] == '-' || s.p[n - 1] == '_')
        n--;
    return n;
}

/* Length of a backslash and the bytes that it turns into a name. */
static size_t match_escaped(struct str s)
{
    size_t n = 1;
    if (s.len == 0 || s.p[0] != '\\')
        return 0;
    while (n < s.len && s.p[n] != ' ' && s.p[n] != '!' && s.p[n] != '(' && s.p[n] != ')' &&
           s.p[n] != '\n' && s.p[n] != '\t')
        n++;
    return n > 1 ? n : 0;
}

/* Length of an operator at the start, which goes into *kind; 0 when there is none. */
static size_t match_operator(struct str s, enum token_kind *kind)
{
    char next = s.len > 1 ? s.p[1] : '\0';
    switch (s.p[0]) {
    case '&': *kind = next == '&' ? TOKEN_AND : TOKEN_AMP; return next == '&' ? 2 : 1;
    case '|': *kind = next == '|' ? TOKEN_OR : TOKEN_BAR; return next == '|' ? 2 : 1;
    case '!': *kind = next == '=' ? TOKEN_NE : TOKEN_NOT; return next == '=' ? 2 : 1;
    case '=': *kind = TOKEN_EQ; return next == '=' ? 2 : 1;
    case '<':
        *kind = next == '=' ? TOKEN_LE : next == '<' ? TOKEN_LSH : TOKEN_LT;
        return next == '=' || next == '<' ? 2 : 1;
    case '>':
        *kind = next == '=' ? TOKEN_GE : next == '>' ? TOKEN_RSH : TOKEN_GT;
        return next == '=' || next == '>' ? 2 : 1;
    case '+': *kind = TOKEN_PLUS; return 1;
    case '-': *kind = TOKEN_MINUS; return 1;
    case '*': *kind = TOKEN_STAR; return 1;
    case '/': *kind = TOKEN_SLASH; return 1;
    case '%': *kind = TOKEN_PERCENT; return 1;
    case '^': *kind = TOKEN_CARET; return 1;
    case '(': *kind = TOKEN_LPAREN; return 1;
    case ')': *kind = TOKEN_RPAREN; return 1;
    case '[': *kind = TOKEN_LBRACKET; return 1;
    case ']': *kind = TOKEN_RBRACKET; return 1;
    case ':': *kind = TOKEN_COLON; return 1;
    default: return 0;
    }
}

/* Takes a reading when it is longer than the one so far. */
static void consider(size_t length, enum token_kind kind, size_t *longest, enum token_kind *best)
{
    if (length > *longest) {
        *longest = length;
        *best = kind;
    }
}

/*
 * The longest reading at the start of `s`; of equally long ones that which is tried first.  Most
 * tokens are words, so addresses are tried only where one may begin.
 */
static size_t match(struct str s, enum token_kind *kind)
{
    size_t longest = 0;
    char first = s.p[0];

    if (first == ':') {
        consider(address_match_ip6(s), TOKEN_IP6, &longest, kind);
    } else if (hex_digit(first) >= 0) {
        if (address_may_be(s)) {
            consider(address_match_mac(s), TOKEN_MAC, &longest, kind);
            consider(address_match_ip6(s), TOKEN_IP6, &longest, kind);
        }
        if (is_digit(first)) {
            consider(address_match_number(s), TOKEN_NUMBER, &longest, kind);
            consider(address_match_ip4(s), TOKEN_IP4, &longest, kind);
        }
    } else if (first == '$') {
        consider(address_match_mac8(s), TOKEN_MAC8, &longest, kind);
    } else if (first == '\\') {
        consider(match_escaped(s), TOKEN_NAME, &longest, kind);
    }
    consider(match_name(s), TOKEN_NAME, &longest, kind);
    return longest > 0 ? longest : match_operator(s, kind);
}

struct lexer lex_start(struct str text, struct diag *diag)
{
    struct lexer l = { .text = text, .diag = diag };
    if (text.len >= UINT32_MAX) {
        diag_fail(diag, (struct span){ 0, 0 }, "filter too large");
        l.text = STR_EMPTY;
    }
    return l;
}

/* Fails at the token, quoting a bounded part of it; the rest of the text is dropped. */
static void fail(struct lexer *l, struct token *t, const char *before, const char *after)
{
    struct str shown = t->text;
    const char *dots = "";
    if (shown.len > SHOWN_MAX) {
        shown.len = SHOWN_MAX;
        dots = "...";
    }
    diag_fail(l->diag, t->at, "%s%pS%s%s", before, (const void *)&shown, dots, after);
    t->kind = TOKEN_ERROR;
    l->at = (u32)l->text.len;
}

static void fail_illegal(struct lexer *l, struct token *t)
{
    diag_fail(l->diag, t->at, "can't parse filter expression: syntax error");
    u8 byte = (u8)t->text.p[0];
    if (byte == '\'' || byte == '"')
        diag_hint(l->diag, "no quotes in a filter: a shell takes those around it off");
    else if (is_print(byte))
        diag_hint(l->diag, "'%c' is not part of the filter language", byte);
    else
        diag_hint(l->diag, "byte 0x%02x is not part of the filter language", byte);
    t->kind = TOKEN_ERROR;
    l->at = (u32)l->text.len;
}

/* Finishes a token of kind TOKEN_NUMBER. */
static void read_number(struct lexer *l, struct token *t)
{
    switch (address_number(t->text, &t->number)) {
    case NUMBER_FINE: break;
    case NUMBER_TOO_BIG: fail(l, t, "number ", " overflows 32 bits"); break;
    case NUMBER_NOT_OCTAL:
        fail(l, t, "number ", " contains non-octal digit");
        diag_hint(l->diag, "a leading 0 makes a number octal");
        break;
    }
}

/* Finishes a token that looks like a name: it may be a word of the language. */
static void read_name(struct token *t)
{
    const struct keyword *k = find_keyword(t->text);
    t->kind = TOKEN_NAME;
    if (k == NULL)
        return;
    t->word = (enum word)k->word;
    t->number = k->number;
    switch (t->word) {
    case WORD_NONE: t->kind = TOKEN_NUMBER; break;
    case WORD_AND: t->kind = TOKEN_AND; break;
    case WORD_OR: t->kind = TOKEN_OR; break;
    case WORD_NOT: t->kind = TOKEN_NOT; break;
    default: t->kind = TOKEN_WORD; break;
    }
}

void lex_next(struct lexer *l, struct token *t)
{
    while (l->at < l->text.len && (l->text.p[l->at] == ' ' || l->text.p[l->at] == '\t' ||
                                   l->text.p[l->at] == '\r' || l->text.p[l->at] == '\n'))
        l->at++;
    struct str rest = str_from(l->text, l->at);
    *t = (struct token){ .kind = l->diag->set ? TOKEN_ERROR : TOKEN_END, .at = { l->at, l->at } };
    if (rest.len == 0)
        return;

    size_t length = match(rest, &t->kind);
    t->text = str_make(rest.p, length > 0 ? length : 1);
    t->at.end = t->at.beg + (u32)t->text.len;
    l->at = t->at.end;
    if (length == 0) {
        fail_illegal(l, t);
        return;
    }

    switch (t->kind) {
    case TOKEN_MAC: address_mac(t->text, t->bytes); break;
    case TOKEN_MAC8: t->number = address_mac8(t->text); break;
    case TOKEN_NUMBER: read_number(l, t); break;
    case TOKEN_IP4:
        if (!address_ip4(t->text, &t->number, &t->parts))
            t->parts = 0;
        break;
    case TOKEN_IP6: address_ip6(t->text, t->bytes); break;
    case TOKEN_NAME:
        if (t->text.p[0] == '\\')
            t->text = str_from(t->text, 1);
        else
            read_name(t);
        break;
    default: break;
    }
}

struct token lex_whole(struct str text)
{
    struct diag ignored = { .text = NULL };
    struct lexer l = lex_start(text, &ignored);
    struct token t;
    lex_next(&l, &t);
    if (t.at.beg != 0 || t.at.end != text.len)
        t.kind = TOKEN_ERROR;
    return t;
}
