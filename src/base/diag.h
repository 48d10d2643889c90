/*
 * What went wrong, where in the text, and what might help.
 *
 * A diag is filled by the first failure; later ones are ignored, since they mostly follow from it.
 * Core functions report through one, only `cli` prints it.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/arena.h"
#include "base/out.h"
#include "base/str.h"

/* Bytes [beg, end) of the text that was given to the lexer; beg == end marks a place between. */
struct span {
    u32 beg, end;
};

/* The smallest span that covers both. */
struct span span_join(struct span a, struct span b);

struct diag {
    bool set;
    struct span at;
    struct str what; /* one line without a final stop, e.g. "unknown word" */
    struct str hint; /* may be empty, e.g. "did you mean \"tcp\"?" */
    struct arena *text; /* where formatted messages are kept; owned by the caller */
};

/*
 * Records a failure unless one is recorded already.  The format is that of out_format().  When the
 * arena has no room for the text, the format itself stands as the message.  Always returns false,
 * so that `return diag_fail(...)` reads well.
 */
bool diag_fail(struct diag *d, struct span at, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The same with a message that is kept already and lives as long as the diag; takes no memory. */
bool diag_fail_text(struct diag *d, struct span at, struct str what);

/* Adds a hint to a recorded failure that has none yet. */
void diag_hint(struct diag *d, const char *fmt, ...) PRINTF_LIKE(2, 3);

/*
 * Writes the line of `source` that holds the failure, indented by two, and below it a caret and
 * tildes under the span, with the hint behind them.  Control bytes are shown as '?', a line
 * longer than about 100 bytes is cut around the caret.
 */
void diag_show(const struct diag *d, struct str source, struct out *to);

#endif
