/*
 * The declarations of all printers and guards in the registry.
 *
 * A printer that others call directly, or that takes more than a view, declares that in a header
 * of its own beside its file (proto/ether.h).
 */
#ifndef PRINT_PRINTERS_H
#define PRINT_PRINTERS_H

#include "print/dissect.h"

/* Looks at a payload, writes nothing, and says whether a row of the registry applies. */
typedef bool guard(const struct dissect *d, struct view v);

#define LINK(key, printer_, name)                 printer print_##printer_;
#define ETHER(key, printer_, name)                printer print_##printer_;
#define IPPROTO(key, printer_, name)              printer print_##printer_;
#define PPP(key, printer_, name)                  printer print_##printer_;
#define TCP(side, key, printer_, name)            printer print_##printer_;
#define UDP(side, key, printer_, name)            printer print_##printer_;
#define TCP_IF(guard_, side, key, printer_, name) guard guard_; printer print_##printer_;
#define UDP_IF(guard_, side, key, printer_, name) guard guard_; printer print_##printer_;
#define UDP_PLAIN_IF(guard_, side, key, printer_, name) guard guard_; printer print_##printer_;
#define UDP_RANGE_IF(guard_, side, first, last, printer_, name) guard guard_; printer print_##printer_;
#define FORCED_TCP(type, printer_, name)          printer print_##printer_;
#define FORCED_UDP(type, printer_, name)          printer print_##printer_;
#define LLC(key, printer_, name)                  printer print_##printer_;
#define SNAP(oui, key, printer_, name)            printer print_##printer_;
#include "print/registry.def"

#endif
