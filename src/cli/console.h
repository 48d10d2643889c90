/*
 * Messages for people: everything that snifter says on standard error.
 *
 * Each message of ordinary length is one write, so that lines of several programs in a pipeline do
 * not mix.  The formats are those of out_format().
 */
#ifndef CLI_CONSOLE_H
#define CLI_CONSOLE_H

#include "base/diag.h"
#include "base/format.h"
#include "base/out.h"
#include "base/types.h"

struct console {
    const char *program; /* how we were called, without directories; in front of every message */
    int fd;              /* where messages go: standard error */
};

/* Bytes that one write holds; a longer message is several. */
enum { CONSOLE_PIECE = 2048 };

/* An output on the console; `buffer` has CONSOLE_PIECE bytes, out_flush() is the caller's duty. */
struct out console_out(const struct console *c, char *buffer);

/* "PROGRAM: ...\n" */
void console_error(const struct console *c, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* "PROGRAM: WARNING: ...\n" */
void console_warning(const struct console *c, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* The text alone, without anything in front or behind. */
void console_say(const struct console *c, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* A failure in a filter's text: the message, then the text with a caret under the culprit. */
void console_diag(const struct console *c, const struct diag *d, struct str source);

#endif
