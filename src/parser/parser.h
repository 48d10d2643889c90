/*
 * Tokens to a tree: the grammar of pcap-filter(7).
 *
 * `and` and `or` bind equally tight and group from the left; a word without qualifiers inherits
 * those of the last qualified word on its left.
 */
#ifndef PARSER_PARSER_H
#define PARSER_PARSER_H

#include "base/arena.h"
#include "base/out.h"
#include "parser/ast.h"

/* Nesting of parentheses and of arithmetic beyond this is refused. */
enum { PARSE_DEPTH_MAX = 500 };

/*
 * Reads a whole expression.  False with a failure in *diag when it is none; a full arena shows in
 * arena->full as well.  The tree refers to `text`.
 */
bool parse_filter(struct parsed *parsed, struct str text, struct arena *arena, struct diag *diag);

/*
 * Writes the tree as an expression that says everything: implied qualifiers and brackets are
 * filled in.  Reading it again gives an equal tree.
 */
void ast_dump(const struct ast *root, struct out *to);

/* The word of a protocol, "" for Q_ANY. */
const char *ast_proto_text(enum q_proto proto);

#endif
