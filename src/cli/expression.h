/* The filter's text: the words of the command line, or a file (-F). */
#ifndef CLI_EXPRESSION_H
#define CLI_EXPRESSION_H

#include "base/str.h"
#include "cli/options.h"

/*
 * The expression that the options ask for, empty when there is none.  `text->p` is the caller's to
 * free.  False, with the reason on the console, when a file cannot be read or memory is short.
 */
bool expression_load(const struct options *options, struct str *text,
                     const struct console *console);

#endif
