/* Private enterprise numbers of IANA, by which vendors mark what is their own. */
#ifndef PRINT_PROTO_ENTERPRISE_H
#define PRINT_PROTO_ENTERPRISE_H

#include "print/values.h"

extern const struct names *const enterprises;

#endif
