/* Standard output. */
#include "cli/text.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/colour.h"
#include "cli/descriptor.h"

static void write_piece(void *to, const char *text, size_t n)
{
    struct text *t = to;

    if (t->error == 0 && descriptor_write(STDOUT_FILENO, text, n) < n)
        t->error = errno;
}

/* What is collected of a line goes out; only the beginning of a line has colours. */
static void put_line(struct text *t)
{
    if (t->line_is_long)
        out_bytes(&t->colours, t->line, t->line_length);
    else
        colour_line(&t->colours, str_make(t->line, t->line_length));
    t->line_length = 0;
}

static void colour_piece(void *to, const char *text, size_t n)
{
    struct text *t = to;

    for (const char *end = text + n; text < end;) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t length = (size_t)((newline != NULL ? newline : end) - text);
        size_t room = sizeof t->line - t->line_length;
        size_t taken = length < room ? length : room;
        memcpy(t->line + t->line_length, text, taken);
        t->line_length += taken;
        text += taken;
        if (taken < length) {
            put_line(t);
            t->line_is_long = true;
        } else if (newline != NULL) {
            put_line(t);
            t->line_is_long = false;
            out_char(&t->colours, '\n');
            text++;
        }
    }
}

void text_start(struct text *t)
{
    t->error = 0;
    t->coloured = false;
    t->out = out_over(t->buffer, sizeof t->buffer, write_piece, t);
}

void text_colour(struct text *t)
{
    out_flush(&t->out);
    t->coloured = true;
    t->line_length = 0;
    t->line_is_long = false;
    t->colours = out_over(t->colour_buffer, sizeof t->colour_buffer, write_piece, t);
    t->out = out_over(t->buffer, sizeof t->buffer, colour_piece, t);
}

bool text_flush(struct text *t)
{
    out_flush(&t->out);
    if (t->coloured) {
        if (t->line_length > 0) { /* what is not finished must be seen, and goes on without colours */
            put_line(t);
            t->line_is_long = true;
        }
        out_flush(&t->colours);
    }
    return t->error == 0;
}
