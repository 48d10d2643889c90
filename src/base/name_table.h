/*
 * Tables that give numbers their texts.
 *
 *      NAMES(opcodes,
 *            (0, "hello")
 *            (1, "coup")
 *            (2, "resign"));
 *
 *      name_find(&opcodes.names, opcode)
 *
 * Rows stand side by side without commas and are searched from the top.  A table is one object without
 * pointers: a row costs its text and one, two or four bytes for its value, whatever the largest needs,
 * and a position-independent executable has nothing to relocate when it starts.
 *
 *      | rows | width | values, `width` bytes each | texts, each with its zero byte |
 */
#ifndef BASE_NAME_TABLE_H
#define BASE_NAME_TABLE_H

#include "base/types.h"

/* The head of a table; what follows it is private to name_table.c. */
struct names {
    u16 rows;
    u16 width; /* of a value, in bytes: 1, 2 or 4 */
};

/* The value and the text of a row, counted from 0; row < table->rows. */
u32 names_value(const struct names *table, u32 row);
const char *names_text(const struct names *table, u32 row);

/* The text of `value`, or NULL. */
const char *name_find(const struct names *table, u32 value);

/* A table without rows, for numbers that have no text. */
extern const struct names no_names;

/* Defines a table for the file or block in which it stands. */
#define NAMES(identifier, rows_)                                                                   \
    static const struct {                                                                          \
        struct names names;                                                                        \
        NAMES_TYPE(rows_) values[NAMES_COUNT(rows_)];                                              \
        char texts[sizeof(NAMES_TEXTS(rows_))];                                                    \
    } identifier = { { NAMES_COUNT(rows_), sizeof(NAMES_TYPE(rows_)) },                            \
                     { NAMES_VALUES(rows_) },                                                      \
                     NAMES_TEXTS(rows_) }

/* The same for a table that other files use: `extern const struct names *const identifier` in a header. */
#define SHARED_NAMES(identifier, rows_)                                                            \
    NAMES(identifier##_table, rows_);                                                              \
    const struct names *const identifier = &identifier##_table.names

/*
 * How rows become initialisers: the macro of a row leaves the name of the next row's macro behind it.
 * Two take turns, as a macro does not expand within itself; the last name gets an _END and vanishes.
 */
#define NAMES_CLOSE_(...)         __VA_ARGS__##_END
#define NAMES_CLOSE(...)          NAMES_CLOSE_(__VA_ARGS__)
#define NAMES_COUNT(rows)         (0 NAMES_CLOSE(NAMES_COUNT_A rows))
#define NAMES_COUNT_A(value, text) +1 NAMES_COUNT_B
#define NAMES_COUNT_B(value, text) +1 NAMES_COUNT_A
#define NAMES_COUNT_A_END
#define NAMES_COUNT_B_END
#define NAMES_BITS(rows)          ((u32)(0u NAMES_CLOSE(NAMES_BITS_A rows)))
#define NAMES_BITS_A(value, text) | (u32)(value)NAMES_BITS_B
#define NAMES_BITS_B(value, text) | (u32)(value)NAMES_BITS_A
#define NAMES_BITS_A_END
#define NAMES_BITS_B_END
#define NAMES_VALUES(rows)        NAMES_CLOSE(NAMES_VALUES_A rows)
#define NAMES_VALUES_A(value, text) value, NAMES_VALUES_B
#define NAMES_VALUES_B(value, text) value, NAMES_VALUES_A
#define NAMES_VALUES_A_END
#define NAMES_VALUES_B_END
#define NAMES_TEXTS(rows)         NAMES_CLOSE(NAMES_TEXTS_A rows)
#define NAMES_TEXTS_A(value, text) text "\0" NAMES_TEXTS_B
#define NAMES_TEXTS_B(value, text) text "\0" NAMES_TEXTS_A
#define NAMES_TEXTS_A_END
#define NAMES_TEXTS_B_END

/* The narrowest type that holds all values. */
#define NAMES_TYPE(rows)                                                                           \
    __typeof__(__builtin_choose_expr(                                                              \
        NAMES_BITS(rows) <= 0xff, (u8)0,                                                           \
        __builtin_choose_expr(NAMES_BITS(rows) <= 0xffff, (u16)0, (u32)0)))

#endif
