/* The filter's text. */
#include "cli/expression.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Bytes that -F reads at most; more cannot fit the compiler's memory anyway. */
enum { EXPRESSION_MAX = 64 << 20 };

static bool no_memory(const struct console *c)
{
    console_error(c, "no memory for the filter's text");
    return false;
}

/* The words with one blank between them. */
static bool join(const struct options *o, struct str *text, const struct console *c)
{
    size_t size = 0;

    for (size_t i = 0; i < o->word_count; i++)
        size += strlen(o->words[i]) + 1;
    if (size == 0)
        return true;
    char *joined = malloc(size), *to = joined;
    if (joined == NULL)
        return no_memory(c);
    for (size_t i = 0; i < o->word_count; i++) {
        size_t n = strlen(o->words[i]);
        memcpy(to, o->words[i], n);
        to[n] = ' ';
        to += n + 1;
    }
    *text = str_make(joined, size - 1);
    return true;
}

/* Turns comments, # to the end of the line, into blanks; positions stay what they were. */
static void blank_comments(char *text, size_t n)
{
    bool comment = false;

    for (size_t i = 0; i < n; i++) {
        if (text[i] == '#')
            comment = true;
        if (text[i] == '\n')
            comment = false;
        if (comment)
            text[i] = ' ';
    }
}

/* Everything that the descriptor yields; it may be a pipe, so its size is not known before. */
static bool read_all(int fd, struct str *text, const char *path, const struct console *c)
{
    size_t used = 0, room = 0;
    char *bytes = NULL;

    for (;;) {
        if (used >= EXPRESSION_MAX) {
            console_error(c, "%s is too large for a filter", path);
            free(bytes);
            return false;
        }
        if (used == room) {
            room = room == 0 ? 4096 : room * 2;
            char *more = realloc(bytes, room);
            if (more == NULL) {
                free(bytes);
                return no_memory(c);
            }
            bytes = more;
        }
        ssize_t n = read(fd, bytes + used, room - used);
        if (n == 0)
            break;
        if (n < 0 && errno != EINTR) {
            console_error(c, "can't read %s: %s", path, strerror(errno));
            free(bytes);
            return false;
        }
        used += n > 0 ? (size_t)n : 0;
    }
    blank_comments(bytes, used);
    *text = str_make(bytes, used);
    return true;
}

bool expression_load(const struct options *o, struct str *text, const struct console *c)
{
    *text = STR_EMPTY;
    if (o->filter_file == NULL)
        return join(o, text, c);
    int fd = open(o->filter_file, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        console_error(c, "can't open %s: %s", o->filter_file, strerror(errno));
        return false;
    }
    bool loaded = read_all(fd, text, o->filter_file, c);
    close(fd);
    return loaded;
}
