/* Mapped pieces of files, and the signal that comes with them. */
#include "capture/window.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Large enough that the calls do not count, small enough for a level of cache and the memory goal.  All
 * pages are mapped at once: to have each asked for by a fault takes a tenth longer.
 */
enum { PIECE = 1024 * 1024 };

/* A signal handler has no context: the only way to it is from here. */
static struct window *open_windows;

static size_t page_bytes(void) { return (size_t)sysconf(_SC_PAGESIZE); }

/* Fills the window with zeros from a page on.  False when the address is not in it. */
static bool blank(struct window *w, uintptr_t address)
{
    uintptr_t first = (uintptr_t)w->map;

    if (w->map == NULL || address - first >= w->mapped)
        return false;
    size_t at = (address - first) & ~(page_bytes() - 1);
    w->lost = 1;
    return mmap(w->map + at, w->mapped - at, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) !=
           MAP_FAILED;
}

static void on_bus_error(int number, siginfo_t *info, void *unused)
{
    int saved = errno;

    (void)number;
    (void)unused;
    for (struct window *w = open_windows; w != NULL; w = w->next) {
        if (blank(w, (uintptr_t)info->si_addr)) {
            errno = saved;
            return;
        }
    }
    _exit(128 + SIGBUS); /* a fault of the program's: as a shell would show it */
}

/* Once, and for the first file of whatever kind: later ones may be opened where that is forbidden. */
static bool catch_bus_errors(void)
{
    static bool caught;
    struct sigaction action = { .sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO };

    if (!caught) {
        sigemptyset(&action.sa_mask);
        caught = sigaction(SIGBUS, &action, NULL) == 0;
    }
    return caught;
}

static void close_map(struct window *w)
{
    if (w->map != NULL)
        munmap(w->map, w->mapped);
    w->map = NULL;
}

bool window_open(struct window *w, int fd)
{
    const u8 *bytes;
    bool caught = catch_bus_errors();
    off_t start = lseek(fd, 0, SEEK_CUR);

    *w = (struct window){ .fd = fd, .start = (u64)start, .next = open_windows };
    if (!caught || start < 0 || window_show(w, 0, 1, &bytes) <= 0) {
        close_map(w);
        return false;
    }
    open_windows = w;
    return true;
}

i64 window_show(struct window *w, u64 offset, size_t n, const u8 **bytes)
{
    struct stat file;

    if (w->lost)
        return -EIO;
    if (fstat(w->fd, &file) < 0)
        return -errno;
    u64 size = (u64)file.st_size, at = w->start + offset;
    if (!S_ISREG(file.st_mode) || at >= size)
        return 0;
    size_t skew = (size_t)(at & (page_bytes() - 1));
    size_t wanted = n + skew > PIECE ? n + skew : PIECE;
    size_t length = size - at + skew < wanted ? (size_t)(size - at) + skew : wanted;
    u8 *map = mmap(NULL, length, PROT_READ, MAP_SHARED | MAP_POPULATE, w->fd, (off_t)(at - skew));
    if (map == MAP_FAILED)
        return -errno;
    close_map(w);
    w->map = map;
    w->mapped = length;
    w->mapped_to = at - skew + length;
    *bytes = map + skew;
    return (i64)(length - skew);
}

const char *window_explain(const struct window *w)
{
    struct stat file;

    if (fstat(w->fd, &file) == 0 && (u64)file.st_size < w->mapped_to)
        return "it became shorter while it was read";
    return strerror(EIO);
}

void window_close(struct window *w)
{
    struct window **at = &open_windows;

    while (*at != w)
        at = &(*at)->next;
    *at = w->next;
    close_map(w);
}
