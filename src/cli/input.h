/*
 * Opening what packets come from, and saying so: an interface, a savefile, or savefiles one after
 * another (-V).
 */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include <limits.h>

#include "capture/source_file.h"
#include "cli/options.h"

struct input {
    /* Set by the caller, before input_open() */
    const struct options *options;
    const struct console *console;
    bool (*woken)(void *context); /* reading a pipe was woken by a signal: whether to end there */
    int (*patience)(void *context); /* after how many ms without one to ask the same; -1: never */
    /* Of a savefile; see struct savefile_setup */
    void (*block)(void *context, const struct savefile *f, const struct savefile_block *block);
    void (*learn)(void *context, const u8 *address, u32 len, struct str name);
    void *context;

    struct source *source; /* the present one, owned; NULL when there is none */
    struct source
        *parts[SOURCE_INTERFACES_MAX]; /* live: the interfaces, owned until they are merged */
    u32 part_count;
    bool live;
    bool waits; /* a pipe or a terminal: reading may take long */
    u64 bytes;  /* the size of the present file; 0 when it has none */
    int list;   /* -V: descriptor of the names still to come, owned; -1: there is none */
    char name[PATH_MAX]; /* of the present file of the list; a longer one is cut, and not found */
};

/*
 * Opens the first source: of several interfaces each is a part, and the first one stands for all of
 * them until input_merge(); Signals must have been caught by then if they are to interrupt
 * that.  False, with the reason on the console, when there is none.
 */
bool input_open(struct input *in);

/* What input_next() found. */
enum input_more { INPUT_MORE, INPUT_END, INPUT_FAILED };

/* Replaces a source that has ended by the next file of -V.  A file of another link type than
 * `linktype` (-1: any) is a failure. */
enum input_more input_next(struct input *in, int linktype);

/*
 * Makes one source of several interfaces, which must have their filters by then.  False, told on
 * the console, when there is no memory.
 */
bool input_merge(struct input *in);

void input_close(struct input *in);

#endif
