/*
 * Texts of values and of bits, from the tables of base/name_table.h, and what is printed when a table
 * has none.
 */
#ifndef PRINT_VALUES_H
#define PRINT_VALUES_H

#include "base/name_table.h"
#include "print/dissect.h"

/*
 * The text of `value`.  Otherwise `fallback` formatted with the value, e.g. "Unknown (%u)", in
 * scratch memory; it has exactly one conversion for an unsigned, or none.
 */
const char *name_of(struct dissect *d, const struct names *table, u32 value, const char *fallback);

/* The same for a dense array of `n` texts, in which NULL marks a gap. */
const char *name_in(struct dissect *d, const char *const *texts, u32 n, u32 value,
                    const char *fallback);

/*
 * The texts of all bits of `value` that the table names, joined by `separator`; a row names the
 * bits in its value and matches when one of them is set.  "none" when nothing matches and
 * value is 0, as with `fallback` of name_of otherwise.  The result is in scratch memory.
 */
const char *flags_of(struct dissect *d, const struct names *table, u32 value, const char *separator,
                     const char *fallback);

#endif
