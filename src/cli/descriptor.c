/* Writing to a descriptor. */
#include "cli/descriptor.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "cli/signals.h"

/* Whether the failure in errno was only a delay.  Waits while the descriptor has no room. */
static bool may_go_on(int fd)
{
    switch (errno) {
    case EINTR:
        if (signals_stop() < 2)
            return true;
        errno = EINTR;
        return false;
    case EAGAIN: {
        struct pollfd wait = { .fd = fd, .events = POLLOUT };
        return poll(&wait, 1, -1) >= 0 || may_go_on(fd);
    }
    default: return false;
    }
}

size_t descriptor_write(int fd, const void *bytes, size_t n)
{
    const char *from = bytes;
    size_t done = 0;

    while (done < n) {
        ssize_t step = write(fd, from + done, n - done);
        if (step < 0 && !may_go_on(fd))
            break;
        if (step == 0) { /* no progress and no reason: a device that is full in its own way */
            errno = ENOSPC;
            break;
        }
        if (step > 0)
            done += (size_t)step;
    }
    return done;
}
