/* Standard output: printed packets, collected and written in large pieces. */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include "base/out.h"

enum { TEXT_BUFFER = 64 * 1024 }; /* bytes */

struct text {
    struct out out; /* what printers write to */
    int error;      /* errno of the write that failed, 0 while all is well: sticky */
    char buffer[TEXT_BUFFER];
};

/* The struct must not move afterwards. */
void text_start(struct text *t);

/* Writes what is collected.  False once something could not be written. */
bool text_flush(struct text *t);

#endif
