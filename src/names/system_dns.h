/*
 * Asking name servers over the network: UDP, and TCP for answers that do not fit.
 *
 * One question at a time, with bounded waiting; for the names in a filter, which are looked up
 * before any packet is.  The resolver process asks many at a time, see names/system_helper.h.
 */
#ifndef NAMES_SYSTEM_DNS_H
#define NAMES_SYSTEM_DNS_H

#include "names/dns.h"
#include "names/resolv.h"

/* A socket that is connected to the i-th server; `type` is SOCK_DGRAM or SOCK_STREAM, and it is
 * non-blocking.  -1 with errno. */
int dns_connect(const struct resolv *r, u32 i, int type);

/* A number that nobody can guess. */
u16 dns_random_id(void);

/*
 * The addresses of `type` (DNS_A, DNS_AAAA) that `name` has, exactly that name.  At most `max` are
 * stored.  DNS_FOUND, DNS_UNKNOWN, or DNS_FAILED when no server could tell in time.
 */
enum dns_result dns_lookup(const struct resolv *r, struct str name, enum dns_type type,
                           struct resolved *found, u32 max, u32 *count);

#endif
