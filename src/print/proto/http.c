/*
 * HTTP/1: the lines of a request or a response, and of a body that is text.  RFC 9112; methods from
 * RFC 9110 and those of WebDAV (RFC 4918, 3253, 5323) and of some servers.
 */
#include "print/printer.h"
#include "print/text_lines.h"

static const char *const methods[COMMAND_MAX + 1] = {
    [3] = "GET PUT",
    [4] = "COPY HEAD LOCK MOVE POLL POST",
    [5] = "BCOPY BMOVE MKCOL TRACE LABEL MERGE",
    [6] = "DELETE SEARCH UNLOCK REPORT UPDATE NOTIFY",
    [7] = "BDELETE CONNECT OPTIONS CHECKIN",
    [8] = "PROPFIND CHECKOUT CCM_POST",
    [9] = "SUBSCRIBE PROPPATCH BPROPFIND",
    [10] = "BPROPPATCH UNCHECKOUT MKACTIVITY",
    [11] = "MKWORKSPACE UNSUBSCRIBE RPC_CONNECT",
    [15] = "VERSION-CONTROL",
    [16] = "BASELINE-CONTROL",
};

void print_http(struct dissect *d, struct view v)
{
    static const struct text_protocol http = { "http", STR("HTTP"), methods, true };

    say_z(d, ": ");
    say_text_lines(d, v, &http);
}
