/* Lines in a build without colours. */
#include "cli/colour.h"

bool colour_wanted(enum colour_when when)
{
    (void)when;
    return false;
}

void colour_line(struct out *o, struct str line) { out_str(o, line); }
