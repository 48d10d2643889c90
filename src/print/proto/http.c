/*
 * HTTP/1: the lines of a request or a response, and of a body that is text.  RFC 9112; methods from
 * RFC 9110 and those of WebDAV (RFC 4918, 3253, 5323) and of some servers.
 */
#include "print/printer.h"
#include "print/text_lines.h"

static const char *const methods[] = {
    "GET",        "PUT",        "COPY",       "HEAD",        "LOCK",        "MOVE",
    "POLL",       "POST",       "BCOPY",      "BMOVE",       "MKCOL",       "TRACE",
    "LABEL",      "MERGE",      "DELETE",     "SEARCH",      "UNLOCK",      "REPORT",
    "UPDATE",     "NOTIFY",     "BDELETE",    "CONNECT",     "OPTIONS",     "CHECKIN",
    "PROPFIND",   "CHECKOUT",   "CCM_POST",   "SUBSCRIBE",   "PROPPATCH",   "BPROPFIND",
    "BPROPPATCH", "UNCHECKOUT", "MKACTIVITY", "MKWORKSPACE", "UNSUBSCRIBE", "RPC_CONNECT",
    "VERSION-CONTROL", "BASELINE-CONTROL", NULL,
};

void print_http(struct dissect *d, struct view v)
{
    static const struct text_protocol http = { "http", "HTTP", methods, true };

    say_z(d, ": ");
    say_text_lines(d, v, &http);
}
