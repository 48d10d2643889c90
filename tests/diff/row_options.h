/* What a row of the tables of expressions asks the compiler for. */
#ifndef DIFF_ROW_OPTIONS_H
#define DIFF_ROW_OPTIONS_H

#include "bpf/filter.h"
#include "rows.h"

/* The options of a row, without optimiser and names.  A link type that nobody knows ends the program. */
struct filter_options row_options(const struct table *t, const struct row *r);

#endif
