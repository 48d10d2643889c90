/*
 * Texts of the rows of a .def table, without pointers.
 *
 * A pointer costs eight bytes and a relocation, an offset two.  So the texts of a table are the
 * members of one struct, each named after the line of its row:
 *
 *      static const struct texts {
 *      #define ROW(number, text) char TEXT_LINE(name)[sizeof(text)];
 *      #include "foo.def"
 *      } texts = {
 *      #define ROW(number, text) text,
 *      #include "foo.def"
 *      };
 *
 * and a row keeps offsetof(struct texts, TEXT_LINE(name)).  So a row stands on one line, and no two
 * on one.
 */
#ifndef BASE_TEXT_POOL_H
#define BASE_TEXT_POOL_H

#include <stddef.h>

#define TEXT_JOIN_(a, b) a##b
#define TEXT_JOIN(a, b)  TEXT_JOIN_(a, b)

/* The name of a member; `kind` tells several texts of a row apart. */
#define TEXT_LINE(kind) TEXT_JOIN(kind##_, __LINE__)

#endif
