/*
 * What SLIP captures remember: the connection that a compressed header without a number means, and
 * how much data the last packet of each connection had.  RFC 1144, section 3.2.
 */
#ifndef PRINT_STATE_SLIP_LINES_H
#define PRINT_STATE_SLIP_LINES_H

#include "base/types.h"

struct slip_lines {
    u32 data_len[2][256]; /* by direction and connection */
    u8 connection;        /* of the last packet that told */
};

#endif
