/*
 * The users and groups of /etc/passwd and /etc/group.
 *
 * Read here and not by the C library, so that a static binary knows the same users with every library, and
 * carries neither its parsers nor what they need.  Other sources of users are not asked.
 */
#ifndef CLI_USERS_H
#define CLI_USERS_H

#include "base/types.h"

struct user {
    u32 uid, gid;
};

/* The most groups of a user that count, its first one included. */
enum { USER_GROUPS_MAX = 256 };

/* Finds a user by name.  False when there is none. */
bool user_find(const char *name, struct user *user);

/* The groups of a user, the one of /etc/passwd first; returns how many. */
u32 user_groups(const char *name, const struct user *user, u32 groups[USER_GROUPS_MAX]);

#endif
