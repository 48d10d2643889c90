/* Bytes as text: the dumps of -x, -X and -A, and of payload that nobody decodes. */
#ifndef PRINT_HEXDUMP_H
#define PRINT_HEXDUMP_H

#include "base/out.h"
#include "base/view.h"

/*
 * Lines of 16 bytes behind an indentation of at most 32, each "<indent>0x0000:  4500 003c ...",
 * with "  E..<" behind in the second.
 */
void hexdump(struct out *o, const char *indent, struct view v);
void hexdump_ascii(struct out *o, const char *indent, struct view v);

/* hexdump() with offsets that begin at `offset` instead of 0. */
void hexdump_from(struct out *o, const char *indent, struct view v, u32 offset);

/* -A: a newline, then the bytes; what cannot be printed is a dot, CR LF is kept readable. */
void asciidump(struct out *o, struct view v);

#endif
