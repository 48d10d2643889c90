/* Help and version. */
#ifndef CLI_USAGE_H
#define CLI_USAGE_H

#include "base/out.h"

/* One line: who we are. */
void usage_version(struct out *o);

/* The version and a few lines with all options, for somebody who mistyped. */
void usage_short(struct out *o, const char *program);

/* The same and a line for each option, grouped by subject. */
void usage_long(struct out *o, const char *program);

#endif
