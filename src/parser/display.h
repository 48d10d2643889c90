/*
 * Wireshark's display filters, put into the words of capture filters: for hints only.
 *
 * What has a counterpart here is known: addresses, ports, flags, lengths, and application protocols by their
 * usual port.  The two languages do not see the same packets, so nothing is translated silently.
 */
#ifndef PARSER_DISPLAY_H
#define PARSER_DISPLAY_H

#include "base/out.h"
#include "base/str.h"

/*
 * Writes the translation of all of `text`: `ip.addr == 10.0.0.1 && tcp.port in {80, 443}` becomes
 * `host 10.0.0.1 and (tcp port 80 or tcp port 443)`.  False, with something unfinished written, when a
 * part has no counterpart.
 */
bool display_translate(struct str text, struct out *to);

/* The same for the one condition that `text` begins with. */
bool display_condition(struct str text, struct out *to);

/* Whether a word is a field or a protocol of display filters, known here or not: it has a dot inside. */
bool display_is_field(struct str word);

#endif
