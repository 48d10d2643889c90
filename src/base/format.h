/*
 * The formatter behind say(), diag_fail() and every other text that is not on the hottest path.
 *
 * A small part of printf, spelt so that compilers check the arguments:
 *
 *   %d %i %u %x %X %c %s %%     flags '-' '0' '+' '#', width and precision, also as '*'
 *   h hh l ll z j t             length modifiers
 *   %pI4 %pI6 %pM               4, 16 or 6 address bytes at a pointer; a hook may name them
 *   %pi4 %pi6 %pm               the same, always as numbers
 *   %pS                         a `const struct str *`
 *
 * No locale, no floating point, no allocation, no limit on the length.
 */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

#include <stdarg.h>

#include "base/out.h"

enum address_kind { ADDRESS_IP4, ADDRESS_IP6, ADDRESS_MAC };

/* Writes the name of an address, or its number when it has none. */
struct format_hook {
    void (*address)(void *context, struct out *o, enum address_kind kind, const void *bytes);
    void *context;
    /* NULL, or: arguments of conversions with the modifier l are no values, but say where one is */
    u32 (*number_at)(void *context, unsigned long place);
    /* with number_at: so are those of %pI4, %pI6 and %pM */
    const void *(*bytes_at)(void *context, uintptr_t place, u32 n);
};

/* Formats into `o`.  `hook` may be NULL: addresses are then numbers. */
void out_vformat(struct out *o, const struct format_hook *hook, const char *fmt, va_list ap);
void out_format(struct out *o, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
