/* The calls that wait for their replies: a ring of the last ones. */
#include "print/state/rpc_calls.h"

#include "base/mem.h"

void rpc_call_add(struct rpc_calls *c, const struct rpc_call *call)
{
    c->entries[c->next] = *call;
    c->next = (c->next + 1) % RPC_CALLS_MAX;
}

static bool matches(const struct rpc_call *a, const struct rpc_call *b)
{
    u32 n = b->ip_version == 4 ? 4 : 16;

    return a->ip_version == b->ip_version && b->ip_version != 0 && a->xid == b->xid &&
           a->port == b->port && a->service == b->service && memcmp(a->client, b->client, n) == 0 &&
           memcmp(a->server, b->server, n) == 0;
}

bool rpc_call_find(struct rpc_calls *c, struct rpc_call *wanted)
{
    for (u32 i = 0; i < RPC_CALLS_MAX; i++) {
        u32 at = (c->start + i) % RPC_CALLS_MAX;
        if (!matches(&c->entries[at], wanted))
            continue;
        c->start = at;
        wanted->procedure = c->entries[at].procedure;
        wanted->version = c->entries[at].version;
        return true;
    }
    return false;
}
