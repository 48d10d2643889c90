/* Filters of Wireshark in a build that does not translate them: they are syntax errors like others. */
#include "parser/display.h"

bool display_translate(struct str text, struct out *to)
{
    (void)text, (void)to;
    return false;
}

bool display_condition(struct str text, struct out *to)
{
    (void)text, (void)to;
    return false;
}

bool display_is_field(struct str word)
{
    (void)word;
    return false;
}
