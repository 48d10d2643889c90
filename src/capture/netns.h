/* Opening sockets in another network namespace, setns(2); private to this module. */
#ifndef CAPTURE_NETNS_H
#define CAPTURE_NETNS_H

#include "base/types.h"

/*
 * Enters the namespace `spec`: a name as `ip netns` keeps it, a path, or a process id.  `*back`
 * receives what netns_leave() needs.  False with a reason in `failure` (SOURCE_ERROR_MAX bytes).
 */
bool netns_enter(const char *spec, int *back, char *failure);

/* Returns to where netns_enter() was called.  False with a reason; going on would be wrong. */
bool netns_leave(int back, char *failure);

#endif
