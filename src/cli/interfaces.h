/* -D, -J and -L: what there is to capture from, and the default choice. */
#ifndef CLI_INTERFACES_H
#define CLI_INTERFACES_H

#include "cli/console.h"
#include "cli/options.h"

/* Each prints to standard output and returns the exit status. */
int interfaces_list(const struct console *c);
int interfaces_clocks(const struct options *options, const struct console *c);
int interfaces_linktypes(const struct options *options, const struct console *c);

/* The interface that is taken when none is named: the first of the list.  False, told. */
bool interfaces_default(char name[32], const struct console *c);

/* The IPv4 network that an interface is in, in host byte order.  False when it has no address. */
bool interfaces_network(const char *name, u32 *net, u32 *mask);

/* What -D says about an interface beside its name; static, NULL when that is nothing. */
const char *interfaces_text(const char *name);

#endif
