/*
 * The parts of the rx printer: what each service's calls and replies carry, and the language that
 * says so.
 *
 * A text of services.c is shown as it stands, but for its conversions, each of which takes the next
 * field:
 *
 *      %u %d %q    32 bits, unsigned or signed, and 64 bits          %t   a time
 *      %p          two numbers with a dot between them               %y   whether it is the site of
 * synchronization %f          a file: volume, vnode, uniquifier                 %F   a counted list
 * of them %s %n       a string, or one that has a word for each letter   %N   a counted list of
 * those %i          a counted list of numbers                         %U   a UUID %x          a
 * string that is not shown                        %T   the kind of a volume %A          an access
 * control list                            %S   the status of a file to be stored %C          what
 * the callbacks for a list of files are %e %E %G    entries of volumes, three generations %L   a
 * counted list of volumes %v          a server %V   a counted list of them
 *
 * Conversions write the blank in front of them.
 */
#ifndef PRINT_PROTO_RX_RX_H
#define PRINT_PROTO_RX_RX_H

#include "print/dissect.h"

/* A service of AFS, which is known by its port. */
struct rx_service {
    u16 port;
    u16 string_max;     /* of strings, in bytes */
    u16 name_words;     /* of strings with a word for each letter */
    bool empty_replies; /* as tcpdump: those without any bytes are shown */
    bool ubik;          /* its servers vote and copy databases as well */
    const char *name;
    const struct names *calls;   /* opcode to name and arguments */
    const struct names *replies; /* opcode to results; those without any have no row */
};

/* The service at a port, or NULL. */
const struct rx_service *rx_service_at(u16 port);

/* The calls and replies of ubik, which several services share. */
extern const struct names *const rx_ubik_calls, *const rx_ubik_replies;

/* Shows the fields of `v` by a text of the language above. */
void rx_say_fields(struct dissect *d, struct view v, const struct rx_service *service, bool ubik,
                   const char *text);

#endif
