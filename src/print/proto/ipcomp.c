/*
 * IPComp: compressed payload.  RFC 3173, section 3.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |  next header  |     flags     |  compression parameter index  |
 *   +---------------+---------------+-------------------------------+
 */
#include "print/printer.h"

enum { CPI = 2 };

void print_ipcomp(struct dissect *d, struct view v)
{
    d->proto = "ipcomp";
    say_at(d, v, "IPComp(cpi=0x%04lx)", AT_BE16(CPI));
}
