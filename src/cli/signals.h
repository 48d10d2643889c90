/*
 * Signals as facts that the run loop asks for.
 *
 * Handlers set a flag and wake the loop, nothing else.  There is one set of signals for a process,
 * so this is the one place of snifter with state of its own.
 */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include "base/types.h"

/*
 * Catches SIGINT, SIGTERM, and SIGHUP unless it was ignored from the start (nohup): stop.  SIGUSR1:
 * statistics.  SIGUSR2: flush.  SIGPIPE is ignored: writing then fails with EPIPE.  `live`: whether
 * there are statistics to show; else SIGUSR1 keeps its meaning.  False with errno.
 */
bool signals_catch(bool live);

/* A descriptor that is readable after any of them, until signals_calm(); -1 before signals_catch().
 */
int signals_wake_fd(void);

/* Whether any has come since the last signals_calm(); as cheap as reading a variable. */
bool signals_any(void);

/* Empties the wake descriptor.  To be called before the facts below are asked for. */
void signals_calm(void);

/* How often we were told to stop. */
int signals_stop(void);

/* Whether statistics, or a flush, were asked for since the last call. */
bool signals_take_statistics(void);
bool signals_take_flush(void);

#endif
