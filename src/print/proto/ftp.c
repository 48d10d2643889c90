/* FTP control connections: commands and replies, a line each.  RFC 959, sections 4.1 and 4.2. */
#include "print/printer.h"
#include "print/text_lines.h"

void print_ftp(struct dissect *d, struct view v)
{
    static const struct text_protocol ftp = { .name = "ftp", .caps = STR("FTP") };

    say_z(d, ": ");
    say_text_lines(d, v, &ftp);
}
