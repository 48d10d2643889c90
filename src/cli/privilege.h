/*
 * Giving up what is not needed any more, before the first packet is looked at.
 *
 * Packets come from anybody.  By the time that one is decoded, sockets and files are open, names
 * and time zones are loaded, and helpers are running; what remains is reading, computing, writing.
 *
 *   user         root becomes somebody without rights, groups are left
 *   capabilities none, but CAP_DAC_OVERRIDE for somebody who stays root and creates files
 *   new rights   no program that we might start could give us any (PR_SET_NO_NEW_PRIVS)
 *   files        Landlock: none, or those in the directory of the output
 *   calls        seccomp: only those of a list
 */
#ifndef CLI_PRIVILEGE_H
#define CLI_PRIVILEGE_H

#include "cli/console.h"

/*
 * -Z: becomes `user` with the user's groups, and gives the user the output file `output_fd` (< 0:
 * there is none), which root has opened.  Changes nothing when `user` is "root", or when we are not
 * root.  False, with the reason on the console, in tcpdump's words.
 */
bool privilege_become(const char *user, int output_fd, const struct console *console);

/* Whether there is such a user, to be asked before an output is created. */
bool privilege_knows(const char *user, const struct console *console);

struct confinement {
    const char *user;   /* of -Z; NULL: not given */
    const char *output; /* pattern of files that will be created later; NULL: none will */
    bool reads;         /* files will be opened for reading */
    bool resolves;      /* name servers will be asked; nothing else is needed then */
    bool sandbox;       /* not --no-sandbox */
    bool verbose;       /* say what the kernel could not do */
};

/*
 * Gives up everything that `c` does not ask for.  What this kernel cannot do is left out; only
 * `verbose` tells, in one line.
 */
void privilege_confine(const struct confinement *c, const struct console *console);

#endif
