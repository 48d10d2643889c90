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

size_t descriptor_writev(int fd, struct iovec *pieces, u32 count)
{
    size_t done = 0;

    while (count > 0) {
        ssize_t step = writev(fd, pieces, (int)count);
        if (step < 0 && !may_go_on(fd))
            break;
        if (step == 0) { /* no progress and no reason: a device that is full in its own way */
            errno = ENOSPC;
            break;
        }
        size_t left = step > 0 ? (size_t)step : 0;
        done += left;
        for (; count > 0 && left >= pieces->iov_len; pieces++, count--)
            left -= pieces->iov_len;
        if (left > 0) {
            pieces->iov_base = (u8 *)pieces->iov_base + left;
            pieces->iov_len -= left;
        }
    }
    return done;
}

size_t descriptor_write(int fd, const void *bytes, size_t n)
{
    struct iovec piece = { (void *)(uintptr_t)bytes, n };

    return n > 0 ? descriptor_writev(fd, &piece, 1) : 0;
}
