/* Savefiles and streams (-r FILE, -r -) as a source. */
#ifndef CAPTURE_SOURCE_FILE_H
#define CAPTURE_SOURCE_FILE_H

#include "capture/source.h"

/*
 * Reads `path`, "-" for standard input.  NULL with the reason in `failure`.
 */
struct source *source_file_open(const char *path, struct source_failure *failure);

#endif
