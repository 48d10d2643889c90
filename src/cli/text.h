/* Standard output: printed packets, collected and written in large pieces. */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include "base/out.h"

enum {
    TEXT_BUFFER = 64 * 1024, /* bytes */
    COLOURED_LINE = 4096,    /* bytes; what a longer line has more is written without colours */
};

struct text {
    struct out out; /* what printers write to */
    int error;      /* errno of the write that failed, 0 while all is well: sticky */
    bool coloured;
    char buffer[TEXT_BUFFER];

    /* Private, for colours: the line that is not complete yet, and what has been coloured */
    size_t line_length;
    bool line_is_long; /* its beginning is out already */
    char line[COLOURED_LINE];
    struct out colours;
    char colour_buffer[2 * COLOURED_LINE];
};

/* The struct must not move afterwards. */
void text_start(struct text *t);

/* From now on lines have colours; text that has been written before has none. */
void text_colour(struct text *t);

/* Writes what is collected.  False once something could not be written. */
bool text_flush(struct text *t);

#endif
