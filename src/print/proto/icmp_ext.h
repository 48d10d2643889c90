/* Extension structures behind ICMP messages: RFC 4884 (multi-part messages), RFC 8335 (probe). */
#ifndef PRINT_PROTO_ICMP_EXT_H
#define PRINT_PROTO_ICMP_EXT_H

#include "print/dissect.h"

/*
 * What follows the quoted packet of an error message: lines that begin with "\n\t", or nothing when
 * there is no extension.  `v` is the whole ICMP message.
 */
void say_icmp_multipart(struct dissect *d, struct view v);

/* The interface that an extended echo request asks about; `v` is the whole ICMP message. */
void say_icmp_interface_query(struct dissect *d, struct view v);

#endif
