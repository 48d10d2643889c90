/* snifter: captures packets, filters them in the kernel, prints them, saves them. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/console.h"
#include "cli/interfaces.h"
#include "cli/options.h"
#include "cli/run.h"
#include "cli/text.h"
#include "cli/usage.h"

/* What the program is called in messages: its file's name. */
static const char *program_name(const char *path)
{
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;

    return slash != NULL ? slash + 1 : path != NULL ? path : "snifter";
}

/* Help or version on standard output. */
static int show(void (*write)(struct out *o, const char *program), const struct console *c)
{
    struct text text;

    text_start(&text);
    if (write != NULL)
        write(&text.out, c->program);
    else
        usage_version(&text.out);
    return text_flush(&text) ? EXIT_OK : EXIT_WRITE;
}

static int complain(const struct console *c)
{
    char buffer[CONSOLE_PIECE];
    struct out o = console_out(c, buffer);

    usage_short(&o, c->program);
    out_flush(&o);
    return EXIT_ERROR;
}

static int act(const struct options *o, const struct console *c)
{
    bool live = o->read_file == NULL && o->read_list == NULL;

    if (o->list_interfaces)
        return interfaces_list(c);
    if (o->list_clocks && live)
        return interfaces_clocks(o, c);
    if (o->list_linktypes && live)
        return interfaces_linktypes(o, c);
    return run(o, c);
}

int main(int argc, char **argv)
{
    const struct console console = { program_name(argc > 0 ? argv[0] : NULL), STDERR_FILENO };
    struct options_room room = { calloc((size_t)argc + 1, sizeof *room.words),
                                 calloc((size_t)argc + 1, sizeof *room.places) };
    struct options options;
    int status = EXIT_ERROR;

    if (room.words == NULL || room.places == NULL)
        return EXIT_NO_MEMORY;
    switch (options_parse(&options, argc > 0 ? argv + 1 : argv, room,
                          getenv("POSIXLY_CORRECT") != NULL, &console)) {
    case OPTIONS_OK: status = act(&options, &console); break;
    case OPTIONS_WRONG: break;
    case OPTIONS_UNKNOWN: status = complain(&console); break;
    case OPTIONS_HELP: status = show(usage_long, &console); break;
    case OPTIONS_VERSION: status = show(NULL, &console); break;
    }
    free(room.words);
    free(room.places);
    return status;
}
