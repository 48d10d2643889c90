/* Local time for time stamps. */
#ifndef CLI_ZONE_H
#define CLI_ZONE_H

#include "print/options.h"

/* Reads the time zone now, so that no file is opened for it later. */
void zone_load(struct time_zone *zone);

#endif
