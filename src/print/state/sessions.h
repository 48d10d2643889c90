/*
 * Memory between packets: everything that a printer may remember.
 *
 * Each table has its own file and bound; nothing else in the print module keeps state.  Writes
 * are refused while a packet is sealed, so that a cut packet teaches nothing.
 */
#ifndef PRINT_STATE_SESSIONS_H
#define PRINT_STATE_SESSIONS_H

#include "base/memory.h"
#include "print/state/conversations.h"
#include "print/state/frame_ends.h"
#include "print/state/isakmp_peers.h"
#include "print/state/rpc_calls.h"
#include "print/state/slip_lines.h"
#include "print/state/tcp_flow.h"

struct sessions {
    struct memory memory;
    u64 seed; /* of all hash tables */
    struct conversations conversations;
    struct frame_ends frame_ends;
    struct tcp_flows tcp;
    struct slip_lines slip;
    struct isakmp_peers isakmp;
    struct rpc_calls nfs, rx;
};

/* Forgets everything and gives the memory back. */
void sessions_clear(struct sessions *s);

#endif
