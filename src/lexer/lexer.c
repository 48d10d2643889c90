/*
 * Text to tokens.  At each place every kind of token tries to match; the longest match wins, and
 * of equally long ones the kind that stands first in lex_next().
 */
#include "lexer/lexer.h"

#include "base/mem.h"
#include "lexer/address.h"

struct keyword {
    const char *text;
    u16 word;   /* enum word; WORD_NONE for a named value */
    u32 number;
};

static const struct keyword keywords[] = {
#define KEYWORD(text, id)   { text, WORD_##id, 0 },
#define ALIAS(text, id)     { text, WORD_##id, 0 },
#define NAMED(text, number) { text, WORD_NONE, number },
#include "lexer/keywords.def"
#undef KEYWORD
#undef ALIAS
#undef NAMED
};

/* The canonical spelling of each word, by number. */
static const char *const word_texts[] = {
    "",
#define KEYWORD(text, id) text,
#define ALIAS(text, id)
#define NAMED(text, number)
#include "lexer/keywords.def"
#undef KEYWORD
#undef ALIAS
#undef NAMED
};

enum { SHOWN_MAX = 40, NEAREST_MAX = 40 }; /* bytes of the user's text in a message; in a hint search */

/* <0, 0 or >0 as `text` sorts before, is, or sorts after the keyword. */
static int compare(struct str text, const char *keyword)
{
    size_t n = strlen(keyword);
    int order = memcmp(text.p, keyword, text.len < n ? text.len : n);
    return order != 0 ? order : (text.len > n) - (text.len < n);
}

static const struct keyword *find_keyword(struct str text)
{
    size_t from = 0, until = countof(keywords);
    while (from < until) {
        size_t middle = (from + until) / 2;
        int order = compare(text, keywords[middle].text);
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
    return word_texts[word];
}

const char *lex_word_at(size_t i)
{
    return i < countof(keywords) ? keywords[i].text : NULL;
}

/* What slips of the hand cost: a letter too many, missing or swapped is likelier than a wrong one. */
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
        struct str word = str_of(keywords[i].text);
        u32 distance = edit_distance(text, word);
        if (distance <= least && (nearest == NULL || distance < least)) {
            nearest = keywords[i].text;
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

/* Length of an operator at the start, which goes into *kind. */
static size_t match_operator(struct str s, enum token_kind *kind)
{
    static const struct {
        char text[3];
        u8 kind;
    } operators[] = {
        { "&&", TOKEN_AND },    { "||", TOKEN_OR },       { "!=", TOKEN_NE },       { "==", TOKEN_EQ },
        { "<=", TOKEN_LE },     { ">=", TOKEN_GE },       { "<<", TOKEN_LSH },      { ">>", TOKEN_RSH },
        { "!", TOKEN_NOT },     { "=", TOKEN_EQ },        { "<", TOKEN_LT },        { ">", TOKEN_GT },
        { "+", TOKEN_PLUS },    { "-", TOKEN_MINUS },     { "*", TOKEN_STAR },      { "/", TOKEN_SLASH },
        { "%", TOKEN_PERCENT }, { "&", TOKEN_AMP },       { "|", TOKEN_BAR },       { "^", TOKEN_CARET },
        { "(", TOKEN_LPAREN },  { ")", TOKEN_RPAREN },    { "[", TOKEN_LBRACKET },  { "]", TOKEN_RBRACKET },
        { ":", TOKEN_COLON },
    };
    for (size_t i = 0; i < countof(operators); i++) {
        struct str text = str_of(operators[i].text);
        if (str_starts(s, text)) {
            *kind = (enum token_kind)operators[i].kind;
            return text.len;
        }
    }
    return 0;
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
    if (is_print(byte))
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

struct token lex_next(struct lexer *l)
{
    while (l->at < l->text.len && (l->text.p[l->at] == ' ' || l->text.p[l->at] == '\t' ||
                                   l->text.p[l->at] == '\r' || l->text.p[l->at] == '\n'))
        l->at++;
    struct str rest = str_from(l->text, l->at);
    struct token t = { .kind = TOKEN_END, .at = { l->at, l->at } };
    if (l->diag->set)
        t.kind = TOKEN_ERROR;
    if (rest.len == 0)
        return t;

    enum token_kind operator = TOKEN_ERROR;
    const struct {
        size_t length;
        enum token_kind kind;
    } matches[] = {
        { address_match_mac(rest), TOKEN_MAC },    { address_match_number(rest), TOKEN_NUMBER },
        { address_match_ip4(rest), TOKEN_IP4 },    { address_match_ip6(rest), TOKEN_IP6 },
        { address_match_mac8(rest), TOKEN_MAC8 },  { match_name(rest), TOKEN_NAME },
        { match_escaped(rest), TOKEN_NAME },       { match_operator(rest, &operator), TOKEN_COLON },
    };
    size_t best = 0;
    for (size_t i = 1; i < countof(matches); i++)
        if (matches[i].length > matches[best].length)
            best = i;

    size_t length = matches[best].length;
    t.kind = matches[best].kind;
    t.text = str_make(rest.p, length > 0 ? length : 1);
    t.at.end = t.at.beg + (u32)t.text.len;
    l->at = t.at.end;
    if (length == 0) {
        fail_illegal(l, &t);
        return t;
    }

    switch (t.kind) {
    case TOKEN_MAC: address_mac(t.text, t.bytes); break;
    case TOKEN_MAC8: t.number = address_mac8(t.text); break;
    case TOKEN_NUMBER: read_number(l, &t); break;
    case TOKEN_IP4:
        if (!address_ip4(t.text, &t.number, &t.parts))
            t.parts = 0;
        break;
    case TOKEN_IP6: address_ip6(t.text, t.bytes); break;
    case TOKEN_NAME:
        if (t.text.p[0] == '\\')
            t.text = str_from(t.text, 1);
        else
            read_name(&t);
        break;
    default: t.kind = operator; break;
    }
    return t;
}

struct token lex_whole(struct str text)
{
    struct diag ignored = { .text = NULL };
    struct lexer l = lex_start(text, &ignored);
    struct token t = lex_next(&l);
    if (t.at.beg != 0 || t.at.end != text.len)
        t.kind = TOKEN_ERROR;
    return t;
}
