/*
 * The resolver interface: names for numbers when printing, numbers for names in filters.
 *
 * The pure modules see only this struct.  Who fills it decides where names come from: the tables
 * compiled in, files under /etc, DNS, or a test.  A callback may be NULL: nothing is known then.
 * No callback may be re-entered, and none may block for long: an address whose name is not there
 * in time is printed as a number.
 */
#ifndef NAMES_RESOLVER_H
#define NAMES_RESOLVER_H

#include "base/format.h"
#include "base/str.h"
#include "base/types.h"

enum transport { TRANSPORT_ANY, TRANSPORT_TCP, TRANSPORT_UDP, TRANSPORT_SCTP, TRANSPORT_DCCP };

/* One address that a host name stands for. */
struct resolved {
    u8 length;    /* 4 or 16 */
    u8 bytes[16]; /* network byte order, the first `length` count */
};

struct resolver {
    void *context; /* handed to every callback; owned by whoever fills the struct */

    /*
     * Names for numbers.  Each returns the empty string when there is none.  The text stays valid
     * until the next call of the same callback.
     */
    struct str (*address)(void *context, enum address_kind kind, const void *bytes);
    struct str (*port)(void *context, u16 port, enum transport transport);
    struct str (*ip_protocol)(void *context, u8 protocol);
    struct str (*interface)(void *context, u32 index); /* the kernel's number; used even with -n */

    /*
     * Numbers for names, for the filter compiler.  False, or 0 found, when the name is unknown.
     * Names are not zero-terminated and come from the user: they may hold any byte.
     */
    u32 (*find_host)(void *context, struct str name, struct resolved *found, u32 max);
    /* The number as in /etc/networks: not shifted, host byte order. */
    bool (*find_net)(void *context, struct str name, u32 *number);
    bool (*find_port)(void *context, struct str name, enum transport transport, u16 *port);
    bool (*find_ip_protocol)(void *context, struct str name, u8 *protocol);
    bool (*find_mac)(void *context, struct str name, u8 mac[6]); /* as in /etc/ethers */
};

#endif
