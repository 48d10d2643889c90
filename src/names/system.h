/*
 * The resolver of a real machine: files under /etc, and DNS.
 *
 * Each file is read when it is first needed, or by names_prepare().  Where a file is missing, a
 * table that is compiled in stands for it.  Order of sources for the name of an address: what was
 * learnt from a savefile, /etc/hosts, DNS.
 */
#ifndef NAMES_SYSTEM_H
#define NAMES_SYSTEM_H

#include "names/resolver.h"

struct names_setup {
    /*
     * How long printing may wait for one name, in ms; 0: as long as DNS takes, but at most
     * three seconds altogether for names that nobody answers, and then 100 ms for each.  With a limit,
     * waiting altogether takes at most a quarter of the time, and nobody waits for a second name
     * while one is overdue.  The name of an address that was printed as a number is used from then
     * on that it is known.
     */
    u32 patience_ms;

    /* Runs in the resolver process to give up privileges; may be NULL. */
    void (*confine)(void *context);
    void *context;
};

struct names;

/* NULL when there is no memory.  The setup is copied. */
struct names *names_open(const struct names_setup *setup);

/* The resolver, which lives as long as `n`. */
const struct resolver *names_resolver(struct names *n);

/*
 * Reads what printing names needs and starts the resolver process; from here on nothing is opened
 * any more. Without it addresses have the names of the files only.
 */
void names_prepare(struct names *n);

/*
 * From now on nothing is opened any more, neither files nor sockets: for a process that is about to
 * lose the right to.  Names that were looked up for a filter are still known, so that it can be
 * compiled again for another link type.
 */
void names_seal(struct names *n);

/* From now on only IPv4 addresses of this network have names, -f; host byte order. */
void names_only_local(struct names *n, u32 net, u32 mask);

/*
 * Lets somebody else name the kernel's interface numbers: a capture knows those of its own network
 * namespaces.
 */
void names_use_interfaces(struct names *n, struct str (*name)(void *context, u32 index),
                          void *context);

/* An address (4, 6 or 16 bytes) and its name, told by a savefile. */
void names_learn(struct names *n, const void *address, u32 length, struct str name);

void names_close(struct names *n);

#endif
