/* Savefiles and streams as a source: descriptors below pcapfile/savefile.h, a filter above it. */
#include "capture/source_file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/failure.h"
#include "capture/window.h"

/* So many batches without an accepted packet, and the caller gets to look around. */
enum { BATCHES_PER_CALL = 64 };

/*
 * So many packets are judged at once: few enough that the processor judges them while it waits for the bytes
 * of the next ones, where a whole batch would first be waited for and then be judged.  A tenth of the time of
 * filtering.
 */
enum { JUDGED = 4 };

struct file {
    struct source base;
    struct source_file_options options; /* its path is not ours */
    int fd;
    bool opened; /* `savefile` has to be closed */
    bool stopped;
    bool regular;
    bool mapped; /* `window` has to be closed */
    struct window window;
    struct source_filter filter;
    bool filtered;
    u64 bytes_read;
    struct savefile savefile;
};

struct source_file_options source_file_options_for(const char *path)
{
    return (struct source_file_options){ .path = path, .wake_fd = -1 };
}

static int patience(const struct file *f)
{
    return f->options.patience != NULL ? f->options.patience(f->options.context) : -1;
}

/* Waits until there is something to read.  False when the reading shall end instead. */
static bool wait_for_input(const struct file *f)
{
    struct pollfd fds[] = { { .fd = f->fd, .events = POLLIN },
                            { .fd = f->options.wake_fd, .events = POLLIN } };
    for (;;) {
        int ready = poll(fds, countof(fds), patience(f));
        if (ready < 0 && errno != EINTR)
            return true; /* read() will say what is wrong */
        if (ready > 0 && fds[0].revents != 0)
            return true;
        if (ready >= 0 && f->options.woken(f->options.context))
            return false;
    }
}

static i64 read_file(void *from, void *to, size_t n)
{
    struct file *f = from;
    for (;;) {
        if (f->options.wake_fd >= 0 && !wait_for_input(f)) {
            f->stopped = true;
            return 0;
        }
        ssize_t got = read(f->fd, to, n);
        if (got >= 0) {
            f->bytes_read += (u64)got;
            return got;
        }
        if (errno != EINTR)
            return -errno;
    }
}

static i64 show_file(void *from, u64 offset, size_t n, const u8 **bytes)
{
    struct file *f = from;

    return window_show(&f->window, offset, n, bytes);
}

static void *resize(void *context, void *old, size_t old_bytes, size_t new_bytes)
{
    (void)context;
    (void)old_bytes;
    if (new_bytes > 0)
        return realloc(old, new_bytes);
    free(old);
    return NULL;
}

static void take_error(const struct savefile *savefile, char *to)
{
    if (savefile->failure != 0)
        fail(to, "%s: %s", savefile->error, strerror((int)-savefile->failure));
    else
        fail(to, "%s", savefile->error);
}

/* Moves the accepted packets to the front; returns how many there are. */
static int judge(const struct file *f, struct packet *batch, int n)
{
    int kept = 0;
    for (int i = 0; i < n; i++)
        if (f->filter.verdict(f->filter.context, &batch[i]) != 0) {
            if (kept != i)
                batch[kept] = batch[i];
            kept++;
        }
    return kept;
}

/* The accepted ones among the first `n` packets and those behind them that need no reading. */
static int judge_all(struct file *f, struct packet *batch, int n, int max)
{
    int kept = judge(f, batch, n);

    while (max - kept >= JUDGED && (n = savefile_more(&f->savefile, batch + kept, JUDGED)) > 0)
        kept += judge(f, batch + kept, n);
    return kept;
}

static int file_next(struct source *s, struct packet *batch, int max)
{
    struct file *f = (struct file *)s;
    int kept = 0, step = f->filtered && max > JUDGED ? JUDGED : max;
    if (f->stopped)
        return SOURCE_END;
    f->savefile.reader.expects = f->mapped && (f->filtered || !s->shown);
    for (int i = 0; kept == 0 && i < BATCHES_PER_CALL; i++) {
        int n = savefile_next(&f->savefile, batch, step);
        kept = f->filtered && n > 0 ? judge_all(f, batch, n, max) : n;
        if (unlikely(f->mapped && f->window.lost)) { /* who knows what these packets were made of */
            fail(s->err, "error reading dump file: %s", window_explain(&f->window));
            return SOURCE_FAILED;
        }
        s->nanoseconds = f->savefile.nano;
        if (n == 0 || (n < 0 && f->stopped)) /* what has come of a packet until then is no truncated file */
            return SOURCE_END;
        if (n < 0) {
            take_error(&f->savefile, s->err);
            return SOURCE_FAILED;
        }
    }
    return kept;
}

static bool file_wait(struct source *s, int timeout_ms, int wake_fd)
{
    (void)s;
    (void)timeout_ms;
    (void)wake_fd;
    return true; /* the next call reads, and waits there if it must */
}

static bool file_attach(struct source *s, const struct source_filter *filter)
{
    struct file *f = (struct file *)s;
    f->filtered = filter != NULL;
    if (filter)
        f->filter = *filter;
    return true;
}

static void file_stop(struct source *s)
{
    ((struct file *)s)->stopped = true;
}

static bool file_stats(struct source *s, u32 interface, struct source_stats *stats)
{
    (void)s, (void)interface;
    *stats = (struct source_stats){ 0 };
    return false;
}

static void file_close(struct source *s)
{
    struct file *f = (struct file *)s;
    if (f->opened)
        savefile_close(&f->savefile);
    if (f->mapped)
        window_close(&f->window);
    if (f->fd > STDIN_FILENO)
        close(f->fd);
    free(f);
}

static const struct source_ops file_ops = {
    .next = file_next,
    .wait = file_wait,
    .attach = file_attach,
    .stop = file_stop,
    .stats = file_stats,
    .close = file_close,
};

static bool open_file(struct file *f, struct source_failure *failure)
{
    const char *path = f->options.path;
    f->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (f->fd < 0)
        return fail(failure->text, "%s: %s", path, strerror(errno));
    struct stat status;
    f->regular = fstat(f->fd, &status) == 0 && S_ISREG(status.st_mode);
    if (f->regular)
        f->options.wake_fd = -1; /* never silent, so that there is no waiting to be woken from */
    f->mapped = window_open(&f->window, f->fd);
    struct savefile_setup setup = {
        .in = { .read = read_file, .show = f->mapped ? show_file : NULL, .from = f },
        .memory = { .resize = resize },
        .copied = f->options.copied,
        .context = f->options.context,
        .block = f->options.block,
        .name = f->options.name
    };
    f->opened = true;
    if (!savefile_open(&f->savefile, &setup)) {
        take_error(&f->savefile, failure->text);
        return false;
    }
    f->base.linktype = f->savefile.linktype < UINT16_MAX ? (u16)f->savefile.linktype : UINT16_MAX;
    f->base.snaplen = f->savefile.snaplen;
    f->base.nanoseconds = f->savefile.nano;
    return true;
}

struct source *source_file_open(const struct source_file_options *options,
                                struct source_failure *failure)
{
    struct file *f = calloc(1, sizeof(*f));
    if (!f) {
        fail(failure->text, "out of memory");
        return NULL;
    }
    f->base.ops = &file_ops;
    f->base.mixed = true;
    f->base.fd = -1;
    f->base.patience_ms = -1;
    f->options = *options;
    f->fd = -1;
    bool opened = open_file(f, failure);
    f->options.path = NULL;
    if (opened)
        return &f->base;
    file_close(&f->base);
    return NULL;
}

bool source_file_is_regular(const struct source *s)
{
    return s->ops == &file_ops && ((const struct file *)s)->regular;
}

const struct savefile *source_file_savefile(const struct source *s)
{
    return &((const struct file *)s)->savefile;
}

const char *source_file_explain(const struct source *s)
{
    const struct file *f = (const struct file *)s;

    return f->mapped ? window_explain(&f->window) : strerror(EIO);
}

u64 source_file_bytes_read(const struct source *s)
{
    return ((const struct file *)s)->bytes_read;
}
