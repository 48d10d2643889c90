/*
 * What the routing protocols say about links of GMPLS and of traffic engineering: RFC 3471, RFC
 * 4203, RFC 5307, RFC 4124.
 */
#ifndef PRINT_PROTO_GMPLS_H
#define PRINT_PROTO_GMPLS_H

#include "print/values.h"

extern const struct names *const gmpls_link_protection; /* flags */
extern const struct names *const gmpls_switching;
extern const struct names *const gmpls_encodings;
extern const struct names *const gmpls_bandwidth_models;

/* A bandwidth in bytes per second, IEEE 754 at `off`, between two texts: "1000.000 Mbps". */
void say_bandwidth(struct dissect *d, const char *before, struct view v, u32 off,
                   const char *after);

#endif
