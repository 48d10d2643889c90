/*
 * Text to tokens.
 *
 * As in pcap-filter(7), the longest reading wins: `80-90` is one name, `tcp-syn` one word,
 * `1:2:3:4:5:6` one Ethernet address.
 */
#ifndef LEXER_LEXER_H
#define LEXER_LEXER_H

#include "lexer/token.h"

struct lexer {
    struct str text;
    u32 at; /* offset of the next byte to read */
    struct diag *diag;
};

/* Reads `text` from its start.  A text of 4 GB or more is refused with the first token. */
struct lexer lex_start(struct str text, struct diag *diag);

/* Reads the next token; behind the last one TOKEN_END for ever. */
void lex_next(struct lexer *l, struct token *t);

/* The token that `text` as a whole is; TOKEN_ERROR when it is not exactly one. */
struct token lex_whole(struct str text);

/* The canonical spelling of a word, e.g. "and"; "" for WORD_NONE. */
const char *lex_word_text(enum word word);

/*
 * The word of the language, a named value included, that is closest to `text` in spelling; NULL
 * when none is close.  For hints.
 */
const char *lex_nearest(struct str text);

/* The i-th word in alphabetical order, aliases and named values included; NULL past the last. */
const char *lex_word_at(size_t i);

#endif
