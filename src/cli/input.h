/*
 * Opening what packets come from, and saying so: an interface, a savefile, or savefiles one after
 * another (-V).
 */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include <stdio.h>

#include "capture/source.h"
#include "cli/options.h"

struct input {
    /* Set by the caller, before input_open() */
    const struct options *options;
    const struct console *console;
    bool (*woken)(void *context); /* reading a pipe was woken by a signal: whether to end there */
    void *context;

    struct source *source; /* the present one, owned; NULL when there is none */
    bool live;
    bool waits; /* a pipe or a terminal: reading may take long */
    FILE *list; /* -V: the names still to come; owned */
    char *name; /* of the present file, owned with `name_room` bytes; else NULL */
    size_t name_room;
};

/*
 * Opens the first source; signals must have been caught by then if they are to interrupt that.
 * False, with the reason on the console, when there is none.
 */
bool input_open(struct input *in);

/* What input_next() found. */
enum input_more { INPUT_MORE, INPUT_END, INPUT_FAILED };

/* Replaces a source that has ended by the next file of -V.  A file of another link type than
 * `linktype` (-1: any) is a failure. */
enum input_more input_next(struct input *in, int linktype);

/* The first interface's name as it is shown; "" for files. */
const char *input_device(const struct input *in);

void input_close(struct input *in);

#endif
