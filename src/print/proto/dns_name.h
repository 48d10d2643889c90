/* Domain names in a DNS message, with compression (RFC 1035, section 4.1.4). */
#ifndef PRINT_PROTO_DNS_NAME_H
#define PRINT_PROTO_DNS_NAME_H

#include "print/dissect.h"

/* What both functions return for a name that is cut or malformed; view_has() is false for it. */
enum { DNS_BAD = INT_MAX };

/*
 * Both take the whole message, from its header on, and the offset of a name in it; they return the
 * offset behind the name, which may lie past the captured bytes.  Nothing is sealed.
 */
u32 dns_skip_name(struct view message, u32 at);
u32 dns_say_name(struct dissect *d, struct view message, u32 at);

/* The same with pointers that count from `base`, which may lie behind `at`, instead of the header. */
u32 dns_say_name_from(struct dissect *d, struct view message, u32 at, u32 base);

/* A character string (RFC 1035, section 3.3): a length byte and that many bytes. */
u32 dns_say_string(struct dissect *d, struct view message, u32 at);

#endif
