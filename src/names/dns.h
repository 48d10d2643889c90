/*
 * DNS messages, RFC 1035 section 4: questions to bytes, answers from bytes.
 *
 *    0     id        2  flags      4  questions   6  answers    8  authority   10  additional
 *   12     question: name, type, class; then records: name, type, class, ttl, length, data
 *
 * No sockets and no clock: who sends, waits and retries is somebody else.  Answers come from the
 * network, so every read is bounded, and compression pointers may only lead backwards.
 */
#ifndef NAMES_DNS_H
#define NAMES_DNS_H

#include "base/format.h"
#include "base/str.h"
#include "base/view.h"
#include "names/resolver.h"

enum dns_type { DNS_A = 1, DNS_CNAME = 5, DNS_PTR = 12, DNS_AAAA = 28 };

enum {
    DNS_NAME_MAX = 255, /* bytes of a name as text, RFC 1035 section 2.3.4 */
    DNS_QUERY_MAX = 12 + DNS_NAME_MAX + 2 + 4,
    DNS_ANSWER_MAX = 65535,
};

/*
 * A question for the records of `type` that `name` has; a dot at the end of the name is ignored.
 * Writes at most DNS_QUERY_MAX bytes and returns how many, 0 when the name cannot be asked for.
 */
size_t dns_ask(u8 *to, u16 id, struct str name, enum dns_type type);

/* The name under which DNS keeps the name of an address (4 or 16 bytes), e.g. 4.3.2.1.in-addr.arpa,
 * into `to` (at least DNS_NAME_MAX bytes).  Returns its length. */
size_t dns_reverse_name(char *to, const void *address, u8 length);

enum dns_result {
    DNS_OTHER,     /* not an answer to this question: keep waiting */
    DNS_FOUND,     /* an answer; it may hold no record of the type */
    DNS_UNKNOWN,   /* the name does not exist */
    DNS_FAILED,    /* this server cannot tell, or its answer is broken: ask another */
    DNS_TRUNCATED, /* does not fit a datagram: ask again over TCP */
};

/*
 * Checks that `message` answers the question that dns_ask() wrote (`query`, with its id), and
 * collects the addresses of the name, following its aliases.  At most `max` are stored, `*count`
 * tells how many.
 */
enum dns_result dns_addresses(struct view message, struct view query, struct resolved *found,
                              u32 max, u32 *count);

/*
 * The same for the first PTR record: the name as text in `name` (DNS_NAME_MAX bytes), `*length` 0
 * if there is none or if it has bytes that no host's name has.
 */
enum dns_result dns_pointer(struct view message, struct view query, char *name, size_t *length);

#endif
