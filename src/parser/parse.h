/* What the parts of the parser share: the state, tokens, errors, new nodes. */
#ifndef PARSER_PARSE_H
#define PARSER_PARSE_H

#include "base/arena.h"
#include "lexer/lexer.h"
#include "parser/ast.h"
#include "parser/parser.h"

/* The qualifiers of a word; `known` is false where nothing can be inherited. */
struct qualifiers {
    bool known;
    enum q_proto proto;
    enum q_dir dir;
    enum q_type type;
};

struct parser {
    struct lexer lexer;
    struct token token; /* the one to look at next */
    struct arena *arena;
    struct diag *diag;
    struct qualifiers last; /* what a bare word would inherit here */
    struct ast **leaves;    /* grows by doubling */
    u32 leaf_count, leaf_room;
    u32 depth;              /* of nesting, at most PARSE_DEPTH_MAX */
    u32 end;                /* where the last taken token ended */
};

/* Takes the current token. */
void parse_next(struct parser *p);

/* Takes the current token if it is of the kind. */
bool parse_take(struct parser *p, enum token_kind kind);

/* The same, but its absence is a syntax error. */
bool parse_expect(struct parser *p, enum token_kind kind);

/* Records a syntax error at the current token, with a hint when there is a good one. */
void parse_fail(struct parser *p);

/* The same with this hint. */
void parse_fail_hint(struct parser *p, const char *hint);

/* Enters one more level of nesting; false with an error when there are too many. */
bool parse_enter(struct parser *p);
void parse_leave(struct parser *p);

/* From `beg` to the end of the last taken token. */
struct span parse_span(const struct parser *p, u32 beg);

/* The protocol that a word names, Q_ANY for none. */
enum q_proto parse_proto(enum word word);

/* A hint for a syntax error at the current token: parser/hint.c. */
void parse_hint(struct parser *p);

/*
 * Hints at a translation if the text, or what begins at `at`, is a display filter, and marks that place.
 * False when it is none.
 */
bool parse_hint_display(struct parser *p, u32 at);

/* -- arith.c */

/* Whether the current token continues an arithmetic expression. */
bool parse_at_operator(const struct parser *p);

/* Whether the current token is a relation; parse_relation() takes it. */
bool parse_at_relation(const struct parser *p);
enum relation parse_relation(struct parser *p);

/* A whole arithmetic expression; NULL after an error. */
const struct arith *parse_arith(struct parser *p);

/* The rest of an expression that begins with `left`. */
const struct arith *parse_arith_rest(struct parser *p, const struct arith *left);

/* `len`, `-x`, `proto[...]`: expressions that are not just a number.  `proto` was taken if it is
 * not Q_ANY, and began at `beg`. */
const struct arith *parse_arith_term(struct parser *p, enum q_proto proto, u32 beg);

/* A number as an expression. */
const struct arith *parse_arith_number(struct parser *p, u32 number, struct span at);

/* -- primitive.c */

/* A new node without children; a harmless one, and the arena is full, when there is no room. */
struct ast *parse_leaf(struct parser *p, enum ast_kind kind, u32 beg);

/*
 * The primitives that begin with a word and are complete in themselves: `vlan 5`, `less 60`,
 * `type mgt`.  `proto` was taken before, at `beg`, if it is not Q_ANY.  NULL when the current
 * token begins none of them, or after an error.
 */
struct ast *parse_other(struct parser *p, enum q_proto proto, u32 beg);

/* An address, name or number with the qualifiers `p->last`; NULL when there is none here. */
struct ast *parse_id(struct parser *p, bool inherited);

/* The current token as a primitive without further ado: the number of parse_id(). */
struct ast *parse_number_id(struct parser *p, u32 number, struct span at, bool inherited);

#endif
