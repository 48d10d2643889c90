/* Numbers on the command line, in the spellings that tcpdump takes. */
#ifndef CLI_NUMBER_H
#define CLI_NUMBER_H

#include "base/str.h"
#include "base/types.h"

/*
 * The decimal number that `text` begins with, blanks and a sign allowed; what follows it is
 * ignored, as with C's atoi.  0 when there is none; saturates.
 */
i64 number_prefix(const char *text);

/* All of `text` as a number of C: decimal, 0x, or octal with a leading 0.  False when it is none
 * or greater than `max`. */
bool number_any_base(const char *text, u64 max, u64 *value);

/*
 * A size in bytes: a decimal number > 0, followed by k, m or g (in either case) for 2^10, 2^20,
 * 2^30, or by nothing for `unit` bytes.  False for anything else.
 */
bool number_size(const char *text, u64 unit, u64 *bytes);

/* Decimal digits and what follows them, which may be nothing.  False without digits. */
bool number_with_unit(const char *text, u64 *number, struct str *unit);

/* An IPv4 address with four parts, in host byte order. */
bool number_ip4(const char *text, u32 *address);

#endif
