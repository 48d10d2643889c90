/* SMTP: commands and replies, a line each.  RFC 5321, section 4. */
#include "print/printer.h"
#include "print/text_lines.h"

void print_smtp(struct dissect *d, struct view v)
{
    static const struct text_protocol smtp = { .name = "smtp", .caps = STR("SMTP") };

    say_z(d, ": ");
    say_text_lines(d, v, &smtp);
}
