/* Columns of the tables as options of the compiler. */
#include "row_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/linktype.h"

struct filter_options row_options(const struct table *t, const struct row *r)
{
    const struct linktype_info *link = linktype_by_name(str_of(table_cell(t, r, "dlt")));
    unsigned a = 0, b = 0, c = 0, d = 0;
    struct filter_options options = { .linktype = 0 };

    if (link == NULL) {
        fprintf(stderr, "unknown link type %s\n", table_cell(t, r, "dlt"));
        exit(1);
    }
    options.linktype = link->number;
    options.snaplen = (u32)strtoul(table_cell(t, r, "snaplen"), NULL, 10);
    options.netmask_known = sscanf(table_cell(t, r, "netmask"), "%u.%u.%u.%u", &a, &b, &c, &d) == 4;
    options.netmask = a << 24 | b << 16 | c << 8 | d;
    options.live = strcmp(table_cell(t, r, "mode"), "live") == 0;
    return options;
}
