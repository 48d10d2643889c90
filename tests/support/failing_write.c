/*
 * A disk that fails, for programs that are linked dynamically: LD_PRELOAD=libfailing_write.so
 *
 *   FAILING_WRITE_ERROR  errno of the failure
 *   FAILING_WRITE_AFTER  so many bytes go into regular files before it; the write that meets the limit
 *                        falls short
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static long number(const char *name)
{
    const char *text = getenv(name);
    return text != NULL ? strtol(text, NULL, 10) : 0;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    static size_t written;
    struct stat file;

    if (fstat(fd, &file) == 0 && S_ISREG(file.st_mode)) {
        size_t left = (size_t)number("FAILING_WRITE_AFTER") - written;
        if (left == 0) {
            errno = (int)number("FAILING_WRITE_ERROR");
            return -1;
        }
        n = n < left ? n : left;
        written += n;
    }
    return syscall(SYS_write, fd, bytes, n);
}

/* Piece by piece: short as soon as one falls short. */
ssize_t writev(int fd, const struct iovec *pieces, int count)
{
    ssize_t total = 0;

    for (int i = 0; i < count; i++) {
        ssize_t n = write(fd, pieces[i].iov_base, pieces[i].iov_len);
        if (n < 0)
            return total > 0 ? total : n;
        total += n;
        if ((size_t)n < pieces[i].iov_len)
            break;
    }
    return total;
}
