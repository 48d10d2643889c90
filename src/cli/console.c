/* Messages for people. */
#include "cli/console.h"

#include <errno.h>
#include <unistd.h>

/* A piece of text to the descriptor; what cannot be written to standard error is lost. */
static void write_all(void *to, const char *text, size_t n)
{
    int fd = (int)(intptr_t)to;

    while (n > 0) {
        ssize_t done = write(fd, text, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return;
        text += done;
        n -= (size_t)done;
    }
}

struct out console_out(const struct console *c, char *buffer)
{
    return out_over(buffer, CONSOLE_PIECE, write_all, (void *)(intptr_t)c->fd);
}

static void say(const struct console *c, const char *between, const char *fmt, va_list ap,
                const char *end)
{
    char buffer[CONSOLE_PIECE];
    struct out o = console_out(c, buffer);

    if (between != NULL) {
        out_text_z(&o, c->program);
        out_text_z(&o, between);
    }
    out_vformat(&o, NULL, fmt, ap);
    out_text_z(&o, end);
    out_flush(&o);
}

void console_error(const struct console *c, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say(c, ": ", fmt, ap, "\n");
    va_end(ap);
}

void console_warning(const struct console *c, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say(c, ": WARNING: ", fmt, ap, "\n");
    va_end(ap);
}

void console_say(const struct console *c, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say(c, NULL, fmt, ap, "");
    va_end(ap);
}

void console_diag(const struct console *c, const struct diag *d, struct str source)
{
    char buffer[CONSOLE_PIECE];
    struct out o = console_out(c, buffer);

    out_text_z(&o, c->program);
    out_text_z(&o, ": ");
    out_str(&o, d->what);
    out_char(&o, '\n');
    if (source.len > 0)
        diag_show(d, source, &o);
    out_flush(&o);
}
