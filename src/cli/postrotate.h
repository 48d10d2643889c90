/*
 * -z: a command that is run with each output file that is finished.
 *
 * Commands are started by a process of its own, which is forked before packets are looked at: the
 * capturing process then needs no right to start programs.  No shell is involved; the command gets
 * the file's name as its only argument, the lowest priority, and nobody waits for it.
 */
#ifndef CLI_POSTROTATE_H
#define CLI_POSTROTATE_H

#include "cli/console.h"

struct postrotate {
    int fd; /* to the process; -1: there is none */
};

/* Starts the process.  `command` is looked for in PATH.  False with errno. */
bool postrotate_start(struct postrotate *p, const char *command, const struct console *console);

/* The file `name` is finished.  Does not wait.  False with errno when nobody could be told. */
bool postrotate_file(struct postrotate *p, const char *name);

/* No more files will come; commands that are running go on. */
void postrotate_end(struct postrotate *p);

#endif
