/*
 * The core of the printers for protocols of text lines: HTTP, SMTP, FTP, RTSP, SIP and others.
 *
 * A segment is shown when its first line looks like a request or a response, up to the first byte
 * that is no text; without -v only that line.
 */
#ifndef PRINT_TEXT_LINES_H
#define PRINT_TEXT_LINES_H

#include "print/dissect.h"

enum { COMMAND_MAX = 16 }; /* letters of the longest word in any list of commands */

struct text_protocol {
    const char *name; /* in lower case, for [|name] */
    struct str caps;  /* what the line says */
    /*
     * Words that begin a request, in any case of letters: [n] has those of n letters, with a blank between
     * them.  NULL: every first line is shown, because the protocol has nothing but requests and responses.
     */
    const char *const *commands;
    bool code_is_second; /* a response has its number behind a version: HTTP/1.1 200 */
};

/* Sets d->proto. */
void say_text_lines(struct dissect *d, struct view v, const struct text_protocol *protocol);

#endif
