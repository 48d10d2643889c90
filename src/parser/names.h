/* Words that are names in one place of the language only: see names.def. */
#ifndef PARSER_NAMES_H
#define PARSER_NAMES_H

#include "base/str.h"
#include "base/types.h"

enum name_list {
    NAMES_WLAN_TYPE, NAMES_WLAN_MGT, NAMES_WLAN_CTL, NAMES_WLAN_DATA, NAMES_WLAN_DIR,
    NAMES_LLC_CLASS, NAMES_LLC_S, NAMES_LLC_U, NAMES_PF_REASONS, NAMES_PF_ACTIONS,
    NAMES_ETHER_PROTO, NAMES_ISO_PROTO,
};

/* The value of a name in a list; false when it has none. */
bool name_value(enum name_list list, struct str name, u32 *value);

/* The usual name of a value in a list; NULL when it has none. */
const char *name_of_value(enum name_list list, u32 value);

/* The i-th name of a list, NULL past the last.  For messages. */
const char *name_at(enum name_list list, size_t i);

#endif
