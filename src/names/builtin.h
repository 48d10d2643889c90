/*
 * Names that are compiled in, for machines whose /etc has none: texts in the formats of the files
 * that they stand for.
 */
#ifndef NAMES_BUILTIN_H
#define NAMES_BUILTIN_H

#include "base/str.h"

struct str builtin_services(void);  /* IANA's best known ports */
struct str builtin_protocols(void); /* IANA's protocol numbers */
struct str builtin_hosts(void);     /* localhost */
struct str builtin_networks(void);  /* loopback and link-local */

#endif
