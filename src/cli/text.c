/* Standard output. */
#include "cli/text.h"

#include <errno.h>
#include <unistd.h>

#include "cli/descriptor.h"

static void write_piece(void *to, const char *text, size_t n)
{
    struct text *t = to;

    if (t->error == 0 && descriptor_write(STDOUT_FILENO, text, n) < n)
        t->error = errno;
}

void text_start(struct text *t)
{
    t->error = 0;
    t->out = out_over(t->buffer, sizeof t->buffer, write_piece, t);
}

bool text_flush(struct text *t)
{
    out_flush(&t->out);
    return t->error == 0;
}
