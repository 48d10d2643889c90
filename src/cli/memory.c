/* realloc() and free() as a struct memory. */
#include "cli/memory.h"

#include <stdlib.h>

static void *resize(void *context, void *old, size_t size)
{
    (void)context;
    if (size > 0)
        return realloc(old, size);
    free(old);
    return NULL;
}

struct memory memory_from_heap(void)
{
    return (struct memory){ .resize = resize };
}
