/*
 * Tables that give values and bits their names.
 *
 * A table of `struct name` ends with NAMES_END and is searched from the top; a dense array of
 * strings is better where values are small and consecutive (name_in).
 */
#ifndef PRINT_VALUES_H
#define PRINT_VALUES_H

#include "print/dissect.h"

struct name {
    u32 value;
    const char *text; /* NULL ends the table */
};

#define NAMES_END { 0, NULL }

/*
 * The text of `value`.  Otherwise `fallback` formatted with the value, e.g. "Unknown (%u)", in
 * scratch memory; it has exactly one conversion for an unsigned, or none.
 */
const char *name_of(struct dissect *d, const struct name *table, u32 value, const char *fallback);

/* The text of `value`, or NULL. */
const char *name_find(const struct name *table, u32 value);

/* The same for a dense array of `n` texts, in which NULL marks a gap. */
const char *name_in(struct dissect *d, const char *const *texts, u32 n, u32 value,
                    const char *fallback);

/*
 * The texts of all bits of `value` that the table names, joined by `separator`; a row names the
 * bits in its `value` and matches when one of them is set.  "none" when nothing matches and
 * value is 0, as with `fallback` of name_of otherwise.  The result is in scratch memory.
 */
const char *flags_of(struct dissect *d, const struct name *table, u32 value, const char *separator,
                     const char *fallback);

#endif
