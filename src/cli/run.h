/*
 * A run: packets from a source, printed, saved or counted, until there are no more or somebody
 * says stop.
 */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli/console.h"
#include "cli/options.h"

/* How the program ends; the numbers are tcpdump's. */
enum exit_status {
    EXIT_OK = 0,
    EXIT_ERROR = 1,
    EXIT_NO_MEMORY = 12,
    EXIT_WRITE = 14, /* packets, as text or in a file, could not be written */
};

/* Does what the options ask for and returns the exit status; messages are out. */
int run(const struct options *options, const struct console *console);

#endif
