/* WHOIS: a question and the answer to it, lines of text.  RFC 3912. */
#include "print/printer.h"
#include "print/text_lines.h"

void print_whois(struct dissect *d, struct view v)
{
    static const struct text_protocol whois = { .name = "whois", .caps = STR("WHOIS") };

    say_z(d, ": ");
    say_text_lines(d, v, &whois);
}
