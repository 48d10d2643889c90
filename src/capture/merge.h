/* The inside of source_merge(); private to this module. */
#ifndef CAPTURE_MERGE_H
#define CAPTURE_MERGE_H

#include "capture/source.h"

/* Part `i` of a merged source. */
struct source *source_merge_part(struct source *s, u32 i);

#endif
