/*
 * The calls of NFS, or of rx, that wait for their replies: a reply does not say which procedure it
 * is of.
 *
 * As in the reference the last 64 calls are remembered, and searched from the one on that was
 * found last, which decides between several with one number.
 */
#ifndef PRINT_STATE_RPC_CALLS_H
#define PRINT_STATE_RPC_CALLS_H

#include "base/types.h"

enum { RPC_CALLS_MAX = 64 };

struct rpc_call {
    u32 xid;                /* transaction, or number of the call */
    u16 port, service;      /* rx: of the server; NFS: 0 */
    u32 procedure, version; /* of the program */
    u8 ip_version;          /* 4: the first 4 bytes of the addresses count; 0: nothing here */
    u8 client[16], server[16];
};

/* Start with zero; only rpc_calls.c looks inside. */
struct rpc_calls {
    struct rpc_call entries[RPC_CALLS_MAX];
    u32 next;  /* the entry that is given away next */
    u32 start; /* of the next search */
};

void rpc_call_add(struct rpc_calls *c, const struct rpc_call *call);

/*
 * Finds the call with the transaction, port, service, version of IP and addresses of `wanted`, and
 * fills in its procedure and version.  False when there is none.
 */
bool rpc_call_find(struct rpc_calls *c, struct rpc_call *wanted);

#endif
