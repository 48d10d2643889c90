/* The heap behind the callbacks through which pure modules ask for memory. */
#ifndef CLI_MEMORY_H
#define CLI_MEMORY_H

#include "base/memory.h"

struct memory memory_from_heap(void);

#endif
