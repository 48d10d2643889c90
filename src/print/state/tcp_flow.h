/*
 * The TCP connections of a run, for relative sequence numbers.
 *
 * A flow is known by its two endpoints, in either direction, and remembers where each began.  As
 * in the reference nothing is ever forgotten, up to TCP_FLOWS_MAX; then the oldest is recycled.
 */
#ifndef PRINT_STATE_TCP_FLOW_H
#define PRINT_STATE_TCP_FLOW_H

#include "base/memory.h"

enum { TCP_FLOWS_MAX = 1 << 20 };

/* The two endpoints of a flow, in the order of tcp_flow_key(). */
struct tcp_flow_key {
    u64 addresses[4]; /* two of 16 bytes; of IPv4 both are in the first word, the rest is zero */
    u64 ports;        /* with the IP version above them */
};

struct tcp_flow {
    struct tcp_flow_key key;
    u32 sequence, acknowledgment; /* where the numbers of the first endpoint began, of the second */
    u32 next_;                    /* in its hash chain */
};

/* Where a flow is, for those who look for it again; zero: unknown. */
struct tcp_flow_place {
    u32 index, era;
};

/* Start with zero; only tcp_flow.c looks inside. */
struct tcp_flows {
    struct tcp_flow *flows; /* in order of age, from `oldest` on once they are recycled */
    u32 *heads;             /* of the hash chains */
    u32 count, capacity;    /* flows in use and allocated; the latter a power of two */
    u32 oldest;
    u32 recent; /* found or made last */
    u32 recycled; /* how often a flow had to go: places that were told before are stale */
};

/*
 * The key of the flow between the endpoints: the one with the higher port (or, for equal ports, address) is
 * second, so that both directions give the same key.  `*reversed` tells whether they changed places.  Both
 * addresses have 4 bytes with `version` 4 and 16 with 6; ports are in host byte order.
 */
struct tcp_flow_key tcp_flow_key(u8 version, const void *src, const void *dst, u16 sport, u16 dport,
                                 bool *reversed);

/*
 * The flow of a key, made when there is none; `*fresh` is then set and its numbers are zero.  NULL
 * when there is no memory.  Valid until the next call.
 */
struct tcp_flow *tcp_flow_find(struct tcp_flows *t, const struct memory *memory, u64 seed,
                               const struct tcp_flow_key *key, bool *fresh);

/* Where the flow is that was found or made last. */
static inline struct tcp_flow_place tcp_flow_place(const struct tcp_flows *t)
{
    return (struct tcp_flow_place){ t->recent, t->recycled + 1 };
}

/* The flow at a place, or NULL when it may not be there any more.  Valid until the next call. */
static inline struct tcp_flow *tcp_flow_at(const struct tcp_flows *t, struct tcp_flow_place place)
{
    return place.era == t->recycled + 1 ? &t->flows[place.index] : NULL;
}

/* Gives the memory back. */
void tcp_flows_clear(struct tcp_flows *t, const struct memory *memory);

#endif
