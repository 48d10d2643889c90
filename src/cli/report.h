/* What a capture says about itself: how it began, and its counts. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "capture/source.h"
#include "cli/console.h"

/*
 * "listening on lo, ...", and before it, when `hint`, that more detail can be asked for.
 */
void report_listening(const struct console *c, const struct source *s, bool hint);

/* The counts, one per line, at the end; nothing when the source has none.  `captured` packets were
 * delivered. */
void report_end(const struct console *c, struct source *s, u64 captured);

/* The same in one line while the capture goes on. */
void report_now(const struct console *c, struct source *s, u64 captured);

/* How many packets the kernel had to drop so far, and what may help. */
void report_losing(const struct console *c, struct source *s);

#endif
