/* Which files this process can still reach, landlock(7). */
#ifndef CLI_LANDLOCK_H
#define CLI_LANDLOCK_H

#include "base/types.h"

/*
 * From here on files can be created, written, renamed and removed in the directory `output` (and
 * below) only; NULL: nowhere.  With `reads` files can be opened for reading everywhere.  TCP
 * connections cannot be made, and other processes not be signalled, where the kernel can forbid it.
 * What is open stays open.  False with errno when the kernel cannot confine us at all; needs
 * PR_SET_NO_NEW_PRIVS or CAP_SYS_ADMIN.
 */
bool landlock_seal(const char *output, bool reads);

#endif
