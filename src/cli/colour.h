/*
 * Colours for people who look at packets on a terminal.  The printers know nothing of it: finished
 * lines are read once more, and what they hold is told apart by its shape.
 */
#ifndef CLI_COLOUR_H
#define CLI_COLOUR_H

#include "base/out.h"
#include "base/str.h"

/* --color */
enum colour_when { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/*
 * Whether standard output is to have colours.  COLOUR_AUTO: when it is a terminal that knows them
 * (TERM is set and not "dumb") and the environment variable NO_COLOR is empty or not there.
 */
bool colour_wanted(enum colour_when when);

/*
 * Writes a line of packet text, without its newline, with escape sequences (ECMA-48, SGR) around the
 * time, addresses, ports, TCP flags, and what is cut, wrong or invalid.  Without the sequences, the
 * text is the line.
 */
void colour_line(struct out *o, struct str line);

#endif
