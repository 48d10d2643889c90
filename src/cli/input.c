/* Where packets come from. */
#include "cli/input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/linktype.h"
#include "cli/interfaces.h"
#include "cli/signals.h"

static void warn(void *context, const char *text)
{
    const struct input *in = context;

    console_warning(in->console, "%s", text);
}

/* "link-type EN10MB (Ethernet)", as one sentence's part of several messages. */
static void say_opened(const struct console *c, const char *file, const struct source *s)
{
    const struct linktype_info *info = linktype_info(s->linktype);

    if (info != NULL)
        console_say(c, "reading from file %s, link-type %s (%s), snapshot length %u\n", file,
                    linktype_name(info), linktype_text(info), s->snaplen);
    else
        console_say(c, "reading from file %s, link-type %u, snapshot length %u\n", file,
                    (unsigned)s->linktype, s->snaplen);
}

/* `linktype`: the only one that is welcome, or -1. */
static bool open_file(struct input *in, const char *path, int linktype)
{
    struct source_file_options options = source_file_options_for(path);
    struct source_failure failure;
    struct stat status;

    options.wake_fd = signals_wake_fd();
    options.woken = in->woken;
    options.patience = in->patience;
    options.block = in->block;
    options.name = in->learn;
    options.context = in->context;
    options.copied = in->options->write_file != NULL;
    in->source = source_file_open(&options, &failure);
    if (in->source == NULL) {
        console_error(in->console, "%s", failure.text);
        return false;
    }
    if (linktype >= 0 && in->source->linktype != linktype) {
        console_error(in->console, "%s: new dlt does not match original", path);
        return false;
    }
    int found = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &status) : stat(path, &status);
    in->waits = found < 0 || !S_ISREG(status.st_mode);
    in->bytes = in->waits ? 0 : (u64)status.st_size;
    say_opened(in->console, path, in->source);
    if (in->source->linktype == LINKTYPE_LINUX_SLL2)
        console_say(in->console, "Warning: interface names might be incorrect\n");
    return true;
}

/*
 * The next name of the list into in->name.  False at its end.  Nothing behind its line is taken, as
 * the list may be a pipe that is written while the files are read.
 */
static bool read_name(struct input *in)
{
    size_t n = 0;
    char c = '\0';
    ssize_t got;

    while ((got = read(in->list, &c, 1)) > 0 || (got < 0 && errno == EINTR)) {
        if (got > 0 && c == '\n')
            break;
        if (got > 0 && n < sizeof in->name - 1)
            in->name[n++] = c;
    }
    in->name[n] = '\0';
    return n > 0 || c == '\n';
}

static bool open_list(struct input *in, const char *path)
{
    in->list = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (in->list < 0) {
        console_error(in->console, "Unable to open file: %s", strerror(errno));
        return false;
    }
    if (!read_name(in)) {
        console_error(in->console, "Nothing in %s", path);
        return false;
    }
    return open_file(in, in->name, -1);
}

/* How soon a reader of standard output has to see a packet. */
static u32 latency_of_stdout(const struct options *o)
{
    struct stat status;

    if (o->line_buffered || isatty(STDOUT_FILENO))
        return LIVE_LATENCY_LEAST_MS;
    bool piped = fstat(STDOUT_FILENO, &status) < 0 || S_ISFIFO(status.st_mode) ||
                 S_ISSOCK(status.st_mode);
    return piped || o->packet_buffered ? LIVE_LATENCY_PROMPT_MS : LIVE_LATENCY_EASY_MS;
}

/* How long packets may wait in the ring: hardly at all when somebody is looking. */
static u32 choose_latency(const struct options *o)
{
    if (o->immediate)
        return LIVE_LATENCY_LEAST_MS;
    if (o->write_file != NULL && !o->print_also && !o->packet_buffered &&
        strcmp(o->write_file, "-") != 0)
        return LIVE_LATENCY_RELAXED_MS;
    return latency_of_stdout(o);
}

/* What -i stands for when it was not given: `name` is room for a name. */
static const char *default_device(const struct input *in, const char *netns, char name[32])
{
    if (netns != NULL)
        return "any";
    return interfaces_default(name, in->console) ? name : NULL;
}

/* Says which link type was chosen, unless it is the natural one. */
static void say_linktype(const struct input *in, const struct source *s)
{
    const struct linktype_info *info = linktype_info(s->linktype);
    bool by_default = in->options->live.linktype == LIVE_LINKTYPE_NATURAL;

    if (info != NULL && (!by_default || info->number == LINKTYPE_LINUX_SLL2))
        console_error(in->console, "data link type %s", linktype_name(info));
    if (s->snaplen > in->options->live.snaplen)
        console_warning(in->console, "snaplen raised from %u to %u", in->options->live.snaplen,
                        s->snaplen);
}

static bool open_interface(struct input *in, struct live_place place)
{
    struct live_options live = in->options->live;
    struct source_failure failure;
    char name[32];

    live.device = place.device != NULL ? place.device : default_device(in, place.netns, name);
    if (live.device == NULL)
        return false;
    live.netns = place.netns;
    live.latency_ms = choose_latency(in->options);
    live.warn = warn;
    live.context = in;
    struct source *part = source_live_open(&live, &failure);
    if (part == NULL) {
        console_error(in->console, "%s", failure.text);
        return false;
    }
    say_linktype(in, part);
    in->parts[in->part_count++] = part;
    return true;
}

static bool open_live(struct input *in)
{
    const struct options *o = in->options;

    if (o->place_count > SOURCE_INTERFACES_MAX) {
        console_error(in->console, "at most %d interfaces can be captured from at once",
                      (int)SOURCE_INTERFACES_MAX);
        return false;
    }
    for (u32 i = 0; i < o->place_count; i++)
        if (!open_interface(in, o->places[i]))
            return false;
    in->source = in->parts[0];
    return true;
}

bool input_merge(struct input *in)
{
    struct source_failure failure;

    if (in->part_count > 1)
        in->source = source_merge(in->parts, in->part_count, warn, in, &failure);
    in->part_count = 0;
    if (in->source == NULL)
        console_error(in->console, "%s", failure.text);
    return in->source != NULL;
}

bool input_open(struct input *in)
{
    const struct options *options = in->options;

    in->list = -1;
    if (options->read_file != NULL)
        return open_file(in, options->read_file, -1);
    if (options->read_list != NULL)
        return open_list(in, options->read_list);
    in->live = true;
    return open_live(in);
}

enum input_more input_next(struct input *in, int linktype)
{
    if (in->list < 0 || !read_name(in))
        return INPUT_END;
    source_close(in->source);
    in->source = NULL;
    return open_file(in, in->name, linktype) ? INPUT_MORE : INPUT_FAILED;
}

void input_close(struct input *in)
{
    if (in->part_count == 0)
        source_close(in->source);
    for (u32 i = 0; i < in->part_count; i++)
        source_close(in->parts[i]);
    if (in->list > STDIN_FILENO)
        close(in->list);
    *in = (struct input){ .source = NULL };
}
