/* RTSP: requests and responses as in HTTP.  RFC 2326, section 10. */
#include "print/printer.h"
#include "print/text_lines.h"

static const char *const methods[COMMAND_MAX + 1] = {
    [4] = "PLAY",
    [5] = "PAUSE SETUP",
    [6] = "RECORD",
    [7] = "OPTIONS",
    [8] = "DESCRIBE ANNOUNCE TEARDOWN REDIRECT",
    [13] = "GET_PARAMETER SET_PARAMETER",
};

void print_rtsp(struct dissect *d, struct view v)
{
    static const struct text_protocol rtsp = { "rtsp", STR("RTSP"), methods, true };

    say_z(d, ": ");
    say_text_lines(d, v, &rtsp);
}
