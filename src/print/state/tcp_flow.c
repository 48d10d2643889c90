/* The table of TCP flows: an array in order of age, and hash chains through it. */
#include "print/state/tcp_flow.h"

#include "base/hash.h"
#include "base/mem.h"

enum { FIRST_CAPACITY = 64, NOBODY = UINT32_MAX };

struct tcp_flow_key tcp_flow_key(u8 version, const void *src, const void *dst, u16 sport, u16 dport,
                                 bool *reversed)
{
    int order = sport != dport ? (sport > dport) - (sport < dport)
                               : memcmp(src, dst, version == 4 ? 4 : 16);

    *reversed = order > 0;
    return *reversed ? tcp_flow_ends(version, dst, src, dport, sport)
                     : tcp_flow_ends(version, src, dst, sport, dport);
}

/* The chain of a key. */
static u32 *head(const struct tcp_flows *t, const struct tcp_flow_key *key, u64 seed)
{
    u64 h = hash_u64(key->ports, seed);

    h = hash_u64(key->addresses[0], h);
    if ((key->addresses[1] | key->addresses[2] | key->addresses[3]) != 0)
        for (u32 i = 1; i < countof(key->addresses); i++)
            h = hash_u64(key->addresses[i], h);
    return &t->heads[h & (t->capacity - 1)];
}

static void chain_in(struct tcp_flows *t, u32 i, u64 seed)
{
    u32 *chain = head(t, &t->flows[i].key, seed);

    t->flows[i].next_ = *chain;
    *chain = i;
}

static void chain_out(struct tcp_flows *t, u32 i, u64 seed)
{
    u32 *at = head(t, &t->flows[i].key, seed);

    while (*at != i)
        at = &t->flows[*at].next_;
    *at = t->flows[i].next_;
}

/* Doubles the table.  False when it is as large as it may or can be. */
static bool grow(struct tcp_flows *t, const struct memory *memory, u64 seed)
{
    u32 capacity = t->capacity > 0 ? t->capacity * 2 : FIRST_CAPACITY;

    if (capacity > TCP_FLOWS_MAX)
        return false;
    struct tcp_flow *flows = memory->resize(memory->context, t->flows, capacity * sizeof *flows);
    if (flows == NULL)
        return false;
    t->flows = flows;
    u32 *heads = memory->resize(memory->context, t->heads, capacity * sizeof *heads);
    if (heads == NULL)
        return false;
    t->heads = heads;
    t->capacity = capacity;
    memset(heads, 0xff, capacity * sizeof *heads); /* NOBODY */
    for (u32 i = 0; i < t->count; i++)
        chain_in(t, i, seed);
    return true;
}

struct tcp_flow *tcp_flow_find(struct tcp_flows *t, const struct memory *memory, u64 seed,
                               const struct tcp_flow_key *key, bool *fresh)
{
    *fresh = false;
    /* packets of one flow come in runs */
    if (t->count > 0 && tcp_flow_equal(&t->flows[t->recent].key, key))
        return &t->flows[t->recent];
    if (t->capacity > 0) {
        for (u32 i = *head(t, key, seed); i != NOBODY; i = t->flows[i].next_) {
            if (tcp_flow_equal(&t->flows[i].key, key)) {
                t->recent = i;
                return &t->flows[i];
            }
        }
    }
    *fresh = true;
    u32 i = t->count;
    if (i < t->capacity || (t->oldest == 0 && grow(t, memory, seed))) {
        t->count++;
    } else if (t->capacity > 0) {
        i = t->oldest;
        t->oldest = (i + 1) & (t->capacity - 1);
        t->recycled++;
        chain_out(t, i, seed);
    } else {
        return NULL;
    }
    t->flows[i] = (struct tcp_flow){ .key = *key };
    t->recent = i;
    chain_in(t, i, seed);
    return &t->flows[i];
}

void tcp_flows_clear(struct tcp_flows *t, const struct memory *memory)
{
    if (t->flows != NULL)
        memory->resize(memory->context, t->flows, 0);
    if (t->heads != NULL)
        memory->resize(memory->context, t->heads, 0);
    *t = (struct tcp_flows){ 0 };
}
