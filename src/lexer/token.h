/* What the text of a filter is made of: kinds of tokens, the words of the language, values. */
#ifndef LEXER_TOKEN_H
#define LEXER_TOKEN_H

#include "base/diag.h"
#include "base/str.h"
#include "base/types.h"

/* The words that mean something wherever they stand.  Aliases share the number of their word. */
enum word {
    WORD_NONE,
#define KEYWORD(text, id) WORD_##id,
#define ALIAS(text, id)
#define NAMED(text, value)
#include "lexer/keywords.def"
#undef KEYWORD
#undef ALIAS
#undef NAMED
};

enum token_kind {
    TOKEN_END,
    TOKEN_ERROR,  /* the diag says why; every later token is the same */
    TOKEN_WORD,   /* word */
    TOKEN_NUMBER, /* number: 80, 0x50, 0120, or a named value such as tcp-syn */
    TOKEN_NAME,   /* text: any other word, or what follows a backslash */
    TOKEN_IP4,    /* number, parts: two to four numbers with dots */
    TOKEN_IP6,    /* bytes, 16 of them */
    TOKEN_MAC,    /* bytes, 6 of them */
    TOKEN_MAC8,   /* number: $ and two hexadecimal digits, an ARCnet address */
    TOKEN_AND,    /* and && */
    TOKEN_OR,     /* or || */
    TOKEN_NOT,    /* not ! */
    TOKEN_EQ,     /* = == */
    TOKEN_NE,     /* != */
    TOKEN_LT, TOKEN_GT, TOKEN_LE, TOKEN_GE,
    TOKEN_LSH, TOKEN_RSH,
    TOKEN_PLUS, TOKEN_MINUS, TOKEN_STAR, TOKEN_SLASH, TOKEN_PERCENT, TOKEN_AMP, TOKEN_BAR, TOKEN_CARET,
    TOKEN_LPAREN, TOKEN_RPAREN, TOKEN_LBRACKET, TOKEN_RBRACKET, TOKEN_COLON
};

struct token {
    enum token_kind kind;
    enum word word;    /* TOKEN_WORD, TOKEN_AND, TOKEN_OR, TOKEN_NOT (when spelt as words) */
    struct span at;
    struct str text;   /* borrowed from the filter's text; of an escaped name without the backslash */
    u32 number;        /* of TOKEN_IP4: left-aligned, 10.1 is 0x0a010000 */
    u8 parts;          /* of TOKEN_IP4: 2 to 4; 0 when a number exceeds 255, as in DECnet's 10.300 */
    u8 bytes[16];      /* network byte order */
};

#endif
