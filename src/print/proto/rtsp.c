/* RTSP: requests and responses as in HTTP.  RFC 2326, section 10. */
#include "print/printer.h"
#include "print/text_lines.h"

static const char *const methods[] = {
    "DESCRIBE", "ANNOUNCE",      "GET_PARAMETER", "OPTIONS",       "PAUSE", "PLAY",
    "RECORD",   "SETUP",         "SET_PARAMETER", "TEARDOWN",      "REDIRECT", NULL,
};

void print_rtsp(struct dissect *d, struct view v)
{
    static const struct text_protocol rtsp = { "rtsp", "RTSP", methods, true };

    say_z(d, ": ");
    say_text_lines(d, v, &rtsp);
}
