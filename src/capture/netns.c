/* Opening sockets in another network namespace. */
#include "capture/netns.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "base/format.h"
#include "capture/failure.h"

enum { PATH_BYTES = 4096 };

static bool all_digits(const char *s)
{
    size_t n = strspn(s, "0123456789");
    return n > 0 && s[n] == '\0';
}

static int open_spec(const char *spec)
{
    char path[PATH_BYTES];
    struct out o = out_fixed(path, sizeof(path) - 1);
    if (strchr(spec, '/'))
        out_text_z(&o, spec);
    else if (all_digits(spec))
        out_format(&o, "/proc/%s/ns/net", spec);
    else
        out_format(&o, "/run/netns/%s", spec);
    path[out_text(&o).len] = '\0';
    if (out_cut(&o)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return open(path, O_RDONLY | O_CLOEXEC);
}

static const char *why_not_entered(int error)
{
    switch (error) {
    case EINVAL: return "it is not a network namespace";
    case EPERM: return "CAP_SYS_ADMIN is required";
    default: return strerror(error);
    }
}

bool netns_enter(const char *spec, int *back, char *failure)
{
    int there = open_spec(spec);
    if (there < 0)
        return fail(failure, "can't open network namespace %s: %s", spec, strerror(errno));
    *back = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (*back < 0) {
        fail(failure, "can't remember the own network namespace: %s", strerror(errno));
        close(there);
        return false;
    }
    bool entered = setns(there, CLONE_NEWNET) == 0;
    int error = errno;
    close(there);
    if (!entered) {
        close(*back);
        return fail(failure, "can't enter network namespace %s: %s", spec, why_not_entered(error));
    }
    return true;
}

bool netns_leave(int back, char *failure)
{
    bool left = setns(back, CLONE_NEWNET) == 0;
    int error = errno;
    close(back);
    return left || fail(failure, "can't return from a network namespace: %s", strerror(error));
}
