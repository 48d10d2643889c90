/* /etc/resolv.conf: whom to ask, and how names are completed. */
#ifndef NAMES_RESOLV_H
#define NAMES_RESOLV_H

#include "base/str.h"
#include "base/types.h"
#include "names/resolver.h"

enum { RESOLV_SERVERS = 3, RESOLV_DOMAINS = 6 }; /* as many as the C libraries take */

struct resolv {
    struct resolved servers[RESOLV_SERVERS];
    struct str zones[RESOLV_SERVERS]; /* "eth0" of fe80::1%eth0; else empty */
    u32 server_count;
    struct str domains[RESOLV_DOMAINS]; /* where names without enough dots are looked for first */
    u32 domain_count;
    u32 ndots, timeout_s, attempts;
};

/* Reads the file's text, to which the result refers.  Without servers it is 127.0.0.1. */
void resolv_parse(struct resolv *r, struct str text);

/*
 * The name to ask for in attempt `i` (from 0) when somebody looks for `name`: completed by the
 * domains and as it stands, in the order that its dots call for.  Into `to` (`size` bytes); the
 * length, or 0 when there is no such attempt or the name gets too long, with `*more` telling which.
 */
size_t resolv_candidate(const struct resolv *r, struct str name, u32 i, char *to, size_t size,
                        bool *more);

#endif
