/* Writing to a descriptor until everything is written. */
#ifndef CLI_DESCRIPTOR_H
#define CLI_DESCRIPTOR_H

#include "base/types.h"

/*
 * Writes `n` bytes, waiting where the descriptor is non-blocking.  Returns how many were written;
 * fewer than `n` only after a failure, with errno.  A second request to stop is a failure (EINTR):
 * somebody who insists does not want to wait for a reader that does not read.
 */
size_t descriptor_write(int fd, const void *bytes, size_t n);

#endif
