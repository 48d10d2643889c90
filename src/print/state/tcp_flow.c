/* The table of TCP flows: an array in order of age, and hash chains through it. */
#include "print/state/tcp_flow.h"

#include "base/bytes.h"
#include "base/hash.h"
#include "base/mem.h"

enum { FIRST_CAPACITY = 64, NOBODY = UINT32_MAX };

static struct tcp_flow_key ends_in_order(u8 version, const void *first, const void *second, u16 first_port,
                                         u16 second_port)
{
    struct tcp_flow_key ends = { .ports = (u64)version << 32 | (u64)first_port << 16 | second_port };

    if (version == 4) {
        ends.addresses[0] = (u64)load_be32(first) << 32 | load_be32(second);
    } else {
        for (u32 i = 0; i < 2; i++) {
            ends.addresses[i] = load_be64((const u8 *)first + 8 * i);
            ends.addresses[2 + i] = load_be64((const u8 *)second + 8 * i);
        }
    }
    return ends;
}

static bool equal(const struct tcp_flow_key *a, const struct tcp_flow_key *b)
{
    u64 difference = a->ports ^ b->ports;

    for (u32 i = 0; i < countof(a->addresses); i++)
        difference |= a->addresses[i] ^ b->addresses[i];
    return difference == 0;
}

struct tcp_flow_key tcp_flow_key(u8 version, const void *src, const void *dst, u16 sport, u16 dport,
                                 bool *reversed)
{
    int order = sport != dport ? (sport > dport) - (sport < dport)
                               : memcmp(src, dst, version == 4 ? 4 : 16);

    *reversed = order > 0;
    return *reversed ? ends_in_order(version, dst, src, dport, sport)
                     : ends_in_order(version, src, dst, sport, dport);
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
    if (t->count > 0 && equal(&t->flows[t->recent].key, key))
        return &t->flows[t->recent];
    if (t->capacity > 0) {
        for (u32 i = *head(t, key, seed); i != NOBODY; i = t->flows[i].next_) {
            if (equal(&t->flows[i].key, key)) {
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
