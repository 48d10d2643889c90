/* Writing to a descriptor until everything is written. */
#ifndef CLI_DESCRIPTOR_H
#define CLI_DESCRIPTOR_H

#include <sys/uio.h>

#include "base/types.h"

/*
 * Writes `n` bytes, waiting where the descriptor is non-blocking.  Returns how many were written;
 * fewer than `n` only after a failure, with errno.  A second request to stop is a failure (EINTR):
 * somebody who insists does not want to wait for a reader that does not read.
 */
size_t descriptor_write(int fd, const void *bytes, size_t n);

/* The same for bytes in `count` (<= 1024) pieces, which are changed on the way. */
size_t descriptor_writev(int fd, struct iovec *pieces, u32 count);

#endif
