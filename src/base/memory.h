/* Memory that grows, for the few tables whose size depends on traffic. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include "base/types.h"

struct memory {
    /*
     * Like realloc: a block of `size` bytes that begins with what `old` held, `old` (may be NULL)
     * is no longer valid; size 0 frees.  NULL when there is none, then `old` stays as it is.
     * The new part is not cleared.
     */
    void *(*resize)(void *context, void *old, size_t size);
    void *context;
};

#endif
